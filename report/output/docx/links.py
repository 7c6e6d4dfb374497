"""Hyperlinks: outside addresses as relationships of the part they stand in, inner ones as anchors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol
from urllib.parse import urlsplit

from report.output.docx.oxml import Element, el

SCHEMES = frozenset({"http", "https", "mailto"})


class Relations(Protocol):
    """What a part offers: the id of a relationship to an outside address."""

    def link(self, url: str) -> str:
        """Return the relationship id for ``url``."""
        ...


def is_safe(url: str) -> bool:
    """Tell whether ``url`` is of a kind that may become a live link."""
    try:
        return urlsplit(url).scheme.lower() in SCHEMES
    except ValueError:
        return False


def outside(relations: Relations, url: str, content: Iterable[Element]) -> Element:
    """Build a link to a web or mail address."""
    node = el("w:hyperlink", r__id=relations.link(url), history="1")
    node.extend(content)
    return node


def inside(anchor: str, content: Iterable[Element]) -> Element:
    """Build a link to a bookmark."""
    node = el("w:hyperlink", anchor=anchor, history="1")
    node.extend(content)
    return node
