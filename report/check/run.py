"""All checks of a composed document, and the quick ones that every build makes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from report.assessment.results import Results
from report.check.cited import cited_facts
from report.check.claims import Claims
from report.check.dimensions import wrong_units
from report.check.findings import Finding
from report.check.names import Names
from report.check.options import Options
from report.check.outliers import doubtful_figures
from report.check.sentences import Sentence, sentences
from report.check.signs import Signs
from report.check.style import Style
from report.check.sums import wrong_sums
from report.check.typed import TypedNumbers
from report.check.typed_names import TypedNames
from report.check.units import Units
from report.check.values import wrong_values
from report.document.derived import with_edition
from report.document.model import Document
from report.edition.model import Edition


def check(
    document: Document,
    results: Results,
    edition: Edition,
    style: Style,
    previous: Results | None = None,
) -> tuple[Finding, ...]:
    """Check wording, facts and numbers of a document; findings in reading order, each told once."""
    known = results if previous is None else with_edition(results, previous)
    found = [
        *_worded(document, known, edition, style),
        *cited_facts(document, edition),
        *wrong_values(document, known),
        *wrong_sums(document, edition, results),
        *wrong_units(edition),
        *doubtful_figures(edition),
    ]
    return in_order(document, found)


def check_wording(
    document: Document, results: Results, edition: Edition, style: Style
) -> tuple[Finding, ...]:
    """Make the checks of the sentences alone: numbers typed by hand, claims, names, units."""
    return in_order(document, _worded(document, results, edition, style))


def in_order(document: Document, found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings by where a reader meets them; of several about the same words keep the first."""
    order = {block.id: at for at, block in enumerate(document.blocks())}
    kept: dict[tuple[object, ...], Finding] = {}
    for finding in found:
        span = finding.span if finding.span != (0, 0) else finding.found
        kept.setdefault((finding.place, finding.sentence, span), finding)
    return tuple(sorted(kept.values(), key=lambda one: order.get(one.block, len(order))))


def _worded(
    document: Document, results: Results, edition: Edition, style: Style
) -> Iterator[Finding]:
    negative = frozenset(i.id for i in edition.indicators if i.direction == "negative")
    checks: tuple[Callable[[Sentence], Iterator[Finding]], ...] = (
        Claims(style, results, negative).check,
        Signs(style, results).check,
        TypedNumbers(style).check,
        Units(results).check,
        Names(style, results).check,
        TypedNames(results).check,
        Options(results).check,
    )
    for sentence in sentences(document):
        told: list[tuple[int, int]] = []
        for one in checks:
            for finding in one(sentence):
                # 翻番 is a claim and a number: once is enough
                if not any(_overlap(finding.span, span) for span in told):
                    told.append(finding.span)
                    yield finding


def _overlap(first: tuple[int, int], second: tuple[int, int]) -> bool:
    return first[0] < second[1] and second[0] < first[1]
