"""A part's opening page: its title standing low on a page of its own, its chapters listed below."""

from __future__ import annotations

from report.document.model import Document, Heading, Section
from report.output.docx.context import Context
from report.output.docx.headings import heading
from report.output.docx.oxml import Element
from report.output.docx.paragraphs import paragraph
from report.output.docx.toc import entry_line
from report.output.text import heading_entries

MOST_CHAPTERS = 16  # that fit on the page


def opening_page(context: Context, section: Section) -> list[Element]:
    """Return the page that opens a part of several chapters; other sections have none."""
    first = section.blocks[0] if section.blocks else None
    if section.matter != "body" or not isinstance(first, Heading) or first.level != 1:
        return []
    part = Document(context.document.meta, (section,))
    chapters = [entry for entry in heading_entries(part) if entry.level == 2]
    if not 1 < len(chapters) <= MOST_CHAPTERS:
        return []
    lines = [entry_line(context, chapter, "part-entry") for chapter in chapters]
    return [paragraph(context.styles["part-space"]), heading(context, first), *lines]
