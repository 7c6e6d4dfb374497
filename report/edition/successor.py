"""Start an edition from the one before: its files taken over, its years moved on, its figures empty."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook
from ruamel.yaml import YAML

from report.edition import load_edition
from report.edition.cells import TO_FILL
from report.edition.model import Edition
from report.errors import EditionError, Place, Problem
from report.i18n import _

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_YEAR = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)")
_FILE = re.compile(r"""(\bfile:\s*)(["']?)(?!\.\.?/)([^/\s"',}]+)(?=["'\s,}]|$)""")
_VINTAGE_REMARK = "填好数据后，去掉行首的井号，写明数据取自哪一次公布"
FIGURES = "figures.csv"
SETTINGS = "edition.yaml"


@dataclass(frozen=True, slots=True)
class Started:
    """A new edition's folder, the files whose figures are to be filled in, and those to be read through."""

    folder: Path
    to_fill: tuple[Path, ...]
    to_read: tuple[Path, ...]


def start_edition(source: Path, name: str) -> Started:
    """Make the edition ``name`` beside the one in ``source`` and return what is left to do.

    EditionError when the name cannot be a folder's, when it is taken, or when ``source`` is not valid.
    """
    folder = source.parent / name
    if not _NAME.fullmatch(name):
        raise EditionError(
            Problem(
                None,
                _("“{name}” cannot be the name of an edition.").format(name=name),
                _("letters, digits, - and _, for example 2024"),
            )
        )
    if folder.exists():
        raise EditionError(
            Problem(
                Place.of(f"data/{name}"),
                _("There is already an edition of this name; it was not changed."),
                remedy=_("Choose another name, or remove the folder first."),
            )
        )
    before = load_edition(source)
    shift = _shift(before, source.name, name)
    fresh = folder.with_name(f".{name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        _take_over(before, source, fresh, shift)
        fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    tables = [path for path in folder.iterdir() if path.suffix in {".csv", ".xlsx"}]
    texts = [path for path in folder.iterdir() if path not in tables]
    return Started(folder, tuple(sorted(tables)), tuple(sorted(texts)))


def _shift(before: Edition, old: str, new: str) -> int:
    """Years between the two editions: the distance of their names where both are years, else one."""
    if old.isdigit() and new.isdigit() and len(old) == len(new) == len(str(before.assessment_year)):
        return max(1, int(new) - int(old))
    return 1


def _take_over(before: Edition, source: Path, target: Path, shift: int) -> None:
    """Copy the settings and texts; leave figures of the old year behind, their forms empty."""
    text = (source / SETTINGS).read_text(encoding="utf-8-sig")
    named = YAML(typ="safe", pure=True).load(text)
    statistics = {entry["file"] for entry in named.get("statistics") or ()}
    answers = {named.get("given"), (named.get("survey") or {}).get("file")}
    target.mkdir()
    for path in sorted(source.iterdir()):
        if not path.is_file() or path.name.startswith((".", "~$")) or path.name in statistics:
            continue
        if path.name in answers and path.suffix == ".csv":
            _empty_table(path, target / path.name, shift)
        elif path.name in answers:
            _empty_workbook(path, target / path.name)
        elif path.name != SETTINGS:
            shutil.copyfile(path, target / path.name)
    moved = _settings(text, before, source.name, shift)
    (target / SETTINGS).write_text(moved, encoding="utf-8", newline="\n")
    if not before.results_only:
        year = before.assessment_year + shift
        _figures_table(before, range(before.assessment_year + 1, year + 1), target / FIGURES)


def _settings(text: str, before: Edition, name: str, shift: int) -> str:
    """Move the years of ``edition.yaml`` on, line by line so that every remark in it stays.

    Statistics that stood in the old edition's folder are read from there; the new year's come first.
    """
    lines = []
    block = ""
    for line in text.splitlines():
        if line[:1].strip() not in {"", "#", "-"}:
            block = line.partition(":")[0]
        value, hash_sign, remark = line.partition(" #")
        if block in {"title", "running_title", "date", "assessment_year"}:
            value = _YEAR.sub(lambda year: str(int(year[0]) + shift), value)
        elif line.startswith("previous:") and not before.results_only:
            value = f'previous: "{name}"' + " " * bool(hash_sign)
        elif block == "statistics":
            value = _FILE.sub(rf"\1\2../{name}/\3", value)
        lines.append(value + hash_sign + remark)
        if line.startswith("statistics:") and not before.results_only:
            lines += [f"  - file: {FIGURES}", f"    # vintage: {_VINTAGE_REMARK}"]
    return "\n".join(lines) + "\n"


def _empty_table(source: Path, target: Path, shift: int) -> None:
    """Take over a table's header; of results computed elsewhere also the keys, their years moved on."""
    with source.open(encoding="utf-8-sig", newline="") as read:
        rows = list(csv.reader(read))
    header = rows[0] if rows else []
    kept: list[list[str]] = []
    if header[:1] == ["key"]:
        value = header.index("value") if "value" in header else len(header)
        for row in rows[1:]:
            key = _YEAR.sub(lambda year: str(int(year[0]) + shift), row[0]) if row else ""
            kept.append([key, *("" if at == value else cell for at, cell in enumerate(row) if at)])
    _write(target, [header, *kept])


def _empty_workbook(source: Path, target: Path) -> None:
    """Take over a workbook with the first row of every sheet."""
    workbook = load_workbook(source)
    for sheet in workbook.worksheets:
        sheet.delete_rows(2, sheet.max_row)
    workbook.save(target)


def _figures_table(before: Edition, years: Iterable[int], target: Path) -> None:
    """Write a row per series, region and year that the indicators need, its value to be filled in.

    An empty value would say that the figure is not published.
    """
    needed: dict[str, None] = {}
    for indicator in before.indicators:
        for series in (indicator.series, indicator.per, indicator.aggregate.by):
            if series:
                needed[series] = None
    places = {
        series: {region for s, region, _year in before.cells if s == series} for series in needed
    }
    order = [*(region.code for region in before.regions), "nation"]
    rows = [["indicator", "region", "year", "value"]]
    rows += [
        [series, region, str(year), TO_FILL]
        for series in needed
        for year in years
        for region in order
        if region in places[series]
    ]
    _write(target, rows)


def _write(target: Path, rows: Iterable[list[str]]) -> None:
    # The mark at the start lets Excel know the encoding.
    with target.open("w", encoding="utf-8-sig", newline="") as written:
        csv.writer(written, lineterminator="\n").writerows(rows)
