"""Lists: real numbering; each ordered list counts from one, nested lists go one level deeper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from report.document.model import Block, ListBlock, Paragraph
from report.output.docx.bookmarks import block_name
from report.output.docx.context import Context, Surroundings
from report.output.docx.numbering import number_properties
from report.output.docx.oxml import Element
from report.output.docx.paragraphs import paragraph
from report.output.docx.runs import runs

DEEPEST = 3
BlockWriter = Callable[[Context, Block, Surroundings], list[Element]]


def list_block(
    context: Context, block: ListBlock, around: Surroundings, write: BlockWriter
) -> list[Element]:
    """Return the list's paragraphs; ``write`` writes what an item holds besides paragraphs."""
    depth = min(around.depth, DEEPEST - 1)
    kind = "number" if block.ordered else "bullet"
    number = context.numbering.start_list(depth) if block.ordered else context.numbering.bullet
    boxed = around.body == "callout-text"
    style = context.styles["callout-list" if boxed else f"{kind}-{depth + 1}"]
    inner = replace(around, depth=depth + 1)
    elements: list[Element] = []
    for item in block.items:
        for place, held in enumerate(item):
            if isinstance(held, Paragraph):
                first = place == 0
                node = paragraph(
                    style if first else context.styles["list-continue"],
                    runs(context, held.inlines),
                    number_properties(number, depth) if first else None,
                )
                context.bookmarks.wrap([node], block_name(held.id))
                elements.append(node)
            else:
                elements += write(context, held, inner)
    context.bookmarks.wrap_block(elements, block.id)
    return elements
