"""LibreOffice as the second program: page labels, refreshed fields, a load and save."""

from __future__ import annotations

import pytest

from report.document.model import Figure, Footnote, Heading, Table
from report.document.numbering import number
from report.document.walk import iter_inlines
from report.output.docx import write_docx
from report.output.docx.pages import convert, destination_name, page_labels, roman
from report.output.text import caption_text, plain
from tests.output.docx.office import entries, marks, pages_of, refresh, same_openings, unchanged
from tests.output.docx.readers import REFERENCE
from tests.support.documents import rich_document, stub_drawings

pytestmark = [pytest.mark.libreoffice, pytest.mark.slow]


@pytest.fixture(scope="module")
def measured(soffice):
    document = number(rich_document())
    return document, write_docx(document, stub_drawings(document), REFERENCE)


@pytest.fixture(scope="module")
def office(measured, soffice, tmp_path_factory):
    return refresh(soffice, measured[1], tmp_path_factory.mktemp("office"))


def test_refreshing_changes_no_text(measured, office):
    unchanged(office)
    same_openings(office, measured[1])


def test_lists_print_the_documents_numbers(measured, office):
    document, _ = measured
    shown = {text for _style, text in office.after["body"]}
    for block in document.blocks():
        if isinstance(block, Heading) and block.number:
            title = plain(block.inlines)
            assert any(text.replace("|", "") == block.number + title for text in shown), block


def test_saving_keeps_bookmarks_footnotes_captions_and_alt_texts(measured, office):
    document, data = measured
    ours, theirs = marks(data), marks(office.saved)
    assert ours["blocks"] <= theirs["blocks"]
    assert ours["notes"] == theirs["notes"]
    assert ours["alts"] == theirs["alts"]
    for block in document.blocks():
        if isinstance(block, Figure | Table):
            assert caption_text(block) in theirs["texts"]


def test_contents_give_the_pages_where_headings_stand(measured, office, program):
    pages = pages_of(office.pdf, program("pdftotext"))
    listed = entries(measured[1])
    assert len(listed) == 16  # two of them on a part’s opening page
    opening = next(n for n, text in enumerate(pages) if "第一部分总体成效" in text)
    for text, label in listed:
        assert "".join(text.split()) in pages[opening + int(label) - 1], (text, label)


def test_footnotes_are_on_the_page(measured, office, program):
    text = "".join(pages_of(office.pdf, program("pdftotext")))
    for block in measured[0].blocks():
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
