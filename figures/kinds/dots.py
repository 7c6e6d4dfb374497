"""Dot profile: several things on the same rows, each with its own mark, numbers in columns at the right.

Series: one mark each (a region, a form); points labelled by row. A series of role ``reference`` (the mean)
is drawn as an upright tick. Marks that would hide each other stand one above the other.
"""

from __future__ import annotations

import math

from figures import style
from figures.canvas import Canvas
from figures.frame import (
    GAP,
    Frame,
    known,
    open_frame,
    plain_series,
    vertical_grid,
    with_role,
)
from figures.layout import wrap
from figures.scale import Scale, extent, ticks
from figures.spec import FigureSpec, Point, Series
from figures.words import extremes, fit, said

_ROW = 0.62  # cm: the least height of a row
_RADIUS = 0.125
_LANE = 0.27  # cm between marks of the same value
_PAD = 0.4  # cm above and below the marks of a row
_HEAD = 0.9  # cm: a column's head is broken to this width, so that the plot has its share


def draw(spec: FigureSpec) -> Canvas:
    """Draw rows, marks and the columns of numbers."""
    series, means = plain_series(spec), with_role(spec, "reference")
    columns = [*series, *means]
    rows = list(dict.fromkeys(p.label for s in columns for p in s.points))
    wrapped = [wrap(row, 4.2) for row in rows]
    left = max(style.width_of(line) for lines in wrapped for line in lines) + 0.3
    cell = max(
        [style.width_of(p.text, style.SMALL) + 0.22 for s in columns for p in s.points]
        + [min(style.width_of(s.name, style.SMALL) + 0.2, _HEAD) for s in columns]
    )
    heads = [_even(s.name, cell - 0.1) for s in columns]
    head = 0.36 + 0.32 * max(len(lines) for lines in heads) + 0.12
    low, high, step = extent(known(columns), count=5)
    at = ticks(low, high, step)
    table = style.TEXT_WIDTH - cell * len(columns)
    x = Scale(low, high, left + 0.2, table - 0.35)
    lanes = [lanes_of([(i, p.value) for i, p in _points(series, row)], x) for row in rows]
    spans = [(min([0.0, *lane.values()]), max([0.0, *lane.values()])) for lane in lanes]
    tall = [max(_ROW, lowest - highest + _PAD) for highest, lowest in spans]
    frame = open_frame(spec, head + sum(tall) + 0.6)
    top, bottom = frame.top + head, frame.bottom - 0.55
    vertical_grid(frame.canvas, x, at, top, bottom, step)
    for index, lines in enumerate(heads):
        _mark(
            frame.canvas,
            index if index < len(series) else None,
            table + cell * (index + 0.5),
            frame.top + 0.16,
        )
        frame.canvas.paragraph(
            table + cell * (index + 0.5),
            frame.top + head / 2 + 0.13,
            lines,
            size=style.SMALL,
            align="center",
            colour=style.MUTED,
            leading=1.15,
        )
    frame.canvas.line([(table - 0.05, top), (frame.width, top)], style.AXIS, 0.7)
    above = top
    for index, row in enumerate(rows):
        middle = above + tall[index] / 2
        line = middle - sum(spans[index]) / 2  # of the marks that need no other lane
        frame.canvas.paragraph(left - 0.15, middle, wrapped[index], align="right")
        band = (above + 0.07, line, above + tall[index] - 0.07)
        _row(frame, _points(series, row), means, row, x, band, lanes[index])
        _numbers(frame, columns, row, table, cell, middle)
        if index:
            frame.canvas.line([(table - 0.05, above), (frame.width, above)], style.RULE, 0.4)
        above += tall[index]
    return frame.canvas


def describe(spec: FigureSpec) -> str:
    """Say each thing's strongest and weakest row."""
    sentences = []
    for line in plain_series(spec):
        found = extremes(line.points)
        if found:
            sentences.append(
                f"{line.name}：{found[0].label}最高（{said(spec, found[0], line)}），"
                f"{found[1].label}最低（{said(spec, found[1], line)}）"
            )
    sentences += [f"以{mean.name}为参照" for mean in with_role(spec, "reference")]
    return fit(spec, "点图", sentences)


def _even(name: str, width: float) -> list[str]:
    """Break a head into lines of like length, none wider than ``width`` cm."""
    lines = wrap(name, width, style.SMALL)
    share = style.width_of(name, style.SMALL) / len(lines) + 0.02
    even = wrap(name, min(width, share), style.SMALL)
    return even if len(even) == len(lines) else lines


def _mark(canvas: Canvas, index: int | None, x: float, y: float) -> None:
    """Draw the mark of the ``index``-th thing, or of the mean: the head of its column is the legend."""
    if index is None:
        canvas.line([(x, y - 0.15), (x, y + 0.15)], style.CONTRAST, 1.4)
    else:
        canvas.marker(
            x, y, style.marker_of(index), 0.12, style.colour_of(index), edge=style.INK, width=0.4
        )


def _points(series: list[Series], row: str) -> list[tuple[int, Point]]:
    """Return the known points of a row, each with the index of its thing."""
    return [
        (i, p)
        for i, s in enumerate(series)
        for p in s.points
        if p.label == row and p.value is not None
    ]


def lanes_of(spots: list[tuple[int, float | None]], x: Scale) -> dict[int, float]:
    """Return how far each mark stands below the row's middle, cm, so that none hides another."""
    placed: list[tuple[float, float]] = []
    found: dict[int, float] = {}
    for index, value in sorted(spots, key=lambda spot: (spot[1] or 0.0, spot[0])):
        at = x(value or 0.0)
        # The nearest free lane: in the middle, then by turns above and below it.
        turns = [(step + 1) // 2 * (1 if step % 2 else -1) for step in range(4 * len(spots))]
        lane = next(
            turn * _LANE / 2
            for turn in turns
            if all(math.hypot(at - a, turn * _LANE / 2 - b) > _LANE - 1e-9 for a, b in placed)
        )
        placed.append((at, lane))
        found[index] = lane
    return found


def _row(
    frame: Frame,
    spots: list[tuple[int, Point]],
    means: list[Series],
    row: str,
    x: Scale,
    band: tuple[float, float, float],
    lanes: dict[int, float],
) -> None:
    canvas, (top, middle, bottom) = frame.canvas, band
    canvas.line([(x.start, middle), (x.end, middle)], style.RULE, 0.5)
    if len(spots) > 1:
        ends = [p.value or 0.0 for _, p in spots]
        canvas.line([(x(min(ends)), middle), (x(max(ends)), middle)], style.SOFT, 2.4)
    for mean in means:
        for point in mean.points:
            if point.label == row and point.value is not None:
                at = x(point.value)
                canvas.line([(at, top), (at, bottom)], style.CONTRAST, 1.4)
    for index, point in reversed(spots):
        canvas.marker(
            x(point.value or 0.0),
            middle + lanes[index],
            style.marker_of(index),
            _RADIUS,
            style.colour_of(index),
            edge=style.INK,
            width=0.4,
        )


def _numbers(
    frame: Frame, columns: list[Series], row: str, table: float, cell: float, middle: float
) -> None:
    for index, line in enumerate(columns):
        point = next((p for p in line.points if p.label == row), None)
        text = point.text if point is not None and point.value is not None else GAP
        frame.canvas.text(
            table + cell * (index + 0.5),
            middle,
            text,
            size=style.SMALL,
            align="center",
            colour=style.CONTRAST if line.role == "reference" else style.INK,
            role="value" if text != GAP else "note",
            key=point.key if point is not None and text != GAP else "",
        )
