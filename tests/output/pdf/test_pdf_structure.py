"""The finished PDF opened with other programs: labels, bookmarks, contents, heads, fonts, metadata."""

import dataclasses
import io
import re
import subprocess
import sys
from itertools import pairwise

import pdfplumber
import pypdf
import pytest

from report.document.model import Document, Figure, Heading, Paragraph, Section, Table, Text
from report.output.html import write_print
from report.output.pdf import set_pdf, write_pdf
from report.output.text import caption_text, exhibit_entries, heading_entries, heading_text
from tests.support.documents import region_table, rich_document

NOTICE = "示例报告（依据公开统计数据测算，非正式发布）"


@pytest.fixture(scope="module")
def reader(written):
    return pypdf.PdfReader(written[2])


@pytest.fixture(scope="module")
def texts(written):
    with pdfplumber.open(written[2]) as pdf:
        return [page.extract_text() or "" for page in pdf.pages]


def squeezed(text):
    return re.sub(r"\s+", "", text)


def page_of(reader, name):
    destination = reader.named_destinations[name]
    return reader.get_destination_page_number(destination)


def test_pages_are_labelled_cover_roman_arabic(reader, texts):
    labels = reader.page_labels
    assert labels[0] == "封面"
    front = labels[1 : labels.index("1")]
    assert front == ["i", "ii", "iii"]
    body = labels[labels.index("1") :]
    assert body == [str(i) for i in range(1, len(body) + 1)]
    for label, text in zip(labels[1:], texts[1:], strict=True):
        foot = text.strip().splitlines()[-1]
        assert foot.endswith(label)
        assert squeezed(foot).startswith(NOTICE)


def test_no_page_is_empty(texts):
    assert all(len(squeezed(text).replace(NOTICE, "")) > 20 for text in texts)


def test_every_block_is_a_named_destination(written, reader):
    names = set(reader.named_destinations)
    assert {block.id for block in written[0].blocks()} <= names


def test_contents_print_the_pages_where_the_headings_stand(written, reader, texts):
    document = written[0]
    front = squeezed("".join(texts[1 : reader.page_labels.index("1")]))
    entries = [
        *heading_entries(document),
        *exhibit_entries(document, Figure),
        *exhibit_entries(document, Table),
    ]
    for entry in entries:
        label = reader.page_labels[page_of(reader, entry.target)]
        pattern = re.escape(squeezed(entry.text)) + r"[.…·]+" + re.escape(label) + r"(?![0-9])"
        assert re.search(pattern, front), (entry, label)
        assert squeezed(entry.text) in squeezed(texts[page_of(reader, entry.target)])


def test_contents_and_references_are_links(reader):
    kinds = [
        annotation.get_object().get("/Dest")
        for page in reader.pages
        for annotation in page.get("/Annots", [])
    ]
    assert "tab-levels" in kinds
    assert "p1-c1" in kinds


def test_bookmarks_follow_the_headings(written, reader):
    flat = []

    def walk(items, depth):
        for item in items:
            if isinstance(item, list):
                walk(item, depth + 1)
            else:
                flat.append((depth, item.title))

    walk(reader.outline, 1)
    headings = [
        (block.level, heading_text(block))
        for block in written[0].blocks()
        if isinstance(block, Heading)
    ]
    assert flat == [(1, "封面"), *headings]


def test_header_rows_repeat_on_every_page_of_a_table(written, texts, reader):
    first = page_of(reader, "tab-app")
    assert "新疆" not in texts[first]
    for text in texts[first : first + 2]:
        assert "总水平" in text
        assert "技术创新 产业生态" in text
    assert "新疆" in texts[first + 1]


def test_captions_stand_above_tables_and_below_figures(written, reader):
    document = written[0]
    with pdfplumber.open(written[2]) as pdf:
        for block in document.blocks():
            if isinstance(block, (Figure, Table)) and block.source:
                page = pdf.pages[page_of(reader, block.id)]
                lines = {squeezed(line["text"]): line["top"] for line in page.extract_text_lines()}
                caption = lines[squeezed(caption_text(block))]
                name = "2021" if isinstance(block, Figure) else "北京"
                drawn = [top for text, top in lines.items() if text.startswith(name)]
                if isinstance(block, Table):
                    assert caption < min(drawn)


def test_landscape_tables_turn_the_page(reader):
    page = reader.pages[page_of(reader, "tab-wide")]
    assert page.mediabox.width > page.mediabox.height


def test_numbering_goes_on_after_a_landscape_page(reader):
    index = page_of(reader, "p1-after")
    assert int(reader.page_labels[index]) > 5


def test_running_heads_name_the_part(reader, texts):
    head = texts[page_of(reader, "p2-list")].splitlines()[0]
    assert squeezed(head) == "工业互联网发展成效评估第二部分发展趋势"


def test_footnotes_stand_on_the_page_of_their_call(reader, texts):
    text = squeezed(texts[page_of(reader, "p1-c1-refs")])
    assert "第二条脚注含数字25%。" in text


def test_metadata(written, reader):
    meta = written[0].meta
    information = reader.metadata
    assert information.title == "中国工业互联网发展成效评估报告（2023年）"
    assert information.author == "示例编写组"
    assert information["/Keywords"] == "工业互联网, 评估, 指数"
    assert (
        information["/CreationDate"]
        == f"D:{meta.date:%Y%m%d}000000Z"[: len(information["/CreationDate"])]
    )
    assert reader.root_object["/Lang"] == "zh-CN"
    assert reader.root_object["/PageMode"] == "/UseOutlines"


def test_tagged_for_accessibility(reader):
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in reader.root_object["/Metadata"].get_data()
    found = set()

    def walk(element):
        element = element.get_object()
        if isinstance(element, pypdf.generic.ArrayObject):
            for kid in element:
                walk(kid)
        elif isinstance(element, pypdf.generic.DictionaryObject):
            if element.get("/S") == "/Figure":
                found.add(element.get("/Alt"))
            if "/K" in element:
                walk(element["/K"])

    walk(reader.root_object["/StructTreeRoot"]["/K"])
    assert "企业调查结果：2021年为163.9，2022年为183.2。" in found
    assert None not in found


def test_fonts_are_embedded(reader):
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            assert (
                "/FontFile3" in descendant["/FontDescriptor"]
                or "/FontFile2" in descendant["/FontDescriptor"]
            )


def test_nothing_unrendered_is_left(texts):
    assert not re.search(r"\bnan\b|\bNone\b|\{\{|\}\}", "\n".join(texts))


def test_headings_are_not_stranded(written):
    """No page's last text line is a heading (sans bold, 11 pt or more)."""
    with pdfplumber.open(written[2]) as pdf:
        for page in pdf.pages[1:]:
            lines = [
                line
                for line in page.extract_text_lines()
                if line["top"] > 70 and line["bottom"] < page.height - 65
            ]
            if len(lines) < 4 or "....." in lines[-1]["text"]:
                continue
            last = lines[-1]["chars"][0]
            assert not (
                "Sans" in last["fontname"] and "Bold" in last["fontname"] and last["size"] > 10.9
            )


def test_two_processes_write_the_same_bytes(written, page_dir, tmp_path):
    script = (
        "import sys; from pathlib import Path\n"
        "from report.output.html import write_print\n"
        "from report.output.pdf import write_pdf\n"
        "from tests.support.documents import rich_document, stub_drawings\n"
        "d = rich_document(); p = Path(sys.argv[1])\n"
        "h = write_print(d, stub_drawings(d), p)\n"
        "Path(sys.argv[2]).write_bytes(write_pdf(h, d, p))\n"
    )
    other = tmp_path / "other.pdf"
    subprocess.run(
        [sys.executable, "-c", script, str(page_dir), str(other)],
        check=True,
        cwd=page_dir.parents[1],
        env={"PYTHONHASHSEED": "12345", "PATH": "/usr/bin:/bin"},
    )
    assert other.read_bytes() == written[2].read_bytes()


def test_parts_open_with_a_title_page_that_lists_their_chapters(reader, texts):
    text = squeezed(texts[page_of(reader, "p1")])
    assert text.startswith("第一部分总体成效第一章测算维度与方法")
    assert [a for a, b in pairwise(texts) if a == b] == []


def test_labels_told_with_the_pdf_are_those_of_the_file(written, page_dir, reader):
    document, page, path = written
    pdf = set_pdf(page, document, page_dir)
    assert pdf.data == path.read_bytes()
    assert pdf.pages == len(reader.pages)
    for block in document.blocks():
        assert pdf.labels[block.id] == reader.page_labels[page_of(reader, block.id)]


def test_table_captions_stay_with_their_tables(page_dir):
    """Wherever a table falls on the page, its caption, unit, head and first row stay together."""
    table = region_table()
    blocks = [Heading("h", 1, (Text("部分"),), "第一部分")]
    for i in range(12):
        blocks += [Paragraph(f"p{i}-{j}", (Text("一行正文。"),)) for j in range(i)]
        blocks.append(
            dataclasses.replace(table, id=f"t{i}", number=f"表1-{i + 1}", body=table.body[:7])
        )
    document = Document(rich_document().meta, (Section("s", "body", tuple(blocks)),))
    data = write_pdf(write_print(document, {}, page_dir), document, page_dir)
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        text = "".join(squeezed(page.extract_text()) + "|" for page in pdf.pages)
    for i in range(12):
        assert re.search(
            rf"表1-{i + 1}31个省（自治区、直辖市）发展水平单位：分(分维度水平)?地区.{{0,40}}?北京",
            text,
        ), i
