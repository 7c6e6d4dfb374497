"""Shares of a whole as stacked bars: one bar a group, one shade an answer.

Series: one per part (in stacking order); points labelled by bar. Numbers too wide for their part are not
printed. Options: ``whole`` (length of the axis, default 100; 0 = the longest bar).
"""

from __future__ import annotations

from figures import style
from figures.canvas import Canvas
from figures.frame import Frame, Legend, open_frame, option, plain_series
from figures.layout import wrap
from figures.scale import Scale
from figures.spec import FigureSpec, Series
from figures.words import extremes, fit, said


def draw(spec: FigureSpec) -> Canvas:
    """Draw the stacked bars."""
    series = plain_series(spec)
    labels = list(dict.fromkeys(p.label for s in series for p in s.points))
    shades = _shades(len(series))
    legend = [Legend(s.name, shades[i]) for i, s in enumerate(series)]
    row = 0.78 if len(labels) < 8 else 0.56
    frame = open_frame(spec, row * len(labels) + 0.15, legend)
    wrapped = [wrap(label, 3.6) for label in labels]
    left = max(style.width_of(line) for lines in wrapped for line in lines) + 0.25
    whole = option(spec, "whole", 100) or max(_sum(series, label) for label in labels)
    x = Scale(0, max(whole, *(_sum(series, label) for label in labels)), left, frame.width - 0.03)
    for index, label in enumerate(labels):
        middle = frame.top + 0.05 + row * (index + 0.5)
        frame.canvas.paragraph(left - 0.15, middle, wrapped[index], align="right")
        _stack(frame, series, shades, label, x, (middle, row))
    frame.canvas.line([(x(0), frame.top), (x(0), frame.bottom - 0.05)], style.AXIS, 0.8)
    return frame.canvas


def describe(spec: FigureSpec) -> str:
    """Say for each part where it is largest and smallest."""
    series = plain_series(spec)
    labels = list(dict.fromkeys(p.label for s in series for p in s.points))
    sentences = []
    if len(labels) == 1:
        parts = [(s, p) for s in series for p in s.points if p.value is not None]
        ranked = sorted(parts, key=lambda pair: -(pair[1].value or 0.0))
        sentences.append("由大到小为" + "、".join(f"{s.name}{said(spec, p, s)}" for s, p in ranked))
        return fit(spec, "堆积条形图", sentences)
    for line in series:
        found = extremes(line.points)
        if found:
            sentences.append(
                f"“{line.name}”{found[0].label}最高（{said(spec, found[0], line)}），"
                f"{found[1].label}最低（{said(spec, found[1], line)}）"
            )
    return fit(spec, "堆积条形图", sentences)


def _shades(count: int) -> list[str]:
    """Return shades from dark to light that stay apart in grey print."""
    if count <= len(style.CATEGORICAL) - 1:
        return [style.CATEGORICAL[i] for i in range(count)]
    return [style.ramp(1 - i / (count - 1)) for i in range(count)]


def _sum(series: list[Series], label: str) -> float:
    return sum(p.value or 0.0 for s in series for p in s.points if p.label == label)


def _stack(
    frame: Frame,
    series: list[Series],
    shades: list[str],
    label: str,
    x: Scale,
    at: tuple[float, float],
) -> None:
    middle, row = at
    start = 0.0
    for line, colour in zip(series, shades, strict=True):
        point = next((p for p in line.points if p.label == label), None)
        if point is None or not point.value:
            continue
        left, right = x(start), x(start + point.value)
        frame.canvas.rect(
            left,
            middle - row * 0.34,
            right,
            middle + row * 0.34,
            colour,
            edge=style.PAPER,
            width=0.8,
        )
        if style.width_of(point.text, style.SMALL) + 0.1 <= right - left:
            frame.canvas.text(
                (left + right) / 2,
                middle,
                point.text,
                size=style.SMALL,
                colour=style.on(colour),
                align="center",
                role="value",
                key=point.key,
            )
        start += point.value
