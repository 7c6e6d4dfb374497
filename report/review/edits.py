"""Edits: one place within a block that reads differently, and what was printed there by data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from report.document.model import Inline, Number
from report.review.atoms import Piece


@dataclass(frozen=True, slots=True)
class Edit:
    """One edited place of a block.

    ``aspect`` is ``text title caption cell row column note footnote source unit formula entry point
    drawing``; ``where`` says which one (a cell's row and column in words, a point's series and label).
    ``row``/``column`` count from 1 through head and body in the new table (the old one's for a row
    that is gone), 0 otherwise. ``keys`` are the addresses behind a drawn point.
    """

    aspect: str
    pieces: tuple[Piece, ...]
    where: str = ""
    row: int = 0
    column: int = 0
    keys: tuple[str, ...] = ()

    @property
    def old(self) -> str:
        """What was printed before."""
        return "".join(piece.text for piece in self.pieces if piece.sign != "+")

    @property
    def new(self) -> str:
        """What is printed now."""
        return "".join(piece.text for piece in self.pieces if piece.sign != "-")

    def touched(self) -> Iterator[tuple[str, Inline]]:
        """Every inline that went (``-``) or came (``+``)."""
        for piece in self.pieces:
            if piece.sign != "=":
                for inline in piece.inlines:
                    yield piece.sign, inline


@dataclass(frozen=True, slots=True)
class Shift:
    """A number that is printed differently under one address; a side without it is empty."""

    key: str
    old: str
    new: str


def shifts(edit: Edit) -> tuple[Shift, ...]:
    """Pair the numbers of an edit by their keys: what each address printed before and prints now."""
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for sign, inline in edit.touched():
        if isinstance(inline, Number):
            side = before if sign == "-" else after
            side.setdefault(inline.quantity.key, []).append(inline.quantity.text)
    found = []
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key, []), after.get(key, [])
        for place in range(max(len(old), len(new))):
            a = old[place] if place < len(old) else ""
            b = new[place] if place < len(new) else ""
            if a != b:
                found.append(Shift(key, a, b))
    if not found and edit.keys:
        found = [Shift(edit.keys[0], edit.old, edit.new)]
    return tuple(found)
