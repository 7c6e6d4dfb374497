"""Which values decided that a block says what it says: conditions, loops and choices behind its lines."""

from __future__ import annotations

from collections import defaultdict

from report.document.model import Decision, Document
from report.document.walk import iter_inlines
from report.errors import Place


def deciding_keys(document: Document) -> dict[str, frozenset[str]]:
    """Return, for every block by id, the keys of the decisions that govern the lines it comes from.

    They go beyond the keys of what is printed: a name stands in a list, or a sentence is there at all,
    because of them. Blocks that nothing governs are left out.
    """
    by_file: dict[str, list[Decision]] = defaultdict(list)
    for decision in document.decisions:
        by_file[decision.file].append(decision)
    known: dict[tuple[str, int], frozenset[str]] = {}

    def at(place: Place) -> frozenset[str]:
        spot = (place.file, place.line)
        if spot not in known:
            known[spot] = frozenset(
                key
                for one in by_file.get(place.file, ())
                if one.first <= place.line <= one.last
                for key in one.keys
            )
        return known[spot]

    found: dict[str, frozenset[str]] = {}
    for block in document.blocks():
        origins = [getattr(block, "origin", None)]
        origins += [getattr(inline, "origin", None) for inline in iter_inlines(block, nested=False)]
        places = {place for place in origins if place is not None}
        keys = frozenset[str]().union(*map(at, places))
        if keys:
            found[block.id] = keys
    return found
