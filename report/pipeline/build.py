"""Build an edition: load, assess, compose, draw, write, publish; each stage measured."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from report.check import check_wording, read_style
from report.document.model import Heading, Table
from report.output.manifest import manifest
from report.output.publish import MANIFEST, publish, reserved
from report.pipeline.accounting import account, attachments
from report.pipeline.drawing import draw_all, figures_of
from report.pipeline.fonts import used_fonts
from report.pipeline.preparing import (
    Prepared,
    assess_both,
    compose_report,
    input_files,
    load,
)
from report.pipeline.stages import Progress, Silent, Stage, Stopwatch, rare_collections
from report.pipeline.writing import write_documents
from report.project import Project, find_project

if TYPE_CHECKING:
    from report.assessment.results import Results
    from report.manuscript.carry import Earlier

FORMATS = ("html", "pdf", "docx")


@dataclass(frozen=True, slots=True)
class Archive:
    """What makes a build a draft: the last draft's blocks, and who names it and adds files to it.

    ``add`` is given what was composed and the edition's inputs; it returns the draft's id, which the
    Word file keeps, and files to stand beside the report.
    """

    earlier: Earlier | None
    add: Callable[[Prepared, Iterable[Path]], tuple[str, Mapping[str, bytes]]]


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
    findings: int = 0  # sentences that ``check`` would tell of; they do not stop a build

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
    archive: Archive | None = None,
) -> BuildReport:
    """Build the edition in ``folder`` into the folder ``out`` and say what it took.

    All files replace those of the last build together, or none does (ReportError).
    """
    wanted = tuple(name for name in FORMATS if name in set(formats))
    project = project or find_project(folder)
    watch = Stopwatch(progress or Silent())
    with reserved(out), rare_collections():
        with watch.stage("load"):
            edition, previous_edition = load(folder)
        with watch.stage("assess"):
            results, previous = assess_both(edition, previous_edition)
        with watch.stage("compose"):
            earlier = archive.earlier if archive else None
            document = compose_report(edition, results, previous, project, earlier)
        with watch.stage("check"):
            found = check_wording(document, results, edition, read_style(project.templates))
        figures = figures_of(document)
        with watch.stage("figures", len(figures)):
            drawings = draw_all(figures, watch.progress.stepped)
        files = {f"figures/{name}.svg": drawing.svg for name, drawing in drawings.items()}
        with watch.stage("results"):
            files |= _write_results(results)
        with watch.stage("ledger"):
            accounted = account(document, results, previous, drawings, for_page="html" in wanted)
            files |= accounted.files
        inputs = input_files(edition, previous_edition, project)
        draft = ""
        if archive is not None:
            made = Prepared(edition, previous_edition, results, previous, document)
            draft, added = archive.add(made, inputs)
            files |= added
        written = write_documents(
            document,
            drawings,
            wanted,
            project.templates,
            watch,
            trace=accounted.page,
            attachments=attachments(files),
            draft=draft,
        )
        files |= written.files
        with watch.stage("publish"):
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
        findings=len(found),
    )


def _write_results(results: Results) -> dict[str, bytes]:
    from report.assessment.store import to_json  # noqa: PLC0415
    from report.assessment.workbook import write_xlsx  # noqa: PLC0415

    return {"results.json": to_json(results).encode(), "results.xlsx": write_xlsx(results)}
