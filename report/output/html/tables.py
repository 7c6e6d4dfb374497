"""Tables as HTML: caption and unit above, head rows with scopes, numbers aligned on the decimal point."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from report.document.model import Align, Number, Table, TableCell
from report.output.html.context import Context
from report.output.html.exhibits import below
from report.output.html.inlines import fill
from report.output.html.markup import Element, add, el
from report.output.text import plain, separator, unit_line

TEXT_WIDTH = {
    False: 155.2,
    True: 242.2,
}  # mm of a portrait and of a turned page, as print.css has it
DIGIT = 0.555  # em, a digit of the table face
TYPE_SIZE = 3.0  # mm, 8.5 pt
STEP = 0.5  # mm, of the right-padding classes r0, r1, …
MOST_STEPS = 60


def table(context: Context, block: Table) -> Element:
    """Return the table in a ``<div>`` that also holds its notes and source line."""
    caption = el(
        "caption",
        fill(
            context,
            el(
                "span", el("span", block.number, class_="no"), separator(block.number), class_="cap"
            ),
            block.caption,
        ),
    )
    if unit := unit_line(block.unit):
        add(caption, el("span", unit, class_="unit"))
    element = el("table", caption, _columns(block.widths))
    add(element, _head(context, block))
    add(element, _body(context, block))
    kind = "tbl landscape" if block.landscape else "tbl"
    frame = el("div", element, class_=kind, id=block.id)
    if not context.printing:
        element.getparent().replace(element, el("div", class_="scroll", tabindex="0"))  # type: ignore[union-attr]
        add(frame[0], element)
    add(frame, *below(context, block.notes, block.source))
    return frame


def _columns(widths: Sequence[float]) -> Element:
    total = sum(widths) or 1.0
    group = el("colgroup")
    for width in widths:
        add(group, el("col", style=f"width:{100 * width / total:.2f}%"))
    return group


def _head(context: Context, block: Table) -> Element:
    head = el("thead")
    for row in block.head:
        line = el("tr")
        for cell in row:
            scope = "colgroup" if cell.colspan > 1 else "col"
            add(line, _cell(context, cell, "th", scope, _alignment(cell)))
        add(head, line)
    return head


def _body(context: Context, block: Table) -> Element:
    decimals = _decimals(block)
    paddings = _paddings(block)
    body = el("tbody")
    for row, columns in zip(block.body, grid(block.body), strict=True):
        line = el("tr")
        for cell, column in zip(row, columns, strict=True):
            if cell.header:
                scope = "rowgroup" if cell.rowspan > 1 else "row"
                add(line, _cell(context, cell, "th", scope, _alignment(cell)))
                continue
            name = _alignment(cell)
            if cell.align == "decimal":
                name = _decimal_class(
                    paddings.get(column, 0), decimals.get(column, 0) - _places(plain(cell.inlines))
                )
            elif cell.align == "right" and cell.colspan == 1 and paddings.get(column):
                name = f"r r{paddings[column]}"
            add(line, _cell(context, cell, "td", None, name))
        add(body, line)
    return body


def _decimal_class(padding: int, short: int) -> str:
    """Return the classes of a number that has ``short`` places fewer than its column's longest.

    ``r…`` is print.css's right padding in steps; ``s…`` is page.css's, in digits.
    """
    steps = padding + round(max(0, short) * DIGIT * TYPE_SIZE / STEP)
    return f"d r{min(steps, MOST_STEPS)}" + (f" s{min(short, 6)}" if short > 0 else "")


def _alignment(cell: TableCell) -> str | None:
    return {"left": None, "center": "c", "right": "r", "decimal": "d"}[cell.align]


def _cell(
    context: Context, cell: TableCell, tag: str, scope: str | None, name: str | None
) -> Element:
    element = el(
        tag,
        class_=name,
        scope=scope,
        colspan=str(cell.colspan) if cell.colspan > 1 else None,
        rowspan=str(cell.rowspan) if cell.rowspan > 1 else None,
    )
    only = cell.inlines[0] if len(cell.inlines) == 1 else None
    if context.printing and isinstance(only, Number):
        # A span in each of thousands of cells would double the layout's work for nothing.
        element.set("data-key", only.quantity.key)
        add(element, only.quantity.text)
        return element
    return fill(context, element, cell.inlines)


# ---------------------------------------------------------------- geometry


def grid(rows: Sequence[Sequence[TableCell]]) -> Iterator[list[int]]:
    """Yield for each row the column (0-based) where each of its cells starts, spans considered."""
    held: dict[int, int] = {}  # column → rows it is still covered from above
    for row in rows:
        columns: list[int] = []
        column = 0
        covered = {c for c, left in held.items() if left > 0}
        held = {c: left - 1 for c, left in held.items() if left > 1}
        for cell in row:
            while column in covered:
                column += 1
            columns.append(column)
            if cell.rowspan > 1:
                held.update(dict.fromkeys(range(column, column + cell.colspan), cell.rowspan - 1))
            column += cell.colspan
        yield columns


def _places(text: str) -> int:
    """Return how many digits ``text`` has after its decimal point."""
    _, point, rest = text.partition(".")
    return sum(character.isdigit() for character in rest) + 1 if point else 0


def _cells(block: Table, *aligns: Align) -> Iterator[tuple[int, str]]:
    for row, columns in zip(block.body, grid(block.body), strict=True):
        for cell, column in zip(row, columns, strict=True):
            if cell.align in aligns and cell.colspan == 1 and not cell.header:
                yield column, plain(cell.inlines)


def _decimals(block: Table) -> dict[int, int]:
    """Return by column the longest run after (and with) the decimal point."""
    return _largest((column, _places(text)) for column, text in _cells(block, "decimal"))


def _paddings(block: Table) -> dict[int, int]:
    """Return by column the right padding, in steps, that centres its widest number."""
    longest: dict[int, float] = {}
    for column, text in _cells(block, "decimal", "right"):
        longest[column] = max(_ems(text), longest.get(column, 0.0))
    total = sum(block.widths) or 1.0
    steps = {}
    for column, ems in longest.items():
        if column < len(block.widths):
            room = TEXT_WIDTH[block.landscape] * block.widths[column] / total
            steps[column] = max(0, min(MOST_STEPS, int((room - ems * TYPE_SIZE) / 2 / STEP)))
    return steps


def _ems(text: str) -> float:
    """Return the width of ``text`` in em, as far as the kinds of its characters tell it."""
    return sum(1.0 if character > "\u2e80" else DIGIT for character in text)


def _largest(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    found: dict[int, int] = {}
    for column, size in pairs:
        found[column] = max(size, found.get(column, 0))
    return found
