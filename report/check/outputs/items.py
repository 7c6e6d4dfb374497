"""Items: what a reader meets in a report, one after the other, as any of its forms shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from report.errors import Place

Kind: TypeAlias = Literal["cover", "heading", "caption", "text", "cell"]

FORMULA = "⟦ƒ⟧"  # stands in running text for a drawn or typeset formula
_SPACE = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_MATH_LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Item:
    """A heading, a paragraph, a caption, a cell, a footnote … with its text and where it stands.

    ``text`` is as read, footnote calls written ``[^n]`` and formulae ``⟦ƒ⟧``. ``where`` tells a person
    the page or the paragraph; ``block`` and ``place`` are known for the Document's own items.
    ``level`` is a heading's (0 = the form does not say, or it is no heading).
    """

    kind: Kind
    text: str
    where: str = ""
    level: int = 0
    block: str = ""
    place: Place | None = None
    exhibit: bool = False  # part of a figure or table; known for the Document's own items

    @property
    def bare(self) -> str:
        """The text without white space, which every form sets in its own way."""
        return bare(self.text)


@dataclass(slots=True)
class Reading:
    """All that was read from one form of the report, each list in reading order.

    ``contents`` are the entries of the generated lists without their page numbers, ``formulas`` what a
    form tells of each formula: its LaTeX or its letters.
    """

    body: list[Item] = field(default_factory=list)
    footnotes: list[Item] = field(default_factory=list)
    alternatives: list[Item] = field(default_factory=list)
    contents: list[Item] = field(default_factory=list)
    formulas: list[Item] = field(default_factory=list)
    drawings: list[Drawn] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The texts of one drawing, a fingerprint of its outlines, the corners of its paths, and their fillings.

    An empty fingerprint, or no corners: the form doesn't tell. ``fills`` are the first corner of each
    filled path with its colour (red, green, blue). ``values`` are the figure's numbers; a
    form has them where it draws a chart of its own, whose texts are those it labels itself.
    """

    texts: tuple[str, ...]
    where: str = ""
    shapes: str = ""
    points: frozenset[tuple[float, float]] = frozenset()
    fills: frozenset[tuple[float, ...]] = frozenset()
    values: tuple[str, ...] | None = None


def bare(text: str) -> str:
    """Return ``text`` without white space and invisible characters."""
    return _SPACE.sub("", text)


def call(number: int | str) -> str:
    """Return how the call of a footnote is written in the text of an item."""
    return f"[^{number}]"


def exact(value: float) -> str:
    """Return a number of a figure as text that is the same however a form wrote it."""
    return f"{value:.9g}"


def letters(text: str) -> str:
    """Return the letters and digits of a formula in alphabetical order: all that forms agree on."""
    return "".join(sorted(_MATH_LETTER.findall(text)))
