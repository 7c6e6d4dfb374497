"""Quadrant: level against growth, regions marked by form and named, thresholds as lines.

Series: one; points have ``x`` and ``value`` and a ``group``. A series of role ``reference`` holds the
thresholds: a point with ``x`` only is a vertical line, one with ``value`` only a horizontal one; its
label and text are printed at the line's end.
"""

from __future__ import annotations

import math

from figures import style
from figures.canvas import Canvas
from figures.errors import DrawingError
from figures.frame import (
    Frame,
    Legend,
    group_colours,
    highlights,
    horizontal_grid,
    open_frame,
    plain_series,
    tick_width,
    vertical_grid,
    with_role,
)
from figures.layout import place
from figures.scale import Scale, extent, tick_text, ticks
from figures.spec import FigureSpec, Point
from figures.words import fit, listing

_BODY = 11.2
_RADIUS = 0.115


def draw(spec: FigureSpec) -> Canvas:
    """Draw thresholds, markers and labels that do not meet."""
    colours = group_colours(spec)
    points = [
        p for s in plain_series(spec) for p in s.points if p.value is not None and p.x is not None
    ]
    if not points:
        raise DrawingError("bad-data", spec.id, "no point has both x and value")
    used = {p.group for p in points}
    legend = [
        Legend(name, colours[g][0], "marker", colours[g][1], style.INK)
        for g, name in spec.groups
        if g in used
    ]
    frame = open_frame(spec, option_height(spec), legend)
    x, y = axes(frame, spec, points)
    barriers = thresholds(frame, spec, x, y)
    spots = [(x(p.x or 0.0), y(p.value or 0.0)) for p in points]
    for point, spot in zip(points, spots, strict=True):
        colour, shape = colours.get(point.group, (style.BASE, "circle"))
        frame.canvas.marker(*spot, shape, _RADIUS, colour, edge=style.INK, width=0.4)
    name_points(frame, spec, points, spots, (x.start, y.end, x.end, y.start), barriers)
    return frame.canvas


def describe(spec: FigureSpec) -> str:
    """Say how many regions each form has, and who has the highest level and growth."""
    points = [
        p for s in plain_series(spec) for p in s.points if p.value is not None and p.x is not None
    ]
    if not points:
        return fit(spec, "象限图", [])
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


def option_height(spec: FigureSpec) -> float:
    """Return the body's height, cm: lower for few points."""
    count = sum(len(s.points) for s in plain_series(spec))
    return _BODY if count > 20 else 8.2


def axes(frame: Frame, spec: FigureSpec, points: list[Point]) -> tuple[Scale, Scale]:
    """Draw both axes with grid, ticks and the name of the horizontal one; return the scales."""
    y_low, y_high, y_step = _loose([p.value for p in points])
    x_low, x_high, x_step = _loose([p.x for p in points])
    y_at, x_at = ticks(y_low, y_high, y_step), ticks(x_low, x_high, x_step)
    left = tick_width(y_at, y_step) + 0.25
    y = Scale(y_low, y_high, frame.bottom - 0.85, frame.top + 0.25)
    half = style.width_of(tick_text(x_at[-1], x_step), style.SMALL) / 2
    x = Scale(x_low, x_high, left, frame.width - max(0.25, half + 0.03))
    horizontal_grid(frame.canvas, y, y_at, left, x.end, y_step)
    vertical_grid(frame.canvas, x, x_at, y.end, y.start, x_step)
    frame.canvas.line([(left, y.end), (left, y.start), (x.end, y.start)], style.AXIS, 0.8)
    label = spec.x_label + (f"（{spec.x_unit}）" if spec.x_unit else "")
    frame.canvas.text(
        x.end,
        frame.bottom - 0.2,
        label,
        size=style.SMALL,
        colour=style.MUTED,
        align="right",
        role="unit",
    )
    return x, y


def thresholds(
    frame: Frame, spec: FigureSpec, x: Scale, y: Scale
) -> list[tuple[float, float, float, float]]:
    """Draw the threshold lines with their names; return the boxes labels must keep out of."""
    boxes: list[tuple[float, float, float, float]] = []
    names: list[tuple[float, float, float, float]] = []
    for line in with_role(spec, "reference"):
        for point in line.points:
            upright = point.value is None
            value = point.x if upright else point.value
            scale = x if upright else y
            if value is None or not scale.inside(value):
                continue
            at = scale(value)
            ends = [(at, y.end), (at, y.start)] if upright else [(x.start, at), (x.end, at)]
            frame.canvas.line(ends, style.CONTRAST, 0.8, "dash")
            number, key = (point.x_text, point.x_key) if upright else (point.text, point.key)
            names.append(_threshold_label(frame, point.label, number, key, ends, names))
            boxes.append(
                (at - 0.02, y.end, at + 0.02, y.start)
                if upright
                else (x.start, at - 0.02, x.end, at + 0.02)
            )
    return [*boxes, *names]


def name_points(
    frame: Frame,
    spec: FigureSpec,
    points: list[Point],
    spots: list[tuple[float, float]],
    bounds: tuple[float, float, float, float],
    barriers: list[tuple[float, float, float, float]],
    *,
    reach: float = math.inf,
) -> None:
    """Print each point's name clear of everything else, tied by a thin line where it stands off.

    A name that finds no place within ``reach`` cm of its point is left out, so that a heap of points
    stays legible; highlighted ones are always named.
    """
    marked = highlights(spec)
    size = style.SMALL
    tall = size * 0.98 / style.PT_PER_CM
    boxes = [
        (style.width_of(p.label, size, bold=bool({p.label, p.code} & marked)), tall) for p in points
    ]
    named = list(range(len(points)))
    while True:
        spread = place(
            [spots[i] for i in named],
            [boxes[i] for i in named],
            bounds,
            radius=_RADIUS + 0.02,
            # points without a name are still in the way of the others' names
            barriers=[*barriers, *(_spot(spots[i]) for i in range(len(points)) if i not in named)],
        )
        off = {
            i: math.dist(spots[i], _edge(spots[i], boxes[i], (label.x, label.y)))
            for i, label in zip(named, spread, strict=True)
            if not {points[i].label, points[i].code} & marked
        }
        far = sorted((i for i in off if off[i] > reach), key=lambda i: (-off[i], i))
        if not far:
            break
        gone = set(far[: (len(far) + 1) // 2])  # the rest may find room now
        named = [i for i in named if i not in gone]
    points, spots = [points[i] for i in named], [spots[i] for i in named]
    boxes = [boxes[i] for i in named]
    labels = spread
    for spot, box, label in zip(spots, boxes, labels, strict=True):
        if label.leader:
            frame.canvas.line([spot, _edge(spot, box, (label.x, label.y))], style.FAINT, 0.5)
    for point, label in zip(points, labels, strict=True):
        frame.canvas.text(
            label.x,
            label.y,
            point.label,
            size=size,
            align="center",
            bold=bool({point.label, point.code} & marked),
            ground=style.PAPER,
        )


def _spot(at: tuple[float, float]) -> tuple[float, float, float, float]:
    return (at[0] - _RADIUS, at[1] - _RADIUS, at[0] + _RADIUS, at[1] + _RADIUS)


def _edge(
    spot: tuple[float, float], box: tuple[float, float], middle: tuple[float, float]
) -> tuple[float, float]:
    """Return the point of the label's box nearest to ``spot``."""
    return (
        min(max(spot[0], middle[0] - box[0] / 2), middle[0] + box[0] / 2),
        min(max(spot[1], middle[1] - box[1] / 2), middle[1] + box[1] / 2),
    )


def _loose(values: list[float | None]) -> tuple[float, float, float]:
    """Return a round axis with some air beyond the outermost points."""
    known = [v for v in values if v is not None]
    low, high = min(known), max(known)
    air = (high - low) * 0.04
    least = max(low - air, 0.0) if low >= 0 else low - air  # no axis below zero for what cannot be
    return extent([least, high + air], count=6)


def _threshold_label(
    frame: Frame,
    name: str,
    number: str,
    key: str,
    ends: list[tuple[float, float]],
    taken: list[tuple[float, float, float, float]],
) -> tuple[float, float, float, float]:
    """Print a limit's name and number at its line's top or right end, clear of those already there."""
    size = style.SMALL
    words = name + (" " if number else "")
    whole = style.width_of(words + number, size)
    upright = ends[0][0] == ends[1][0]
    left = ends[0][0] + 0.08 if upright else ends[1][0] - whole - 0.05
    if upright and left + whole > frame.width:
        left = ends[0][0] - whole - 0.08
    y = ends[0][1] + 0.16 if upright else ends[1][1] - 0.19
    while any(
        left - 0.08 < right and start < left + whole + 0.05 and abs((top + bottom) / 2 - y) < 0.3
        for start, top, right, bottom in taken
    ):
        y += 0.33
    wide = frame.canvas.text(left, y, words, size=size, colour=style.CONTRAST, ground=style.PAPER)
    frame.canvas.text(
        left + wide,
        y,
        number,
        size=size,
        colour=style.CONTRAST,
        role="value",
        key=key,
        ground=style.PAPER,
    )
    return left - 0.05, y - 0.17, left + whole + 0.05, y + 0.17
