"""From an edition's folder to its results and its composed document: what build, trace and check share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from report.document.model import Document
from report.edition.model import Edition
from report.errors import EditionError, Place, Problem
from report.i18n import _
from report.output.manifest import template_files
from report.project import EDITION_FILE, Project, find_project

if TYPE_CHECKING:
    from report.assessment.results import Results
    from report.manuscript.carry import Earlier


@dataclass(frozen=True, slots=True)
class Prepared:
    """An edition that is ready to be drawn and written; ``previous`` is the one before, if any."""

    edition: Edition
    previous_edition: Edition | None
    results: Results
    previous: Results | None
    document: Document


def prepare(
    folder: Path, project: Project | None = None, earlier: Earlier | None = None
) -> Prepared:
    """Load, assess and compose the edition in ``folder``; ReportError with every problem.

    ``earlier`` are the blocks of the last draft, whose ids are carried over.
    """
    edition, before = load(folder)
    results, previous = assess_both(edition, before)
    document = compose_report(edition, results, previous, project or find_project(folder), earlier)
    return Prepared(edition, before, results, previous, document)


def load(folder: Path) -> tuple[Edition, Edition | None]:
    """Load the edition and the one before it, if it names one."""
    from report.edition import load_edition  # noqa: PLC0415 - pydantic, openpyxl

    edition = load_edition(folder)
    if not edition.previous:
        return edition, None
    before = folder.parent / edition.previous
    if not before.is_dir():
        raise EditionError(
            Problem(
                Place.of(f"{folder.name}/{EDITION_FILE}"),
                _("The previous edition “{name}” is not there.").format(name=edition.previous),
                _("a folder of this name beside this edition's"),
                _("Put it back, or leave “previous” empty to build without a comparison."),
            )
        )
    return edition, load_edition(before)


def assess_both(edition: Edition, before: Edition | None) -> tuple[Results, Results | None]:
    """Assess the edition, and the one before it where there is one."""
    from report.assessment import assess  # noqa: PLC0415 - numpy, pandas: not for every command

    return assess(edition), None if before is None else assess(before)


def input_files(edition: Edition, before: Edition | None, project: Project) -> list[Path]:
    """List every file that a report is made of: both editions' and the project's templates."""
    editions = [one for one in (edition, before) if one is not None]
    return [
        *(path for one in editions for path in one.inputs),
        *template_files(project.templates),
    ]


def compose_report(
    edition: Edition,
    results: Results,
    previous: Results | None,
    project: Project,
    earlier: Earlier | None = None,
) -> Document:
    """Compose the edition's document from the project's templates."""
    from report.manuscript import compose  # noqa: PLC0415 - jinja2, markdown

    return compose(edition, results, previous, project.templates, earlier=earlier)
