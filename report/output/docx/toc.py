"""Contents: TOC fields with every entry written out: link, text, leader tab and PAGEREF."""

from __future__ import annotations

from report.document.model import Contents, Figure, Table
from report.output.docx import fields, links
from report.output.docx.context import Context
from report.output.docx.oxml import Element
from report.output.docx.paragraphs import paragraph
from report.output.text import Entry, exhibit_entries, heading_entries

DEEPEST = 3
# What Word is told; \o takes headings by style, \c captions by their sequence's name.
_INSTRUCTION = {
    "toc": rf'TOC \o "1-{DEEPEST}" \h \z',
    "figures": r'TOC \h \z \c "图"',
    "tables": r'TOC \h \z \c "表"',
}


def contents(context: Context, block: Contents) -> list[Element]:
    """Return the paragraphs of a generated list; a list with nothing to show has none."""
    document = context.document
    if block.kind == "toc":
        entries = heading_entries(document, deepest=DEEPEST)
    else:
        entries = exhibit_entries(document, Figure if block.kind == "figures" else Table)
    lines = [
        entry_line(
            context,
            entry,
            f"toc-{min(entry.level, DEEPEST)}" if block.kind == "toc" else "exhibits",
        )
        for entry in entries
    ]
    if lines:
        opening = fields.begin(_INSTRUCTION[block.kind])
        for place, part in enumerate(opening, 1):
            lines[0].insert(place, part)
        lines[-1].append(fields.end())
        context.bookmarks.wrap_block(lines, block.id)
        # A section break must not stand in an entry: LibreOffice would lose the foot's page number.
        lines.append(paragraph(context.styles["spacer"]))
    return lines


def entry_line(context: Context, entry: Entry, role: str) -> Element:
    """Return one entry in the style of ``role``: a link with its text and its page number."""
    target = context.targets[entry.target]
    page = context.pages.get(entry.target, "")
    content = [
        fields.run(_text(context, entry)),
        fields.tab(),
        *fields.field(rf"PAGEREF {target.bookmark} \h", page),
    ]
    return paragraph(context.styles[role], [links.inside(target.bookmark, content)])


def _text(context: Context, entry: Entry) -> str:
    """Return what a program refreshing the field would write: a list's label, a space, the heading."""
    target = context.targets[entry.target]
    if target.heading and target.number and context.labels.get(entry.target) is not False:
        return f"{target.number} {target.title}"
    return entry.text
