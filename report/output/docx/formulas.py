"""Displayed formulae: centred by a tab, the number at the right edge, bookmarked for references."""

from __future__ import annotations

from report.document.model import Formula
from report.output.docx import fields
from report.output.docx.context import Context
from report.output.docx.math import display_math
from report.output.docx.oxml import Element
from report.output.docx.paragraphs import paragraph


def formula(context: Context, block: Formula) -> Element:
    """Return the paragraph of a formula."""
    content = [fields.tab(), display_math(block.latex, block.origin)]
    if block.number:
        number = [fields.run(block.number)]
        target = context.targets.get(block.id)
        if target is not None:
            start, end = context.bookmarks.pair(target.bookmark)
            number = [start, *number, end]
        content += [fields.tab(), *number]
    node = paragraph(context.styles["formula"], content)
    context.bookmarks.wrap_block([node], block.id)
    return node
