"""Sources: the input cells a value goes back to, written shortly as ranges per file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
    """Every leaf, by edition and then in the order of files and cells, each with a bit of its own.

    ``joined`` has the bits of leaves in the cell below (or the same cell as) the one before,
    ``same`` of those in the same cell; ``files`` holds the bits of each file and sheet of an edition.
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
        return frozenset(self.listed(key))

    def listed(self, key: str) -> tuple[str, ...]:
        """Return the leaf keys under a key in the order of files and cells."""
        return tuple(self._book.keys[i] for i in _positions(self.bits(key)))

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
        leaves: list[tuple[str, Place]] = []
        starts = set()
        for edition, results in self.graph.editions.items():
            prefix = f"{edition}:" if edition else ""
            own = [v for v in results.values.values() if not v.parents]
            own.sort(key=lambda value: (_order(value.place or Place("")), value.key))
            starts.add(len(leaves))
            leaves += [(prefix + value.key, value.place or Place("")) for value in own]
        joined = same = 0
        files: list[tuple[str, int]] = []
        for i, (_key, place) in enumerate(leaves):
            name = _file(place)
            if i in starts or name != files[-1][0]:
                files.append((name, 0))
            files[-1] = (name, files[-1][1] | 1 << i)
            if i not in starts:
                last = leaves[i - 1][1]
                same |= (place == last) << i
                joined |= (place == last or _below(last, place)) << i
        return _Book(
            tuple(key for key, _place in leaves),
            tuple(place for _key, place in leaves),
            {key: 1 << i for i, (key, _place) in enumerate(leaves)},
            joined,
            same,
            tuple(files),
        )

    def _written(self, bits: int) -> str:
        book = self._book
        texts: dict[str, str] = {}
        for name, mask in book.files:
            own = bits & mask
            if not own or not name:
                continue
            if name in texts:  # a file that two editions read
                return self._written_together(bits)
            linked = own & book.joined & (own << 1)
            runs = zip(_positions(own & ~linked), _positions(own & ~(linked >> 1)), strict=True)
            count = (own & ~(own & book.same & (own << 1))).bit_count()
            texts[name] = _listed(
                name, ((book.places[start], book.places[end]) for start, end in runs), count
            )
        return "; ".join(texts.values())

    def _written_together(self, bits: int) -> str:
        """Write the cells of several editions, each cell once."""
        files: dict[str, list[Place]] = {}
        found = {self._book.places[i] for i in _positions(bits)}
        for place in sorted(found, key=_order):
            if place.file:
                files.setdefault(_file(place), []).append(place)
        texts = []
        for name, places in files.items():
            runs: list[tuple[Place, Place]] = []
            for place in places:
                if runs and _below(runs[-1][1], place):
                    runs[-1] = (runs[-1][0], place)
                else:
                    runs.append((place, place))
            texts.append(_listed(name, runs, len(places)))
        return "; ".join(texts)


def _file(place: Place) -> str:
    return place.file + (f" [{place.sheet}]" if place.sheet else "")


def _listed(name: str, runs: Iterable[tuple[Place, Place]], count: int) -> str:
    """Write the runs of a file, at most eight of them and then how many cells there are."""
    texts: list[str] = []
    mark = ":"
    for start, end in runs:
        if len(texts) == MOST_RANGES:
            texts.append(f"… ({count})")
            break
        mark = "!" if start.cell else mark
        texts.append(_run(start, end))
    listed = ", ".join(filter(None, texts))
    return f"{name}{mark}{listed}" if listed else name


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
