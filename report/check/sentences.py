"""Sentences: a block's runs cut at 。；！？, each piece still knowing which inline it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from report.document.model import (
    Block,
    Break,
    Claim,
    Document,
    Emphasis,
    Footnote,
    Inline,
    Link,
    Math,
    Ref,
    Strong,
)
from report.document.text import inline_text
from report.document.walk import children, own_runs

_END = re.compile(r"(?<=[。；！？\n])")


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of an inline within a sentence."""

    inline: Inline
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence (or a clause up to a semicolon) of a block; ``claims`` are the claims around it."""

    section: str
    block: Block
    pieces: tuple[Piece, ...]
    claims: tuple[Claim, ...] = ()

    @property
    def text(self) -> str:
        """The sentence as it is read."""
        return "".join(piece.text for piece in self.pieces).strip()

    def clauses(self) -> Iterator[tuple[Piece, ...]]:
        """Yield the pieces between commas; brackets do not cut."""
        clause: list[Piece] = []
        for piece in self.pieces:
            parts = re.split(r"(?<=[，：])", piece.text)
            for position, part in enumerate(parts):
                if part:
                    clause.append(Piece(piece.inline, part))
                if position < len(parts) - 1:
                    yield tuple(clause)
                    clause = []
        if clause:
            yield tuple(clause)


def sentences(document: Document) -> Iterator[Sentence]:
    """Yield every sentence of the document: prose, headings, captions, cells and notes."""
    for section in document.sections:
        for block in section.blocks:
            yield from _of(section.id, block, ())


def _of(section: str, block: Block, claims: tuple[Claim, ...]) -> Iterator[Sentence]:
    for run in own_runs(block):
        notes: list[Footnote] = []
        for pieces in _cut(_flat(run, notes)):
            yield Sentence(section, block, pieces, claims)
        for note in notes:
            for pieces in _cut(_flat(note.inlines, [])):
                yield Sentence(section, block, pieces, claims)
    inner = (*claims, block) if isinstance(block, Claim) else claims
    for child in children(block):
        yield from _of(section, child, inner)


def _flat(run: tuple[Inline, ...], notes: list[Footnote]) -> Iterator[Inline]:
    for inline in run:
        match inline:
            case Strong() | Emphasis() | Link():
                yield from _flat(inline.inlines, notes)
            case Footnote():
                notes.append(inline)
            case Math() | Break():
                continue
            case _:
                yield inline


def _cut(inlines: Iterator[Inline]) -> Iterator[tuple[Piece, ...]]:
    sentence: list[Piece] = []
    for inline in inlines:
        text = inline_text(inline)
        parts = [text] if isinstance(inline, Ref) else _END.split(text)
        for position, part in enumerate(parts):
            if part:
                sentence.append(Piece(inline, part))
            if position < len(parts) - 1:
                if sentence:
                    yield tuple(sentence)
                sentence = []
    if sentence:
        yield tuple(sentence)
