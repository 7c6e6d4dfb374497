"""The thin XML layer: namespaces, a short element builder, safe text and safe parsing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml's public element type has no public name

NS: dict[str, str] = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
}
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# Elements of these vocabularies carry qualified attributes; DrawingML's are bare.
_QUALIFIED = frozenset({"w", "m"})
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DECLARATIONS = " ".join(f'xmlns:{prefix}="{NS[prefix]}"' for prefix in ("w", "r", "m"))


def q(name: str) -> str:
    """Return the Clark name of ``prefix:local``."""
    prefix, _, local = name.partition(":")
    return f"{{{NS[prefix]}}}{local}"


def el(
    name: str, /, *children: Element | None, text: str | None = None, **attributes: str
) -> Element:
    """Build an element: ``el("w:pStyle", val="Body")``.

    Attributes take the element's own namespace where the vocabulary wants it (``w``, ``m``);
    a double underscore names another prefix (``r__id``). ``None`` children are left out.
    """
    prefix, _, local = name.partition(":")
    space = NS[prefix]
    node = etree.Element(f"{{{space}}}{local}", nsmap={prefix: space})
    for key, value in attributes.items():
        owner, split, bare = key.partition("__")
        if split:
            node.set(f"{{{NS[owner]}}}{bare}", value)
        elif prefix in _QUALIFIED:
            node.set(f"{{{space}}}{key}", value)
        else:
            node.set(key, value)
    if text is not None:
        node.text = clean(text)
    for child in children:
        if child is not None:
            node.append(child)
    return node


def root(name: str, prefixes: Iterable[str]) -> Element:
    """Build a part's root element that declares every prefix its content may use."""
    return etree.Element(q(name), nsmap={prefix: NS[prefix] for prefix in prefixes})


def clean(text: str) -> str:
    """Drop the characters XML 1.0 cannot hold."""
    return _ILLEGAL.sub("", text)


def escape(text: str) -> str:
    """Clean and escape text for use in XML content or in a double-quoted attribute."""
    text = _ILLEGAL.sub("", text)
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )


def parse(data: bytes | str) -> Element:
    """Parse XML with entities, DTD and network off."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(data, parser)


def fragment(xml: str) -> list[Element]:
    """Parse sibling WordprocessingML elements written as text (``w``, ``r``, ``m`` are declared)."""
    return list(parse(f"<w:body {_DECLARATIONS}>{xml}</w:body>"))


def to_text(node: Element) -> str:
    """Serialise one element for use inside ``fragment``."""
    return etree.tostring(node, encoding="unicode", with_tail=False)


def to_bytes(node: Element) -> bytes:
    """Serialise a part."""
    etree.cleanup_namespaces(node, keep_ns_prefixes=["w", "r"])
    return etree.tostring(node, xml_declaration=True, encoding="UTF-8", standalone=True)
