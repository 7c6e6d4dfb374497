"""``iireport drafts``: list the archived drafts of an edition, and verify that none was changed."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from report.cli.help import Command
from report.errors import OutputError
from report.i18n import _
from report.project import find_project

if TYPE_CHECKING:
    from report.review.model import Draft


def command() -> click.Command:
    """Describe the command in the user's language."""
    return Command(
        name="drafts",
        help=_(
            "List the archived drafts, of one edition or of all.\n\n"
            "With --verify every file is compared with the hash it was archived under; changed, "
            "missing and added files are told, and the exit code is 3."
        ),
        short_help=_("List archived drafts; verify that none was changed."),
        example="iireport drafts 2023 --verify",
        callback=_run,
        params=[
            click.Argument(["edition"], required=False, default=""),
            click.Option(["--verify"], is_flag=True, help=_("Compare every file with its hash.")),
            click.Option(["--json", "as_json"], is_flag=True, help=_("Print one JSON object.")),
        ],
    )


def _run(edition: str, *, verify: bool, as_json: bool) -> None:
    from report.review import drafts  # noqa: PLC0415

    project = find_project(Path.cwd())
    names: tuple[str, ...]
    if edition:
        folder = project.edition(edition)
        project, names = find_project(folder), (folder.resolve().name,)
    else:
        names = drafts.editions_with_drafts(project)
    found = [draft for name in names for draft in drafts.read_drafts(project, name)]
    problems = [one for draft in found for one in drafts.verify(draft)] if verify else []
    if problems:
        raise OutputError(problems)
    if as_json:
        described = {"ok": True, "verified": verify, "drafts": [_described(one) for one in found]}
        sys.stdout.write(json.dumps(described, ensure_ascii=False, indent=2) + "\n")
        return
    if not found:
        click.echo(_("There are no drafts yet; make one with: iireport draft"))
    for draft in found:
        line = f"{draft.edition}  {draft.number:>3}  {draft.created}  {draft.id}"
        click.echo(f"{line}  {draft.note}".rstrip())
    if verify and found:
        click.echo(_("Every file is as it was archived."))


def _described(draft: Draft) -> dict[str, object]:
    return {
        "edition": draft.edition,
        "number": draft.number,
        "id": draft.id,
        "created": draft.created,
        "note": draft.note,
        "files": len(draft.files),
    }
