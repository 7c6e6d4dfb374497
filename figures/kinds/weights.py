"""Nested weights: a block a dimension, and within it a bar an indicator.

Series: one block each (name = dimension); its first point of group ``whole`` is the dimension's own weight,
the others are its indicators' weights.
"""

from __future__ import annotations

from figures import style
from figures.canvas import Canvas
from figures.frame import open_frame, plain_series
from figures.layout import clip, wrap
from figures.scale import Scale
from figures.spec import FigureSpec, Point, Series
from figures.words import fit, named, said

_ROW = 0.47
_GAP = 0.22
_BLOCK = 3.0


def draw(spec: FigureSpec) -> Canvas:
    """Draw the blocks and bars."""
    blocks = plain_series(spec)
    counts = [max(len(_parts(s)), 2) for s in blocks]
    frame = open_frame(spec, _ROW * sum(counts) + _GAP * (len(blocks) - 1) + 0.05)
    canvas = frame.canvas
    parts = [p for s in blocks for p in _parts(s)]
    names = max(style.width_of(p.label) for p in parts) + 0.15
    left = _BLOCK + min(names, frame.width * 0.5) + 0.3
    room = max(style.width_of(p.text, style.SMALL) for p in parts) + 0.2
    x = Scale(0, max(p.value or 0.0 for p in parts), left, frame.width - room)
    y = frame.top
    for index, (block, count) in enumerate(zip(blocks, counts, strict=True)):
        tall = _ROW * count
        colour = style.colour_of(index)
        _head(canvas, block, colour, y, tall)
        start = y + (tall - _ROW * len(_parts(block))) / 2
        for row, point in enumerate(_parts(block)):
            middle = start + _ROW * (row + 0.5)
            canvas.text(left - 0.15, middle, clip(point.label, left - _BLOCK - 0.3), align="right")
            canvas.rect(left, middle - 0.14, x(point.value or 0.0), middle + 0.14, colour)
            canvas.text(
                x(point.value or 0.0) + 0.1,
                middle,
                point.text,
                size=style.SMALL,
                role="value",
                key=point.key,
            )
        canvas.line([(left, y), (left, y + tall)], style.AXIS, 0.7)
        y += tall + _GAP
    return canvas


def describe(spec: FigureSpec) -> str:
    """Say the dimensions' weights and each dimension's weightiest indicators."""
    blocks = plain_series(spec)
    wholes = [(s, p) for s in blocks for p in s.points if p.group == "whole"]
    count = sum(len(_parts(s)) for s in blocks)
    sentences = [f"{len(blocks)}个维度、{count}项指标"]
    if wholes:
        sentences.append("维度权重：" + "、".join(f"{s.name}{said(spec, p, s)}" for s, p in wholes))
    for block in blocks:
        ranked = sorted(_parts(block), key=lambda p: -(p.value or 0.0))
        if ranked:
            sentences.append(f"{block.name}中权重最高的指标包括{named(spec, ranked[0], block)}")
    return fit(spec, "权重图", sentences)


def _parts(block: Series) -> list[Point]:
    return [p for p in block.points if p.group != "whole" and p.value is not None]


def _head(canvas: Canvas, block: Series, colour: str, y: float, tall: float) -> None:
    canvas.rect(0, y, _BLOCK, y + tall, style.WASH)
    canvas.rect(0, y, 0.16, y + tall, colour)
    ink = style.INK
    whole = next((p for p in block.points if p.group == "whole"), None)
    lines = wrap(block.name, _BLOCK - 0.3, style.SIZE, bold=True)
    shift = 0.18 if whole is not None else 0.0
    canvas.paragraph(_BLOCK / 2, y + tall / 2 - shift, lines, colour=ink, bold=True, align="center")
    if whole is not None:
        canvas.text(
            _BLOCK / 2,
            y + tall / 2 + 0.2 * len(lines) + 0.04,
            whole.text,
            colour=ink,
            align="center",
            role="value",
            key=whole.key,
        )
