"""Growth of provincial levels since the base year: compound annual %, or points a year."""

from __future__ import annotations

from report.assessment.book import Book
from report.edition.model import TOTAL, Edition


def growth(book: Book, edition: Edition, name: str, area: str) -> None:
    """Enter ``growth.<name>.<area>.<year>`` for every year after the base year.

    A compound rate needs a positive base and no negative end; where there is none, there is no key.
    """
    base = f"level.{name}.{area}.{edition.base_year}"
    points = edition.method.growth == "annual-points"
    for year in range(edition.base_year + 1, edition.assessment_year + 1):
        key = f"level.{name}.{area}.{year}"
        if not book.has(key, base):
            continue
        span = year - edition.base_year
        target = f"growth.{name}.{area}.{year}"
        if points:
            book.put(target, "annual-points", (key, base), "分/年", years=span)
        elif book.number(base) > 0 and book.number(key) >= 0:
            book.put(target, "cagr", (key, base), "%", years=span)


def regions(book: Book, edition: Edition) -> None:
    """Enter the growth of every region, in total and by dimension."""
    for name in (TOTAL, *(d.id for d in edition.dimensions)):
        for region in edition.regions:
            growth(book, edition, name, region.code)
