"""Tables with a header row, from .csv files or .xlsx sheets, every cell with its place."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from report.edition.cells import EMPTY, Fault, Raw, text_of
from report.edition.sources import Sources, listed, nearest
from report.edition.workbooks import read_sheet
from report.errors import Place
from report.i18n import _

T = TypeVar("T")
MAX_ROWS = 200_000
MAX_CELL = 32_767  # characters, as in Excel


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number as a spreadsheet shows it, its line in a text file, its cells."""

    number: int
    line: int
    cells: Sequence[Raw]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: where it stands, at which position each column is, and its rows below the header."""

    file: str
    sheet: str
    columns: Mapping[str, int]
    rows: Sequence[Row]

    def cell(self, row: Row, column: str) -> Raw:
        """Return a cell; an empty one where the row ends before it."""
        at = self.columns[column]
        return row.cells[at] if at < len(row.cells) else EMPTY

    def place(self, row: Row, column: str) -> Place:
        """Return the place of a cell."""
        cell = f"{letters(self.columns[column])}{row.number}"
        return Place.of(self.file, sheet=self.sheet, cell=cell, line=row.line)

    def span(self, column: str) -> Place:
        """Return the place of a whole column below the header, such as ``F2:F601``."""
        letter = letters(self.columns[column])
        first, last = (self.rows[0].number, self.rows[-1].number) if self.rows else (2, 2)
        return Place.of(self.file, sheet=self.sheet, cell=f"{letter}{first}:{letter}{last}")

    def read(
        self, sources: Sources, row: Row, column: str, meaning: Callable[[Raw], T | Fault]
    ) -> T | Fault:
        """Return what a cell means by ``meaning``; a fault is noted at the cell's place."""
        result = meaning(self.cell(row, column))
        if isinstance(result, Fault):
            sources.add(self.place(row, column), result.found, result.expected, result.remedy)
        return result


def letters(position: int) -> str:
    """Name a column (0-based) as spreadsheets do: A … Z, AA …."""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def read_table(
    sources: Sources,
    path: Path,
    *,
    sheet: str = "",
    encoding: str = "utf-8",
    columns: Sequence[str],
    optional: Sequence[str] = (),
    others: bool = False,
) -> Table | None:
    """Read a table; None after noting why it cannot be used.

    ``columns`` must be there and ``optional`` ones may; with ``others`` further columns are read too.
    """
    file = sources.shown(path)
    if path.suffix.lower() == ".csv":
        found = _csv_rows(sources, path, encoding, file)
    elif path.suffix.lower() == ".xlsx":
        read = read_sheet(sources, path, sheet, MAX_ROWS)
        if read is None:
            return None
        sheet, numbered = read
        found = [Row(number, 0, cells) for number, cells in numbered]
    else:
        sources.add(
            Place.of(file),
            _("a table in a “{suffix}” file").format(suffix=path.suffix),
            _("a .csv or .xlsx file"),
            _("Save the table as .xlsx or “CSV UTF-8”."),
        )
        return None
    if found is None:
        return None
    if not found:
        sources.add(
            Place.of(file, sheet=sheet),
            _("the table is empty"),
            _("a header row: {columns}").format(columns=",".join(columns)),
        )
        return None
    header, rows = found[0], found[1:]
    positions = _header(sources, header, file, sheet, columns, optional, others=others)
    if positions is None:
        return None
    named = {at for at, cell in enumerate(header.cells) if cell.kind != "empty"}
    for row in rows:
        for at, cell in enumerate(row.cells):
            if cell.kind != "empty" and at not in named:
                sources.add(
                    Place.of(file, sheet=sheet, cell=f"{letters(at)}{row.number}", line=row.line),
                    _("“{text}” stands outside the columns of the header").format(
                        text=cell.text[:40]
                    ),
                    _("{count} columns").format(count=len(named)),
                    _("Is there a comma inside a number? Else delete the cell."),
                )
                break
    return Table(file, sheet, positions, rows)


def _csv_rows(sources: Sources, path: Path, encoding: str, file: str) -> list[Row] | None:
    text = sources.read_text(path, encoding)
    if text is None:
        return None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    line = 1
    try:
        for number, record in enumerate(reader, 1):
            if any(cell.strip() for cell in record):
                if any(len(cell) > MAX_CELL for cell in record):
                    sources.add(
                        Place.of(file, line=line),
                        _("a cell of more than {count} characters").format(count=MAX_CELL),
                        _("short cells"),
                        _("Is there a quotation mark too many?"),
                    )
                    return None
                rows.append(Row(number, line, [text_of(cell) for cell in record]))
            line = reader.line_num + 1
            if len(rows) > MAX_ROWS:
                sources.add(
                    Place.of(file, line=line),
                    _("more than {rows} rows").format(rows=MAX_ROWS),
                    _("a table with one figure or respondent a row"),
                    _("Delete what does not belong to the table, or split it over several files."),
                )
                return None
    except csv.Error as error:
        sources.add(
            Place.of(file, line=line),
            _("this is not valid CSV: {reason}").format(reason=error),
            _('cells separated by commas, quoted with " where needed'),
            _("Is there a quotation mark too many?"),
        )
        return None
    return rows


def _header(
    sources: Sources,
    header: Row,
    file: str,
    sheet: str,
    columns: Sequence[str],
    optional: Sequence[str],
    *,
    others: bool,
) -> dict[str, int] | None:
    """Return each column's position; None after noting every fault of the header."""
    names = [cell.text.strip() for cell in header.cells]
    wanted = ",".join(columns)
    place = Place.of(file, sheet=sheet, cell=f"A{header.number}", line=header.line)
    if sum(map(bool, names)) == 1 and (";" in names[0] or "\t" in names[0]):
        sources.add(
            place,
            _("the cells are separated by tabs or semicolons"),
            _("commas"),
            _("Save the file as “CSV UTF-8 (comma delimited)”."),
        )
        return None
    positions: dict[str, int] = {}
    usable = True
    for at, name in enumerate(names):
        here = Place.of(file, sheet=sheet, cell=f"{letters(at)}{header.number}", line=header.line)
        if not name:
            continue
        if name in positions:
            usable = False
            sources.add(
                here,
                _("the column “{name}” stands here again").format(name=name),
                _("each column once"),
                _("Delete one of the two, or mend its name."),
            )
        elif not others and name not in {*columns, *optional}:
            usable = False
            missing = [column for column in columns if column not in names]
            sources.add(
                here,
                _("unknown column “{name}”").format(name=name),
                _("the columns {columns}").format(columns=wanted),
                nearest(name, [*missing, *optional]) or _("Mend its name or delete the column."),
            )
        else:
            positions[name] = at
    if absent := [column for column in columns if column not in positions]:
        usable = False
        sources.add(
            place,
            _("the header has no column {columns}").format(columns=listed(absent)),
            _("the first row: {columns}").format(columns=wanted),
            _("Put the columns' names into the first row."),
        )
    return positions if usable else None
