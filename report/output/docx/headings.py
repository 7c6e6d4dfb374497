"""Headings: Word's own heading styles, numbered by their list, with the bookmarks fields point at."""

from __future__ import annotations

from report.document.model import Heading
from report.output.docx import fields
from report.output.docx.bookmarks import block_name
from report.output.docx.context import Context
from report.output.docx.numbering import number_properties
from report.output.docx.oxml import Element
from report.output.docx.paragraphs import paragraph
from report.output.docx.runs import runs
from report.output.text import separator

DEEPEST = 4


def heading(
    context: Context, block: Heading, *, front: bool = False, contents: bool = False
) -> Element:
    """Return a heading; ``front`` matter and ``contents`` titles stay out of numbering and contents."""
    level = min(max(block.level, 1), DEEPEST)
    role = f"heading-{level}"
    if level == 1 and (front or contents):
        role = "contents-heading" if contents else "front-heading"
    elif front:
        role = "front-subheading"
    properties = None
    content = runs(context, block.inlines)
    if not block.number:
        if role.startswith("heading-"):
            properties = number_properties(0, level - 1)
    else:
        numbered = context.labels.get(block.id, False)
        if numbered is False:  # no list makes this label: type it
            properties = number_properties(0, level - 1)
            content.insert(0, fields.run(block.number + separator(block.number)))
        elif isinstance(numbered, Element):
            properties = numbered
    node = paragraph(context.styles[role], content, properties)
    target = context.targets.get(block.id)
    if target is not None:
        context.bookmarks.wrap([node], target.bookmark)
    context.bookmarks.wrap([node], block_name(block.id))
    return node
