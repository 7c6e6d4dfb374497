"""Build an edition: load, assess, compose, draw, write, publish; each stage measured."""

from __future__ import annotations

from collections.abc import Iterable
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
from report.pipeline.stages import Progress, Silent, Stage, Stopwatch, rare_collections
from report.pipeline.writing import write_documents
from report.project import EDITION_FILE, Project, find_project

if TYPE_CHECKING:
    from collections.abc import Mapping

    from figures import Drawing
    from report.assessment.results import Results
    from report.output.pdf import Attachment

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
    seconds: float  # wall-clock; stages may overlap

    @property
    def peak_mb(self) -> float:
        """The highest peak memory of any stage's process, in MB."""
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
    with reserved(out), rare_collections():
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
        with watch.stage("results"):
            files |= _write_results(results)
        with watch.stage("ledger"):
            numbers, trace = _trace(document, results, previous, drawings)
            files |= numbers
        written = write_documents(
            document,
            drawings,
            wanted,
            project.templates,
            watch,
            trace=trace,
            attachments=_attachments(files),
        )
        files |= written.files
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
        pages=written.pages,
        seconds=watch.seconds,
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


def _write_results(results: Results) -> dict[str, bytes]:
    from report.assessment.store import to_json  # noqa: PLC0415
    from report.assessment.workbook import write_xlsx  # noqa: PLC0415

    return {"results.json": to_json(results).encode(), "results.xlsx": write_xlsx(results)}


def _trace(
    document: Document,
    results: Results,
    previous: Results | None,
    drawings: Mapping[str, Drawing],
) -> tuple[dict[str, bytes], str]:
    """Write the ledger of all printed numbers, and the data with which the page explains them."""
    from report.ledger import Sources, ledger, to_csv, to_workbook  # noqa: PLC0415
    from report.output.html import viewer_data  # noqa: PLC0415

    sources = Sources(results, previous)
    rows = ledger(document, sources, drawings)
    files = {
        "numbers.csv": to_csv(rows),
        "numbers.xlsx": to_workbook(rows, document.meta.date),
    }
    return files, viewer_data(rows, sources)


def _attachments(files: Mapping[str, bytes]) -> tuple[Attachment, ...]:
    """Say which files travel inside the PDF."""
    from report.output.pdf import Attachment  # noqa: PLC0415

    return (
        Attachment(
            "numbers.csv",
            files["numbers.csv"],
            "text/csv",
            "数字台账：正文、图、表中每个数字的来源",
        ),
        Attachment(
            "results.json",
            files["results.json"],
            "application/json",
            "测算结果：全部数值、公式和数据来源",
        ),
    )
