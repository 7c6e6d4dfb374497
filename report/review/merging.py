"""Bring the workbook, the text and what the program last wrote together: nothing lost, conflicts shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from report.review.fields import Row, clean, is_editable
from report.review.model import Conflict

Rows = Mapping[str, Row]  # by the opinion's mark


@dataclass(frozen=True, slots=True)
class Merged:
    """The rows that both sides agree on, and the fields on which they do not.

    A field in conflict keeps its last common value in ``rows``; both newer ones stand in ``conflicts``.
    ``restored`` names what was changed or taken out though it is not for editors to change.
    """

    rows: dict[str, Row]
    conflicts: tuple[Conflict, ...] = ()
    restored: tuple[tuple[int, str], ...] = ()


@dataclass(slots=True)
class _Work:
    conflicts: list[Conflict] = field(default_factory=list)
    restored: list[tuple[int, str]] = field(default_factory=list)


def merge(base: Rows, excel: Rows | None, text: Rows | None) -> Merged:
    """Merge two edited copies of ``base``; None where a copy is not there (it then has no say).

    A row that one side lost is brought back; a row that only one side has (an opinion typed by hand)
    is added. Where both changed a field, and differently, neither wins.
    """
    work = _Work()
    sides = [side for side in (excel, text) if side is not None]
    order = list(dict.fromkeys([*base, *(mark for side in sides for mark in side)]))
    rows = {mark: _row(mark, base, excel, text, work) for mark in order}
    return Merged(rows, tuple(work.conflicts), tuple(dict.fromkeys(work.restored)))


def _row(mark: str, base: Rows, excel: Rows | None, text: Rows | None, work: _Work) -> Row:
    known = base.get(mark)
    one = excel.get(mark) if excel is not None else None
    other = text.get(mark) if text is not None else None
    number = _number(known, one, other)
    lost = (excel is not None and one is None) or (text is not None and other is None)
    if known is not None and lost:
        work.restored.append((number, ""))
    start = known or {}
    left = start if one is None else one
    right = start if other is None else other
    merged: Row = {}
    for name in dict.fromkeys([*start, *left, *right]):
        was = clean(start.get(name, ""))
        a, b = clean(left.get(name, "")), clean(right.get(name, ""))
        if known is not None and not is_editable(name):
            if (a, b) != (was, was):
                work.restored.append((number, name))
            value = was
        elif a in (b, was):
            value = b
        elif b == was:
            value = a
        else:
            value = was
            work.conflicts.append(Conflict(number, name, was, a, b))
        if value:
            merged[name] = value
    return merged


def _number(*rows: Row | None) -> int:
    found = next((row["number"] for row in rows if row and row.get("number")), "0")
    return int(found) if found.isdecimal() else 0


def sides(rows: Rows, conflicts: Iterable[Conflict]) -> tuple[dict[str, Row], dict[str, Row]]:
    """Return the rows as each file is to show them: a field in conflict with that file's own value."""
    excel = {mark: dict(row) for mark, row in rows.items()}
    text = {mark: dict(row) for mark, row in rows.items()}
    by_number = {_number(row): mark for mark, row in rows.items()}
    for one in conflicts:
        mark = by_number.get(one.number)
        if mark is not None:
            excel[mark][one.field] = one.excel
            text[mark][one.field] = one.text
    return excel, text
