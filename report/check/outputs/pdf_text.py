"""Text of a PDF's pages by marked content: a reader of content streams of our own, on pypdf's objects."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pypdf import PageObject

from report.check.outputs.pdf_tokens import Operator, hex_bytes, tokens

MOST_NESTED = 12  # forms within forms
LARGEST_STREAM = 64_000_000  # bytes of one content stream

_CODES = re.compile(rb"<([0-9A-Fa-f\s]+)>")
_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_RANGE = re.compile(
    rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f\s]+)>|\[(.*?)\])", re.DOTALL
)
_WIDEST_RANGE = 0x10000
_CORNERS = frozenset({b"m", b"l", b"c"})
_FILLS = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})
_ENDS = _FILLS | {b"S", b"s", b"n"}  # what paints a path, or gives it up
_COLOURS = {
    b"rg": 3,
    b"g": 1,
    b"scn": 3,
    b"sc": 3,
}  # operators that set the filling, numbers they take


@dataclass(slots=True)
class Run:
    """Text of one marked-content sequence: what it says, how large, and each text object in it.

    ``drawn`` has the text objects of the forms it draws as well; ``text`` has not. ``points`` are the
    corners of its outlines, in their own coordinates; ``fills`` the first corner of each filled one with its
    colour.
    """

    text: str = ""
    size: float = 0.0  # of its first glyph, in text space
    drawn: list[str] = field(default_factory=list)
    points: set[tuple[float, float]] = field(default_factory=set)
    fills: set[tuple[float, ...]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's text by marked-content id; ``loose`` is what no id marks."""

    marked: Mapping[int, Run]
    loose: tuple[str, ...]


class FontMap:
    """From the codes of a font to Unicode, by its ToUnicode map; codes are one or two bytes."""

    def __init__(self, font: Mapping[str, Any]) -> None:
        self.width = 2 if font.get("/Subtype") == "/Type0" else 1
        self._codes: dict[bytes, str] = {}
        if "/ToUnicode" in font:
            self._read(font["/ToUnicode"].get_object().get_data())

    def text(self, codes: bytes) -> str:
        """Return the text of a shown string; a code without a meaning gives U+FFFD."""
        width = self.width
        lost = "\ufffd" if self._codes or width == 2 else None
        return "".join(
            self._codes.get(codes[i : i + width], lost or chr(codes[i]))
            for i in range(0, len(codes), width)
        )

    def _read(self, source: bytes) -> None:
        for kind, section in _SECTION.findall(source):
            if kind == b"bfchar":
                codes = [hex_bytes(each) for each in _CODES.findall(section)]
                for code, meaning in zip(codes[::2], codes[1::2], strict=False):
                    self._codes[code] = meaning.decode("utf-16-be", "replace")
            else:
                self._ranges(section)

    def _ranges(self, section: bytes) -> None:
        for low, high, first, several in _RANGE.findall(section):
            width = len(low) // 2
            start, end = int(low, 16), min(int(high, 16), int(low, 16) + _WIDEST_RANGE)
            if several:
                meanings = [
                    hex_bytes(each).decode("utf-16-be", "replace")
                    for each in _CODES.findall(several)
                ]
            else:
                text = hex_bytes(first).decode("utf-16-be", "replace")
                meanings = (
                    [text[:-1] + chr(ord(text[-1]) + n) for n in range(end - start + 1)]
                    if text
                    else []
                )
            for code, meaning in zip(range(start, end + 1), meanings, strict=False):
                self._codes[code.to_bytes(width, "big")] = meaning


class Fonts:
    """The fonts met so far, by object: pages and forms share them."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, int] | int, FontMap] = {}

    def of(self, resources: Mapping[str, Any] | None, name: str) -> FontMap | None:
        """Return the map of the font ``name`` of ``resources``."""
        fonts = _get(resources, "/Font")
        if fonts is None or name not in fonts:
            return None
        reference = fonts.raw_get(name)
        key = (
            (reference.idnum, reference.generation)
            if hasattr(reference, "idnum")
            else id(reference)
        )
        if key not in self._made:
            self._made[key] = FontMap(reference.get_object())
        return self._made[key]


def page_text(page: PageObject, fonts: Fonts) -> PageText:
    """Read the text of one page."""
    contents = page.get_contents()
    if contents is None:
        return PageText({}, ())
    reader = _Reader(fonts)
    reader.read(contents.get_data(), _get(page, "/Resources"))
    return PageText(reader.marked, tuple(reader.loose))


class _Reader:
    """Runs through content streams and collects text under the innermost marked-content id."""

    def __init__(self, fonts: Fonts) -> None:
        self.marked: dict[int, Run] = {}
        self.loose: list[str] = []
        self._fonts = fonts
        self._marks: list[int | None] = []  # the id of each open sequence, None without one
        self._depth = 0
        self._colour: tuple[float, ...] = (0.0, 0.0, 0.0)
        self._start: tuple[float, float] | None = None  # the first corner of the path being drawn
        self._begun = False  # that path has a line: a move begins another part of it
        self._saved: list[tuple[float, ...]] = []

    def read(self, stream: bytes, resources: Mapping[str, Any] | None) -> None:
        if len(stream) > LARGEST_STREAM:
            raise ValueError("a content stream is too large")
        font: FontMap | None = None
        size = 0.0
        line: list[str] = []
        operands: list[Any] = []
        for token in tokens(stream):
            if not isinstance(token, Operator):
                operands.append(token)
                continue
            word = token.text
            if word == b"Tf" and len(operands) >= 2:
                font, size = self._fonts.of(resources, operands[-2]), float(operands[-1])
            elif word in {b"TJ", b"Tj", b"'", b'"'}:
                said = (
                    "".join(font.text(each) for each in operands if isinstance(each, bytes))
                    if font
                    else ""
                )
                line.append(said)
                if not self._depth:
                    self._say(said, size)
            elif word == b"BT":
                line = []
            elif word == b"ET":
                self._draw("".join(line))
                line = []
            elif word in {b"BDC", b"BMC"}:
                self._marks.append(_identity(operands) if word == b"BDC" else None)
            elif word == b"EMC":
                if self._marks:
                    self._marks.pop()
            elif word in _CORNERS:
                self._outline(operands, moves=word == b"m")
            elif word in _ENDS:
                self._paint(filled=word in _FILLS)
            elif word in _COLOURS:
                self._mix([each for each in operands if isinstance(each, float)], _COLOURS[word])
            elif word == b"q":
                self._saved.append(self._colour)
            elif word == b"Q" and self._saved:
                self._colour = self._saved.pop()
            elif word == b"Do" and operands:
                self._form(operands[-1], resources)
            operands = []

    def _current(self) -> int | None:
        return next((mark for mark in reversed(self._marks) if mark is not None), None)

    def _say(self, text: str, size: float) -> None:
        mark = self._current()
        if mark is None:
            self.loose.append(text)
            return
        run = self.marked.setdefault(mark, Run())
        run.text += text
        run.size = run.size or size

    def _draw(self, text: str) -> None:
        mark = self._current()
        if mark is not None and text:
            self.marked.setdefault(mark, Run()).drawn.append(text)

    def _outline(self, operands: list[Any], *, moves: bool) -> None:
        mark = self._current()
        if mark is not None:
            numbers = [round(each, 2) for each in operands if isinstance(each, float)]
            points = list(zip(numbers[::2], numbers[1::2], strict=False))
            self.marked.setdefault(mark, Run()).points.update(points)
            if moves and points and not self._begun:
                self._start = points[0]
            self._begun |= not moves

    def _paint(self, *, filled: bool) -> None:
        mark, start = self._current(), self._start
        self._start, self._begun = None, False
        if filled and mark is not None and start is not None:
            self.marked.setdefault(mark, Run()).fills.add((*start, *self._colour))

    def _mix(self, numbers: list[float], wanted: int) -> None:
        if len(numbers) == wanted:
            shades = numbers if wanted == 3 else numbers * 3
            self._colour = tuple(round(each, 2) for each in shades)

    def _form(self, name: Any, resources: Mapping[str, Any] | None) -> None:
        objects = _get(resources, "/XObject")
        if objects is None or name not in objects or self._depth >= MOST_NESTED:
            return
        form = objects[name].get_object()
        if form.get("/Subtype") != "/Form":
            return
        self._depth += 1
        marks, self._marks = self._marks, list(self._marks)
        self.read(form.get_data(), _get(form, "/Resources") or resources)
        self._marks = marks
        self._depth -= 1


def _identity(operands: list[Any]) -> int | None:
    properties = operands[-1] if operands else None
    if isinstance(properties, dict) and isinstance(properties.get("/MCID"), float):
        return int(properties["/MCID"])
    return None


def _get(holder: Mapping[str, Any] | None, name: str) -> Any:
    """Return a dictionary's entry as an object, None where there is none."""
    if holder is None or name not in holder:
        return None
    return holder[name].get_object() if hasattr(holder[name], "get_object") else holder[name]
