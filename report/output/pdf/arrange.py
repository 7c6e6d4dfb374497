"""Arrange the blocks of a print page for its pages: lay out once, plan, change the tree, lay out again."""

from __future__ import annotations

import copy
import importlib
from collections.abc import Mapping, Sequence
from typing import Any

from report.output.pdf.balance import balance
from report.output.pdf.measure import page_of, section_blocks
from report.output.pdf.placement import Placed, place

PLACED = frozenset({"body", "back"})  # the classes of sections whose exhibits may move
JOINED = "joined"  # the class of one that begins on the page where the one before ends
CONTINUED = "续"
# Neither justified lines nor running heads change what fits on a page.
DRAFT_STYLE = """p, .fn { text-align: left }
@page { @top-left { content: none } @top-right { content: none }
  @bottom-left { content: none } @bottom-right { content: none } }"""


def arrange(page: Any, cache: dict[str, Any]) -> None:
    """Change ``page``, a parsed ``weasyprint.HTML``, so that figures and tables leave few gaps.

    ``cache`` keeps decoded images for the next layout. The same page is always changed alike.
    """
    groups = [
        group
        for group in _groups(page.etree_element.find("body"))
        if any(_has_exhibits(section) for section in group)
    ]
    if not groups:
        return
    sections = [section for group in groups for section in group]
    drafts = [_draft(section) for section in sections]
    pages = _drafted(page, drafts).render(cache=cache).pages
    measures = page_of(pages)
    balance(pages, drafts, sections)
    originals = {
        id(copied): child
        for section, draft in zip(sections, drafts, strict=True)
        for copied, child in zip(draft, section, strict=True)
    }
    remaining = iter(drafts)
    for group in groups:
        measured = [section_blocks(pages, next(remaining)) for _section in group]
        placed = place([block for blocks in measured for _made_of, block in blocks], measures)
        for section, blocks in zip(group, measured, strict=True):
            elements = {
                id(block): [originals[id(child)] for child in made] for made, block in blocks
            }
            apply(section, elements, [item for item in placed if id(item.block) in elements])
    _renew(page)


def _groups(body: Any) -> list[list[Any]]:
    """Return the sections whose exhibits may move; those that share pages stand together."""
    groups: list[list[Any]] = []
    open_group = False
    for section in body:
        names = (section.get("class") or "").split()
        if not PLACED & set(names):
            open_group = False
        elif JOINED in names and open_group:
            groups[-1].append(section)
        else:
            groups.append([section])
            open_group = True
    return groups


def _has_exhibits(section: Any) -> bool:
    return any(
        child.tag == "figure" or "tbl" in (child.get("class") or "").split() for child in section
    )


def _drafted(page: Any, sections: Sequence[Any]) -> Any:
    """Return a page like ``page`` that holds only ``sections``, and is quick to lay out."""
    original = page.etree_element
    root = original.makeelement("html", dict(original.attrib))
    head = copy.deepcopy(original.find("head"))
    style = original.makeelement("style", {})
    style.text = DRAFT_STYLE
    head.append(style)
    body = original.makeelement("body", {})
    body.extend(sections)
    root.extend([head, body])
    drafted = copy.copy(page)
    drafted.etree_element = root
    _renew(drafted)
    return drafted


def _draft(section: Any) -> Any:
    """Return a copy in which each run of numbers in a table row is one cell: as high, with less to lay out."""
    draft = copy.deepcopy(section)
    for row in draft.iter("tr"):
        first = None
        for cell in list(row):
            number = "d" in (cell.get("class") or "").split() and "rowspan" not in cell.attrib
            if not number:
                first = None
            elif first is None:
                first = cell
            else:
                span = int(first.get("colspan", "1")) + int(cell.get("colspan", "1"))
                first.set("colspan", str(span))
                row.remove(cell)
    return draft


def _renew(page: Any) -> None:
    """Let WeasyPrint see the changed tree; its wrapper remembers the old one."""
    selectors = importlib.import_module("cssselect2")
    page.wrapper_element = selectors.ElementWrapper.from_html_root(
        page.etree_element, content_language=None
    )


def apply(section: Any, elements: Mapping[int, Sequence[Any]], placed: Sequence[Placed]) -> None:
    """Put the children of ``section`` in the planned order, size and division.

    ``elements`` gives the children for the identity of each block; children that take no room go to
    the end.
    """
    order = [element for item in placed for element in elements[id(item.block)]]
    rest = [child for child in section if all(child is not known for known in order)]
    for child in list(section):
        section.remove(child)
    for child in [*order, *rest]:
        section.append(child)
    for item in placed:
        element = elements[id(item.block)][0]
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
