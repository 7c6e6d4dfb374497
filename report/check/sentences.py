"""Sentences: a block's runs cut at 。；！？, each piece still knowing which inline it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

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
    Text,
    Word,
)
from report.document.text import inline_text
from report.document.walk import children, own_runs
from report.errors import Place

MASK = "□"
_END = re.compile(r"(?<=[。；！？\n])")
_QUOTED = re.compile(r"“[^“”]*”|「[^「」]*」|《[^《》]*》")
_TITLE = re.compile(r"《[^《》]*》")
_CUT = re.compile(r"[，：]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of an inline within a sentence, with where it begins in the sentence's text."""

    inline: Inline
    text: str
    start: int = 0

    @property
    def end(self) -> int:
        """Where it ends in the sentence's text."""
        return self.start + len(self.text)

    @property
    def origin(self) -> Place | None:
        """The template line it comes from."""
        return getattr(self.inline, "origin", None)

    @property
    def condition(self) -> str | None:
        """The condition it stands under; empty for free prose, None for anything but prose."""
        match self.inline:
            case Text(origin=origin):
                return None if origin is None else ""
            case Word(kind="claim", condition=condition):
                return condition
            case _:
                return None


@dataclass(frozen=True, slots=True)
class Clause:
    """The stretch of a sentence between two commas or colons, with the pieces that reach into it."""

    start: int
    end: int
    pieces: tuple[Piece, ...]
    opens: bool = False  # ends with a colon: what it says is told in the clause after it


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence (or a clause up to a semicolon) of a block; ``claims`` are the claims around it."""

    section: str
    block: Block
    pieces: tuple[Piece, ...]
    claims: tuple[Claim, ...] = ()

    @property
    def raw(self) -> str:
        """The text of all pieces; the pieces' positions are positions in it."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def text(self) -> str:
        """The sentence as it is read."""
        return self.raw.strip()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Turn positions in ``raw`` into positions in ``text``."""
        lead = len(self.raw) - len(self.raw.lstrip())
        return max(0, start - lead), max(0, end - lead)

    def unquoted(self) -> str:
        """Return ``raw`` with quotations and titles of documents masked, character for character."""
        return _masked(_QUOTED, self.raw)

    def untitled(self) -> str:
        """Return ``raw`` with titles of documents masked, character for character."""
        return _masked(_TITLE, self.raw)

    def piece_at(self, position: int) -> Piece:
        """Return the piece that a position of ``raw`` lies in."""
        return next(piece for piece in self.pieces if piece.start <= position < piece.end)

    def clauses(self) -> tuple[Clause, ...]:
        """Cut at commas and colons, except those within quotations."""
        raw = self.unquoted()
        cuts = [0, *(match.end() for match in _CUT.finditer(raw)), len(raw)]
        found = []
        for start, end in pairwise(cuts):
            if start == end:
                continue
            inside = tuple(p for p in self.pieces if p.start < end and p.end > start)
            found.append(Clause(start, end, inside, raw[end - 1] == "："))
        return tuple(found)


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
                start = sentence[-1].end if sentence else 0
                sentence.append(Piece(inline, part, start))
            if position < len(parts) - 1:
                if sentence:
                    yield tuple(sentence)
                sentence = []
    if sentence:
        yield tuple(sentence)


def _masked(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: MASK * len(match.group()), text)
