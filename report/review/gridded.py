"""The difference of two tables: rows and columns aligned, then cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from report.document.model import Table, TableCell
from report.document.text import run_text
from report.review.align import Aligned, Item, align, merged
from report.review.atoms import Piece, footnotes, pieces, whole
from report.review.edits import Edit
from report.review.words import NUMBER


@dataclass(frozen=True, slots=True)
class Grid:
    """A table laid out: ``cells[row][column]`` is the cell that covers the place; ``head`` rows first."""

    cells: tuple[tuple[TableCell, ...], ...]
    head: int

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return max((len(row) for row in self.cells), default=0)

    def row_label(self, row: int) -> str:
        """Return what names a row: its first cell that is more than a number."""
        texts = [run_text(cell.inlines) for cell in self.cells[row]]
        return next((t for t in texts if t and not NUMBER.fullmatch(t)), texts[0] if texts else "")

    def column_label(self, column: int) -> str:
        """Return the heads of a column, from top to bottom."""
        heads = [
            run_text(row[column].inlines) for row in self.cells[: self.head] if column < len(row)
        ]
        return " ".join(dict.fromkeys(text for text in heads if text))


EMPTY = TableCell(())


def grid(table: Table) -> Grid:
    """Lay a table out, spans filled with the cell they belong to."""
    rows = (*table.head, *table.body)
    placed: dict[tuple[int, int], TableCell] = {}
    width = len(table.widths)
    for r, row in enumerate(rows):
        column = 0
        for cell in row:
            while (r, column) in placed:
                column += 1
            for down in range(cell.rowspan):
                for across in range(cell.colspan):
                    placed[r + down, column + across] = cell
            column += cell.colspan
        width = max(width, column)
    laid = tuple(
        tuple(placed.get((r, column), EMPTY) for column in range(width)) for r in range(len(rows))
    )
    return Grid(laid, len(table.head))


def align_rows(old: Grid, new: Grid) -> Aligned:
    """Pair the rows by their labels, then by what they hold."""
    return align(_rows(old), _rows(new))


def align_columns(old: Grid, new: Grid) -> Aligned:
    """Pair the columns by their heads; equal counts without heads in common go by place."""
    a = [Item.of("column", old.column_label(c)) for c in range(old.columns)]
    b = [Item.of("column", new.column_label(c)) for c in range(new.columns)]
    if len(a) == len(b):
        same = sum(x.text == y.text for x, y in zip(a, b, strict=True))
        if 2 * same >= len(a) or not {x.text for x in a} & {y.text for y in b}:
            return Aligned({c: c for c in range(len(a))}, frozenset())
    return align(a, b)


def table_edits(old: Table, new: Table) -> Iterator[Edit]:
    """Compare two tables: rows and columns that came, went or moved, and every cell that changed."""
    a, b = grid(old), grid(new)
    columns = align_columns(a, b)
    for fate, i, j in merged(columns, a.columns, b.columns):
        if fate == "removed":
            yield Edit("column", (Piece("-", a.column_label(i)),), column=i + 1)
        elif fate == "added":
            yield Edit("column", (Piece("+", b.column_label(j)),), column=j + 1)
        elif fate == "moved-to":
            yield Edit("column", (Piece("=", b.column_label(j)),), where="moved", column=j + 1)
    rows = align_rows(a, b)
    for fate, i, j in merged(rows, len(a.cells), len(b.cells)):
        if fate == "removed":
            yield Edit("row", _row("-", a.cells[i]), where=a.row_label(i), row=i + 1)
        elif fate == "added":
            yield Edit("row", _row("+", b.cells[j]), where=b.row_label(j), row=j + 1)
        elif fate in ("kept", "moved-to"):
            if fate == "moved-to":
                yield Edit("row", (Piece("=", b.row_label(j)),), where=b.row_label(j), row=j + 1)
            yield from _cells(a, b, i, j, columns)


def _cells(a: Grid, b: Grid, i: int, j: int, columns: Aligned) -> Iterator[Edit]:
    seen: set[int] = set()
    for new, old in sorted(columns.pairs.items()):
        before, after = a.cells[i][old], b.cells[j][new]
        if id(after) in seen:  # a span is one cell
            continue
        seen.add(id(after))
        where = " · ".join(part for part in (b.row_label(j), b.column_label(new)) if part)
        found = pieces(before.inlines, after.inlines)
        if found:
            yield Edit("cell", found, where=where, row=j + 1, column=new + 1)
        for x, y in zip(footnotes(before.inlines), footnotes(after.inlines), strict=False):
            if inner := pieces(x.inlines, y.inlines):
                yield Edit("footnote", inner, where=where, row=j + 1, column=new + 1)


def _row(sign: str, cells: Sequence[TableCell]) -> tuple[Piece, ...]:
    found: list[Piece] = []
    for cell in dict.fromkeys(cells):
        if found and cell.inlines:
            found.append(Piece(sign, "｜"))  # type: ignore[arg-type]
        found += whole(sign, cell.inlines)  # type: ignore[arg-type]
    return tuple(found)


def _rows(laid: Grid) -> list[Item]:
    labels = [laid.row_label(r) for r in range(len(laid.cells))]
    found = []
    for r, row in enumerate(laid.cells):
        text = "｜".join(run_text(cell.inlines) for cell in row)
        head = r < laid.head
        unique = labels.count(labels[r]) == 1
        name = f"head {r}" if head else labels[r] if unique else ""
        found.append(Item.of("head" if head else "row", text, id=name))
    return found
