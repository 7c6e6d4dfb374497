"""Scatter and quadrant charts: a series a group, names placed as the figures place them."""

from __future__ import annotations

from dataclasses import replace

from figures import style
from figures.cloud import (
    REACH,
    axes_of,
    axis_name,
    boxes_above,
    head_of,
    limit_width,
    name_sizes,
    points_of,
)
from figures.frame import group_colours, highlights, plain_series, tick_width, with_role
from figures.kinds.scatter import beads, fitted_line
from figures.placing import Box as Area
from figures.placing import fitting
from figures.scale import Axis as Round
from figures.scale import Scale
from figures.spec import FigureSpec, Point
from report.output.docx.charts.model import Axis, Box, Chart, ChartSeries, Label, Plot
from report.output.docx.charts.numbers import common_code
from report.output.docx.charts.sheet import Sheet, open_sheet, statistics
from report.output.docx.columns import SLACK

Size = tuple[float, float]
_RADIUS = 0.13
_PARTLY = "部分地区未标注名称"


def scatter(spec: FigureSpec, size: Size) -> Chart:
    """Build a scatter with the straight line that Word itself fits to all its points."""
    return _points(spec, size, fitted=True)


def quadrant(spec: FigureSpec, size: Size) -> Chart:
    """Build a scatter cut by the lines of its limits."""
    return _points(spec, size, fitted=False)


def _points(spec: FigureSpec, size: Size, *, fitted: bool) -> Chart:
    points = list(points_of(spec))
    colours = group_colours(spec)
    shown = [(g, name) for g, name in spec.groups if any(p.group == g for p in points)]
    sheet = open_sheet(spec, size, [name for _, name in shown])
    rounds = axes_of(spec, points)
    up = _axis(rounds[0])
    across = _axis(rounds[1], axis_name(spec.x_label, spec.x_unit, rounds[1]))
    left = tick_width(rounds[0].at, up.step) + 0.3
    box = Box(
        left, sheet.top + 0.25 + head_of(spec, sheet.width), sheet.width - 0.3, sheet.bottom - 0.95
    )
    x = rounds[1].scale(box.left, box.right)
    y = rounds[0].scale(box.bottom, box.top)
    limits = [
        (p, p.value is None)
        for s in with_role(spec, "reference")
        for p in s.points
        if (p.x is not None if p.value is None else y.inside(p.value))
    ]
    upright = [p for p, stands in limits if stands]
    at = [x(p.x or 0.0) for p in upright]
    widths = [limit_width(p.label, p.x_text) * SLACK for p in upright]
    above = iter(boxes_above(spec, sheet.width, at, widths, y.end))
    boxes: list[Area] = []  # of the limits' names
    for p, stands in limits:
        wide, level = limit_width(p.label, p.text), y(p.value or 0.0)
        boxes.append(next(above) if stands else (x.end - wide, level - 0.36, x.end, level - 0.04))
    names = _names(spec, points, x, y, limits, boxes, fitted=fitted)
    if len(names) < len(points):
        across = replace(across, title=f"{across.title}；{_PARTLY}")
    # A row a point, those of a group together, then two rows a limit.
    order = [g for g, _ in shown]
    points.sort(key=lambda p: order.index(p.group) if p.group in order else len(order))
    rows = len(points) + 2 * len(limits)
    series = []
    for group, name in [*shown, ("", plain_series(spec)[0].name)]:
        held = [p if (p.group if p.group in order else "") == group else None for p in points]
        if not any(held):
            continue
        colour, shape = colours.get(group, (style.BASE, "circle"))
        labels = tuple(
            _named(n, p, names[id(p)], sheet, spec)
            for n, p in enumerate(held)
            if p is not None and id(p) in names
        )
        series.append(
            ChartSeries(
                name,
                _padded([None if p is None else p.value for p in held], rows),
                colour,
                code=common_code(held),
                labels=labels,
                marker=shape,
                line=False,
                in_legend=bool(shown),
            )
        )
    across_x = [p.x or 0.0 for p in points]
    row_names = [p.label for p in points]
    for n, (limit, stands) in enumerate(limits):
        row = len(points) + 2 * n
        row_names += [limit.label, limit.label]
        ends = (limit.x or 0.0,) * 2 if stands else (across.low, across.high)
        across_x += ends
        end = (x(limit.x or 0.0), y.end) if stands else (x.end, y(limit.value or 0.0))
        middle = ((boxes[n][0] + boxes[n][2]) / 2, (boxes[n][1] + boxes[n][3]) / 2)
        off = ((middle[0] - end[0]) / sheet.width, (middle[1] - end[1]) / sheet.height)
        series.append(_limit(limit, stands, up, row, rows, off))
    if fitted and len(points) > 2:
        cloud = _padded([p.value for p in points], rows)
        series.append(
            ChartSeries(
                "拟合", cloud, style.CONTRAST, line=False, in_legend=False, derived=True, trend=True
            )
        )
    return Chart(
        (Plot("scatter", tuple(series)),), tuple(row_names), up,
        sheet.width, sheet.height, box, across=across, x=tuple(across_x),
        corner=axis_name(spec.y_label, spec.unit, rounds[0]), statistic=statistics(spec), simulated=spec.simulated,
        note=sheet.note, legend=sheet.legend,
    )  # fmt: skip


def _padded(values: list[float | None], rows: int) -> tuple[float | None, ...]:
    return (*values, *(None,) * (rows - len(values)))


def _axis(found: Round, title: str = "") -> Axis:
    return Axis(found.low, found.high, found.step, title=title, log=found.log)


def _names(
    spec: FigureSpec,
    points: list[Point],
    x: Scale,
    y: Scale,
    limits: list[tuple[Point, bool]],
    boxes: list[Area],
    *,
    fitted: bool,
) -> dict[int, tuple[float, float]]:
    """Return how far each point's name stands off it, in cm, clear of points, names and limits.

    Word ties no name to its point, so that those with no room close by are left out.
    """
    spots = [(x(p.x or 0.0), y(p.value or 0.0)) for p in points]
    marked = highlights(spec)
    lines: list[Area] = beads(fitted_line(spots, y)) if fitted else []
    lines += [
        (x(p.x or 0.0) - 0.02, y.end, x(p.x or 0.0) + 0.02, y.start)
        if upright
        else (x.start, y(p.value or 0.0) - 0.02, x.end, y(p.value or 0.0) + 0.02)
        for p, upright in limits
    ]
    placed = fitting(
        spots,
        name_sizes(spec, points),
        (x.start, y.end, x.end, y.start),
        reach=REACH / 2,
        kept=frozenset(i for i, p in enumerate(points) if {p.label, p.code} & marked),
        radius=_RADIUS,
        barriers=boxes,
        lines=lines,
    )
    return {
        id(points[i]): (label.x - spots[i][0], label.y - spots[i][1]) for i, label in placed.items()
    }


def _named(
    index: int, point: Point, off: tuple[float, float], sheet: Sheet, spec: FigureSpec
) -> Label:
    bold = bool({point.label, point.code} & highlights(spec))
    return Label(
        index,
        text=point.label,
        position="ctr",
        dx=off[0] / sheet.width,
        dy=off[1] / sheet.height,
        colour=style.INK,
        bold=bold,
    )


def _limit(
    point: Point, upright: bool, up: Axis, row: int, rows: int, off: tuple[float, float]
) -> ChartSeries:
    """Return a limit as a line from edge to edge over two rows, named ``off`` its upper or right end."""
    text = point.x_text if upright else point.text
    name = f"{point.label} {text}".strip()
    ends = (up.low, up.high) if upright else (point.value, point.value)
    values = (*(None,) * row, *ends, *(None,) * (rows - row - 2))
    label = Label(row + 1, text=name, position="ctr", dx=off[0], dy=off[1], colour=style.CONTRAST)
    return ChartSeries(
        name,
        values,
        style.CONTRAST,
        labels=(label,),
        width=0.8,
        dash="dash",
        in_legend=False,
        derived=True,
    )
