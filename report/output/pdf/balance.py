"""Even lines: where a number or bracket that must not break leaves a line short, its neighbours share the space.

Lines are filled one after the other, so that a long piece that just misses a line leaves that one line
with all the space. From a draft layout this module learns which lines are so, and ties a few
characters from the end of the line before to the line itself (a span of class ``k``): both are then a
little looser, neither much.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from report.output.html.spacing import CLOSING, OPENING, OTHER_WIDE, STOPS, WIDE, is_han
from report.output.pdf.typography import INVISIBLE, room_of

LOOSE = 1.6  # em of space in a line from which its neighbours take a share
_NARROW = 0.55  # em: a Latin letter or digit
_LINES = 3  # that share the space


@dataclass(slots=True)
class _Slot:
    """A text of the tree: that of ``owner``, or what follows it; where it starts in the paragraph."""

    owner: Any
    tail: bool
    start: int
    text: str


@dataclass(slots=True)
class _Line:
    """A line: where it starts in the paragraph's text (without spaces), and its space in em."""

    start: int
    space: float


def balance(pages: Sequence[Any], drafts: Sequence[Any], originals: Sequence[Any]) -> None:
    """Tie characters in the paragraphs of ``originals`` as the layout of their ``drafts`` shows need."""
    found = _lines_by_element(pages)
    for draft, original in zip(drafts, originals, strict=True):
        copies, sources = list(draft.iter("p")), list(original.iter("p"))
        if len(copies) != len(sources):
            continue
        for copied, source in zip(copies, sources, strict=True):
            boxes = found.get(id(copied), [])
            if len(boxes) > 2:
                _balance(source, boxes)


def _lines_by_element(pages: Sequence[Any]) -> dict[int, list[tuple[Any, Any]]]:
    """Return the (line, its block) of each paragraph, by the identity of the element."""
    boxes = importlib.import_module("weasyprint.formatting_structure.boxes")
    found: dict[int, list[tuple[Any, Any]]] = {}
    for page in pages:
        for block in page._page_box.descendants():  # noqa: SLF001  pages have no public tree
            if not isinstance(block, boxes.BlockBox) or block.element_tag != "p":
                continue
            for line in block.children:
                if isinstance(line, boxes.LineBox):
                    found.setdefault(id(block.element), []).append((line, block))
    return found


def _balance(paragraph: Any, boxes: Sequence[tuple[Any, Any]]) -> None:
    slots = list(_slots(paragraph))
    text = "".join(slot.text for slot in slots)
    solid = [i for i, character in enumerate(text) if _counts(character)]
    lines: list[_Line] = []
    count = 0
    said = ""
    for line, block in boxes:
        words = "".join(c for c in _text_of(line) if _counts(c))
        lines.append(_Line(count, room_of(line, _available(line, block))))
        count += len(words)
        said += words
    if said != "".join(text[i] for i in solid):
        return
    spans: list[tuple[int, int]] = []
    for i in range(len(lines) - 2, 0, -1):  # the last line is not set flush
        window = lines[max(0, i - _LINES + 1) : i + 1]
        wanted = lines[i].space - sum(line.space for line in window) / len(window)
        if lines[i].space < LOOSE or wanted < 0.5:
            continue
        first, moved = _movable(text, solid, lines, i, wanted)
        if not moved:
            continue
        last = solid[lines[i].start] + 1  # the line's own first character comes along
        if any(slot.start <= first and last <= slot.start + len(slot.text) for slot in slots):
            spans.append((first, last))
            lines[i].space -= moved
            lines[i - 1].space += moved
    for first, last in sorted(spans, reverse=True):
        _tie(paragraph, first, last)


def _movable(
    text: str, solid: Sequence[int], lines: Sequence[_Line], i: int, wanted: float
) -> tuple[int, float]:
    """Return from which position the end of line ``i - 1`` may go down, and its width in em (0: none)."""
    moved = 0.0
    best = (0, 0.0)
    for at in range(lines[i].start - 1, lines[i - 1].start + 2, -1):
        character, before = text[solid[at]], text[solid[at - 1]]
        moved += 1.0 if is_han(character) or character in WIDE else _NARROW
        if moved > min(wanted + 0.5, lines[i].space - 0.1):
            break
        if _may_part(before, character):
            best = (solid[at], moved)
    return best


def _may_part(a: str, b: str) -> bool:
    """Whether a line may end with ``a`` and the next begin with ``b``; strict, to be sure of it."""
    if b in CLOSING | STOPS | OTHER_WIDE or a in OPENING | OTHER_WIDE:
        return False
    return is_han(b) and (is_han(a) or a in STOPS | CLOSING)


def _counts(character: str) -> bool:
    return not character.isspace() and character not in INVISIBLE


def _text_of(line: Any) -> str:
    boxes = importlib.import_module("weasyprint.formatting_structure.boxes")
    return "".join(
        box.text
        for box in line.descendants()
        if isinstance(box, boxes.TextBox) and "::" not in str(box.element_tag)
    )


def _available(line: Any, block: Any) -> float:
    return float(block.content_box_x() + block.width - line.position_x)


def _slots(paragraph: Any) -> Iterator[_Slot]:
    """Yield the texts of a paragraph in order, without those of its footnotes."""
    position = 0

    def walk(element: Any) -> Iterator[tuple[Any, bool, str]]:
        yield element, False, element.text or ""
        for child in element:
            if isinstance(child.tag, str) and "fn" not in (child.get("class") or "").split():
                yield from walk(child)
            yield child, True, child.tail or ""

    for owner, tail, text in walk(paragraph):
        if text:
            yield _Slot(owner, tail, position, text)
            position += len(text)


def _tie(paragraph: Any, first: int, last: int) -> None:
    """Set the characters from ``first`` to before ``last``, which are in one text, in a span of class ``k``."""
    slot = next(
        slot
        for slot in _slots(paragraph)
        if slot.start <= first and last <= slot.start + len(slot.text)
    )
    lead, tied = slot.text[: first - slot.start], slot.text[first - slot.start : last - slot.start]
    span = paragraph.makeelement("span", {"class": "k"})
    span.text = tied
    span.tail = slot.text[last - slot.start :] or None
    if slot.tail:
        parent = next(p for p in paragraph.iter() if any(c is slot.owner for c in p))
        place = next(n for n, child in enumerate(parent) if child is slot.owner)
        slot.owner.tail = lead or None
        parent.insert(place + 1, span)
    else:
        slot.owner.text = lead or None
        slot.owner.insert(0, span)
