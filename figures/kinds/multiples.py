"""Small multiples: one little line chart per series, each on its own scale, first and last number printed.

Series: one panel each (name = head, unit under it); points labelled by year.
Options: ``columns`` (default 3), ``shared`` (one vertical scale for all panels), ``baseline`` (a value drawn
as a broken line in each panel that holds it).
"""

from __future__ import annotations

from figures import style
from figures.canvas import Canvas
from figures.frame import GAP, known, open_frame, option, plain_series, unit_of
from figures.layout import clip
from figures.scale import Scale
from figures.spec import FigureSpec, Series
from figures.words import course, fit, said

_PANEL = 3.6
_GUTTER = 0.5


def draw(spec: FigureSpec) -> Canvas:
    """Draw the panels row by row."""
    series = plain_series(spec)
    columns = max(1, min(int(option(spec, "columns", 3)), len(series)))
    rows = -(-len(series) // columns)
    frame = open_frame(spec, rows * _PANEL - 0.15)
    wide = (frame.width - _GUTTER * (columns - 1)) / columns
    values = known(series)
    shared = (min(values), max(values)) if spec.options.get("shared") else None
    for index, line in enumerate(series):
        left = (index % columns) * (wide + _GUTTER)
        top = frame.top + (index // columns) * _PANEL
        _panel(frame.canvas, spec, line, (left, top, left + wide, top + _PANEL - 0.3), shared)
    return frame.canvas


def describe(spec: FigureSpec) -> str:
    """Say each panel's course from first to last, as far as there is room."""
    series = plain_series(spec)
    sentences = [f"共{len(series)}幅小图"]
    for line in series:
        spots = [p for p in line.points if p.value is not None]
        if len(spots) > 1:
            sentences.append(
                f"{line.name}由{spots[0].label}年{said(spec, spots[0], line)}到"
                f"{spots[-1].label}年{said(spec, spots[-1], line)}，{course(line.points)}"
            )
    return fit(spec, "分面折线图", sentences)


def _panel(
    canvas: Canvas,
    spec: FigureSpec,
    line: Series,
    box: tuple[float, float, float, float],
    shared: tuple[float, float] | None,
) -> None:
    left, top, right, bottom = box
    unit = unit_of(spec, line)
    canvas.text(left, top + 0.18, clip(line.name, right - left, bold=True), bold=True)
    canvas.line([(left, top + 0.4), (right, top + 0.4)], style.RULE, 0.6)
    if unit:
        canvas.text(
            left, top + 0.62, f"单位：{unit}", size=style.SMALL, colour=style.MUTED, role="unit"
        )
    spots = [(i, p) for i, p in enumerate(line.points) if p.value is not None]
    if not spots:
        canvas.text((left + right) / 2, (top + bottom) / 2, GAP, align="center", role="note")
        return
    values = [p.value or 0.0 for _, p in spots]
    low, high = shared or (min(values), max(values))
    first, last = spots[0][1], spots[-1][1]
    start = left + style.width_of(first.text, style.SMALL) + 0.22
    wide = style.width_of(last.text, style.SMALL, bold=True)
    falls = len(values) > 1 and values[-1] < values[-2]
    end = right - (wide + 0.16 if falls else max(wide / 2, 0.35))
    x = Scale(0, max(len(line.points) - 1, 1), start, end)
    y = Scale(low, high, bottom - 0.6, top + 1.2)
    base = spec.options.get("baseline")
    if isinstance(base, (int, float)) and low <= base <= high:
        canvas.line([(left, y(base)), (right, y(base))], style.CONTRAST, 0.6, "dash")
    floor = bottom - 0.38
    run: list[tuple[float, float]] = []
    for index, point in enumerate(line.points):
        if point.value is None:
            _area(canvas, run, floor)
            run = []
        else:
            run.append((x(index), y(point.value)))
    _area(canvas, run, floor)
    canvas.line([(left, floor), (right, floor)], style.AXIS, 0.7)
    for index, point in spots:
        strong = point is last
        canvas.marker(
            x(index), y(point.value or 0.0), "circle", 0.09 if strong else 0.06, style.ACCENT
        )
        if point in (first, last):
            canvas.text(
                x(index) + (0.0 if strong and not falls else 0.16 if strong else -0.14),
                y(point.value or 0.0) - (0.26 if strong and not falls else 0.0),
                point.text,
                size=style.SMALL,
                align="right" if not strong else "left" if falls else "center",
                bold=strong,
                role="value",
                key=point.key,
            )
    for index in sorted({0, len(line.points) - 1}):
        canvas.text(
            x(index),
            floor + 0.22,
            line.points[index].label,
            size=style.SMALL,
            colour=style.MUTED,
            align="center",
            role="tick",
        )


def _area(canvas: Canvas, run: list[tuple[float, float]], floor: float) -> None:
    if len(run) > 1:
        canvas.polygon(
            [*run, (run[-1][0], floor), (run[0][0], floor)],
            style.mix(style.SOFT, style.PAPER, 0.55),
        )
        canvas.line(run, style.ACCENT, 1.4)
