"""Step 6, aggregation: a region's level in each dimension and in total, 0–100."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from report.assessment.book import NO_FLAGS, Book
from report.edition.model import TOTAL, Edition

OMITTED = frozenset({"omitted"})
LEVEL_OP: Mapping[str, str] = {"arithmetic": "weighted-mean", "geometric": "geometric-level"}


def levels(book: Book, edition: Edition) -> None:
    """Enter ``level.<dimension|total>.<region>.<year>``.

    What a region lacks is left out and its weight shared out among the rest of the dimension (or,
    when a whole dimension lacks, among the dimensions); such levels are flagged ``omitted``.
    """
    op = LEVEL_OP[edition.method.aggregate]
    for region in edition.regions:
        for year in range(edition.base_year, edition.assessment_year + 1):
            at = f"{region.code}.{year}"
            for dimension in edition.dimensions:
                ids = [i.id for i in edition.indicators if i.dimension == dimension.id]
                level(book, f"level.{dimension.id}.{at}", [f"score.{i}.{at}" for i in ids], ids, op)
            dimensions = [d.id for d in edition.dimensions]
            parts = [f"level.{d}.{at}" for d in dimensions]
            level(book, f"level.{TOTAL}.{at}", parts, dimensions, op)


def level(
    book: Book,
    key: str,
    parts: Sequence[str],
    names: Sequence[str],
    op: str,
    *,
    equal: bool = False,
) -> None:
    """Enter a mean of ``parts`` weighted by the weights of ``names`` (or, ``equal``, by none)."""
    found = [
        (part, f"weight.{name}")
        for part, name in zip(parts, names, strict=True)
        if part in book and (equal or f"weight.{name}" in book)
    ]
    if not found:
        return
    partial = len(found) < len(parts) or any("omitted" in book[part].flags for part, _w in found)
    flags = OMITTED if partial else NO_FLAGS
    if equal:
        book.put(key, "mean", [part for part, _w in found], "分", flags)
    else:
        book.put(key, op, [part for part, _w in found] + [w for _part, w in found], "分", flags)
