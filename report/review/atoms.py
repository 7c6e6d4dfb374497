"""Atoms: a run of inlines as words that remember the inline they are from, and edits between two runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from report.document.model import (
    Emphasis,
    Footnote,
    Inline,
    Link,
    Number,
    Strong,
)
from report.document.text import inline_text
from report.review.words import steps, words

Sign: TypeAlias = Literal["=", "-", "+"]
NOTE_MARK = "［注］"


@dataclass(frozen=True, slots=True)
class Atom:
    """A word of a run and the inline it comes from."""

    text: str
    inline: Inline


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed (``=``), went (``-``) or came (``+``), with the inlines they come from."""

    sign: Sign
    text: str
    inlines: tuple[Inline, ...] = ()


def atoms(inlines: Iterable[Inline]) -> list[Atom]:
    """Cut a run into atoms: a printed quantity is one, prose is cut into words, a note is a mark."""
    found: list[Atom] = []
    for inline in inlines:
        match inline:
            case Strong() | Emphasis() | Link():
                found += atoms(inline.inlines)
            case Footnote():
                found.append(Atom(NOTE_MARK, inline))
            case Number():
                found.append(Atom(inline.quantity.text, inline))
            case _:
                found += [Atom(word, inline) for word in words(inline_text(inline))]
    return found


def footnotes(inlines: Iterable[Inline]) -> list[Footnote]:
    """Return the footnotes of a run, in reading order."""
    found: list[Footnote] = []
    for inline in inlines:
        match inline:
            case Strong() | Emphasis() | Link():
                found += footnotes(inline.inlines)
            case Footnote():
                found.append(inline)
    return found


def pieces(old: Sequence[Inline], new: Sequence[Inline]) -> tuple[Piece, ...]:
    """Return the edit from one run to another; nothing when both read alike."""
    before, after = atoms(old), atoms(new)
    if "".join(atom.text for atom in before) == "".join(atom.text for atom in after):
        return ()
    found: list[Piece] = []
    for op, i1, i2, j1, j2 in steps([a.text for a in before], [a.text for a in after]):
        if op == "equal":
            found.append(piece("=", after[j1:j2]))
            continue
        if i2 > i1:
            found.append(piece("-", before[i1:i2]))
        if j2 > j1:
            found.append(piece("+", after[j1:j2]))
    return tuple(found)


def piece(sign: Sign, held: Sequence[Atom]) -> Piece:
    """Make a piece of neighbouring atoms, each inline named once."""
    inlines: list[Inline] = []
    for atom in held:
        if not inlines or inlines[-1] is not atom.inline:
            inlines.append(atom.inline)
    return Piece(sign, "".join(atom.text for atom in held), tuple(inlines))


def whole(sign: Sign, inlines: Sequence[Inline]) -> tuple[Piece, ...]:
    """Return a whole run as one piece; nothing for an empty one."""
    held = atoms(inlines)
    return (piece(sign, held),) if held else ()


def plain_pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Return the edit between two plain texts, word by word; nothing when they are equal."""
    if old == new:
        return ()
    before, after = words(old), words(new)
    found: list[Piece] = []
    for op, i1, i2, j1, j2 in steps(before, after):
        if op == "equal":
            found.append(Piece("=", "".join(after[j1:j2])))
            continue
        if i2 > i1:
            found.append(Piece("-", "".join(before[i1:i2])))
        if j2 > j1:
            found.append(Piece("+", "".join(after[j1:j2])))
    return tuple(found)
