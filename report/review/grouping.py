"""Group opinions on one sentence, so that many reviewers' words on it are answered together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from report.review.model import Opinion

_END = re.compile(r"[。！？；!?;\n]+[”’」』）)]*")


def grouped(opinions: Sequence[Opinion]) -> tuple[Opinion, ...]:
    """Set every opinion's group: the lowest number of those on the same sentence, cell or figure.

    0 where an opinion stands alone. Replies belong to what they reply to.
    """
    leader = {one.number: one.number for one in opinions}

    def find(number: int) -> int:
        while leader[number] != number:
            number = leader[number]
        return number

    def join(one: int, other: int) -> None:
        first, second = sorted((find(one), find(other)))
        leader[second] = first

    seen: dict[tuple[object, ...], int] = {}
    for one in opinions:
        if one.thread in leader:
            join(one.number, one.thread)
        for key in _keys(one):
            if key in seen:
                join(one.number, seen[key])
            seen.setdefault(key, one.number)
    sizes: dict[int, int] = {}
    for one in opinions:
        sizes[find(one.number)] = sizes.get(find(one.number), 0) + 1
    return tuple(
        replace(one, group=find(one.number) if sizes[find(one.number)] > 1 else 0)
        for one in opinions
    )


def _keys(one: Opinion) -> list[tuple[object, ...]]:
    if not one.block or one.mark_kind == "format":
        return []
    if one.row:
        return [(one.block, one.row, one.column)]
    touched = sentences(one.before, one.start, one.end) if one.before else []
    if touched:
        return [(one.block, sentence) for sentence in touched]
    return [(one.block, "")]


def sentences(text: str, start: int, end: int) -> list[str]:
    """Return the sentences of ``text`` that the stretch from ``start`` to ``end`` touches."""
    if start < 0:
        return []
    found: list[str] = []
    begin = 0
    for match in [*_END.finditer(text), None]:
        stop = match.end() if match else len(text)
        touches = begin <= start < stop if start >= end else begin < end and start < stop
        if touches and text[begin:stop].strip():
            found.append(text[begin:stop].strip())
        begin = stop
    if not found and start >= len(text) and text.strip():
        found.append([part for part in _END.split(text) if part.strip()][-1].strip())
    return found
