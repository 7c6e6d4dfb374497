"""Redlines of random edits: accepted they read as the new draft, rejected as the old one; and are valid."""

from __future__ import annotations

import json
import random
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from report.document.model import (
    Document,
    Figure,
    Footnote,
    Heading,
    ListBlock,
    Number,
    Paragraph,
    Ref,
    Section,
    Table,
    TableCell,
    Text,
)
from report.document.numbering import number
from report.document.walk import transform
from report.output.docx.writer import write_once
from report.review.redline import redline
from report.review.redline_check import accepted, lines, rejected
from report.review.redline_package import DOCUMENT, File
from tests.support.documents import rich_document

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "templates/docx/reference.docx"
DATE = "2024-01-31T00:00:00Z"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c63f80f0001010100367d67800000000049454e44ae426082"
)


class Plain:
    """A drawing that says no more than its name."""

    def __init__(self, name: str) -> None:
        self.svg = (
            '<svg xmlns="http://www.w3.org/2000/svg" width="300pt" height="200pt" '
            f'viewBox="0 0 300 200"><desc>{name}</desc></svg>'
        ).encode()

    def png(self, dpi: int) -> bytes:
        return PIXEL


def word(document: Document, marks: str = "") -> bytes:
    drawings = {b.id: Plain(b.id + marks) for b in document.blocks() if isinstance(b, Figure)}
    return write_once(document, drawings, REFERENCE, pages={}, draft="")


def edited(document: Document, seed: int, share: float = 0.08) -> Document:
    """Change words, numbers, notes, cells, rows, paragraphs and their order at random."""
    rng = random.Random(seed)

    def inline(one):
        if rng.random() > share:
            return one
        match one:
            case Text() if len(one.text) > 3:
                at = rng.randrange(len(one.text))
                return replace(one, text=one.text[:at] + "更为" + one.text[at + rng.randrange(3) :])
            case Number():
                return replace(one, quantity=replace(one.quantity, text=f"{rng.random():.2f}%"))
            case Footnote():
                return replace(one, inlines=(Text("改写的注文。"), *one.inlines[1:]))
        return one

    def block(one):
        chance = rng.random()
        if isinstance(one, Paragraph | Figure | ListBlock) and chance < share / 2:
            return ()
        if isinstance(one, Paragraph) and chance < share:
            note = Footnote((Text("新的脚注。"),))
            return (one, Paragraph(f"{one.id}-new", (Text("新增的一段，说明情况。"), note)))
        if isinstance(one, Table):
            return table(one)
        return one

    def table(one: Table) -> Table:
        spans = any(c.rowspan > 1 or c.colspan > 1 for row in (*one.head, *one.body) for c in row)
        chance = rng.random()
        if spans or not one.body:
            return one
        if chance < 0.2:
            return replace(one, body=one.body[1:] + one.body[:1])
        if chance < 0.4:
            row = tuple(TableCell((Text(f"新{n}"),)) for n in range(len(one.body[0])))
            return replace(one, body=(*one.body, row))
        if chance < 0.5 and len(one.widths) > 2:
            cut = [tuple(row[:1] + row[2:] for row in part) for part in (one.head, one.body)]
            return replace(one, head=cut[0], body=cut[1], widths=one.widths[:1] + one.widths[2:])
        if chance < 0.6 and len(one.body) > 1:
            return replace(one, body=one.body[:-1])
        return one

    made = transform(document, inline=inline, block=block)
    sections = tuple(shuffled(section, rng, share) for section in made.sections)
    made = replace(made, sections=sections)
    known = {one.id for one in made.blocks()}
    lost = transform(
        made,
        inline=lambda i: Text(i.text) if isinstance(i, Ref) and i.target not in known else i,
    )
    return number(lost)


def shuffled(section: Section, rng: random.Random, share: float) -> Section:
    """Move a paragraph now and then."""
    blocks = list(section.blocks)
    places = [n for n, one in enumerate(blocks) if isinstance(one, Paragraph) and n > 1]
    if places and rng.random() < 3 * share:
        one = blocks.pop(rng.choice(places))
        blocks.insert(rng.randrange(1, len(blocks) + 1), one)
    return replace(section, blocks=tuple(blocks))


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
