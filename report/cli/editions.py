"""``iireport editions``: which editions there are."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from report.cli.help import Command
from report.i18n import _
from report.project import DEFAULT_EDITION, EDITION_FILE, Project, find_project


def command() -> click.Command:
    """Describe the command in the user's language."""
    return Command(
        name="editions",
        help=_(
            "List the editions under data/: name, assessment year, title, and the built report."
        ),
        short_help=_("List the editions."),
        example="iireport editions",
        callback=_run,
        params=[
            click.Option(["--json", "as_json"], is_flag=True, help=_("Print one JSON object.")),
        ],
    )


def _run(*, as_json: bool) -> None:
    project = find_project(Path.cwd())
    rows = [_describe(project, folder) for folder in project.editions()]
    if as_json:
        described = {"ok": True, "editions": rows}
        sys.stdout.write(json.dumps(described, ensure_ascii=False, indent=2) + "\n")
        return
    table = Table(box=None, pad_edge=False)
    for heading in (_("edition"), _("year"), _("title"), _("report")):
        table.add_column(heading, overflow="fold")
    for row in rows:
        name = f"{row['id']} *" if row["id"] == DEFAULT_EDITION else row["id"]
        table.add_row(name, row["assessment_year"], row["title"], row["built"] or "—")
    console = Console(highlight=False)
    console.print(table)
    console.print(_("* is built when no edition is named"))


def _describe(project: Project, folder: Path) -> dict[str, str]:
    """Describe an edition by its first file alone, valid or not: listing must not fail."""
    from ruamel.yaml import YAML  # noqa: PLC0415
    from ruamel.yaml.error import YAMLError  # noqa: PLC0415

    try:
        with (folder / EDITION_FILE).open(encoding="utf-8") as source:
            read = YAML(typ="safe", pure=True).load(source)
    except (YAMLError, UnicodeDecodeError, OSError):
        read = None
    fields = read if isinstance(read, dict) else {}
    built = project.dist / folder.name / "report.pdf"
    return {
        "id": folder.name,
        "assessment_year": str(fields.get("assessment_year", "?")),
        "title": str(fields.get("title", "?")),
        "built": project.shown(built) if built.is_file() else "",
    }
