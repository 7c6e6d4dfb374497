"""Scatter of two quantities with a fitted straight line.

Series: one, points with ``x`` and ``value``. A series of role ``statistic`` (one point, e.g. the
correlation) is printed in the corner. Points are named, but for those in a heap with no room for
names. Options: ``highlight``.
"""

from __future__ import annotations

from figures import style
from figures.canvas import Canvas
from figures.errors import DrawingError
from figures.frame import (
    Legend,
    group_colours,
    highlights,
    open_frame,
    plain_series,
    with_role,
)
from figures.kinds.quadrant import axes, name_points, thresholds
from figures.scale import Scale
from figures.spec import FigureSpec, Point
from figures.words import fit

REACH = 0.55  # cm from a point to its name


def draw(spec: FigureSpec) -> Canvas:
    """Draw the points, the line of least squares and the names."""
    points = _points(spec)
    colours = group_colours(spec)
    legend = [
        Legend(name, colours[g][0], "marker", colours[g][1], style.INK)
        for g, name in spec.groups
        if any(p.group == g for p in points)
    ]
    frame = open_frame(spec, 9.2, legend)
    x, y = axes(frame, spec, points)
    barriers = thresholds(frame, spec, x, y)
    fitted = _fit(points, x, y)
    if fitted:
        frame.canvas.line(fitted, style.CONTRAST, 1.1, "dash")
        barriers += _beads(*fitted)
    spots = [(x(p.x or 0.0), y(p.value or 0.0)) for p in points]
    for point, spot in zip(points, spots, strict=True):
        colour, shape = colours.get(point.group, (style.BASE, "circle"))
        frame.canvas.marker(*spot, shape, 0.11, colour, edge=style.INK, width=0.4)
    right = x.start + 0.15
    for statistic in with_role(spec, "statistic"):
        point = statistic.points[0]
        wide = frame.canvas.text(
            right, y.end + 0.22, point.label + " ", bold=True, ground=style.PAPER
        )
        wide += frame.canvas.text(
            right + wide,
            y.end + 0.22,
            point.text,
            bold=True,
            role="value",
            key=point.key,
            ground=style.PAPER,
        )
        barriers.append((right - 0.1, y.end, right + wide + 0.1, y.end + 0.5))
        right += wide + 0.5
    bounds = (x.start, y.end, x.end, y.start)
    name_points(frame, spec, points, spots, bounds, barriers, reach=REACH)
    return frame.canvas


def describe(spec: FigureSpec) -> str:
    """Say the correlation and the extremes of both quantities."""
    points = _points(spec)
    across, up = spec.x_label or "横轴", spec.y_label or "纵轴"
    right, high = max(points, key=lambda p: p.x or 0.0), max(points, key=lambda p: p.value or 0.0)
    low = min(points, key=lambda p: p.value or 0.0)
    sentences = [f"横轴为{across}，纵轴为{up}，共{len(points)}个点"]
    sentences += [f"{s.points[0].label}为{s.points[0].text}" for s in with_role(spec, "statistic")]
    sentences.append(f"{across}最高为{right.label}（{right.x_text}{spec.x_unit}）")
    sentences.append(
        f"{up}最高为{high.label}（{high.text}{spec.unit}），最低为{low.label}（{low.text}{spec.unit}）"
    )
    named = sorted(highlights(spec))
    if named:
        sentences.append(f"图中标出{named[0]}等")
    return fit(spec, "散点图", sentences[:4])


def _points(spec: FigureSpec) -> list[Point]:
    points = [
        p for s in plain_series(spec) for p in s.points if p.value is not None and p.x is not None
    ]
    if not points:
        raise DrawingError("bad-data", spec.id, "no point has both x and value")
    return points


def _beads(
    start: tuple[float, float], end: tuple[float, float]
) -> list[tuple[float, float, float, float]]:
    """Return small boxes along a line: what labels keep off."""
    count = max(2, round(abs(end[0] - start[0]) / 0.3))
    spots = [
        (start[0] + (end[0] - start[0]) * i / count, start[1] + (end[1] - start[1]) * i / count)
        for i in range(count + 1)
    ]
    return [(x - 0.05, y - 0.03, x + 0.05, y + 0.03) for x, y in spots]


def _fit(points: list[Point], x: Scale, y: Scale) -> list[tuple[float, float]]:
    """Return the ends of the least-squares line within the axes, in cm; nothing for fewer than three."""
    pairs = [(p.x or 0.0, p.value or 0.0) for p in points]
    if len(pairs) < 3:
        return []
    mean_x, mean_y = (sum(v) / len(pairs) for v in zip(*pairs, strict=True))
    spread = sum((a - mean_x) ** 2 for a, _ in pairs)
    if spread == 0:
        return []
    slope = sum((a - mean_x) * (b - mean_y) for a, b in pairs) / spread
    ends = []
    for at in (min(a for a, _ in pairs), max(a for a, _ in pairs)):
        value = mean_y + slope * (at - mean_x)
        if not y.inside(value) and slope:
            value = min(max(value, y.low), y.high)
            at = mean_x + (value - mean_y) / slope
        ends.append((x(at), y(value)))
    return ends
