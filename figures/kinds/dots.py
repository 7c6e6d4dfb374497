"""Dot profile: several things on the same rows, each with its own mark, numbers in columns at the right.

Series: one mark each (a region, a form); points labelled by row. A series of role ``reference`` (the mean)
is drawn as an upright tick.
"""

from __future__ import annotations

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
from figures.spec import FigureSpec, Series
from figures.words import extremes, fit, said

_ROW = 0.66


def draw(spec: FigureSpec) -> Canvas:
    """Draw rows, marks and the columns of numbers."""
    series, means = plain_series(spec), with_role(spec, "reference")
    columns = [*series, *means]
    rows = list(dict.fromkeys(p.label for s in columns for p in s.points))
    wrapped = [wrap(row, 4.2) for row in rows]
    left = max(style.width_of(line) for lines in wrapped for line in lines) + 0.3
    cell = max(
        [style.width_of(p.text, style.SMALL) + 0.25 for s in columns for p in s.points]
        + [min(style.width_of(s.name, style.SMALL) + 0.2, 1.6) for s in columns]
    )
    heads = [wrap(s.name, cell - 0.1, style.SMALL) for s in columns]
    head = 0.36 + 0.32 * max(len(lines) for lines in heads) + 0.12
    frame = open_frame(spec, head + _ROW * len(rows) + 0.6)
    low, high, step = extent(known(columns), count=5)
    at = ticks(low, high, step)
    table = frame.width - cell * len(columns)
    x = Scale(low, high, left + 0.2, table - 0.35)
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
    for index, row in enumerate(rows):
        middle = top + _ROW * (index + 0.5)
        frame.canvas.paragraph(left - 0.15, middle, wrapped[index], align="right")
        _row(frame, series, means, row, x, middle)
        _numbers(frame, columns, row, table, cell, middle)
        if index:
            frame.canvas.line(
                [(table - 0.05, middle - _ROW / 2), (frame.width, middle - _ROW / 2)],
                style.RULE,
                0.4,
            )
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


def _mark(canvas: Canvas, index: int | None, x: float, y: float) -> None:
    """Draw the mark of the ``index``-th thing, or of the mean: the head of its column is the legend."""
    if index is None:
        canvas.line([(x, y - 0.15), (x, y + 0.15)], style.CONTRAST, 1.4)
    else:
        canvas.marker(
            x, y, style.marker_of(index), 0.12, style.colour_of(index), edge=style.INK, width=0.4
        )


def _row(
    frame: Frame, series: list[Series], means: list[Series], row: str, x: Scale, middle: float
) -> None:
    canvas = frame.canvas
    spots = [
        (i, p.value)
        for i, s in enumerate(series)
        for p in s.points
        if p.label == row and p.value is not None
    ]
    canvas.line([(x.start, middle), (x.end, middle)], style.RULE, 0.5)
    if len(spots) > 1:
        ends = [value for _, value in spots]
        canvas.line([(x(min(ends)), middle), (x(max(ends)), middle)], style.SOFT, 2.4)
    for mean in means:
        for point in mean.points:
            if point.label == row and point.value is not None:
                at = x(point.value)
                canvas.line([(at, middle - 0.24), (at, middle + 0.24)], style.CONTRAST, 1.4)
    for index, value in reversed(spots):
        canvas.marker(
            x(value),
            middle,
            style.marker_of(index),
            0.125,
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
