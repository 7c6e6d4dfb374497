"""Ranks of regions (1 = highest, ties share the better rank) and the places gained in a year."""

from __future__ import annotations

from report.assessment.book import Book
from report.edition.model import TOTAL, Edition


def ranks(book: Book, edition: Edition) -> None:
    """Enter ranks by level for total and dimensions, and by value for indicators."""
    sources = [("level", TOTAL, "positive")]
    sources += [("level", d.id, "positive") for d in edition.dimensions]
    sources += [("indicator", i.id, i.direction) for i in edition.indicators]
    for kind, name, direction in sources:
        for year in range(edition.base_year, edition.assessment_year + 1):
            keys = [(r.code, f"{kind}.{name}.{r.code}.{year}") for r in edition.regions]
            pool = f"{kind}.{name}.{year}"
            if not book.pool(pool, (key for _code, key in keys)):
                continue
            for code, key in keys:
                if key in book:
                    target = f"rank.{name}.{code}.{year}"
                    parents = (key, f"pool.{pool}")
                    book.put(target, "rank", parents, "位", direction=direction)


def changes(book: Book, edition: Edition) -> None:
    """Enter ``rankchange.…``: last year's rank minus this year's (positive = up)."""
    for name in (TOTAL, *(d.id for d in edition.dimensions)):
        for region in edition.regions:
            for year in range(edition.base_year + 1, edition.assessment_year + 1):
                before = f"rank.{name}.{region.code}.{year - 1}"
                now = f"rank.{name}.{region.code}.{year}"
                if book.has(before, now):
                    target = f"rankchange.{name}.{region.code}.{year}"
                    book.put(target, "difference", (before, now), "位")
