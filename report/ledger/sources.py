"""Sources: the input cells a value goes back to, written shortly as ranges per file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from report.assessment.results import Results
from report.document.derived import UnknownKey, is_derived, parse
from report.errors import Place
from report.ledger.graph import Graph

_CELL = re.compile(r"([A-Z]+)(\d+)$")
MOST_RANGES = 8


@dataclass(frozen=True, slots=True)
class _Book:
    """Every leaf of all editions in the order of files and cells, each with a bit of its own.

    ``joined`` has the bits of leaves in the cell below (or the same cell as) the one before,
    ``same`` of those in the same cell, ``files`` the bits of each file and sheet.
    """

    keys: tuple[str, ...]
    places: tuple[Place, ...]
    bits: dict[str, int]
    joined: int
    same: int
    files: tuple[tuple[str, int], ...]


class Sources:
    """Finds and remembers the leaf cells under each key of an edition (and of the one before it).

    A set of leaves is one integer, a bit a leaf: the thousands of leaves under a level cost a
    union of their parents' integers.
    """

    def __init__(self, results: Results, previous: Results | None = None) -> None:
        self.graph = Graph(results, previous)
        self._bits: dict[str, int] = {}
        self._texts: dict[int, str] = {}

    def leaves(self, key: str) -> frozenset[str]:
        """Return the leaf keys under a plain or derived key (``<edition>:`` prefixes kept)."""
        return frozenset(self._book.keys[i] for i in _positions(self.bits(key)))

    def places(self, key: str) -> tuple[Place, ...]:
        """Return the places of the leaves under a key, in file and cell order."""
        found = (self._book.places[i] for i in _positions(self.bits(key)))
        return tuple(dict.fromkeys(place for place in found if place.file))

    def text(self, key: str) -> str:
        """Return the cells under a key as short text: ``figures.csv!D2:D32, D64; edition.yaml:12``."""
        bits = self.bits(key)
        if bits not in self._texts:
            self._texts[bits] = self._written(bits)
        return self._texts[bits]

    def bits(self, key: str) -> int:
        """Return the leaves under a key as an integer, comparable with those of other keys."""
        if key in self._bits:
            return self._bits[key]
        if is_derived(key):
            found = 0
            for leaf in parse(key).leaves():
                found |= self.bits(leaf)
            self._bits[key] = found
            return found
        if key not in self.graph:
            raise UnknownKey(key)
        # An explicit stack: chains of carried years may be long, and results may come from a file.
        stack = [key]
        while stack:
            current = stack[-1]
            if current in self._bits:
                stack.pop()
                continue
            parents = self.graph.parents(current)
            missing = [parent for parent in parents if parent not in self._bits]
            if missing:
                stack.extend(missing)
                continue
            found = self._book.bits.get(current, 0)
            for parent in parents:
                found |= self._bits[parent]
            self._bits[current] = found
            stack.pop()
        return self._bits[key]

    @cached_property
    def _book(self) -> _Book:
        leaves = []
        for edition, results in self.graph.editions.items():
            prefix = f"{edition}:" if edition else ""
            for value in results.values.values():
                if not value.parents:
                    place = value.place or Place("")
                    leaves.append((_order(place), prefix + value.key, place))
        leaves.sort(key=lambda leaf: leaf[:2])
        joined = same = 0
        files: dict[str, int] = {}
        last: Place | None = None
        for i, (_rank, _key, place) in enumerate(leaves):
            name = place.file + (f" [{place.sheet}]" if place.sheet else "")
            files[name] = files.get(name, 0) | 1 << i
            if last is not None and place == last:
                same |= 1 << i
            if last is not None and (place == last or _below(last, place)):
                joined |= 1 << i
            last = place
        return _Book(
            tuple(key for _rank, key, _place in leaves),
            tuple(place for _rank, _key, place in leaves),
            {key: 1 << i for i, (_rank, key, _place) in enumerate(leaves)},
            joined,
            same,
            tuple((name, mask) for name, mask in files.items() if name),
        )

    def _written(self, bits: int) -> str:
        book = self._book
        texts: list[str] = []
        for name, mask in book.files:
            own = bits & mask
            if not own:
                continue
            linked = own & book.joined & (own << 1)
            starts = own & ~linked
            ends = own & ~(linked >> 1)
            parts: list[str] = []
            for start, end in zip(_positions(starts), _positions(ends), strict=True):
                if len(parts) == MOST_RANGES:
                    count = (own & ~(own & book.same & (own << 1))).bit_count()
                    parts.append(f"… ({count})")
                    break
                parts.append(_run(book.places[start], book.places[end]))
            listed = ", ".join(part for part in parts if part)
            mark = "!" if book.places[next(_positions(own))].cell else ":"
            texts.append(f"{name}{mark}{listed}" if listed else name)
        return "; ".join(texts)


def _positions(bits: int) -> Iterator[int]:
    """Yield the positions of the set bits, lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _run(first: Place, last: Place) -> str:
    start = first.cell or (str(first.line) if first.line else "")
    return start if first == last else f"{start}:{last.cell}"


def _below(above: Place, place: Place) -> bool:
    """Tell whether ``place`` is the cell right below ``above``."""
    one, two = _CELL.match(above.cell), _CELL.match(place.cell)
    return bool(
        one
        and two
        and (above.file, above.sheet) == (place.file, place.sheet)
        and one.group(1) == two.group(1)
        and int(two.group(2)) == int(one.group(2)) + 1
    )


def _order(place: Place) -> tuple[str, str, int, str, int, int]:
    match = _CELL.match(place.cell)
    column = match.group(1) if match else place.cell
    row = int(match.group(2)) if match else 0
    return (place.file, place.sheet, len(column), column, row, place.line)
