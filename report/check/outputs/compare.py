"""Compare what was read with what was expected, item by item; splits over pages do not count.

Text is matched in order, and exhibits are. But a page may set an exhibit after the paragraphs that follow
it: what only stands on the other side of exhibits, or of text, counts as the same.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from report.check.outputs.items import Item

MOST_JOINED = 12  # pieces that may make up one item, or items set as one
WINDOW = 400  # items looked at to find where two readings agree again
SOLID = 3  # items in a row that count as agreeing again


@dataclass(frozen=True, slots=True)
class Difference:
    """An expected item and what was read instead; one of both is missing when there is no partner.

    ``near`` is the last expected item before something that nobody expected.
    """

    expected: Item | None
    found: Item | None
    near: Item | None = None


@dataclass(slots=True)
class _Apart:
    """A stretch in which both readings differ: where it begins, and what either has left over."""

    at: int  # how many expected items stand before it
    missing: list[tuple[int, Item]] = field(default_factory=list)
    extra: list[Item] = field(default_factory=list)


def differences(expected: Sequence[Item], found: Sequence[Item]) -> Iterator[Difference]:
    """Yield where two readings differ; items are matched in order by their text."""
    left = [item for item in expected if item.bare]
    right = [item for item in found if item.bare]
    apart: list[_Apart] = []
    i = j = 0
    while i < len(left) and j < len(right):
        if joined := _same(left, right, i, j):
            if joined == (1, 1) and _level_differs(left[i], right[j]):
                yield Difference(left[i], right[j])
            i, j = i + joined[0], j + joined[1]
            continue
        end_l, end_r = _again(left[i : i + WINDOW], right[j : j + WINDOW], len(left) - i)
        apart += _split(left, right, (i, i + end_l), (j, j + end_r))
        i, j = i + end_l, j + end_r
    if i < len(left) or j < len(right):
        apart += _split(left, right, (i, len(left)), (j, len(right)))
    _cancel_moved(left, apart)
    for each in apart:
        yield from _pair(each, left)


def _level_differs(expected: Item, found: Item) -> bool:
    """Whether a heading is no heading, or not of its level, in the form that was read."""
    if expected.kind != "heading" or not expected.level:
        return found.kind == "heading" and expected.kind != "heading"
    return found.kind != "heading" or found.level != expected.level


def _same(left: Sequence[Item], right: Sequence[Item], i: int, j: int) -> tuple[int, int] | None:
    """Return how many items of both sides say the same together, one of them in a single piece.

    A page's end cuts a paragraph or a cell; a label stands apart from its heading, a unit within its
    caption. Two cells never count as one.
    """
    a, b = left[i].bare, right[j].bare
    m = n = 1
    while a != b:
        if len(a) < len(b):
            if not b.startswith(a) or m == MOST_JOINED or i + m >= len(left):
                return None
            a += left[i + m].bare
            m += 1
        else:
            if not a.startswith(b) or n == MOST_JOINED or j + n >= len(right):
                return None
            b += right[j + n].bare
            n += 1
    if (m > 1 and n > 1) or (m > 1 and left[i].kind == "cell"):
        return None
    return m, n


def _again(left: Sequence[Item], right: Sequence[Item], rest: int) -> tuple[int, int]:
    """Return after how many items of both sides the readings agree again."""
    matcher = difflib.SequenceMatcher(
        None, [item.bare for item in left], [item.bare for item in right], autojunk=False
    )
    for a, b, size in matcher.get_matching_blocks():
        if (a or b) and (size >= SOLID or (size and a + size == rest)):
            return a, b
    return len(left), len(right)


def _split(
    left: Sequence[Item], right: Sequence[Item], a: tuple[int, int], b: tuple[int, int]
) -> Iterator[_Apart]:
    """Cut a stretch into those parts of it that differ."""
    expected, found = left[a[0] : a[1]], right[b[0] : b[1]]
    matcher = difflib.SequenceMatcher(
        None, [item.bare for item in expected], [item.bare for item in found], autojunk=False
    )
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            missing = [(a[0] + i, left[a[0] + i]) for i in range(i1, i2)]
            yield _Apart(a[0] + i1, missing, list(found[j1:j2]))


# ---------------------------------------------------------------- what only moved


def _cancel_moved(left: Sequence[Item], apart: list[_Apart]) -> None:
    """Take out what is missing in one place and extra in another, having passed none of its kind.

    The pieces of one paragraph may themselves stand before and after an exhibit.
    """
    gone = [(at, item) for each in apart for at, item in each.missing]
    come = [(each.at, item) for each in apart for item in each.extra]
    moving = {at for at, _item in gone}
    items = [item for _at, item in gone]
    taken: set[int] = set()
    k = 0
    while k < len(gone):
        for start, (there, item) in enumerate(come):
            if item.bare[:1] != items[k].bare[:1]:
                continue
            same = _same(items, [each for _at, each in come], k, start)
            if same and _other_kind(left, gone[k][0], there, moving):
                taken.update(at for at, _item in gone[k : k + same[0]])
                del come[start : start + same[1]]
                k += same[0] - 1
                break
        k += 1
    left_over = {id(item) for _at, item in come}
    for each in apart:
        each.missing = [(at, item) for at, item in each.missing if at not in taken]
        each.extra = [item for item in each.extra if id(item) in left_over]


def _other_kind(left: Sequence[Item], at: int, there: int, moving: AbstractSet[int]) -> bool:
    """Whether an item passed none of its kind: text only exhibits, an exhibit only text."""
    low, high = sorted((at, there))
    return all(
        left[index].exhibit != left[at].exhibit
        or index in moving
        or left[index].block == left[at].block
        for index in range(low, high)
        if index != at
    )


# ---------------------------------------------------------------- what is told


def _pair(apart: _Apart, left: Sequence[Item]) -> Iterator[Difference]:
    """Yield the differences of one stretch, each item with the likeliest partner."""
    near = left[apart.at - 1] if apart.at > 0 else None
    extra = list(apart.extra)
    for _at, item in apart.missing:
        partner = _partner(item, extra)
        if partner is not None:
            extra.remove(partner)
        yield Difference(item, partner, near)
    for item in extra:
        yield Difference(None, item, near)


def _partner(item: Item, among: Sequence[Item]) -> Item | None:
    """Return the item that most resembles ``item``: of its kind, and alike in text."""
    best, score = None, 0.0
    for each in among:
        likeness = difflib.SequenceMatcher(None, item.bare, each.bare, autojunk=False).ratio()
        likeness += 0.5 * (item.kind == each.kind and item.kind == "cell")
        if likeness > score:
            best, score = each, likeness
    return best if score >= 0.5 else None


def first_difference(a: str, b: str, around: int = 18) -> tuple[str, str]:
    """Return both texts shortened to what surrounds their first difference."""
    at = next(
        (k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    return _cut(a, at, around), _cut(b, at, around)


def _cut(text: str, at: int, around: int) -> str:
    start, end = max(0, at - around), min(len(text), at + around)
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
