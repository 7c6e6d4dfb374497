import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.spec import FigureSpec
from report.document.model import (
    Callout,
    Claim,
    Document,
    Figure,
    Footnote,
    Formula,
    Heading,
    ListBlock,
    Meta,
    Paragraph,
    Ref,
    Section,
    Strong,
    Table,
    TableCell,
    Text,
)
from report.document.numbering import chinese_numeral, letter, number
from report.document.text import contents, iter_inlines, plain_text
from report.document.walk import transform
from report.errors import Place, TemplateError

META = Meta("2023", "t", "", "", "t", (), "", dt.date(2023, 12, 1))


def heading(id_, level, text="标题", **more):
    return Heading(id_, level, (Text(text),), **more)


def para(id_, *inlines, **more):
    return Paragraph(id_, tuple(Text(i) if isinstance(i, str) else i for i in inlines), **more)


def figure(id_):
    return Figure(id_, (Text("某图"),), FigureSpec("bars", id_, "某图", ()), "")


def table(id_, *inlines):
    cell = TableCell(inlines or (Text("1"),))
    return Table(id_, (Text("某表"),), ((cell,),), ((cell,),), (1.0,))


def document(*sections):
    return Document(META, sections)


@pytest.fixture
def report():
    return document(
        Section("front", "front", (heading("preface", 1, "编写说明"), figure("fig-0"))),
        Section(
            "p1",
            "body",
            (
                heading("p1", 1, "总体情况"),
                figure("fig-a"),
                heading("p1-a", 2),
                heading("p1-a-1", 3),
                heading("p1-a-1-1", 4),
                heading("p1-a-1-2", 4),
                heading("p1-b", 2),
                heading("p1-b-1", 3),
                Claim("c", (Callout("box", "case", (), (figure("fig-b"),)),), "x > 1"),
                para("p1-see", Strong((Ref("p1-a-1-2"),)), Ref("p2-a"), Ref("app-b"), Ref("fig-c")),
            ),
        ),
        Section(
            "p2",
            "body",
            (
                heading("p2", 1, "发展态势"),
                heading("p2-a", 2),
                ListBlock("l", ordered=False, items=((figure("fig-c"), table("tbl-a")),)),
                para("p2-see", Ref("p2-a"), Ref("p1-a-1"), Ref("p2"), Ref("eq-1"), Ref("preface")),
            ),
        ),
        Section("a", "back", (heading("app-a", 1), heading("app-a-1", 2), table("tbl-b"))),
        Section(
            "b",
            "back",
            (
                heading("app-b", 1),
                Formula("eq-0", "x"),
                heading("app-b-1", 2),
                Formula("eq-1", "y"),
            ),
        ),
        Section("end", "back", (heading("colophon", 1, "后记", numbered=False), figure("fig-z"))),
    )


def numbers(document):
    return {b.id: b.number for b in document.blocks() if hasattr(b, "number")}


def test_labels_follow_the_matter_and_restart_where_they_should(report):
    assert numbers(number(report)) == {
        "preface": "",
        "fig-0": "图1",
        "p1": "第一部分",
        "fig-a": "图1-1",
        "p1-a": "第一章",
        "p1-a-1": "（一）",
        "p1-a-1-1": "1.",
        "p1-a-1-2": "2.",
        "p1-b": "第二章",
        "p1-b-1": "（一）",
        "fig-b": "图1-2",
        "p2": "第二部分",
        "p2-a": "第一章",
        "fig-c": "图2-1",
        "tbl-a": "表2-1",
        "app-a": "附录A",
        "app-a-1": "A.1",
        "tbl-b": "表A-1",
        "app-b": "附录B",
        "eq-0": "（B-1）",
        "app-b-1": "B.1",
        "eq-1": "（B-2）",
        "colophon": "",
        "fig-z": "图2",
    }


def test_references_name_the_part_only_from_elsewhere(report):
    texts = {
        b.id: [i.text for i in iter_inlines(b) if isinstance(i, Ref)]
        for b in number(report).blocks()
        if b.id.endswith("see")
    }
    assert texts == {
        "p1-see": ["第一章（一）2", "第二部分第一章", "附录B", "图2-1"],
        "p2-see": ["第一章", "第一部分第一章（一）", "第二部分", "式（B-2）", "“编写说明”"],
    }


def test_numbering_is_pure_and_idempotent(report):
    once = number(report)
    assert number(once) == once
    assert report.sections[1].blocks[0].number == ""


def test_footnotes_count_through_in_reading_order():
    def note(text):
        return Footnote((Text(text),))

    numbered = number(
        document(
            Section("a", "body", (para("x", "一", note("甲"), Strong((note("乙"),))),)),
            Section("b", "body", (table("t", note("丙")), para("y", note("丁")))),
        )
    )
    found = [i for b in numbered.blocks() for i in iter_inlines(b) if isinstance(i, Footnote)]
    # the table shows its only cell in head and body
    assert [(f.number, f.inlines[0].text) for f in found] == [
        (1, "甲"),
        (2, "乙"),
        (3, "丙"),
        (4, "丙"),
        (5, "丁"),
    ]
    assert len({f.id for f in found}) == 5


def test_every_bad_reference_and_duplicate_is_reported_with_its_place():
    broken = document(
        Section(
            "a",
            "body",
            (
                heading("p1", 1),
                figure("fig-index"),
                para("x", Ref("fig-indx"), origin=Place.of("p1.md.j2", line=7)),
                para("x", Ref("zzz", origin=Place.of("p1.md.j2", line=9))),
            ),
        )
    )
    with pytest.raises(TemplateError) as caught:
        number(broken)
    duplicate, first, second = caught.value.problems
    assert "'x'" in duplicate.found
    assert str(first.place) == "p1.md.j2:7"
    assert "fig-index" in first.remedy
    assert str(second.place) == "p1.md.j2:9"


@pytest.mark.parametrize(
    ("number_", "text"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (21, "二十一"),
        (31, "三十一"),
        (99, "九十九"),
    ],
)
def test_chinese_numerals(number_, text):
    assert chinese_numeral(number_) == text


def test_numerals_have_bounds():
    for bad in (0, 100, -3):
        with pytest.raises(ValueError):
            chinese_numeral(bad)
    assert [letter(n) for n in (1, 26, 27, 52, 53)] == ["A", "Z", "AA", "AZ", "BA"]
    with pytest.raises(ValueError):
        letter(0)


@given(st.integers(1, 99))
def test_chinese_numerals_read_back(n):
    digits = "零一二三四五六七八九"
    head, ten, tail = chinese_numeral(n).rpartition("十")
    tens = (digits.index(head) if head else 1) if ten else 0
    assert tens * 10 + (digits.index(tail) if tail else 0) == n


def test_contents_and_plain_text(report):
    numbered = number(report)
    toc = contents(numbered, depth=2)
    assert (toc[0].number, toc[0].text, toc[0].id) == ("", "编写说明", "preface")
    assert [e.number for e in toc if e.level == 1][1:] == [
        "第一部分",
        "第二部分",
        "附录A",
        "附录B",
        "",
    ]
    assert [e.number for e in contents(numbered, "figures")] == [
        "图1",
        "图1-1",
        "图1-2",
        "图2-1",
        "图2",
    ]
    assert [e.number for e in contents(numbered, "tables")] == ["表2-1", "表A-1"]
    see = next(b for b in numbered.blocks() if b.id == "p2-see")
    assert plain_text(see).startswith("第一章第一部分")
    noted = para("n", "正文", Footnote((Text("注"),)))
    assert plain_text(noted) == "正文"
    assert plain_text(noted, footnotes=True) == "正文注"
    assert plain_text(table("t")) == "某表\n1\n1"


def test_transform_can_drop_split_and_rewrite(report):
    def shout(inline):
        return Text(inline.text + "！") if isinstance(inline, Text) else inline

    def edit(block):
        if isinstance(block, Figure):
            return ()
        return (block, para(f"{block.id}-2")) if block.id == "p1-see" else block

    changed = transform(report, block=edit, inline=shout)
    ids = [b.id for b in changed.blocks()]
    assert not any(i.startswith("fig-") for i in ids)
    assert ids[ids.index("p1-see") + 1] == "p1-see-2"
    assert plain_text(next(changed.blocks())) == "编写说明！"
    assert transform(report) == report
