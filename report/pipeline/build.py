"""Build an edition: load, assess, compose, draw, write, publish; each stage measured."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from report.document.model import Document, Heading, Table
from report.edition.model import Edition
from report.errors import EditionError, Place, Problem
from report.i18n import _
from report.output.manifest import manifest, template_files
from report.output.publish import MANIFEST, publish, reserved
from report.pipeline.drawing import draw_all, figures_of
from report.pipeline.fonts import used_fonts
from report.pipeline.stages import Progress, Silent, Stage, Stopwatch
from report.project import EDITION_FILE, Project, find_project

if TYPE_CHECKING:
    from figures import Drawing
    from report.assessment.results import Results

FORMATS = ("html", "pdf", "docx")


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file that a build wrote: its name within the output folder and its size in bytes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made, from what, and what it took."""

    edition: str
    title: str
    out: Path
    files: tuple[OutputFile, ...]
    stages: tuple[Stage, ...]
    headings: int
    figures: int
    tables: int
    pages: int  # of the PDF; 0 when none was written

    @property
    def seconds(self) -> float:
        """Wall-clock time of all stages."""
        return sum(stage.seconds for stage in self.stages)

    @property
    def peak_mb(self) -> float:
        """The highest peak memory of any stage, in MB."""
        return max((stage.peak_mb for stage in self.stages), default=0.0)


def build(
    folder: Path,
    out: Path,
    *,
    progress: Progress | None = None,
    formats: Iterable[str] = FORMATS,
    project: Project | None = None,
) -> BuildReport:
    """Build the edition in ``folder`` into the folder ``out`` and say what it took.

    All files replace those of the last build together, or none does (ReportError).
    """
    wanted = tuple(name for name in FORMATS if name in set(formats))
    project = project or find_project(folder)
    watch = Stopwatch(progress or Silent())
    with reserved(out):
        with watch.stage("load"):
            edition, previous_edition = _load(folder)
        with watch.stage("assess"):
            results, previous = _assess(edition, previous_edition)
        with watch.stage("compose"):
            document = _compose(edition, results, previous, project)
        figures = figures_of(document)
        with watch.stage("figures", len(figures)):
            drawings = draw_all(figures, watch.progress.stepped)
        files = {f"figures/{name}.svg": drawing.svg for name, drawing in drawings.items()}
        files |= _write_document(document, drawings, wanted, project, watch)
        with watch.stage("results"):
            files |= _write_results(results)
        with watch.stage("publish"):
            inputs = [*edition.inputs, *template_files(project.templates)]
            if previous_edition is not None:
                inputs += previous_edition.inputs
            files[MANIFEST] = manifest(edition, project, inputs, files, fonts=used_fonts())
            publish(out, files)
    blocks = tuple(document.blocks())
    return BuildReport(
        edition=edition.id,
        title=edition.title,
        out=out,
        files=tuple(OutputFile(name, len(content)) for name, content in sorted(files.items())),
        stages=tuple(watch.stages),
        headings=sum(isinstance(block, Heading) for block in blocks),
        figures=len(figures),
        tables=sum(isinstance(block, Table) for block in blocks),
        pages=_pages(files.get("report.pdf", b"")),
    )


def _load(folder: Path) -> tuple[Edition, Edition | None]:
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


def _assess(edition: Edition, before: Edition | None) -> tuple[Results, Results | None]:
    from report.assessment import assess  # noqa: PLC0415 - numpy, pandas: not for every command

    return assess(edition), None if before is None else assess(before)


def _compose(
    edition: Edition, results: Results, previous: Results | None, project: Project
) -> Document:
    from report.manuscript import compose  # noqa: PLC0415

    return compose(edition, results, previous, project.templates)


def _write_document(
    document: Document,
    drawings: Mapping[str, Drawing],
    wanted: tuple[str, ...],
    project: Project,
    watch: Stopwatch,
) -> dict[str, bytes]:
    """Write the formats asked for; the writers are imported only when their turn comes."""
    files: dict[str, bytes] = {}
    pages = project.templates / "page"
    if "html" in wanted:
        with watch.stage("html"):
            from report.output.html import write_page  # noqa: PLC0415

            files["report.html"] = write_page(document, drawings, pages).encode()
    if "pdf" in wanted:
        with watch.stage("pdf"):
            from report.output.html import write_print  # noqa: PLC0415
            from report.output.pdf import write_pdf  # noqa: PLC0415

            page = write_print(document, drawings, pages)
            files["report.pdf"] = write_pdf(page, document, pages)
    if "docx" in wanted:
        with watch.stage("docx"):
            from report.output.docx import write_docx  # noqa: PLC0415

            reference = project.templates / "docx" / "reference.docx"
            files["report.docx"] = write_docx(document, drawings, reference)
    return files


def _write_results(results: Results) -> dict[str, bytes]:
    from report.assessment.store import to_json  # noqa: PLC0415
    from report.assessment.workbook import write_xlsx  # noqa: PLC0415

    return {"results.json": to_json(results).encode(), "results.xlsx": write_xlsx(results)}


def _pages(pdf: bytes) -> int:
    """Count a PDF's pages: the largest count of its page tree's nodes is the root's."""
    return max((int(count) for count in re.findall(rb"/Count (\d+)", pdf)), default=0)
