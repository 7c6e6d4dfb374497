"""Frame: what every figure shares: unit in the corner, legend, 模拟数据 stamp, notes, axes and grid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from figures import style
from figures.canvas import Canvas
from figures.errors import DrawingError
from figures.layout import wrap
from figures.scale import Scale, tick_text
from figures.spec import FigureSpec, Point, Series

STAMP = "模拟数据"
GAP = "—"  # printed where there is no figure
_ROW = 0.46  # cm: a line of the head or of the notes


@dataclass(frozen=True, slots=True)
class Legend:
    """An entry of the legend: a swatch and its name; a ``tick`` is a short upright line."""

    name: str
    colour: str
    swatch: Literal["patch", "line", "marker", "hatch", "tick"] = "patch"
    shape: str = "circle"
    edge: str = style.PAPER
    dash: Literal["", "dash", "dot"] = ""
    key: str = ""
    hollow: bool = False

    @property
    def width(self) -> float:
        """Width of swatch and name, in cm."""
        return 0.56 + style.width_of(self.name, style.SMALL)


@dataclass(frozen=True, slots=True)
class Frame:
    """A sheet with its head and notes set; the body goes between ``top`` and ``bottom`` (cm)."""

    canvas: Canvas
    top: float
    bottom: float

    @property
    def width(self) -> float:
        """Width of the sheet, cm."""
        return self.canvas.width


def open_frame(
    spec: FigureSpec,
    body: float,
    legend: Sequence[Legend] = (),
    notes: Iterable[str] = (),
    *,
    unit: str | None = None,
    width: float = style.TEXT_WIDTH,
) -> Frame:
    """Make a sheet for a body ``body`` cm high: unit at the left, legend at the right, notes below.

    ``unit`` overrides the spec's own unit line (empty: none).
    """
    corner = unit_line(spec) if unit is None else unit
    stamp = 0.3 + style.width_of(STAMP, style.SMALL) if spec.simulated else 0.0
    taken = style.width_of(corner, style.SMALL) + 0.4 if corner else 0.0
    rows = _legend_rows(legend, width - taken - stamp, width)
    first_is_head = bool(rows) and sum(e.width + 0.32 for e in rows[0]) <= width - taken - stamp
    head_rows = max(
        len(rows) if first_is_head or not (corner or stamp) else len(rows) + 1,
        1 if corner or stamp else 0,
    )
    top = head_rows * _ROW + (0.12 if head_rows else 0.02)
    lines = [
        line
        for note in [*notes, str(spec.options.get("note", ""))]
        for line in wrap(note, width - 0.1, style.SMALL)
    ]
    foot = len(lines) * 0.36 + (0.1 if lines else 0.0)
    canvas = Canvas(spec.id, width, top + body + foot)
    if corner:
        canvas.text(0.02, _ROW / 2, corner, size=style.SMALL, colour=style.MUTED, role="unit")
    if stamp:
        _stamp(canvas, width)
    offset = 0 if first_is_head or not (corner or stamp) else 1
    for index, row in enumerate(rows):
        right = width - (stamp + 0.1 if index + offset == 0 and stamp else 0.0)
        _legend_row(canvas, row, right, (index + offset + 0.5) * _ROW)
    for index, line in enumerate(lines):
        canvas.text(
            0.02,
            top + body + 0.24 + index * 0.36,
            line,
            size=style.SMALL,
            colour=style.MUTED,
            role="note",
        )
    return Frame(canvas, top, top + body)


def unit_line(spec: FigureSpec) -> str:
    """Return what the corner says of the value axis: its label and unit."""
    if spec.y_label:
        return f"{spec.y_label}（{spec.unit}）" if spec.unit else spec.y_label
    return f"单位：{spec.unit}" if spec.unit else ""


def unit_of(spec: FigureSpec, series: Series | None = None) -> str:
    """Return the unit a series' numbers are in."""
    return (series.unit if series and series.unit else spec.unit) or ""


def text_of(point: Point) -> str:
    """Return what is printed for a point: its text, or the sign for no figure."""
    return point.text or ("" if point.value is not None else GAP)


def plain_series(spec: FigureSpec) -> list[Series]:
    """Return the series that are drawn as data, leaving out references and statistics."""
    return [s for s in spec.series if s.role not in {"reference", "statistic"}]


def with_role(spec: FigureSpec, role: str) -> list[Series]:
    """Return the series of one role."""
    return [s for s in spec.series if s.role == role]


def known(series: Iterable[Series]) -> list[float]:
    """Return all values of ``series`` that are not gaps."""
    return [p.value for s in series for p in s.points if p.value is not None]


def require_data(spec: FigureSpec) -> None:
    """Raise DrawingError unless the spec has at least one figure to draw."""
    if not known(spec.series):
        raise DrawingError("bad-data", spec.id, "there is no figure to draw")


def option(spec: FigureSpec, name: str, default: float) -> float:
    """Return a numeric option; DrawingError when it is no number."""
    value = spec.options.get(name, default)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise DrawingError("bad-option", spec.id, f"option {name} is not a number: {value!r}")
    return float(value)


def highlights(spec: FigureSpec) -> frozenset[str]:
    """Return the labels or codes to be emphasised (option ``highlight``)."""
    value = spec.options.get("highlight", ())
    if not isinstance(value, (list, tuple)):
        raise DrawingError("bad-option", spec.id, f"option highlight is not a list: {value!r}")
    return frozenset(str(item) for item in value)


def group_colours(spec: FigureSpec) -> dict[str, tuple[str, str]]:
    """Return (colour, marker) by group id, in legend order."""
    return {
        group: (style.colour_of(i), style.marker_of(i)) for i, (group, _) in enumerate(spec.groups)
    }


# ------------------------------------------------------------------ axes


def horizontal_grid(
    canvas: Canvas, scale: Scale, at: Sequence[float], left: float, right: float, step: float
) -> None:
    """Draw faint lines across at the ticks of a vertical scale, with their labels at the left."""
    for value in at:
        y = scale(value)
        canvas.line([(left, y), (right, y)], style.RULE, 0.5)
        canvas.text(
            left - 0.1,
            y,
            tick_text(value, step),
            size=style.SMALL,
            colour=style.MUTED,
            align="right",
            role="tick",
        )


def vertical_grid(
    canvas: Canvas,
    scale: Scale,
    at: Sequence[float],
    top: float,
    bottom: float,
    step: float,
    *,
    labels: bool = True,
) -> None:
    """Draw faint lines down at the ticks of a horizontal scale, with their labels below."""
    for value in at:
        x = scale(value)
        canvas.line([(x, top), (x, bottom)], style.RULE, 0.5)
        if labels:
            canvas.text(
                x,
                bottom + 0.24,
                tick_text(value, step),
                size=style.SMALL,
                colour=style.MUTED,
                align="center",
                role="tick",
            )


def tick_width(at: Sequence[float], step: float) -> float:
    """Return the width of the widest tick label, cm."""
    return max((style.width_of(tick_text(v, step), style.SMALL) for v in at), default=0.0)


def _stamp(canvas: Canvas, width: float) -> None:
    wide = style.width_of(STAMP, style.SMALL)
    middle = _ROW / 2
    canvas.rect(
        width - wide - 0.22,
        middle - 0.18,
        width - 0.03,
        middle + 0.18,
        edge=style.CONTRAST,
        width=0.6,
    )
    canvas.text(
        width - 0.125,
        middle,
        STAMP,
        size=style.SMALL,
        colour=style.CONTRAST,
        align="right",
        role="stamp",
    )


def _legend_rows(legend: Sequence[Legend], first: float, rest: float) -> list[list[Legend]]:
    """Break the legend into rows; it keeps to one row of its own when it would fit there."""
    total = sum(e.width + 0.32 for e in legend)
    if not legend:
        return []
    room = first if total <= first else rest
    rows: list[list[Legend]] = [[]]
    used = 0.0
    for entry in legend:
        if rows[-1] and used + entry.width + 0.32 > room:
            rows.append([])
            used = 0.0
        rows[-1].append(entry)
        used += entry.width + 0.32
    return rows


def _legend_row(canvas: Canvas, row: Sequence[Legend], right: float, y: float) -> None:
    x = right - sum(e.width + 0.32 for e in row) + 0.32
    for entry in row:
        _swatch(canvas, entry, x, y)
        canvas.text(x + 0.5, y, entry.name, size=style.SMALL, colour=style.INK, key=entry.key)
        x += entry.width + 0.32


def _swatch(canvas: Canvas, entry: Legend, x: float, y: float) -> None:
    if entry.swatch == "patch":
        canvas.rect(x, y - 0.11, x + 0.38, y + 0.11, entry.colour)
    elif entry.swatch == "hatch":
        canvas.rect(x, y - 0.11, x + 0.38, y + 0.11, style.PAPER, edge=style.RULE)
        canvas.hatch(x, y - 0.11, x + 0.38, y + 0.11, style.FAINT)
    elif entry.swatch == "tick":
        canvas.line([(x + 0.2, y - 0.15), (x + 0.2, y + 0.15)], entry.colour, 1.5)
    else:
        if entry.swatch == "line":
            canvas.line([(x, y), (x + 0.4, y)], entry.colour, 1.4, entry.dash)
        if entry.swatch == "marker" or (entry.shape and not entry.dash):
            fill, edge = (style.PAPER, entry.colour) if entry.hollow else (entry.colour, entry.edge)
            canvas.marker(x + 0.2, y, entry.shape, 0.1, fill, edge=edge, width=0.9)
