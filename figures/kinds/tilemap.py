"""Tile map: each region a square on a schematic grid, shaded in five classes of equal size.

Series: one; points carry ``code`` and ``value``. Options: ``tiles`` = code → [row, column] (0-based),
``classes`` (default 5). It is labelled 示意图 and draws no boundary.
"""

from __future__ import annotations

from collections.abc import Mapping

from figures import style
from figures.canvas import Canvas
from figures.errors import DrawingError
from figures.frame import Legend, open_frame, option, plain_series
from figures.layout import clip
from figures.spec import FigureSpec, Point
from figures.words import fit, gaps, listing, named

_NOTE = "示意图：方格只表示各地区的大致方位，不表示边界、面积和距离；颜色按数值高低等分。"


def draw(spec: FigureSpec) -> Canvas:
    """Draw the tiles and the legend of classes."""
    points = plain_series(spec)[0].points
    tiles = _tiles(spec, points)
    classes = _classes(points, int(option(spec, "classes", 5)))
    rows = [tiles[p.code][0] for p in points]
    columns = [tiles[p.code][1] for p in points]
    across, down = max(columns) - min(columns) + 1, max(rows) - min(rows) + 1
    side = min(style.TEXT_WIDTH / (across + 0.2), 1.42)
    legend = [
        Legend(_range(members), colour)
        for colour, members in zip(_shades(len(classes)), classes, strict=True)
    ]
    if any(p.value is None for p in points):
        legend.append(Legend("无数据", style.PAPER, "hatch"))
    frame = open_frame(spec, side * 0.86 * down + 0.15, legend, [_NOTE])
    left = (frame.width - side * across) / 2
    shade = {
        p.code: colour
        for colour, members in zip(_shades(len(classes)), classes, strict=True)
        for p in members
    }
    for point in points:
        row, column = tiles[point.code]
        x = left + (column - min(columns)) * side
        y = frame.top + 0.05 + (row - min(rows)) * side * 0.86
        _tile(frame.canvas, point, shade.get(point.code, ""), x, y, side)
    return frame.canvas


def describe(spec: FigureSpec) -> str:
    """Name the top and bottom classes and the extremes."""
    points = plain_series(spec)[0].points
    ranked = sorted((p for p in points if p.value is not None), key=lambda p: -(p.value or 0.0))
    sentences = [f"按数值高低把{len(ranked)}个地区分档着色，颜色越深数值越高"]
    if ranked:
        sentences.append(f"最高为{named(spec, ranked[0])}，最低为{named(spec, ranked[-1])}")
    if len(ranked) > 4:
        sentences.append("前列还有" + listing((p.label for p in ranked[1:5]), 4))
    sentences.append(gaps(points))
    return fit(spec, "地区分布示意图", sentences)


def _tiles(spec: FigureSpec, points: tuple[Point, ...]) -> dict[str, tuple[int, int]]:
    given = spec.options.get("tiles")
    if not isinstance(given, Mapping):
        raise DrawingError("bad-option", spec.id, "option tiles gives no grid")
    found: dict[str, tuple[int, int]] = {}
    for point in points:
        cell = given.get(point.code)
        if not isinstance(cell, (list, tuple)) or len(cell) != 2:
            raise DrawingError("bad-option", spec.id, f"no tile for {point.label} ({point.code})")
        found[point.code] = (int(cell[0]), int(cell[1]))
    if len(set(found.values())) < len(found):
        raise DrawingError("bad-option", spec.id, "two regions share a tile")
    return found


def _classes(points: tuple[Point, ...], count: int) -> list[list[Point]]:
    """Cut the regions into ``count`` classes of equal size, lowest first; equal values stay together."""
    ranked = sorted((p for p in points if p.value is not None), key=lambda p: p.value or 0.0)
    count = max(1, min(count, len({p.value for p in ranked}), len(style.SEQUENTIAL)))
    classes: list[list[Point]] = [[] for _ in range(count)]
    for rank, point in enumerate(ranked):
        index = min(rank * count // len(ranked), count - 1)
        for earlier, members in enumerate(classes[:index]):
            if members and members[-1].value == point.value:
                index = earlier
                break
        classes[index].append(point)
    return [members for members in classes if members]


def _shades(count: int) -> list[str]:
    if count == 1:
        return [style.SEQUENTIAL[2]]
    return [style.ramp(i / (count - 1)) for i in range(count)]


def _range(members: list[Point]) -> str:
    low, high = members[0].text, members[-1].text
    return low if low == high else f"{low}～{high}"


def _tile(canvas: Canvas, point: Point, colour: str, x: float, y: float, side: float) -> None:
    gap, tall = 0.05, side * 0.86
    right, bottom = x + side - gap, y + tall - gap
    if colour:
        canvas.rect(x, y, right, bottom, colour)
    else:
        canvas.rect(x, y, right, bottom, style.PAPER, edge=style.RULE, width=0.7)
        canvas.hatch(x, y, right, bottom, style.RULE)
    ink = style.on(colour) if colour else style.INK
    middle = (x + right) / 2
    canvas.text(
        middle,
        y + tall * 0.33,
        clip(point.label, side - 0.12),
        colour=ink,
        align="center",
        bold=True,
        ground="" if colour else style.PAPER,
    )
    if point.value is not None:
        canvas.text(
            middle,
            y + tall * 0.68,
            point.text,
            size=style.SMALL,
            colour=ink,
            align="center",
            role="value",
            key=point.key,
        )
