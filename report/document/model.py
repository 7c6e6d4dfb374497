"""The Document: a tree of blocks and inlines that every writer turns into its own format."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from figures.spec import FigureSpec
from report.document.quantity import Quantity
from report.errors import Place

Align: TypeAlias = Literal["left", "center", "right", "decimal"]
Matter: TypeAlias = Literal["cover", "front", "body", "back"]

# ---------------------------------------------------------------- inlines


@dataclass(frozen=True, slots=True)
class Text:
    """Static prose, written in a template or in editorial YAML; ``origin`` is where."""

    text: str
    origin: Place | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A printed quantity."""

    quantity: Quantity
    origin: Place | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """Words chosen by data (a band's word, a region's name, a direction): text, and the keys behind it.

    ``kind`` is one of ``band direction comparison ranking name count ordinal phrase`` (a helper's own
    connecting words) ``claim`` (an editor's words that stand under a condition); ``condition`` states
    in one line why these words hold (``index.total.2022 (152.3) > index.total.2021 (131.0)``).
    """

    text: str
    kind: str
    keys: tuple[str, ...] = ()
    condition: str = ""
    origin: Place | None = None


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Digits or comparative words that an editor declared to be literal, with the reason."""

    text: str
    reason: str = ""
    origin: Place | None = None


@dataclass(frozen=True, slots=True)
class FactUse:
    """A cited fact as printed; the fact's id leads to its source."""

    text: str
    fact: str
    origin: Place | None = None


@dataclass(frozen=True, slots=True)
class Structural:
    """A number of the report's own structure (a year, a chapter number, a count of regions)."""

    text: str
    what: str
    origin: Place | None = None


@dataclass(frozen=True, slots=True)
class Strong:
    """Bold text."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Emphasised text (楷体 in Chinese typography, never slanted)."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink to an outside address."""

    inlines: tuple[Inline, ...]
    url: str


@dataclass(frozen=True, slots=True)
class Ref:
    """A cross-reference to a heading, figure, table or formula; ``text`` is filled by numbering."""

    target: str
    text: str = ""
    origin: Place | None = None


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote at this point; ``number`` is filled by numbering (1-based through the document)."""

    inlines: tuple[Inline, ...]
    number: int = 0
    id: str = ""


@dataclass(frozen=True, slots=True)
class Math:
    """An inline formula in LaTeX."""

    latex: str


@dataclass(frozen=True, slots=True)
class Break:
    """A forced line break."""


Inline: TypeAlias = "Text | Number | Word | Verbatim | FactUse | Structural | Strong | Emphasis | Link | Ref | Footnote | Math | Break"

# ---------------------------------------------------------------- blocks


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. Level 1 = part (第一部分 …, or an appendix), 2 = chapter, 3 = section, 4 = item.

    ``number`` is the printed label (``第一部分``, ``第一章``, ``（一）``, ``1.``), empty when unnumbered:
    in the front matter, and where ``numbered`` is False.
    """

    id: str
    level: int
    inlines: tuple[Inline, ...]
    number: str = ""
    origin: Place | None = None
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose; ``style`` is ``body`` or a named variant (``lead``, ``source``, ``colophon``)."""

    id: str
    inlines: tuple[Inline, ...]
    style: str = "body"
    origin: Place | None = None


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; each item is a sequence of blocks."""

    id: str
    ordered: bool
    items: tuple[tuple[Block, ...], ...]
    origin: Place | None = None


@dataclass(frozen=True, slots=True)
class Callout:
    """A boxed passage: ``kind`` is ``finding`` (要点), ``case`` (案例), ``note`` (说明) or ``method``."""

    id: str
    kind: str
    title: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    origin: Place | None = None


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell: inlines, spans and alignment; a cell covered by a span is not listed."""

    inlines: tuple[Inline, ...]
    colspan: int = 1
    rowspan: int = 1
    align: Align = "left"
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: caption above, header rows (repeated over pages), body rows, notes and source below.

    ``widths`` are relative column widths; ``landscape`` asks for a turned page.
    """

    id: str
    caption: tuple[Inline, ...]
    head: tuple[tuple[TableCell, ...], ...]
    body: tuple[tuple[TableCell, ...], ...]
    widths: tuple[float, ...]
    unit: str = ""
    source: str = ""
    notes: tuple[tuple[Inline, ...], ...] = ()
    landscape: bool = False
    number: str = ""  # 表1-1
    origin: Place | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: drawn from ``spec``; caption below, source line under it."""

    id: str
    caption: tuple[Inline, ...]
    spec: FigureSpec
    alt: str
    source: str = ""
    notes: tuple[tuple[Inline, ...], ...] = ()
    number: str = ""  # 图1-1
    origin: Place | None = None


@dataclass(frozen=True, slots=True)
class Formula:
    """A displayed formula in LaTeX with its number, e.g. ``（A-1）``."""

    id: str
    latex: str
    number: str = ""
    origin: Place | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """A generated list: ``toc`` (目录), ``figures`` (图目录) or ``tables`` (表目录)."""

    id: str
    kind: Literal["toc", "figures", "tables"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A checked claim: its blocks may stand only while ``condition`` holds (evaluated at build)."""

    id: str
    blocks: tuple[Block, ...]
    condition: str
    keys: tuple[str, ...] = ()
    origin: Place | None = None


Block: TypeAlias = (
    "Heading | Paragraph | ListBlock | Callout | Table | Figure | Formula | Contents | Claim"
)


@dataclass(frozen=True, slots=True)
class Section:
    """A run of blocks that starts on a new page: the preface, a part, an appendix.

    ``matter`` decides page numbering: none on the cover, roman in front, arabic in body and back.
    """

    id: str
    matter: Matter
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Meta:
    """What the cover, the document properties and the running feet say."""

    edition: str
    title: str
    subtitle: str
    notice: str
    running_title: str
    authors: tuple[str, ...]
    publisher: str
    date: dt.date
    language: str = "zh-CN"
    keywords: tuple[str, ...] = ()
    charts: str = "pictures"  # "native": editable charts in Word for the kinds it can draw
    cover_colour: str = ""  # "#1f4e79"; empty: the house colour


@dataclass(frozen=True, slots=True)
class Decision:
    """Lines of a template (``file``, ``first`` to ``last``) that data chose to print, repeat or leave out.

    ``keys`` are the values that decided: of a condition, of who belongs to the group gone through.
    """

    file: str
    first: int
    last: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The whole report, numbered and cross-referenced, ready for any writer."""

    meta: Meta
    sections: tuple[Section, ...]
    facts: Mapping[str, str] = field(default_factory=dict)  # fact id → its citation
    decisions: tuple[Decision, ...] = ()

    def blocks(self) -> Iterator[Block]:
        """Every block in reading order, containers before what they hold."""
        for section in self.sections:
            yield from _walk(section.blocks)


def _walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, (Callout, Claim)):
            yield from _walk(block.blocks)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _walk(item)
