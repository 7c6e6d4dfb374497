"""Flush Chinese lines in WeasyPrint: space goes between characters, marks at line ends hang their blank half.

WeasyPrint stretches only spaces, which leaves Chinese ragged. ``chinese_justification`` puts an own
``text_align`` in place of ``weasyprint.layout.inline``'s while it is entered, for the thread that
entered it. This is private API of the pinned version: ``check_api`` says so plainly when it moved.
"""

from __future__ import annotations

import importlib
import inspect
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from report.errors import MachineError, Problem
from report.i18n import _
from report.output.html.spacing import CLOSING, OPENING, STOPS, WIDE, gaps, is_han

MOST = 1.0  # em a gap may grow by; a line that would need more is left ragged
SPACE_SHARE = 2  # a space takes this many times what a gap between characters takes
UNSTRETCHED = frozenset({"——", "……", "—…", "…—"})
INVISIBLE = "\u200b\u2060\ufeff"

_SIGNATURES = {
    "text_align": ("context", "line", "available_width", "last"),
    "justify_line": ("context", "line", "extra_width"),
}

_lock = threading.Lock()
_users = threading.local()
_installed: dict[str, Any] = {"count": 0, "original": None}


def check_api(inline: Any) -> None:
    """Raise MachineError unless ``inline`` has the functions this module replaces, as it knows them."""
    for name, expected in _SIGNATURES.items():
        function = getattr(inline, name, None)
        found = tuple(inspect.signature(function).parameters) if callable(function) else ()
        if found != expected:
            import weasyprint  # noqa: PLC0415

            raise MachineError(
                Problem(
                    None,
                    _(
                        "WeasyPrint {version} sets lines in another way than this program knows"
                    ).format(version=weasyprint.__version__),
                    f"weasyprint.layout.inline.{name}({', '.join(expected)})",
                    _(
                        "Install the WeasyPrint version the project asks for (run the set-up again)."
                    ),
                )
            )


@contextmanager
def chinese_justification() -> Iterator[None]:
    """Justify between characters while entered; other threads keep WeasyPrint's own way."""
    inline: Any = importlib.import_module("weasyprint.layout.inline")
    with _lock:
        if _installed["count"] == 0:
            check_api(inline)
            _installed["original"] = inline.text_align
            inline.text_align = _dispatch(inline.text_align)
        _installed["count"] += 1
    depth = getattr(_users, "depth", 0)
    _users.depth = depth + 1
    try:
        yield
    finally:
        _users.depth = depth
        with _lock:
            _installed["count"] -= 1
            if _installed["count"] == 0:
                inline.text_align = _installed["original"]
                _installed["original"] = None


def _dispatch(original: Callable[..., Any]) -> Callable[..., Any]:
    def text_align(context: Any, line: Any, available_width: float, last: bool) -> Any:
        if getattr(_users, "depth", 0) and _wanted(line):
            return align(line, available_width, last=last)
        return original(context, line, available_width, last)

    return text_align


def _wanted(line: Any) -> bool:
    style = line.style
    return (
        style["text_align_all"] == "justify"
        and style["text_align_last"] in {"auto", "start"}
        and style["white_space"] in {"normal", "nowrap", "pre-line"}
        and style["direction"] == "ltr"
    )


# ---------------------------------------------------------------- one line


@dataclass(slots=True)
class _Leaf:
    """A visible box on the line: its box, text (empty for a drawing) and whether it may be parted from."""

    box: Any
    text: str
    raised: bool = False  # a footnote call: stays close to what it follows


def align(line: Any, available_width: float, *, last: bool) -> float:
    """Make ``line`` flush on both edges; return its horizontal offset in px.

    An opening mark at the start and a closing one at the end hang their blank half out of the
    measure, so that what is flush is ink; so does the thin gap of a Latin run at an edge.
    """
    leaves = list(_leaves(line))
    if not leaves:
        return 0
    left = _left_blank(line, leaves[0])
    if last:
        return -left
    extra = available_width - line.width + left + _right_blank(line, leaves[-1])
    shares = [
        _shares(leaf, following)
        for leaf, following in zip(leaves, [*leaves[1:], None], strict=True)
    ]
    total = sum(sum(share.values()) for share in shares)
    if extra <= 0 or not total or extra / total > MOST * line.style["font_size"]:
        return -left
    _spread(
        line,
        {id(leaf.box): share for leaf, share in zip(leaves, shares, strict=True)},
        extra / total,
        0,
    )
    return -left


def room_of(line: Any, available_width: float) -> float:
    """Return the space, in em, that a line set flush would have to take up."""
    leaves = list(_leaves(line))
    if not leaves:
        return 0.0
    extra = available_width - line.width + _left_blank(line, leaves[0])
    return float((extra + _right_blank(line, leaves[-1])) / line.style["font_size"])


def _leaves(box: Any) -> Iterator[_Leaf]:
    boxes = importlib.import_module("weasyprint.formatting_structure.boxes")
    for child in box.children:
        if not child.is_in_normal_flow():
            continue
        if isinstance(child, boxes.TextBox):
            if child.text.strip(INVISIBLE):
                yield _Leaf(
                    child,
                    child.text,
                    raised=child.style["vertical_align"] == "super" or _is_call(child),
                )
        elif isinstance(child, boxes.InlineBox):
            yield from _leaves(child)
        else:
            yield _Leaf(child, "")


def _is_call(box: Any) -> bool:
    return str(box.element_tag).endswith("::footnote-call")


def _halved(box: Any) -> bool:
    return "halt" in str(box.style["font_feature_settings"])


def _left_blank(line: Any, leaf: _Leaf) -> float:
    blank = _edge_margins(line, "left")
    if leaf.text and leaf.text[0] in OPENING and not _halved(leaf.box):
        blank += leaf.box.style["font_size"] / 2
    return blank


def _right_blank(line: Any, leaf: _Leaf) -> float:
    blank = _edge_margins(line, "right")
    text = leaf.text.rstrip(INVISIBLE)
    if text and text[-1] in CLOSING | STOPS and not _halved(leaf.box):
        blank += leaf.box.style["font_size"] / 2
    return blank


def _edge_margins(box: Any, side: str) -> float:
    """Return the margin of the inline boxes that begin (or end) the line."""
    boxes = importlib.import_module("weasyprint.formatting_structure.boxes")
    children = [child for child in box.children if child.is_in_normal_flow()]
    if not children:
        return 0
    child = children[0 if side == "left" else -1]
    if not isinstance(child, boxes.InlineBox):
        return 0
    return float(getattr(child, f"margin_{side}")) + _edge_margins(child, side)


def _shares(leaf: _Leaf, following: _Leaf | None) -> Mapping[int, int]:
    """Return how many shares of the space go after each character (by index) of a leaf."""
    text = leaf.text
    shares = {}
    for i, (a, b) in enumerate(pairwise(text)):
        if share := _share(a, b):
            shares[i] = share
    if following is not None and not following.raised:
        a = text.rstrip(INVISIBLE)[-1:] or "a"
        b = following.text.lstrip(INVISIBLE)[:1] or "a"
        if share := _share(a, b):
            shares[max(0, len(text) - 1)] = share
    return shares


def _share(a: str, b: str) -> int:
    if a in " \u00a0":
        return SPACE_SHARE
    if b in " \u00a0" or a + b in UNSTRETCHED or gaps(a + b):
        return 0  # the thin gap round Latin keeps its width, or readers of PDF text see a space
    return 1 if _chinese(a) or _chinese(b) else 0


def _chinese(character: str) -> bool:
    return is_han(character) or character in WIDE or "\u3000" <= character <= "\u303f"


def _spread(
    box: Any, shares: Mapping[int, Mapping[int, int]], step: float, advance: float
) -> float:
    """Move and widen the boxes of a line; return the advance (px) of what follows ``box``."""
    boxes = importlib.import_module("weasyprint.formatting_structure.boxes")
    own = shares.get(id(box), {})
    if isinstance(box, boxes.TextBox):
        box.position_x += advance
        if own:
            added = step * sum(own.values())
            box.pango_layout = stretched_layout(box, {i: step * n for i, n in own.items()})
            box.width += added
            advance += added
    elif isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        box.position_x += advance
        before = advance
        for child in box.children:
            if child.is_in_normal_flow():
                advance = _spread(child, shares, step, advance)
        box.width += advance - before
    else:
        box.translate(advance, 0)
        advance += step * sum(own.values())
    return advance


# ---------------------------------------------------------------- drawing


def stretched_layout(box: Any, spread: Mapping[int, float]) -> Any:
    """Return a Pango layout of ``box.text`` with ``spread[i]`` px after character ``i``."""
    line_break = importlib.import_module("weasyprint.text.line_break")
    ffi_module = importlib.import_module("weasyprint.text.ffi")
    ffi, units = ffi_module.ffi, ffi_module.TO_UNITS

    ends: dict[int, int] = {}  # byte offset just after the character → Pango units
    offset = 0
    for i, character in enumerate(box.text):
        offset += len(character.encode())
        if i in spread:
            ends[offset] = round(spread[i] * units)

    class Stretched(line_break.Layout):  # type: ignore[misc, name-defined]
        """A layout that widens glyphs when it is drawn."""

        done = False

        def set_text(self, text: str, justify: bool = False) -> None:
            self.done = False
            super().set_text(text, justify)

        def get_first_line(self) -> Any:
            line, index = super().get_first_line()
            if not self.done:
                self.done = True
                _widen(line, ends, ffi)
            return line, index

    layout = Stretched(box.style)
    layout.set_text(box.text)
    layout.deactivate()
    return layout


def _widen(line: Any, ends: Mapping[int, int], ffi: Any) -> None:
    """Add to the width of the last glyph of each cluster that ends at one of ``ends``."""
    run = line.runs[0] if line.runs != ffi.NULL else ffi.NULL
    while run != ffi.NULL:
        item, run = run.data, run.next
        glyphs, count = item.glyphs, item.glyphs.num_glyphs
        for i in range(count):
            is_last = i == count - 1
            if not is_last and glyphs.log_clusters[i + 1] == glyphs.log_clusters[i]:
                continue
            end = item.item.length if is_last else glyphs.log_clusters[i + 1]
            if units := ends.get(item.item.offset + end):
                glyphs.glyphs[i].geometry.width += units
