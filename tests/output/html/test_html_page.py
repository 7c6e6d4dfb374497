"""The screen page: self-contained, complete, linked, safe."""

import dataclasses
import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import html

from report.document.model import Document, Footnote, Link, Number, Paragraph, Section, Text
from report.document.walk import iter_inlines
from report.errors import OutputError
from report.output.html import write_page, write_print
from report.output.text import heading_entries
from tests.support.documents import StubDrawing, rich_document, stub_drawings

PAGE_DIR = Path(__file__).parents[3] / "templates" / "page"


@pytest.fixture(scope="module")
def document():
    return rich_document()


@pytest.fixture(scope="module")
def page(document):
    return write_page(document, stub_drawings(document), PAGE_DIR)


@pytest.fixture(scope="module")
def tree(page):
    return html.fromstring(page)


@pytest.fixture(scope="module")
def press(document):
    return write_print(document, stub_drawings(document), PAGE_DIR)


def test_every_block_has_its_id_once(document, tree):
    ids = Counter(tree.xpath("//@id"))
    assert {block.id for block in document.blocks()} <= set(ids)
    assert max(ids.values()) == 1


def test_every_inner_link_has_a_target(tree):
    ids = set(tree.xpath("//@id"))
    targets = {href[1:] for href in tree.xpath("//*/@href") if href.startswith("#")}
    targets |= {
        value[1:] for value in re.findall(r'xlink:href="([^"]+)"', html.tostring(tree).decode())
    }
    targets |= set(re.findall(r"url\(#([^)]+)\)", html.tostring(tree, encoding="unicode")))
    assert targets
    assert targets <= ids


def test_the_page_fetches_nothing(page, tree):
    assert not tree.xpath("//script|//link|//iframe|//object|//img[not(starts-with(@src,'data:'))]")
    assert "url(http" not in page
    assert "@import" not in page
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy
    assert policy[0].startswith("default-src 'none'")


def test_language_and_notices(tree):
    assert tree.get("lang") == "zh-CN"
    text = tree.text_content()
    assert "示例报告（依据公开统计数据测算，非正式发布）" in text
    assert "模拟数据" in tree.xpath("//figure[@id='fig-survey']")[0].text_content()


def test_every_number_carries_its_key(document, tree):
    expected = Counter(
        inline.quantity.key
        for block in document.blocks()
        for inline in iter_inlines(block, nested=False)
        if isinstance(inline, Number)
    )
    found = Counter(tree.xpath("//span[contains(@class,'n')]/@data-key"))
    assert found == expected


def test_figures_have_text_alternatives(document, tree):
    alts = {block.id: block.alt for block in document.blocks() if hasattr(block, "alt")}
    for id_, alt in alts.items():
        svg = tree.xpath(f"//figure[@id='{id_}']/*[local-name()='svg']")[0]
        assert svg.get("role") == "img"
        assert svg.get("aria-label") == alt
        assert svg[0].text == alt


def test_tables_have_heads_and_scopes(tree):
    for table in tree.xpath("//table"):
        assert table.xpath("caption")
        assert table.xpath("thead/tr/th[@scope]")
        assert not table.xpath("thead//th[not(@scope)]")
        assert not table.xpath("tbody/tr/th[not(@scope)]")
    assert tree.xpath("//th[@scope='colgroup'][@colspan='4']")


def test_footnotes_are_linked_both_ways(document, tree):
    notes = [
        inline
        for block in document.blocks()
        for inline in iter_inlines(block, nested=False)
        if isinstance(inline, Footnote)
    ]
    assert notes
    for note in notes:
        call = tree.get_element_by_id(f"{note.id}-call")
        assert call.get("href") == f"#{note.id}"
        item = tree.get_element_by_id(note.id)
        assert item.xpath(f".//a[@href='#{note.id}-call']")


def test_sidebar_lists_parts_and_chapters(document, tree):
    listed = tree.xpath("//nav[@class='sidebar']//a/@href")
    for entry in heading_entries(document, deepest=2):
        assert f"#{entry.target}" in listed


def test_text_is_escaped(tree):
    assert "<转义> & 'quotes' 也要正确输出" in tree.text_content()


def test_links_to_odd_schemes_lose_their_address():
    document = rich_document()
    block = Paragraph("x-1", (Link((Text("点"),), "javascript:alert(1)"),))
    document = dataclasses.replace(document, sections=(Section("x", "body", (block,)),))
    assert "javascript" not in write_page(document, {}, PAGE_DIR)


def test_a_control_character_is_a_clear_error(document):
    block = Paragraph("x-1", (Text("坏\x01字"),))
    bad = Document(document.meta, (Section("x", "body", (block,)),))
    with pytest.raises(OutputError, match="U\\+0001"):
        write_page(bad, {}, PAGE_DIR)


def test_a_missing_drawing_is_a_clear_error(document):
    with pytest.raises(OutputError, match="fig-index"):
        write_page(document, {}, PAGE_DIR)


def test_drawings_lose_scripts_and_outside_references(document):
    evil = StubDrawing(
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        b' viewBox="0 0 1 1" onload="x()"><style>* {stroke-linejoin: round}</style>'
        b"<script>alert(1)</script><g id='a' style='fill: url(http://e.x/)'/>"
        b"<image xlink:href='http://e.x/a.png'/><use xlink:href='#a'/></svg>"
    )
    page = write_page(document, {"fig-index": evil, "fig-survey": evil}, PAGE_DIR)
    figure = html.fromstring(page).get_element_by_id("fig-index")
    text = html.tostring(figure, encoding="unicode")
    assert "script" not in text
    assert "onload" not in text
    assert "e.x" not in text
    assert 'stroke-linejoin="round"' in text
    assert 'id="fig-index-a"' in text
    assert 'xlink:href="#fig-index-a"' in text


def test_no_svg_is_a_clear_error(document):
    drawings = dict.fromkeys(stub_drawings(document), StubDrawing(b"<p>no</p>"))
    with pytest.raises(OutputError):
        write_page(document, drawings, PAGE_DIR)


def test_same_document_same_text(document, page, press):
    drawings = stub_drawings(document)
    assert write_page(document, drawings, PAGE_DIR) == page
    assert write_print(document, drawings, PAGE_DIR) == press


def test_nothing_unrendered_is_left(page, press):
    for text in (page, press):
        body = html.fromstring(text).find("body").text_content()
        assert not re.search(r"\bnan\b|\bNone\b|\{\{|\{%", body)


def test_a_missing_style_sheet_is_a_clear_error(document, tmp_path):
    with pytest.raises(OutputError, match="style sheet"):
        write_page(document, stub_drawings(document), tmp_path)
