"""Matrix of names: which regions fall into which cell (zones × forms).

Series: one row each; points labelled by column, ``text`` the names, joined by 、, ``value`` how many.
"""

from __future__ import annotations

from figures import style
from figures.canvas import Canvas
from figures.frame import GAP, open_frame
from figures.layout import wrap, wrap_list
from figures.spec import FigureSpec
from figures.words import fit

_SIDE = 1.7
_LEAD = 0.36


def draw(spec: FigureSpec) -> Canvas:
    """Draw the table of names, shaded by how many a cell holds."""
    columns = list(dict.fromkeys(p.label for s in spec.series for p in s.points))
    wide = (style.TEXT_WIDTH - _SIDE) / len(columns)
    cells = [{p.label: wrap_list(p.text, wide - 0.3) for p in s.points} for s in spec.series]
    heights = [max([len(lines) for lines in row.values()] + [1]) * _LEAD + 0.4 for row in cells]
    frame = open_frame(spec, 0.62 + sum(heights) + 0.05)
    canvas = frame.canvas
    most = max([p.value or 0.0 for s in spec.series for p in s.points] + [1.0])
    for index, name in enumerate(columns):
        left = _SIDE + wide * index
        canvas.rect(
            left + 0.03, frame.top + 0.03, left + wide - 0.03, frame.top + 0.58, style.ACCENT
        )
        canvas.text(
            left + wide / 2, frame.top + 0.305, name, bold=True, align="center", colour=style.PAPER
        )
    y = frame.top + 0.62
    for row, texts, tall in zip(spec.series, cells, heights, strict=True):
        canvas.paragraph(
            _SIDE / 2,
            y + tall / 2,
            wrap(row.name, _SIDE - 0.2, bold=True),
            bold=True,
            align="center",
        )
        for index, name in enumerate(columns):
            point = next((p for p in row.points if p.label == name), None)
            lines = texts.get(name, [])
            left = _SIDE + wide * index
            share = (point.value or 0.0) / most if point is not None else 0.0
            fill = style.mix(style.PAPER, style.SEQUENTIAL[1], share) if lines else style.PAPER
            canvas.rect(
                left + 0.03, y + 0.03, left + wide - 0.03, y + tall - 0.03, fill, edge=style.RULE
            )
            if lines:
                canvas.paragraph(left + wide / 2, y + tall / 2, lines, align="center")
            else:
                canvas.text(
                    left + wide / 2,
                    y + tall / 2,
                    GAP,
                    colour=style.FAINT,
                    align="center",
                    role="note",
                )
        y += tall
    return canvas


def describe(spec: FigureSpec) -> str:
    """Say who stands in each column."""
    columns = list(dict.fromkeys(p.label for s in spec.series for p in s.points))
    sentences = [f"{len(spec.series)}行{len(columns)}列"]
    for name in columns:
        parts = [
            f"{s.name}有{p.text}"
            for s in spec.series
            for p in s.points
            if p.label == name and p.text
        ]
        if parts:
            sentences.append(f"{name}：" + "，".join(parts))
    return fit(spec, "矩阵图", sentences)
