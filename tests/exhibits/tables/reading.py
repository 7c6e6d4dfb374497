"""Reading a Table back: as a full grid of texts, spans filled in, and as the numbers it shows."""

from report.document.model import Number
from report.document.text import run_text


def grid(table):
    """Return every row as texts; a spanned cell repeats. Fails where the spans don't fit the widths."""
    width = len(table.widths)
    rows, pending = [], {}
    for cells in (*table.head, *table.body):
        row, queue = [], list(cells)
        column = 0
        while column < width:
            if column in pending:
                left, text = pending.pop(column)
                if left > 1:
                    pending[column] = (left - 1, text)
                row.append(text)
                column += 1
                continue
            cell = queue.pop(0)
            text = run_text(cell.inlines)
            for at in range(column, column + cell.colspan):
                assert at not in pending, "overlapping spans"
                if cell.rowspan > 1:
                    pending[at] = (cell.rowspan - 1, text)
                row.append(text)
            column += cell.colspan
        assert not queue, f"a row has {len(queue)} cells too many"
        assert len(row) == width
        rows.append(row)
    assert not pending, "a span reaches past the last row"
    return rows


def body(table):
    return grid(table)[len(table.head) :]


def numbers(table):
    return [
        inline.quantity
        for row in table.body
        for cell in row
        for inline in cell.inlines
        if isinstance(inline, Number)
    ]


def notes(table):
    return " ".join(run_text(note) for note in table.notes)


def show(table):
    lines = [run_text(table.caption) + (f"（单位：{table.unit}）" if table.unit else "")]
    lines += [" | ".join(row) for row in grid(table)]
    return "\n".join([*lines, notes(table), f"资料来源：{table.source}"])
