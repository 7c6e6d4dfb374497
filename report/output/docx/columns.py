"""Column widths: the editor's proportions, mended where a number or word would not fit its column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

EM = 170  # twips: the size of table text, 8.5 pt
MARGIN = 2 * 57 + 20  # twips: cell margins and a hair
SLACK = 1.2  # how much wider than Times the faces are that stand in for it
LABEL = 6  # a text of at most so many Han characters stays on one line where there is room
_UNBROKEN = re.compile(r"[!-~\u00a0-\u024f−–※]+")
_NUMBER = re.compile(r"[+\-−]?[0-9][0-9,]*")


def half_ems(text: str) -> int:
    """Return the width of ``text`` in half ems: two for a Han character, one for a Latin one."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" or c == "※" else 1 for c in text)


def unbroken(text: str) -> int:
    """Return the width in twips that the longest piece of ``text`` needs on one line."""
    if not text:
        return 0
    longest = max((half_ems(piece) for piece in _UNBROKEN.findall(text)), default=0)
    wide = any(unicodedata.east_asian_width(character) in "WF" for character in text)
    return max(longest * EM // 2 + longest * EM // 20, EM if wide else 0)


def label_width(text: str) -> int:
    """Return the width in twips that a short label needs to stay on one line; 0 for a longer text."""
    wide = half_ems(text)
    return wide * EM // 2 + EM // 4 if wide <= 2 * LABEL else 0


def places(text: str) -> int:
    """Return how far a number reaches beyond its last whole digit, in half ems (0 without a point)."""
    tail = tail_of(text)
    return half_ems(tail) if tail.startswith(".") else 0


def tail_of(text: str) -> str:
    """Return what follows a number's whole digits: its decimals, sign of per cent, mark of a note."""
    match = _NUMBER.match(text)
    return text[match.end() :] if match else ""


def column_widths(
    shares: Sequence[float],
    total: int,
    texts: Iterable[tuple[int, str]],
    aligned: Mapping[int, int] | None = None,
) -> list[int]:
    """Return widths in twips that add up to ``total``.

    ``texts`` are (column, text) of unspanned cells, ``aligned`` what columns of numbers need to stand
    on their decimal points. A column narrower than its longest number or word takes from those that
    have more than they need, in proportion to what they can spare; short labels come next, then room
    for a wider face where Word has no Times.
    """
    whole = sum(shares) or 1.0
    wanted = [total * share / whole for share in shares]
    needed = [float(MARGIN + EM)] * len(shares)
    liked = list(needed)
    for column, text in texts:
        needed[column] = max(needed[column], float(unbroken(text) + MARGIN))
        liked[column] = max(liked[column], float(label_width(text) + MARGIN))
    for column, width in (aligned or {}).items():
        needed[column] = max(needed[column], float(width + MARGIN))
    slack = [(need - MARGIN) * SLACK + MARGIN for need in needed]
    wanted = _granted(wanted, needed)
    wanted = _granted(wanted, slack)
    wanted = _granted(wanted, [max(pair) for pair in zip(needed, liked, strict=True)])
    edges = [0]
    sums = 0.0
    for want in wanted:
        sums += want
        edges.append(round(sums))
    edges[-1] = total
    return [right - left for left, right in pairwise(edges)]


def _granted(wanted: list[float], needed: list[float]) -> list[float]:
    """Give columns what they lack from what others can spare."""
    lacking = sum(max(0.0, need - want) for need, want in zip(needed, wanted, strict=True))
    spare = sum(max(0.0, want - need) for need, want in zip(needed, wanted, strict=True))
    if not lacking or not spare:
        return wanted
    share = min(1.0, lacking / spare)
    filled = min(1.0, spare / lacking)
    return [
        want - (want - need) * share if want > need else want + (need - want) * filled
        for need, want in zip(needed, wanted, strict=True)
    ]
