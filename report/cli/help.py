"""Help pages in the user's language: click's commands with translated headings and an example."""

from __future__ import annotations

from typing import Any

import click

from report.i18n import _


class Command(click.Command):
    """A command whose help ends with an example."""

    def __init__(self, *args: Any, example: str = "", **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.example = example

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        _usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the example."""
        _options(self, ctx, formatter)
        _example(self.example, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Describe ``--help`` in the user's language."""
        return _help_option(super().get_help_option(ctx))


def _example(example: str, formatter: click.HelpFormatter) -> None:
    if example:
        with formatter.section(_("Example")):
            for line in example.splitlines():
                formatter.write(" " * formatter.current_indent + line + "\n")


class Group(click.Group):
    """A group of commands with translated headings, and an example where one is given."""

    def __init__(self, *args: Any, example: str = "", **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.example = example

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        _usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, then the options."""
        rows = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None:
                rows.append((name, command.get_short_help_str(limit=200)))
        with formatter.section(_("Commands")):
            formatter.write_dl(rows)
        _options(self, ctx, formatter)
        _example(self.example, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Describe ``--help`` in the user's language."""
        return _help_option(super().get_help_option(ctx))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which there are."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise click.UsageError(
                _("There is no command “{name}”; there are: {known}.").format(
                    name=args[0], known=", ".join(self.list_commands(ctx))
                ),
                ctx,
            )
        return super().resolve_command(ctx, args)


def _usage(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    pieces = command.collect_usage_pieces(ctx)
    formatter.write_usage(ctx.command_path, " ".join(pieces), _("Usage: "))


def _options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    rows = [
        row
        for parameter in command.get_params(ctx)
        if isinstance(parameter, click.Option)  # arguments are told in the text above
        and (row := parameter.get_help_record(ctx)) is not None
    ]
    with formatter.section(_("Options")):
        formatter.write_dl(rows)


def _help_option(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = _("Show this page.")
    return option
