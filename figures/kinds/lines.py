"""Lines over the years, ended by direct labels; a broken line marks the base.

Series: one line each, points labelled by year, in the same order; role ``total`` is drawn strongest and
carries its numbers at every point, role ``reference`` (one point) is a broken line across.
Options: ``numbers`` = ``total`` (default), ``all`` or ``end``: which points print their text.
"""

from __future__ import annotations

from figures import style
from figures.canvas import Canvas
from figures.frame import (
    Frame,
    horizontal_grid,
    known,
    open_frame,
    plain_series,
    tick_width,
    with_role,
)
from figures.layout import spread
from figures.scale import Scale, extent, ticks
from figures.spec import FigureSpec, Point, Series
from figures.words import course, extremes, fit, listing, said

_BODY = 7.4


def draw(spec: FigureSpec) -> Canvas:
    """Draw the lines."""
    frame = open_frame(spec, _BODY)
    series = plain_series(spec)
    labels = list(dict.fromkeys(p.label for s in series for p in s.points))
    low, high, step = extent(known(spec.series))
    at = ticks(low, high, step)
    ends = [_end(s) for s in series]
    room = max(
        style.width_of(f"{s.name}  {e.text if e else ''}", style.SIZE, bold=s.role == "total")
        for s, e in zip(series, ends, strict=True)
    )
    bases = [b for b in with_role(spec, "reference") if b.points[0].value is not None]
    room = max([room, *(style.width_of(b.name, style.SMALL) for b in bases)])
    left = tick_width(at, step) + 0.25
    right = frame.width - room - 0.45
    y = Scale(low, high, frame.bottom - 0.55, frame.top + 0.3)
    x = Scale(0, max(len(labels) - 1, 1), left + 0.35, right - 0.15)
    horizontal_grid(frame.canvas, y, at, left, right, step)
    year_axis(frame, labels, x, left, right, y(low))
    for base in bases:
        _reference(frame, base, y, left, right)
    colours = line_colours(series)
    for line in sorted(series, key=lambda s: s.role == "total"):
        polyline(frame.canvas, line, labels, x, y, *colours[line.name])
    _numbers(frame.canvas, spec, series, labels, x, y, colours)
    end_labels(frame, [*series, *bases], y, right + 0.12, colours)
    return frame.canvas


def describe(spec: FigureSpec) -> str:
    """Say the span, each line's end, course and the extremes."""
    series = plain_series(spec)
    total = [s for s in series if s.role == "total"] or series[:1]
    sentences = []
    for line in total:
        spots = [p for p in line.points if p.value is not None]
        if spots:
            sentences.append(
                f"{line.name}{spots[0].label}年为{said(spec, spots[0], line)}，"
                f"{spots[-1].label}年为{said(spec, spots[-1], line)}，{course(line.points)}"
                if len(spots) > 1
                else f"{line.name}{spots[0].label}年为{said(spec, spots[0], line)}"
            )
    others = [(s, e) for s in series if s not in total and (e := _end(s))]
    if others:
        ranked = sorted(others, key=lambda pair: -(pair[1].value or 0.0))
        sentences.append(
            f"{ranked[0][1].label}年末端由高到低为"
            + "、".join(f"{s.name}{said(spec, e, s)}" for s, e in ranked)
        )
    for line in total:
        found = extremes(line.points)
        if found and found[0] not in (line.points[-1], found[1]):
            high = f"{found[0].label}年的{said(spec, found[0], line)}"
            sentences.append(f"{line.name}最高为{high}")
    absent = [s.name for s in series if any(p.value is None for p in s.points)]
    if absent:
        sentences.append(f"{listing(absent)}部分年份无数据")
    return fit(spec, "折线图", sentences)


def line_colours(series: list[Series]) -> dict[str, tuple[str, str]]:
    """Give each line its colour and marker; the total takes ink, the others the palette in order."""
    found: dict[str, tuple[str, str]] = {}
    index = 0
    has_total = any(s.role == "total" for s in series)
    for line in series:
        if line.role == "total":
            found[line.name] = (style.INK, "circle")
        else:
            found[line.name] = (
                style.drawn(style.colour_of(index)),
                style.marker_of(index + 1 if has_total else index),
            )
            index += 1
    return found


def polyline(
    canvas: Canvas,
    line: Series,
    labels: list[str],
    x: Scale,
    y: Scale,
    colour: str,
    shape: str,
) -> None:
    """Draw one line, broken at gaps, with its markers."""
    strong = line.role == "total"
    run: list[tuple[float, float]] = []
    spots: list[tuple[float, float]] = []
    for point in line.points:
        if point.value is None:
            run = _stroke(canvas, run, colour, strong=strong, role=line.role)
        else:
            spot = (x(labels.index(point.label)), y(point.value))
            run.append(spot)
            spots.append(spot)
    _stroke(canvas, run, colour, strong=strong, role=line.role)
    for spot in spots:
        canvas.marker(*spot, shape, 0.1 if strong else 0.085, colour)


def year_axis(
    frame: Frame, labels: list[str], x: Scale, left: float, right: float, bottom: float
) -> None:
    """Draw the axis of years with a label under each, thinned out when they crowd."""
    canvas = frame.canvas
    canvas.line([(left, bottom), (right, bottom)], style.AXIS, 0.8)
    wide = max(style.width_of(label, style.SIZE) for label in labels) + 0.15
    room = abs(x(1) - x(0)) if len(labels) > 1 else right - left
    every = max(1, -(-int(wide * 100) // max(1, int(room * 100))))
    for index, label in enumerate(labels):
        if (len(labels) - 1 - index) % every == 0:
            canvas.line([(x(index), bottom), (x(index), bottom + 0.07)], style.AXIS, 0.6)
            canvas.text(x(index), bottom + 0.3, label, align="center", role="tick")


def end_labels(
    frame: Frame, series: list[Series], y: Scale, left: float, colours: dict[str, tuple[str, str]]
) -> None:
    """Print name and last number right of each line's end, kept apart, tied by a thin line if moved."""
    ends = [(s, e) for s in series if (e := _end(s)) is not None]
    wanted = [y(e.value or 0.0) for _, e in ends]
    placed = spread(wanted, 0.42, frame.top + 0.1, frame.bottom - 0.35)
    for (line, end), want, at in zip(ends, wanted, placed, strict=True):
        if line.role == "reference":
            frame.canvas.text(left + 0.16, at, line.name, size=style.SMALL, colour=style.CONTRAST)
            continue
        colour, _ = colours[line.name]
        strong = line.role == "total"
        ink = style.inked(colour)
        if abs(at - want) > 0.08:
            frame.canvas.line([(left - 0.1, want), (left + 0.12, at)], colour, 0.5)
        wide = frame.canvas.text(left + 0.16, at, line.name, colour=ink, bold=strong)
        frame.canvas.text(
            left + 0.26 + wide,
            at,
            end.text,
            colour=ink,
            bold=strong,
            role="value",
            key=end.key,
        )


def _end(line: Series) -> Point | None:
    return next((p for p in reversed(line.points) if p.value is not None), None)


def _stroke(
    canvas: Canvas, run: list[tuple[float, float]], colour: str, *, strong: bool, role: str
) -> list[tuple[float, float]]:
    if len(run) > 1:
        canvas.line(run, colour, 2.0 if strong else 1.3, "dash" if role == "scenario" else "")
    return []


def _reference(frame: Frame, base: Series, y: Scale, left: float, right: float) -> None:
    point = base.points[0]
    if point.value is None or not y.inside(point.value):
        return
    at = y(point.value)
    frame.canvas.line([(left, at), (right, at)], style.CONTRAST, 0.8, "dash")


def _clear_side(series: list[Series], line: Series, point: Point, y: Scale) -> float | None:
    """Return where a point's number goes, above or below it; None where other lines crowd both."""
    here = y(point.value or 0.0)
    others = [
        y(p.value) - here
        for s in series
        if s is not line
        for p in s.points
        if p.label == point.label and p.value is not None
    ]
    above = sum(-0.62 < offset < 0 for offset in others)
    below = sum(0 < offset < 0.62 for offset in others)
    room = y.start - here > 0.5
    if above and below:
        return None
    return 0.28 if above and room else -0.28


def _numbers(
    canvas: Canvas,
    spec: FigureSpec,
    series: list[Series],
    labels: list[str],
    x: Scale,
    y: Scale,
    colours: dict[str, tuple[str, str]],
) -> None:
    wanted = str(spec.options.get("numbers", "total"))
    for line in series:
        if wanted == "end" or (wanted == "total" and line.role != "total" and len(series) > 1):
            continue
        end = _end(line)
        for point in line.points:
            if point.value is None or point is end or not point.text:
                continue
            offset = _clear_side(series, line, point, y)
            if offset is None:
                continue
            canvas.text(
                x(labels.index(point.label)),
                y(point.value) + offset,
                point.text,
                size=style.SMALL,
                colour=style.inked(colours[line.name][0]),
                align="center",
                bold=line.role == "total",
                role="value",
                key=point.key,
                ground=style.PAPER,
            )
