"""Compare what was read with what was expected, item by item; splits over pages do not count."""

from __future__ import annotations

import difflib
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from report.check.outputs.items import Item

MOST_JOINED = 12  # pieces that may make up one item, or items set as one
WINDOW = 300  # items looked at to find where two readings agree again
SOLID = 3  # items in a row that count as agreeing again


@dataclass(frozen=True, slots=True)
class Difference:
    """An expected item and what was read instead; one of both is missing when there is no partner.

    ``near`` is the last expected item before something that nobody expected.
    """

    expected: Item | None
    found: Item | None
    near: Item | None = None


def differences(expected: Sequence[Item], found: Sequence[Item]) -> Iterator[Difference]:
    """Yield where two readings differ; items are matched in order by their text."""
    left = [item for item in expected if item.bare]
    right = [item for item in found if item.bare]
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i].bare == right[j].bare:
            if _level_differs(left[i], right[j]):
                yield Difference(left[i], right[j])
            i, j = i + 1, j + 1
            continue
        if joined := _joined(left, right, i, j):
            i, j = i + joined[0], j + joined[1]
            continue
        steps = yield from _apart(left, right, i, j)
        i, j = i + steps[0], j + steps[1]
    yield from _pair(left, right, (i, len(left)), (j, len(right)))


def _level_differs(expected: Item, found: Item) -> bool:
    """Whether a heading is no heading, or not of its level, in the form that was read."""
    if expected.kind != "heading" or not expected.level:
        return found.kind == "heading" and expected.kind != "heading"
    return found.kind != "heading" or found.level != expected.level


def _joined(left: Sequence[Item], right: Sequence[Item], i: int, j: int) -> tuple[int, int] | None:
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


def _apart(
    left: Sequence[Item], right: Sequence[Item], i: int, j: int
) -> Generator[Difference, None, tuple[int, int]]:
    """Yield the differences up to where both agree again; return how far that is."""
    window_l, window_r = left[i : i + WINDOW], right[j : j + WINDOW]
    matcher = difflib.SequenceMatcher(
        None, [item.bare for item in window_l], [item.bare for item in window_r], autojunk=False
    )
    end_l, end_r = len(window_l), len(window_r)
    for a, b, size in matcher.get_matching_blocks():
        if size >= SOLID or (size and (a + size == len(window_l) and i + a + size == len(left))):
            end_l, end_r = a, b
            break
    if end_l == 0 and end_r == 0:  # cannot be: both begin apart
        end_l = end_r = 1
    yield from _pair(left, right, (i, i + end_l), (j, j + end_r))
    return end_l, end_r


def _pair(
    left: Sequence[Item], right: Sequence[Item], a: tuple[int, int], b: tuple[int, int]
) -> Iterator[Difference]:
    """Yield the differences between two short runs, each item with the likeliest partner."""
    expected, found = left[a[0] : a[1]], right[b[0] : b[1]]
    matcher = difflib.SequenceMatcher(
        None, [item.bare for item in expected], [item.bare for item in found], autojunk=False
    )
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        near = left[a[0] + i1 - 1] if a[0] + i1 > 0 else None
        missing, extra = list(expected[i1:i2]), list(found[j1:j2])
        if "".join(item.bare for item in missing) == "".join(item.bare for item in extra):
            continue
        for item in missing:
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
