"""The lists an edition refers to: regions, zones and statistical series, from their tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from report.edition.cells import EMPTY, Fault, Raw, number_of, words_of
from report.edition.model import Region, Series, Zone
from report.edition.shapes import ID, TableFile
from report.edition.sources import Sources, nearest
from report.edition.tables import Row, Table, read_table
from report.errors import Place
from report.i18n import _

_REGION_CODE = re.compile(r"[0-9]{6}", re.ASCII)


def read_zones(sources: Sources, path: Path, table: TableFile) -> tuple[Zone, ...]:
    """Read ``id,name,english``: groups of regions, in their official order."""
    found = read_table(
        sources, path, sheet=table.sheet, encoding=table.encoding, columns=("id", "name", "english")
    )
    zones: list[Zone] = []
    for row, cells in _rows(sources, found, ("id", "name"), ("english",), key="id"):
        if _is_id(sources, found, row, cells["id"]):
            zones.append(Zone(cells["id"], cells["name"], cells["english"]))
    return tuple(zones)


def read_regions(
    sources: Sources, path: Path, table: TableFile, zones: Mapping[str, Zone]
) -> tuple[Region, ...]:
    """Read ``code,name,short,english,zone,tile_row,tile_col``, in their official order."""
    needed = ("code", "name", "short", "zone", "tile_row", "tile_col")
    found = read_table(
        sources, path, sheet=table.sheet, encoding=table.encoding,
        columns=(*needed[:3], "english", *needed[3:]),
    )  # fmt: skip
    regions: list[Region] = []
    tiles: dict[tuple[int, int], Place] = {}
    for row, cells in _rows(sources, found, needed, ("english",), key="code"):
        assert found is not None
        if not _REGION_CODE.fullmatch(cells["code"]):
            sources.add(
                found.place(row, "code"),
                _("“{code}” is no region code").format(code=cells["code"]),
                _("six digits of GB/T 2260, such as 320000"),
            )
            continue
        if zones and cells["zone"] not in zones:
            sources.add(
                found.place(row, "zone"),
                _("unknown zone “{zone}”").format(zone=cells["zone"]),
                _("one of: {zones}").format(zones=", ".join(zones)),
                nearest(cells["zone"], zones) or _("Mend the cell, or add the zone to its table."),
            )
        tile = (_tile(sources, found, row, "tile_row"), _tile(sources, found, row, "tile_col"))
        if (first := tiles.setdefault(tile, found.place(row, "tile_row"))) and first != found.place(
            row, "tile_row"
        ):
            sources.add(
                found.place(row, "tile_row"),
                _("the tile {row}, {column} is taken; see {place}").format(
                    row=tile[0], column=tile[1], place=first
                ),
                _("each region on a tile of its own"),
                _("Give one of the two another row or column."),
            )
        regions.append(
            Region(
                cells["code"], cells["name"], cells["short"], cells["english"], cells["zone"], tile
            )
        )
    return tuple(regions)


def read_series(sources: Sources, path: Path, table: TableFile) -> dict[str, Series]:
    """Read ``id,name,unit,source,note``: the register of published series."""
    found = read_table(
        sources, path, sheet=table.sheet, encoding=table.encoding,
        columns=("id", "name", "unit", "source"), optional=("note",),
    )  # fmt: skip
    series: dict[str, Series] = {}
    for row, cells in _rows(sources, found, ("id", "name", "source"), ("unit", "note"), key="id"):
        if _is_id(sources, found, row, cells["id"]):
            series[cells["id"]] = Series(
                cells["id"], cells["name"], cells["unit"], cells["source"], cells["note"]
            )
    return series


def _rows(
    sources: Sources,
    table: Table | None,
    needed: tuple[str, ...],
    optional: tuple[str, ...],
    *,
    key: str,
) -> list[tuple[Row, dict[str, str]]]:
    """Return the rows whose needed cells are filled; a key that stands twice is noted."""
    if table is None:
        return []
    result: list[tuple[Row, dict[str, str]]] = []
    first: dict[str, Place] = {}
    for row in table.rows:
        cells: dict[str, str] = {}
        for column in (*needed, *optional):
            meaning = _filled if column in needed else _any
            present = column in table.columns
            text = table.read(sources, row, column, meaning) if present else ""
            if isinstance(text, str):
                cells[column] = text
        if len(cells) < len(needed) + len(optional):
            continue
        place = table.place(row, key)
        if cells[key] in first:
            sources.add(
                place,
                _("“{key}” stands here again; the first is at {place}").format(
                    key=cells[key], place=first[cells[key]]
                ),
                _("each row once"),
                _("Delete one of the two rows."),
            )
            continue
        first[cells[key]] = place
        result.append((row, cells))
    return result


def _filled(cell: Raw) -> str | Fault:
    return words_of(cell, _("text"))


def _any(cell: Raw) -> str | Fault:
    return "" if cell is EMPTY or cell.kind == "empty" else words_of(cell, _("text"))


def _is_id(sources: Sources, table: Table | None, row: Row, text: str) -> bool:
    if re.fullmatch(ID, text):
        return True
    if table is not None:
        sources.add(
            table.place(row, "id"),
            _("“{id}” is no id").format(id=text),
            _("an id of small letters, digits, - and _"),
        )
    return False


def _tile(sources: Sources, table: Table, row: Row, column: str) -> int:
    value = table.read(sources, row, column, number_of)
    if isinstance(value, float) and value.is_integer() and 0 <= value < 100:
        return int(value)
    if isinstance(value, float):
        sources.add(
            table.place(row, column),
            _("{number} is no row or column of the tile map").format(number=value),
            _("a whole number from 0 to 99"),
        )
    return 0
