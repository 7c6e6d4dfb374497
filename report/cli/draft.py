"""``iireport draft``: build an edition and archive it as the next draft."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from report.cli.help import Command
from report.cli.screen import BuildScreen
from report.i18n import _
from report.project import DEFAULT_EDITION, find_project


def command() -> click.Command:
    """Describe the command in the user's language."""
    return Command(
        name="draft",
        help=_(
            "Build an edition and archive it as its next draft, to be sent to reviewers.\n\n"
            "A draft is kept in drafts/EDITION/NUMBER with everything it was made from and never "
            "changes; its Word file knows which draft it is, so that opinions find their way back."
        ),
        short_help=_("Build an edition and archive it as a draft for reviewers."),
        example='iireport draft -m "征求意见稿" 2023',
        callback=_run,
        params=[
            click.Argument(["edition"], required=False, default=DEFAULT_EDITION),
            click.Option(
                ["-m", "--message", "note"], default="", help=_("What this draft is for.")
            ),
            click.Option(["--quiet"], is_flag=True, help=_("Print nothing but problems.")),
            click.Option(["--json", "as_json"], is_flag=True, help=_("Print one JSON object.")),
        ],
    )


def _run(edition: str, note: str, *, quiet: bool, as_json: bool) -> None:
    from report.pipeline.drafting import make_draft  # noqa: PLC0415 - --help needs none of it

    folder = find_project(Path.cwd()).edition(edition)
    project = find_project(folder)
    with BuildScreen(silent=quiet or as_json) as screen:
        made = make_draft(folder, note=note, progress=screen, project=project)
    draft = made.draft
    if as_json:
        described = {
            "ok": True,
            "edition": draft.edition,
            "draft": draft.number,
            "id": draft.id,
            "folder": str(draft.folder),
            "pages": made.report.pages,
        }
        sys.stdout.write(json.dumps(described, ensure_ascii=False, indent=2) + "\n")
    elif not quiet:
        click.echo(
            _("Draft {number} of {edition} ({id}) is archived; send out {file}").format(
                number=draft.number,
                edition=draft.edition,
                id=draft.id,
                file=project.shown(draft.folder / "report.docx"),
            )
        )
