"""Scatter and quadrant charts: a series a group, names placed as the figures place them."""

from __future__ import annotations

from dataclasses import replace

from figures import style
from figures.cloud import REACH, axes_of, axis_name, name_sizes, points_of
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
    box = Box(left, sheet.top + 0.25, sheet.width - 0.3, sheet.bottom - 0.95)
    x = rounds[1].scale(box.left, box.right)
    y = rounds[0].scale(box.bottom, box.top)
    limits = [
        (p, p.value is None)
        for s in with_role(spec, "reference")
        for p in s.points
        if (p.x is not None if p.value is None else y.inside(p.value))
    ]
    offsets = [
        0.2 + 0.33 * step if upright else -0.2  # cm down from the line's end
        for step, (_, upright) in zip(_steps(limits, x), limits, strict=True)
    ]
    names = _names(spec, points, x, y, limits, offsets, fitted=fitted)
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
    for n, (limit, upright) in enumerate(limits):
        row = len(points) + 2 * n
        row_names += [limit.label, limit.label]
        ends = (limit.x or 0.0,) * 2 if upright else (across.low, across.high)
        across_x += ends
        series.append(_limit(limit, upright, up, row, rows, offsets[n] / sheet.height))
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
    offsets: list[float],
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
    barriers: list[Area] = []
    for n, (p, upright) in enumerate(limits):
        wide = style.width_of(f"{p.label} {p.x_text if upright else p.text}", style.SMALL) + 0.2
        at = x(p.x or 0.0) if upright else x.end - wide
        middle = (y.end if upright else y(p.value or 0.0)) + offsets[n]
        barriers.append((at, middle - 0.17, at + wide, middle + 0.17))
    placed = fitting(
        spots,
        name_sizes(spec, points),
        (x.start, y.end, x.end, y.start),
        reach=REACH / 2,
        kept=frozenset(i for i, p in enumerate(points) if {p.label, p.code} & marked),
        radius=_RADIUS,
        barriers=barriers,
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


def _steps(limits: list[tuple[Point, bool]], x: Scale) -> list[int]:
    """Return how many lines down each upright limit's name has to go to clear those before it."""
    taken: list[tuple[float, float, int]] = []
    found = []
    for point, upright in limits:
        step = 0
        if upright:
            left = x(point.x or 0.0)
            right = left + style.width_of(f"{point.label} {point.x_text}", style.SMALL) + 0.3
            while any(left < end and start < right and step == at for start, end, at in taken):
                step += 1
            taken.append((left, right, step))
        found.append(step)
    return found


def _limit(point: Point, upright: bool, up: Axis, row: int, rows: int, down: float) -> ChartSeries:
    """Return a limit as a line from edge to edge over two rows, named at its upper or right end."""
    text = point.x_text if upright else point.text
    name = f"{point.label} {text}".strip()
    ends = (up.low, up.high) if upright else (point.value, point.value)
    values = (*(None,) * row, *ends, *(None,) * (rows - row - 2))
    position = "r" if upright else "l"
    label = Label(row + 1, text=name, position=position, dy=down, colour=style.CONTRAST)
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
