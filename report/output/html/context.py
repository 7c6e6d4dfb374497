"""What the block and inline renderers share while one page is being written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

from report.document.model import Document, Footnote

Medium: TypeAlias = Literal["page", "print"]


class Drawing(Protocol):
    """The part of ``figures.Drawing`` the HTML writer must have: the picture as SVG.

    Where there are ``texts`` too (their boxes and keys, in cm of ``width`` and ``height``), the
    numbers on the picture can be pointed at.
    """

    @property
    def svg(self) -> bytes:
        """The drawing as a whole SVG document."""
        ...


@dataclass(slots=True)
class Context:
    """The document, its drawings by figure id, the medium, and footnotes met so far.

    ``medium`` is ``page`` (for the screen: footnotes gathered at the end) or ``print`` (for
    WeasyPrint: footnotes stand at their place and are floated by the style sheet).
    """

    document: Document
    drawings: Mapping[str, Drawing]
    medium: Medium
    notes: list[Footnote] = field(default_factory=list)
    formulas: int = 0

    @property
    def printing(self) -> bool:
        """Whether this is the print medium."""
        return self.medium == "print"

    def next_formula(self) -> str:
        """Return an id prefix for the next formula's drawing."""
        self.formulas += 1
        return f"f{self.formulas}"
