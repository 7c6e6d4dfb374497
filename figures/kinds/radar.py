"""Radar: profiles over the dimensions on one scale from zero, one panel per profile, the mean broken.

Series: one polygon each, points labelled by axis; a series of role ``reference`` is drawn in every panel.
Options: ``maximum`` (default: a round value above all).
"""

from __future__ import annotations

import math

from figures import style
from figures.canvas import Canvas, Horizontal
from figures.frame import GAP, Legend, known, open_frame, option, plain_series, with_role
from figures.layout import wrap
from figures.scale import extent
from figures.spec import FigureSpec, Series
from figures.words import extremes, fit, said


def draw(spec: FigureSpec) -> Canvas:
    """Draw one radar per series, side by side."""
    series = plain_series(spec)
    references = with_role(spec, "reference")
    columns = 1 if len(series) == 1 else 2
    rows = -(-len(series) // columns)
    tall = 7.4 if len(series) == 1 else 6.8
    legend = [Legend(s.name, style.CONTRAST, "line", shape="", dash="dash") for s in references]
    if len(series) == 1:
        legend.insert(0, Legend(series[0].name, style.ACCENT, "line", shape="circle"))
    frame = open_frame(spec, rows * tall, legend)
    wide = frame.width / columns
    top_value = option(spec, "maximum", 0) or extent(known(spec.series), zero=True, count=4)[1]
    side = max(
        style.width_of(text) for s in series for p in s.points for text in wrap(p.label, 1.9)
    )
    for index, line in enumerate(series):
        left = (index % columns) * wide
        if index == len(series) - 1 and len(series) % columns:
            left = (frame.width - wide) / 2
        top = frame.top + (index // columns) * tall
        _radar(
            frame.canvas,
            line,
            references,
            (left, top, wide, tall),
            (top_value, side),
            head=len(series) > 1,
        )
    return frame.canvas


def describe(spec: FigureSpec) -> str:
    """Say each profile's strongest and weakest axis, against the mean."""
    sentences = []
    for line in plain_series(spec):
        found = extremes(line.points)
        if found:
            sentences.append(
                f"{line.name}：{found[0].label}最高（{said(spec, found[0], line)}），"
                f"{found[1].label}最低（{said(spec, found[1], line)}）"
            )
    for mean in with_role(spec, "reference"):
        numbers = "、".join(f"{p.label}{p.text}" for p in mean.points if p.value is not None)
        sentences.append(f"{mean.name}依次为{numbers}")
    return fit(spec, "雷达图", sentences)


def _radar(
    canvas: Canvas,
    line: Series,
    references: list[Series],
    box: tuple[float, float, float, float],
    measures: tuple[float, float],
    *,
    head: bool,
) -> None:
    left, top, wide, tall = box
    maximum, side = measures
    centre = (left + wide / 2, top + tall / 2 + (0.3 if head else 0.05))
    reach = min(wide / 2 - side - 0.3, tall / 2 - (1.15 if head else 0.9))
    count = len(line.points)
    angles = [-math.pi / 2 + 2 * math.pi * i / count for i in range(count)]

    def at(share: float, angle: float) -> tuple[float, float]:
        return centre[0] + reach * share * math.cos(angle), centre[1] + reach * share * math.sin(
            angle
        )

    if head:
        canvas.text(
            left + wide / 2, top + 0.25, line.name, size=style.LARGE, bold=True, align="center"
        )
    for ring in (0.25, 0.5, 0.75, 1.0):
        canvas.polygon(
            [at(ring, a) for a in angles], edge=style.RULE if ring < 1 else style.AXIS, width=0.5
        )
    for angle in angles:
        canvas.line([centre, at(1, angle)], style.RULE, 0.5)
    _polygon(
        canvas,
        line,
        [at((p.value or 0.0) / maximum, a) for p, a in zip(line.points, angles, strict=True)],
    )
    for reference in references:
        values = {p.label: p.value or 0.0 for p in reference.points}
        ring_points = [
            at(values.get(p.label, 0.0) / maximum, a)
            for p, a in zip(line.points, angles, strict=True)
        ]
        canvas.line([*ring_points, ring_points[0]], style.CONTRAST, 1.0, "dash")
    for ring in (0.5, 1.0):
        between = at(ring * math.cos(math.pi / count), angles[0] + math.pi / count)
        canvas.text(
            between[0] + (0.1 if ring == 1 else 0.0),
            between[1],
            f"{maximum * ring:g}",
            size=6.4,
            colour=style.FAINT,
            align="left" if ring == 1 else "center",
            role="tick",
            ground=style.PAPER if ring < 1 else "",
        )
    for point, angle in zip(line.points, angles, strict=True):
        x, y = at(1, angle)
        dx, dy = math.cos(angle), math.sin(angle)
        align: Horizontal = "center" if abs(dx) < 0.2 else "left" if dx > 0 else "right"
        x += 0.18 * dx
        y += (0.42 if dy < 0 else 0.45) * dy
        names = wrap(point.label, 1.9)
        number = point.text or GAP
        step = 0.34
        start = y - step * len(names) / 2
        if dy < -0.5:
            start -= step * (len(names) - 1) / 2
        for i, name in enumerate(names):
            canvas.text(x, start + i * step, name, align=align)
        canvas.text(
            x,
            start + len(names) * step,
            number,
            colour=style.ACCENT,
            bold=True,
            align=align,
            role="value" if point.text else "note",
            key=point.key,
        )


def _polygon(canvas: Canvas, line: Series, corners: list[tuple[float, float]]) -> None:
    if len(corners) > 2:
        canvas.polygon(
            corners, style.mix(style.SOFT, style.PAPER, 0.4), edge=style.ACCENT, width=1.6
        )
    else:
        canvas.line(corners, style.ACCENT, 1.6)
    for corner, point in zip(corners, line.points, strict=True):
        if point.value is not None:
            canvas.marker(*corner, "circle", 0.085, style.ACCENT)
