"""Deciding opinions from the command line: a disposition for named ones, or for all of a kind at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from report.errors import OutputError, Place, Problem
from report.i18n import _
from report.project import Project
from report.review.fields import clean
from report.review.ledger import (
    Ledger,
    conflict_problem,
    ledger_folder,
    load,
    locked,
    save,
)
from report.review.model import MarkKind, Opinion, Verdict

_DECIDED = frozenset({"verdict", "reason", "assignee"})


@dataclass(frozen=True, slots=True)
class Choice:
    """Which opinions are meant: by number, or all that fit what is given and are still undecided.

    ``numbers`` empty means any; so do ``marks`` (kinds of marks, as ``format``) and ``sources``.
    """

    numbers: tuple[int, ...] = ()
    marks: tuple[MarkKind, ...] = ()
    sources: tuple[str, ...] = ()

    def fits(self, one: Opinion) -> bool:
        """Whether an undecided opinion is meant where no numbers are given."""
        return (
            not one.disposition.verdict
            and _any_of(one.mark_kind, self.marks)
            and _any_of(one.source, self.sources)
        )


def decide(
    project: Project,
    edition: str,
    choice: Choice,
    verdict: Verdict,
    *,
    reason: str = "",
    assignee: str = "",
) -> tuple[Opinion, ...]:
    """Enter a disposition for the chosen opinions into the ledger and return them as they are now.

    OutputError, with nothing written, for a number that is not there, a verdict other than 采纳 without a
    reason, a disposition on which workbook and text differ, or when no opinion is meant.
    """
    folder = ledger_folder(project, edition)
    with locked(folder):
        ledger = load(folder)
        chosen = _chosen(ledger, choice)
        problems = [*_problems(chosen, verdict, reason, edition), *_torn(chosen, ledger)]
        if problems:
            raise OutputError(problems)
        decided = [_decided(one, verdict, clean(reason), clean(assignee)) for one in chosen]
        save(folder, ledger.with_opinions(decided))
    return tuple(decided)


def _chosen(ledger: Ledger, choice: Choice) -> Sequence[Opinion]:
    if choice.numbers:
        return ledger.named(choice.numbers)
    return [one for one in ledger.opinions if choice.fits(one)]


def _problems(
    chosen: Sequence[Opinion], verdict: Verdict, reason: str, edition: str
) -> Sequence[Problem]:
    place = Place.of(f"review/{edition}/ledger.xlsx")
    if not chosen:
        found = _("No undecided opinion fits.")
        return [Problem(place, found, "", _("See what is open with: iireport review list --open"))]
    return [
        Problem(
            Place.of(place.file, cell=f"№{one.number}"),
            _("Opinion {number} is {verdict} without a reason.").format(
                number=one.number, verdict=verdict
            ),
            "",
            _("Give it with --reason."),
        )
        for one in chosen
        if verdict != "采纳" and not (reason or one.disposition.reason)
    ]


def _torn(chosen: Sequence[Opinion], ledger: Ledger) -> Sequence[Problem]:
    """Tell of chosen opinions whose disposition stands differently in the ledger's two files."""
    numbers = {one.number for one in chosen}
    return [
        conflict_problem(ledger.edition, one)
        for one in ledger.conflicts
        if one.number in numbers and one.field in _DECIDED
    ]


def _decided(one: Opinion, verdict: Verdict, reason: str, assignee: str) -> Opinion:
    held = one.disposition
    made = replace(
        held,
        verdict=verdict,
        reason=reason or held.reason,
        assignee=assignee or held.assignee,
    )
    return replace(one, disposition=made)


def _any_of(value: str, wanted: Collection[str]) -> bool:
    return not wanted or value in wanted
