"""Waterfall: how contributions lead from one total to another.

Series: one; points of group ``start`` and ``end`` are totals drawn from zero, the others are steps, drawn
from where the last one ended. More than eight steps are laid on their side.
"""

from __future__ import annotations

from collections.abc import Iterator

from figures import style
from figures.canvas import Canvas
from figures.frame import Legend, horizontal_grid, open_frame, plain_series, tick_width
from figures.layout import wrap
from figures.scale import Scale, extent, ticks
from figures.spec import FigureSpec, Point
from figures.words import fit, listing, named

_BODY = 6.8
_CUT_NOTE = "注：合计条有截断，横轴不从零开始。"
_UP, _DOWN, _WHOLE = style.BASE, style.CONTRAST, style.ACCENT


def draw(spec: FigureSpec) -> Canvas:
    """Draw the totals and the steps between them."""
    points = plain_series(spec)[0].points
    falls = any(p.group not in {"start", "end"} and (p.value or 0.0) < 0 for p in points)
    legend = (
        [Legend("合计", _WHOLE), Legend("增加", _UP), Legend("减少", _DOWN)]
        if falls
        else [Legend("合计", _WHOLE), Legend("贡献", _UP)]
    )
    return _across(spec, points, legend) if len(points) > 10 else _upright(spec, points, legend)


def describe(spec: FigureSpec) -> str:
    """Say both totals and the largest and smallest contributions."""
    line = plain_series(spec)[0]
    steps = [p for p in line.points if p.group not in {"start", "end"} and p.value is not None]
    whole = [p for p in line.points if p.group in {"start", "end"}]
    ranked = sorted(steps, key=lambda p: -(p.value or 0.0))
    sentences = ["，".join(named(spec, p, line) for p in whole)] if whole else []
    if ranked:
        sentences.append(f"贡献最大的是{named(spec, ranked[0], line)}")
        if len(ranked) > 2:
            sentences.append("其后为" + listing(named(spec, p, line) for p in ranked[1:-1]))
        sentences.append(f"最小的是{named(spec, ranked[-1], line)}")
    return fit(spec, "瀑布图", sentences)


def _floats(points: tuple[Point, ...]) -> Iterator[tuple[Point, float, float]]:
    """Yield each drawn point with the two ends of its bar."""
    level = 0.0
    for point in points:
        if point.value is None:
            continue
        if point.group in {"start", "end"}:
            level = point.value
            yield point, 0.0, level
        else:
            yield point, level, level + point.value
            level += point.value


def _upright(spec: FigureSpec, points: tuple[Point, ...], legend: list[Legend]) -> Canvas:
    bars = list(_floats(points))
    slot = (style.TEXT_WIDTH - 1.0) / len(bars)
    lines = [wrap(point.label, slot - 0.15) for point, _, _ in bars]
    foot = 0.2 + 0.36 * max(len(text) for text in lines)
    frame = open_frame(spec, _BODY + foot, legend)
    canvas = frame.canvas
    low, high, step = extent([end for bar in bars for end in bar[1:]], zero=True)
    at = ticks(low, high, step)
    left = tick_width(at, step) + 0.25
    slot = (frame.width - left) / len(bars)
    y = Scale(low, high, frame.bottom - foot, frame.top + 0.35)
    horizontal_grid(canvas, y, at, left, frame.width, step)
    half = min(slot * 0.3, 0.75)
    for index, (point, start, end) in enumerate(bars):
        middle = left + slot * (index + 0.5)
        canvas.rect(
            middle - half, y(max(start, end)), middle + half, y(min(start, end)), _fill(point)
        )
        if index + 1 < len(bars):
            canvas.line([(middle + half, y(end)), (middle + slot - half, y(end))], style.FAINT, 0.6)
        canvas.text(
            middle,
            y(max(start, end)) - 0.22,
            point.text,
            align="center",
            bold=point.group in {"start", "end"},
            role="value",
            key=point.key,
            ground=style.PAPER,
        )
        canvas.paragraph(
            middle,
            frame.bottom - foot + 0.12 + 0.18 * len(lines[index]),
            lines[index],
            align="center",
        )
    canvas.line([(left, y(0)), (frame.width, y(0))], style.AXIS, 0.8)
    return canvas


def _across(spec: FigureSpec, points: tuple[Point, ...], legend: list[Legend]) -> Canvas:
    bars = list(_floats(points))
    row = 0.48
    low = _cut(bars)
    frame = open_frame(spec, row * len(bars) + 0.1, legend, [_CUT_NOTE] if low else [])
    canvas = frame.canvas
    left = min(max(style.width_of(p.label, bold=True) for p, _, _ in bars) + 0.2, frame.width * 0.4)
    room = max(style.width_of(p.text, style.SMALL, bold=True) for p, _, _ in bars) + 0.15
    ends = [end for bar in bars for end in bar[1:]]
    x = Scale(low or min(0.0, *ends), max(ends), left + (0.8 if low else 0.0), frame.width - room)
    for index, (point, start, end) in enumerate(bars):
        middle = frame.top + row * (index + 0.5)
        whole = point.group in {"start", "end"}
        near, far = x(max(min(start, end), x.low)), x(max(start, end))
        if whole and low:
            near = left
        canvas.rect(near, middle - row * 0.32, far, middle + row * 0.32, _fill(point))
        if whole and low:
            _break(canvas, left + 0.4, middle, row * 0.32)
        if index + 1 < len(bars):
            canvas.line(
                [(x(end), middle + row * 0.32), (x(end), middle + row * 0.68)], style.FAINT, 0.6
            )
        canvas.text(left - 0.12, middle, point.label, align="right", bold=whole)
        canvas.text(
            far + 0.1,
            middle,
            point.text,
            size=style.SMALL,
            bold=whole,
            role="value",
            key=point.key,
        )
    axis = left if low else x(0)
    canvas.line([(axis, frame.top), (axis, frame.top + row * len(bars))], style.AXIS, 0.8)
    return canvas


def _cut(bars: list[tuple[Point, float, float]]) -> float:
    """Return where the axis may begin so that the steps are seen; 0 when it should begin at zero.

    Totals are cut (and drawn broken) only where the steps together span less than half of them.
    """
    ends = [end for point, *both in bars if point.group not in {"start", "end"} for end in both]
    if not ends or min(ends) <= 0 or max(ends) - min(ends) > min(ends) / 2:
        return 0.0
    return min(ends) - (max(ends) - min(ends)) * 0.12


def _break(canvas: Canvas, x: float, middle: float, half: float) -> None:
    """Draw the white slash that says a bar is cut."""
    canvas.polygon(
        [
            (x - 0.02, middle + half + 0.03),
            (x + 0.14, middle - half - 0.03),
            (x + 0.24, middle - half - 0.03),
            (x + 0.08, middle + half + 0.03),
        ],
        style.PAPER,
    )


def _fill(point: Point) -> str:
    if point.group in {"start", "end"}:
        return _WHOLE
    return _DOWN if (point.value or 0.0) < 0 else _UP
