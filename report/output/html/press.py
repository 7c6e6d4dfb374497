"""The print page: the whole document as HTML laid out for paper, to be set by WeasyPrint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from report.document.model import (
    Block,
    Contents,
    Document,
    Figure,
    Heading,
    Meta,
    Paragraph,
    Section,
    Table,
)
from report.output.html.blocks import fill_blocks, heading, section_id
from report.output.html.contents import entry_list
from report.output.html.context import Context, Drawing
from report.output.html.markup import Element, add, el, serialise
from report.output.html.spacing import space
from report.output.html.style import read_style
from report.output.text import heading_entries, plain

COVER_WIDTH = 440.0  # pt, the measure of the cover's title
COVER_TYPE = 38.0  # pt, its largest size
FIRST_BODY = "body-start"
DARK_INK = "#15191d"
SLIGHT = 320  # characters: a section with no more gets no page of its own
BRIEF = 900  # characters: a part with no more gets no title page
MOST_CHAPTERS = 16  # that fit on a part's title page
GENERATOR = "iireport"


def write_print(document: Document, drawings: Mapping[str, Drawing], page_dir: Path) -> str:
    """Return the print page; ``page_dir`` holds ``print.css``, ``drawings`` one drawing per figure id."""
    context = Context(document, drawings, "print")
    body = el("body", _cover(context))
    front = [section for section in document.sections if section.matter == "front"]
    if front:
        add(body, *(_front(context, section) for section in front))
    main = [section for section in document.sections if section.matter in {"body", "back"}]
    for index, section in enumerate(main):
        before = main[index - 1] if index else None
        add(body, *_main(context, section, before))
    space(body)
    root = el("html", _head(document.meta, read_style(page_dir, "print.css")), body)
    root.set("lang", document.meta.language)
    return serialise(root)


def _head(meta: Meta, style: str) -> Element:
    head = el("head", el("meta", charset="utf-8"), el("title", _full_title(meta)))
    described = {
        "author": ", ".join(meta.authors),
        "description": meta.notice,
        "keywords": ", ".join(meta.keywords),
        "generator": GENERATOR,
        "dcterms.created": meta.date.isoformat(),
        "dcterms.modified": meta.date.isoformat(),
    }
    for name, content in described.items():
        if content:
            add(head, el("meta", name=name, content=content))
    add(head, el("style", style))
    return head


def _full_title(meta: Meta) -> str:
    return meta.title + meta.subtitle


def month(meta: Meta) -> str:
    """Return the date of issue as a cover prints it: ``2023年12月``."""
    return f"{meta.date.year}年{meta.date.month}月"


def _cover(context: Context) -> Element:
    meta = context.document.meta
    size = min(COVER_TYPE, COVER_WIDTH / max(1, len(meta.title)))
    if size < COVER_TYPE * 0.7:  # too small for one line: set large over two or more
        size = COVER_TYPE
    colour = meta.cover_colour
    ink = ink_on(colour) if colour else ""
    accent = f"color:{colour}" if colour and ink != DARK_INK else None  # dark enough on white
    panel = el(
        "div",
        el("p", meta.publisher or "\u00a0", class_="cover-publisher"),
        el("p", meta.title, class_="cover-title", style=f"font-size:{size:.1f}pt"),
        class_="cover-panel",
        style=f"background:{colour};color:{ink}" if colour else None,
    )
    cover = el(
        "section",
        panel,
        el("p", meta.subtitle, class_="cover-subtitle", style=accent) if meta.subtitle else None,
        class_="cover",
        id="cover",
        data_running=meta.running_title,
        data_notice=meta.notice,
    )
    foot = el("div", class_="cover-foot")
    for author in meta.authors:
        add(foot, el("p", author, class_="cover-author"))
    add(foot, el("p", month(meta), class_="cover-date"))
    if meta.notice:
        add(foot, el("p", meta.notice, class_="cover-notice"))
    add(cover, foot)
    for section in context.document.sections:
        if section.matter == "cover" and section.blocks:
            add(cover, fill_blocks(context, el("div", class_="cover-extra"), section.blocks))
    return cover


def ink_on(colour: str) -> str:
    """Return white or the text's black, whichever reads better on ``colour`` (``#rrggbb``).

    By relative luminance as WCAG 2 defines it; 0.18 is where both contrast alike.
    """
    shares = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#ffffff" if luminance < 0.18 else DARK_INK


@dataclass(frozen=True, slots=True)
class _Extent:
    """How much a section says: characters of text, and figures and tables."""

    characters: int
    exhibits: int

    @property
    def slight(self) -> bool:
        """Whether a page of its own would look forgotten."""
        return self.characters <= SLIGHT and not self.exhibits

    @property
    def brief(self) -> bool:
        """Whether it fills a page at most."""
        return self.characters <= BRIEF and self.exhibits <= 1


def _extent(section: Section, meta: Meta) -> _Extent:
    blocks = list(Document(meta, (section,)).blocks())
    return _Extent(
        sum(
            len(plain(block.inlines)) for block in blocks if isinstance(block, (Heading, Paragraph))
        ),
        sum(isinstance(block, (Figure, Table, Contents)) for block in blocks),
    )


def _front(context: Context, section: Section) -> Element:
    return fill_blocks(
        context, el("section", class_="front", id=section_id(section)), section.blocks
    )


def _main(context: Context, section: Section, before: Section | None) -> list[Element]:
    """Return a part's title page, where it has one, and its text; ``before`` is the section before.

    The first part always has a title page: its own page name is what restarts the page numbers. A
    part of a page or less has none; one of a few sentences even stands below the one before.
    """
    blocks: tuple[Block, ...] = section.blocks
    title = (
        blocks[0] if blocks and isinstance(blocks[0], Heading) and blocks[0].level == 1 else None
    )
    chapters = [
        entry
        for entry in heading_entries(Document(context.document.meta, (section,)))
        if entry.level == 2
    ]
    extent = _extent(section, context.document.meta)
    first = before is None
    parted = section.matter == "body" and title is not None and len(chapters) > 1
    opened = first or (parted and not extent.brief)
    text = el("section", class_=section.matter, id=section_id(section))
    if not opened:
        if before is not None and _joins(context, section, extent, before):
            text.set("class", f"{section.matter} joined")
        return [fill_blocks(context, text, blocks)]
    opener = el("section", class_="opener")
    if first:
        opener.set("id", FIRST_BODY)
        opener.set("class", "opener first")
    if title is not None:
        add(opener, heading(context, title))
        blocks = blocks[1:]
    else:
        add(opener, el("p", context.document.meta.title, class_="opener-title"))
    if 0 < len(chapters) <= MOST_CHAPTERS:
        add(opener, el("nav", entry_list(chapters), class_="toc chapters"))
    return [opener, fill_blocks(context, text, blocks)] if blocks else [opener]


def _joins(context: Context, section: Section, extent: _Extent, before: Section) -> bool:
    """Whether a section stands below the one before: when it says little, or follows one that does."""
    if before.matter != section.matter:
        return False
    return extent.slight or (extent.brief and _extent(before, context.document.meta).slight)
