"""``iireport review decide``: dispositions from the command line, for one opinion or many at once."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from report.cli.help import Command
from report.i18n import _, ngettext
from report.project import DEFAULT_EDITION, find_project
from report.review.model import VERDICTS, MarkKind

if TYPE_CHECKING:
    from report.review.model import Verdict


def decide_command() -> click.Command:
    """Describe the command in the user's language."""
    return Command(
        name="decide",
        help=_(
            "Enter a disposition for opinions, as the column 处置 of the ledger does.\n\n"
            "Name opinions by number; or leave the numbers out and choose by the kind of mark or by "
            "who sent them: then all that fit and are still undecided get it. Formatting changes, "
            "which come by the hundred, are settled with --mark format."
        ),
        short_help=_("Enter dispositions, one or many at once."),
        example='iireport review decide --mark format --as 不采纳 --reason "版式统一编排"',
        callback=_run,
        params=[
            click.Argument(["numbers"], nargs=-1, type=click.IntRange(1)),
            click.Option(
                ["--as", "verdict"],
                required=True,
                type=click.Choice(VERDICTS),
                help=_("The disposition."),
            ),
            click.Option(["--reason"], default="", help=_("Why; needed unless it is 采纳.")),
            click.Option(["--assignee"], default="", help=_("Who sees to it.")),
            click.Option(
                ["--mark", "marks"],
                multiple=True,
                type=click.Choice(get_args(MarkKind)),
                help=_("Only marks of this kind (may be repeated)."),
            ),
            click.Option(
                ["--from", "sources"],
                multiple=True,
                help=_("Only those sent by this one (may be repeated)."),
            ),
            click.Option(
                ["--edition"],
                default=DEFAULT_EDITION,
                help=_("The edition (else the default one)."),
            ),
            click.Option(["--json", "as_json"], is_flag=True, help=_("Print one JSON object.")),
        ],
    )


def _run(
    numbers: tuple[int, ...],
    verdict: Verdict,
    reason: str,
    assignee: str,
    marks: tuple[MarkKind, ...],
    sources: tuple[str, ...],
    edition: str,
    *,
    as_json: bool,
) -> None:
    from report.review.deciding import Choice, decide  # noqa: PLC0415 - --help needs none of it

    if not (numbers or marks or sources):
        raise click.UsageError(_("name opinions by number, or choose them by --mark or --from"))
    if numbers and (marks or sources):
        raise click.UsageError(_("--mark and --from choose among all; leave the numbers out"))
    folder = find_project(Path.cwd()).edition(edition)
    choice = Choice(numbers, marks, sources)
    decided = decide(
        find_project(folder), folder.resolve().name, choice, verdict,
        reason=reason, assignee=assignee,
    )  # fmt: skip
    if as_json:
        described = {"ok": True, "verdict": verdict, "opinions": [one.number for one in decided]}
        sys.stdout.write(json.dumps(described, ensure_ascii=False, indent=2) + "\n")
        return
    said = ngettext(
        "{count} opinion is {verdict} now: {numbers}",
        "{count} opinions are {verdict} now: {numbers}",
        len(decided),
    )
    named = ", ".join(str(one.number) for one in decided)
    click.echo(said.format(count=len(decided), verdict=verdict, numbers=named))
