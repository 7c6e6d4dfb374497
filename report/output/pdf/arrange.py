"""Arrange the blocks of a print page for its pages: lay out once, plan, change the tree, lay out again."""

from __future__ import annotations

import copy
import importlib
from collections.abc import Mapping, Sequence
from typing import Any

from report.output.pdf.measure import page_of, section_blocks
from report.output.pdf.placement import Placed, place

PLACED = frozenset({"body", "back"})  # the classes of sections whose exhibits may move
CONTINUED = "续"


def arrange(page: Any, cache: dict[str, Any]) -> None:
    """Change ``page``, a parsed ``weasyprint.HTML``, so that figures and tables leave few gaps.

    ``cache`` keeps decoded images for the next layout. The same page is always changed alike.
    """
    root = page.etree_element
    body = root.find("body")
    sections = [section for section in body if section.get("class") in PLACED]
    if not any(_has_exhibits(section) for section in sections):
        return
    others = [(index, child) for index, child in enumerate(body) if child not in sections]
    for _index, child in others:
        body.remove(child)
    _renew(page)
    pages = page.render(cache=cache).pages
    for index, child in others:
        body.insert(index, child)
    measures = page_of(pages)
    for section in sections:
        measured = section_blocks(pages, section)
        elements = {id(block): element for element, block in measured}
        apply(section, elements, place([block for _element, block in measured], measures))
    _renew(page)


def _has_exhibits(section: Any) -> bool:
    return any(
        child.tag == "figure" or "tbl" in (child.get("class") or "").split() for child in section
    )


def _renew(page: Any) -> None:
    """Let WeasyPrint see the changed tree; its wrapper remembers the old one."""
    selectors = importlib.import_module("cssselect2")
    page.wrapper_element = selectors.ElementWrapper.from_html_root(
        page.etree_element, content_language=None
    )


def apply(section: Any, elements: Mapping[int, Any], placed: Sequence[Placed]) -> None:
    """Put the children of ``section`` in the planned order, size and division.

    ``elements`` gives the child for the identity of each block; children that take no room keep
    their place at the end.
    """
    order = [elements[id(item.block)] for item in placed]
    rest = [child for child in section if all(child is not known for known in order)]
    for child in list(section):
        section.remove(child)
    for child in [*order, *rest]:
        section.append(child)
    for item, element in zip(placed, order, strict=True):
        if item.block.kind == "figure" and item.scale < 1:
            _shrink(element, item.scale * item.block.picture)
        elif item.block.kind == "table" and item.cuts:
            divide(element, item.cuts)
        elif item.block.kind == "table" and item.block.cuts:
            _add_class(element, "whole")


def _shrink(figure: Any, height: float) -> None:
    for image in figure.iter("img"):
        image.set("style", f"height:{height:.1f}px")


def _add_class(element: Any, name: str) -> None:
    element.set("class", " ".join([*(element.get("class") or "").split(), name]))


def divide(frame: Any, cuts: Sequence[int]) -> None:
    """Divide the table in ``frame`` after the rows ``cuts``: each further part has its head and 续表."""
    table = frame.find("table")
    body = table.find("tbody")
    rows = list(body)
    _add_class(frame, "divided")
    position = list(frame).index(table)
    for number, (start, stop) in enumerate(zip(cuts, [*cuts[1:], len(rows)], strict=True), start=1):
        part = copy.copy(table)
        for child in list(part):
            part.remove(child)
        part.set("class", "more")
        for child in table:
            if child.tag == "caption":
                part.append(_continued(child))
            elif child.tag != "tbody":
                part.append(copy.deepcopy(child))
        group = copy.copy(body)
        for row in list(group):
            group.remove(row)
        for row in rows[start:stop]:
            body.remove(row)
            group.append(row)
        part.append(group)
        frame.insert(position + number, part)


def _continued(caption: Any) -> Any:
    """Return the caption of a table's further part: its number after 续, and the unit again."""
    new = copy.copy(caption)
    for child in list(new):
        new.remove(child)
    for child in caption:
        names = (child.get("class") or "").split()
        if "cap" in names:
            line = copy.copy(child)
            for inner in list(line):
                line.remove(inner)
            line.text = CONTINUED
            numbers = [inner for inner in child if "no" in (inner.get("class") or "").split()]
            if numbers and "".join(numbers[0].itertext()):
                number = copy.deepcopy(numbers[0])
                number.tail = None
                line.append(number)
            else:
                line.text += "表"
            new.append(line)
        elif "unit" in names:
            new.append(copy.deepcopy(child))
    return new
