"""The answer to reviewers: 征求意见汇总处理表, in total and for each, as Word and as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from report.errors import OutputError, Place, Problem
from report.i18n import _
from report.project import Project
from report.review import drafts
from report.review.ledger import conflict_problem, ledger_folder, load, locked, save
from report.review.model import VERDICTS, Opinion
from report.review.response import NAME
from report.review.response_docx import write_response
from report.review.response_xlsx import write_response_workbook
from report.review.settling import ACCEPTED, Changes, unsettled


@dataclass(frozen=True, slots=True)
class Counts:
    """How many opinions, and what became of them in the order of ``VERDICTS``."""

    name: str
    total: int
    verdicts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Response:
    """All that the answer says: counts in total and by reviewer, opinions by reviewer."""

    title: str
    draft: int
    total: Counts
    reviewers: tuple[tuple[Counts, tuple[Opinion, ...]], ...]


def respond(project: Project, edition: str) -> tuple[Response, tuple[Path, ...]]:
    """Write the response table as DOCX and XLSX beside the ledger and return what it says and where.

    OutputError names every opinion without a disposition, every acceptance without an actual change,
    and every field on which workbook and text disagree; then nothing is written.
    """
    known = drafts.read_drafts(project, edition)
    if not known:
        drafts.find_draft(project, edition)
    folder = ledger_folder(project, edition)
    with locked(folder):
        ledger = load(folder)
        if not ledger.opinions:
            raise OutputError(
                Problem(
                    Place.of(f"review/{edition}"),
                    _("The ledger has no opinions."),
                    "",
                    _("Import what reviewers returned: iireport review import FILE.docx"),
                )
            )
        problems = [conflict_problem(edition, one) for one in ledger.conflicts]
        changes = Changes(known)
        problems += unsettled(ledger.opinions, changes, edition)
        if problems:
            raise OutputError(problems)
        ledger = ledger.with_opinions(_dated(ledger.opinions, changes))
        save(folder, ledger)
    response = summarise(known[-1].title, known[-1].number, ledger.opinions)
    targets = (folder / f"{NAME}.docx", folder / f"{NAME}.xlsx")
    reference = project.templates / "docx" / "reference.docx"
    targets[0].write_bytes(write_response(response, reference))
    targets[1].write_bytes(write_response_workbook(response))
    return response, targets


def _dated(opinions: Sequence[Opinion], changes: Changes) -> Iterator[Opinion]:
    """Yield what was accepted with the draft that settled it, where editors have named none."""
    for one in opinions:
        held = one.disposition
        if held.verdict in ACCEPTED and not held.settled_draft:
            number = changes.settled_in(one)
            yield replace(one, disposition=replace(held, settled_draft=number))


def summarise(title: str, draft: int, opinions: Sequence[Opinion]) -> Response:
    """Count opinions and sort them by reviewer; a reply counts with what it answers."""
    numbers = {one.number for one in opinions}
    counted = [one for one in opinions if one.thread not in numbers or one.disposition.verdict]
    names = list(dict.fromkeys(one.source for one in counted))
    by_name = [(name, tuple(one for one in counted if one.source == name)) for name in names]
    return Response(
        title,
        draft,
        _counts("合计", counted),
        tuple((_counts(name, held), held) for name, held in by_name),
    )


def _counts(name: str, opinions: Sequence[Opinion]) -> Counts:
    verdicts = [one.disposition.verdict for one in opinions]
    return Counts(name, len(opinions), tuple(verdicts.count(verdict) for verdict in VERDICTS))
