"""``iireport check``: is every number traced, every claim backed, every name and unit as it should be."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from report.cli.findings import show_findings, show_lines
from report.cli.help import Command
from report.i18n import _
from report.project import DEFAULT_EDITION, Project, find_project

if TYPE_CHECKING:
    from report.check import Finding, Style
    from report.pipeline.preparing import Prepared

FOUND = 1  # the exit code when something must be mended


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to check: a composed edition with all it was made from."""

    project: Project
    folder: Path
    prepared: Prepared
    style: Style


Source: TypeAlias = Callable[[Material], "Iterable[Finding]"]


def command() -> click.Command:
    """Describe the command in the user's language."""
    return Command(
        name="check",
        help=_(
            "Check an edition's report without building it.\n\n"
            "Every number in the prose must come from data, a cited fact or a declared literal; every "
            "comparison, rank and trend must be chosen or guarded by data; values, rounding, sums, "
            "units and names must agree throughout. Each finding shows the sentence with the words "
            "at fault, its template line and how to mend it. The word lists are in "
            "templates/style.yaml. The exit code is 1 when something must be mended; warnings alone "
            "leave it at 0."
        ),
        short_help=_("Check numbers, claims, facts, names and units."),
        example="iireport check 2022",
        callback=_run,
        params=[
            click.Argument(["edition"], required=False, default=DEFAULT_EDITION),
            click.Option(
                ["--outputs"],
                is_flag=True,
                help=_("Also compare the finished PDF and Word file with what they should say."),
            ),
            click.Option(["--quiet"], is_flag=True, help=_("Print one line a finding, no more.")),
            click.Option(
                ["--json", "as_json"],
                is_flag=True,
                help=_("Print one JSON object: every finding with its place."),
            ),
        ],
    )


def _run(edition: str, *, outputs: bool, quiet: bool, as_json: bool) -> int:
    from report.check.run import in_order  # noqa: PLC0415

    folder = find_project(Path.cwd()).edition(edition)
    material = _material(folder)
    sources: list[Source] = [_composed, *((_finished,) if outputs else ())]
    document = material.prepared.document
    found = in_order(document, (one for source in sources for one in source(material)))
    errors = sum(not one.warning for one in found)
    if as_json:
        described = {
            "ok": not errors,
            "edition": material.prepared.edition.id,
            "errors": errors,
            "warnings": len(found) - errors,
            "findings": [_described(one) for one in found],
        }
        sys.stdout.write(json.dumps(described, ensure_ascii=False, indent=2) + "\n")
    elif quiet:
        show_lines(found)
    else:
        show_findings(document, found)
    return FOUND if errors else 0


def _material(folder: Path) -> Material:
    from report.check import read_style  # noqa: PLC0415 - --help needs none of it
    from report.pipeline.preparing import prepare  # noqa: PLC0415

    project = find_project(folder)
    style = read_style(project.templates)
    return Material(project, folder, prepare(folder, project), style)


def _composed(material: Material) -> Iterable[Finding]:
    """Check the composed document."""
    from report.check import check  # noqa: PLC0415

    made = material.prepared
    return check(made.document, made.results, made.edition, material.style, made.previous)


def _finished(material: Material) -> Iterable[Finding]:
    """Compare the files of the last build with the document as it is composed now."""
    from report.check.outputs import finished  # noqa: PLC0415
    from report.pipeline.preparing import input_files  # noqa: PLC0415

    made = material.prepared
    read = input_files(made.edition, made.previous_edition, material.project)
    inputs = {material.project.shown(path): path for path in read}
    out = material.project.dist / material.folder.name
    return finished(made.document, made.results, made.previous, material.style, out, inputs)


def _described(one: Finding) -> dict[str, object]:
    place = one.place
    return {
        "rule": one.rule,
        "warning": one.warning,
        "part": one.part,
        "block": one.block,
        "place": None
        if place is None
        else {"file": place.file, "sheet": place.sheet, "cell": place.cell, "line": place.line},
        "sentence": one.sentence,
        "span": list(one.span),
        "word": one.word,
        "found": one.found,
        "expected": one.expected,
        "remedy": one.remedy,
    }
