"""Redlines of random edits: accepted they read as the new draft, rejected as the old one; and are valid."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

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
def test_libreoffice_reads_both_texts(sample, original, soffice, program, tmp_path) -> None:
    """Accept-all and reject-all by another program give the two drafts, empty lines aside."""
    python = program("python3")
    (tmp_path / "plain-old.docx").write_bytes(original)
    names = ["plain-old.docx"]
    for seed in range(4):
        new = word(edited(sample, seed, 0.15))
        (tmp_path / f"plain-{seed}.docx").write_bytes(new)
        (tmp_path / f"redline-{seed}.docx").write_bytes(redline(original, new, date=DATE))
        names += [f"plain-{seed}.docx", f"redline-{seed}.docx"]
    script = Path(__file__).with_name("office_redline.py")
    done = subprocess.run(
        ["/usr/bin/python3" if Path("/usr/bin/python3").exists() else python, str(script), soffice,
         str(tmp_path), *(str(tmp_path / name) for name in names)],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    for seed in range(4):
        made = found[f"redline-{seed}.docx"]
        assert _settled(made["accepted"]) == _settled(found[f"plain-{seed}.docx"])
        assert _settled(made["rejected"]) == _settled(found["plain-old.docx"])


def _settled(found: list[str]) -> list[str]:
    """Leave out page numbers of contents, which LibreOffice counts anew as it lays out."""
    return [
        line.rpartition("\t")[0] if line.rpartition("\t")[2].isdecimal() else line.rstrip("\t")
        for line in found
    ]
