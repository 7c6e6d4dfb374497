"""Leaves: the Document as one line of blocks in reading order, each knowing its part and heading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from report.document.model import (
    Block,
    Callout,
    Claim,
    Document,
    Figure,
    Formula,
    Heading,
    ListBlock,
    Paragraph,
    Section,
    Table,
)
from report.document.text import contents, run_text
from report.document.walk import own_runs
from report.output.text import caption_text, heading_text
from report.review.align import Item


@dataclass(frozen=True, slots=True)
class Leaf:
    """A block without the blocks inside it; ``item`` says by what it is aligned."""

    block: Block
    item: Item
    section: str
    part: str  # the part's title
    heading: str  # the nearest heading's text


def leaves(document: Document) -> tuple[Leaf, ...]:
    """Return the leaves of a document; containers stand before what they hold."""
    found: list[Leaf] = []
    for section in document.sections:
        found += _Section(document, section).leaves()
    return tuple(found)


class _Section:
    """Walks one section and remembers the headings above."""

    def __init__(self, document: Document, section: Section) -> None:
        self._document = document
        self._section = section
        self._part = self._heading = ""

    def leaves(self) -> Iterator[Leaf]:
        yield from self._walk(self._section.blocks, "")

    def _walk(self, blocks: tuple[Block, ...], within: str) -> Iterator[Leaf]:
        for block in blocks:
            match block:
                case Claim():
                    yield from self._walk(block.blocks, within)
                    continue
                case ListBlock():
                    for held in block.items:
                        yield from self._walk(held, "item")
                    continue
                case Heading():
                    self._heading = heading_text(block)
                    if block.level == 1 or not self._part:
                        self._part = self._heading
            item = self._item(block, within)
            yield Leaf(block, item, self._section.id, self._part, self._heading)
            if isinstance(block, Callout):
                yield from self._walk(block.blocks, "callout")

    def _item(self, block: Block, within: str) -> Item:
        match block:
            case Heading():
                return Item.of("heading", run_text(block.inlines), id=block.id)
            case Table() | Figure():
                return Item.of(block_kind(block), run_text(block.caption), id=block.id)
            case Formula():
                return Item.of("formula", block.latex, id=block.id)
            case Paragraph():
                return Item.of(
                    f"paragraph {within}".strip(), run_text(block.inlines), hint=block.id
                )
            case Callout():
                return Item.of("callout", "".join(map(run_text, own_runs(block))), hint=block.id)
            case _:
                lines = contents(self._document, getattr(block, "kind", "toc"))
                return Item.of(
                    "contents", "\n".join(f"{e.number} {e.text}" for e in lines), id=block.id
                )


def block_kind(block: Block) -> str:
    """Return the kind of a block in one word."""
    return "list" if isinstance(block, ListBlock) else type(block).__name__.lower()


def block_label(block: Block) -> str:
    """Return what a reader calls a block: its number and title, or nothing for a paragraph."""
    match block:
        case Heading():
            return heading_text(block)
        case Table() | Figure():
            return caption_text(block)
        case Formula():
            return block.number
        case _:
            return ""
