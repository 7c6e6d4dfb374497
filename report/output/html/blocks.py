"""Blocks as HTML: one small function per kind, the same for the screen page and for print."""

from __future__ import annotations

from collections.abc import Iterable

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
    Section,
    Table,
)
from report.output.html.contents import contents
from report.output.html.context import Context
from report.output.html.exhibits import figure
from report.output.html.formulas import formula_svg
from report.output.html.inlines import fill
from report.output.html.markup import Element, add, el
from report.output.html.spacing import OPENING
from report.output.html.tables import table
from report.output.text import CALLOUT_LABELS, heading_text, plain, separator


def fill_blocks(context: Context, parent: Element, blocks: Iterable[Block]) -> Element:
    """Append ``blocks`` to ``parent`` and return it."""
    for block in blocks:
        add(parent, render(context, block))
    return parent


def section_id(section: Section) -> str | None:
    """Return a section's id, or None where a block of it, its heading as a rule, bears the same one."""
    return None if any(block.id == section.id for block in section.blocks) else section.id


def render(context: Context, block: Block) -> Element:
    """Return one block as an element whose id is the block's."""
    match block:
        case Heading():
            return heading(context, block)
        case Paragraph():
            return paragraph(context, block)
        case ListBlock():
            return _list(context, block)
        case Callout():
            return _callout(context, block)
        case Table():
            return table(context, block)
        case Figure():
            return figure(context, block)
        case Formula():
            return _formula(block)
        case Contents():
            return contents(context, block)
        case Claim():
            return _claim(context, block)


def heading(context: Context, block: Heading) -> Element:
    """Return ``<h1>`` … ``<h4>``; its number is a span of its own, its plain text stands in data-title."""
    title = heading_text(block)
    element = el(
        f"h{min(max(block.level, 1), 6)}",
        id=block.id,
        class_="hang" if title[:1] in OPENING else None,
        data_title=title,
    )
    if block.number:
        add(element, el("span", block.number, class_="no"))
        if gap := separator(block.number):
            add(element, el("span", gap, class_="sep"))
    return fill(context, element, block.inlines)


def paragraph(context: Context, block: Paragraph) -> Element:
    """Return ``<p>``; a style other than ``body`` is its class."""
    style = None if block.style == "body" else block.style
    return fill(context, el("p", id=block.id, class_=style), block.inlines)


def _list(context: Context, block: ListBlock) -> Element:
    element = el("ol" if block.ordered else "ul", id=block.id)
    for item in block.items:
        add(element, fill_blocks(context, el("li"), item))
    return element


def _callout(context: Context, block: Callout) -> Element:
    title = el("p", class_="box-title")
    if block.title:
        fill(context, title, block.title)
    else:
        add(title, CALLOUT_LABELS.get(block.kind, ""))
    name = plain(block.title) or CALLOUT_LABELS.get(block.kind)
    box = el("div", title, class_=f"box {block.kind}", id=block.id, role="note", aria_label=name)
    return fill_blocks(context, box, block.blocks)


def _formula(block: Formula) -> Element:
    drawn = formula_svg(block.latex, prefix=block.id, display=True, origin=block.origin)
    number = el("span", block.number, class_="eqno") if block.number else None
    return el("div", el("span", class_="eqno"), drawn, number, class_="formula", id=block.id)


def _claim(context: Context, block: Claim) -> Element:
    keys = None if context.printing else " ".join(block.keys) or None
    return fill_blocks(
        context, el("div", class_="claim", id=block.id, data_keys=keys), block.blocks
    )
