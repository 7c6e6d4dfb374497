"""Every number taken out of the finished PDF and Word file resolves to the ledger or the structure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from report.check.outputs.charts import formatted
from report.check.outputs.extraction import Resolver
from report.check.outputs.items import Item
from report.check.outputs.parity import draw_figures, wanted
from report.check.outputs.pdf import read_pdf
from report.check.outputs.word import read_word
from report.check.style import read_style
from report.ledger import Sources, ledger
from report.output.docx import write_docx
from report.pipeline import prepare

SHIPPED = [
    "published-2021",
    pytest.param("2022", marks=pytest.mark.slow),
    pytest.param("2023", marks=pytest.mark.slow),
]


def resolver_of(project, edition):
    ready = prepare(project / "data" / edition)
    drawings = draw_figures(ready.document)
    ours = wanted(ready.document, {name: drawing.svg for name, drawing in drawings.items()})
    rows = ledger(ready.document, Sources(ready.results, ready.previous), drawings)
    return Resolver(ours, rows, read_style(project / "templates"))


@pytest.mark.parametrize("edition", SHIPPED)
def test_every_number_of_the_finished_files_resolves(project, build_once, edition):
    resolver = resolver_of(project, edition)
    built = build_once(edition)
    pdf = read_pdf(built["report.pdf"].read_bytes())
    assert list(resolver.unresolved(pdf.reading)) == []
    assert list(resolver.furniture(pdf.furniture, pdf.labels)) == []
    word = read_word(built["report.docx"].read_bytes())
    assert list(resolver.unresolved(word)) == []


def test_another_reader_finds_the_same_digits(build_once):
    """The reader of content streams misses nothing that pdfplumber sees on a page."""
    pdfplumber = pytest.importorskip("pdfplumber")
    path = build_once("published-2021")["report.pdf"]
    pdf = read_pdf(path.read_bytes())
    ours = [text for page in pdf.furniture for text in page]
    for items in (pdf.reading.body, pdf.reading.footnotes):
        ours += [item.text for item in items]
    ours += [text for drawn in pdf.reading.drawings for text in drawn.texts]
    with pdfplumber.open(path) as opened:
        theirs = "".join(char["text"] for page in opened.pages for char in page.chars)
    count = {digit: "".join(ours).count(digit) for digit in "0123456789"}
    # contents' page numbers, repeated lists of chapters and list labels are not among the items
    assert all(theirs.count(digit) >= count[digit] > 0 for digit in "0123456789")
    entries = sum(len(item.text) for item in pdf.reading.contents)
    assert sum(theirs.count(digit) - count[digit] for digit in count) <= entries + 200


def test_a_number_from_nowhere_is_told(project, build_once):
    resolver = resolver_of(project, "published-2021")
    word = read_word(build_once("published-2021")["report.docx"].read_bytes())
    at = next(n for n, item in enumerate(word.body) if "146.6" in item.text)
    word.body[at] = replace(word.body[at], text=word.body[at].text.replace("146.6", "987.6"))
    assert {one.token for one in resolver.unresolved(word)} >= {"987.6"}
    word.footnotes.append(Item("text", "77 多出的脚注，12345。"))
    assert "12345" in {one.token for one in resolver.unresolved(word)}


def test_the_labels_of_native_charts_are_read_too(project):
    ready = prepare(project / "data" / "2023")
    meta = replace(ready.document.meta, charts="native")
    document = replace(ready.document, meta=meta)
    drawings = draw_figures(document)
    docx = write_docx(document, drawings, project / "templates/docx/reference.docx", pages={})
    resolver = resolver_of(project, "2023")
    word = read_word(docx)
    charts = [drawn for drawn in word.drawings if drawn.values is not None]
    labels = [text for drawn in charts for text in drawn.texts]
    assert len(charts) > 25
    assert sum(any(sign.isdigit() for sign in text) for text in labels) > 500
    assert list(resolver.unresolved(word)) == []
    at = next(n for n, drawn in enumerate(word.drawings) if drawn in charts)
    word.drawings[at] = replace(word.drawings[at], texts=("987.6",))
    assert [one.token for one in resolver.unresolved(word)] == ["987.6"]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (12.345, "0.0;−0.0", "12.3"),
        (0.125, "0.00;−0.00", "0.13"),
        (-1.26, "0.0;−0.0", "−1.3"),
        (-0.01, "0.0;−0.0", "0.0"),
        (3.2, "+0.0;−0.0;0.0", "+3.2"),
        (0.0, "+0.0;−0.0;0.0", "0.0"),
        (12345.6, "#,##0;−#,##0", "12,346"),
        (45.3, '0.0"%";−0.0"%"', "45.3%"),
        (1.25, "General", "1.25"),
    ],
)
def test_labels_read_as_a_spreadsheet_formats_them(value, code, text):
    assert formatted(value, code) == text
