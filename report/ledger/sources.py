"""Sources: the input cells a value goes back to, written shortly as ranges per file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from report.assessment.results import Results
from report.document.derived import UnknownKey, is_derived, parse
from report.errors import Place

_CELL = re.compile(r"([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?$")
MOST_RANGES = 12


class Sources:
    """Finds and remembers the leaf cells under each key of one edition's Results."""

    def __init__(self, results: Results, previous: Results | None = None) -> None:
        self._editions: Mapping[str, Results] = {
            "": results,
            **({previous.edition: previous} if previous is not None else {}),
        }
        self._leaves: dict[str, frozenset[str]] = {}

    def leaves(self, key: str) -> frozenset[str]:
        """Return the leaf keys under a plain or derived key (``<edition>:`` prefixes kept)."""
        if key in self._leaves:
            return self._leaves[key]
        if is_derived(key):
            found = frozenset().union(*(self.leaves(each) for each in parse(key).leaves()))
        else:
            found = self._plain(key)
        self._leaves[key] = found
        return found

    def _plain(self, key: str) -> frozenset[str]:
        edition, _, plain = key.rpartition(":")
        results = self._editions.get(edition)
        if results is None or plain not in results:
            raise UnknownKey(key)
        # An explicit stack: chains of carried years may be long, and results may come from a file.
        order, stack = [], [plain]
        seen = set()
        while stack:
            current = stack.pop()
            if current in seen:
                continue
            seen.add(current)
            order.append(current)
            stack.extend(results[current].parents)
        prefix = f"{edition}:" if edition else ""
        return frozenset(prefix + each for each in order if not results[each].parents)

    def places(self, key: str) -> tuple[Place, ...]:
        """Return the places of the leaves under a key, in file and cell order."""
        places = set()
        for leaf in self.leaves(key):
            edition, _, plain = leaf.rpartition(":")
            place = self._editions[edition][plain].place
            if place is not None and place.file:
                places.add(place)
        return tuple(sorted(places, key=_order))

    def text(self, key: str) -> str:
        """Return the cells under a key as short text: ``figures.csv!D2:D32, D64; edition.yaml:12``."""
        return shorten(self.places(key))


def shorten(places: Iterable[Place]) -> str:
    """Write places as ranges per file and sheet, at most a dozen of them."""
    groups: dict[tuple[str, str], list[Place]] = {}
    for place in places:
        groups.setdefault((place.file, place.sheet), []).append(place)
    texts = []
    for (file, sheet), members in groups.items():
        head = file + (f" [{sheet}]" if sheet else "")
        cells = _ranges(place.cell for place in members if place.cell)
        lines = [str(place.line) for place in members if place.line and not place.cell]
        parts = cells + lines
        if len(parts) > MOST_RANGES:
            parts = [*parts[:MOST_RANGES], f"… ({len(members)})"]
        texts.append(f"{head}!{', '.join(parts)}" if parts else head)
    return "; ".join(texts)


def _ranges(cells: Iterable[str]) -> list[str]:
    columns: dict[str, list[int]] = {}
    other = []
    for cell in cells:
        match = _CELL.match(cell)
        if match and not match.group(3):
            columns.setdefault(match.group(1), []).append(int(match.group(2)))
        else:
            other.append(cell)
    texts = []
    for column, rows in columns.items():
        run: list[int] = []
        for row in sorted(set(rows)):
            if run and row != run[-1] + 1:
                texts.append(_run(column, run))
                run = []
            run.append(row)
        texts.append(_run(column, run))
    return texts + other


def _run(column: str, rows: list[int]) -> str:
    return f"{column}{rows[0]}" if len(rows) == 1 else f"{column}{rows[0]}:{column}{rows[-1]}"


def _order(place: Place) -> tuple[str, str, int, str, int]:
    match = _CELL.match(place.cell)
    return (
        place.file,
        place.sheet,
        place.line,
        match.group(1) if match else place.cell,
        int(match.group(2)) if match else 0,
    )
