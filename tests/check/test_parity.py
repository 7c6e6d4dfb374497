"""Parity: what independent readers find in the PDF and the Word file is what the Document says."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from dataclasses import replace

import pytest
from lxml import etree

from report.check.outputs import compare_pdf, compare_word, finished, parity
from report.check.outputs.compare import differences
from report.check.outputs.items import Item
from report.check.outputs.parity import draw_figures
from report.check.outputs.pdf import read_pdf
from report.check.outputs.pdf_text import FontMap
from report.check.outputs.pdf_tokens import tokens
from report.check.outputs.stale import stale
from report.check.outputs.word import read_word
from report.check.style import read_style
from report.errors import OutputError
from report.output.docx import write_docx
from report.pipeline import prepare

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def ready(project):
    return prepare(project / "data" / "published-2021")


@pytest.fixture(scope="module")
def files(build_once):
    built = build_once("published-2021")
    return built["report.pdf"].read_bytes(), built["report.docx"].read_bytes()


@pytest.fixture(scope="module")
def drawings(ready):
    return {name: drawing.svg for name, drawing in draw_figures(ready.document).items()}


def test_the_small_edition_says_the_same_in_both(ready, files):
    assert parity(ready.document, *files) == ()


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["2023", "2022"])
def test_a_whole_report_says_the_same_in_both(project, build_once, edition):
    document = prepare(project / "data" / edition).document
    built = build_once(edition)
    pdf, docx = built["report.pdf"].read_bytes(), built["report.docx"].read_bytes()
    assert [f.found for f in parity(document, pdf, docx)] == []


def test_the_readers_find_everything(ready, files):
    pdf, word = read_pdf(files[0]).reading, read_word(files[1])
    for reading in (pdf, word):
        kinds = {item.kind for item in reading.body}
        assert {"heading", "caption", "text", "cell"} <= kinds
        assert reading.footnotes
        assert reading.contents
        assert reading.alternatives
        assert all(drawn.texts for drawn in reading.drawings)
    labels = [
        item.text.split()[0] for item in word.body if item.kind == "heading" and item.level == 1
    ]
    assert any(label.startswith("第一部分") for label in labels)


def changed(docx: bytes, change, part: str = "word/document.xml") -> bytes:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    root = etree.fromstring(parts[part])
    change(root)
    parts[part] = etree.tostring(root)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_one_digit_of_a_paragraph(ready, files, drawings):
    def change(root):
        text = next(t for t in root.iter(f"{W}t") if "146.6" in (t.text or ""))
        text.text = text.text.replace("146.6", "164.6", 1)

    findings = compare_word(ready.document, changed(files[1], change), drawings)
    assert len(findings) == 1
    finding = findings[0]
    assert finding.rule == "parity"
    assert finding.block
    assert finding.place is not None
    assert finding.place.file.startswith("templates/")
    assert "164.6" in finding.found
    assert "146.6" in finding.expected


def test_a_dropped_row_names_its_table(ready, files, drawings):
    gone = []

    def change(root):
        row = next(r for r in root.iter(f"{W}tr") if len(r.findall(f"{W}tc")) > 1)
        gone.append("".join(row.itertext()))
        row.getparent().remove(row)

    findings = compare_word(ready.document, changed(files[1], change), drawings)
    blocks = {finding.block for finding in findings}
    assert len(blocks) == 1
    assert any("r1c1" in finding.found for finding in findings)


def test_a_heading_that_is_only_set_large(ready, files, drawings):
    def change(root):
        style = next(s for s in root.iter(f"{W}pStyle") if s.get(f"{W}val") == "Heading2")
        style.set(f"{W}val", "Body")

    findings = compare_word(ready.document, changed(files[1], change), drawings)
    assert findings


def test_a_footnote_and_an_alternative(ready, files, drawings):
    def note(root):
        text = [t for t in root.iter(f"{W}t") if (t.text or "").strip()][-1]
        text.text += "吗"

    findings = compare_word(ready.document, changed(files[1], note, "word/footnotes.xml"), drawings)
    assert ["footnote" in finding.found for finding in findings] == [True]

    def alternative(root):
        for described in root.iter():
            if str(described.tag).endswith("}docPr"):
                described.set("descr", "另一幅图")

    findings = compare_word(ready.document, changed(files[1], alternative), drawings)
    assert any("alternative text" in finding.found for finding in findings)


def test_a_figure_of_other_data(ready, files, drawings):
    name, svg = next(iter(drawings.items()))
    moved = drawings | {name: svg.replace(b"L ", b"L 1", 1)}
    for findings in (
        compare_word(ready.document, files[1], moved),
        compare_pdf(ready.document, files[0], moved),
    ):
        assert [finding.block for finding in findings] == [name]


def test_broken_files_are_told(ready):
    for data in (b"", b"%PDF-1.7 nothing", b"PK\x03\x04"):
        with pytest.raises(OutputError):
            read_pdf(data)
        with pytest.raises(OutputError):
            read_word(data)


def test_entities_are_not_expanded(files):
    with zipfile.ZipFile(io.BytesIO(files[1])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    bomb = b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>'
    parts["word/document.xml"] = bomb + parts["word/document.xml"].partition(b"?>")[2]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert "lol" not in "".join(item.text for item in read_word(buffer.getvalue()).body)


# ---------------------------------------------------------------- stale files


def test_files_of_other_inputs_are_told(tmp_path, project, ready, build_once):
    out = tmp_path / "out"
    shutil.copytree(build_once("published-2021").folder, out)
    described = json.loads((out / "manifest.json").read_text("utf-8"))
    inputs = {name: project / name for name in described["inputs"]}
    assert stale(out, inputs) == ()
    changed_input = tmp_path / "edition.yaml"
    changed_input.write_text("title: 另一份\n", "utf-8")
    name = next(iter(inputs))
    findings = stale(out, inputs | {name: changed_input})
    assert [name in finding.found for finding in findings] == [True]
    (out / "report.pdf").write_bytes((out / "report.pdf").read_bytes() + b"\n")
    assert any("report.pdf" in finding.found for finding in stale(out, inputs))
    style = read_style(project / "templates")
    said = finished(ready.document, ready.results, None, style, out, inputs)
    assert [finding.rule for finding in said] == ["stale-output"]
    assert stale(tmp_path, {})


# ---------------------------------------------------------------- parts


def items(*texts: str, kind: str = "text", exhibit: bool = False) -> list[Item]:
    return [Item(kind, text, block=text[:1], exhibit=exhibit) for text in texts]  # type: ignore[arg-type]


def told(expected: list[Item], found: list[Item]) -> list[tuple[str, str]]:
    return [
        (d.expected.text if d.expected else "", d.found.text if d.found else "")
        for d in differences(expected, found)
    ]


def test_pieces_of_a_paragraph_count_as_one():
    whole = items("甲乙丙丁", "戊己", "庚辛", "壬癸")
    assert told(whole, items("甲乙", "丙丁", "戊己", "庚 辛", "壬癸")) == []
    assert told(whole, items("甲乙", "丙", "戊己", "庚辛", "壬癸"))


def test_cells_never_count_as_one():
    assert told(items("1", "23", kind="cell"), items("123", kind="cell"))
    assert told(items("1", "23", kind="cell"), items("12", "3", kind="cell"))


def test_an_exhibit_may_stand_after_the_text_behind_it():
    table = items("表一", "1", "2", "3", "4", exhibit=True)
    before, after, last = items("前文", "后文", "末尾")
    assert told([before, *table, after, last], [before, after, *table, last]) == []
    # but text may not pass text, nor an exhibit an exhibit
    assert told([before, after, last], [after, before, last])
    other = items("表二", "5", "6", "7", "8", exhibit=True)
    assert told([before, *table, *other, last], [before, *other, *table, last])


def test_a_change_is_paired_with_what_it_came_from():
    one = items("甲为12.3分，乙为4.5分。", "另一段。")
    two = items("甲为13.2分，乙为4.5分。", "另一段。")
    assert told(one, two) == [(one[0].text, two[0].text)]


def test_content_streams_are_read():
    stream = (
        rb"/Span <</MCID 3 /X [1 2]>> BDC BT /F1 9.5 Tf [<0041> -20 (b\(c\)\\\101)] TJ ET EMC % end"
    )
    found = list(tokens(stream))
    assert {"/MCID": 3.0, "/X": [1.0, 2.0]} in found
    assert b"\x00A" in found
    assert b"b(c)\\A" in found


def test_codes_become_text():
    class Stream:
        def __init__(self, data):
            self.data = data

        def get_object(self):
            return self

        def get_data(self):
            return self.data

    cmap = b"""2 beginbfchar <0001> <4e2d> <0002> <D840DC0B> endbfchar
    1 beginbfrange <0010> <0012> <0030> endbfrange
    1 beginbfrange <0020> <0021> [<0041> <0042>] endbfrange"""
    font = FontMap({"/Subtype": "/Type0", "/ToUnicode": Stream(cmap)})
    assert font.text(b"\x00\x01\x00\x02\x00\x11\x00\x21\x00\x99") == "中\U0002000b1B\ufffd"


@pytest.mark.slow
def test_native_charts_hold_the_figures_values(project):
    ready = prepare(project / "data" / "2023")
    meta = replace(ready.document.meta, charts="native")
    document = replace(ready.document, meta=meta)
    drawn = draw_figures(document)
    docx = write_docx(document, drawn, project / "templates/docx/reference.docx", pages={})
    svgs = {name: drawing.svg for name, drawing in drawn.items()}
    assert [finding.found for finding in compare_word(document, docx, svgs)] == []

    def change(root):
        c = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
        value = next(v for held in root.iter(f"{c}val") for v in held.iter(f"{c}v"))
        value.text = "987.654"

    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        part = next(name for name in archive.namelist() if name.startswith("word/charts/chart"))
    findings = compare_word(document, changed(docx, change, part), svgs)
    assert len(findings) == 1
    assert "chart" in findings[0].found
