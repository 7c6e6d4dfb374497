"""Results computed elsewhere: a table ``key,value,unit``, its keys checked against the grammar."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from report.edition.cells import Fault, Raw, is_to_fill, number_of, words_of
from report.edition.model import Given
from report.edition.shapes import TableFile
from report.edition.sources import Sources, nearest
from report.edition.tables import read_table
from report.errors import Place
from report.i18n import _

# The families of docs/formats.md, "Keys".
FAMILIES = (
    "data", "indicator", "index", "contribution", "bound", "score", "level", "growth", "rank",
    "rankchange", "dispersion", "weight", "form", "count", "path", "survey", "survey-low",
    "survey-high", "survey-n", "robust-low", "robust-median", "robust-high", "robust-rank",
    "robust-shift", "scenario",
)  # fmt: skip
WORDS = ("form", "path")  # families whose values are ids or codes, not numbers
_OF_DIMENSIONS = ("index", "level", "growth", "rankchange", "dispersion", "contribution")
_KEY = re.compile(r"[a-z-]+(\.[a-z0-9_-]+)+", re.ASCII)


def read_given(
    sources: Sources, path: Path, table: TableFile, subjects: Collection[str]
) -> tuple[Given, ...]:
    """Read the table; ``subjects`` are ``total`` and the ids of dimensions and indicators."""
    found = read_table(
        sources, path, sheet=table.sheet, encoding=table.encoding,
        columns=("key", "value", "unit"), optional=("note",),
    )  # fmt: skip
    result: dict[str, Given] = {}
    for row in found.rows if found else ():
        assert found is not None
        key = found.read(sources, row, "key", _key)
        unit = found.read(sources, row, "unit", _optional)
        if isinstance(key, Fault) or isinstance(unit, Fault):
            continue
        place = found.place(row, "value")
        family, _dot, rest = key.partition(".")
        if not _known(sources, family, rest, subjects, found.place(row, "key")):
            continue
        if key in result:
            sources.add(
                found.place(row, "key"),
                _("“{key}” stands here again; the first is at {place}").format(
                    key=key, place=result[key].place
                ),
                _("each key once"),
                _("Delete one of the two rows."),
            )
            continue
        value: str | float | Fault
        if family in WORDS:
            value = found.read(sources, row, "value", _words)
        else:
            value = found.read(sources, row, "value", _number)
        if not isinstance(value, Fault):
            result[key] = Given(key, value, unit, place)
    return tuple(result.values())


def _known(
    sources: Sources, family: str, rest: str, subjects: Collection[str], place: Place
) -> bool:
    if family not in FAMILIES:
        sources.add(
            place,
            _("unknown kind of key “{family}”").format(family=family),
            _("one of: {families}").format(families=", ".join(FAMILIES)),
            nearest(family, FAMILIES),
        )
        return False
    subject = rest.partition(".")[0]
    if family in _OF_DIMENSIONS and subject not in subjects:
        sources.add(
            place,
            _("unknown dimension or indicator “{name}”").format(name=subject),
            _("one of: {names}").format(names=", ".join(subjects)),
            nearest(subject, subjects) or _("Mend the key, or add it to indicators.yaml."),
        )
        return False
    return True


def _key(cell: Raw) -> str | Fault:
    text = words_of(cell, _("a key such as index.total.2020"))
    if isinstance(text, str) and not _KEY.fullmatch(text):
        return Fault(
            _("“{text}” is no key").format(text=text[:60]),
            _("small words joined by dots, such as index.total.2020"),
            _("The keys are listed in docs/formats.md."),
        )
    return text


def _number(cell: Raw) -> float | Fault:
    value = (
        Fault(_("the value is still to be filled in"), _("a number"), "")
        if is_to_fill(cell)
        else number_of(cell)
    )
    if value is None:
        return Fault(_("the value is empty"), _("a number"), _("Fill it in, or delete the row."))
    return value


def _words(cell: Raw) -> str | Fault:
    return words_of(cell, _("an id or a region code"))


def _optional(cell: Raw) -> str | Fault:
    return "" if cell.kind == "empty" else words_of(cell, _("a unit"))
