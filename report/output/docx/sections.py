"""Sections: page geometry from the house file, turned pages, page numbers by matter, heads and feet."""

from __future__ import annotations

import copy
from dataclasses import dataclass

from report.document.model import Matter
from report.output.docx.oxml import Element, el, parse, q

_DEFAULT = (
    '<w:sectPr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1531" w:right="1553" w:bottom="1417" '
    'w:left="1553" w:header="850" w:footer="737" w:gutter="0"/></w:sectPr>'
)


@dataclass(frozen=True, slots=True)
class Geometry:
    """Page size and margins in twips, and the character grid, as the house file has them."""

    width: int
    height: int
    margins: dict[str, int]
    grid: Element | None

    def text_width(self, *, landscape: bool = False) -> int:
        """Return the width of the text area."""
        if landscape:
            return self.height - self.margins["top"] - self.margins["bottom"]
        return self.width - self.margins["left"] - self.margins["right"] - self.margins["gutter"]

    def text_height(self) -> int:
        """Return the height of a portrait page's text area."""
        return self.height - self.margins["top"] - self.margins["bottom"]


def geometry(body: Element) -> Geometry:
    """Read the page geometry from the last section of the house file's body."""
    given = body.find(q("w:sectPr"))
    default = parse(_DEFAULT)
    size = _child(given, default, "w:pgSz")
    margin = _child(given, default, "w:pgMar")
    edges = ("top", "right", "bottom", "left", "header", "footer", "gutter")
    return Geometry(
        int(size.get(q("w:w"), "11906")),
        int(size.get(q("w:h"), "16838")),
        {edge: int(margin.get(q(f"w:{edge}"), "0")) for edge in edges},
        None if given is None else given.find(q("w:docGrid")),
    )


def _child(given: Element | None, default: Element, name: str) -> Element:
    found = None if given is None else given.find(q(name))
    if found is None:
        found = default.find(q(name))
    assert found is not None
    return found


@dataclass(frozen=True, slots=True)
class Furniture:
    """Relationship ids of a section's head and foot, and of those of its first page; empty = none."""

    head: str = ""
    foot: str = ""
    first_head: str = ""
    first_foot: str = ""


def section_properties(
    page: Geometry,
    matter: Matter,
    furniture: Furniture,
    *,
    restart: bool = False,
    landscape: bool = False,
    opening: bool = False,
) -> Element:
    """Build ``w:sectPr``: a new page, numbered by ``matter``; ``opening`` sets its first page apart."""
    node = el("w:sectPr")
    for tag, kind, identity in (
        ("w:headerReference", "default", furniture.head),
        ("w:headerReference", "first", furniture.first_head if opening else ""),
        ("w:footerReference", "default", furniture.foot),
        ("w:footerReference", "first", furniture.first_foot if opening else ""),
    ):
        if identity:
            node.append(el(tag, type=kind, r__id=identity))
    node.append(el("w:type", val="nextPage"))
    width, height = (page.height, page.width) if landscape else (page.width, page.height)
    size = el("w:pgSz", w=str(width), h=str(height))
    edges = page.margins
    if landscape:
        size.set(q("w:orient"), "landscape")
        # Turned by a quarter: the long edges keep the margins that were above and below.
        turned = dict(
            zip(("top", "right", "bottom", "left"), ("right", "bottom", "left", "top"), strict=True)
        )
        edges = {edge: page.margins[turned.get(edge, edge)] for edge in page.margins}
    node.append(size)
    node.append(el("w:pgMar", **{edge: str(value) for edge, value in edges.items()}))
    form = "lowerRoman" if matter == "front" else "decimal"
    numbers = el("w:pgNumType", fmt=form)
    if restart:
        numbers.set(q("w:start"), "1")
    node.append(numbers)
    if opening:
        node.append(el("w:titlePg"))
    if page.grid is not None:
        node.append(copy.deepcopy(page.grid))
    return node
