"""The ledger as files: ``numbers.csv`` (UTF-8 with BOM, as Excel wants it) and ``numbers.xlsx``."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence

from report.ledger.rows import Row

COLUMNS = (
    "part", "block", "text", "key", "value", "unit", "source", "origin", "kind", "where", "context",
)  # fmt: skip
HEADINGS = (
    "部分", "块", "印出的文字", "键", "精确值", "单位", "来源单元格", "模板位置", "性质", "块内位置", "上下文",
)  # fmt: skip
WIDTHS = (22, 22, 18, 40, 16, 10, 60, 36, 10, 18, 60)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def to_csv(rows: Sequence[Row]) -> bytes:
    """Write the ledger as CSV; text that a spreadsheet would take for a formula is quoted by ``'``."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_safe(cell) for cell in _cells(row)])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def to_workbook(rows: Sequence[Row], created: dt.date) -> bytes:
    """Write the ledger as a workbook: header row frozen, filters on; same rows, same bytes."""
    import xlsxwriter  # noqa: PLC0415 - only where a workbook is asked for

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        stamp = dt.datetime.combine(created, dt.time(), tzinfo=dt.UTC).replace(tzinfo=None)
        book.set_properties({"title": "数字台账", "created": stamp})
        sheet = book.add_worksheet("数字台账")
        head = book.add_format({"bold": True, "bg_color": "#DCE6F1", "bottom": 1})
        for column, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, head)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(_cells(row)):
                if isinstance(cell, float):
                    sheet.write_number(number, column, cell)
                else:
                    sheet.write_string(number, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(rows)), len(COLUMNS) - 1)
    return buffer.getvalue()


def _cells(row: Row) -> tuple[str | float, ...]:
    value = "" if row.value is None else float(row.value)
    return (
        row.part, row.block, row.text, row.key, value, row.unit, row.source, row.origin, row.kind,
        row.where, row.context,
    )  # fmt: skip


def _safe(cell: str | float) -> str:
    """Guard against spreadsheet-formula injection; a number is written in full precision.

    A printed minus is U+2212, which no spreadsheet takes for an operator, so it stays as it is.
    """
    if isinstance(cell, float):
        return repr(cell)
    return f"'{cell}" if cell.lstrip(" \n")[:1] in _FORMULA and cell.strip() else cell
