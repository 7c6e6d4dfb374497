"""Column widths: the editor's proportions, mended where a number or word would not fit its column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise

EM = 170  # twips: the size of table text, 8.5 pt
MARGIN = 2 * 57 + 20  # twips: cell margins and a hair
_UNBROKEN = re.compile(r"[!-~\u00a0-\u024f−–]+")


def unbroken(text: str) -> int:
    """Return the width in twips that the longest piece of ``text`` needs on one line."""
    if not text:
        return 0
    longest = max((len(piece) for piece in _UNBROKEN.findall(text)), default=0)
    wide = any(unicodedata.east_asian_width(character) in "WF" for character in text)
    return max(longest * EM // 2 + longest * EM // 20, EM if wide else 0)


def places(text: str) -> int:
    """Return how many characters of ``text`` stand from its decimal point on (0 without one)."""
    before, point, after = text.partition(".")
    return 1 + len(after) if point and before else 0


def column_widths(
    shares: Sequence[float], total: int, texts: Iterable[tuple[int, str]]
) -> list[int]:
    """Return widths in twips that add up to ``total``.

    ``texts`` are (column, text) of unspanned cells. A column narrower than its longest number or word
    takes from those that have more than they need, in proportion to what they can spare.
    """
    whole = sum(shares) or 1.0
    wanted = [total * share / whole for share in shares]
    needed = [float(MARGIN + EM)] * len(shares)
    for column, text in texts:
        needed[column] = max(needed[column], float(unbroken(text) + MARGIN))
    lacking = sum(max(0.0, need - want) for need, want in zip(needed, wanted, strict=True))
    spare = sum(max(0.0, want - need) for need, want in zip(needed, wanted, strict=True))
    if lacking and spare:
        share = min(1.0, lacking / spare)
        filled = min(1.0, spare / lacking)
        wanted = [
            want - (want - need) * share if want > need else want + (need - want) * filled
            for need, want in zip(needed, wanted, strict=True)
        ]
    edges = [0]
    sums = 0.0
    for want in wanted:
        sums += want
        edges.append(round(sums))
    edges[-1] = total
    return [right - left for left, right in pairwise(edges)]
