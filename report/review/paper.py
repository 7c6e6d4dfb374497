"""A Word file as lines: every paragraph with its runs, its changes, its cell and its bookmarks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Revision:
    """A tracked change as the file states it; ``move`` joins the two ends of a move."""

    kind: str
    author: str
    date: str
    move: str = ""
    element: int = 0  # tells two changes of one author apart


@dataclass(frozen=True, slots=True)
class Piece:
    """A run's text with the changes it is part of."""

    text: str
    revisions: tuple[Revision, ...] = ()
    object: bool = False  # a picture, a chart

    @property
    def original(self) -> bool:
        """Whether the reviewer received it."""
        return not any(one.kind in {"ins", "moveTo"} for one in self.revisions)

    @property
    def final(self) -> bool:
        """Whether it stays when every change is accepted."""
        return not any(one.kind in {"del", "moveFrom"} for one in self.revisions)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's place: which table of the file, row and column from 1, and what happened to them."""

    table: int
    row: int
    column: int
    row_change: Revision | None = None
    cell_change: Revision | None = None


@dataclass(slots=True)
class Line:
    """A paragraph: ``names`` are the block bookmarks it lies in, with how many paragraphs each covers."""

    part: str  # document, footnotes, endnotes, header, footer, textbox
    flow: (
        int  # paragraphs that may be joined have one number: a cell's, or those between two tables
    )
    cell: Cell | None = None
    style: str = ""
    names: dict[str, int] = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)
    marks: tuple[Revision, ...] = ()  # of the paragraph's end
    formats: list[tuple[Revision, int]] = field(
        default_factory=list
    )  # piece index, -1 for the paragraph
    formula: bool = False
    generated: bool = False  # a line of a list of contents: programs write its page number anew
    notes: list[str] = field(default_factory=list)  # ids of the footnotes it refers to
    note: str = ""  # the id of the footnote it stands in

    @property
    def original(self) -> str:
        """The text as the reviewer received it."""
        return "".join(piece.text for piece in self.pieces if piece.original)

    @property
    def final(self) -> str:
        """The text with every change accepted."""
        return "".join(piece.text for piece in self.pieces if piece.final)

    def offset(self, piece: int) -> int:
        """Return where a piece begins, in characters of the original text."""
        return sum(len(one.text) for one in self.pieces[:piece] if one.original)

    @property
    def has_object(self) -> bool:
        """Whether it holds a picture that the reviewer received."""
        return any(piece.object and piece.original for piece in self.pieces)


Position: TypeAlias = tuple[int, int]  # line, piece


@dataclass(slots=True)
class Paper:
    """All lines of a file, and where comments begin, end and are referred to."""

    lines: list[Line] = field(default_factory=list)
    starts: dict[str, Position] = field(default_factory=dict)
    ends: dict[str, Position] = field(default_factory=dict)
    references: dict[str, Position] = field(default_factory=dict)
    others: list[tuple[str, Revision, int]] = field(
        default_factory=list
    )  # table properties and the like
