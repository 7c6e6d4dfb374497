"""From arguments to an exit code: language, commands by name, and every error told without traceback."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Sequence

import click

from report.cli.failure import show_problems, usage_problem
from report.cli.help import Group
from report.errors import Problem, ReportError
from report.i18n import _, speaking

# Command → the module that holds it as ``command``.
COMMANDS = {
    "build": "report.cli.build",
    "check": "report.cli.check",
    "new": "report.cli.new",
    "editions": "report.cli.editions",
    "results": "report.cli.results",
    "trace": "report.cli.trace",
    "draft": "report.cli.draft",
    "drafts": "report.cli.drafts",
    "review": "report.cli.review",
    "diff": "report.cli.diff",
    "doctor": "report.cli.doctor",
}
UNEXPECTED = 1
INTERRUPTED = 130


class Commands(Group):
    """The commands in their order of use; a module is imported when its command is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return every command's name."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command by its name; None when there is no such command."""
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        command = importlib.import_module(module).command()
        assert isinstance(command, click.Command)
        return command


def root() -> Commands:
    """Describe the program as a whole, in the user's language."""
    return Commands(
        name="iireport",
        help=_(
            "Make the assessment report of a year from its statistics: PDF, Word and HTML.\n\n"
            "An edition is a folder under data/. Run a command with --help for what it does "
            "and an example."
        ),
        params=[
            click.Option(
                ["--lang"],
                metavar="zh|en",
                help=_("Language of the messages (else the system's). May stand anywhere."),
            ),
            click.Option(
                ["--debug"],
                is_flag=True,
                help=_("Show the program's own trace when it fails. May stand anywhere."),
            ),
        ],
        no_args_is_help=True,
        callback=lambda **_unused: None,
    )


def run(arguments: Sequence[str], program: str) -> int:
    """Run the command that ``arguments`` name and return the exit code; nothing is raised."""
    arguments, lang, debug = _everywhere_options(arguments)
    as_json = "--json" in arguments
    with speaking(lang):
        try:
            code = root().main(list(arguments), prog_name=program, standalone_mode=False)
        except click.exceptions.NoArgsIsHelpError as help_asked:
            click.echo(help_asked.ctx.get_help() if help_asked.ctx else "")
            return 0
        except click.UsageError as error:
            return _report(ReportError(usage_problem(error, program)), as_json=as_json)
        except ReportError as error:
            return _report(error, as_json=as_json)
        except (KeyboardInterrupt, click.Abort):
            click.echo(_("Stopped; the last good outputs are untouched."), err=True)
            return INTERRUPTED
        except Exception as error:  # the last resort of a user's program
            if debug:
                raise
            return _report(_unexpected(error), as_json=as_json)
    return code if isinstance(code, int) else 0


def _everywhere_options(arguments: Sequence[str]) -> tuple[list[str], str, bool]:
    """Take ``--lang`` and ``--debug`` out of the arguments, wherever they stand."""
    rest: list[str] = []
    lang, debug = "", False
    words = iter(arguments)
    for word in words:
        if word == "--debug":
            debug = True
        elif word == "--lang":
            lang = next(words, "")
        elif word.startswith("--lang="):
            lang = word.partition("=")[2]
        else:
            rest.append(word)
    return rest, lang, debug


class UnexpectedError(ReportError):
    """A defect of this program."""

    exit_code = UNEXPECTED


def _unexpected(error: Exception) -> UnexpectedError:
    return UnexpectedError(
        Problem(
            None,
            _("The program failed where it should not: {kind}: {text}").format(
                kind=type(error).__name__, text=error
            ),
            remedy=_(
                "This is a defect. Run the same command with --debug and report what it says."
            ),
        )
    )


def _report(error: ReportError, *, as_json: bool) -> int:
    if as_json:
        problems = [
            {
                "place": None
                if problem.place is None
                else {
                    "file": problem.place.file,
                    "sheet": problem.place.sheet,
                    "cell": problem.place.cell,
                    "line": problem.place.line,
                },
                "found": problem.found,
                "expected": problem.expected,
                "remedy": problem.remedy,
            }
            for problem in error.problems
        ]
        described = {"ok": False, "error": type(error).__name__, "problems": problems}
        sys.stdout.write(json.dumps(described, ensure_ascii=False, indent=2) + "\n")
    else:
        show_problems(error)
    return error.exit_code
