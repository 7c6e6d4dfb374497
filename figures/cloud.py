"""Clouds of named points: axes, the lines of limits, and the names, on a sheet tall enough for them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

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
from figures.layout import spread_boxes
from figures.placing import XY, Box, Label, fitting
from figures.scale import Axis, Scale, airy, tick_text
from figures.spec import FigureSpec, Point

RADIUS = 0.115
REACH = 1.35  # cm from a point to its name
PARTLY = "点位密集处部分地区未标注名称"
_GAP = 0.25  # cm between them
_STEP, _STEPS = 1.2, 4  # cm by which a sheet grows, and how often, until every name has room
_TALL = style.SMALL * 0.98 / style.PT_PER_CM
_ROW = 0.36  # cm: a row of names of upright limits, above the plot
_BY_LOGARITHMS = "对数刻度"


@dataclass(frozen=True, slots=True)
class Cloud:
    """Where everything of a cloud stands: scales, spots, limits with their names, places of names."""

    frame: Frame
    up: Axis
    across: Axis
    x: Scale
    y: Scale
    points: tuple[Point, ...]
    spots: tuple[XY, ...]
    limits: tuple[Limit, ...]
    labels: dict[int, Label]


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit's line and the box of its name."""

    point: Point
    upright: bool
    ends: tuple[XY, XY]
    box: Box

    @property
    def number(self) -> tuple[str, str]:
        """The limit's printed number and its key."""
        point = self.point
        return (point.x_text, point.x_key) if self.upright else (point.text, point.key)


Barriers = Callable[[Scale, Scale, Sequence[XY]], tuple[list[Box], list[Box]]]


def points_of(spec: FigureSpec) -> tuple[Point, ...]:
    """Return the points that have both values; DrawingError when there is none."""
    points = tuple(
        p for s in plain_series(spec) for p in s.points if p.value is not None and p.x is not None
    )
    if not points:
        raise DrawingError("bad-data", spec.id, "no point has both x and value")
    return points


def axes_of(spec: FigureSpec, points: Sequence[Point]) -> tuple[Axis, Axis]:
    """Return the axis up and the one across; where one goes by logarithms the other does sooner."""
    up, across = [p.value for p in points], [p.x for p in points]
    axes = airy(up, spec.unit), airy(across, spec.x_unit)
    if any(axis.log for axis in axes):
        return airy(up, spec.unit, heap=10), airy(across, spec.x_unit, heap=10)
    return axes


def axis_name(label: str, unit: str, axis: Axis) -> str:
    """Return what stands at an axis: its label, its unit, and whether it goes by logarithms."""
    words = [word for word in (unit, _BY_LOGARITHMS if axis.log else "") if word]
    inner = "，".join(words)
    if not label:
        return f"单位：{inner}" if inner else ""
    return f"{label}（{inner}）" if inner else label


def name_sizes(spec: FigureSpec, points: Sequence[Point]) -> list[XY]:
    """Return width and height of each point's name, cm."""
    marked = highlights(spec)
    return [
        (style.width_of(p.label, style.SMALL, bold=bool({p.label, p.code} & marked)), _TALL)
        for p in points
    ]


def lay_out(spec: FigureSpec, body: float, extra: Barriers | None = None, note: str = "") -> Cloud:
    """Lay a cloud out on a sheet ``body`` cm tall, or taller when not every name finds room.

    ``extra`` adds (texts no name may cover, lines it had better not) for the given scales and spots;
    ``note`` explains what else is drawn, below the plot.
    """
    cloud = _attempt(spec, body, extra, note)
    best = cloud
    for step in range(1, _STEPS):
        if len(best.labels) == len(best.points):
            return best
        cloud = _attempt(spec, body + _STEP * step, extra, note)
        if len(cloud.labels) > len(best.labels):
            best = cloud
    if len(best.labels) == len(best.points):
        return best
    told = "；".join(one for one in (note, PARTLY) if one)
    return _attempt(spec, best.frame.bottom - best.frame.top, extra, told)


def _attempt(spec: FigureSpec, body: float, extra: Barriers | None, note: str) -> Cloud:
    points = points_of(spec)
    up, across = axes_of(spec, points)
    colours = group_colours(spec)
    used = {p.group for p in points}
    legend = [
        Legend(name, colours[g][0], "marker", colours[g][1], style.INK)
        for g, name in spec.groups
        if g in used
    ]
    corner = axis_name(spec.y_label, spec.unit, up)
    frame = open_frame(spec, body, legend, [f"注：{note}。"] if note else [], unit=corner)
    half = style.width_of(tick_text(across.at[-1], across.step), style.SMALL) / 2
    left = tick_width(up.at, up.step) + 0.25
    y = up.scale(frame.bottom - 0.85, frame.top + (head_of(spec, frame.width) or 0.1) + 0.15)
    x = across.scale(left, frame.width - max(0.25, half + 0.03))
    spots = tuple((x(p.x or 0.0), y(p.value or 0.0)) for p in points)
    limits = _limits(spec, frame, x, y, spots)
    texts, lines = extra(x, y, spots) if extra else ([], [])
    for limit in limits:
        (x0, y0), (x1, y1) = limit.ends
        texts.append(limit.box)
        lines.append(
            (min(x0, x1) - 0.02, min(y0, y1) - 0.02, max(x0, x1) + 0.02, max(y0, y1) + 0.02)
        )
    marked = highlights(spec)
    labels = fitting(
        spots,
        name_sizes(spec, points),
        (x.start, y.end, x.end, y.start),
        reach=REACH,
        kept=frozenset(i for i, p in enumerate(points) if {p.label, p.code} & marked),
        radius=RADIUS + 0.02,
        barriers=texts,
        lines=lines,
    )
    return Cloud(frame, up, across, x, y, points, spots, limits, labels)


def draw_axes(cloud: Cloud, spec: FigureSpec) -> None:
    """Draw both axes with grid, ticks and the name of the one across."""
    frame, x, y = cloud.frame, cloud.x, cloud.y
    horizontal_grid(frame.canvas, y, cloud.up.at, x.start, x.end, cloud.up.step)
    vertical_grid(frame.canvas, x, cloud.across.at, y.end, y.start, cloud.across.step)
    frame.canvas.line([(x.start, y.end), (x.start, y.start), (x.end, y.start)], style.AXIS, 0.8)
    frame.canvas.text(
        x.end,
        frame.bottom - 0.2,
        axis_name(spec.x_label, spec.x_unit, cloud.across),
        size=style.SMALL,
        colour=style.MUTED,
        align="right",
        role="unit",
    )


def draw_limits(cloud: Cloud) -> None:
    """Draw the lines of the limits, then their names: upright ones above the plot."""
    canvas = cloud.frame.canvas
    for limit in cloud.limits:
        canvas.line(limit.ends, style.CONTRAST, 0.8, "dash")
        if limit.upright:
            middle = (limit.box[0] + limit.box[2]) / 2
            foot = (
                min(max(limit.ends[0][0], limit.box[0] + 0.1), limit.box[2] - 0.1),
                limit.box[3],
            )
            if abs(foot[0] - limit.ends[0][0]) < 0.05 or abs(middle - limit.ends[0][0]) < 0.05:
                foot = (limit.ends[0][0], limit.box[3])
            canvas.line([foot, limit.ends[0]], style.CONTRAST, 0.5)
    for limit in cloud.limits:
        number, key = limit.number
        words = limit.point.label + (" " if number else "")
        left, y = limit.box[0] + 0.05, (limit.box[1] + limit.box[3]) / 2
        wide = _said(canvas, left, y, words)
        _said(canvas, left + wide, y, number, key)


def _said(canvas: Canvas, x: float, y: float, text: str, key: str | None = None) -> float:
    return canvas.text(
        x,
        y,
        text,
        size=style.SMALL,
        colour=style.CONTRAST,
        role="label" if key is None else "value",
        key=key or "",
        ground=style.PAPER,
    )


def draw_points(cloud: Cloud, spec: FigureSpec) -> None:
    """Draw the lines that tie names to points, the marks over them, then the names."""
    canvas, marked, colours = cloud.frame.canvas, highlights(spec), group_colours(spec)
    sizes = name_sizes(spec, cloud.points)
    for index, label in sorted(cloud.labels.items()):
        if label.leader:
            spot = cloud.spots[index]
            canvas.line([spot, _edge(spot, sizes[index], (label.x, label.y))], style.FAINT, 0.5)
    for point, spot in zip(cloud.points, cloud.spots, strict=True):
        colour, shape = colours.get(point.group, (style.BASE, "circle"))
        canvas.marker(*spot, shape, RADIUS, colour, edge=style.INK, width=0.4)
    for index, label in sorted(cloud.labels.items()):
        point = cloud.points[index]
        canvas.text(
            label.x,
            label.y,
            point.label,
            size=style.SMALL,
            align="center",
            bold=bool({point.label, point.code} & marked),
            ground=style.PAPER,
        )


def _edge(spot: XY, size: XY, middle: XY) -> XY:
    """Return the point of a name's box nearest to ``spot``."""
    return (
        min(max(spot[0], middle[0] - size[0] / 2), middle[0] + size[0] / 2),
        min(max(spot[1], middle[1] - size[1] / 2), middle[1] + size[1] / 2),
    )


def _limits(
    spec: FigureSpec, frame: Frame, x: Scale, y: Scale, spots: Sequence[XY]
) -> tuple[Limit, ...]:
    """Return the limits within the axes: upright ones named above the plot, side by side, others on it."""
    upright: list[Point] = []
    level: list[Point] = []
    for line in with_role(spec, "reference"):
        for point in line.points:
            if point.value is None:
                if point.x is not None and x.inside(point.x):
                    upright.append(point)
            elif y.inside(point.value):
                level.append(point)
    found = []
    widths = [limit_width(p.label, p.x_text) for p in upright]
    at = [x(p.x or 0.0) for p in upright]
    boxes = boxes_above(spec, frame.width, at, widths, y.end)
    for point, place, box in zip(upright, at, boxes, strict=True):
        found.append(Limit(point, True, ((place, y.end), (place, y.start)), box))
    for point in level:
        height = y(point.value or 0.0)
        box = _beside(limit_width(point.label, point.text), height, x, at, spots)
        found.append(Limit(point, False, ((x.start, height), (x.end, height)), box))
    return tuple(found)


def head_of(spec: FigureSpec, width: float) -> float:
    """Return the height, cm, that the names of upright limits take above the plot."""
    return _ROW * _rows(spec, width)


def boxes_above(
    spec: FigureSpec, width: float, at: Sequence[float], widths: Sequence[float], top: float
) -> list[Box]:
    """Return the boxes of the names of upright limits: above the plot's ``top``, near their lines."""
    boxes: list[Box] = [(0.0, 0.0, 0.0, 0.0)] * len(at)
    rows = _rows(spec, width)
    for row in range(rows):
        chosen = sorted(range(len(at)), key=lambda i: (at[i], i))[row::rows]
        middles = spread_boxes(
            [at[i] for i in chosen], [widths[i] for i in chosen], _GAP, 0.0, width
        )
        foot = top - 0.14 - _ROW * row
        for i, middle in zip(chosen, middles, strict=True):
            boxes[i] = (middle - widths[i] / 2, foot - 0.32, middle + widths[i] / 2, foot)
    return boxes


def _rows(spec: FigureSpec, width: float) -> int:
    """Return how many rows the names of the upright limits take."""
    names = [
        limit_width(p.label, p.x_text) + _GAP
        for s in with_role(spec, "reference")
        for p in s.points
        if p.value is None
    ]
    return math.ceil(sum(names) / width)


def limit_width(name: str, number: str) -> float:
    """Return the width of a limit's name and number, with some air, in cm."""
    return style.width_of(f"{name} {number}" if number else name, style.SMALL) + 0.1


def _beside(wide: float, height: float, x: Scale, upright: list[float], spots: Sequence[XY]) -> Box:
    """Return a box on a level line, near its right end, that covers no point and no upright line."""
    boxes = []
    for step in range(int((x.end - x.start - wide) / 0.2) + 1):
        right = x.end - 0.05 - 0.2 * step
        boxes += [
            (right - wide, height + off - 0.16, right, height + off + 0.16) for off in (-0.2, 0.2)
        ]
    if not boxes:
        return (x.end - wide, height - 0.36, x.end, height - 0.04)
    return min(
        boxes,
        key=lambda box: (
            sum(box[0] < at < box[2] for at in upright)
            + sum(
                box[0] - 0.15 < a < box[2] + 0.15 and box[1] - 0.15 < b < box[3] + 0.15
                for a, b in spots
            ),
            -box[2],
            box[1],
        ),
    )
