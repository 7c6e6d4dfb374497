"""What stands on a figure and in its alternative text: every number with the key it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from figures.spec import FigureSpec
from report.ledger.tokens import Token, digits, numbers

_HAN = re.compile(r"[\u4e00-\u9fff]")
_PLACES = {"tick": "坐标轴", "unit": "单位", "note": "图内附注", "stamp": "图内标识"}
_ORDINAL = re.compile(r"第\d+位")


class DrawnText(Protocol):
    """A line of text on a drawing: ``figures.canvas.DrawnText``."""

    @property
    def text(self) -> str:
        """What is printed."""
        ...

    @property
    def role(self) -> str:
        """``value`` belongs to the data, ``tick`` to an axis, the others name things."""
        ...

    @property
    def key(self) -> str:
        """The key of the number it prints."""
        ...


class Drawing(Protocol):
    """The part of ``figures.Drawing`` the ledger uses: every text on it."""

    @property
    def texts(self) -> Sequence[DrawnText]:
        """The texts in the order they were drawn."""
        ...


@dataclass(frozen=True, slots=True)
class Mark:
    """A number of a figure: as printed, its key, what it belongs to, its place.

    ``kind`` is a kind of ledger row; for ``structural`` the key says what it is (``axis``, ``label``).
    """

    text: str
    key: str
    kind: str
    where: str
    label: str = ""
    value: float | None = None
    unit: str = ""


def point_marks(spec: FigureSpec) -> Iterator[Mark]:
    """Yield every number the figure was given, with its key; the text as it would be printed."""
    for series in spec.series:
        unit = series.unit or spec.unit
        for point in series.points:
            label = " · ".join(part for part in (series.name, point.label) if part)
            for text, key, value, own in (
                (point.text, point.key, point.value, unit),
                (point.x_text, point.x_key, point.x, spec.x_unit),
                (point.low_text, point.low_key, point.low, unit),
                (point.high_text, point.high_key, point.high, unit),
            ):
                if key:
                    yield Mark(text, key, "figure", "图中", label, value, own)


def drawn_marks(spec: FigureSpec, drawing: Drawing | None) -> Iterator[Mark]:
    """Yield what is printed on the figure, then what is drawn without being printed.

    Without a drawing every number of the figure counts as printed where it has a text.
    """
    points = list(point_marks(spec))
    if drawing is None:
        for point in points:
            yield point if point.text else _unprinted(point)
        return
    by_key = {point.key: point for point in points}
    printed = set()
    for drawn in drawing.texts:
        if drawn.key:
            printed.add(drawn.key)
            known = by_key.get(drawn.key, Mark("", drawn.key, "figure", ""))
            where = "图中"
            yield Mark(drawn.text, drawn.key, "figure", where, known.label, known.value, known.unit)
        elif any(numbers(drawn.text)):
            yield from _unkeyed(points, drawn, printed)
    for point in by_key.values():
        if point.key not in printed:
            yield _unprinted(point)


def _unprinted(point: Mark) -> Mark:
    return Mark(point.text, point.key, "mark", "图中未标注", point.label, point.value, point.unit)


def _unkeyed(points: Sequence[Mark], drawn: DrawnText, printed: set[str]) -> Iterator[Mark]:
    """Yield the numbers of a text without a key: class limits of a map have those of their points."""
    where = _PLACES.get(drawn.role, "图例或标签")
    if drawn.role == "label" and not _HAN.search(drawn.text):
        found = [_same_text(points, token.text) for token in numbers(drawn.text)]
        if all(found):
            for token, point in zip(numbers(drawn.text), found, strict=True):
                assert point is not None
                printed.add(point.key)
                yield Mark(
                    token.text, point.key, "figure", where, point.label, point.value, point.unit
                )
            return
    yield Mark(drawn.text, "axis" if drawn.role == "tick" else "label", "structural", where)


def alt_marks(spec: FigureSpec, alt: str) -> Iterator[Mark]:
    """Yield the numbers of an alternative text, each with the key of the point it tells of.

    A number belongs to the point with this printed text whose name stands nearest before it in the
    sentence; what no point prints is a year, a count or another number of the figure's own.
    """
    points = list(point_marks(spec))
    for token in numbers(alt):
        before = re.split("[。；]", alt[: token.start])[-1]
        point = _told(points, token, before, alt)
        if point is None:
            yield Mark(token.text, "alt", "structural", "替代文字", before + token.text)
        else:
            yield Mark(
                token.text, point.key, "alt", "替代文字", point.label, point.value, point.unit
            )


def _told(points: Sequence[Mark], token: Token, before: str, alt: str) -> Mark | None:
    wanted = digits(token.text)
    alike = [p for p in points if p.text and _number_of(p.text) == wanted]
    if not alike:
        return None
    named = [(max(before.rfind(name) for name in p.label.split(" · ")), p) for p in alike]
    nearest = max(named, key=lambda pair: pair[0])
    if nearest[0] >= 0:
        return nearest[1]
    # Without a name only a number with decimals can be told from a count or a year.
    ordinal = _ORDINAL.match(alt[max(token.start - 1, 0) :])
    return nearest[1] if "." in wanted or ordinal else None


def _same_text(points: Sequence[Mark], text: str) -> Mark | None:
    return next((p for p in points if p.text and _number_of(p.text) == digits(text)), None)


def _number_of(text: str) -> str:
    found = next(iter(numbers(text)), None)
    return digits(found.text) if found else ""
