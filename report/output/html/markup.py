"""Build HTML as a tree, so that text is escaped by construction, and write it out as one string."""

from __future__ import annotations

import re
from typing import TypeAlias

from lxml import etree, html

from report.errors import OutputError, Problem
from report.i18n import _

Element: TypeAlias = etree._Element  # noqa: SLF001  lxml's only name for its element type
Node: TypeAlias = "Element | str | None"

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def el(tag: str, *children: Node, **attributes: str | None) -> Element:
    """Return ``<tag>`` with children (elements or text).

    Attribute names lose a trailing ``_`` (``class_``) and turn ``_`` into ``-`` (``data_key``);
    attributes that are None are left out.
    """
    element = etree.Element(tag)
    for name, value in attributes.items():
        if value is not None:
            element.set(name.rstrip("_").replace("_", "-"), clean(value))
    add(element, *children)
    return element


def add(parent: Element, *children: Node) -> None:
    """Append ``children`` to ``parent`` in order; text joins the text before it."""
    for child in children:
        if child is None or (isinstance(child, str) and not child):
            continue
        if isinstance(child, str):
            text = clean(child)
            if len(parent):
                parent[-1].tail = (parent[-1].tail or "") + text
            else:
                parent.text = (parent.text or "") + text
        else:
            parent.append(child)


def attributes(element: Element) -> dict[str, str]:
    """Return a copy of an element's attributes."""
    return {str(name): str(value) for name, value in element.attrib.items()}


def clean(text: str) -> str:
    """Return ``text``, or raise OutputError when it has a character no document can hold."""
    if found := _FORBIDDEN.search(text):
        start = max(0, found.start() - 10)
        around = _FORBIDDEN.sub("?", text[start : found.end() + 10])
        raise OutputError(
            Problem(
                None,
                _("The control character U+{code:04X} in “{around}”").format(
                    code=ord(found.group()), around=around
                ),
                _("printable text"),
                _("Delete the character in the data or template it comes from."),
            )
        )
    return text


def serialise(root: Element) -> str:
    """Return the whole page as HTML5 text."""
    text: str = html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>")
    return text + "\n"
