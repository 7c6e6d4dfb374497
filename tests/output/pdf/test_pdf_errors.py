"""What must not reach a reader: foreign files, missing glyphs, empty pages."""

import dataclasses

import pytest

from report.document.model import Document, Heading, Paragraph, Section, Text
from report.errors import OutputError, Place
from report.output.html import write_page, write_print
from report.output.pdf import write_pdf
from report.output.pdf.fetch import Refused, allowed_path
from report.output.pdf.fonts import missing_characters, subsetter_found
from tests.support.documents import rich_document


def small(text="正文。", origin=None):
    blocks = (
        Heading("h", 1, (Text("部分"),), "第一部分"),
        Paragraph("p-1", (Text(text),), origin=origin),
    )
    return Document(rich_document().meta, (Section("s", "body", blocks),))


def styled(page_dir, tmp_path, extra):
    folder = tmp_path / "page"
    folder.mkdir()
    (folder / "print.css").write_text((page_dir / "print.css").read_text("utf-8") + extra, "utf-8")
    return folder


def test_files_under_the_roots_are_allowed(tmp_path):
    inside = tmp_path / "root" / "图 案.png"
    inside.parent.mkdir()
    inside.write_bytes(b"x")
    assert allowed_path(inside.as_uri(), [inside.parent]) == inside.resolve()


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/a.png",
        "https://example.org/a.png",
        "ftp://example.org/a",
        "file://server/share/a.png",
        "file:///etc/passwd",
        "{root}/../secret.txt",
        "{root}/%2e%2e/secret.txt",
        "{root}/link.txt",
        "{root}/missing.txt",
        "{root}",
    ],
)
def test_everything_else_is_refused(tmp_path, address):
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "secret.txt").write_text("x")
    (root / "link.txt").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(Refused):
        allowed_path(address.format(root=root.as_uri()), [root])


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/x.png", "file:///etc/hostname", "../x.png"]
)
def test_a_style_sheet_that_reaches_out_stops_the_build(page_dir, tmp_path, address):
    folder = styled(page_dir, tmp_path, f"body {{ background: url('{address}') }}")
    document = small()
    with pytest.raises(OutputError, match="outside"):
        write_pdf(write_print(document, {}, folder), document, folder)


def test_a_missing_glyph_names_character_and_block(page_dir):
    document = small("坏字\ue7f3。", Place.of("templates/parts/x.md.j2", line=3))
    with pytest.raises(OutputError) as caught:
        write_pdf(write_print(document, {}, page_dir), document, page_dir)
    (problem,) = caught.value.problems
    assert "U+E7F3" in problem.found
    assert "p-1" in problem.found
    assert str(problem.place) == "templates/parts/x.md.j2:3"


def test_missing_characters_are_read_from_the_log():
    message = '.notdef glyph rendered for Unicode string unsupported by fonts: "x" (U+E7F3)'
    assert missing_characters([message, "something else"]) == ["\ue7f3"]


def test_an_empty_page_stops_the_build(page_dir, tmp_path):
    folder = styled(
        page_dir, tmp_path, "section.body { break-before: page } section.body p { display: none }"
    )
    document = small()
    with pytest.raises(OutputError, match=r"[Ee]mpty"):
        write_pdf(write_print(document, {}, folder), document, folder)


def test_hostile_titles_stay_text(page_dir):
    meta = dataclasses.replace(
        rich_document().meta, title="</title><script>x</script>", subtitle=""
    )
    document = dataclasses.replace(small(), meta=meta)
    for page in (write_print(document, {}, page_dir), write_page(document, {}, page_dir)):
        assert "<script>" not in page


def test_the_font_subsetter_is_looked_for():
    assert subsetter_found() in {True, False}
