"""Carry block ids over from the last draft: a paragraph keeps its id when others come or go around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from report.document.model import Block, Document
from report.document.text import plain_text
from report.document.walk import transform

_AUTO = re.compile(r"(.+)-(\d+)")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
ALIKE = 0.55  # two texts of one section are one paragraph from this likeness on
_LONGEST_COMPARED = 2000  # characters; enough to tell paragraphs apart


@dataclass(frozen=True, slots=True)
class Earlier:
    """The blocks of the last draft in reading order: id → (kind, text); and ids given up before it."""

    blocks: Mapping[str, tuple[str, str]]
    retired: frozenset[str] = frozenset()


def block_kind(block: Block) -> str:
    """Return the short name of a block's kind: ``paragraph``, ``list`` …."""
    name = type(block).__name__.lower()
    return "list" if name == "listblock" else name


def carry(document: Document, made: Iterable[str], earlier: Earlier) -> Document:
    """Rename the blocks whose ids were counted (``made``) so that they keep those of the last draft.

    Texts are aligned section by section, numbers left out of the comparison, so that a corrected figure
    does not part a paragraph from its id; then paragraphs that moved elsewhere are looked for by their
    exact words. New blocks get numbers that no block of an earlier draft has had.
    """
    counted = set(made)
    fresh = [block for block in document.blocks() if block.id in counted]
    kept = {block.id for block in document.blocks()} - counted
    old = {name: entry for name, entry in earlier.blocks.items() if name not in kept}
    names = _aligned(fresh, old)
    names.update(_moved(fresh, old, names))
    taken = {*kept, *names.values(), *earlier.blocks, *earlier.retired}
    highest: dict[str, int] = {}
    for name in taken:
        if match := _AUTO.fullmatch(name):
            highest[match[1]] = max(highest.get(match[1], 0), int(match[2]))
    for block in fresh:
        if block.id not in names:
            names[block.id] = _next(block.id, highest, taken)

    def rename(block: Block) -> Block:
        return replace(block, id=names[block.id]) if block.id in names else block

    return transform(document, block=rename)


def _next(made: str, highest: dict[str, int], taken: set[str]) -> str:
    """Return ``made`` where it is free, else the next number after the highest of its section."""
    if made not in taken:
        taken.add(made)
        return made
    match = _AUTO.fullmatch(made)
    assert match is not None
    highest[match[1]] = highest.get(match[1], 0) + 1
    name = f"{match[1]}-{highest[match[1]]:02d}"
    if name in taken:
        return _next(made, highest, taken)
    taken.add(name)
    return name


def _aligned(fresh: Sequence[Block], old: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    names: dict[str, str] = {}
    before: dict[str, list[tuple[str, str]]] = {}
    for name, (kind, text) in old.items():
        if match := _AUTO.fullmatch(name):
            before.setdefault(match[1], []).append((name, _key(kind, text)))
    now: dict[str, list[tuple[str, str]]] = {}
    for block in fresh:
        if match := _AUTO.fullmatch(block.id):
            key = _key(block_kind(block), plain_text(block))
            now.setdefault(match[1], []).append((block.id, key))
    for scope, new in now.items():
        was = before.get(scope, [])
        for i, j in align([key for _name, key in was], [key for _name, key in new]):
            names[new[j][0]] = was[i][0]
    return names


def _moved(
    fresh: Sequence[Block], old: Mapping[str, tuple[str, str]], names: Mapping[str, str]
) -> dict[str, str]:
    """Find blocks with exactly the words of one that lost its place."""
    lost: dict[tuple[str, str], str] = {}
    given = set(names.values())
    for name, entry in old.items():
        if name not in given and _AUTO.fullmatch(name) and len(entry[1]) >= 10:
            lost.setdefault(entry, name)
    found: dict[str, str] = {}
    for block in fresh:
        entry = (block_kind(block), plain_text(block))
        if block.id not in names and entry in lost:
            found[block.id] = lost.pop(entry)
    return found


def _key(kind: str, text: str) -> str:
    return f"{kind}:{_DIGITS.sub('0', text)}"[:_LONGEST_COMPARED]


def align(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Pair texts of two sequences in order: equal ones first, then the likest in each gap between them."""
    pairs: list[tuple[int, int]] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pairs += zip(range(i1, i2), range(j1, j2), strict=True)
        elif tag == "replace":
            pairs += _likest(before, after, range(i1, i2), range(j1, j2))
    return sorted(pairs)


def _likest(
    before: Sequence[str], after: Sequence[str], left: range, right: range
) -> list[tuple[int, int]]:
    """Pair texts so that the sum of likenesses is greatest and the order is kept."""
    rows, columns = len(left), len(right)
    best = [[0.0] * (columns + 1) for _row in range(rows + 1)]
    alike: dict[tuple[int, int], float] = {}
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            score = likeness(before[left[i]], after[right[j]])
            alike[i, j] = score if score >= ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + alike[i, j])
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < rows and j < columns:
        if alike[i, j] and best[i][j] == best[i + 1][j + 1] + alike[i, j]:
            pairs.append((left[i], right[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are, from 0 to 1; quick where they plainly differ."""
    if one == other:
        return 1.0
    if one.partition(":")[0] != other.partition(":")[0] and ":" in one and ":" in other:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    return matcher.ratio()
