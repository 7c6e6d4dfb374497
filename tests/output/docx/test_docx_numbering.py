"""Heading numbers: Word's list must count to the same label, or be told to, or the label is typed."""

from __future__ import annotations

import pytest

from report.output.docx.numbering import Numbering, format_number
from report.output.docx.oxml import NS, parse, q
from report.output.docx.package import Package
from report.output.docx.styles import resolve
from tests.output.docx.readers import REFERENCE


@pytest.fixture
def numbering():
    package = Package(REFERENCE)
    return Numbering(package.numbering(), resolve(package.styles, "reference.docx"))


def list_of(numbering, properties):
    """(definition, restart) of the list a heading was given."""
    number = properties.find("w:numId", NS).get(q("w:val"))
    node = next(n for n in numbering.part.iterfind("w:num", NS) if n.get(q("w:numId")) == number)
    start = node.find("w:lvlOverride/w:startOverride", NS)
    return node.find("w:abstractNumId", NS).get(q("w:val")), start is not None and start.get(
        q("w:val")
    )


def test_the_house_list_counts_by_itself(numbering):
    labels = [
        (1, "第一部分"), (2, "第一章"), (3, "（一）"), (4, "1."), (4, "2."), (3, "（二）"),
        (4, "1."), (2, "第二章"), (3, "（一）"), (1, "第二部分"), (2, "第一章"),
    ]  # fmt: skip
    assert [numbering.heading(level, label) for level, label in labels] == [None] * len(labels)


def test_chapters_counted_through_the_parts_restart_the_list(numbering):
    assert numbering.heading(1, "第一部分") is None
    assert numbering.heading(2, "第一章") is None
    assert numbering.heading(1, "第二部分") is None
    given = numbering.heading(2, "第二章")  # the list alone would say 第一章
    assert list_of(numbering, given) == ("0", "2")
    assert numbering.heading(2, "第三章") is None  # and goes on from there


def test_appendix(numbering):
    first = numbering.heading(1, "附录A")
    assert list_of(numbering, first)[1] is False
    for level, label in ((2, "A.1"), (3, "A.1.1"), (2, "A.2"), (1, "附录B"), (2, "B.1")):
        assert list_of(numbering, numbering.heading(level, label)) == list_of(numbering, first)


def test_a_label_no_list_makes_is_typed(numbering):
    assert numbering.heading(1, "附录") is False
    assert numbering.heading(2, "第１章") is False


def test_house_file_without_numbers_gets_the_standard_list():
    package = Package(REFERENCE)
    for style in package.styles.iterfind("w:style/w:pPr/w:numPr", NS):
        style.getparent().remove(style)
    empty = parse(f'<w:numbering xmlns:w="{NS["w"]}"/>')
    numbering = Numbering(empty, resolve(package.styles, "house.docx"))
    given = numbering.heading(1, "第一部分")
    texts = [t.get(q("w:val")) for t in numbering.part.iter(q("w:lvlText"))]
    assert texts[:4] == ["第%1部分", "第%2章", "（%3）", "%4."]
    assert given.find("w:numId", NS) is not None
    # definitions come before lists
    tags = [node.tag for node in numbering.part]
    assert tags == sorted(tags, key=lambda tag: tag != q("w:abstractNum"))


def test_number_formats():
    assert format_number("chineseCountingThousand", 12) == "十二"
    assert format_number("decimal", 12) == "12"
    assert format_number("upperLetter", 27) == "AA"
    assert format_number("hebrew1", 2) is None
