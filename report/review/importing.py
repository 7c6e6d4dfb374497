"""Import returned files: each on the draft it was made from, its opinions into the ledger, none twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from report.errors import OutputError, Place, Problem, ReportError
from report.i18n import _
from report.project import Project
from report.review import drafts
from report.review.base import Base, read_base
from report.review.fields import clean
from report.review.grouping import grouped
from report.review.ledger import Ledger, ledger_folder, load, locked, save
from report.review.model import Draft, Imported, Mark, Match, Opinion
from report.review.onward import Carrier
from report.review.opened import Opened, open_returned
from report.review.read import likeness_of, read_opened
from report.review.wording import guess_kind, opinion_text, place_text

LARGEST = 200 * 1024 * 1024
ENOUGH = (
    0.3  # share of equal paragraphs from which a file without a draft's id is taken for a draft
)


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one returned file."""

    name: str
    draft: str
    marks: int
    added: int
    unplaced: int
    known: bool = False  # imported before, byte for byte


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of all files, and the ledger after it."""

    files: tuple[FileReport, ...]
    ledger: Ledger


def import_files(
    project: Project, edition: str, paths: Sequence[Path], *, source: str = "", draft: str = ""
) -> ImportReport:
    """Import returned files into the edition's ledger and save it.

    ``source`` names who sent them (else each mark's author does); ``draft`` the draft they were made
    from, where they do not say. ReportError with every file that cannot be read; then nothing is saved.
    """
    known = drafts.read_drafts(project, edition)
    if not known:
        drafts.find_draft(project, edition)  # says how to make one
    folder = ledger_folder(project, edition)
    with locked(folder):
        ledger = load(folder)
        importer = _Importer(known, ledger, source, draft)
        problems: list[Problem] = []
        for path in paths:
            try:
                importer.add(path)
            except ReportError as error:
                problems += error.problems
        if problems:
            raise OutputError(problems)
        done = replace(importer.ledger, opinions=grouped(importer.ledger.opinions))
        save(folder, done)
    return ImportReport(tuple(importer.reports), done)


class _Importer:
    def __init__(self, known: Sequence[Draft], ledger: Ledger, source: str, draft: str) -> None:
        self.ledger = ledger
        self.reports: list[FileReport] = []
        self._known, self._source, self._wanted = known, source, draft
        self._bases: dict[int, Base] = {}
        self._carrier = Carrier(known[-1])

    def add(self, path: Path) -> None:
        """Import one file."""
        data = _read(path)
        digest = drafts.sha256(data)
        before = next((one for one in self.ledger.files if one.sha256 == digest), None)
        if before is not None:
            self.reports.append(FileReport(path.name, before.draft, before.marks, 0, 0, known=True))
            return
        opened = open_returned(data, path.name)
        base = self._base_of(opened)
        read = read_opened(opened, digest, base)
        marks = {one.mark for one in self.ledger.opinions}
        number = max((one.number for one in self.ledger.opinions), default=0)
        fresh: list[Opinion] = []
        numbers: dict[str, int] = {}
        for mark, match in read:
            made = self._opinion(mark, match, path, base)
            if made.mark in marks:
                continue
            number += 1
            numbers[mark.id] = number
            fresh.append(replace(made, number=number, thread=numbers.get(mark.parent, 0)))
        entry = Imported(path.name, digest, str(base.draft.number), self._source, len(read.matches))
        self.ledger = replace(self.ledger.with_opinions(fresh), files=(*self.ledger.files, entry))
        unplaced = sum(one.placing == "unplaced" for one in fresh)
        self.reports.append(FileReport(path.name, entry.draft, entry.marks, len(fresh), unplaced))

    def _base_of(self, opened: Opened) -> Base:
        if self._wanted:
            for draft in self._known:
                if self._wanted in {str(draft.number), draft.id}:
                    return self._base(draft)
            raise OutputError(
                Problem(
                    Place.of(f"drafts/{self._known[0].edition}"),
                    _("There is no draft “{name}” of this edition.").format(name=self._wanted),
                    ", ".join(str(draft.number) for draft in self._known),
                )
            )
        for draft in self._known:
            if opened.draft == draft.id:
                return self._base(draft)
        best = max(
            (
                (likeness_of(opened, self._base(draft)), draft.number, draft)
                for draft in self._known
            ),
            key=lambda found: found[:2],
        )
        if best[0] < ENOUGH:
            raise OutputError(
                Problem(
                    Place.of(opened.name),
                    _(
                        "The file does not say which draft it was made from, and is like none of them."
                    ),
                    _("a file made from a draft of this edition"),
                    _("If it is one, say which: iireport review import --draft NUMBER"),
                )
            )
        return self._base(best[2])

    def _base(self, draft: Draft) -> Base:
        if draft.number not in self._bases:
            self._bases[draft.number] = read_base(draft)
        return self._bases[draft.number]

    def _opinion(self, mark: Mark, match: Match, path: Path, base: Base) -> Opinion:
        source = clean(self._source or mark.author or path.stem)
        key = hashlib.sha256(f"{mark.id}\x1f{source}".encode()).hexdigest()[:16]
        span = match.spans[0] if match.spans else None
        sent = base.blocks.get(match.block)
        carried = self._carrier.carry(base, match)
        entry = carried.entry or sent
        return Opinion(
            0,
            key,
            source,
            clean(mark.author),
            clean(mark.date),
            path.name,
            str(base.draft.number),
            mark.kind,
            carried.placing,
            carried.block,
            span.row if span else 0,
            span.column if span else 0,
            span.start if span else -1,
            span.end if span else -1,
            entry.part_title if entry else "",
            entry.heading_title if entry else "",
            place_text(mark, match, self._carrier.blocks if carried.entry else base.blocks, entry),
            entry.page if entry else "",
            clean(mark.quoted),
            clean(opinion_text(mark)),
            guess_kind(mark, match, sent),
            clean(mark.text) if mark.kind != "comment" else "",
            clean(mark.before),
            clean(mark.after),
            resolved=mark.resolved,
            remark=clean("；".join(part for part in (match.remark, carried.remark) if part)),
            sent_block=match.block,
        )


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise OutputError(Problem(Place.of(path.name), _("the file is too large")))
        return path.read_bytes()
    except OSError as error:
        raise OutputError(
            Problem(
                Place.of(path.name),
                _("the file cannot be read ({reason})").format(
                    reason=error.strerror or type(error).__name__
                ),
                _("a .docx file that a reviewer returned"),
                _("Look at its name and place."),
            )
        ) from None


def files_in(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files themselves, and every .docx in those that are folders, in order."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (one for one in path.iterdir() if one.suffix.lower() == ".docx")
            found += sorted(one for one in inside if not one.name.startswith("~$"))
        else:
            found.append(path)
    return tuple(found)


__all__ = ["FileReport", "ImportReport", "files_in", "import_files"]
