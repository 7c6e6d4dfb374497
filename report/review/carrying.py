"""Three-way merging: where a passage of a draft's template stands in the template as it is now."""

from __future__ import annotations

from itertools import accumulate

from report.review.words import steps, words


def carried(base: str, now: str, start: int, end: int) -> tuple[int, int] | None:
    """Map ``base[start:end]`` to ``now``; None where that very passage was changed meanwhile.

    Lines are compared first, then words within the lines that differ.
    """
    if base == now:
        return start, end
    before, after = base.splitlines(keepends=True), now.splitlines(keepends=True)
    places = [
        list(accumulate((len(line) for line in lines), initial=0)) for lines in (before, after)
    ]
    for op, i1, i2, j1, j2 in steps(before, after):
        first, last = places[0][i1], places[0][i2]
        if not (first <= start and end <= last) or (start == last != len(base)):
            continue
        if op == "equal":
            shift = places[1][j1] - first
            return start + shift, end + shift
        if op in ("delete", "insert"):
            return None
        inner = _within(
            base[first:last], now[places[1][j1] : places[1][j2]], start - first, end - first
        )
        return None if inner is None else (inner[0] + places[1][j1], inner[1] + places[1][j1])
    return None


def merged_text(base: str, ours: str, theirs: str) -> str | None:
    """Merge two edits of one sentence; None where they meet in the same words."""
    made = ours
    shift = 0
    before = words(base)
    places = list(accumulate((len(word) for word in before), initial=0))
    after = words(theirs)
    for op, i1, i2, j1, j2 in steps(before, after):
        if op == "equal":
            continue
        found = _within(base, ours, places[i1], places[i2])
        if found is None:
            return None
        new = "".join(after[j1:j2])
        made = made[: found[0] + shift] + new + made[found[1] + shift :]
        shift += len(new) - (found[1] - found[0])
    return made


def _within(base: str, now: str, start: int, end: int) -> tuple[int, int] | None:
    """Map a passage through the words of both texts."""
    before, after = words(base), words(now)
    a = list(accumulate((len(word) for word in before), initial=0))
    b = list(accumulate((len(word) for word in after), initial=0))
    for op, i1, i2, j1, _j2 in steps(before, after):
        if op == "equal" and a[i1] <= start and end <= a[i2]:
            shift = b[j1] - a[i1]
            return start + shift, end + shift
    return None
