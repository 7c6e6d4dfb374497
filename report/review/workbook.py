"""The ledger as a workbook: lists to choose from, filters, and a sheet for what two people changed differently."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

from report.errors import OutputError, Place, Problem
from report.i18n import _
from report.review.fields import HEADINGS, HIDDEN, Row, clean, field_of, heading_of, is_editable
from report.review.model import KINDS, VERDICTS, Conflict

SHEET, CLASHES = "意见", "冲突"
MOST_ROWS = 50_000
MOST_COLUMNS = 120
MOST_UNPACKED = 256 * 1024 * 1024
_WIDTHS = {
    "number": 6, "source": 14, "part": 16, "heading": 20, "place": 14, "page": 6, "quoted": 36,
    "opinion": 44, "suggested": 40, "kind": 8, "verdict": 10, "reason": 36, "assignee": 10,
    "settled_change": 30, "remark": 24, "date": 20, "file": 20, "block": 20,
}  # fmt: skip
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, ValueError, OSError, EOFError,
    KeyError, TypeError, IndexError, AttributeError, SyntaxError,
)  # fmt: skip


def to_workbook(rows: Sequence[Row], conflicts: Iterable[Conflict]) -> bytes:
    """Write rows as .xlsx: 类别 and 处置 by list, fields in conflict coloured and told in a note."""
    import xlsxwriter  # noqa: PLC0415

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"created": dt.datetime(2020, 1, 1)})  # noqa: DTZ001 - the library's
        sheet = book.add_worksheet(SHEET)
        extra = sorted({name for row in rows for name in row if name not in HEADINGS})
        shown = [name for name in HEADINGS if name not in HIDDEN]
        columns = [*shown, *extra, *HIDDEN]
        _sheet(book, sheet, columns, rows, list(conflicts))
        _clashes(book, rows, list(conflicts))
    return target.getvalue()


def _sheet(
    book: Any,
    sheet: Any,
    columns: Sequence[str],
    rows: Sequence[Row],
    conflicts: Sequence[Conflict],
) -> None:
    head = book.add_format(
        {"bold": True, "bg_color": "#E9EEF3", "text_wrap": True, "valign": "vcenter", "border": 1}
    )
    free = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "locked": False})
    fixed = book.add_format(
        {"text_wrap": True, "valign": "top", "border": 1, "font_color": "#595959"}
    )
    clash = book.add_format(
        {"text_wrap": True, "valign": "top", "border": 1, "bg_color": "#F8D7DA", "locked": False}
    )
    told = {(one.number, one.field): one for one in conflicts}
    for column, name in enumerate(columns):
        sheet.write_string(0, column, heading_of(name), head)
        hidden = {"hidden": True} if name in HIDDEN else {}
        sheet.set_column(column, column, _WIDTHS.get(name, 12), None, hidden)
        for number, row in enumerate(rows, 1):
            text = row.get(name, "")
            one = told.get((int(row.get("number", "0") or 0), name))
            style = clash if one else free if is_editable(name) else fixed
            if name == "number" and text.isdecimal():
                sheet.write_number(number, column, int(text), style)
            else:
                sheet.write_string(number, column, text, style)
            if one:
                note = f"ledger.yaml 中为：{one.text or '（空）'}\n上次一致时为：{one.base or '（空）'}"
                sheet.write_comment(number, column, note, {"author": "iireport"})
    last = max(len(rows), 1) + 200
    for name, choices in (("kind", KINDS), ("verdict", VERDICTS)):
        column = columns.index(name)
        sheet.data_validation(
            1, column, last, column,
            {"validate": "list", "source": list(choices), "error_title": heading_of(name),
             "error_message": "请从列表中选择。"},
        )  # fmt: skip
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _clashes(book: Any, rows: Sequence[Row], conflicts: Sequence[Conflict]) -> None:
    if not conflicts:
        return
    sheet = book.add_worksheet(CLASHES)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    known = {row.get("number", ""): row for row in rows}
    titles = ("序号", "位置", "项目", "上次一致时", "ledger.xlsx 中", "ledger.yaml 中")
    for column, title in enumerate(titles):
        sheet.write_string(0, column, title)
    sheet.set_column(0, 2, 14)
    sheet.set_column(3, 5, 40, wrap)
    for number, one in enumerate(conflicts, 1):
        place = known.get(str(one.number), {}).get("place", "")
        texts = (str(one.number), place, heading_of(one.field), one.base, one.excel, one.text)
        for column, text in enumerate(texts):
            sheet.write_string(number, column, text, wrap)


def from_workbook(data: bytes, file: str) -> dict[str, Row]:
    """Read the workbook: rows by mark; rows without one (typed by hand) under a key of their own."""
    from openpyxl import load_workbook  # noqa: PLC0415

    _harmless(data, file)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
        found = [
            tuple(row)
            for row in sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
        ]
    except _UNREADABLE as error:
        raise _refused(file, type(error).__name__) from None
    head = [clean(str(value)) if value is not None else "" for value in (found[0] if found else ())]
    if heading_of("number") not in head or heading_of("mark") not in head:
        raise _refused(file, _("the column “{name}” is missing").format(name=heading_of("mark")))
    names = [field_of(heading) if heading else "" for heading in head]
    rows: dict[str, Row] = {}
    for values in found[1:]:
        row = {
            name: text
            for name, value in zip(names, values, strict=False)
            if name and (text := _text(value))
        }
        if not row:
            continue
        mark = row.get("mark") or f"typed:{row.get('opinion', '')}"
        if mark not in rows:  # a row that was copied keeps its first place
            rows[mark] = row
    return rows


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    return clean(str(value))


def _harmless(data: bytes, file: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > MOST_UNPACKED or len(parts) > 2000:
                raise _refused(file, _("it unpacks to more than any ledger would"))
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")) and re.search(
                    rb"<!DOCTYPE|<!ENTITY|^\xff\xfe|^\xfe\xff", archive.read(part)
                ):
                    raise _refused(file, _("it declares a document type or entities"))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError) as error:
        raise _refused(file, type(error).__name__) from None


def _refused(file: str, found: str) -> OutputError:
    return OutputError(
        Problem(
            Place.of(file),
            _("the ledger's workbook cannot be read ({reason})").format(reason=found),
            _("the workbook as the program writes it, with your edits"),
            _("Save it again as .xlsx, or take the file away: it is written anew from the text."),
        )
    )
