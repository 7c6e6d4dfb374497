"""The cover: publisher, title, subtitle, authors, date and notice, each in its own style."""

from __future__ import annotations

from report.document.model import Meta
from report.output.docx import fields
from report.output.docx.bookmarks import Bookmarks, block_name
from report.output.docx.oxml import Element
from report.output.docx.paragraphs import paragraph
from report.output.docx.styles import Styles


def cover(meta: Meta, styles: Styles, bookmarks: Bookmarks) -> list[Element]:
    """Return the cover's paragraphs; what the edition leaves empty is left out."""
    lines = [
        ("cover-publisher", meta.publisher),
        ("title", meta.title),
        ("subtitle", meta.subtitle),
        *(("cover-text", author) for author in meta.authors),
        ("cover-text", f"{meta.date.year}年{meta.date.month}月"),
        ("cover-notice", meta.notice),
    ]
    elements = [paragraph(styles[role], [fields.run(text)]) for role, text in lines if text]
    bookmarks.wrap(elements, block_name("cover"))
    return elements
