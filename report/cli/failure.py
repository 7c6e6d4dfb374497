"""Errors as a user reads them: a numbered list of place, what was found, what was expected, what to do."""

from __future__ import annotations

import click
from rich.console import Console
from rich.text import Text

from report.errors import Problem, ReportError
from report.i18n import _, ngettext


def show_problems(error: ReportError, console: Console | None = None) -> None:
    """Print every problem of ``error`` on standard error; lines are never broken by the printer."""
    console = console or Console(stderr=True, highlight=False)
    count = len(error.problems)
    title = ngettext("{count} problem:", "{count} problems:", count).format(count=count)
    console.print(Text(title, style="bold red"))
    for number, problem in enumerate(error.problems, start=1):
        for line in _lines(number, problem):
            console.print(line, soft_wrap=True)


def _lines(number: int, problem: Problem) -> list[Text]:
    label = f"{number:>3}. "
    indent = " " * len(label)
    lines = []
    if problem.place is not None and str(problem.place):
        lines.append(Text(label).append(str(problem.place), style="cyan"))
        label = indent
    lines.append(Text(label).append(problem.found, style="bold"))
    if problem.expected:
        lines.append(Text(indent + _("expected: {text}").format(text=problem.expected)))
    if problem.remedy:
        lines.append(Text(indent + _("what to do: {text}").format(text=problem.remedy), "green"))
    return lines


def usage_problem(error: click.UsageError, program: str) -> Problem:
    """Tell a mistyped command in the user's language."""
    path = error.ctx.command_path if error.ctx is not None else program
    remedy = _("See: {command} --help").format(command=path)
    match error:
        case click.NoSuchOption():
            found = _("There is no option {name}.").format(name=error.option_name)
            return Problem(None, found, _nearest(error.possibilities), remedy)
        case click.MissingParameter():
            name = error.param.make_metavar(error.ctx) if error.param and error.ctx else ""
            return Problem(None, _("{name} is missing.").format(name=name), remedy=remedy)
        case click.BadParameter():
            name = _name(error.param) if error.param else ""
            found = _("{name} cannot be this: {reason}").format(name=name, reason=error.message)
            return Problem(None, found, remedy=remedy)
        case _:
            return Problem(None, error.format_message(), remedy=remedy)


def _name(parameter: click.Parameter) -> str:
    return (
        parameter.opts[0] if isinstance(parameter, click.Option) else parameter.human_readable_name
    )


def _nearest(possibilities: object) -> str:
    if not isinstance(possibilities, (list, tuple)) or not possibilities:
        return ""
    return _("did you mean {names}?").format(names=", ".join(sorted(map(str, possibilities))))
