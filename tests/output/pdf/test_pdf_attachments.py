"""Files inside the PDF: found by another reader, dated by the edition, the same bytes each time."""

from __future__ import annotations

import io

import pypdf
import pytest

from report.document.model import Document, Heading, Paragraph, Section, Text
from report.output.html import write_print
from report.output.pdf import Attachment, write_pdf
from tests.support.documents import rich_document

FILES = (
    Attachment("results.json", b'{"a": 1}\n' * 50, "application/json", "测算结果"),
    Attachment("numbers.csv", b"\xef\xbb\xbfpart,block\r\n", "text/csv", "数字台账", "Supplement"),
)


@pytest.fixture(scope="module")
def written(page_dir):
    """A document of one page, its print page and its PDF without files."""
    heading = Heading("p1", 1, (Text("总体情况"),), "第一部分")
    section = Section("part1", "body", (heading, Paragraph("p1-01", (Text("正文。"),))))
    document = Document(rich_document().meta, (section,))
    page = write_print(document, {}, page_dir)
    return document, page, write_pdf(page, document, page_dir)


@pytest.fixture(scope="module")
def data(written, page_dir) -> bytes:
    document, page, _plain = written
    return write_pdf(page, document, page_dir, attachments=FILES)


@pytest.fixture(scope="module")
def reader(data):
    return pypdf.PdfReader(io.BytesIO(data))


def test_the_files_are_inside(reader):
    assert {name: reader.attachments[name] for name in reader.attachments} == {
        each.name: [each.data] for each in FILES
    }


def test_readers_are_told_what_they_are(written, reader):
    catalogue = reader.trailer["/Root"]
    tree = catalogue["/Names"]["/EmbeddedFiles"]["/Names"]
    assert tree[::2] == sorted(tree[::2])
    found = {name: spec.get_object() for name, spec in zip(tree[::2], tree[1::2], strict=True)}
    assert [found[name]["/AFRelationship"] for name in sorted(found)] == ["/Supplement", "/Data"]
    assert {spec.get_object()["/F"] for spec in catalogue["/AF"]} == set(found)
    for each in FILES:
        spec = found[each.name]
        assert spec["/UF"] == each.name
        assert spec["/Desc"] == each.description
        stream = spec["/EF"]["/F"].get_object()
        assert stream["/Subtype"] == "/" + each.mime
        day = written[0].meta.date
        assert stream["/Params"]["/ModDate"] == f"D:{day:%Y%m%d}000000Z"
        assert stream["/Params"]["/Size"] == len(each.data)


def test_the_pages_are_as_without_them(written, reader):
    plain = pypdf.PdfReader(io.BytesIO(written[2]))
    assert len(reader.pages) == len(plain.pages)
    assert reader.page_labels == plain.page_labels
    assert set(reader.named_destinations) == set(plain.named_destinations)


def test_the_same_files_give_the_same_bytes(written, page_dir, data):
    document, page, plain = written
    assert write_pdf(page, document, page_dir, attachments=FILES) == data
    other = (Attachment("numbers.csv", b"another", "text/csv", ""),)
    changed = write_pdf(page, document, page_dir, attachments=other)
    readers = [pypdf.PdfReader(io.BytesIO(each)) for each in (plain, data, changed)]
    assert len({str(each.trailer["/ID"]) for each in readers}) == 3
