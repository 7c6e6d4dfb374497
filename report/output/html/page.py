"""The screen page: the whole document as one self-contained HTML file with a table of contents beside it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from report.document.model import Document, Heading, Meta, Section
from report.output.html.blocks import fill_blocks, section_id
from report.output.html.contents import entry_list
from report.output.html.context import Context, Drawing
from report.output.html.inlines import fill, note_id
from report.output.html.markup import Element, add, el, serialise
from report.output.html.press import GENERATOR, month
from report.output.html.style import read_style
from report.output.html.viewer import STYLE, elements, policy_source, read_script
from report.output.text import Entry, heading_entries, heading_text

POLICY = (
    "default-src 'none'; {script}style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'"
)


def write_page(
    document: Document,
    drawings: Mapping[str, Drawing],
    page_dir: Path,
    *,
    trace: str = "",
) -> str:
    """Return the page: nothing fetched; ids are block ids, numbers carry their keys.

    ``page_dir`` holds the style sheets and the viewer's script; ``drawings`` has one drawing per
    figure id. With ``trace`` (from ``viewer_data``) the page holds that data and one inline script,
    which the page's policy names by its hash; without it there is no script.
    """
    context = Context(document, drawings, "page")
    script = read_script(page_dir) if trace else ""
    style = read_style(page_dir, "page.css")
    if trace:
        style += "\n" + read_style(page_dir, STYLE)
    main = el("main", id="main")
    for section in document.sections:
        if section.blocks:
            add(main, _section(context, section))
    if context.notes:
        add(main, _footnotes(context))
    body = el(
        "body",
        el("a", "跳到正文", href="#main", class_="skip"),
        _banner(document.meta),
        el("div", _sidebar(document), main, class_="columns"),
        el("footer", el("p", document.meta.notice)) if document.meta.notice else None,
    )
    if trace:
        add(body, *elements(trace, script))
    root = el("html", _head(document.meta, style, script), body)
    root.set("lang", document.meta.language)
    return serialise(root)


def _head(meta: Meta, style: str, script: str) -> Element:
    head = el("head", el("meta", charset="utf-8"))
    allowed = f"script-src {policy_source(script)}; " if script else ""
    policy = el("meta", content=POLICY.format(script=allowed))
    policy.set("http-equiv", "Content-Security-Policy")
    add(
        head,
        policy,
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="generator", content=GENERATOR),
        el("meta", name="author", content=", ".join(meta.authors)),
        el("meta", name="keywords", content=", ".join(meta.keywords)) if meta.keywords else None,
        el("meta", name="date", content=meta.date.isoformat()),
        el("title", meta.title + meta.subtitle),
        el("style", style),
    )
    return head


def _banner(meta: Meta) -> Element:
    banner = el("header", class_="banner")
    if meta.notice:
        add(banner, el("p", meta.notice, class_="notice"))
    add(banner, el("p", meta.title, class_="title"))
    if meta.subtitle:
        add(banner, el("p", meta.subtitle, class_="subtitle"))
    issued = "　".join((*meta.authors, meta.publisher, month(meta)))
    add(banner, el("p", issued, class_="issued"))
    return banner


def _sidebar(document: Document) -> Element:
    entries = [*_front_entries(document), *heading_entries(document, deepest=2)]
    details = el("details", el("summary", "目录"), entry_list(entries), open="open")
    return el("nav", details, class_="sidebar", aria_label="目录")


def _front_entries(document: Document) -> list[Entry]:
    return [
        Entry(block.id, 1, heading_text(block), "front")
        for section in document.sections
        if section.matter == "front"
        for block in section.blocks
        if isinstance(block, Heading) and block.level == 1
    ]


def _section(context: Context, section: Section) -> Element:
    first = section.blocks[0]
    label = first.id if isinstance(first, Heading) else None
    element = el("section", id=section_id(section), class_=section.matter, aria_labelledby=label)
    return fill_blocks(context, element, section.blocks)


def _footnotes(context: Context) -> Element:
    title = el("h2", "脚注", id="footnotes")
    notes = el("ol", class_="footnotes")
    for note in context.notes:  # a footnote's own footnotes, if any, join the end of the list
        item = el("li", id=note_id(note), value=str(note.number) if note.number else None)
        fill(context, item, note.inlines)
        back = el(
            "a", "↩", href=f"#{note_id(note)}-call", role="doc-backlink", aria_label="返回正文"
        )
        add(item, " ", back)
        add(notes, item)
    return el("section", title, notes, role="doc-endnotes", aria_labelledby="footnotes")
