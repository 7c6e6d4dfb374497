"""Grouped columns with their numbers above.

Series: one colour each; points labelled by category, the same categories in each. A series of role
``reference`` has one point per category (or a single one) and is drawn as a short line across it.
Options: ``shades`` = ``sequence`` (light to dark, for years) instead of one hue each. When columns would be too narrow for their numbers the groups are laid on their side.
"""

from __future__ import annotations

from figures import style
from figures.canvas import Canvas
from figures.frame import (
    GAP,
    Frame,
    Legend,
    horizontal_grid,
    known,
    open_frame,
    plain_series,
    text_of,
    tick_width,
    with_role,
)
from figures.kinds import survey
from figures.layout import wrap
from figures.scale import Scale, extent, ticks
from figures.spec import FigureSpec, Point, Series
from figures.words import extremes, fit, gaps, said

_BODY = 6.6


def draw(spec: FigureSpec) -> Canvas:
    """Draw the columns, or rows when there are too many."""
    series = plain_series(spec)
    categories = list(dict.fromkeys(p.label for s in series for p in s.points))
    widest = max(style.width_of(text_of(p), style.SMALL) for s in series for p in s.points)
    references = with_role(spec, "reference")
    across = [r for r in references if len(r.points) == 1]
    side = max((_across_width(r) for r in across), default=0.0)
    slot = (style.TEXT_WIDTH - 1.0 - side) / len(categories)
    if slot * 0.82 / len(series) < widest + 0.04:
        return survey.draw(spec)
    colours = _colours(spec, len(series))
    legend = [
        Legend(s.name, colour) for s, colour in zip(series, colours, strict=True) if len(series) > 1
    ] + [
        Legend(s.name, style.CONTRAST, "line", shape="", dash="dot")
        for s in references
        if s not in across
    ]
    lines = [wrap(name, slot - 0.15) for name in categories]
    foot = 0.2 + 0.36 * max(len(text) for text in lines)
    frame = open_frame(spec, _BODY + foot, legend)
    low, high, step = extent(known(spec.series), zero=True)
    at = ticks(low, high, step)
    left = tick_width(at, step) + 0.25
    slot = (frame.width - left - side) / len(categories)
    y = Scale(low, high, frame.bottom - foot - (0.3 if low < 0 else 0.0), frame.top + 0.32)
    horizontal_grid(frame.canvas, y, at, left, frame.width - side, step)
    boxes = [
        box
        for column, name in enumerate(categories)
        for box in _numbers(series, name, left + slot * column, slot, y)
    ]
    for reference in across:
        _across(frame, reference, left, y, low, boxes)
    for column, name in enumerate(categories):
        start = left + slot * column
        _group(frame, series, colours, name, start, slot, y)
        for reference in references:
            if reference in across:
                continue
            _mark(frame, reference, name, start, slot, y, boxes)
        frame.canvas.paragraph(
            start + slot / 2,
            frame.bottom - foot + 0.12 + 0.18 * len(lines[column]),
            lines[column],
            align="center",
        )
    frame.canvas.line([(left, y(0)), (frame.width - side, y(0))], style.AXIS, 0.8)
    return frame.canvas


def describe(spec: FigureSpec) -> str:
    """Say, for each series, which category is highest and which lowest."""
    sentences = []
    for line in plain_series(spec):
        found = extremes(line.points)
        if not found:
            continue
        high, low = found
        words = f"{high.label}最高（{said(spec, high, line)}）"
        if low != high:
            words += f"，{low.label}最低（{said(spec, low, line)}）"
        sentences.append((f"{line.name}：" if len(plain_series(spec)) > 1 else "") + words)
        sentences.append(gaps(line.points))
    return fit(spec, "柱形图", sentences)


def _colours(spec: FigureSpec, count: int) -> list[str]:
    if count == 1:
        return [style.BASE]
    if spec.options.get("shades") == "sequence":
        return [style.ramp(0.3 + 0.7 * i / (count - 1)) for i in range(count)]
    return [style.colour_of(i) for i in range(count)]


def _group(
    frame: Frame,
    series: list[Series],
    colours: list[str],
    name: str,
    start: float,
    slot: float,
    y: Scale,
) -> None:
    wide, middles = _middles(len(series), start, slot)
    for index, line in enumerate(series):
        point = next((p for p in line.points if p.label == name), None)
        middle = middles[index]
        if point is None or point.value is None:
            frame.canvas.text(
                middle,
                y(0) - 0.2,
                GAP,
                size=style.SMALL,
                colour=style.FAINT,
                align="center",
                role="note",
            )
            continue
        colour = colours[index]
        frame.canvas.rect(middle - wide * 0.45, y(point.value), middle + wide * 0.45, y(0), colour)
        frame.canvas.text(
            middle,
            y(point.value) + _beyond(point),
            point.text,
            size=style.SMALL,
            align="center",
            role="value",
            key=point.key,
            ground=style.PAPER,
        )


def _middles(count: int, start: float, slot: float) -> tuple[float, list[float]]:
    """Return the width of a column and where the middle of each stands."""
    wide = min(slot * 0.82 / count, 1.3)
    left = start + (slot - wide * count) / 2
    return wide, [left + wide * (index + 0.5) for index in range(count)]


def _beyond(point: Point) -> float:
    """Return how far a column's number stands beyond its end, cm down."""
    return 0.2 if (point.value or 0.0) < 0 else -0.2


def _numbers(
    series: list[Series], name: str, start: float, slot: float, y: Scale
) -> list[tuple[float, float, float, float]]:
    """Return the boxes (left, top, right, bottom) of a category's numbers, with some air."""
    _, middles = _middles(len(series), start, slot)
    boxes = []
    for line, middle in zip(series, middles, strict=True):
        for point in line.points:
            if point.label == name and point.value is not None:
                at, half = (
                    y(point.value) + _beyond(point),
                    style.width_of(point.text, style.SMALL) / 2,
                )
                boxes.append((middle - half - 0.08, at - 0.16, middle + half + 0.08, at + 0.16))
    return boxes


def _across_width(reference: Series) -> float:
    """Return the room that a mean's name and number take right of the columns, cm."""
    point = reference.points[0]
    name = reference.name or point.label
    return max(style.width_of(t, style.SMALL) for t in (name, point.text)) + 0.25


def _across(
    frame: Frame,
    reference: Series,
    left: float,
    y: Scale,
    low: float,
    numbers: list[tuple[float, float, float, float]],
) -> None:
    """Draw the line of a mean, behind the columns, its name and number at its right end."""
    point = reference.points[0]
    if point.value is None or point.value < low:
        return
    at, start = y(point.value), frame.width - _across_width(reference) + 0.15
    gaps = [(box[0], box[2]) for box in numbers if box[1] < at < box[3]]
    frame.canvas.ruled((left, at), (start - 0.1, at), style.CONTRAST, 0.9, gaps=gaps)
    frame.canvas.text(
        start, at - 0.17, reference.name or point.label, size=style.SMALL, colour=style.CONTRAST
    )
    frame.canvas.text(
        start,
        at + 0.17,
        point.text,
        size=style.SMALL,
        colour=style.CONTRAST,
        role="value",
        key=point.key,
    )


def _mark(
    frame: Frame,
    reference: Series,
    name: str,
    start: float,
    slot: float,
    y: Scale,
    numbers: list[tuple[float, float, float, float]],
) -> None:
    point = next((p for p in reference.points if p.label == name), reference.points[0])
    if point.value is not None:
        at = y(point.value)
        ends = (start + slot * 0.05, at), (start + slot * 0.95, at)
        gaps = [
            (box[0], box[2])
            for box in numbers
            if box[1] < at < box[3] and start < box[2] and box[0] < start + slot
        ]
        frame.canvas.ruled(*ends, style.CONTRAST, 1.1, "dot", gaps=gaps)
