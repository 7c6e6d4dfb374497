"""Scatter of two quantities with a fitted straight line.

Series: one, points with ``x`` and ``value``. A series of role ``statistic`` (one point, e.g. the
correlation) is printed in the corner. An axis goes by logarithms where the points would be one heap; the
line is then fitted to the logarithms. Points are named; where there is no room for all names, a note says
so. Options: ``highlight``.
"""

from __future__ import annotations

from collections.abc import Sequence

from figures import style
from figures.canvas import Canvas
from figures.cloud import axes_of, draw_axes, draw_limits, draw_points, lay_out, points_of
from figures.frame import highlights, with_role
from figures.placing import XY, Box
from figures.scale import Scale
from figures.spec import FigureSpec
from figures.words import fit

_BODY = 9.2
_LINE = "虚线为各点的拟合直线，不表示相关的强弱"


def draw(spec: FigureSpec) -> Canvas:
    """Draw the points, the line of least squares and the names."""

    def extra(x: Scale, y: Scale, spots: Sequence[XY]) -> tuple[list[Box], list[Box]]:
        line = fitted_line(spots, y)
        return [_corner(spec, x, y)] if with_role(spec, "statistic") else [], beads(line)

    cloud = lay_out(spec, _BODY, extra, _LINE if _has_line(spec) else "")
    canvas, x, y = cloud.frame.canvas, cloud.x, cloud.y
    draw_axes(cloud, spec)
    draw_limits(cloud)
    line = fitted_line(cloud.spots, y)
    if line:
        canvas.line(line, style.CONTRAST, 1.1, "dash")
    left = x.start + 0.15
    for statistic in with_role(spec, "statistic"):
        point = statistic.points[0]
        top = y.end + 0.22
        wide = canvas.text(left, top, point.label + " ", bold=True, ground=style.PAPER)
        wide += canvas.text(
            left + wide,
            top,
            point.text,
            bold=True,
            role="value",
            key=point.key,
            ground=style.PAPER,
        )
        left += wide + 0.5
    draw_points(cloud, spec)
    return canvas


def describe(spec: FigureSpec) -> str:
    """Say the correlation and the extremes of both quantities."""
    points = points_of(spec)
    across, up = spec.x_label or "横轴", spec.y_label or "纵轴"
    right, high = max(points, key=lambda p: p.x or 0.0), max(points, key=lambda p: p.value or 0.0)
    low = min(points, key=lambda p: p.value or 0.0)
    sentences = [f"横轴为{across}，纵轴为{up}，共{len(points)}个点"]
    logs = [
        name for name, axis in zip((up, across), axes_of(spec, points), strict=True) if axis.log
    ]
    if logs:
        sentences.append(f"{'、'.join(reversed(logs))}用对数刻度")
    sentences += [f"{s.points[0].label}为{s.points[0].text}" for s in with_role(spec, "statistic")]
    sentences.append(f"{across}最高为{right.label}（{right.x_text}{spec.x_unit}）")
    sentences.append(
        f"{up}最高为{high.label}（{high.text}{spec.unit}），最低为{low.label}（{low.text}{spec.unit}）"
    )
    if _has_line(spec):
        sentences.insert(-2, _LINE)
    named = sorted(highlights(spec))
    if named:
        sentences.append(f"图中标出{named[0]}等")
    return fit(spec, "散点图", sentences[:6])


def _has_line(spec: FigureSpec) -> bool:
    """Say whether a line can be fitted: three points or more, not all above one another."""
    points = points_of(spec)
    return len(points) > 2 and len({p.x for p in points}) > 1


def fitted_line(spots: Sequence[XY], y: Scale) -> list[XY]:
    """Return the ends of the least-squares line within the axes, in cm; nothing for fewer than three."""
    if len(spots) < 3:
        return []
    mean_x, mean_y = (sum(v) / len(spots) for v in zip(*spots, strict=True))
    spread = sum((a - mean_x) ** 2 for a, _ in spots)
    if spread == 0:
        return []
    slope = sum((a - mean_x) * (b - mean_y) for a, b in spots) / spread
    ends = []
    for at in (min(a for a, _ in spots), max(a for a, _ in spots)):
        height = mean_y + slope * (at - mean_x)
        kept = min(max(height, y.end), y.start)
        if kept != height:
            at = mean_x + (kept - mean_y) / slope
        ends.append((at, kept))
    return ends


def _corner(spec: FigureSpec, x: Scale, y: Scale) -> Box:
    """Return the box of the statistics in the upper left corner of the plot."""
    points = [s.points[0] for s in with_role(spec, "statistic")]
    wide = sum(style.width_of(f"{p.label} {p.text}", bold=True) + 0.5 for p in points)
    return (x.start, y.end, x.start + wide, y.end + 0.45)


def beads(line: Sequence[XY]) -> list[Box]:
    """Return small boxes along a line: what names keep off."""
    if not line:
        return []
    start, end = line
    count = max(2, round(abs(end[0] - start[0]) / 0.15))
    spots = [
        (start[0] + (end[0] - start[0]) * i / count, start[1] + (end[1] - start[1]) * i / count)
        for i in range(count + 1)
    ]
    return [(x - 0.05, y - 0.03, x + 0.05, y + 0.03) for x, y in spots]
