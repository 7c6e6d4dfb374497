"""Words: text cut into what an editor changes as one — a number, a Chinese word, a Latin word, a sign."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal, TypeAlias

import rjieba

# A number with its thousands separators, decimals and per cent sign; a sign before it counts where
# no digit or letter stands before (not in 2019-2022 or 图1-1).
NUMBER = re.compile(
    r"(?:(?<![0-9A-Za-z])−|(?<![0-9A-Za-z\u4e00-\u9fff）)])[+\-])?\d+(?:,\d{3})*(?:\.\d+)?[%‰％]?"
)
_LATIN = re.compile(r"[A-Za-z]+(?:[&'’.\-][A-Za-z]+)*")
_WHOLE = re.compile(f"{NUMBER.pattern}|{_LATIN.pattern}")

Op: TypeAlias = Literal["equal", "delete", "insert", "replace"]
Step: TypeAlias = tuple[Op, int, int, int, int]


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """Cut ``text`` into words; joined they are ``text`` again."""
    return tuple(_cut(text))


def _cut(text: str) -> Iterator[str]:
    end = 0
    for match in _WHOLE.finditer(text):
        yield from _chinese(text[end : match.start()])
        yield match.group()
        end = match.end()
    yield from _chinese(text[end:])


def _chinese(text: str) -> Iterator[str]:
    if not text:
        return
    cut = rjieba.cut(text, False)  # without guessed words: the same text is always cut alike
    if "".join(cut) != text:
        cut = list(text)
    yield from cut


def steps(old: Sequence[object], new: Sequence[object]) -> list[Step]:
    """Return the edits that make ``new`` of ``old``, as ``difflib`` writes them.

    What both share at their ends is left aside first, which makes the usual small edit quick and keeps
    a repeated word from being matched across the sentence.
    """
    most = min(len(old), len(new))
    head = 0
    while head < most and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < most - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    found: list[Step] = [("equal", 0, head, 0, head)] if head else []
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    for op, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        found.append((op, i1 + head, i2 + head, j1 + head, j2 + head))
    if tail:
        found.append(("equal", len(old) - tail, len(old), len(new) - tail, len(new)))
    return found
