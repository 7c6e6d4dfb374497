"""Make a draft: build an edition into the archive, with all that is needed to judge opinions on it later."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from report.document import store
from report.document.model import Document, Matter
from report.errors import OutputError, Place, Problem
from report.i18n import _
from report.output.manifest import template_files
from report.pipeline.build import FORMATS, Archive, BuildReport, build
from report.pipeline.preparing import Prepared
from report.pipeline.stages import Progress
from report.project import EDITION_FILE, Project, find_project
from report.review import blocks, drafts
from report.review.model import Draft

_UNFINISHED = ".unfinished"


@dataclass(frozen=True, slots=True)
class Drafted:
    """A new draft and the build that made it."""

    draft: Draft
    report: BuildReport


def make_draft(
    folder: Path,
    *,
    note: str = "",
    progress: Progress | None = None,
    formats: Iterable[str] = FORMATS,
    project: Project | None = None,
) -> Drafted:
    """Build the edition in ``folder`` and archive it as its next draft; ReportError when it cannot be.

    A draft appears whole or not at all: everything is written beside the archive and renamed at the end.
    """
    project = project or find_project(folder)
    home = drafts.drafts_folder(project, folder.resolve().name)
    home.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(home / ".lock", timeout=0):
            return _make(folder, home, note, progress, tuple(formats), project)
    except Timeout:
        raise OutputError(
            Problem(
                Place.of(f"drafts/{home.name}"),
                _("Another draft of this edition is being made."),
                remedy=_("Wait until it has finished."),
            )
        ) from None


def _make(
    folder: Path,
    home: Path,
    note: str,
    progress: Progress | None,
    formats: tuple[str, ...],
    project: Project,
) -> Drafted:
    edition = folder.resolve().name
    known = drafts.read_drafts(project, edition)
    number = known[-1].number + 1 if known else 1
    out = home / _UNFINISHED
    drafts.discard(out)
    archive = _Archive(edition, number, project, known[-1] if known else None)
    wanted = (
        "docx",
        *(name for name in formats if name != "docx"),
    )  # without Word nothing comes back
    try:
        report = build(
            folder,
            out,
            progress=progress,
            formats=wanted,
            project=project,
            archive=Archive(archive.earlier, archive.add),
        )
        archive.finish(out, report, note)
        target = home / str(number)
        drafts.discard(target)
        out.rename(target)
    finally:
        drafts.discard(out)
    return Drafted(drafts.read_draft(target), report)


class _Archive:
    """What is kept beside the outputs: the document, the inputs, the blocks."""

    def __init__(self, edition: str, number: int, project: Project, last: Draft | None) -> None:
        self._edition, self._number, self._project, self._last = edition, number, project, last
        self.earlier = drafts.earlier_blocks(last) if last else None
        self._document: Document | None = None
        self._id = ""
        self._inputs: dict[str, str] = {}

    def add(self, made: Prepared, inputs: Iterable[Path]) -> tuple[str, Mapping[str, bytes]]:
        text = store.to_json(made.document)
        self._document = made.document
        self._id = drafts.draft_id(self._edition, self._number, text)
        files = {"document.json": text.encode()}
        paths = {path.resolve() for path in inputs}
        paths |= {path.resolve() for path in template_files(self._project.templates)}
        for edition in (made.edition, made.previous_edition):
            if edition is not None:
                paths.add((edition.folder / EDITION_FILE).resolve())
        for path in sorted(paths):
            if path.is_file():
                content = path.read_bytes()
                name = self._project.shown(path)
                files[f"{drafts.INPUTS}/{name}"] = content
                self._inputs[name] = drafts.sha256(content)
        return self._id, files

    def finish(self, out: Path, report: BuildReport, note: str) -> Draft:
        assert self._document is not None
        pdf = out / "report.pdf"
        pages = pdf_pages(pdf.read_bytes(), self._document) if pdf.is_file() else {}
        entries = blocks.describe(self._document, pages)
        retired: set[str] = set()
        if self._last is not None:
            before, gone = blocks.read_manifest(self._last.folder)
            retired = {*gone, *(entry.id for entry in before)} - {entry.id for entry in entries}
        (out / "blocks.json").write_text(
            blocks.to_json(entries, retired), encoding="utf-8", newline="\n"
        )
        draft = Draft(
            self._edition, self._number, self._id, out, report.title, note, inputs=self._inputs
        )
        return drafts.seal(out, draft)


def pdf_pages(pdf: bytes, document: Document) -> dict[str, str]:
    """Return the printed page label of every block that the PDF names: roman in front, then arabic."""
    from pypdf import PdfReader  # noqa: PLC0415
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    from report.output.docx.pages import roman  # noqa: PLC0415

    try:
        reader = PdfReader(io.BytesIO(pdf))
        places = {
            name: page
            for name, target in reader.named_destinations.items()
            if (page := reader.get_destination_page_number(target)) is not None
        }
    except PyPdfError:
        return {}
    labels: dict[str, str] = {}
    firsts: dict[Matter, int] = {}
    for section in document.sections:
        matter: Matter = "body" if section.matter == "back" else section.matter
        for block in Document(document.meta, (section,)).blocks():
            if (page := places.get(block.id)) is not None:
                count = page - firsts.setdefault(matter, page) + 1
                labels[block.id] = roman(count) if matter == "front" else str(count)
    return labels
