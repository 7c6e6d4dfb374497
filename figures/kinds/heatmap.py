"""Heat map: rows × columns, shade by value and every value printed.

Series: one row each (``role`` ``break`` starts a new block of rows with the unit as its head is not used;
blocks come from the points' ``group`` with the spec's groups); points labelled by column.
Options: ``by`` = ``all`` (default, one scale) or ``column`` (each column its own scale).
"""

from __future__ import annotations

from figures import style
from figures.canvas import Canvas
from figures.frame import GAP, Frame, known, open_frame, plain_series
from figures.layout import wrap
from figures.spec import FigureSpec, Series
from figures.words import extremes, fit, listing, said

_ROW = 0.44


def draw(spec: FigureSpec) -> Canvas:
    """Draw the table of shades."""
    rows = plain_series(spec)
    columns = list(dict.fromkeys(p.label for s in rows for p in s.points))
    blocks = _blocks(spec, rows)
    side = max((style.width_of(name, style.SMALL) for name, _ in blocks if name), default=0.0)
    names = max(style.width_of(s.name) for s in rows)
    left = (side + 0.3 if side else 0.0) + names + 0.2
    wide = (style.TEXT_WIDTH - left) / len(columns)
    heads = [wrap(name, wide - 0.1, style.SIZE, bold=True) for name in columns]
    head = 0.36 * max(len(h) for h in heads) + 0.15
    body = head + _ROW * len(rows) + 0.12 * (len(blocks) - 1) + 0.05
    frame = open_frame(spec, body)
    for index, lines in enumerate(heads):
        frame.canvas.paragraph(
            left + wide * (index + 0.5),
            frame.top + head / 2 - 0.04,
            lines,
            align="center",
            bold=True,
        )
    scales = _scales(spec, rows, columns)
    y = frame.top + head
    for name, members in blocks:
        if name:
            _block_head(frame, name, side, y, _ROW * len(members))
        for row in members:
            frame.canvas.text(left - 0.15, y + _ROW / 2, row.name, align="right")
            _row(frame.canvas, row, columns, left, wide, y, scales)
            y += _ROW
        y += 0.12
    return frame.canvas


def describe(spec: FigureSpec) -> str:
    """Name the highest and lowest row of each column."""
    rows = plain_series(spec)
    columns = list(dict.fromkeys(p.label for s in rows for p in s.points))
    sentences = [f"{len(rows)}行{len(columns)}列，颜色越深数值越高"]
    for column in columns:
        cells = [(s, p) for s in rows for p in s.points if p.label == column]
        found = extremes([p for _, p in cells])
        if found:
            owner = {id(p): s.name for s, p in cells}
            sentences.append(
                f"{column}最高为{owner[id(found[0])]}（{said(spec, found[0])}），"
                f"最低为{owner[id(found[1])]}（{said(spec, found[1])}）"
            )
    absent = [s.name for s in rows if any(p.value is None for p in s.points)]
    if absent:
        sentences.append(f"{listing(absent)}部分数值缺失")
    return fit(spec, "热力图", sentences)


def _blocks(spec: FigureSpec, rows: list[Series]) -> list[tuple[str, list[Series]]]:
    """Cut the rows, in their order, where the group of their points changes."""
    names = dict(spec.groups)
    blocks: list[tuple[str, list[Series]]] = []
    for row in rows:
        name = names.get(row.points[0].group, "") if row.points else ""
        if blocks and blocks[-1][0] == name:
            blocks[-1][1].append(row)
        else:
            blocks.append((name, [row]))
    return blocks


def _scales(
    spec: FigureSpec, rows: list[Series], columns: list[str]
) -> dict[str, tuple[float, float]]:
    values = known(rows)
    whole = (min(values), max(values))
    if spec.options.get("by") != "column":
        return dict.fromkeys(columns, whole)
    found = {}
    for column in columns:
        own = [p.value for s in rows for p in s.points if p.label == column and p.value is not None]
        found[column] = (min(own), max(own)) if own else whole
    return found


def _block_head(frame: Frame, name: str, side: float, y: float, tall: float) -> None:
    frame.canvas.line([(side + 0.16, y + 0.04), (side + 0.16, y + tall - 0.04)], style.AXIS, 0.8)
    frame.canvas.text(0.02, y + tall / 2, name, size=style.SMALL, colour=style.MUTED)


def _row(
    canvas: Canvas,
    row: Series,
    columns: list[str],
    left: float,
    wide: float,
    y: float,
    scales: dict[str, tuple[float, float]],
) -> None:
    cells = {p.label: p for p in row.points}
    for index, column in enumerate(columns):
        x0, x1 = left + wide * index, left + wide * (index + 1)
        middle = ((x0 + x1) / 2, y + _ROW / 2)
        point = cells.get(column)
        if point is None or point.value is None:
            canvas.rect(
                x0 + 0.02, y + 0.02, x1 - 0.02, y + _ROW - 0.02, style.PAPER, edge=style.RULE
            )
            canvas.text(
                *middle, GAP, size=style.SMALL, colour=style.FAINT, align="center", role="note"
            )
            continue
        low, high = scales[column]
        colour = style.ramp((point.value - low) / (high - low) if high > low else 0.5)
        canvas.rect(x0 + 0.02, y + 0.02, x1 - 0.02, y + _ROW - 0.02, colour)
        canvas.text(
            *middle,
            point.text,
            size=style.SMALL,
            colour=style.on(colour),
            align="center",
            role="value",
            key=point.key,
        )
