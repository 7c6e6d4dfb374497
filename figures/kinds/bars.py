"""Ranked horizontal bars with their numbers, and a broken line for the mean.

Series: the first holds the bars in the order drawn (``x_text`` is printed before the label as its rank,
``group`` colours by the spec's groups); a series of role ``reference`` (one point) is the mean line.
Options: ``highlight`` (labels or codes drawn in the accent colour).
"""

from __future__ import annotations

from figures import style
from figures.canvas import Canvas
from figures.frame import (
    GAP,
    Frame,
    Legend,
    group_colours,
    highlights,
    known,
    open_frame,
    plain_series,
    text_of,
    with_role,
)
from figures.layout import clip
from figures.scale import Scale
from figures.spec import FigureSpec, Point, Series
from figures.words import extremes, fit, gaps, listing, named, said


def draw(spec: FigureSpec) -> Canvas:
    """Draw the bars."""
    bars = plain_series(spec)[0]
    mean = next((s for s in with_role(spec, "reference") if s.points[0].value is not None), None)
    row = row_height(len(bars.points))
    head = 0.42 if mean else 0.05
    used = {p.group for p in bars.points}
    colours = group_colours(spec)
    legend = [Legend(name, colours[g][0]) for g, name in spec.groups if g in used]
    frame = open_frame(spec, head + row * len(bars.points) + 0.08, legend)
    label_right = label_column(frame, bars.points, row)
    values = [p.value for p in bars.points if p.value is not None] + known([mean] if mean else [])
    room = max(style.width_of(text_of(p), style.SMALL) for p in bars.points) + 0.2
    negative = min(values) < 0
    x = Scale(
        min(0.0, *values),
        max(0.0, *values),
        label_right + 0.15 + (room if negative else 0.0),
        frame.width - room - 0.05,
    )
    top = frame.top + head
    if mean:
        crossed = numbers_across(bars.points, x, mean, top, row, 0.1)
        mean_line(frame, mean, x, top, frame.bottom - 0.06, crossed)
    marked = highlights(spec)
    for index, point in enumerate(bars.points):
        middle = top + row * (index + 0.5)
        _bar(frame.canvas, point, x, middle, row, _colour(point, colours, marked), marked)
        label_row(frame.canvas, point, label_right, middle, marked)
    frame.canvas.line([(x(0), top - 0.03), (x(0), frame.bottom - 0.05)], style.AXIS, 0.8)
    return frame.canvas


def describe(spec: FigureSpec) -> str:
    """Name the leaders, the last, the mean and how many lie above it."""
    bars = plain_series(spec)[0]
    return fit(spec, "条形图", ranking_sentences(spec, bars))


def ranking_sentences(spec: FigureSpec, bars: Series) -> list[str]:
    """Return the sentences that tell a ranking: leaders, last, mean, gaps."""
    found = extremes(bars.points)
    if not found:
        return []
    ranked = sorted(
        (p for p in bars.points if p.value is not None), key=lambda p: -(p.value or 0.0)
    )
    sentences = [f"共{len(ranked)}项，最高为{named(spec, found[0], bars)}"]
    if len(ranked) > 3:
        sentences.append("其后为" + listing(named(spec, p, bars) for p in ranked[1:4]))
    if len(ranked) > 1:
        sentences.append(f"最低为{named(spec, found[1], bars)}")
    for mean in with_role(spec, "reference"):
        base = mean.points[0]
        if base.value is not None:
            above = sum((p.value or 0.0) > base.value for p in ranked)
            sentences.append(
                f"{mean.name or base.label}为{said(spec, base, mean)}，{above}项高于该水平"
            )
    sentences.append(gaps(bars.points))
    return sentences


def row_height(count: int) -> float:
    """Return the height of a row, cm: roomy for a few bars, tight for a whole country."""
    return 0.42 if count > 20 else 0.5 if count > 12 else 0.6


def label_column(frame: Frame, points: tuple[Point, ...], row: float) -> float:
    """Return the right edge of the label column."""
    del row
    ranked = any(p.x_text for p in points)
    names = max(style.width_of(p.label, bold=True) for p in points)
    return min((0.36 + 0.18 if ranked else 0.0) + names + 0.03, frame.width * 0.42)


def label_row(
    canvas: Canvas, point: Point, right: float, middle: float, marked: frozenset[str]
) -> None:
    """Print a row's rank at the left margin and its name, flush right, before the axis."""
    strong = bool({point.label, point.code} & marked)
    room = right - (style.width_of(point.x_text, style.SMALL) + 0.1 if point.x_text else 0.0)
    canvas.text(
        right, middle, clip(point.label, room + 0.02, bold=strong), align="right", bold=strong
    )
    if point.x_text:
        canvas.text(
            0.36,
            middle,
            point.x_text,
            size=style.SMALL,
            colour=style.FAINT,
            align="right",
            role="value",
            key=point.x_key,
        )


def numbers_across(
    points: tuple[Point, ...], x: Scale, mean: Series, top: float, row: float, off: float
) -> list[tuple[float, float]]:
    """Return the rows (top, bottom) whose number, ``off`` cm from the bar's end, lies on the mean."""
    at = x(mean.points[0].value or 0.0)
    found = []
    for index, point in enumerate(points):
        sign = -1 if (point.value or 0.0) < 0 else 1
        near = x(point.value or 0.0) + sign * off
        far = near + sign * style.width_of(text_of(point), style.SMALL, bold=True)
        if min(near, far) - 0.08 < at < max(near, far) + 0.08:
            found.append((top + row * index, top + row * (index + 1)))
    return found


def mean_line(
    frame: Frame,
    mean: Series,
    x: Scale,
    top: float,
    bottom: float,
    gaps: list[tuple[float, float]],
) -> None:
    """Draw the broken line of the mean, open at ``gaps``, with its name and number above it."""
    point = mean.points[0]
    at = x(point.value or 0.0)
    name = (mean.name or point.label) + " "
    whole = style.width_of(name + point.text, style.SMALL)
    start = min(max(at - whole / 2, 0.0), frame.width - whole)
    frame.canvas.ruled((at, top - 0.1), (at, bottom), style.CONTRAST, gaps=gaps)
    wide = frame.canvas.text(start, top - 0.26, name, size=style.SMALL, colour=style.CONTRAST)
    frame.canvas.text(
        start + wide,
        top - 0.26,
        point.text,
        size=style.SMALL,
        colour=style.CONTRAST,
        role="value",
        key=point.key,
    )


def _bar(
    canvas: Canvas,
    point: Point,
    x: Scale,
    middle: float,
    row: float,
    colour: str,
    marked: frozenset[str],
) -> None:
    strong = bool({point.label, point.code} & marked)
    if point.value is None:
        canvas.text(x(0) + 0.12, middle, GAP, size=style.SMALL, colour=style.FAINT, role="note")
        return
    half = row * 0.34
    canvas.rect(x(0), middle - half, x(point.value), middle + half, colour)
    below = point.value < 0
    canvas.text(
        x(point.value) + (-0.1 if below else 0.1),
        middle,
        point.text,
        size=style.SMALL,
        align="right" if below else "left",
        bold=strong,
        role="value",
        key=point.key,
        ground=style.PAPER,
    )


def _colour(point: Point, colours: dict[str, tuple[str, str]], marked: frozenset[str]) -> str:
    if point.group in colours:
        return colours[point.group][0]
    if {point.label, point.code} & marked:
        return style.ACCENT
    return style.BASE if (point.value or 0.0) >= 0 else style.mix(style.CONTRAST, style.PAPER, 0.25)
