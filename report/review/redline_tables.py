"""Weaving two tables: rows and columns that came or went, every other cell word by word."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Protocol, TypeAlias

from report.output.docx.oxml import Element, el, q
from report.review.align import Aligned, Fate, Item, align, merged
from report.review.redline_atoms import text_of
from report.review.redline_marks import Marker
from report.review.redline_package import File
from report.review.words import NUMBER

Order: TypeAlias = Sequence[tuple[Fate, int, int]]
_TC, _TR, _P = q("w:tc"), q("w:tr"), q("w:p")


class Weaves(Protocol):
    """What weaves the blocks inside a cell."""

    def weave(self, old: list[Element], new: list[Element]) -> list[Element]:
        """Return ``new`` with everything that differs from ``old`` as tracked changes."""
        ...


def woven_table(weaver: Weaves, marker: Marker, old: Element, new: Element) -> list[Element]:
    """Return the new table with its changes tracked; two tables where their grids have no likeness."""
    columns = _columns(marker, old, new)
    if columns is None:
        between = marker.added(el("w:p"))
        return [marker.block(old, "del"), between, marker.block(new, "ins")]
    made = el("w:tbl")
    made.extend(deepcopy(one) for one in new if one.tag not in (_TR, q("w:tblGrid")))
    order = list(merged(columns, _width(old), _width(new)))
    made.append(_grid(old, new, order))
    before, after = old.findall(_TR), new.findall(_TR)
    a, b = _rows(before, marker.old), _rows(after, marker.new)
    for fate, i, j in merged(align(a, b), len(a), len(b)):
        match fate:
            case "kept" if len(before[i].findall(_TC)) == len(after[j].findall(_TC)) or len(
                order
            ) > min(_width(old), _width(new)):
                made.append(_row(weaver, marker, before[i], after[j], order))
            case "kept":
                made.append(marker.row(before[i], "del"))
                made.append(marker.row(after[j], "ins"))
            case "removed" | "moved-from":
                made.append(marker.row(before[i], "del"))
            case _:
                made.append(marker.row(after[j], "ins"))
    return [made]


def _row(weaver: Weaves, marker: Marker, old: Element, new: Element, order: Order) -> Element:
    """Weave two rows: by their columns where each cell is one column, else cell by cell."""
    made = el("w:tr")
    made.extend(deepcopy(one) for one in new if one.tag != _TC)
    before, after = old.findall(_TC), new.findall(_TC)
    plain = all(fate == "kept" for fate, _i, _j in order)
    if plain:
        for a, b in zip(before, after, strict=True):
            made.append(_cell(weaver, a, b))
        return made
    for fate, i, j in order:
        match fate:
            case "kept":
                made.append(_cell(weaver, before[i], after[j]))
            case "removed" | "moved-from":
                made.append(marker.cell(before[i], "del"))
            case _:
                made.append(marker.cell(after[j], "ins"))
    return made


def _cell(weaver: Weaves, old: Element, new: Element) -> Element:
    made = el("w:tc")
    properties = new.find(q("w:tcPr"))
    if properties is not None:
        made.append(deepcopy(properties))
    made.extend(weaver.weave(list(old), list(new)))
    return made


def _columns(marker: Marker, old: Element, new: Element) -> Aligned | None:
    """Pair the columns; None where spans or unlike heads leave nothing to pair."""
    a, b = _width(old), _width(new)
    if a == b:
        return Aligned({n: n for n in range(a)}, frozenset())
    for table, width in ((old, a), (new, b)):
        if any(len(row.findall(_TC)) != width for row in table.findall(_TR)):
            return None
    heads = [
        [Item.of("column", _text(cell, file)) for cell in table.findall(_TR)[0].findall(_TC)]
        for table, file in ((old, marker.old), (new, marker.new))
    ]
    found = align(*heads)
    return found if found.pairs and not found.moved else None


def _grid(old: Element, new: Element, order: Order) -> Element:
    columns = [table.findall(f"{q('w:tblGrid')}/{q('w:gridCol')}") for table in (old, new)]
    grid = el("w:tblGrid")
    for _fate, i, j in order:
        grid.append(deepcopy(columns[1][j] if j >= 0 else columns[0][i]))
    return grid


def _width(table: Element) -> int:
    return len(table.findall(f"{q('w:tblGrid')}/{q('w:gridCol')}"))


def _rows(rows: list[Element], file: File) -> list[Item]:
    """Describe rows by their cells; a row is certain by its first cell that is no number."""
    texts = [[_text(cell, file) for cell in row.findall(_TC)] for row in rows]
    labels = [next((t for t in row if t and not NUMBER.fullmatch(t)), "") for row in texts]
    return [
        Item.of("row", "｜".join(row), id=label if label and labels.count(label) == 1 else "")
        for row, label in zip(texts, labels, strict=True)
    ]


def _text(cell: Element, file: File) -> str:
    return "\n".join(text_of(one, file) for one in cell.iter(_P))
