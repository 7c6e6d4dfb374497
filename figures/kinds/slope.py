"""Slope: ranks in two years side by side; those who moved far are drawn in colour.

Series: one; ``x`` is the rank before (``x_text`` printed left), ``value`` the rank now (``text`` right).
Options: ``before`` and ``after`` (heads of the two sides), ``far`` (places from which a move is marked, 3).
"""

from __future__ import annotations

from figures import style
from figures.canvas import Canvas
from figures.errors import DrawingError
from figures.frame import Legend, open_frame, option, plain_series
from figures.layout import spread
from figures.scale import Scale
from figures.spec import FigureSpec, Point
from figures.words import fit

_ROW = 0.42


def draw(spec: FigureSpec) -> Canvas:
    """Draw the slopes."""
    points = _points(spec)
    far = option(spec, "far", 3)
    moves = [_move(p) for p in points]
    legend = [
        entry
        for entry, shown in (
            (Legend(f"上升{far:g}位及以上", style.ACCENT, "line"), max(moves) >= far),
            (Legend(f"下降{far:g}位及以上", style.CONTRAST, "line", "square"), min(moves) <= -far),
            (Legend("其他", style.FAINT, "line", shape=""), True),
        )
        if shown
    ]
    frame = open_frame(spec, 0.55 + _ROW * len(points) + 0.05, legend, unit="")
    canvas = frame.canvas
    top, bottom = frame.top + 0.55 + _ROW / 2, frame.bottom - 0.05 - _ROW / 2
    ranks = [r for p in points for r in (p.x or 0.0, p.value or 0.0)]
    y = Scale(min(ranks), max(ranks), top, bottom)
    margin = max(style.width_of(p.label) for p in points) + 0.95
    left, right = margin + 1.6, frame.width - margin - 1.6
    heads = (str(spec.options.get("before", "")), str(spec.options.get("after", "")))
    canvas.text(left, frame.top + 0.2, heads[0], bold=True, align="center")
    canvas.text(right, frame.top + 0.2, heads[1], bold=True, align="center")
    starts = spread([y(p.x or 0.0) for p in points], _ROW * 0.95, top, bottom)
    ends = spread([y(p.value or 0.0) for p in points], _ROW * 0.95, top, bottom)
    order = sorted(range(len(points)), key=lambda i: (abs(_move(points[i])) >= far, i))
    for i in order:
        point = points[i]
        move = _move(point)
        colour, shape = (
            (style.FAINT, "circle")
            if abs(move) < far
            else (style.ACCENT, "circle")
            if move > 0
            else (style.CONTRAST, "square")
        )
        strong = abs(move) >= far
        canvas.line([(left, starts[i]), (right, ends[i])], colour, 1.7 if strong else 0.8)
        for x, at in ((left, starts[i]), (right, ends[i])):
            canvas.marker(x, at, shape, 0.09 if strong else 0.06, colour)
        ink = style.INK if not strong else style.mix(colour, style.INK, 0.2)
        canvas.text(
            left - 0.25,
            starts[i],
            point.x_text,
            size=style.SMALL,
            colour=ink,
            align="right",
            role="value",
            key=point.x_key,
        )
        canvas.text(left - 0.75, starts[i], point.label, colour=ink, align="right", bold=strong)
        canvas.text(
            right + 0.25,
            ends[i],
            point.text,
            size=style.SMALL,
            colour=ink,
            role="value",
            key=point.key,
        )
        canvas.text(right + 0.75, ends[i], point.label, colour=ink, bold=strong)
    return canvas


def describe(spec: FigureSpec) -> str:
    """Say who leads, who rose and who fell most, and how many moved."""
    points = _points(spec)
    before, after = spec.options.get("before", "上年"), spec.options.get("after", "本年")
    first = min(points, key=lambda p: p.value or 0.0)
    up, down = max(points, key=_move), min(points, key=_move)
    rose, fell = sum(_move(p) > 0 for p in points), sum(_move(p) < 0 for p in points)
    sentences = [f"比较{before}与{after}位次，{after}居首的是{first.label}"]
    sentences.append(f"{rose}个上升、{fell}个下降、{len(points) - rose - fell}个不变")
    if _move(up) > 0:
        sentences.append(f"上升最多的是{up.label}，由第{up.x_text}位到第{up.text}位")
    if _move(down) < 0:
        sentences.append(f"下降最多的是{down.label}，由第{down.x_text}位到第{down.text}位")
    return fit(spec, "位次变化图", sentences)


def _points(spec: FigureSpec) -> list[Point]:
    points = [p for p in plain_series(spec)[0].points if p.x is not None and p.value is not None]
    if not points:
        raise DrawingError("bad-data", spec.id, "no point has a rank in both years")
    return points


def _move(point: Point) -> float:
    return (point.x or 0.0) - (point.value or 0.0)
