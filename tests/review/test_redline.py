"""Redlines of random edits: accepted they read as the new draft, rejected as the old one; and are valid."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace

import pytest

from bench.redlines import judged, run, settled
from report.document.model import (
    Document,
    Heading,
    Paragraph,
    Text,
)
from report.review.redline import redline
from report.review.redline_check import accepted, lines, rejected
from report.review.redline_package import DOCUMENT, File
from tests.support.documents import rich_document
from tests.support.edits import edited, word

DATE = "2024-01-31T00:00:00Z"


@pytest.fixture(scope="module")
def sample() -> Document:
    return rich_document()


@pytest.fixture(scope="module")
def original(sample) -> bytes:
    return word(sample)


@pytest.mark.parametrize("seed", range(100))
def test_both_texts_are_in_it(sample, original, seed) -> None:
    new = word(edited(sample, seed, 0.05 + seed % 5 * 0.06), "" if seed % 3 else "x")
    made = redline(original, new, date=DATE)
    assert accepted(made) == lines(new)
    assert rejected(made) == lines(original)
    if seed < 3:
        assert made == redline(original, new, date=DATE)


def test_the_same_draft_has_no_marks(original) -> None:
    made = redline(original, original, date=DATE)
    assert b"<w:ins " not in File(made).parts[DOCUMENT]
    assert b"<w:del " not in File(made).parts[DOCUMENT]


def test_numbers_stay_whole_and_marks_are_signed(sample, original) -> None:
    heading = next(b for b in sample.blocks() if isinstance(b, Heading) and b.level == 2)
    old = Paragraph(heading.id + "-z", (Text("总指数为139.7，比上年提高10.8点，继续稳步提升。"),))
    new = replace(old, inlines=(Text("总指数为140.7，比上年提高10.8点，继续较快提升。"),))
    first, second = (_with(sample, one) for one in (old, new))
    xml = File(redline(word(first), word(second), date=DATE)).parts[DOCUMENT].decode()
    assert '<w:delText xml:space="preserve">139.7</w:delText>' in xml
    assert "<w:t>140.7</w:t>" in xml
    assert 'w:author="编写组" w:date="2024-01-31T00:00:00Z"' in xml


def _with(document: Document, block: Paragraph) -> Document:
    last = document.sections[-1]
    section = replace(last, blocks=(*last.blocks, block))
    return replace(document, sections=(*document.sections[:-1], section))


def test_moves_rows_and_cells_are_marked(sample) -> None:
    seen = set()
    for seed in range(60):
        xml = File(redline(word(sample), word(edited(sample, seed, 0.3)), date=DATE)).parts[
            DOCUMENT
        ]
        for mark in (b"w:moveFrom ", b"w:moveTo ", b"w:cellDel ", b"<w:trPr><w:cantSplit/><w:ins "):
            if mark in xml:
                seen.add(mark)
        if len(seen) == 4:
            return
    pytest.fail(f"only {seen}")


def test_sdk_finds_nothing_new(sample, original, ooxml_validator, tmp_path) -> None:
    for seed in (1, 2, 3, 5, 8):
        file = tmp_path / f"redline-{seed}.docx"
        file.write_bytes(redline(original, word(edited(sample, seed, 0.25), "x"), date=DATE))
        done = subprocess.run(
            [ooxml_validator, str(file)], capture_output=True, text=True, check=False
        )
        assert json.loads(done.stdout)["errors"] == [], done.stdout[:2000]


@pytest.mark.slow
def test_libreoffice_reads_both_texts(soffice, tmp_path) -> None:
    """Accept-all and reject-all by another program give the two drafts (a sample of bench/redlines.py)."""
    different, made = run(8, 3, tmp_path, ["2023"], soffice)
    assert different == []
    assert len(made) == 8


@pytest.mark.slow
def test_libreoffice_reads_every_kind_of_block(sample, original, soffice, tmp_path) -> None:
    (tmp_path / "plain-old.docx").write_bytes(original)
    files = [tmp_path / "plain-old.docx"]
    for seed in range(2):
        new = word(edited(sample, seed, 0.15))
        for kind, data in (("plain", new), ("redline", redline(original, new, date=DATE))):
            files.append(tmp_path / f"{kind}-{seed}.docx")
            files[-1].write_bytes(data)
    found = judged(files, tmp_path, soffice)
    for seed in range(2):
        made = found[f"redline-{seed}.docx"]
        assert settled(made["accepted"]) == settled(found[f"plain-{seed}.docx"])
        assert settled(made["rejected"]) == settled(found["plain-old.docx"])


def test_marks_on_both_sides_of_a_paragraphs_end_bear_different_times(sample) -> None:
    """LibreOffice would join them, and take the paragraph's end with them."""
    heading = next(b for b in sample.blocks() if isinstance(b, Heading) and b.level == 2)
    first = Paragraph(heading.id + "-y", (Text("前一段说明总体情况，"),))
    second = Paragraph(heading.id + "-z", (Text("后一段说明具体情况。"),))
    old = _with(_with(sample, first), second)
    longer = replace(first, inlines=(Text("前一段说明总体情况，有所补充"),))
    begun = replace(second, inlines=(Text("此外，后一段说明具体情况。"),))
    new = _with(_with(sample, longer), begun)
    xml = File(redline(word(old), word(new), date=DATE)).parts[DOCUMENT].decode()
    dates = re.findall(
        r'<w:ins [^>]*w:date="([^"]*)"[^>]*><w:r>(?:<w:rPr>.*?</w:rPr>)?<w:t[^>]*>', xml
    )
    assert dates == ["2024-01-31T00:00:00Z", "2024-01-31T00:02:00Z"]
