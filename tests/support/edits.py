"""Random edits of a document, as drafts get them: words, numbers, notes, cells, rows, paragraphs, their order."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

from report.document.model import (
    Document,
    Figure,
    Footnote,
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

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "templates/docx/reference.docx"
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
    return number(_without_lost(made))


def shuffled(section: Section, rng: random.Random, share: float) -> Section:
    """Move a paragraph now and then."""
    blocks = list(section.blocks)
    places = [n for n, one in enumerate(blocks) if isinstance(one, Paragraph) and n > 1]
    if places and rng.random() < 3 * share:
        one = blocks.pop(rng.choice(places))
        blocks.insert(rng.randrange(1, len(blocks) + 1), one)
    return replace(section, blocks=tuple(blocks))


def alone(document: Document, section: Section) -> Document:
    """Return one section as a document of its own; references that lead out of it become text."""
    return number(_without_lost(replace(document, sections=(section,))))


def _without_lost(document: Document) -> Document:
    known = {one.id for one in document.blocks()}
    return transform(
        document,
        inline=lambda i: Text(i.text) if isinstance(i, Ref) and i.target not in known else i,
    )
