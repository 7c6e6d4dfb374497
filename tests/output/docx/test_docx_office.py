"""LibreOffice as the second program: page labels, refreshed fields, a load and save."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from io import BytesIO

import pdfplumber
import pytest
from lxml import etree

from report.document.model import Figure, Footnote, Heading, Table
from report.document.numbering import number
from report.document.walk import iter_inlines
from report.output.docx import write_docx
from report.output.docx.oxml import NS, q
from report.output.docx.pages import convert, destination_name, page_labels, roman
from report.output.text import caption_text, plain
from tests.output.docx.readers import REFERENCE, text_of
from tests.support.documents import rich_document, stub_drawings

pytestmark = [pytest.mark.libreoffice, pytest.mark.slow]


@pytest.fixture(scope="module")
def measured(soffice):
    document = number(rich_document())
    return document, write_docx(document, stub_drawings(document), REFERENCE)


@pytest.fixture(scope="module")
def office(measured, soffice, tmp_path_factory):
    """Texts before and after LibreOffice refreshed everything, and what it saved."""
    python = next(
        (p for p in ("/usr/bin/python3", shutil.which("python3")) if p and _has_uno(p)), None
    )
    if python is None:
        pytest.skip("no Python here has LibreOffice's uno module")
    folder = tmp_path_factory.mktemp("office")
    file = folder / "report.docx"
    file.write_bytes(measured[1])
    script = REFERENCE.parents[2] / "tests/output/docx/office_update.py"
    done = subprocess.run(
        [python, str(script), soffice, str(file), str(folder)],
        capture_output=True, text=True, timeout=180, check=True,
    )  # fmt: skip
    return json.loads(done.stdout), (folder / "saved.docx").read_bytes()


def _has_uno(python):
    return (
        subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode
        == 0
    )


def test_refreshing_changes_no_text(office):
    texts, _ = office
    assert texts["after"]["fields"] == texts["before"]["fields"]
    assert texts["after"]["indexes"] == texts["before"]["indexes"]
    body = [[text for _style, text in texts[when]["body"]] for when in ("before", "after")]
    assert body[0] == body[1]


def test_lists_print_the_documents_numbers(measured, office):
    document, _ = measured
    shown = {text for _style, text in office[0]["after"]["body"]}
    for block in document.blocks():
        if isinstance(block, Heading) and block.number:
            title = plain(block.inlines)
            assert any(text.replace("|", "") == block.number + title for text in shown), block


def test_saving_keeps_bookmarks_footnotes_captions_and_alt_texts(measured, office):
    document, data = measured
    ours, theirs = _read(data), _read(office[1])
    assert ours["blocks"] <= theirs["blocks"]
    assert ours["notes"] == theirs["notes"]
    assert ours["alts"] == theirs["alts"]
    for block in document.blocks():
        if isinstance(block, Figure | Table):
            assert caption_text(block) in theirs["texts"]


def _read(data):
    with zipfile.ZipFile(BytesIO(data)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
        notes = etree.fromstring(archive.read("word/footnotes.xml"))
    names = {b.get(q("w:name")) for b in body.iter(q("w:bookmarkStart"))}
    return {
        "blocks": {name for name in names if name.startswith("_blk_")},
        "notes": [text_of(note).strip() for note in notes if note.get(q("w:type")) is None],
        "alts": [d.get("descr") for d in body.iter(q("wp:docPr"))],
        "texts": {text_of(p) for p in body.iter(q("w:p"))},
    }


def test_contents_give_the_pages_where_headings_stand(measured):
    _document, data = measured
    pdf = convert(data, "pdf")
    with pdfplumber.open(BytesIO(pdf)) as opened:
        pages = ["".join((page.extract_text() or "").split()) for page in opened.pages]
    with zipfile.ZipFile(BytesIO(data)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    entries = [
        text_of(p).split("\t")
        for p in body.iter(q("w:p"))
        if p.find("w:hyperlink", NS) is not None and "\t" in text_of(p)
    ]
    assert len(entries) == 14
    opening = next(
        n for n, text in enumerate(pages) if "第一部分总体成效" in text and "目录" not in text
    )
    for text, label in entries:
        page = pages[opening + int(label) - 1]
        assert "".join(text.split()) in page, (text, label)


def test_footnotes_are_on_the_page(measured):
    document, data = measured
    pdf = convert(data, "pdf")
    with pdfplumber.open(BytesIO(pdf)) as opened:
        text = "".join("".join((page.extract_text() or "").split()) for page in opened.pages)
    for block in document.blocks():
        for inline in iter_inlines(block, nested=False):
            if isinstance(inline, Footnote):
                assert "".join(plain(inline.inlines).split()) in text


def test_failing_program_measures_nothing(monkeypatch):
    monkeypatch.setattr("report.output.docx.pages.office", lambda: "")
    assert convert(b"anything") == b""


def test_labels_count_by_matter(document):
    pages = {destination_name("_blk_preface"): 1, "_blk_contents": 2, "_blk_p1": 5, "_blk_app": 17}
    labels = page_labels(pages, document)
    assert labels == {"preface": "i", "contents": "ii", "p1": "1", "app": "13"}
    assert [roman(n) for n in (1, 4, 9, 14, 40, 99)] == ["i", "iv", "ix", "xiv", "xl", "xcix"]
