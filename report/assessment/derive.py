"""Step 2, data: figures as read become leaves, and indicators are derived from them."""

from __future__ import annotations

from report.assessment.book import NO_FLAGS, Book
from report.edition.model import NATION, Edition, Indicator
from report.errors import AssessmentError, Problem
from report.i18n import _

DOUBTFUL = frozenset({"doubtful"})


def years(edition: Edition) -> range:
    """Years for which indicators are derived: from the first year of statistics used."""
    return range(min(edition.first_year, edition.base_year), edition.assessment_year + 1)


def enter_data(book: Book, edition: Edition) -> None:
    """Enter every figure read for the edition's years; a doubtful official one is flagged."""
    doubtful = {
        (indicator.series, treatment.region, treatment.year)
        for indicator in edition.indicators
        for treatment in indicator.treatments
    }
    span = years(edition)
    for (series, region, year), cell in edition.cells.items():
        if cell.value is None or year not in span:
            continue
        flags = DOUBTFUL if (series, region, year) in doubtful else NO_FLAGS
        unit = edition.series[series].unit if series in edition.series else ""
        book.leaf(f"data.{series}.{region}.{year}", cell.value, unit, cell.place, flags)


def derive(book: Book, edition: Edition) -> None:
    """Derive every indicator: factor × series, or factor × series ÷ per (an intensity).

    A cell the analysts treat as missing isn't derived here. AssessmentError naming every zero
    denominator.
    """
    problems: list[Problem] = []
    places = [region.code for region in edition.regions]
    for indicator in edition.indicators:
        areas = [*places, NATION] if indicator.aggregate.method == "given" else places
        actions = {(t.region, t.year): t.action for t in indicator.treatments}
        for year in years(edition):
            for area in areas:
                action = actions.get((area, year))
                if action not in ("omit", "interpolate"):
                    flags = DOUBTFUL if action == "keep" else NO_FLAGS
                    _derive_one(book, indicator, area, year, flags=flags, problems=problems)
    if problems:
        raise AssessmentError(problems)


def _derive_one(
    book: Book,
    indicator: Indicator,
    area: str,
    year: int,
    *,
    flags: frozenset[str],
    problems: list[Problem],
) -> None:
    key = f"indicator.{indicator.id}.{area}.{year}"
    series = f"data.{indicator.series}.{area}.{year}"
    factor = f"factor.{indicator.id}"
    if not indicator.per:
        if series in book:
            book.put(key, "scale", (series, factor), indicator.unit, flags)
        return
    per = f"data.{indicator.per}.{area}.{year}"
    if not book.has(series, per):
        return
    if book.number(per) == 0:
        problems.append(
            Problem(
                book[per].place,
                _("{per} is zero, so {indicator} cannot be computed").format(
                    per=per, indicator=indicator.name
                ),
                _("a denominator other than zero"),
                _("correct the figure or leave the cell empty"),
            )
        )
        return
    book.put(key, "ratio", (series, factor, per), indicator.unit, flags)
