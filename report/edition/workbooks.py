"""Sheets of .xlsx files as rows of cells; the file is hostile until its archive has been looked through."""

from __future__ import annotations

import datetime as dt
import io
import math
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from report.edition.cells import EMPTY, Raw
from report.edition.sources import Sources, listed, nearest
from report.errors import Place
from report.i18n import _

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

MAX_PARTS = 2000
MAX_UNPACKED = 128 * 1024 * 1024
MAX_RATIO = 200  # real workbooks stay below 50
RATIO_FROM = 4 * 1024 * 1024  # small parts may compress as they like
MAX_COLUMNS = 256
# What zipfile raises on archives that are damaged, encrypted or packed in an unknown way.
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, ValueError, OSError, EOFError,
)  # fmt: skip


def read_sheet(
    sources: Sources, path: Path, sheet: str, max_rows: int
) -> tuple[str, list[tuple[int, list[Raw]]]] | None:
    """Return a sheet's name and its non-empty rows, each with its number; None after noting why not."""
    file = sources.shown(path)
    content = sources.read_bytes(path)
    if content is None or not _harmless(sources, content, file):
        return None
    from openpyxl import load_workbook  # noqa: PLC0415 - only editions with workbooks pay
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        values = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        formulas = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        name = _chosen(sources, values, sheet, file)
        if name is None:
            return None
        _note_merged(sources, content, values, name, file)
        rows = _rows(sources, values[name], formulas[name], Place.of(file, sheet=name), max_rows)
    except (
        *UNREADABLE, InvalidFileException, KeyError, TypeError, IndexError, AttributeError,
        SyntaxError,
    ) as error:  # fmt: skip
        _not_a_workbook(sources, file, type(error).__name__)
        return None
    return (name, rows)


def _not_a_workbook(sources: Sources, file: str, reason: str) -> None:
    sources.add(
        Place.of(file),
        _("the file is not a readable .xlsx workbook ({reason})").format(reason=reason),
        _("an .xlsx workbook without a password"),
        _("Open it in Excel and save it again as .xlsx."),
    )


def _harmless(sources: Sources, content: bytes, file: str) -> bool:
    """Look through the archive: sizes before unpacking, then no document types or entities."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
    except UNREADABLE as error:
        _not_a_workbook(sources, file, type(error).__name__)
        return False
    unpacked = sum(part.file_size for part in parts)
    dense = any(
        part.file_size > RATIO_FROM and part.file_size > MAX_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or dense:
        sources.add(
            Place.of(file),
            _("the workbook unpacks to {size} MB in {parts} parts").format(
                size=unpacked // 2**20, parts=len(parts)
            ),
            _("at most {size} MB, and not compressed beyond reason").format(
                size=MAX_UNPACKED // 2**20
            ),
            _("Copy the sheet into a new workbook and name that."),
        )
        return False
    try:
        for part in parts:
            if part.filename.lower().endswith((".xml", ".rels")):
                text = archive.read(part)
                if (
                    b"<!DOCTYPE" in text
                    or b"<!ENTITY" in text
                    or text[:2] in {b"\xff\xfe", b"\xfe\xff"}
                ):
                    sources.add(
                        Place.of(file),
                        _("the workbook's part {part} declares a document type or entities").format(
                            part=part.filename
                        ),
                        _("a workbook as Excel, WPS or LibreOffice writes it"),
                        _("Do not use this file; ask where it comes from."),
                    )
                    return False
    except UNREADABLE as error:
        _not_a_workbook(sources, file, type(error).__name__)
        return False
    return True


def _chosen(sources: Sources, book: Workbook, sheet: str, file: str) -> str | None:
    names = [ws.title for ws in book.worksheets]
    if not names:
        _not_a_workbook(sources, file, _("it has no sheets"))
        return None
    if sheet in names or (not sheet and names):
        return sheet or names[0]
    sources.add(
        Place.of(file, sheet=sheet),
        _("there is no sheet “{sheet}”").format(sheet=sheet),
        _("one of: {names}").format(names=listed(names)),
        nearest(sheet, names) or _("Mend the sheet's name in edition.yaml or in the workbook."),
    )
    return None


def _note_merged(sources: Sources, content: bytes, book: Workbook, name: str, file: str) -> None:
    """Note merged cells, which the streaming reader does not tell of."""
    from defusedxml.ElementTree import iterparse  # noqa: PLC0415

    part = getattr(book[name], "_worksheet_path", "")
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(part) as xml:
        for _event, element in iterparse(xml):
            tag = element.tag.rpartition("}")[2]
            if tag == "mergeCell":
                sources.add(
                    Place.of(file, sheet=name, cell=element.get("ref", "")),
                    _("merged cells"),
                    _("one value in each cell"),
                    _("Unmerge the cells and fill each of them."),
                )
            if tag == "row":
                element.clear()


def _rows(
    sources: Sources, values: Any, formulas: Any, place: Place, max_rows: int
) -> list[tuple[int, list[Raw]]]:
    values.reset_dimensions()
    formulas.reset_dimensions()
    rows: list[tuple[int, list[Raw]]] = []
    for number, pair in enumerate(_together(values.iter_rows(), formulas.iter_rows()), 1):
        if len(pair[0]) > MAX_COLUMNS or len(rows) > max_rows:
            sources.add(
                Place.of(place.file, sheet=place.sheet, cell=f"A{number}"),
                _("more than {rows} rows or {columns} columns").format(
                    rows=max_rows, columns=MAX_COLUMNS
                ),
                _("a table with one figure or respondent a row"),
                _("Delete what does not belong to the table, or split it over several files."),
            )
            return []
        cells = [_raw(value, formula) for value, formula in zip(*pair, strict=True)]
        if any(cell.kind != "empty" for cell in cells):
            rows.append((number, cells))
    return rows


def _together(values: Iterable[Any], formulas: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    yield from zip(values, formulas, strict=True)


def _raw(value: Any, formula: Any) -> Raw:
    """Make one cell from what the workbook caches and from the formula behind it."""
    held = value.value
    if held is None:
        return Raw(str(formula.value), "formula") if formula.data_type == "f" else EMPTY
    if value.data_type == "e":
        return Raw(str(held), "error")
    if isinstance(held, bool):
        return Raw(str(held).upper(), "bool")
    if isinstance(held, (dt.date, dt.time, dt.timedelta)):
        return Raw(str(held), "date")
    if isinstance(held, (int, float)):
        if not math.isfinite(held):
            return Raw(str(held), "error")
        return Raw(
            str(int(held)) if float(held).is_integer() else repr(held), "number", float(held)
        )
    text = str(held).strip()
    return Raw(text) if text else EMPTY
