"""What the block writers share while one file is written: styles, numbering, bookmarks, parts, pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from report.document.model import Document
from report.output.docx.bookmarks import Bookmarks
from report.output.docx.footnotes import Footnotes
from report.output.docx.numbering import Numbering
from report.output.docx.oxml import Element
from report.output.docx.package import Package, PartRelations
from report.output.docx.references import Target
from report.output.docx.sections import Geometry
from report.output.docx.styles import Styles


class Drawing(Protocol):
    """What a drawing must offer: vector bytes, and the same as PNG."""

    @property
    def svg(self) -> bytes:
        """The drawing as SVG."""
        ...

    def png(self, dpi: int) -> bytes:
        """Return the drawing as PNG."""
        ...


@dataclass(slots=True)
class Context:
    """The state of one write; blocks are written in reading order, so counters only go up."""

    document: Document
    package: Package
    styles: Styles
    numbering: Numbering
    bookmarks: Bookmarks
    targets: Mapping[str, Target]
    drawings: Mapping[str, Drawing]
    pages: Mapping[str, str]
    geometry: Geometry
    relations: PartRelations
    labels: Mapping[str, Element | bool | None]  # heading id → what Numbering.heading said
    footnotes: Footnotes
    sequences: dict[str, int] = field(default_factory=dict)
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a block stands: the role of plain paragraphs there, list depth, width in twips."""

    body: str = "body"
    depth: int = 0
    width: int = 8800
