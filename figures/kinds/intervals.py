"""Intervals of rank: how far each region's place moves when weights are perturbed.

Series: one; ``value`` the middle rank, ``low``/``high`` the ends (better rank = low), ``x`` the published
rank. Rows come in the order given.
"""

from __future__ import annotations

from figures import style
from figures.canvas import Canvas
from figures.frame import GAP, Legend, open_frame, plain_series
from figures.scale import Scale, step_for, ticks
from figures.spec import FigureSpec, Point
from figures.words import fit

_ROW = 0.42


def draw(spec: FigureSpec) -> Canvas:
    """Draw the intervals with the published rank as a diamond and the middle as a tick."""
    points = plain_series(spec)[0].points
    legend = [
        Legend("5%～95%区间", style.SOFT),
        Legend("中位数", style.INK, "tick"),
        Legend("公布位次", style.CONTRAST, "marker", "diamond"),
    ]
    frame = open_frame(spec, 0.75 + _ROW * len(points), legend)
    canvas = frame.canvas
    names = max(style.width_of(p.label) for p in points)
    left = names + 0.95
    side = max(style.width_of(_range(p), style.SMALL) for p in points) + 0.15
    ends = [v for p in points for v in (p.low, p.high, p.value, p.x) if v is not None]
    x = Scale(1, max(*ends, 2), left + 0.3, frame.width - side - 0.35)
    step = max(1.0, round(step_for(1, x.high, 6)))
    marks = [1.0, *(v for v in ticks(0, x.high, step) if v > 1)]
    top, bottom = frame.top + 0.1, frame.bottom - 0.55
    for mark in marks:
        canvas.line([(x(mark), top), (x(mark), bottom)], style.RULE, 0.5)
        canvas.text(
            x(mark),
            bottom + 0.24,
            f"{mark:g}",
            size=style.SMALL,
            colour=style.MUTED,
            align="center",
            role="tick",
        )
    for index, point in enumerate(points):
        _row(frame.canvas, point, x, top + _ROW * (index + 0.5), left, frame.width)
    return canvas


def describe(spec: FigureSpec) -> str:
    """Say who is steadiest and who least so."""
    points = [p for p in plain_series(spec)[0].points if p.low is not None and p.high is not None]
    if not points:
        return fit(spec, "区间图", [])
    steady = [p.label for p in points if p.low == p.high]
    widest = max(points, key=lambda p: (p.high or 0.0) - (p.low or 0.0))
    first = points[0]
    return fit(
        spec,
        "区间图",
        [
            f"共{len(points)}个地区",
            f"{first.label}位次区间为第{first.low_text}至第{first.high_text}位",
            f"区间最宽的是{widest.label}，第{widest.low_text}至第{widest.high_text}位",
            f"{len(steady)}个地区位次不变，包括{'、'.join(steady[:3])}"
            if steady
            else "各地区位次均有变动",
        ],
    )


def _row(canvas: Canvas, point: Point, x: Scale, y: float, left: float, width: float) -> None:
    canvas.text(left - 0.7, y, point.label, align="right")
    canvas.text(
        left - 0.1,
        y,
        point.x_text,
        size=style.SMALL,
        colour=style.CONTRAST,
        align="right",
        role="value",
        key=point.x_key,
    )
    if point.low is None or point.high is None:
        canvas.text(width, y, GAP, size=style.SMALL, colour=style.FAINT, align="right", role="note")
        return
    canvas.rect(x(point.low) - 0.07, y - 0.11, x(point.high) + 0.07, y + 0.11, style.SOFT)
    if point.value is not None:
        canvas.line([(x(point.value), y - 0.15), (x(point.value), y + 0.15)], style.INK, 1.2)
    if point.x is not None:
        canvas.marker(x(point.x), y, "diamond", 0.085, style.CONTRAST, edge=style.PAPER)
    wide = canvas.text(
        width, y, point.high_text, size=style.SMALL, align="right", role="value", key=point.high_key
    )
    if point.low_text != point.high_text:
        wide += canvas.text(width - wide, y, "～", size=style.SMALL, align="right")
        canvas.text(
            width - wide,
            y,
            point.low_text,
            size=style.SMALL,
            align="right",
            role="value",
            key=point.low_key,
        )


def _range(point: Point) -> str:
    return f"{point.low_text}～{point.high_text}"
