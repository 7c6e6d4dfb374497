"""Broken inputs: each is told with its place, what was found and how to mend it, and none is skipped.

A case is a mutation of a valid made-up edition, with what its problem must say: the place (as
printed), a part of what was found, a part of the remedy or of what was expected.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from report.edition import load_edition
from report.errors import EditionError, Problem
from tests.support.editions import (
    make_edition,
    make_results_only,
    read_csv,
    replace,
    set_value,
    write_csv,
    write_sheet,
)

Break = Callable[[Path], object]
FIRST = ("population", "110000", 2026)  # the first row below the header of figures.csv


def value(text: str) -> Break:
    return lambda folder: set_value(folder / "figures.csv", FIRST, text)


def swap(file: str, old: str, new: str) -> Break:
    return lambda folder: replace(folder / file, old, new)


def encoded(file: str, encoding: str) -> Break:
    def change(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        (folder / file).write_bytes(text.encode(encoding))

    return change


def append(file: str, line: str) -> Break:
    def change(folder: Path) -> None:
        with (folder / file).open("a", encoding="utf-8") as target:
            target.write(line + "\n")

    return change


def write(file: str, content: bytes | str) -> Break:
    raw = content.encode() if isinstance(content, str) else content
    return lambda folder: (folder / file).write_bytes(raw)


def without_rows(*start: object) -> Break:
    wanted = [str(part) for part in start]

    def change(folder: Path) -> None:
        path = folder / "figures.csv"
        rows = read_csv(path)
        kept = [r for r in rows if not all(w in ("", c) for w, c in zip(wanted, r, strict=False))]
        assert len(kept) < len(rows)
        write_csv(path, kept)

    return change


CASES: dict[str, tuple[Break, str, str, str]] = {
    # --- tables: header and encoding
    "header misspelt": (
        swap("figures.csv", "indicator,region,year,value", "indicator,region,yaer,value"),
        "figures.csv!C1", "yaer", "“year”",
    ),
    "header missing": (
        lambda folder: write_csv(folder / "figures.csv", read_csv(folder / "figures.csv")[1:]),
        "figures.csv!A1", "no column indicator, region, year, value", "first row",
    ),
    "column twice": (
        swap("figures.csv", "indicator,region,year,value", "indicator,region,year,value,value"),
        "figures.csv!E1", "stands here again", "Delete one",
    ),
    "semicolons": (
        lambda folder: (folder / "figures.csv").write_text(
            (folder / "figures.csv").read_text().replace(",", ";")
        ),
        "figures.csv!A1", "tabs or semicolons", "comma",
    ),
    "GB18030 without saying so": (
        encoded("series.csv", "gb18030"), "series.csv:2", "GB18030", "encoding: gb18030",
    ),
    "UTF-16": (encoded("series.csv", "utf-16"), "series.csv:1", "UTF-16", "UTF-8"),
    "neither UTF-8 nor GB18030": (
        write("series.csv", b"id,name\n\xff\xfa\xff\xff\n"), "series.csv:2", "not utf-8", "UTF-8",
    ),
    "GB18030 said and not so": (
        lambda folder: (
            replace(folder / "edition.yaml", "series: series.csv",
                    "series: {file: series.csv, encoding: gb18030}"),
            (folder / "series.csv").write_bytes(b"id,name,unit,source\nx,\xff\xff,a,b\n"),
        ),
        "series.csv:2", "not gb18030", "UTF-8",
    ),
    "empty file": (write("figures.csv", ""), "figures.csv", "empty", "Fill it"),
    "open quotation mark": (
        append("figures.csv", 'population,"110000,2026,3'), "figures.csv:", "not valid CSV", "quotation",
    ),
    "a table in another format": (
        lambda folder: (
            (folder / "figures.csv").rename(folder / "figures.ods"),
            replace(folder / "edition.yaml", "file: figures.csv", "file: figures.ods"),
        ),
        "figures.ods", "“.ods” file", "Save the table",
    ),
    # --- tables: value cells
    "text in a number cell": (value("约三千"), "figures.csv!D2", "text in a number cell", "number only"),
    "full-width digits": (value("３４５６.７"), "figures.csv!D2", "full-width", "3456.7"),
    "thousands separators": (value("1,234,567.8"), "figures.csv!D2", "thousands", "1234567.8"),
    "unquoted thousands separators": (
        append("figures.csv", "population,110000,2025,1,234"), "figures.csv!E", "outside", "comma",
    ),
    "nan": (value("NaN"), "figures.csv!D2", "“NaN”", "empty"),
    "inf": (value("-inf"), "figures.csv!D2", "“-inf”", "empty"),
    "a number beyond all bounds": (value("1e999"), "figures.csv!D2", "too large", "a number"),
    "a dash for missing": (value("—"), "figures.csv!D2", "“—”", "empty"),
    "a percent sign": (value("12.5%"), "figures.csv!D2", "percent sign", "number only"),
    "an Excel error in a text file": (value("#DIV/0!"), "figures.csv!D2", "#DIV/0!", "formula"),
    "a formula in a text file": (value("=1+1"), "figures.csv!D2", "formula", "never evaluated"),
    "a year with a word": (
        swap("figures.csv", "population,110000,2026", "population,110000,2026年"),
        "figures.csv!C2", "2026年", "four digits",
    ),
    "no indicator in a row": (append("figures.csv", ",110000,2026,5"), "figures.csv!A", "empty", "id"),
    "unknown region": (
        append("figures.csv", "population,999999,2026,5"), "figures.csv!B", "999999", "regions",
    ),
    "unknown series": (
        append("figures.csv", "populaton,110000,2026,5"), "figures.csv!A", "populaton", "population",
    ),
    "duplicate row": (
        append("figures.csv", "population,110000,2026,5"),
        "figures.csv!A", "the first is at data/2030/figures.csv!D2", "Delete one",
    ),
    "zero to divide by": (value("0"), "figures.csv!D2", "0 in a series", "other than 0"),
    # --- figures that are not there
    "missing year": (
        without_rows("", "", 2028), "indicators.yaml:", "2028: all 12 regions", "statistics:",
    ),
    "missing rows of some regions": (
        lambda folder: (
            without_rows("firms", "120000", 2027)(folder),
            without_rows("firms", "150000", 2027)(folder),
        ),
        "indicators.yaml:", "firms 序列firms, 2027: 2 regions (乙甲, 戊甲)", "a row for each region",
    ),
    "figures still to be filled in": (
        value("待填"), "figures.csv!D2", "still to be filled in: population", "in place of",
    ),
    "a series nobody publishes": (
        lambda folder: [
            set_value(folder / "figures.csv", ("firms", f"{11 + n}0000", 2026), "") for n in range(12)
        ],
        "figures.csv!D", "no region has a value of firms in 2026", "missing: carry",
    ),
    # --- files and paths
    "missing file": (
        swap("edition.yaml", "file: figures.csv", "file: figure.csv"),
        "edition.yaml:", "no file data/2030/figure.csv", "“figures.csv”",
    ),
    "path outside the project": (
        swap("edition.yaml", "facts: facts.yaml", "facts: ../../../etc/passwd"),
        "edition.yaml:", "outside the project", "relative",
    ),
    "absolute path": (
        swap("edition.yaml", "facts: facts.yaml", "facts: /etc/passwd"),
        "edition.yaml:", "outside the project", "relative",
    ),
    "a drive's path": (
        swap("edition.yaml", "facts: facts.yaml", "facts: 'C:\\x\\facts.yaml'"),
        "edition.yaml:", "outside the project", "relative",
    ),
    "statistics without a vintage": (
        swap("edition.yaml", "  vintage: 模拟数据\n", ""), "edition.yaml:", "vintage", "vintage.yaml",
    ),
    # --- YAML
    "YAML syntax": (
        swap("forms.yaml", "name: 示范引领", 'name: "示范引领'), "forms.yaml:", "not valid YAML", "line",
    ),
    "a tab in YAML": (
        swap("forms.yaml", "  name: 示范引领", "\tname: 示范引领"), "forms.yaml:3", "not valid YAML", "tab",
    ),
    "duplicate YAML key": (
        append("edition.yaml", "title: 又一个题目"), "edition.yaml:", "the first is on line 1", "once",
    ),
    "unknown YAML key": (
        swap("edition.yaml", "publisher:", "publisherr:"), "edition.yaml:5", "publisherr", "“publisher”",
    ),
    "unknown key deep in a file": (
        swap("indicators.yaml", "    goalposts:", "    goalpost:"),
        "indicators.yaml:", "goalpost", "“goalposts”",
    ),
    "missing YAML key": (
        swap("edition.yaml", "assessment_year: 2029\n", ""), "edition.yaml:1", "assessment_year", "Add",
    ),
    "text for a number": (
        swap("edition.yaml", "assessment_year: 2029", "assessment_year: 二〇二九"),
        "edition.yaml:", "二〇二九", "whole number",
    ),
    "a number for a list": (
        swap("edition.yaml", "authors:\n- 示例编写组", "authors: 3"), "edition.yaml:", "authors is 3", "list",
    ),
    "a list for text": (
        swap("edition.yaml", "publisher: 示例报告，不对外发布", "publisher: [a]"),
        "edition.yaml:5", "a list", "text",
    ),
    "bad date": (
        swap("edition.yaml", "2030-12-15", "2030-13-45"), "edition.yaml:", "2030-13-45", "2023-12-15",
    ),
    "bad colour": (
        append("edition.yaml", "cover_colour: 深蓝"), "edition.yaml:", "深蓝", "#1f4e79",
    ),
    "infinite number in YAML": (
        swap("indicators.yaml", "weight: 0.25", "weight: .inf"), "indicators.yaml:", ".inf", "number",
    ),
    "YAML tag": (
        append("glossary.yaml", "run: !!python/object/apply:os.system ['true']"),
        "glossary.yaml:", "tag", "Delete",
    ),
    "YAML alias": (
        append("glossary.yaml", "a: &x [1]\nb: *x"), "glossary.yaml:", "alias", "Copy",
    ),
    "a YAML file of many braces": (
        write("glossary.yaml", "[" * 100_000), "glossary.yaml", "not valid YAML", "key: value",
    ),
    "UTF-8 gone wrong in YAML": (
        encoded("forms.yaml", "gb18030"), "forms.yaml:", "GB18030", "UTF-8",
    ),
    "unknown choice": (
        swap("indicators.yaml", "missing: carry", "missing: cary"), "indicators.yaml:", "cary", "carry",
    ),
    # --- meaning
    "weights of the dimensions": (
        swap("indicators.yaml", "  weight: 0.25", "  weight: 0.35"),
        "indicators.yaml:", "dimensions add up to 1.1", "sum of 1",
    ),
    "weights within a dimension": (
        swap("indicators.yaml", "    weight: 0.33", "    weight: 0.3"),
        "indicators.yaml:", "“基础设施建设” add up to 0.97", "sum of 1",
    ),
    "an indicator's unknown series": (
        swap("indicators.yaml", "series: infrastructure_1", "series: infrastructur_1"),
        "indicators.yaml:", "infrastructur_1", "infrastructure_1",
    ),
    "goalposts upside down": (
        swap("indicators.yaml", "      low: 0", "      low: 5\n      high: 1"),
        "indicators.yaml:", "goalposts 5", "low below high",
    ),
    "a weighted mean by nothing": (
        swap("indicators.yaml", "aggregate: sum", "aggregate: weighted-mean"),
        "indicators.yaml:", "without “by”", "by: …",
    ),
    "an id used for two things": (
        swap("forms.yaml", "- id: rising", "- id: innovation"),
        "forms.yaml:", "has the id of the dimension", "another id",
    ),
    "a reserved id": (
        swap("forms.yaml", "- id: rising", "- id: median"), "forms.yaml:", "reserved", "another id",
    ),
    "a malformed id": (
        swap("forms.yaml", "- id: rising", "- id: 快速崛起"), "forms.yaml:", "快速崛起", "small letters",
    ),
    "a form's unknown metric": (
        swap("forms.yaml", "growth.total >=", "growth.totals >="),
        "forms.yaml:", "growth.totals", "“growth.total”",
    ),
    "a condition no one can read": (
        swap("forms.yaml", "growth.total >= quantile 0.50", "growth.total 较高"),
        "forms.yaml:", "no condition", "quantile",
    ),
    "a quantile of 50": (
        swap("forms.yaml", "quantile 0.50", "quantile 50"), "forms.yaml:", "50", "from 0 to 1",
    ),
    "a form for the rest that is not last": (
        swap("forms.yaml", "  when:\n  - level.total >= quantile 0.25\n", ""),
        "forms.yaml:", "chasing", "move the form",
    ),
    "a path's unknown metric": (
        swap("paths.yaml", "order_by: growth.total", "order_by: grwth.total"),
        "paths.yaml:", "grwth.total", "growth.total",
    ),
    "bands out of order": (
        swap("wording.yaml", "from: 15", "from: 1"), "wording.yaml:", "from 1 to 3", "order",
    ),
    "a scale without an end": (
        swap("wording.yaml", "- else: 有所回落", "- from: -9\n  word: 有所回落"),
        "wording.yaml:", "does not end", "lower values",
    ),
    "a fact twice": (
        append("facts.yaml", "  - id: example\n    text: x\n    source: y\n    date: 2029-01-01"),
        "facts.yaml:", "the first is at data/2030/facts.yaml:2", "another id",
    ),
    "a focus point of no dimension": (
        swap("outlook.yaml", "dimension: infrastructure", "dimension: infrastructures"),
        "outlook.yaml:", "infrastructures", "infrastructure",
    ),
    "years the wrong way round": (
        swap("edition.yaml", "base_year: 2026", "base_year: 2029"), "edition.yaml:", "base_year", "before",
    ),
    "a previous edition that is not there": (
        swap("edition.yaml", "previous: ''", "previous: 2029"), "edition.yaml:", "2029", "beside",
    ),
    "two regions on one tile": (
        swap("regions.csv", "central,0,1", "central,0,0"), "regions.csv!F3", "taken", "its own",
    ),
    "a region of an unknown zone": (
        swap("regions.csv", "central,0,1", "centre,0,1"), "regions.csv!E3", "centre", "central",
    ),
    # --- survey
    "an unknown answer": (
        swap("survey.csv", ",most", ",mostly"), "survey.csv!", "“mostly” is no option", "“most”",
    ),
    "a negative weight": (
        lambda folder: set_value(folder / "survey.csv", ["F003"], "-1", 3),
        "survey.csv!D4", "weight of -1", "above 0",
    ),
    "no weight": (
        lambda folder: set_value(folder / "survey.csv", ["F003"], "", 3),
        "survey.csv!D4", "weight of nothing", "above 0",
    ),
    "a respondent twice": (
        lambda folder: set_value(folder / "survey.csv", ["F003"], "F001", 0),
        "survey.csv!A4", "the first is at data/2030/survey.csv!A2", "Delete one",
    ),
    "a respondent from nowhere": (
        lambda folder: set_value(folder / "survey.csv", ["F003"], "000000", 1),
        "survey.csv!B4", "unknown region", "regions",
    ),
    "a question without a column": (
        swap("survey.csv", "q_innovation", "q_inovation"),
        "survey.csv!A1", "no column q_innovation", "first row",
    ),
    "no answers": (
        lambda folder: write_csv(folder / "survey.csv", read_csv(folder / "survey.csv")[:1]),
        "survey.csv!A2", "no answers", "survey:",
    ),
    "an option twice": (
        swap("codebook.yaml", "- id: some", "- id: none"), "codebook.yaml:", "used again", "another id",
    ),
}  # fmt: skip


def problems(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(EditionError) as caught:
        load_edition(folder)
    return caught.value.problems


def assert_told(folder: Path, place: str, found: str, advice: str) -> None:
    told = problems(folder)
    lines = [f"{p.place} | {p.found} | {p.expected} | {p.remedy}" for p in told]
    fitting = [
        p for p in told
        if place in str(p.place) and found in p.found and advice in f"{p.expected} {p.remedy}"
    ]  # fmt: skip
    assert fitting, "\n".join(lines)
    for problem in told:
        assert problem.place is not None
        assert not Path(problem.place.file).is_absolute()
        assert problem.expected or problem.remedy, problem.found


@pytest.mark.parametrize("case", CASES)
def test_a_broken_input_is_told_with_its_place(tmp_path, case):
    break_it, place, found, advice = CASES[case]
    folder = make_edition(tmp_path)
    break_it(folder)
    assert_told(folder, place, found, advice)


def test_all_problems_of_all_files_come_at_once(tmp_path):
    folder = make_edition(tmp_path)
    for case in (
        "text in a number cell", "unknown region", "duplicate row", "weights of the dimensions",
        "a form's unknown metric", "bands out of order", "a negative weight", "an unknown answer",
        "two regions on one tile", "YAML tag",
    ):  # fmt: skip
        CASES[case][0](folder)
    files = {p.place.file.rpartition("/")[2] for p in problems(folder) if p.place}
    assert files == {
        "figures.csv", "indicators.yaml", "forms.yaml", "wording.yaml", "survey.csv", "regions.csv",
        "glossary.yaml",
    }  # fmt: skip


def test_rules_are_checked_although_the_indicator_system_has_faults(tmp_path):
    folder = make_edition(tmp_path)
    CASES["unknown choice"][0](folder)
    CASES["a form's unknown metric"][0](folder)
    told = problems(folder)
    assert len(told) == 2
    assert "growth.totals" in told[1].found


def test_a_column_full_of_problems_is_summed_up(tmp_path):
    folder = make_edition(tmp_path)
    rows = read_csv(folder / "figures.csv")
    write_csv(folder / "figures.csv", [rows[0], *([*row[:3], "x" + row[3]] for row in rows[1:])])
    told = [p for p in problems(folder) if p.place and p.place.file.endswith("figures.csv")]
    assert len(told) == 13
    assert told[-1].found == f"{len(rows) - 1 - 12} more problems of this kind in column D"


def test_too_many_rows(tmp_path, monkeypatch):
    folder = make_edition(tmp_path)
    monkeypatch.setattr("report.edition.tables.MAX_ROWS", 100)
    assert_told(folder, "figures.csv:10", "more than 100 rows", "split it")


def test_a_file_too_large(tmp_path, monkeypatch):
    folder = make_edition(tmp_path)
    monkeypatch.setattr("report.edition.sources.MAX_BYTES", 100)
    assert any("MB" in problem.found for problem in problems(folder))


def test_a_link_out_of_the_project(tmp_path):
    folder = make_edition(tmp_path / "project")
    (tmp_path / "secret.yaml").write_text("facts: []\n")
    (folder / "facts.yaml").unlink()
    (folder / "facts.yaml").symlink_to(tmp_path / "secret.yaml")
    assert_told(folder, "edition.yaml:", "outside the project", "Copy the file")


def test_a_folder_that_is_no_edition(tmp_path):
    (tmp_path / "data" / "x").mkdir(parents=True)
    assert_told(tmp_path / "data" / "x", "data/x/edition.yaml", "no file", "iireport new")


# --- results computed elsewhere

GIVEN: dict[str, tuple[str, str, str, str, str]] = {
    "unknown kind": ("index.total.2029", "indx.total.2029", "!A", "indx", "“index”"),
    "unknown dimension": ("index.application.2029", "index.aplication.2029", "!A", "aplication",
                          "application"),
    "no key": ("index.application.2029", "融合应用", "!A", "is no key", "docs/formats.md"),
    "twice": ("index.application.2029", "index.application.2028", "!A", "again", "Delete one"),
    "empty": ("index.application.2029,124", "index.application.2029,", "!B", "empty", "Fill it in"),
    "text": ("index.application.2029,124", "index.application.2029,约124", "!B", "text", "number"),
    "the total missing": ("index.total.2029", "index.talent.2029", "edition.yaml", "lack", "Add a row"),
}  # fmt: skip


@pytest.mark.parametrize("case", GIVEN)
def test_broken_given_results(tmp_path, case):
    old, new, place, found, advice = GIVEN[case]
    folder = make_results_only(tmp_path)
    replace(folder / "results.csv", old, new)
    assert_told(folder, place, found, advice)


# --- workbooks


def book(folder: Path, change: Callable[[openpyxl.worksheet.worksheet.Worksheet], object]) -> None:
    path = folder / "figures.xlsx"
    workbook = openpyxl.load_workbook(path)
    change(workbook["数据"])
    workbook.save(path)


def put(cell: str, content: object) -> Break:
    return lambda folder: book(folder, lambda sheet: sheet.__setitem__(cell, content))


def rezip(path: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts[part] = change(parts.get(part, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)


def entity(content: bytes) -> bytes:
    head, _mark, rest = content.partition(b"?>")
    dtd = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    return head + b"?>" + dtd + rest


SHEETS: dict[str, tuple[Break, str, str, str]] = {
    "merged cells": (
        lambda folder: book(folder, lambda sheet: sheet.merge_cells("A2:A5")),
        "figures.xlsx [数据]!A2:A5", "merged cells", "Unmerge",
    ),
    "a formula without a cached value": (
        put("D2", "=1+2"), "figures.xlsx [数据]!D2", "without a computed value: =1+2", "save it",
    ),
    "an Excel error": (put("D2", "#DIV/0!"), "figures.xlsx [数据]!D2", "#DIV/0!", "formula"),
    "a date": (put("D2", dt.date(2022, 5, 1)), "figures.xlsx [数据]!D2", "a date", "General"),
    "a logical value": (put("D2", True), "figures.xlsx [数据]!D2", "TRUE", "number"),
    "text": (put("D2", "约三千"), "figures.xlsx [数据]!D2", "text in a number cell", "number only"),
    "a header of another kind": (put("C1", "年份"), "figures.xlsx [数据]!C1", "年份", "year"),
    "missing sheet": (
        swap("edition.yaml", "sheet: 数据", "sheet: 数据表"),
        "figures.xlsx [数据表]", "no sheet", "“数据”",
    ),
    "no workbook at all": (
        write("figures.xlsx", b"not a zip"), "figures.xlsx", "not a readable", "save it again",
    ),
    "half a workbook": (
        lambda folder: (folder / "figures.xlsx").write_bytes(
            (folder / "figures.xlsx").read_bytes()[:3000]
        ),
        "figures.xlsx", "not a readable", "save it again",
    ),
    "a workbook without its parts": (
        lambda folder: rezip(folder / "figures.xlsx", "xl/workbook.xml", lambda _old: b"<x/>"),
        "figures.xlsx", "not a readable", "save it again",
    ),
    "a zip bomb": (
        lambda folder: rezip(
            folder / "figures.xlsx", "xl/media/x.bin", lambda _old: b"\0" * (40 * 2**20)
        ),
        "figures.xlsx", "unpacks to 40 MB", "Copy the sheet",
    ),
    "an XML entity": (
        lambda folder: rezip(folder / "figures.xlsx", "xl/worksheets/sheet1.xml", entity),
        "figures.xlsx", "entities", "Do not use",
    ),
    "an XML entity in the shared texts": (
        lambda folder: rezip(folder / "figures.xlsx", "xl/sharedStrings.xml", entity),
        "figures.xlsx", "entities", "Do not use",
    ),
    "duplicate row": (
        lambda folder: book(folder, lambda sheet: sheet.append(["population", "110000", 2026, 5])),
        "figures.xlsx [数据]!A", "the first is at data/2030/figures.xlsx [数据]!D2", "Delete one",
    ),
    "a cell far to the right": (
        put("XFD9", 1), "figures.xlsx [数据]!A9", "256 columns", "split it",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SHEETS)
def test_a_broken_workbook_is_told_with_its_place(tmp_path, case):
    break_it, place, found, advice = SHEETS[case]
    folder = make_edition(tmp_path, xlsx=True)
    break_it(folder)
    assert_told(folder, place, found, advice)


def test_a_cell_beyond_the_last_row_anyone_reads(tmp_path, monkeypatch):
    folder = make_edition(tmp_path, xlsx=True)
    monkeypatch.setattr("report.edition.tables.MAX_ROWS", 50)
    assert_told(folder, "figures.xlsx [数据]!A", "more than 50 rows", "split it")


def test_figures_of_a_workbook_and_of_a_text_file_are_the_same(tmp_path):
    plain = load_edition(make_edition(tmp_path / "a"))
    sheet = load_edition(make_edition(tmp_path / "b", xlsx=True))
    assert {k: c.value for k, c in plain.cells.items()} == {
        k: c.value for k, c in sheet.cells.items()
    }
    assert (
        str(sheet.cells["population", "110000", 2026].place) == "data/2030/figures.xlsx [数据]!D2"
    )


def test_a_formula_with_a_cached_value_counts(tmp_path):
    folder = make_edition(tmp_path, xlsx=True)

    def cached(content: bytes) -> bytes:
        start = content.index(b'<c r="D2"')
        end = content.index(b"</c>", start)
        return content[:start] + b'<c r="D2"><f>1234*2</f><v>2468</v>' + content[end:]

    rezip(folder / "figures.xlsx", "xl/worksheets/sheet1.xml", cached)
    assert load_edition(folder).cells["population", "110000", 2026].value == 2468


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    folder = make_edition(tmp_path)
    names = ["=cmd|' /C calc'!A0", "+x", "-y", "@SUM(A1)"]
    rows = read_csv(folder / "series.csv")
    for row, name in zip(rows[1:], names, strict=False):
        row[1] = name
    write_sheet(folder / "series.xlsx", "x", rows)
    replace(folder / "edition.yaml", "series: series.csv", "series: series.xlsx")
    assert [s.name for s in load_edition(folder).series.values()][:4] == names


def test_declared_gb18030_is_read(tmp_path):
    folder = make_edition(tmp_path)
    before = load_edition(folder).series
    encoded("series.csv", "gb18030")(folder)
    replace(
        folder / "edition.yaml",
        "series: series.csv",
        "series: {file: series.csv, encoding: gb18030}",
    )
    assert load_edition(folder).series == before


def test_a_byte_order_mark_is_no_part_of_the_header(tmp_path):
    folder = make_edition(tmp_path)
    encoded("figures.csv", "utf-8-sig")(folder)
    assert load_edition(folder).cells


def test_a_fact_past_its_validity_is_a_warning(tmp_path):
    folder = make_edition(tmp_path)
    append("facts.yaml", "    valid_until: 2029-12-31")(folder)
    (warning,) = load_edition(folder).warnings
    assert str(warning.place) == "data/2030/facts.yaml:6"
    assert "2029-12-31" in warning.found


def test_hostile_numbers_of_parts(tmp_path):
    folder = make_edition(tmp_path, xlsx=True)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for n in range(2100):
            archive.writestr(f"xl/{n}.xml", "<x/>")
    (folder / "figures.xlsx").write_bytes(content.getvalue())
    assert_told(folder, "figures.xlsx", "2100 parts", "Copy the sheet")
