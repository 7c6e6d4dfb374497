"""The nation: indicators aggregated from regions, fixed-base indices, and what each contributes.

The index of an indicator is 100 × its value ÷ that of the base year (the reciprocal where less is
better); dimensions and total are weighted means (Handbook step 6), arithmetic or geometric.
"""

from __future__ import annotations

from collections.abc import Sequence

from report.assessment.book import NO_FLAGS, Book
from report.assessment.derive import years
from report.edition.model import NATION, TOTAL, Edition, Indicator
from report.errors import AssessmentError, Problem
from report.i18n import _

OMITTED = frozenset({"omitted"})


def panel(book: Book, edition: Edition, indicator: Indicator) -> tuple[str, ...]:
    """Regions that enter the national figure: those with a value in every assessed year.

    The same regions in every year, or a region that starts to publish would look like growth. A year
    in which no region has a value doesn't count.
    """
    span = [
        year
        for year in range(edition.base_year, edition.assessment_year + 1)
        if any(_usable(book, indicator, region.code, year) for region in edition.regions)
    ]
    return tuple(
        region.code
        for region in edition.regions
        if span and all(_usable(book, indicator, region.code, year) for year in span)
    )


def _companion(indicator: Indicator) -> str:
    """Series that weights regional values in the national one, or nothing."""
    if indicator.aggregate.method == "weighted-mean":
        return indicator.aggregate.by
    if indicator.aggregate.method in ("sum", "given"):
        return indicator.per
    return ""


def _usable(book: Book, indicator: Indicator, code: str, year: int) -> bool:
    companion = _companion(indicator)
    return f"indicator.{indicator.id}.{code}.{year}" in book and (
        not companion or f"data.{companion}.{code}.{year}" in book
    )


def aggregate_regions(
    book: Book, indicator: Indicator, area: str, year: int, codes: Sequence[str], *, partial: bool
) -> None:
    """Enter ``indicator.<id>.<area>.<year>`` as the aggregate of ``codes``; nothing if one lacks.

    ``partial`` says that the group has regions that are left out, and flags the value. Where every
    region's value is carried from the same year, so is the aggregate: shifting weights alone must
    not look like a change.
    """
    if not codes or not all(_usable(book, indicator, code, year) for code in codes):
        return
    values = [f"indicator.{indicator.id}.{code}.{year}" for code in codes]
    companion = _companion(indicator)
    by = [f"data.{companion}.{code}.{year}" for code in codes] if companion else []
    if indicator.aggregate.method == "mean":
        op = "mean"
    elif indicator.aggregate.method == "weighted-mean":
        op = "weighted-mean"
    else:
        op = "pooled-ratio" if indicator.per else "sum"
    flags = book.flags(values) | (OMITTED if partial else NO_FLAGS)
    key = f"indicator.{indicator.id}.{area}.{year}"
    carried = {
        book[value].params["year"] if book[value].op == "carry" else None for value in values
    }
    (origin, *others) = carried
    earlier = f"indicator.{indicator.id}.{area}.{origin}"
    if not others and earlier in book:
        book.put(key, "carry", (earlier,), indicator.unit, flags, year=origin)
        return
    book.put(key, op, [*values, *by], indicator.unit, flags)


def indicators(book: Book, edition: Edition) -> None:
    """Enter national indicator values (those ``given`` were derived from the nation's own rows)."""
    for indicator in edition.indicators:
        if indicator.aggregate.method == "given":
            continue
        codes = panel(book, edition, indicator)
        partial = len(codes) < len(edition.regions)
        for year in years(edition):
            aggregate_regions(book, indicator, NATION, year, codes, partial=partial)


def indices(book: Book, edition: Edition) -> None:
    """Enter ``index.…`` for indicators, dimensions and the total, from the base year on."""
    problems: list[Problem] = []
    for indicator in edition.indicators:
        _index(book, edition, indicator, problems)
    if problems:
        raise AssessmentError(problems)
    op = "weighted-geometric" if edition.method.index_aggregate == "geometric" else "weighted-mean"
    for year in range(edition.base_year, edition.assessment_year + 1):
        for dimension in edition.dimensions:
            ids = [i.id for i in edition.indicators if i.dimension == dimension.id]
            _mean(book, dimension.id, ids, year, op)
        _mean(book, TOTAL, [d.id for d in edition.dimensions], year, op)


def _index(book: Book, edition: Edition, indicator: Indicator, problems: list[Problem]) -> None:
    prefix = f"indicator.{indicator.id}.{NATION}"
    base = f"{prefix}.{edition.base_year}"
    op = "index-negative" if indicator.direction == "negative" else "index-positive"
    for year in range(edition.base_year, edition.assessment_year + 1):
        key = f"{prefix}.{year}"
        if not book.has(base, key):
            continue
        low = base if book.number(base) <= 0 else key
        if book.number(low) <= 0 and (low == base or indicator.direction == "negative"):
            sources = book.sources((low,))
            problems.append(
                Problem(
                    indicator.place,
                    _(
                        "{indicator}: the national value of {year} is {value} and cannot be divided by"
                        " ({sources})"
                    ).format(
                        indicator=indicator.name,
                        year=low.rsplit(".", 1)[1],
                        value=book.number(low),
                        sources="; ".join(sources[:3]),
                    ),
                    _("a value above zero"),
                    _("choose another base year, or an indicator that is never zero"),
                )
            )
            return
        book.put(f"index.{indicator.id}.{year}", op, (key, base), "", book.flags((key,)))


def _mean(book: Book, name: str, parts: Sequence[str], year: int, op: str) -> None:
    found = [part for part in parts if book.has(f"index.{part}.{year}", f"weight.{part}")]
    if not found:
        return
    parents = [f"index.{part}.{year}" for part in found] + [f"weight.{part}" for part in found]
    flags = OMITTED if len(found) < len(parts) else NO_FLAGS
    book.put(f"index.{name}.{year}", op, parents, "", flags)


def contributions(book: Book, edition: Edition) -> None:
    """Enter the points that dimensions and indicators add to the total index since the base year.

    They add up exactly: shares of weight × change for the arithmetic index, and by the logarithmic
    mean for the geometric one (Balk, Price and Quantity Index Numbers, 2008, on such decompositions).
    """
    for year in range(edition.base_year + 1, edition.assessment_year + 1):
        dimensions = [
            d.id
            for d in edition.dimensions
            if book.has(
                f"index.{d.id}.{year}", f"index.{d.id}.{edition.base_year}", f"weight.{d.id}"
            )
        ]
        if not book.has(f"index.{TOTAL}.{year}", f"index.{TOTAL}.{edition.base_year}"):
            continue
        if len(dimensions) < len([d for d in edition.dimensions if f"index.{d.id}.{year}" in book]):
            continue
        for dimension in dimensions:
            outer = [f"weight.{dimension}", *(f"weight.{d}" for d in dimensions)]
            sizes = str(len(dimensions))
            _contribution(book, edition, dimension, year, weights=outer, sizes=sizes)
            parts = [
                i.id
                for i in edition.indicators
                if i.dimension == dimension and f"index.{i.id}.{year}" in book
            ]
            for part in parts:
                inner = [f"weight.{part}", *(f"weight.{p}" for p in parts)]
                both = f"{sizes},{len(parts)}"
                _contribution(book, edition, part, year, weights=[*outer, *inner], sizes=both)


def _contribution(
    book: Book, edition: Edition, name: str, year: int, *, weights: Sequence[str], sizes: str
) -> None:
    base = edition.base_year
    parents = [f"index.{name}.{year}", f"index.{name}.{base}"]
    geometric = edition.method.index_aggregate == "geometric"
    if geometric:
        parents += [f"index.{TOTAL}.{year}", f"index.{TOTAL}.{base}"]
    op = "contribution-geometric" if geometric else "contribution-arithmetic"
    book.put(f"contribution.{name}.{year}", op, [*parents, *weights], "点", sizes=sizes)


def growth(book: Book, edition: Edition) -> None:
    """Enter ``indexgrowth.…``: average annual growth of each index since the base year, in %."""
    names = [TOTAL, *(d.id for d in edition.dimensions), *(i.id for i in edition.indicators)]
    for name in names:
        base = f"index.{name}.{edition.base_year}"
        for year in range(edition.base_year + 1, edition.assessment_year + 1):
            key = f"index.{name}.{year}"
            if book.has(key, base) and book.number(base) > 0 and book.number(key) >= 0:
                span = year - edition.base_year
                book.put(f"indexgrowth.{name}.{year}", "cagr", (key, base), "%", years=span)
