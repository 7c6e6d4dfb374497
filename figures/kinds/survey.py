"""Shares of answers as bars with confidence limits, one bar an option or, grouped, one a group of firms.

Series: one colour each (a group of respondents); points labelled by option, ``low``/``high`` the limits.
"""

from __future__ import annotations

from figures import style
from figures.canvas import Canvas
from figures.frame import GAP, Legend, known, open_frame, plain_series, tick_width, vertical_grid
from figures.layout import wrap
from figures.scale import Scale, extent, ticks
from figures.spec import FigureSpec, Point
from figures.words import extremes, fit, named, said


def draw(spec: FigureSpec) -> Canvas:
    """Draw the bars, their limits and numbers."""
    series = plain_series(spec)
    labels = list(dict.fromkeys(p.label for s in series for p in s.points))
    wrapped = [wrap(label, 4.6) for label in labels]
    bar = 0.5 if len(series) == 1 else 0.36 if len(series) < 5 else 0.31
    heights = [
        max(bar * len(series), 0.36 * len(lines)) + (0.24 if len(series) > 1 else 0.14)
        for lines in wrapped
    ]
    several = len(series) > 1
    with_limits = any(p.low is not None for s in series for p in s.points)
    legend = [Legend(s.name, style.colour_of(i)) for i, s in enumerate(series) if several]
    notes = ["注：细线为95%置信区间。"] if with_limits else []
    frame = open_frame(spec, sum(heights) + 0.6, legend, notes)
    canvas = frame.canvas
    left = max(style.width_of(line) for lines in wrapped for line in lines) + 0.25
    highs = [p.high for s in series for p in s.points if p.high is not None]
    lows = [p.low for s in series for p in s.points if p.low is not None]
    low, high, step = extent([*known(series), *highs, *lows], zero=True)
    at = ticks(low, high, step)
    room = max(style.width_of(p.text, style.SMALL) for s in series for p in s.points) + 0.15
    start = left + (room if low < 0 else 0.0)
    end = frame.width - max(0.3, tick_width(at, step) / 2)
    for spot in (p for s in series for p in s.points if p.value is not None):
        share = (max(spot.value or 0.0, spot.high or 0.0, 0.0) - low) / (high - low)
        beyond = style.width_of(spot.text, style.SMALL) + 0.12
        if share > 0:
            end = min(end, start + (frame.width - beyond - start) / share)
    x = Scale(low, high, start, end)
    vertical_grid(canvas, x, at, frame.top, frame.bottom - 0.5, step)
    y = frame.top
    for label, lines, tall in zip(labels, wrapped, heights, strict=True):
        canvas.paragraph(left - 0.15, y + tall / 2, lines, align="right")
        start = y + (tall - bar * len(series)) / 2
        for index, line in enumerate(series):
            point = next((p for p in line.points if p.label == label), None)
            colour = style.colour_of(index) if several else style.BASE
            _bar(canvas, point, x, start + bar * (index + 0.5), bar, colour)
        y += tall
    canvas.line([(x(0), frame.top), (x(0), frame.bottom - 0.5)], style.AXIS, 0.8)
    return canvas


def describe(spec: FigureSpec) -> str:
    """Say the most and least chosen option, with limits; by group when there are several."""
    series = plain_series(spec)
    sentences = []
    for line in series:
        found = extremes(line.points)
        if not found:
            continue
        high, low = found
        limits = f"（95%置信区间{high.low_text}至{high.high_text}）" if high.low_text else ""
        start = f"{line.name}：" if len(series) > 1 else ""
        sentences.append(
            f"{start}最高为{named(spec, high, line)}{limits}，最低为{named(spec, low, line)}"
        )
        if len(series) == 1:
            rest = sorted(
                (p for p in line.points if p not in found and p.value is not None),
                key=lambda p: -(p.value or 0.0),
            )
            sentences += (
                [f"其余依次为{'、'.join(named(spec, p, line) for p in rest)}"] if rest else []
            )
            sentences += [f"{p.label}为{said(spec, p, line)}" for p in rest[:1] if len(rest) > 6]
    return fit(spec, "条形图", sentences)


def _bar(
    canvas: Canvas, point: Point | None, x: Scale, middle: float, bar: float, colour: str
) -> None:
    if point is None or point.value is None:
        canvas.text(x(0) + 0.12, middle, GAP, size=style.SMALL, colour=style.FAINT, role="note")
        return
    half = bar * 0.37
    canvas.rect(x(0), middle - half, x(point.value), middle + half, colour)
    edge = x(point.value)
    if point.low is not None and point.high is not None:
        inside = style.on(colour)
        low, high = x(point.low), x(point.high)
        canvas.line([(low, middle), (edge, middle)], inside, 0.8)
        canvas.line([(low, middle - 0.06), (low, middle + 0.06)], inside, 0.8)
        canvas.line([(edge, middle), (high, middle)], style.INK, 0.8)
        canvas.line([(high, middle - 0.06), (high, middle + 0.06)], style.INK, 0.8)
        edge = max(edge, high)
    below = point.value < 0
    canvas.text(
        (x(point.value) if below else edge) + (-0.1 if below else 0.1),
        middle,
        point.text,
        size=style.SMALL,
        align="right" if below else "left",
        role="value",
        key=point.key,
        ground=style.PAPER,
    )
