"""Tables: fixed layout, repeated heads, merged cells, numbers on the decimal; XML written in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from report.document.model import (
    FactUse,
    Number,
    Structural,
    Table,
    TableCell,
    Text,
    Verbatim,
    Word,
)
from report.output.docx import fields
from report.output.docx.bookmarks import cell_name
from report.output.docx.captions import below, caption
from report.output.docx.columns import EM, SLACK, column_widths, places, tail_of, unbroken
from report.output.docx.context import Context, Surroundings
from report.output.docx.oxml import Element, escape, fragment, to_text
from report.output.docx.paragraphs import paragraph
from report.output.docx.runs import runs
from report.output.text import plain, unit_line

_SIDES = {"left": "left", "center": "center", "right": "right", "decimal": "right"}
SHORT = 12  # body rows; a table of at most so many is not divided
_SIMPLE = (Text, Word, Verbatim, FactUse, Structural)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of the table grid: the cell that covers it, where that starts, and how it continues."""

    cell: TableCell
    column: int
    span: int
    continued: bool  # covered from the row above
    opens: bool  # starts a vertical merge


def table(context: Context, block: Table, around: Surroundings) -> list[Element]:
    """Return caption, unit line, table, notes and source line."""
    title = caption(context, block, "table-caption")
    context.bookmarks.wrap_block([title], block.id)
    elements = [title]
    if unit := unit_line(block.unit):
        elements.append(paragraph(context.styles["table-unit"], [fields.run(unit)]))
    lines = below(context, block.notes, block.source)
    elements += fragment(_Writer(context, block, around.width, tied=bool(lines)).xml())
    return elements + (lines or [paragraph(context.styles["spacer"])])


def grid(rows: Sequence[Sequence[TableCell]], columns: int) -> list[list[Slot]]:
    """Lay cells out on the grid: each row's slots from left to right, spans considered."""
    held: dict[int, tuple[int, Slot]] = {}  # start column → rows left, slot
    laid: list[list[Slot]] = []
    for row in rows:
        slots: list[Slot] = []
        waiting = iter(row)
        column = 0
        carried, held = held, {}
        while column < columns:
            if column in carried:
                left, slot = carried[column]
                slots.append(Slot(slot.cell, column, slot.span, continued=True, opens=False))
                if left > 1:
                    held[column] = (left - 1, slot)
                column += slot.span
                continue
            cell = next(waiting, None)
            if cell is None:  # a short row: fill it up, Word wants every column covered
                cell = TableCell(())
            free = next((c for c in range(column + 1, columns) if c in carried), columns) - column
            span = max(1, min(cell.colspan, free))
            slot = Slot(cell, column, span, continued=False, opens=cell.rowspan > 1)
            slots.append(slot)
            if cell.rowspan > 1:
                held[column] = (cell.rowspan - 1, slot)
            column += span
        laid.append(slots)
    return laid


def kept_rows(count: int, *, tied: bool = False) -> frozenset[int]:
    """Return the body rows (from 1) that stay with the next: all of a short table, else both ends'.

    ``tied``: notes stand below, and the last row stays with them.
    """
    last = {count} if tied else set()
    if count <= SHORT:
        return frozenset({*range(1, count), *last})
    return frozenset({1, count - 1, *last})


class _Writer:
    """Writes one table as text; cells with more than plain words go through the run writer."""

    def __init__(self, context: Context, block: Table, width: int, *, tied: bool = False) -> None:
        self.context = context
        self.tied = tied  # to the notes below
        self.block = block
        columns = len(block.widths)
        self.head = grid(block.head, columns)
        self.body = grid(block.body, columns)
        flat = [
            (slot.column, plain(slot.cell.inlines))
            for row in (*self.head, *self.body)
            for slot in row
            if slot.span == 1 and not slot.continued
        ]
        self.aligned = self._aligned()
        needed = {
            column: before + after * EM // 2 for column, (before, after) in self.aligned.items()
        }
        self.widths = column_widths(block.widths, width, flat, needed)
        self.width = width
        styles = context.styles
        self.text, self.heading = styles["table-text"], styles["table-head"]
        self.number = styles["table-number"]

    def xml(self) -> str:
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in self.widths)
        rows = [self._row(n, row, head=True) for n, row in enumerate(self.head, 1)]
        kept = kept_rows(len(self.body), tied=self.tied)
        rows += [
            self._row(len(self.head) + n, row, head=False, keep=n in kept)
            for n, row in enumerate(self.body, 1)
        ]
        alternative = escape(self.block.number + " " + plain(self.block.caption))
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{self.context.styles["table"]}"/>'
            f'<w:tblW w:w="{sum(self.widths)}" w:type="dxa"/><w:jc w:val="center"/>'
            '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" '
            'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
            f'<w:tblCaption w:val="{alternative}"/></w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )

    def _row(self, number: int, slots: Sequence[Slot], *, head: bool, keep: bool = False) -> str:
        properties = "<w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if head else "") + "</w:trPr>"
        shade = head and number > 1  # the table style's first row is only the first
        cells = "".join(self._cell(number, slot, head, shade, keep) for slot in slots)
        return f"<w:tr>{properties}{cells}</w:tr>"

    def _cell(self, row: int, slot: Slot, head: bool, shade: bool, keep: bool) -> str:
        width = sum(self.widths[slot.column : slot.column + slot.span])
        cell = slot.cell
        properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
        if slot.span > 1:
            properties += f'<w:gridSpan w:val="{slot.span}"/>'
        if slot.continued:
            properties += "<w:vMerge/>"
        elif slot.opens:
            properties += '<w:vMerge w:val="restart"/>'
        if shade:
            properties += self._head_shade()
        properties += '<w:vAlign w:val="center"/>'
        style, direct = self._look(slot, head=head)
        content = "" if slot.continued else self._content(row, slot)
        if cell.align in {"right", "decimal"} and not head and not slot.continued:
            style = self.number
        together = "<w:keepNext/>" if keep else ""
        return (
            f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:pPr>"
            f'<w:pStyle w:val="{style}"/>{together}{direct}</w:pPr>{content}</w:p></w:tc>'
        )

    def _head_shade(self) -> str:
        return '<w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="12395B"/></w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="E9EEF3"/>'

    def _look(self, slot: Slot, *, head: bool) -> tuple[str, str]:
        """Return style id and direct properties: only what differs from the style."""
        align = slot.cell.align
        if head:
            return self.heading, "" if align == "center" else f'<w:jc w:val="{_SIDES[align]}"/>'
        if align == "decimal" and slot.span == 1:
            indent = self._indent(slot)
            return self.number, f'<w:ind w:right="{indent}"/>' if indent else ""
        if align == "center":
            return self.text, '<w:jc w:val="center"/>'
        return self.text, ""

    def _indent(self, slot: Slot) -> int:
        """Return what keeps a number from the right edge so that all points stand below each other."""
        if slot.column not in self.aligned:
            return 0
        before, most = self.aligned[slot.column]
        needed = round((before + most * EM // 2) * SLACK)
        room = self.widths[slot.column] - 2 * 57 - needed
        return max(0, room // 2) + (most - places(plain(slot.cell.inlines))) * EM // 2

    def _content(self, row: int, slot: Slot) -> str:
        inlines = slot.cell.inlines
        number, name = self.context.bookmarks.take(cell_name(self.block.id, row, slot.column + 1))
        if all(isinstance(inline, (*_SIMPLE, Number)) for inline in inlines):
            text = escape(plain(inlines))
            space = ' xml:space="preserve"' if text != text.strip() else ""
            hint = "" if fields.is_plain(text) else '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
            inner = f"<w:r>{hint}<w:t{space}>{text}</w:t></w:r>" if text else ""
        else:
            inner = "".join(to_text(node) for node in runs(self.context, inlines))
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inner}'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )

    def _aligned(self) -> dict[int, tuple[int, int]]:
        """Return for each column of numbers its widest whole part (twips) and its most places (half ems).

        A column whose numbers carry units in words is not aligned: the words would push numbers aside.
        """
        before: dict[int, int] = {}
        after: dict[int, int] = {}
        worded: set[int] = set()
        for row in self.body:
            for slot in row:
                if slot.cell.align == "decimal" and slot.span == 1 and not slot.continued:
                    text = plain(slot.cell.inlines)
                    column = slot.column
                    reach = places(text)
                    if any("一" <= character <= "鿿" for character in tail_of(text)):
                        worded.add(column)
                    whole = text[: len(text) - len(tail_of(text))] if reach else text
                    after[column] = max(after.get(column, 0), reach)
                    before[column] = max(before.get(column, 0), unbroken(whole))
        return {c: (before[c], after[c]) for c in before if c not in worded}
