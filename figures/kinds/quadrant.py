"""Quadrant: level against growth, regions marked by form and named, thresholds as lines.

Series: one; points have ``x`` and ``value`` and a ``group``. A series of role ``reference`` holds the
thresholds: a point with ``x`` only is a vertical line, one with ``value`` only a horizontal one; its
label and text are printed at the line's end.
"""

from __future__ import annotations

from figures.canvas import Canvas
from figures.cloud import draw_axes, draw_limits, draw_points, lay_out, points_of
from figures.spec import FigureSpec
from figures.words import fit, listing

_MANY, _FEW = 11.2, 8.2  # cm: the plot's height for a whole country, for a few regions


def draw(spec: FigureSpec) -> Canvas:
    """Draw thresholds, markers and labels that do not meet."""
    cloud = lay_out(spec, _MANY if len(points_of(spec)) > 20 else _FEW)
    draw_axes(cloud, spec)
    draw_limits(cloud)
    draw_points(cloud, spec)
    return cloud.frame.canvas


def describe(spec: FigureSpec) -> str:
    """Say how many regions each form has, and who has the highest level and growth."""
    points = points_of(spec)
    names = dict(spec.groups)
    across, up = spec.x_label or "横轴", spec.y_label or "纵轴"
    right = max(points, key=lambda p: p.x or 0.0)
    high = max(points, key=lambda p: p.value or 0.0)
    low = min(points, key=lambda p: p.value or 0.0)
    sentences = [
        f"横轴为{across}，纵轴为{up}",
        f"{across}最高为{right.label}（{right.x_text}{spec.x_unit}）",
        f"{up}最高为{high.label}（{high.text}{spec.unit}），最低为{low.label}（{low.text}{spec.unit}）",
    ]
    for group, name in spec.groups:
        members = [p.label for p in points if p.group == group]
        if members:
            sentences.append(f"{names.get(group, name)}{len(members)}个：{listing(members, 3)}")
    return fit(spec, "象限图", sentences)
