"""Dumbbell: where each thing stood then (hollow) and stands now (full).

Series: one; ``x`` is the earlier value (``x_text``), ``value`` the present one (``text``).
Options: ``before`` and ``after``: names of the two dates.
"""

from __future__ import annotations

from figures import style
from figures.canvas import Canvas
from figures.frame import GAP, Legend, open_frame, plain_series, tick_width, vertical_grid
from figures.layout import wrap
from figures.scale import Scale, extent, ticks
from figures.spec import FigureSpec, Point
from figures.words import fit


def draw(spec: FigureSpec) -> Canvas:
    """Draw the dumbbells."""
    points = plain_series(spec)[0].points
    before, after = str(spec.options.get("before", "")), str(spec.options.get("after", ""))
    legend = [
        Legend(before, style.ACCENT, "marker", hollow=True),
        Legend(after, style.ACCENT, "marker"),
    ]
    row = 0.62 if len(points) <= 14 else 0.46
    frame = open_frame(spec, row * len(points) + 0.65, legend)
    canvas = frame.canvas
    wrapped = [wrap(p.label, 4.2) for p in points]
    left = max(style.width_of(line) for lines in wrapped for line in lines) + 0.25
    low, high, step = extent([v for p in points for v in (p.x, p.value)], count=6)
    at = ticks(low, high, step)
    room = max(style.width_of(t, style.SMALL) for p in points for t in (p.text, p.x_text)) + 0.25
    x = Scale(low, high, left + room, frame.width - max(room, tick_width(at, step) / 2))
    vertical_grid(canvas, x, at, frame.top, frame.bottom - 0.55, step)
    for index, point in enumerate(points):
        middle = frame.top + 0.05 + row * (index + 0.5)
        canvas.paragraph(left - 0.15, middle, wrapped[index], align="right")
        _dumbbell(canvas, point, x, middle)
    return canvas


def describe(spec: FigureSpec) -> str:
    """Say the largest and smallest change and the present extremes."""
    points = [p for p in plain_series(spec)[0].points if p.value is not None and p.x is not None]
    before, after = spec.options.get("before", "此前"), spec.options.get("after", "现在")
    if not points:
        return fit(spec, "哑铃图", [])
    most = max(points, key=lambda p: (p.value or 0.0) - (p.x or 0.0))
    high = max(points, key=lambda p: p.value or 0.0)
    low = min(points, key=lambda p: p.value or 0.0)
    rose = sum((p.value or 0.0) > (p.x or 0.0) for p in points)
    return fit(
        spec,
        "哑铃图",
        [
            f"比较{before}与{after}，共{len(points)}项，{rose}项上升",
            f"{after}最高为{high.label}{high.text}{spec.unit}，最低为{low.label}{low.text}{spec.unit}",
            f"变化最大的是{most.label}，由{most.x_text}到{most.text}{spec.unit}",
        ],
    )


def _dumbbell(canvas: Canvas, point: Point, x: Scale, middle: float) -> None:
    if point.value is None and point.x is None:
        canvas.text(x.start, middle, GAP, size=style.SMALL, colour=style.FAINT, role="note")
        return
    ends = [
        (v, t, k)
        for v, t, k in ((point.x, point.x_text, point.x_key), (point.value, point.text, point.key))
        if v is not None
    ]
    if len(ends) == 2:
        canvas.line([(x(ends[0][0]), middle), (x(ends[1][0]), middle)], style.SOFT, 3.0)
    apart = 0.13 if len(ends) == 2 and abs(x(ends[0][0]) - x(ends[1][0])) < 0.26 else 0.0
    if point.x is not None:
        canvas.marker(
            x(point.x), middle - apart, "circle", 0.12, style.PAPER, edge=style.ACCENT, width=1.2
        )
    if point.value is not None:
        canvas.marker(x(point.value), middle + apart, "circle", 0.13, style.ACCENT)
    ordered = sorted(ends, key=lambda end: end[0])
    for index, (value, text, key) in enumerate(ordered):
        lower = index == 0 and len(ordered) == 2
        canvas.text(
            x(value) + (-0.22 if lower else 0.22),
            middle,
            text,
            size=style.SMALL,
            align="right" if lower else "left",
            bold=key == point.key and bool(key),
            role="value",
            key=key,
            ground=style.PAPER,
        )
