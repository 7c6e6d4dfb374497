"""``iireport build``: make an edition's report."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from report.cli.help import Command
from report.cli.screen import BuildScreen, show_build
from report.i18n import _
from report.project import DEFAULT_EDITION, find_project


def command() -> click.Command:
    """Describe the command in the user's language."""
    return Command(
        name="build",
        help=_(
            "Build an edition's report as PDF, Word and HTML.\n\n"
            "EDITION is the name of a folder under data/ or the path of one; without it the "
            "edition of {default} is built. The files replace those of the last build all "
            "together; when anything is wrong the last good ones stay and every problem is listed."
        ).format(default=DEFAULT_EDITION),
        short_help=_("Build an edition's report as PDF, Word and HTML."),
        example="iireport build 2022 --out ~/report-2022",
        callback=_run,
        params=[
            click.Argument(["edition"], required=False, default=DEFAULT_EDITION),
            click.Option(
                ["--out"],
                type=click.Path(path_type=Path, file_okay=False),
                metavar=_("FOLDER"),
                help=_("Where the files go (else dist/EDITION)."),
            ),
            click.Option(
                ["--format", "formats"],
                type=click.Choice(["html", "pdf", "docx"]),
                multiple=True,
                help=_("Write only this format; may be repeated. Results and figures always come."),
            ),
            click.Option(["--quiet"], is_flag=True, help=_("Print nothing but problems.")),
            click.Option(
                ["--json", "as_json"],
                is_flag=True,
                help=_("Print one JSON object: the files, or the problems."),
            ),
        ],
    )


def _run(
    edition: str, out: Path | None, formats: tuple[str, ...], *, quiet: bool, as_json: bool
) -> None:
    from report.pipeline import FORMATS, build  # noqa: PLC0415 - --help needs none of it

    folder = find_project(Path.cwd()).edition(edition)
    project = find_project(folder)
    target = out.expanduser() if out else project.dist / folder.name
    with BuildScreen(silent=quiet or as_json) as screen:
        report = build(folder, target, progress=screen, formats=formats or FORMATS, project=project)
    if as_json:
        described = {
            "ok": True,
            "edition": report.edition,
            "out": str(report.out),
            "files": {file.name: file.size for file in report.files},
            "pages": report.pages,
            "figures": report.figures,
            "tables": report.tables,
            "findings": report.findings,
            "seconds": round(report.seconds, 3),
            "peak_mb": report.peak_mb,
            "stages": [
                {"name": stage.name, "seconds": stage.seconds, "peak_mb": stage.peak_mb}
                for stage in report.stages
            ],
        }
        sys.stdout.write(json.dumps(described, ensure_ascii=False, indent=2) + "\n")
    elif not quiet:
        show_build(report)
