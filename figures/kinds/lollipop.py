"""Stems ended by dots: growth rates or changes, rising to the right and falling to the left of zero.

Series and options as for ``bars``.
"""

from __future__ import annotations

from figures import style
from figures.canvas import Canvas
from figures.frame import GAP, highlights, known, open_frame, plain_series, text_of, with_role
from figures.kinds.bars import (
    label_column,
    label_row,
    mean_line,
    numbers_across,
    ranking_sentences,
    row_height,
)
from figures.scale import Scale
from figures.spec import FigureSpec
from figures.words import fit

MINUS = "\N{MINUS SIGN}"


def draw(spec: FigureSpec) -> Canvas:
    """Draw the stems and dots."""
    stems = plain_series(spec)[0]
    mean = next((s for s in with_role(spec, "reference") if s.points[0].value is not None), None)
    row = row_height(len(stems.points))
    head = 0.42 if mean else 0.05
    frame = open_frame(spec, head + row * len(stems.points) + 0.08)
    canvas = frame.canvas
    right = label_column(frame, stems.points, row)
    values = [*known([stems]), *known([mean] if mean else [])]
    room = max(style.width_of(text_of(p), style.SMALL) for p in stems.points) + 0.32
    x = Scale(
        min(0.0, *values),
        max(0.0, *values),
        right + 0.28 + (room if min(values) < 0 else 0.0),
        frame.width - room,
    )
    top = frame.top + head
    if mean:
        crossed = numbers_across(stems.points, x, mean, top, row, 0.2)
        mean_line(frame, mean, x, top, frame.bottom - 0.06, crossed)
    canvas.line([(x(0), top - 0.03), (x(0), frame.bottom - 0.05)], style.AXIS, 0.8)
    marked = highlights(spec)
    for index, point in enumerate(stems.points):
        middle = top + row * (index + 0.5)
        label_row(canvas, point, right, middle, marked)
        if point.value is None:
            canvas.text(x(0) + 0.12, middle, GAP, size=style.SMALL, colour=style.FAINT, role="note")
            continue
        strong = bool({point.label, point.code} & marked)
        below = point.text.startswith(MINUS)
        colour = style.CONTRAST if below else style.ACCENT if strong else style.BASE
        canvas.line([(x(0), middle), (x(point.value), middle)], colour, 1.5)
        canvas.marker(
            x(point.value),
            middle,
            "circle",
            0.115,
            style.PAPER if below else colour,
            edge=colour,
            width=1.1,
        )
        canvas.text(
            x(point.value) + (-0.2 if below else 0.2),
            middle,
            point.text,
            size=style.SMALL,
            align="right" if below else "left",
            bold=strong,
            role="value",
            key=point.key,
            ground=style.PAPER,
        )
    return canvas


def describe(spec: FigureSpec) -> str:
    """Name the leaders, the last and how many rose and fell."""
    stems = plain_series(spec)[0]
    sentences = ranking_sentences(spec, stems)
    falling = sum(p.text.startswith(MINUS) for p in stems.points)
    if falling:
        sentences.append(f"{falling}项为负")
    return fit(spec, "点线图", sentences)
