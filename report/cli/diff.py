"""``iireport diff``: what changed between two drafts, and the redline that shows it in Word."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from report.cli.help import Command
from report.i18n import _
from report.project import DEFAULT_EDITION, find_project


def command() -> click.Command:
    """Describe the command in the user's language."""
    return Command(
        name="diff",
        help=_(
            "Compare two drafts: what changed, and why.\n\n"
            "Writes changes.html and changes.md, by part, each change with its cause (data, weights, "
            "method, template or the opinion that was accepted), and redline.docx: the new draft with "
            "real tracked changes against the old one."
        ),
        short_help=_("Compare two drafts; write a redline."),
        example="iireport diff 3 4",
        callback=_run,
        params=[
            click.Argument(["old"], metavar=_("OLD")),
            click.Argument(["new"], metavar=_("NEW")),
            click.Option(
                ["--edition"],
                default=DEFAULT_EDITION,
                help=_("The edition (else the default one)."),
            ),
            click.Option(
                ["--out"],
                type=click.Path(path_type=Path, file_okay=False),
                help=_("Where the three files go (else drafts/EDITION/diff-OLD-NEW)."),
            ),
            click.Option(["--json", "as_json"], is_flag=True, help=_("Print one JSON object.")),
        ],
    )


def _run(old: str, new: str, *, edition: str, out: Path | None, as_json: bool) -> None:
    from report.review.changes_page import write_changes_page  # noqa: PLC0415 - --help needs none
    from report.review.changes_text import summary, write_text  # noqa: PLC0415
    from report.review.compared import Compared, settled_between, side  # noqa: PLC0415
    from report.review.drafts import DOCX, drafts_folder, find_draft  # noqa: PLC0415
    from report.review.ledger import ledger_folder, load  # noqa: PLC0415
    from report.review.redline import redline  # noqa: PLC0415

    folder = find_project(Path.cwd()).edition(edition)
    project = find_project(folder)
    first, second = (find_draft(project, folder.name, name) for name in (old, new))
    opinions = load(ledger_folder(project, folder.name)).opinions
    compared = Compared(side(first), side(second), settled_between(opinions, first, second))
    files = {
        "changes.html": write_changes_page(compared).encode(),
        "changes.md": write_text(compared).encode(),
        "redline.docx": redline(
            (first.folder / DOCX).read_bytes(),
            (second.folder / DOCX).read_bytes(),
            date=second.created,
        ),
    }
    name = f"diff-{first.number}-{second.number}"
    target = out or drafts_folder(project, folder.name) / name
    target.mkdir(parents=True, exist_ok=True)
    for file, content in files.items():
        (target / file).write_bytes(content)
    if as_json:
        described = {
            "ok": True,
            "edition": folder.name,
            "old": first.number,
            "new": second.number,
            "changes": len(compared.changes),
            "folder": str(target),
            "files": sorted(files),
            "blocks": [
                {
                    "id": one.change.id,
                    "kind": one.change.kind,
                    "what": one.change.what,
                    "causes": list(one.causes),
                    "opinions": list(one.opinions),
                }
                for one in compared.changes
            ],
        }
        sys.stdout.write(json.dumps(described, ensure_ascii=False, indent=2) + "\n")
        return
    counts = ", ".join(f"{cause} {count}" for cause, count in summary(compared))
    click.echo(
        _("{count} changes ({causes}); see {folder}").format(
            count=len(compared.changes), causes=counts or "—", folder=project.shown(target)
        )
    )
