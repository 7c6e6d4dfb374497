"""Statistics: tidy tables ``indicator,region,year,value``, several files together, every cell placed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from report.edition.cells import Fault, Raw, is_to_fill, number_of, words_of, year_of
from report.edition.model import NATION, Cell, Region, Series
from report.edition.schema import validate
from report.edition.shapes import TableFile, VintageShape
from report.edition.sources import Sources, nearest
from report.edition.tables import Row, Table, read_table
from report.edition.yamls import read_yaml
from report.errors import Place
from report.i18n import _

COLUMNS = ("indicator", "region", "year", "value")
FOR_PEOPLE = ("indicator_name", "region_name", "unit", "note")  # read past
Key = tuple[str, str, int]


@dataclass(slots=True)
class Figures:
    """Figures read so far, and those a table announces but does not hold yet (待填)."""

    cells: dict[Key, Cell] = field(default_factory=dict)
    to_fill: dict[Key, Place] = field(default_factory=dict)
    faulty: set[Key] = field(default_factory=set)  # told already
    vintages: dict[str, str] = field(default_factory=dict)
    readable: bool = True  # False where a file failed as a whole: gaps are then no news


@dataclass(frozen=True, slots=True)
class Known:
    """What the rows may speak of."""

    series: Mapping[str, Series]
    regions: Mapping[str, Region]
    last_year: int  # later years stay unread, so that an edition does not change when they arrive


def read_statistics(
    sources: Sources, path: Path, table: TableFile, known: Known, figures: Figures, place: Place
) -> None:
    """Read one file into ``figures``, noting every row that cannot be used."""
    figures.vintages[sources.shown(path)] = table.vintage or _vintage(sources, path, place)
    found = read_table(
        sources, path, sheet=table.sheet, encoding=table.encoding, columns=COLUMNS,
        optional=FOR_PEOPLE,
    )  # fmt: skip
    if found is None:
        figures.readable = False
        return
    for row in found.rows:
        _take(sources, found, row, known, figures)


def _take(sources: Sources, table: Table, row: Row, known: Known, figures: Figures) -> None:
    series = table.read(sources, row, "indicator", _id)
    region = table.read(sources, row, "region", _code)
    year = table.read(sources, row, "year", year_of)
    waits = is_to_fill(table.cell(row, "value"))
    value = None if waits else table.read(sources, row, "value", number_of)
    if isinstance(series, str) and known.series and series not in known.series:
        _unknown(sources, table, row, "indicator", series, known.series)
        return
    if isinstance(region, str) and known.regions and region not in {NATION, *known.regions}:
        _unknown(sources, table, row, "region", region, known.regions)
        return
    if isinstance(series, Fault) or isinstance(region, Fault) or isinstance(year, Fault):
        return
    key, place = (series, region, year), table.place(row, "value")
    if year > known.last_year:
        return
    if (first := figures.cells.get(key)) is not None:
        sources.add(
            table.place(row, "indicator"),
            _("{series}, {region}, {year} stands here again; the first is at {place}").format(
                series=series, region=region, year=year, place=first.place
            ),
            _("one row for each series, region and year"),
            _("Delete one of the two rows."),
        )
        return
    if isinstance(value, Fault):
        figures.faulty.add(key)
    if waits:
        figures.to_fill[key] = place
    figures.cells[key] = Cell(None if isinstance(value, Fault) else value, place)


def _id(cell: Raw) -> str | Fault:
    return words_of(cell, _("the id of a series"))


def _code(cell: Raw) -> str | Fault:
    return words_of(cell, _("a region code such as 320000"))


def _unknown(
    sources: Sources, table: Table, row: Row, column: str, name: str, known: Collection[str]
) -> None:
    region = column == "region"
    sources.add(
        table.place(row, column),
        (_("unknown region “{name}”") if region else _("unknown series “{name}”")).format(
            name=name
        ),
        _("a code of the table of regions, or “nation”")
        if region
        else _("an id of the table of series"),
        nearest(name, known) or _("Mend the cell, or add the row to that table."),
    )


def _vintage(sources: Sources, path: Path, place: Place) -> str:
    """Return the label of the statistics' vintage, from ``vintage.yaml`` in their folder."""
    beside = path.parent / "vintage.yaml"
    if not beside.is_file():
        sources.add(
            place,
            _("the vintage of {file} is not told").format(file=sources.shown(path)),
            _("“vintage: …” here, or a vintage.yaml beside the file"),
            _("Official series are revised: say which publication these figures are."),
        )
        return ""
    shape = validate(sources, read_yaml(sources, beside), VintageShape)
    return shape.label if shape else ""
