"""The DOCX file as a whole: bytes, parts, properties, bookmarks, sections, what an editor's file may lack."""

from __future__ import annotations

import re
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest

from report.document.model import Heading, Section, Text
from report.document.numbering import number
from report.errors import OutputError
from report.output.docx import block_name, cell_name, write_docx
from report.output.docx.bookmarks import LONGEST
from report.output.docx.house.package import reference_bytes
from report.output.docx.oxml import NS, q
from tests.output.docx.readers import REFERENCE, instructions, labels, text_of
from tests.support.documents import rich_document, stub_drawings


def test_same_document_same_bytes(written):
    again = write_docx(
        rich_document(),
        stub_drawings(written.document),
        REFERENCE,
        pages=labels(written.document),
        draft="2023-04",
    )
    assert again == written.data


def test_reference_is_what_its_program_makes():
    assert REFERENCE.read_bytes() == reference_bytes()


def test_sdk_finds_nothing(written, ooxml_validator, tmp_path):
    for name, data in (("report.docx", written.data), ("reference.docx", reference_bytes())):
        file = tmp_path / name
        file.write_bytes(data)
        done = subprocess.run(
            [ooxml_validator, str(file)], capture_output=True, text=True, check=False
        )
        assert '"ok": true' in done.stdout, done.stdout


def test_numbered_by_the_real_scheme_is_valid_too(document, ooxml_validator, tmp_path):
    numbered = number(document)
    file = tmp_path / "numbered.docx"
    file.write_bytes(write_docx(numbered, stub_drawings(numbered), REFERENCE, pages={}))
    done = subprocess.run([ooxml_validator, str(file)], capture_output=True, text=True, check=False)
    assert '"ok": true' in done.stdout, done.stdout


def test_nothing_prompts_on_opening(written):
    for name in written.names():
        if name.endswith(".xml"):
            with zipfile.ZipFile(BytesIO(written.data)) as archive:
                part = archive.read(name)
            assert b"updateFields" not in part
            assert b"w:dirty" not in part


def test_zip_tells_no_time_and_no_machine(written):
    with zipfile.ZipFile(BytesIO(written.data)) as archive:
        entries = archive.infolist()
        assert entries[0].filename == "[Content_Types].xml"
        assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.create_system for entry in entries} == {0}
        assert all(b"/work" not in archive.read(entry) for entry in entries)


def test_properties(written):
    core = docx.Document(BytesIO(written.data)).core_properties
    assert core.title == "中国工业互联网发展成效评估报告（2023年）"
    assert core.author == "示例编写组"
    assert core.language == "zh-CN"
    assert core.identifier == "2023-04"
    assert core.created.isoformat().startswith("2023-12-01T00:00:00")
    custom = written.part("docProps/custom.xml")
    found = {p.get("name"): "".join(p.itertext()) for p in custom}
    assert found["draft"] == "2023-04"
    assert found["edition"] == "2023"


def test_every_block_and_cell_has_its_bookmark(written):
    body = written.part()
    names = [b.get(q("w:name")) for b in body.iter(q("w:bookmarkStart"))]
    ids = [b.get(q("w:id")) for b in body.iter(q("w:bookmarkStart"))]
    ends = [b.get(q("w:id")) for b in body.iter(q("w:bookmarkEnd"))]
    assert len(set(names)) == len(names)
    assert len(set(ids)) == len(ids)
    assert sorted(ids) == sorted(ends)
    assert max(map(len, names)) <= LONGEST
    missing = [b.id for b in written.document.blocks() if block_name(b.id) not in names]
    assert missing == []
    assert cell_name("tab-levels", 1, 3) in names  # the merged head over four columns
    assert cell_name("tab-levels", 33, 6) in names
    assert cell_name("tab-levels", 2, 1) not in names  # covered from above: no cell of its own


def test_long_ids_keep_apart():
    first, second = "p2-" + "a" * 50 + "-1", "p2-" + "a" * 50 + "-2"
    assert block_name(first) != block_name(second)
    assert len(block_name(first)) == LONGEST
    assert len(cell_name(first, 31, 14)) == LONGEST
    assert cell_name(first, 31, 14).endswith("_r31c14")


def test_targets_of_fields_exist(written):
    body = written.part()
    names = {b.get(q("w:name")) for b in body.iter(q("w:bookmarkStart"))}
    asked = {a.get(q("w:anchor")) for a in body.iter(q("w:hyperlink")) if a.get(q("w:anchor"))}
    for instruction in instructions(body):
        if instruction.startswith(("REF ", "PAGEREF ")):
            asked.add(instruction.split()[1])
    assert asked <= names


def test_fields_open_and_close(written):
    depth = 0
    for mark in written.part().iter(q("w:fldChar")):
        kind = mark.get(q("w:fldCharType"))
        depth += {"begin": 1, "separate": 0, "end": -1}[kind]
        assert 0 <= depth <= 2
    assert depth == 0


def test_sections(written):
    sections = list(written.part().iter(q("w:sectPr")))
    formats = [
        (n.get(q("w:fmt")), n.get(q("w:start")))
        for s in sections
        for n in s.iterfind("w:pgNumType", NS)
    ]
    assert formats[0] == ("decimal", "1")  # the cover, which prints none
    assert formats[1:4] == [("lowerRoman", "1"), ("lowerRoman", None), ("lowerRoman", None)]
    assert formats[4] == ("decimal", "1")
    assert all(f == ("decimal", None) for f in formats[5:])
    assert sections[0].find("w:footerReference", NS) is None
    turned = [s.find("w:pgSz", NS).get(q("w:orient")) for s in sections]
    assert turned.count("landscape") == 1
    where = turned.index("landscape")
    assert sections[where].find("w:titlePg", NS) is None
    # What follows the turned page is upright again and no new opening.
    assert turned[where + 1] is None
    assert sections[where + 1].find("w:titlePg", NS) is None


def test_running_heads_name_the_part(written):
    heads = [written.part(n) for n in written.names() if re.match(r"word/header\d+\.xml", n)]
    shown = {text_of(head): instructions(head) for head in heads}
    assert shown["工业互联网发展成效评估\t第一部分　总体成效"] == [r"STYLEREF 1 \n", "STYLEREF 1"]
    assert shown["工业互联网发展成效评估\t编写说明"] == ['STYLEREF "Front Heading"']
    assert "" in shown  # opening pages have an empty head


def test_footnotes(written):
    notes = written.part("word/footnotes.xml")
    kinds = [n.get(q("w:type")) for n in notes]
    assert kinds == ["separator", "continuationSeparator", None, None]
    assert text_of(notes[2]).strip() == "《中国工业互联网发展成效评估报告》，2021年11月发布，引用。"
    used = [r.get(q("w:id")) for r in written.part().iter(q("w:footnoteReference"))]
    assert used == ["1", "2"]


def test_missing_styles_are_named(document, tmp_path):
    house = tmp_path / "house.docx"
    opened = docx.Document(str(REFERENCE))
    for name in ("Figure Caption", "Callout Case"):
        style = opened.styles[name]
        style.element.getparent().remove(style.element)
    opened.save(str(house))
    with pytest.raises(OutputError) as caught:
        write_docx(document, stub_drawings(document), house, pages={})
    found = [problem.found for problem in caught.value.problems]
    assert found == [
        "The style “Figure Caption” is missing",
        "The style “Callout Case” is missing",
    ]
    assert {str(problem.place) for problem in caught.value.problems} == {"house.docx"}


def test_house_style_under_an_alias(document, tmp_path):
    house = tmp_path / "house.docx"
    opened = docx.Document(str(REFERENCE))
    opened.styles["Lead"].element.find(q("w:name")).set(q("w:val"), "单位导语")
    opened.styles["单位导语"].element.find(q("w:aliases")).set(q("w:val"), "导语,lead")
    opened.save(str(house))
    assert write_docx(document, stub_drawings(document), house, pages={})


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 broken"])
def test_reference_that_is_no_word_file(document, tmp_path, content):
    house = tmp_path / "house.docx"
    house.write_bytes(content)
    with pytest.raises(OutputError, match="cannot be read"):
        write_docx(document, stub_drawings(document), house, pages={})


def test_reference_that_is_missing(document):
    with pytest.raises(OutputError, match="cannot be read"):
        write_docx(document, {}, Path("nowhere.docx"), pages={})


def test_reference_with_an_entity_is_refused(document, tmp_path):
    house = tmp_path / "house.docx"
    with zipfile.ZipFile(REFERENCE) as old, zipfile.ZipFile(house, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = data.replace(
                    b"<w:document",
                    b'<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/hostname">]><w:document',
                    1,
                ).replace("正文段。".encode(), b"&x;")
            new.writestr(name, data)
    with pytest.raises(OutputError, match="cannot be read"):
        write_docx(document, stub_drawings(document), house, pages={})


def test_reference_that_unpacks_to_too_much(document, tmp_path):
    house = tmp_path / "house.docx"
    with zipfile.ZipFile(house, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (65 * 2**20))
    with pytest.raises(OutputError, match="too much"):
        write_docx(document, stub_drawings(document), house, pages={})


def test_a_document_of_one_part_and_no_front(document):
    bare = replace(
        document, sections=(Section("s", "body", (Heading("p1", 1, (Text("总论"),), "第一部分"),)),)
    )
    data = write_docx(bare, {}, REFERENCE, pages={})
    texts = [p.text for p in docx.Document(BytesIO(data)).paragraphs]
    assert texts[-1] == "总论"


def test_control_characters_are_dropped(document):
    odd = replace(
        document,
        sections=(Section("s", "body", (Heading("p1", 1, (Text("总\x0b论\x00"),), "第一部分"),)),),
    )
    assert (
        docx.Document(BytesIO(write_docx(odd, {}, REFERENCE, pages={}))).paragraphs[-1].text
        == "总论"
    )


def test_chinese_typography_is_in_the_styles(written):
    styles = written.part("word/styles.xml")
    defaults = styles.find("w:docDefaults", NS)
    for name in ("kinsoku", "overflowPunct", "autoSpaceDE", "autoSpaceDN"):
        assert defaults.find(f".//w:{name}", NS) is not None
    assert defaults.find(".//w:lang", NS).get(q("w:eastAsia")) == "zh-CN"
    assert defaults.find(".//w:rFonts", NS).get(q("w:eastAsia")) == "宋体"
    named = [font for font in styles.iter(q("w:rFonts")) if font.get(q("w:ascii"))]
    assert len(named) > 20
    assert all(font.get(q("w:eastAsia")) for font in named)  # never the Latin face alone
    by_id = {style.get(q("w:styleId")): style for style in styles.iter(q("w:style"))}
    body = by_id["Body"].find("w:pPr", NS)
    assert body.find("w:ind", NS).get(q("w:firstLineChars")) == "200"
    assert body.find("w:snapToGrid", NS).get(q("w:val"), "1") == "1"
    for name in ("Heading1", "caption", "TableText", "FootnoteText"):
        assert by_id[name].find("w:pPr/w:snapToGrid", NS).get(q("w:val")) == "0"
    settings = written.part("word/settings.xml")
    assert settings.find("w:characterSpacingControl", NS).get(q("w:val")) == "compressPunctuation"
    indented = [p for p in written.part().iter(q("w:p")) if p.find("w:pPr/w:ind", NS) is not None]
    assert all(  # direct indents are numbers' in tables, nothing else
        p.find("w:pPr/w:pStyle", NS).get(q("w:val")) == "TableNumber" for p in indented
    )
