"""Step 5, normalisation: goalposts and scores of 0–100 for every indicator, region and year.

Goalposts are pooled over all regions and all years from base to assessment year, so that scores of
different years stand on one scale and growth means something (Handbook step 5, "min-max" over time).
"""

from __future__ import annotations

from report.assessment.book import Book
from report.edition.model import Edition, Indicator
from report.errors import AssessmentError, Problem
from report.i18n import _

SCORE_OP = {"min-max": "min-max", "z-score": "z-score", "rank": "rank-score"}


def bounds(book: Book, edition: Edition) -> None:
    """Enter goalposts, mean and deviation of every indicator's pooled regional values.

    A goalpost the indicator fixes stands as it is: a low of 0 keeps the scores of a ratio scale
    comparable as ratios, so that their growth rates mean something. The others come from the data,
    ``Method.winsorise`` cutting that share of the pool off at each end.
    """
    problems: list[Problem] = []
    for indicator in edition.indicators:
        name = f"indicator.{indicator.id}"
        members = [
            f"{name}.{region.code}.{year}"
            for year in range(edition.base_year, edition.assessment_year + 1)
            for region in edition.regions
        ]
        if not book.pool(name, members):
            continue
        pool, cut, bound = f"pool.{name}", "method.winsorise", f"bound.{indicator.id}"
        place = indicator.places.get("goalposts", indicator.place)
        for end, fixed in indicator.goalposts.items():
            book.leaf(f"{bound}.{end}", float(fixed), indicator.unit, place)
        book.put(f"{bound}.low", "goalpost-low", (pool, cut), indicator.unit)
        book.put(f"{bound}.high", "goalpost-high", (pool, cut), indicator.unit)
        if book.number(f"{bound}.low") > book.number(f"{bound}.high"):
            problems.append(_crossed(book, indicator, bound))
        book.put(f"{bound}.mean", "mean", (pool,), indicator.unit)
        book.put(f"{bound}.deviation", "deviation", (pool,), indicator.unit)
    if problems:
        raise AssessmentError(problems)


def _crossed(book: Book, indicator: Indicator, bound: str) -> Problem:
    return Problem(
        indicator.places.get("goalposts", indicator.place),
        _("{indicator}: the low goalpost {low} is above the high one, {high}").format(
            indicator=indicator.name,
            low=book.number(f"{bound}.low"),
            high=book.number(f"{bound}.high"),
        ),
        _("a low goalpost below the high one"),
    )


def score(book: Book, indicator: Indicator, code: str, year: int, *, method: str, key: str) -> None:
    """Enter one score under ``key`` by a normalisation method (min-max, z-score or rank)."""
    value = f"indicator.{indicator.id}.{code}.{year}"
    if value not in book:
        return
    bound = f"bound.{indicator.id}"
    parents = {
        "min-max": (value, f"{bound}.low", f"{bound}.high"),
        "z-score": (value, f"{bound}.mean", f"{bound}.deviation"),
        "rank": (value, f"pool.indicator.{indicator.id}"),
    }[method]
    flags = book[value].flags
    book.put(key, SCORE_OP[method], parents, "分", flags, direction=indicator.direction)


def scores(book: Book, edition: Edition) -> None:
    """Enter ``score.<indicator>.<region>.<year>`` by the edition's method."""
    for indicator in edition.indicators:
        for region in edition.regions:
            for year in range(edition.base_year, edition.assessment_year + 1):
                key = f"score.{indicator.id}.{region.code}.{year}"
                method = edition.method.normalise
                score(book, indicator, region.code, year, method=method, key=key)
