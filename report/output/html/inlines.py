"""Inlines as HTML: one small function per kind."""

from __future__ import annotations

from collections.abc import Iterable

from report.document.model import (
    Break,
    Emphasis,
    FactUse,
    Footnote,
    Inline,
    Link,
    Math,
    Number,
    Ref,
    Strong,
    Structural,
    Text,
    Verbatim,
    Word,
)
from report.output.html.context import Context
from report.output.html.formulas import formula_svg
from report.output.html.markup import Element, Node, add, el

SAFE_SCHEMES = ("https:", "http:", "mailto:")


def fill(context: Context, parent: Element, inlines: Iterable[Inline]) -> Element:
    """Append ``inlines`` to ``parent`` and return it."""
    for inline in inlines:
        add(parent, render(context, inline))
    return parent


def render(context: Context, inline: Inline) -> Node:
    """Return one inline as a node."""
    match inline:
        case Text(text=text):
            return text
        case Number(quantity=quantity):
            return el("span", quantity.text, class_="n", data_key=quantity.key)
        case Word(text=text, keys=keys, condition=condition):
            if context.printing or not keys:
                return text
            return el("span", text, class_="w", data_keys=" ".join(keys), title=condition or None)
        case Verbatim(text=text) | Structural(text=text):
            return text
        case FactUse(text=text, fact=fact):
            if context.printing:
                return text
            citation = context.document.facts.get(fact)
            return el("span", text, class_="fact", data_fact=fact, title=citation)
        case Strong(inlines=inner):
            return fill(context, el("strong"), inner)
        case Emphasis(inlines=inner):
            return fill(context, el("em"), inner)
        case Link(inlines=inner, url=url):
            safe = url.lower().startswith(SAFE_SCHEMES)
            tag = el("a", href=url, rel="noopener external") if safe else el("span")
            return fill(context, tag, inner)
        case Ref(target=target, text=text):
            return el("a", text, href=f"#{target}", class_="ref")
        case Footnote():
            return _footnote(context, inline)
        case Math(latex=latex):
            return formula_svg(latex, prefix=context.next_formula(), display=False)
        case Break():
            return el("br")


def note_id(note: Footnote) -> str:
    """Return the id of a footnote's text."""
    return note.id or f"fn-{note.number}"


def _footnote(context: Context, note: Footnote) -> Element:
    if context.printing:
        body = el("span", class_="fn", id=note_id(note), data_n=str(note.number))
        return fill(context, body, note.inlines)
    context.notes.append(note)
    link = el(
        "a",
        str(note.number),
        href=f"#{note_id(note)}",
        id=f"{note_id(note)}-call",
        role="doc-noteref",
        aria_label=f"脚注{note.number}",
    )
    return el("sup", link, class_="call")
