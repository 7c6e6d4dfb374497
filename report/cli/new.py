"""``iireport new``: start the next edition from one there is."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from rich.console import Console

from report.cli.help import Command
from report.i18n import _
from report.project import DEFAULT_EDITION, find_project


def command() -> click.Command:
    """Describe the command in the user's language."""
    return Command(
        name="new",
        help=_(
            "Start a new edition from one there is.\n\n"
            "A folder data/EDITION is made: the indicator system, forms, paths and texts are taken "
            "over, years are moved on, and the figures of the new year come as an empty table to "
            "be filled. Building it before it is filled lists what is missing."
        ),
        short_help=_("Start a new edition from one there is."),
        example="iireport new 2024 --from 2023",
        callback=_run,
        params=[
            click.Argument(["edition"]),
            click.Option(
                ["--from", "source"],
                default=DEFAULT_EDITION,
                metavar=_("EDITION"),
                help=_("The edition to start from (else {default}).").format(
                    default=DEFAULT_EDITION
                ),
            ),
            click.Option(["--json", "as_json"], is_flag=True, help=_("Print one JSON object.")),
        ],
    )


def _run(edition: str, source: str, *, as_json: bool) -> None:
    from report.edition.successor import start_edition  # noqa: PLC0415

    project = find_project(Path.cwd())
    made = start_edition(project.edition(source), edition)
    if as_json:
        described = {
            "ok": True,
            "edition": made.folder.name,
            "folder": project.shown(made.folder),
            "to_fill": [project.shown(path) for path in made.to_fill],
            "to_read": [project.shown(path) for path in made.to_read],
        }
        sys.stdout.write(json.dumps(described, ensure_ascii=False, indent=2) + "\n")
        return
    console = Console(highlight=False)
    console.print(
        _("{folder} is ready. Fill in:").format(folder=project.shown(made.folder)), markup=False
    )
    for path in made.to_fill:
        console.print(f"  {project.shown(path)}", markup=False)
    console.print(_("Read through and bring up to date:"), markup=False)
    for path in made.to_read:
        console.print(f"  {project.shown(path)}", markup=False)
    console.print(
        _("Then: iireport build {edition}").format(edition=made.folder.name), markup=False
    )
