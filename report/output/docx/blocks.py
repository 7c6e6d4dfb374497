"""Blocks as WordprocessingML: one branch per kind, each in its own module."""

from __future__ import annotations

from report.document.model import (
    Block,
    Callout,
    Claim,
    Contents,
    Figure,
    Formula,
    Heading,
    ListBlock,
    Paragraph,
    Table,
)
from report.output.docx.bookmarks import block_name
from report.output.docx.callouts import callout
from report.output.docx.context import Context, Surroundings
from report.output.docx.formulas import formula
from report.output.docx.headings import heading
from report.output.docx.lists import list_block
from report.output.docx.oxml import Element
from report.output.docx.paragraphs import paragraph
from report.output.docx.pictures import figure
from report.output.docx.runs import runs
from report.output.docx.tables import table
from report.output.docx.toc import contents


def write_block(context: Context, block: Block, around: Surroundings) -> list[Element]:
    """Return the paragraphs and tables of one block."""
    match block:
        case Heading():
            return [heading(context, block)]
        case Paragraph():
            role = around.body if block.style == "body" else block.style
            node = paragraph(context.styles.role(role, around.body), runs(context, block.inlines))
            context.bookmarks.wrap([node], block_name(block.id))
            return [node]
        case ListBlock():
            return list_block(context, block, around, write_block)
        case Callout():
            return callout(context, block, around, write_block)
        case Table():
            return table(context, block, around)
        case Figure():
            return figure(context, block, around)
        case Formula():
            return [formula(context, block)]
        case Contents():
            return contents(context, block)
        case Claim():
            held = [each for inner in block.blocks for each in write_block(context, inner, around)]
            context.bookmarks.wrap_block(held, block.id)
            return held
