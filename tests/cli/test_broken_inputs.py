"""Broken input of many kinds, from outside: a message with its place, an exit code, no traceback."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from report.cli.shell import run

STATISTICS = "../statistics/2018-2022/figures.csv"
WORKBOOK = "../statistics/2018-2022/hitech.xlsx"


def text(name: str, old: str, new: str, count: int = 1) -> Callable[[Path], None]:
    """Replace text in a file of the edition."""

    def breaks(folder: Path) -> None:
        path = folder / name
        before = path.read_text(encoding="utf-8")
        assert old in before, f"{name} has changed: {old!r} is gone"
        path.write_text(before.replace(old, new, count), encoding="utf-8")

    return breaks


def cell(text_of: Callable[[str], str], line: int = 2) -> Callable[[Path], None]:
    """Change one line of the statistics."""

    def breaks(folder: Path) -> None:
        path = folder / STATISTICS
        lines = path.read_text(encoding="utf-8").splitlines()
        lines[line - 1] = text_of(lines[line - 1])
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    return breaks


def recoded(folder: Path) -> None:
    path = folder / "survey.csv"
    path.write_bytes(("企业," + path.read_text(encoding="utf-8-sig")).encode("gb18030"))


def duplicated(folder: Path) -> None:
    path = folder / STATISTICS
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")


def without_year(folder: Path) -> None:
    path = folder / STATISTICS
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("gdp,") or ",2022," not in line]
    assert len(kept) < len(lines)
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")


def workbook(change: Callable[[openpyxl.worksheet.worksheet.Worksheet], None]):
    def breaks(folder: Path) -> None:
        book = openpyxl.load_workbook(folder / WORKBOOK)
        change(book["分省年度数据"])
        book.save(folder / WORKBOOK)

    return breaks


def formula(sheet) -> None:
    sheet["D2"] = "=1+1"


def merged(sheet) -> None:
    sheet.merge_cells("A2:A4")


def renamed(sheet) -> None:
    sheet.title = "Sheet1"


def bomb(folder: Path) -> None:
    path = folder / WORKBOOK
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    sheet = next(name for name in parts if name.startswith("xl/worksheets/"))
    declared = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    head, _mark, rest = parts[sheet].partition(b"?>")
    parts[sheet] = head + b"?>" + declared + rest if rest else declared + head
    with zipfile.ZipFile(path, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)


def template(addition: str) -> Callable[[Path], None]:
    def breaks(folder: Path) -> None:
        path = folder.parents[1] / "templates/parts/front/preface.md.j2"
        before = path.read_text(encoding="utf-8")
        path.write_text(before + "\n" + addition + "\n", encoding="utf-8")

    return breaks


def without(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


BROKEN = {
    "wrong header": (text(STATISTICS, "indicator,region", "indikator,region"), "figures.csv"),
    "text in a number cell": (cell(lambda line: line.rsplit(",", 1)[0] + ",约三百"), r"\.csv!D2"),
    "thousands separators": (cell(lambda line: line.rsplit(",", 1)[0] + ',"1,234.5"'), r"csv!D2"),
    "full-width digits": (cell(lambda line: line.rsplit(",", 1)[0] + ",１２３"), r"\.csv!D2"),
    "a percent sign": (cell(lambda line: line.rsplit(",", 1)[0] + ",12%"), r"\.csv!D2"),
    "an unknown region": (cell(lambda line: line.replace("110000", "990000")), r"\.csv!B2"),
    "an unknown series": (cell(lambda line: "x" + line), r"\.csv!A2"),
    "a year that is none": (cell(lambda line: line.replace("2018", "二〇一八")), r"\.csv!C2"),
    "a duplicate row": (duplicated, r"\.csv!"),
    "a year is missing": (without_year, "2022"),
    "another encoding": (recoded, r"survey\.csv"),
    "UTF-16": (
        lambda folder: (folder / "facts.yaml").write_bytes("a: 1".encode("utf-16")),
        r"facts\.yaml",
    ),
    "weights that don't add up": (
        text("indicators.yaml", "weight: 0.25", "weight: 0.35"),
        r"indicators\.yaml",
    ),
    "a weight that is text": (
        text("indicators.yaml", "weight: 0.25", "weight: 四分之一"),
        r"indicators\.yaml:\d+",
    ),
    "an unknown setting": (text("edition.yaml", "publisher:", "pubisher:"), r"edition\.yaml:\d+"),
    "YAML that is none": (
        text("edition.yaml", "authors: [", "authors: [["),
        r"edition\.yaml:\d+",
    ),
    "a path out of the project": (
        text("edition.yaml", "facts: facts.yaml", "facts: ../../../../etc/passwd"),
        r"edition\.yaml:\d+",
    ),
    "a file that is not there": (without("wording.yaml"), r"wording\.yaml"),
    "an impossible condition": (
        text("forms.yaml", "- level.total >= quantile 0.75", "- level.total is big"),
        r"forms\.yaml:\d+",
    ),
    "a formula without a value": (workbook(formula), r"hitech\.xlsx \[分省年度数据\]!D2"),
    "merged cells": (workbook(merged), r"hitech\.xlsx \[分省年度数据\]!A2"),
    "a sheet of another name": (workbook(renamed), r"hitech\.xlsx|edition\.yaml:\d+"),
    "entities in a workbook": (bomb, r"hitech\.xlsx"),
    "no workbook at all": (
        lambda folder: (folder / WORKBOOK).write_bytes(b"not a zip"),
        r"hitech\.xlsx",
    ),
    "template syntax": (template("{% if year %}"), r"preface\.md\.j2"),
    "an unknown key in a template": (
        template('{{ n("index.infrastructur") }}'),
        r"preface\.md\.j2:\d+",
    ),
    "an unknown word in a template": (template("{{ nonsense(1) }}"), r"preface\.md\.j2:\d+"),
    "a bare number in a template": (template("{{ 1 + 1 }}"), r"preface\.md\.j2:\d+"),
    "a missing figure": (
        template('{{ figure("no-such-figure", id="fig-x") }}'),
        r"preface\.md\.j2:\d+",
    ),
    "a reference to nothing": (template('见{{ ref("fig-nowhere") }}。'), r"preface\.md\.j2:\d+"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_input_is_told_with_its_place(kind, edition_copy, tmp_path, monkeypatch, capfd):
    breaks, place = BROKEN[kind]
    folder = edition_copy("2023")
    breaks(folder)
    monkeypatch.chdir(tmp_path)
    code = run(["build", "2023", "--format", "html"], "iireport")
    told = capfd.readouterr().err
    assert code == 2, told
    assert re.search(place, told), told
    assert "Traceback" not in told
    assert str(tmp_path) not in told
    assert not (tmp_path / "dist").exists() or not list((tmp_path / "dist").glob("2023"))


def test_the_problems_of_several_files_come_at_once(edition_copy, tmp_path, monkeypatch, capfd):
    folder = edition_copy("2023")
    for kind in ("text in a number cell", "weights that don't add up", "merged cells"):
        BROKEN[kind][0](folder)
    text("facts.yaml", "date:", "dat:")(folder)
    monkeypatch.chdir(tmp_path)
    assert run(["build", "2023", "--json"], "iireport") == 2
    files = {
        problem["place"]["file"].rsplit("/", 1)[1]
        for problem in json.loads(capfd.readouterr().out)["problems"]
    }
    assert {"figures.csv", "indicators.yaml", "hitech.xlsx", "facts.yaml"} <= files
