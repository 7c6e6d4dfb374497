"""Walking the Document: visit or rebuild its frozen tree, inline by inline and block by block."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeAlias

from report.document.model import (
    Block,
    Callout,
    Claim,
    Document,
    Emphasis,
    Figure,
    Footnote,
    Heading,
    Inline,
    Link,
    ListBlock,
    Paragraph,
    Strong,
    Table,
    TableCell,
)

Inlines: TypeAlias = tuple[Inline, ...]
InlineMap: TypeAlias = Callable[[Inline], Inline]
BlockMap: TypeAlias = Callable[[Block], "Block | tuple[Block, ...]"]


def own_runs(block: Block) -> Iterator[Inlines]:
    """Yield the runs of inlines a block holds itself, in reading order; nested blocks excluded."""
    match block:
        case Heading() | Paragraph():
            yield block.inlines
        case Callout():
            yield block.title
        case Figure():
            yield block.caption
            yield from block.notes
        case Table():
            yield block.caption
            for row in (*block.head, *block.body):
                for cell in row:
                    yield cell.inlines
            yield from block.notes
        case _:
            return


def iter_inlines(block: Block, *, nested: bool = True) -> Iterator[Inline]:
    """Yield every inline of a block, containers before what they hold.

    ``nested`` includes the inlines of the blocks inside lists, callouts and claims.
    """
    for run in own_runs(block):
        yield from _deep(run)
    if nested:
        for child in children(block):
            yield from iter_inlines(child)


def children(block: Block) -> Iterator[Block]:
    """Yield the blocks directly inside a block."""
    if isinstance(block, Callout | Claim):
        yield from block.blocks
    elif isinstance(block, ListBlock):
        for item in block.items:
            yield from item


def map_inlines(inlines: Inlines, change: InlineMap) -> Inlines:
    """Rebuild a run of inlines; ``change`` sees each inline after what it holds was rebuilt."""
    rebuilt = []
    for inline in inlines:
        if isinstance(inline, Strong | Emphasis | Link | Footnote):
            held = map_inlines(inline.inlines, change)
            rebuilt.append(change(replace(inline, inlines=held)))
        else:
            rebuilt.append(change(inline))
    return tuple(rebuilt)


def map_block_inlines(block: Block, change: InlineMap) -> Block:
    """Rebuild a block with ``change`` applied to all its inlines, in reading order, nested included."""

    def cells(rows: tuple[tuple[TableCell, ...], ...]) -> tuple[tuple[TableCell, ...], ...]:
        return tuple(
            tuple(replace(cell, inlines=map_inlines(cell.inlines, change)) for cell in row)
            for row in rows
        )

    match block:
        case Heading() | Paragraph():
            return replace(block, inlines=map_inlines(block.inlines, change))
        case Callout():
            title = map_inlines(block.title, change)
            inner = tuple(map_block_inlines(child, change) for child in block.blocks)
            return replace(block, title=title, blocks=inner)
        case Claim():
            inner = tuple(map_block_inlines(child, change) for child in block.blocks)
            return replace(block, blocks=inner)
        case ListBlock():
            items = tuple(
                tuple(map_block_inlines(child, change) for child in item) for item in block.items
            )
            return replace(block, items=items)
        case Figure():
            caption = map_inlines(block.caption, change)
            notes = tuple(map_inlines(note, change) for note in block.notes)
            return replace(block, caption=caption, notes=notes)
        case Table():
            caption = map_inlines(block.caption, change)
            head, body = cells(block.head), cells(block.body)
            notes = tuple(map_inlines(note, change) for note in block.notes)
            return replace(block, caption=caption, head=head, body=body, notes=notes)
        case _:
            return block


def map_blocks(blocks: tuple[Block, ...], change: BlockMap) -> tuple[Block, ...]:
    """Rebuild a sequence of blocks, inner ones first.

    ``change`` returns a block, or several to put in its place (none drops it).
    """
    rebuilt: list[Block] = []
    for block in blocks:
        match block:
            case Callout() | Claim():
                inner: Block = replace(block, blocks=map_blocks(block.blocks, change))
            case ListBlock():
                items = tuple(map_blocks(item, change) for item in block.items)
                inner = replace(block, items=items)
            case _:
                inner = block
        changed = change(inner)
        if isinstance(changed, tuple):
            rebuilt.extend(changed)
        else:
            rebuilt.append(changed)
    return tuple(rebuilt)


def transform(
    document: Document, *, block: BlockMap | None = None, inline: InlineMap | None = None
) -> Document:
    """Rebuild a document: first ``inline`` on every inline, then ``block`` on every block."""
    sections = []
    for section in document.sections:
        blocks = section.blocks
        if inline is not None:
            blocks = tuple(map_block_inlines(each, inline) for each in blocks)
        if block is not None:
            blocks = map_blocks(blocks, block)
        sections.append(replace(section, blocks=blocks))
    return replace(document, sections=tuple(sections))


def _deep(inlines: Inlines) -> Iterator[Inline]:
    for inline in inlines:
        yield inline
        if isinstance(inline, Strong | Emphasis | Link | Footnote):
            yield from _deep(inline.inlines)
