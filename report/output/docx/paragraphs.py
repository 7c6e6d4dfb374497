"""Paragraphs: a style, the few direct properties it may need in schema order, and content."""

from __future__ import annotations

from collections.abc import Iterable

from report.output.docx.oxml import Element, el, q

# The order of w:pPr's children that the writer ever sets directly.
_ORDER = ("w:keepNext", "w:numPr", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:sectPr")


def paragraph(style: str, content: Iterable[Element] = (), *properties: Element | None) -> Element:
    """Build a paragraph of the style with id ``style``; ``properties`` come in any order."""
    rank = {q(name): place for place, name in enumerate(_ORDER)}
    given = sorted((p for p in properties if p is not None), key=lambda p: rank[p.tag])
    node = el("w:p", el("w:pPr", el("w:pStyle", val=style), *given))
    node.extend(content)
    return node


def set_property(node: Element, child: Element) -> None:
    """Append ``child`` (a section break) to a paragraph's properties."""
    properties = node.find(q("w:pPr"))
    if properties is None:
        properties = el("w:pPr")
        node.insert(0, properties)
    properties.append(child)
