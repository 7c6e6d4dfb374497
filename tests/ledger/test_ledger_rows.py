"""Rows of the ledger: every number of a document, where it stands, what is behind it; the files."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import Counter
from dataclasses import dataclass

import openpyxl
import pytest

from figures.spec import FigureSpec, Point, Series
from report.document.format import quantity
from report.document.model import (
    Document,
    FactUse,
    Figure,
    Footnote,
    Heading,
    Number,
    Paragraph,
    Section,
    Structural,
    Table,
    TableCell,
    Text,
    Verbatim,
    Word,
)
from report.document.walk import iter_inlines
from report.errors import Place
from report.ledger import Index, Row, Sources, ledger, to_csv, to_workbook
from tests.ledger.small import small
from tests.support.documents import rich_document

ORIGIN = Place("templates/parts/p1.md.j2", line=7)
RESULTS = small()


def n(key: str, **how: object) -> Number:
    return Number(quantity(RESULTS, key, **how), ORIGIN)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Drawn:
    text: str
    role: str
    key: str = ""


@dataclass(frozen=True)
class Drawing:
    texts: tuple[Drawn, ...]


def spec() -> FigureSpec:
    points = (
        Point("2021", 100.0, text="100.0", key="index.total.2021"),
        Point("2022", 150.0, text="150.0", key="index.total.2022"),
    )
    return FigureSpec("lines", "fig", "图题", (Series("总指数", points),))


def document() -> Document:
    head = ((TableCell((Text("地区"),)), TableCell((Structural("2022年", "year"),))),)
    body = (
        (TableCell((Text("北京"),), header=True), TableCell((n("data.ports.110000.2022"),))),
        (TableCell((Text("天津"),), header=True), TableCell((n("data.ports.120000.2022"),))),
    )
    words = (
        Text("总指数为"), n("index.total.2022"), Text("。比上年提高"),
        n("diff(index.total.2022,index.total.2021)", sign=True),
        Footnote((Text("见"), FactUse("2020年为146.6", "total-2020")), number=1),
        Text("，高于"), Verbatim("100", "基期"), Text("，居"), Word("第1位", "ordinal", ("weight.build",)),
        Word("领先", "band", ("weight.build",)), Text("。"),
    )  # fmt: skip
    blocks = (
        Heading("p1", 1, (Text("总体"),), "第一部分"),
        Paragraph("p1-01", words, origin=ORIGIN),
        Table("tbl", (Text("端口"),), head, body, (1, 1), unit="万个", number="表1-1", origin=ORIGIN),
        Figure("fig", (Text("图题"),), spec(), "总指数2021年为100.0，2022年为150.0。", number="图1-1",
               source="《统计年鉴2023》", origin=ORIGIN),
    )  # fmt: skip
    return Document(rich_document().meta, (Section("part1", "body", blocks),))


@pytest.fixture(scope="module")
def rows() -> tuple[Row, ...]:
    drawing = Drawing(
        (Drawn("150.0", "value", "index.total.2022"), Drawn("120", "tick"), Drawn("2021", "label"))
    )
    return ledger(document(), Sources(RESULTS), {"fig": drawing})


def of(rows: tuple[Row, ...], **wanted: str) -> list[Row]:
    return [r for r in rows if all(getattr(r, k) == v for k, v in wanted.items())]


def test_a_number_in_prose(rows):
    (row,) = of(rows, block="p1-01", key="index.total.2022")
    assert (row.part, row.text, row.value, row.unit) == ("第一部分 总体", "150.0", 150.0, "")
    assert row.source == "data/x/figures.csv!D2:D4, D6:D7, D9"
    assert row.origin == "templates/parts/p1.md.j2:7"
    assert (row.kind, row.where, row.context) == ("quantity", "正文", "总指数为150.0。")


def test_all_kinds_of_inlines(rows):
    kinds = {row.text: row.kind for row in rows if row.block == "p1-01"}
    assert kinds == {
        "150.0": "quantity", "+50.0点": "quantity", "1": "structural", "2020年为146.6": "fact",
        "100": "literal", "第1位": "word",
    }  # fmt: skip
    (word,) = of(rows, text="第1位")
    assert (word.key, word.value, word.source) == ("weight.build", 0.6, "data/x/indicators.yaml:12")
    (fact,) = of(rows, kind="fact")
    assert (fact.key, fact.where) == ("fact.total-2020", "脚注1")


def test_a_cell_is_named_by_its_heads_and_has_the_origin_of_its_table(rows):
    (row,) = of(rows, key="data.ports.120000.2022")
    assert (row.where, row.context) == ("表中第2行第2列", "天津 · 2022年")
    assert row.origin == "templates/parts/p1.md.j2:7"


def test_what_is_drawn(rows):
    figure = [(r.text, r.key, r.kind, r.where) for r in rows if r.block == "fig"]
    assert ("150.0", "index.total.2022", "figure", "图中") in figure
    assert ("100.0", "index.total.2021", "mark", "图中未标注") in figure
    assert ("120", "structural.axis", "structural", "坐标轴") in figure
    assert ("2021", "structural.label", "structural", "图例或标签") in figure
    assert ("100.0", "index.total.2021", "alt", "替代文字") in figure
    assert ("150.0", "index.total.2022", "alt", "替代文字") in figure
    assert ("2022", "structural.alt", "structural", "替代文字") in figure
    assert ("《统计年鉴2023》", "structural.source", "structural", "资料来源") in figure
    assert ("图1-1", "structural.label", "structural", "编号") in figure


def test_without_drawings_every_text_of_the_figure_counts():
    rows = ledger(document(), Sources(RESULTS))
    assert [r.text for r in rows if r.kind == "figure"] == ["100.0", "150.0"]
    assert not of(rows, kind="mark")


def test_the_limits_of_a_legend_have_the_keys_of_their_points():
    drawing = Drawing((Drawn("100.0～150.0", "label"),))
    rows = ledger(document(), Sources(RESULTS), {"fig": drawing})
    assert [(r.text, r.key) for r in rows if r.where == "图例或标签"] == [
        ("100.0", "index.total.2021"), ("150.0", "index.total.2022"),
    ]  # fmt: skip


def test_every_quantity_of_a_document_has_a_row():
    rich = rich_document()
    rows = ledger(rich, Sources(RESULTS))  # most of its keys are unknown to these results
    printed = Counter(
        (block.id, inline.quantity.key, inline.quantity.text)
        for block in rich.blocks()
        for inline in iter_inlines(block, nested=False)
        if isinstance(inline, Number)
    )
    assert printed == Counter((r.block, r.key, r.text) for r in rows if r.kind == "quantity")


def test_the_cover_counts(rows):
    assert {r.key for r in rows if r.part == "封面"} >= {"structural.edition.date"}


def test_the_index_finds_numbers_as_readers_write_them(rows):
    index = Index(rows)
    assert {r.block for r in index.rows("150.0")} == {"p1-01", "fig"}
    assert [r.block for r in index.rows("50.0")] == ["p1-01"]
    assert "+50.0点" in index
    assert "１５０.０" in index
    assert "151" not in index


def hostile(text: str, value: float | None = -3.14) -> Row:
    return Row("p", "b", text, "index.total.2022", value, "%", "", "", "quantity")


@pytest.mark.parametrize("text", ["=1+1", "+5", "-5", "@SUM(A1)", "\t=1", " =1", "＝1"])
def test_no_text_is_a_formula(text):
    (row,) = list(csv.reader(io.StringIO(to_csv([hostile(text)]).decode("utf-8-sig"))))[1:]
    assert row[2] == f"'{text}"
    assert row[4] == "-3.14", "a value is a number, whatever its sign"
    book = openpyxl.load_workbook(io.BytesIO(to_workbook([hostile(text)], dt.date(2023, 12, 15))))
    cell = book.active["C2"]
    assert (cell.data_type, cell.value) == ("s", text)


def test_a_printed_minus_stays():
    (row,) = list(csv.reader(io.StringIO(to_csv([hostile("−3.1%")]).decode("utf-8-sig"))))[1:]
    assert row[2] == "−3.1%"


def test_the_files_are_for_excel_and_the_same_each_time(rows):
    written = to_csv(rows)
    assert written.startswith(b"\xef\xbb\xbfpart,block,text,key,value,unit,source,origin,kind")
    assert written == to_csv(rows)
    assert b"\r\n" in written
    day = dt.date(2023, 12, 15)
    assert to_workbook(rows, day) == to_workbook(rows, day)
    sheet = openpyxl.load_workbook(io.BytesIO(to_workbook(rows, day))).active
    assert (sheet.max_row, sheet.freeze_panes) == (len(rows) + 1, "A2")
