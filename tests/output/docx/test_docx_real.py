"""The shipped editions as Word files: valid for the SDK, unchanged by LibreOffice, pages as listed."""

from __future__ import annotations

import re
import subprocess

import pytest

from report.check.outputs.items import FORMULA, bare
from report.check.outputs.parity import draw_figures, wanted
from report.document.model import Figure, Footnote, Heading, Table
from report.document.walk import iter_inlines
from report.output.docx import block_name
from report.output.text import caption_text, plain
from tests.output.docx.office import (
    Opened,
    entries,
    marks,
    pages_of,
    refresh,
    same_openings,
    unchanged,
)

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("edition", ["2023", "2022", "published-2021"])
def test_sdk_finds_nothing_in_any_edition(edition, build_once, ooxml_validator):
    file = build_once(edition)["report.docx"]
    done = subprocess.run([ooxml_validator, str(file)], capture_output=True, text=True, check=False)
    assert '"ok": true' in done.stdout, done.stdout


@pytest.fixture(scope="module")
def opened(built, soffice, tmp_path_factory) -> Opened:
    return refresh(soffice, built["report.docx"].read_bytes(), tmp_path_factory.mktemp("office"))


@pytest.mark.libreoffice
def test_refreshing_changes_no_text(built, opened):
    unchanged(opened)
    same_openings(opened, built["report.docx"].read_bytes())
    assert len(opened.before["fields"]) > 300
    assert [len(index) for index in opened.before["indexes"]] == [
        len(index) for index in opened.after["indexes"]
    ]


@pytest.mark.libreoffice
def test_lists_print_the_documents_numbers(prepared, opened):
    shown = {text.replace("|", "") for _style, text in opened.after["body"]}
    missing = [
        block.number
        for block in prepared.blocks()
        if isinstance(block, Heading)
        and block.number
        and not any(block.number + plain(block.inlines) in text for text in shown)
    ]
    assert missing == []


@pytest.mark.libreoffice
def test_saving_keeps_bookmarks_footnotes_captions_and_alt_texts(built, prepared, opened):
    ours, theirs = marks(built["report.docx"].read_bytes()), marks(opened.saved)
    assert {block_name(block.id) for block in prepared.blocks()} <= ours["blocks"]
    assert ours["blocks"] <= theirs["blocks"]
    assert ours["notes"] == theirs["notes"]
    assert ours["alts"] == theirs["alts"]
    captions = [caption_text(b) for b in prepared.blocks() if isinstance(b, Figure | Table)]
    assert [text for text in captions if text not in theirs["texts"]] == []


@pytest.mark.libreoffice
def test_contents_give_the_pages_where_headings_stand(built, opened, program):
    pages = pages_of(opened.pdf, program("pdftotext"))
    listed = entries(built["report.docx"].read_bytes())
    first = "".join(listed[0][0].split())
    opening = next(n for n, text in enumerate(pages) if first in text)
    assert len(listed) > 200
    assert all(label.isdigit() for _, label in listed)
    wrong = [
        (text, label)
        for text, label in listed
        if "".join(text.split()) not in pages[opening + int(label) - 1]
    ]
    assert wrong == []


@pytest.mark.libreoffice
def test_footnotes_stand_in_the_pdf(prepared, opened, program):
    text = "".join(pages_of(opened.pdf, program("pdftotext")))
    notes = [
        "".join(plain(inline.inlines).split())
        for block in prepared.blocks()
        for inline in iter_inlines(block, nested=False)
        if isinstance(inline, Footnote)
    ]
    assert notes
    assert [note for note in notes if note[:20] not in text] == []


@pytest.mark.libreoffice
def test_libreoffice_s_pdf_holds_what_the_document_says(prepared, opened, program, tmp_path):
    """Every heading, caption, cell and paragraph of the Document, and the figures' texts, in its PDF."""
    file = tmp_path / "office.pdf"
    file.write_bytes(opened.pdf)
    read = [
        subprocess.run(
            [program("pdftotext"), form, file, "-"], capture_output=True, text=True, check=True
        ).stdout
        for form in ("-raw", "-layout")
    ]
    texts = [bare(text) for text in read]
    svgs = {name: drawing.svg for name, drawing in draw_figures(prepared).items()}
    ours = wanted(prepared, svgs)
    missing = [item for item in ours.body if not shown(item.bare, texts)]
    assert {item.kind for item in missing} <= {
        "text"
    }  # those with formulae, or a note's call within
    assert len(missing) < 0.01 * len(ours.body)
    drawn = [text for drawing in ours.drawings for text in drawing.texts]
    assert sum(any(text in page for page in texts) for text in drawn) > 0.9 * len(drawn)


def shown(text: str, pages: list[str]) -> bool:
    """Whether a PDF's text holds a text, whole or parted by a page's end; calls of notes are left out."""
    text = re.sub(r"\[\^\d+\]", "", text).replace(FORMULA, "")
    if any(text in page for page in pages):
        return True
    raw = pages[0]
    return any(text[:cut] in raw and text[cut:] in raw for cut in range(1, len(text)))
