"""Generated lists as HTML: 目录, 图目录 and 表目录; page numbers are the print style sheet's."""

from __future__ import annotations

from collections.abc import Iterable

from report.document.model import Contents, Figure, Table
from report.output.html.context import Context
from report.output.html.markup import Element, add, el
from report.output.text import Entry, exhibit_entries, heading_entries

LABELS = {"toc": "目录", "figures": "图目录", "tables": "表目录"}


def contents(context: Context, block: Contents) -> Element:
    """Return a list of links: headings, figures or tables."""
    document = context.document
    if block.kind == "toc":
        entries = heading_entries(document)
    else:
        entries = exhibit_entries(document, Figure if block.kind == "figures" else Table)
    label = LABELS[block.kind]
    return el("nav", entry_list(entries), class_=f"toc {block.kind}", id=block.id, aria_label=label)


def entry_list(entries: Iterable[Entry]) -> Element:
    """Return ``<ol>`` with one link per entry; its level and matter are classes."""
    element = el("ol")
    for entry in entries:
        link = el("a", el("span", entry.text, class_="t"), href=f"#{entry.target}")
        roman = " roman" if entry.matter == "front" else ""
        add(element, el("li", link, class_=f"l{entry.level}{roman}"))
    return element
