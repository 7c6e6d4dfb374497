"""The difference of two figures: every drawn point, by series and label, and how they are drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from figures.spec import FigureSpec, Point
from report.review.atoms import Piece
from report.review.edits import Edit

_PARTS = (("text", "value", "key"), ("x_text", "x", "x_key"), ("low_text", "low", "low_key"),
          ("high_text", "high", "high_key"))  # fmt: skip


def drawn_edits(old: FigureSpec, new: FigureSpec) -> Iterator[Edit]:
    """Compare two figures' points and looks."""
    before, after = _points(old), _points(new)
    for name, point in before.items():
        if name not in after:
            yield Edit("point", (Piece("-", _told(point)),), where=_where(name), keys=_keys(point))
    for name, point in after.items():
        if name not in before:
            yield Edit("point", (Piece("+", _told(point)),), where=_where(name), keys=_keys(point))
            continue
        yield from _moved(before[name], point, _where(name))
    yield from _looks(old, new)


def _moved(old: Point, new: Point, where: str) -> Iterator[Edit]:
    for text, value, key in _PARTS:
        a, b = _part(old, text, value), _part(new, text, value)
        if a != b or getattr(old, value) != getattr(new, value):
            keys = tuple(dict.fromkeys(k for k in (getattr(new, key), getattr(old, key)) if k))
            yield Edit("point", _swap(a, b), where=where, keys=keys or _keys(new))
    if old.group != new.group:
        yield Edit("point", _swap(old.group, new.group), where=where, keys=_keys(new))


def _looks(old: FigureSpec, new: FigureSpec) -> Iterator[Edit]:
    fields = ("kind", "unit", "x_unit", "y_label", "x_label", "source", "simulated", "groups")
    for name in fields:
        a, b = getattr(old, name), getattr(new, name)
        if a != b:
            yield Edit("drawing", _swap(_say(a), _say(b)), where=name)
    for name in dict.fromkeys([*old.options, *new.options]):
        a, b = old.options.get(name), new.options.get(name)
        if a != b:
            yield Edit("drawing", _swap(_say(a), _say(b)), where=name)
    order_a = [(one.name, one.role) for one in old.series]
    order_b = [(one.name, one.role) for one in new.series]
    if order_a != order_b and sorted(order_a) == sorted(order_b):
        names = tuple("、".join(name for name, _role in order) for order in (order_a, order_b))
        yield Edit("drawing", _swap(*names), where="order")


def _points(spec: FigureSpec) -> Mapping[tuple[str, str, int], Point]:
    """Name every point by series, label and how often that label stood there before."""
    found: dict[tuple[str, str, int], Point] = {}
    for series in spec.series:
        for point in series.points:
            count = 0
            while (series.name, point.label, count) in found:
                count += 1
            found[series.name, point.label, count] = point
    return found


def _where(name: tuple[str, str, int]) -> str:
    series, label, _count = name
    return " · ".join(part for part in (series, label) if part)


def _keys(point: Point) -> tuple[str, ...]:
    held = (point.key, point.x_key, point.low_key, point.high_key)
    return tuple(dict.fromkeys(key for key in held if key))


def _part(point: Point, text: str, value: str) -> str:
    printed = str(getattr(point, text))
    return printed or _say(getattr(point, value))


def _told(point: Point) -> str:
    told = [_part(point, "x_text", "x"), _part(point, "text", "value")]
    return ", ".join(part for part in told if part) or point.label


def _swap(old: str, new: str) -> tuple[Piece, ...]:
    both = (Piece("-", old), Piece("+", new))
    return tuple(piece for piece in both if piece.text)


def _say(value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, tuple | list):
        return "、".join(_say(one) for one in value)
    return str(value)
