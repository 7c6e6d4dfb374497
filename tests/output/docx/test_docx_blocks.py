"""Each kind of block as it stands in the DOCX: headings, contents, captions, tables, pictures, lists, boxes."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from lxml import etree

from report.document.model import Figure, Heading, Section, Table, TableCell, Text
from report.errors import OutputError
from report.output.docx import write_docx
from report.output.docx.columns import MARGIN, column_widths, places, unbroken
from report.output.docx.oxml import NS, q
from report.output.docx.pictures import svg_size
from report.output.docx.tables import grid, kept_rows
from report.output.text import plain
from tests.output.docx.readers import REFERENCE, instructions, style_of, text_of


def paragraphs(written, style):
    return [p for p in written.part().iter(q("w:p")) if style_of(p) == style]


def test_headings_are_words_own(written):
    titles = [text_of(p) for p in paragraphs(written, "Heading1")]
    assert titles == ["总体成效", "发展趋势", "附录　指标体系与数据说明"]  # 第一部分 is the list's
    assert [text_of(p) for p in paragraphs(written, "FrontHeading")] == ["编写说明"]
    assert [text_of(p) for p in paragraphs(written, "TOCHeading")] == ["目录", "图目录", "表目录"]
    direct = [p for p in paragraphs(written, "Heading2") if p.find("w:pPr/w:numPr", NS) is not None]
    assert direct == []  # the style numbers them


def test_contents_entries(written):
    shown = [text_of(p) for n in (1, 2, 3) for p in paragraphs(written, f"TOC{n}")]
    assert "第一部分 总体成效\t5" in shown
    assert "第一章 测算维度与方法\t6" in shown
    assert "附录　指标体系与数据说明\t26" in shown or any("附录" in s for s in shown)
    assert not any("编写说明" in s for s in shown)
    first = paragraphs(written, "TOC1")[0]
    assert instructions(first)[0] == r'TOC \o "1-3" \h \z'
    assert instructions(first)[1].startswith("PAGEREF _Toc")
    lists = [text_of(p) for p in paragraphs(written, "TableofFigures")]
    assert [line.split("\t")[0] for line in lists] == [
        "图1-1　全国工业互联网发展指数（2019—2022年）",
        "图2-1　企业调查结果",
        "表1-1　31个省（自治区、直辖市）发展水平",
        "表1-2　分地区原始指标（横排）",
        "表A-1　31个省（自治区、直辖市）发展水平",
    ]
    assert all(line.split("\t")[1].isdigit() for line in lists)


def test_captions_count_by_sequence(written):
    found = [(text_of(p), instructions(p)) for p in paragraphs(written, "FigureCaption")]
    assert found == [
        ("图1-1　全国工业互联网发展指数（2019—2022年）", [r"SEQ 图 \* ARABIC"]),
        ("图2-1　企业调查结果", [r"SEQ 图 \* ARABIC \r 1"]),
    ]
    tables = [instructions(p)[0] for p in paragraphs(written, "TableCaption")]
    assert tables == [r"SEQ 表 \* ARABIC", r"SEQ 表 \* ARABIC", r"SEQ 表 \* ARABIC \r 1"]


def test_references_read_as_the_document_says(written):
    line = next(p for p in paragraphs(written, "Body") if "总指数的走势见" in text_of(p))
    assert text_of(line).startswith(
        "总指数的走势见图1-1，分地区水平见表1-1，方法见第一章和式（1-1）；"
    )
    kinds = [i.split()[0::2] for i in instructions(line)]
    assert [k[0] for k in kinds] == ["REF"] * 4
    assert r"\n" in instructions(line)[2]  # a heading's number
    assert "<转义> & 'quotes'" in text_of(line)


def test_chinese_punctuation_is_hinted(written):
    for run in written.part().iter(q("w:r")):
        if "“" in text_of(run):
            assert run.find("w:rPr/w:rFonts", NS).get(q("w:hint")) == "eastAsia"


def test_links(written):
    rels = written.part("word/_rels/document.xml.rels")
    outside = [r.get("Target") for r in rels if r.get("TargetMode") == "External"]
    assert outside == ["https://www.stats.gov.cn/"]


def test_tables_fit_and_repeat_their_heads(written):
    for table, block in zip(
        (
            t
            for t in written.part().iter(q("w:tbl"))
            if t.find("w:tblPr/w:tblStyle", NS).get(q("w:val")) == "ReportTable"
        ),
        written.blocks(Table),
        strict=True,
    ):
        widths = [int(c.get(q("w:w"))) for c in table.iterfind("w:tblGrid/w:gridCol", NS)]
        assert sum(widths) == (13890 if block.landscape else 8800)
        rows = table.findall("w:tr", NS)
        assert len(rows) == len(block.head) + len(block.body)
        for row in rows:
            spans = [
                int(cell.find("w:tcPr/w:gridSpan", NS).get(q("w:val")))
                if cell.find("w:tcPr/w:gridSpan", NS) is not None
                else 1
                for cell in row.iterfind("w:tc", NS)
            ]
            assert sum(spans) == len(widths)
        repeated = [row.find("w:trPr/w:tblHeader", NS) is not None for row in rows]
        assert repeated == [True] * len(block.head) + [False] * len(block.body)


def test_cells_say_what_the_document_says(written):
    tables = docx.Document(BytesIO(written.data)).tables
    levels = next(t for t in tables if t.rows[0].cells[0].text == "地区")
    assert [c.text for c in levels.rows[0].cells] == ["地区", "总水平", *["分维度水平"] * 4]
    assert [c.text for c in levels.rows[1].cells][2:] == [
        "基础设施",
        "融合应用",
        "技术创新",
        "产业生态",
    ]
    block = next(t for t in written.blocks(Table) if t.id == "tab-levels")
    expected = block.body[8][1].inlines[0].quantity.text
    assert levels.rows[10].cells[1].text == expected


def test_grid_of_spans():
    def cell(text, colspan=1, rowspan=1):
        return TableCell((Text(text),), colspan, rowspan)

    laid = grid(((cell("a", 2, 2), cell("b")), (cell("c"),), (cell("d"), cell("e"))), 3)
    assert [(s.column, s.span, s.continued) for s in laid[0]] == [(0, 2, False), (2, 1, False)]
    assert [(s.column, s.span, s.continued) for s in laid[1]] == [(0, 2, True), (2, 1, False)]
    # a short row is filled up
    assert [(s.column, s.cell.inlines) for s in laid[2]][2] == (2, ())


def test_column_widths_keep_proportions_where_all_fits():
    assert column_widths((2, 1, 1), 8000, [(0, "地区"), (1, "12.5")]) == [4000, 2000, 2000]


def test_column_widths_make_room_for_a_long_number():
    widths = column_widths((3, 3, 0.3), 6000, [(2, "1234567.89")])
    assert sum(widths) == 6000
    assert widths[2] >= unbroken("1234567.89") + MARGIN - 1
    assert abs(widths[0] - widths[1]) <= 1


def test_column_widths_leave_slack_for_a_wider_face():
    """Where Word has no Times, digits are up to a fifth wider: the number still stands on one line."""
    widths = column_widths((6, 1), 6000, [(0, "地区"), (1, "169325.9※")])
    assert widths[1] - MARGIN >= unbroken("169325.9※") * 1.19


def test_places():
    assert [places(t) for t in ("12.34", "12", "1.5%", "—", "")] == [3, 0, 3, 0, 0]


def test_numbers_stand_on_their_point(written):
    block = next(t for t in written.blocks(Table) if t.id == "tab-levels")
    body = written.part()
    table = next(t for t in body.iter(q("w:tbl")) if "总水平" in text_of(t))
    cell = table.findall("w:tr", NS)[len(block.head)].findall("w:tc", NS)[1]
    assert style_of(cell.find("w:p", NS)) == "TableNumber"
    assert int(cell.find("w:p/w:pPr/w:ind", NS).get(q("w:right"))) > 0


def test_pictures_are_vector_with_a_sharp_fallback(written):
    drawings = list(written.part().iter(q("w:drawing")))
    figures = written.blocks(Figure)
    assert len(drawings) == len(figures)
    for drawing, block in zip(drawings, figures, strict=True):
        assert drawing.find(".//wp:docPr", NS).get("descr") == block.alt
        assert drawing.find(".//asvg:svgBlip", NS) is not None
        width = int(drawing.find(".//wp:extent", NS).get("cx"))
        assert width == 425 * 12700  # as drawn: it fits
    assert {n for n in written.names() if n.startswith("word/media/")} == {
        f"word/media/figure{n}.{kind}" for n in (1, 2) for kind in ("png", "svg")
    }


@pytest.mark.parametrize(
    ("opening", "size"),
    [
        ('<svg width="425pt" height="170pt">', (425, 170)),
        ('<svg width="10cm" height="5cm">', (283.46, 141.73)),
        ('<svg viewBox="0 0 400 200">', (300, 150)),
        ("<g/>", (425, 240)),
    ],
)
def test_svg_size(opening, size):
    assert svg_size(opening.encode()) == pytest.approx(size, abs=0.01)


def test_figure_that_was_not_drawn(document):
    with pytest.raises(OutputError, match="has not been drawn"):
        write_docx(document, {}, REFERENCE, pages={})


def test_lists_are_real(written):
    ordered = paragraphs(written, "ListNumber")
    numbers = {p.find("w:pPr/w:numPr/w:numId", NS).get(q("w:val")) for p in ordered}
    assert len(ordered) == 2
    assert len(numbers) == 1
    nested = paragraphs(written, "ListBullet2")
    assert [text_of(p) for p in nested] == ["嵌套项。"]
    assert nested[0].find("w:pPr/w:numPr/w:ilvl", NS).get(q("w:val")) == "1"
    instance = [
        n for n in written.part("word/numbering.xml").iterfind("w:num", NS)
        if n.get(q("w:numId")) in numbers
    ]  # fmt: skip
    assert instance[0].find("w:lvlOverride/w:startOverride", NS).get(q("w:val")) == "1"


def test_callouts_are_boxes_with_their_title_first(written):
    boxes = [
        t for t in written.part().iter(q("w:tbl"))
        if t.find("w:tblPr/w:tblStyle", NS).get(q("w:val")).startswith("Callout")
    ]  # fmt: skip
    kinds = [t.find("w:tblPr/w:tblStyle", NS).get(q("w:val")) for t in boxes]
    assert kinds == ["CalloutFinding", "CalloutCase", "CalloutNote", "CalloutMethod"]
    assert text_of(boxes[1].find(".//w:p", NS)) == "案例：某市"
    for box in boxes:
        assert box.find("w:tr/w:tc", NS)[-1].tag == q("w:p")


def test_simulated_data_is_named(written):
    lines = [text_of(p) for p in paragraphs(written, "FigureSource")]
    assert lines == ["资料来源：编写组测算", "资料来源：编写组测算（模拟数据）"]


def test_formula_has_its_number_at_the_right(written):
    line = paragraphs(written, "Formula")[0]
    assert text_of(line).endswith("\t（1-1）")
    assert line.find("m:oMath", NS) is not None


def test_a_part_opens_on_a_page_of_its_own(document):
    chapters = [
        Heading(f"c{n}", 2, (Text(f"第{n}题"),), f"第{number}章")
        for n, number in enumerate("一二三", 1)
    ]
    part = Section("p9", "body", (Heading("p9", 1, (Text("专论"),), "第一部分"), *chapters))
    data = write_docx(
        replace(document, sections=(part,)), {}, REFERENCE, pages={"c1": 2, "c2": 3, "c3": 5}
    )
    texts = [
        (p.style.name, p.text.replace("\n", "")) for p in docx.Document(BytesIO(data)).paragraphs
    ]
    start = texts.index(("Heading 1", "专论"))
    assert texts[start - 1] == ("Part Space", "")
    lines = [style for style, _ in texts[start + 1 :]]
    assert lines == ["Part Entry"] * 3 + ["Heading 2"] * 3
    body = etree.fromstring(zipfile.ZipFile(BytesIO(data)).read("word/document.xml"))
    entries = [p for p in body.iter(q("w:p")) if style_of(p) == "PartEntry"]
    assert [text_of(p) for p in entries] == [
        "第一章 第1题\t2",
        "第二章 第2题\t3",
        "第三章 第3题\t5",
    ]
    assert entries[-1].find("w:pPr/w:sectPr", NS) is not None  # the text begins on a new page


def test_a_box_stays_with_the_heading_above(written):
    body = written.part()
    boxes = [t for t in body.iter(q("w:tbl")) if style_of(next(t.iter(q("w:p")))) == "CalloutTitle"]
    assert boxes
    for box in boxes:
        assert box.getprevious().find("w:pPr/w:keepNext", NS) is not None


def test_notes_stay_with_their_table(written):
    block = next(t for t in written.blocks(Table) if t.notes and t.source)
    title = "".join(plain(block.caption))
    table = next(
        t
        for t in written.part().iter(q("w:tbl"))
        if title
        in (
            t.find("w:tblPr/w:tblCaption", NS).get(q("w:val"))
            if t.find("w:tblPr/w:tblCaption", NS) is not None
            else ""
        )
    )
    assert table.findall("w:tr", NS)[-1].find(".//w:keepNext", NS) is not None
    lines = [table.getnext()]
    while style_of(lines[-1]) == "Note":
        lines.append(lines[-1].getnext())
    assert style_of(lines[-1]) == "Source"
    tied = [line.find("w:pPr/w:keepNext", NS) is not None for line in lines]
    assert tied[-2:] == [True, False]  # the source never stands alone


def test_rows_that_stay_together():
    assert kept_rows(5) == {1, 2, 3, 4}
    assert kept_rows(31) == {1, 30}
    assert kept_rows(1) == set()
    assert kept_rows(31, tied=True) == {1, 30, 31}
    assert kept_rows(1, tied=True) == {1}


def test_short_labels_stay_on_one_line():
    texts = [(0, "黑龙江"), (1, "企业每百人使用计算机数"), (2, "22106.4※")]
    widths = column_widths((0.1, 5, 0.3), 6000, texts, {2: 800})
    assert widths[0] >= 3 * 170 + MARGIN
    assert widths[2] >= 800 + MARGIN
    assert sum(widths) == 6000
