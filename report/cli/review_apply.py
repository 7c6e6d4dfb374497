"""``iireport review apply``: accepted wording into the templates, data questions for the rest."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from report.cli.help import Command
from report.i18n import _
from report.project import DEFAULT_EDITION, find_project

if TYPE_CHECKING:
    from report.document.model import Document
    from report.review.apply import Outcome


def apply_command() -> click.Command:
    """Describe the command in the user's language."""
    return Command(
        name="apply",
        help=_(
            "Write accepted changes of wording into the template lines they came from.\n\n"
            "Only static prose is edited. Where a change touches a computed number, a claim's words or "
            "a figure, nothing is written: it becomes a data question, with the number's trace, in "
            "review/EDITION/questions.md. Where a template was rewritten since the draft, both edits "
            "are merged; a conflict is marked in the template as a comment."
        ),
        short_help=_("Write accepted wording into the templates."),
        example="iireport review apply 3 5 8",
        callback=_run,
        params=[
            click.Argument(["numbers"], nargs=-1, required=True, type=click.IntRange(1)),
            click.Option(
                ["--edition"],
                default=DEFAULT_EDITION,
                help=_("The edition (else the default one)."),
            ),
            click.Option(["--json", "as_json"], is_flag=True, help=_("Print one JSON object.")),
        ],
    )


def _run(numbers: tuple[int, ...], edition: str, *, as_json: bool) -> int:
    from report.manuscript import compose  # noqa: PLC0415 - --help needs none of it
    from report.pipeline.preparing import assess_both, load  # noqa: PLC0415
    from report.review.applying import apply_opinions  # noqa: PLC0415
    from report.review.drafts import earlier_blocks, find_draft  # noqa: PLC0415

    folder = find_project(Path.cwd()).edition(edition)
    project = find_project(folder)
    name = folder.resolve().name
    loaded, before = load(folder)
    results, previous = assess_both(loaded, before)
    earlier = earlier_blocks(find_draft(project, name))

    def composed(templates: Path) -> Document:
        return compose(loaded, results, previous, templates, earlier=earlier)

    outcomes = apply_opinions(project, name, numbers, composed, results)
    if as_json:
        sys.stdout.write(json.dumps(_described(outcomes), ensure_ascii=False, indent=2) + "\n")
    else:
        for one in outcomes:
            _tell(one)
    return 0 if all(one.status in ("applied", "already") for one in outcomes) else 1


def _described(outcomes: tuple[Outcome, ...]) -> dict[str, object]:
    return {
        "ok": all(one.status in ("applied", "already") for one in outcomes),
        "opinions": [
            {
                "number": one.opinion,
                "status": one.status,
                "place": str(one.place or ""),
                "text": one.text,
                "refused": [
                    {"why": r.why, "text": r.text, "wanted": r.wanted, "keys": list(r.keys)}
                    for r in one.refused
                ],
                "others": list(one.others),
            }
            for one in outcomes
        ],
    }


def _tell(one: Outcome) -> None:
    said = {
        "applied": _("Opinion {number}: written to {place}"),
        "already": _("Opinion {number}: the report says so already"),
        "refused": _("Opinion {number}: not written, asked as a data question"),
        "conflict": _("Opinion {number}: {place} was rewritten since the draft; merge it by hand"),
        "unplaced": _("Opinion {number}: no template line gives exactly this sentence"),
    }[one.status]
    click.echo(said.format(number=one.opinion, place=one.place or "—"))
    for refused in one.refused:
        keys = f" ({', '.join(refused.keys)})" if refused.keys else ""
        click.echo(f"  “{refused.text}” → “{refused.wanted}”{keys}")
    if one.others:
        line = _("  the same line is printed elsewhere and changed there too: {blocks}")
        click.echo(line.format(blocks=", ".join(one.others)))
