"""Measure a section's blocks in pages that WeasyPrint has laid out: heights, and where they may break."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from report.output.pdf.placement import Block, Kind, Page

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
ANNOUNCING = "：:"
LEAST_ROWS = 3  # of a table, at the foot of a page and at the head of the next


@dataclass(slots=True)
class _Fragments:
    """The boxes of one element, page by page."""

    element: Any
    boxes: list[Any] = field(default_factory=list)


def page_of(pages: Sequence[Any]) -> Page:
    """Return the measures of an upright page of ``pages`` (of the first one, if all are turned)."""
    upright = [page for page in pages if page.height >= page.width] or list(pages)
    box = upright[0]._page_box  # noqa: SLF001  pages have no public tree
    rules = [
        area.margin_height() - sum(child.margin_height() for child in area.children)
        for page in pages
        for area in _areas(page)
    ]
    return Page(float(box.height), max(rules, default=0.0))


def section_blocks(pages: Sequence[Any], section: Any) -> list[tuple[tuple[Any, ...], Block]]:
    """Return the measured blocks of ``section``, an element that was laid out, in order.

    With each stand the children it is made of: one, or a paragraph and the formula it leads to.
    """
    found = {id(child): _Fragments(child) for child in section}
    for page in pages:
        for box in _boxes_of(page._page_box, section):  # noqa: SLF001
            for child in box.children:
                fragments = found.get(id(child.element))
                if fragments is not None and child.is_in_normal_flow():
                    fragments.boxes.append(child)
    heights = _footnotes(pages)
    blocks: list[tuple[tuple[Any, ...], Block]] = []
    announced = False
    for fragments in found.values():
        if not fragments.boxes:
            continue
        block = _measured(fragments, heights, pinned=announced)
        elements = (fragments.element,)
        if _clings(fragments.boxes[0]) and blocks and blocks[-1][1].kind == "text":
            before = blocks.pop()
            elements, block = (*before[0], *elements), _joined(before[1], block)
        blocks.append((elements, block))
        announced = block.kind == "text" and _text(fragments.element).endswith(tuple(ANNOUNCING))
    return blocks


def _boxes_of(box: Any, element: Any) -> Iterator[Any]:
    if box.element is element and not box.element_tag.endswith(("::before", "::after")):
        yield box
        return
    for child in getattr(box, "children", ()):
        if not hasattr(child, "at_keyword"):  # a margin box
            yield from _boxes_of(child, element)


def _areas(page: Any) -> Iterator[Any]:
    boxes = importlib.import_module("weasyprint.formatting_structure.boxes")
    for child in page._page_box.children:  # noqa: SLF001
        if isinstance(child, boxes.FootnoteAreaBox) and child.children:
            yield child


def _footnotes(pages: Sequence[Any]) -> Mapping[int, float]:
    """Return the height of each footnote by the identity of its element."""
    heights: dict[int, float] = {}
    for page in pages:
        for area in _areas(page):
            for note in area.children:
                key = id(note.element)
                heights[key] = heights.get(key, 0.0) + note.margin_height()
    return heights


def _text(element: Any) -> str:
    return "".join(element.itertext()).rstrip()


def _measured(fragments: _Fragments, heights: Mapping[int, float], *, pinned: bool) -> Block:
    element, first = fragments.element, fragments.boxes[0]
    kind = _kind(element)
    name = element.get("id") or ""
    before, after = _length(first, "margin_top"), _length(first, "margin_bottom")
    if kind == "table":
        return _table(name, fragments, before, after, pinned=pinned)
    flexible = importlib.import_module("weasyprint.formatting_structure.boxes").FlexBox
    if kind in {"heading", "figure", "turned"} or isinstance(first, flexible):
        height = sum(box.border_height() for box in fragments.boxes)
        picture = _picture(fragments.boxes) if kind == "figure" else 0.0
        return Block(
            name, kind, (height,), before=before, after=after, picture=picture, pinned=pinned
        )
    return _flow(name, fragments, heights, before, after)


def _clings(box: Any) -> bool:
    return box.style["break_before"] in {"avoid", "avoid-page"}


def _joined(block: Block, following: Block) -> Block:
    """Return two blocks of text as one that does not break between them."""
    gap = max(block.after, following.before)
    first, *rest = following.parts
    count = len(block.parts)
    return replace(
        block,
        parts=(*block.parts, gap + following.lead + first, *rest),
        cuts=block.cuts | {count + cut for cut in following.cuts},
        after=following.after,
        notes=(*block.notes, *((count + part, height) for part, height in following.notes)),
    )


def _kind(element: Any) -> Kind:
    names = (element.get("class") or "").split()
    if element.tag in HEADINGS:
        return "heading"
    if element.tag == "figure":
        return "figure"
    if "landscape" in names:
        return "turned"
    return "table" if "tbl" in names else "text"


def _length(box: Any, name: str) -> float:
    """Return a computed length in px: the used one is zero where a page begins."""
    value = box.style[name]
    return float(getattr(value, "value", 0.0)) if value != "auto" else 0.0


def _picture(boxes: Sequence[Any]) -> float:
    replaced = importlib.import_module("weasyprint.formatting_structure.boxes").ReplacedBox
    return sum(
        float(box.height)
        for parent in boxes
        for box in parent.descendants()
        if isinstance(box, replaced)
    )


# ---------------------------------------------------------------- running text


@dataclass(slots=True)
class _Part:
    """A line, or a box that stays whole: its place, the paragraph it is of, footnotes it calls."""

    top: float
    bottom: float
    parent: Any
    notes: float


def _flow(
    name: str, fragments: _Fragments, heights: Mapping[int, float], before: float, after: float
) -> Block:
    """Measure a paragraph, list or call-out: everything that breaks between lines."""
    first = fragments.boxes[0]
    clones = first.style["box_decoration_break"] == "clone"
    again = first.padding_top + first.border_top_width if clones else 0.0
    parts: list[float] = []
    owners: list[Any] = []
    notes: list[tuple[int, float]] = []
    for box in fragments.boxes:
        found = list(_parts(box, heights)) or [
            _Part(box.border_box_y(), box.border_box_y(), box, 0.0)
        ]
        # A box that goes on is stretched to the page's foot: there its last line counts.
        ends = box is fragments.boxes[-1]
        edges = [box.border_box_y(), *(part.top for part in found[1:])]
        edges.append(box.border_box_y() + box.border_height() if ends else found[-1].bottom)
        for index, part in enumerate(found):
            height = edges[index + 1] - edges[index]
            if index == 0 and parts:
                height -= again
            if part.notes:
                notes.append((len(parts), part.notes))
            parts.append(height)
            owners.append(part.parent)
    return Block(
        name,
        "text",
        tuple(parts),
        cuts=_line_cuts(owners),
        before=before,
        after=after,
        again=again,
        notes=tuple(notes),
    )


def _parts(box: Any, heights: Mapping[int, float]) -> Iterator[_Part]:
    boxes = importlib.import_module("weasyprint.formatting_structure.boxes")
    for child in box.children:
        if not child.is_in_normal_flow():
            continue
        if isinstance(child, boxes.LineBox):
            notes = sum(
                heights.get(id(inner.element), 0.0)
                for inner in child.descendants()
                if str(inner.element_tag).endswith("::footnote-call")
                and isinstance(inner, boxes.TextBox)
            )
            yield _Part(child.position_y, child.position_y + child.height, box, notes)
        elif isinstance(child, boxes.BlockBox) and not isinstance(child, boxes.FlexBox):
            yield from _parts(child, heights)
        else:
            top = child.border_box_y()
            yield _Part(top, top + child.border_height(), child, 0.0)


def _line_cuts(owners: Sequence[Any]) -> frozenset[int]:
    """Return after how many lines a page may end, given the paragraph (a box) each is of."""
    runs: list[tuple[Any, int]] = []
    for owner in owners:
        if runs and runs[-1][0].element is owner.element:
            runs[-1] = (owner, runs[-1][1] + 1)
        else:
            runs.append((owner, 1))
    cuts: set[int] = set()
    end = 0
    for owner, count in runs:
        orphans, widows = owner.style["orphans"], owner.style["widows"]
        cuts.update(end + line for line in range(orphans, count - widows + 1))
        end += count
        if owner.style["break_after"] not in {"avoid", "avoid-page"}:
            cuts.add(end)
    return frozenset(cuts - {len(owners)})


# ---------------------------------------------------------------- tables


def _table(name: str, fragments: _Fragments, before: float, after: float, *, pinned: bool) -> Block:
    """Measure a table: caption and head, rows, and what stands below."""
    boxes = importlib.import_module("weasyprint.formatting_structure.boxes")
    caption = head = 0.0
    rows: list[Any] = []
    frame = below = 0.0
    for fragment in fragments.boxes:
        for box in fragment.children:
            inner = [child for child in box.children if isinstance(child, boxes.TableBox)]
            if not inner:
                below += box.margin_height()
                continue
            for child in box.children:
                if isinstance(child, boxes.TableCaptionBox):
                    caption = max(caption, child.margin_height())
            table = inner[0]
            frame = table.border_top_width + table.border_bottom_width
            for group in table.children:
                if group.is_header:
                    head = group.height
                else:
                    rows += group.children
    heights = [float(row.height) for row in rows] or [0.0]
    heights[-1] += below
    lead = caption + head + frame
    return Block(
        name,
        "table",
        tuple(heights),
        cuts=_row_cuts(rows),
        before=before,
        after=after,
        lead=lead,
        again=lead,
        pinned=pinned,
    )


def _row_cuts(rows: Sequence[Any]) -> frozenset[int]:
    """Return after how many rows a table may be divided: not within a cell, nor near its ends."""
    open_until, cuts = 0, set()
    for index, row in enumerate(rows):
        spans = [cell.rowspan for cell in row.children]
        open_until = max([open_until, *(index + span for span in spans)])
        if open_until == index + 1:
            cuts.add(index + 1)
    return frozenset(cut for cut in cuts if LEAST_ROWS <= cut <= len(rows) - LEAST_ROWS)
