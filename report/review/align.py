"""Alignment: which block (row, paragraph) of one draft is which of another, and which of them moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, TypeAlias

from report.review.words import words

Fate: TypeAlias = Literal["kept", "added", "removed", "moved-from", "moved-to"]
ALIKE = 0.5  # neighbours with half their words in common are one sentence, edited
CERTAIN = 0.75  # further apart more is asked
_SHORTEST_MOVE = 8  # characters; shorter texts recur by chance
_LARGEST_GAP = 60_000  # pairs of candidates compared in one gap


@dataclass(frozen=True, slots=True)
class Item:
    """Something to align: ``id`` is certain, ``hint`` a running number that may have shifted."""

    kind: str
    text: str
    id: str = ""
    hint: str = ""
    bag: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, kind: str, text: str, id: str = "", hint: str = "") -> Item:  # noqa: A002
        """Make an item and count its words."""
        return cls(kind, text, id, hint, Counter(words(text)))


@dataclass(frozen=True, slots=True)
class Aligned:
    """Pairs (old, new) by index; ``moved`` are the new indexes that stand in another order."""

    pairs: dict[int, int]  # new → old
    moved: frozenset[int]


def likeness(a: Item, b: Item) -> float:
    """Return how much two texts have in common, 0–1: shared words, weighed by their length."""
    if a.text == b.text:
        return 1.0
    total = len(a.text) + len(b.text)
    shared = sum(len(word) * min(count, b.bag[word]) for word, count in a.bag.items())
    return 2 * shared / total if total else 1.0


def align(old: Sequence[Item], new: Sequence[Item]) -> Aligned:
    """Pair what is the same: by certain ids, by equal text, then by likeness between neighbours."""
    pairs: dict[int, int] = {}
    _pair_unique(old, new, pairs, lambda item: (item.kind, item.id) if item.id else None)
    _pair_unique(
        old, new, pairs, lambda item: (item.kind, item.text) if not item.id and item.text else None
    )
    kept = _in_order(pairs, new)
    edges = [(-1, -1), *((pairs[j], j) for j in kept), (len(old), len(new))]
    taken = set(pairs.values())
    for (i0, j0), (i1, j1) in pairwise(edges):
        left = [i for i in range(i0 + 1, i1) if i not in taken]
        right = [j for j in range(j0 + 1, j1) if j not in pairs]
        for i, j in _between(old, new, left, right):
            pairs[j] = i
            taken.add(i)
    _pair_far(old, new, pairs)
    return Aligned(pairs, frozenset(pairs) - frozenset(_in_order(pairs, new)))


def merged(aligned: Aligned, old: int, new: int) -> Iterator[tuple[Fate, int, int]]:
    """Walk both sides as one text: (fate, old index, new index), -1 where a side has none.

    What was removed stands before what was added in its place.
    """
    by_old = {i: j for j, i in aligned.pairs.items()}
    i = 0
    added: list[tuple[Fate, int, int]] = []

    def removed(until: int) -> Iterator[tuple[Fate, int, int]]:
        for gone in range(i, until):
            fate: Fate = "moved-from" if gone in by_old else "removed"
            yield fate, gone, by_old.get(gone, -1)

    for j in range(new):
        if j in aligned.pairs and j not in aligned.moved:
            yield from removed(aligned.pairs[j])
            yield from added
            added = []
            i = aligned.pairs[j] + 1
            yield "kept", aligned.pairs[j], j
        elif j in aligned.moved:
            added.append(("moved-to", aligned.pairs[j], j))
        else:
            added.append(("added", -1, j))
    yield from removed(old)
    yield from added


def _pair_unique(
    old: Sequence[Item],
    new: Sequence[Item],
    pairs: dict[int, int],
    key: Callable[[Item], object],
) -> None:
    """Pair the items whose key stands once on either side."""
    sides: list[dict[object, int]] = []
    for items, used in ((old, set(pairs.values())), (new, set(pairs))):
        places: dict[object, int] = {}
        twice: set[object] = set()
        for index, item in enumerate(items):
            name = key(item)
            if name is None or index in used:
                continue
            if name in places:
                twice.add(name)
            places[name] = index
        sides.append({name: place for name, place in places.items() if name not in twice})
    for name, j in sides[1].items():
        if name in sides[0]:
            pairs[j] = sides[0][name]


def _in_order(pairs: dict[int, int], new: Sequence[Item]) -> list[int]:
    """Return the heaviest run of new indexes whose old ones rise: what did not move.

    What has an id of its own (a heading among paragraphs) counts twice: rather the paragraph moved.
    """
    size = max(pairs.values(), default=-1) + 1
    best: list[tuple[int, int]] = [(0, -1)] * (size + 1)  # Fenwick tree: weight, last new index
    before: dict[int, int] = {}
    for j in sorted(pairs):
        weight, last = 0, -1
        at = pairs[j]  # all old indexes below this one
        while at > 0:
            weight, last = max((weight, last), best[at])
            at -= at & -at
        before[j] = last
        made = (weight + (2 if new[j].id else 1), j)
        at = pairs[j] + 1
        while at <= size:
            best[at] = max(best[at], made)
            at += at & -at
    found: list[int] = []
    at, heaviest = size, (0, -1)
    while at > 0:
        heaviest = max(heaviest, best[at])
        at -= at & -at
    j = heaviest[1]
    while j >= 0:
        found.append(j)
        j = before[j]
    return found[::-1]


def _between(
    old: Sequence[Item], new: Sequence[Item], left: list[int], right: list[int]
) -> list[tuple[int, int]]:
    """Pair the items of one gap in their order so that the likeness is greatest."""
    if not left or not right or len(left) * len(right) > _LARGEST_GAP:
        return []
    score = [[0.0] * (len(right) + 1) for _unused in range(len(left) + 1)]
    worth: dict[tuple[int, int], float] = {}
    for a in range(len(left) - 1, -1, -1):
        for b in range(len(right) - 1, -1, -1):
            best = max(score[a + 1][b], score[a][b + 1])
            own = _worth(old[left[a]], new[right[b]])
            if own:
                worth[a, b] = own
                best = max(best, own + score[a + 1][b + 1])
            score[a][b] = best
    found = []
    a = b = 0
    while a < len(left) and b < len(right):
        own = worth.get((a, b), 0.0)
        if own and score[a][b] == own + score[a + 1][b + 1]:
            found.append((left[a], right[b]))
            a, b = a + 1, b + 1
        elif score[a][b] == score[a + 1][b]:
            a += 1
        else:
            b += 1
    return found


def _worth(a: Item, b: Item) -> float:
    if a.kind != b.kind or (a.id and b.id):  # certain ids that differ are different things
        return 0.0
    hinted = bool(a.hint) and a.hint == b.hint
    alike = likeness(a, b)
    return alike + 0.1 * hinted if alike >= (ALIKE - 0.2 * hinted) else 0.0


def _pair_far(old: Sequence[Item], new: Sequence[Item], pairs: dict[int, int]) -> None:
    """Pair what is left over, wherever it stands: it moved and may have been edited."""
    taken = set(pairs.values())
    left = [i for i, item in enumerate(old) if i not in taken and len(item.text) >= _SHORTEST_MOVE]
    right = [j for j, item in enumerate(new) if j not in pairs and len(item.text) >= _SHORTEST_MOVE]
    if len(left) * len(right) > _LARGEST_GAP:
        return
    scored = [
        (likeness(old[i], new[j]), i, j)
        for i in left
        for j in right
        if old[i].kind == new[j].kind and not (old[i].id and new[j].id)
    ]
    for alike, i, j in sorted(scored, key=lambda one: (-one[0], one[1], one[2])):
        if alike >= CERTAIN and i not in taken and j not in pairs:
            pairs[j] = i
            taken.add(i)
