"""Strip: every region as a dot on each row, the middle half boxed, the median marked, the ends named.

Series: one row each, a dot a point; a series of role ``reference`` has a point per row (label = the row's
name): the median, its text printed; one of role ``statistic`` likewise: a number printed at the right.
"""

from __future__ import annotations

from figures import style
from figures.canvas import Canvas
from figures.frame import (
    Frame,
    Legend,
    known,
    open_frame,
    plain_series,
    tick_width,
    vertical_grid,
    with_role,
)
from figures.layout import wrap
from figures.scale import Scale, extent, ticks
from figures.spec import FigureSpec, Point, Series
from figures.words import extremes, fit, named

_ROW = 1.62


def draw(spec: FigureSpec) -> Canvas:
    """Draw the strips."""
    rows = plain_series(spec)
    statistics, medians = with_role(spec, "statistic"), with_role(spec, "reference")
    legend = [
        Legend("各地区", style.BASE, "marker"),
        Legend("中间半数", style.SOFT),
        *(Legend(s.name, style.CONTRAST, "tick") for s in medians[:1]),
    ]
    head = 0.45 if statistics else 0.1
    frame = open_frame(spec, head + _ROW * len(rows) + 0.55, legend)
    wrapped = [wrap(s.name, 3.4) for s in rows]
    left = max(style.width_of(line) for lines in wrapped for line in lines) + 0.3
    side = max((style.width_of(s.name, style.SMALL) + 0.3 for s in statistics), default=0.0)
    low, high, step = extent(known(rows), count=5)
    at = ticks(low, high, step)
    x = Scale(
        low,
        high,
        left + 0.25,
        frame.width - side * len(statistics) - max(0.25, tick_width(at, step) / 2),
    )
    top, bottom = frame.top + head, frame.bottom - 0.5
    vertical_grid(frame.canvas, x, at, top, bottom, step)
    for column, statistic in enumerate(statistics):
        middle = frame.width - side * (len(statistics) - column - 0.5)
        frame.canvas.text(
            middle, top - 0.22, statistic.name, size=style.SMALL, colour=style.MUTED, align="center"
        )
        for index, row in enumerate(rows):
            point = next((p for p in statistic.points if p.label == row.name), None)
            if point is not None:
                frame.canvas.text(
                    middle,
                    top + _ROW * (index + 0.5),
                    point.text,
                    bold=True,
                    align="center",
                    role="value",
                    key=point.key,
                )
    for index, row in enumerate(rows):
        middle = top + _ROW * (index + 0.5)
        frame.canvas.paragraph(left - 0.15, middle, wrapped[index], align="right")
        median = next((p for s in medians for p in s.points if p.label == row.name), None)
        _strip(frame, row, median, x, middle)
    return frame.canvas


def describe(spec: FigureSpec) -> str:
    """Say each row's range, median and spread."""
    sentences = []
    for row in plain_series(spec):
        found = extremes(row.points)
        if not found:
            continue
        words = f"{row.name}最高为{named(spec, found[0], row)}，最低为{named(spec, found[1], row)}"
        for other in [*with_role(spec, "reference"), *with_role(spec, "statistic")]:
            words += "".join(f"，{other.name}{p.text}" for p in other.points if p.label == row.name)
        sentences.append(words)
    return fit(spec, "分布图", sentences)


def _strip(frame: Frame, row: Series, median: Point | None, x: Scale, middle: float) -> None:
    canvas = frame.canvas
    points = sorted((p for p in row.points if p.value is not None), key=lambda p: p.value or 0.0)
    if not points:
        return
    values = [p.value or 0.0 for p in points]
    canvas.rect(
        x(_quantile(values, 0.25)),
        middle - 0.3,
        x(_quantile(values, 0.75)),
        middle + 0.3,
        style.mix(style.SOFT, style.PAPER, 0.35),
    )
    canvas.line([(x(values[0]), middle), (x(values[-1]), middle)], style.FAINT, 0.6)
    for value, offset in zip(values, _swarm([x(v) for v in values]), strict=True):
        canvas.marker(
            x(value), middle + offset, "circle", 0.085, style.BASE, edge=style.PAPER, width=0.4
        )
    if median is not None and median.value is not None:
        at = x(median.value)
        canvas.line([(at, middle - 0.36), (at, middle + 0.36)], style.CONTRAST, 1.5)
        canvas.text(
            at,
            middle + 0.6,
            median.text,
            size=style.SMALL,
            colour=style.CONTRAST,
            align="center",
            role="value",
            key=median.key,
            ground=style.PAPER,
        )
    for point, top in ((points[0], True), (points[-1], True)):
        _end(frame, point, x, middle - 0.58 if top else middle + 0.58)


def _end(frame: Frame, point: Point, x: Scale, y: float) -> None:
    whole = style.width_of(point.label + " " + point.text, style.SMALL)
    start = min(max(x(point.value or 0.0) - whole / 2, x.start - 0.2), frame.width - whole)
    wide = frame.canvas.text(start, y, point.label + " ", size=style.SMALL, ground=style.PAPER)
    frame.canvas.text(
        start + wide,
        y,
        point.text,
        size=style.SMALL,
        role="value",
        key=point.key,
        ground=style.PAPER,
    )


def _quantile(values: list[float], share: float) -> float:
    place = share * (len(values) - 1)
    index = min(int(place), len(values) - 2) if len(values) > 1 else 0
    if len(values) == 1:
        return values[0]
    return values[index] + (values[index + 1] - values[index]) * (place - index)


def _swarm(spots: list[float]) -> list[float]:
    """Return vertical offsets (cm) that keep dots of 0.085 cm from covering each other."""
    placed: list[tuple[float, float]] = []
    for spot in spots:
        for step in range(7):
            offset = ((step + 1) // 2) * 0.12 * (1 if step % 2 else -1)
            if all((spot - a) ** 2 + (offset - b) ** 2 > 0.16**2 for a, b in placed):
                break
        else:
            offset = 0.0
        placed.append((spot, offset))
    return [offset for _, offset in placed]
