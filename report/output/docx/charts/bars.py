"""Bars lying and standing: rankings, survey shares with limits, grouped columns, stacked shares."""

from __future__ import annotations

from dataclasses import replace

from figures import style
from figures.frame import (
    group_colours,
    highlights,
    known,
    option,
    plain_series,
    text_of,
    tick_width,
    with_role,
)
from figures.layout import wrap
from figures.scale import extent, ticks
from figures.spec import FigureSpec, Point, Series
from report.output.docx.charts.model import Axis, Box, Chart, ChartSeries, Plot
from report.output.docx.charts.numbers import common_code
from report.output.docx.charts.sheet import number_label, open_sheet

Size = tuple[float, float]
LIMITS_NOTE = "注：细线为95%置信区间。"
_CAP = 0.14  # cm: what a number keeps from the cap of an error bar


def ranking(spec: FigureSpec, size: Size, *, thin: bool = False) -> Chart:
    """Build ranked bars, one series a group; the mean is a bar of its own, in its place in the order."""
    main = plain_series(spec)[0]
    mean = next((s for s in with_role(spec, "reference") if s.points[0].value is not None), None)
    rows: list[tuple[str, Point, bool]] = [
        (f"{p.x_text} {p.label}" if p.x_text else p.label, p, False) for p in main.points
    ]
    if mean:
        rows.insert(_rank(main, mean.points[0]), (mean.name or mean.points[0].label, mean.points[0], True))  # fmt: skip
    colours = {group: colour for group, (colour, _) in group_colours(spec).items()}
    shown = [(g, name) for g, name in spec.groups if any(p.group == g for p in main.points)]
    marked = highlights(spec)
    wanted: list[tuple[str, str, str]] = [(g, name, colours[g]) for g, name in shown]
    if any(p.group not in dict(shown) for p in main.points):
        wanted.append(("", main.name, style.BASE))
    series = []
    for group, name, colour in wanted:
        held = [
            None if is_mean or (p.group if p.group in dict(shown) else "") != group else p
            for _, p, is_mean in rows
        ]
        series.append(_bars(name, held, colour, marked, in_legend=bool(shown)))
    if mean:
        held = [p if is_mean else None for _, p, is_mean in rows]
        name = mean.name or mean.points[0].label
        # Among the groups' colours ink tells the mean apart.
        colour = style.INK if shown else style.CONTRAST
        series.append(_bars(name, held, colour, marked, in_legend=bool(shown)))
    values = [*known([main]), *known([mean] if mean else [])]
    low, high = min(0.0, *values), max(0.0, *values)
    entries = [s.name for s in series if s.in_legend]
    sheet = open_sheet(spec, size, entries)
    left = min(max(style.width_of(text) for text, *_ in rows) + 0.3, sheet.width * 0.42)
    room = max(style.width_of(text_of(p), style.SMALL) for _, p, _ in rows) + 0.3
    box = Box(left, sheet.top, sheet.width - room, sheet.bottom - 0.05)
    if low < 0:  # the names stand at the axis' low end: leave room for negative numbers before it
        low -= room * (high - low) / (box.right - box.left - room)
    return Chart(
        (Plot("bar", tuple(series), gap=330 if thin else 47, overlap=100),),
        tuple(text for text, *_ in rows),
        Axis(low, high, (high - low) / 5 or 1.0, shown=False),
        sheet.width, sheet.height, box,
        corner=sheet.corner, simulated=spec.simulated, note=sheet.note,
        legend=sheet.legend,
    )  # fmt: skip


def lollipop(spec: FigureSpec, size: Size) -> Chart:
    """Build a ranking of thin bars: Word has no dots on stems."""
    return ranking(spec, size, thin=True)


def survey(spec: FigureSpec, size: Size) -> Chart:
    """Build lying bars, one colour a group of respondents, with their confidence limits."""
    series = plain_series(spec)
    labels = list(dict.fromkeys(p.label for s in series for p in s.points))
    several = len(series) > 1
    limited = any(p.low is not None and p.high is not None for s in series for p in s.points)
    sheet = open_sheet(
        spec, size, [s.name for s in series] if several else [], LIMITS_NOTE if limited else ""
    )
    ends = [v for s in series for p in s.points for v in (p.low, p.high) if v is not None]
    low, high, step = extent([*known(series), *ends], zero=True)
    lines = [line for label in labels for line in wrap(label, 4.6)]
    left = max(style.width_of(line) for line in lines) + 0.35
    room = max(style.width_of(p.text, style.SMALL) for s in series for p in s.points) + 0.3
    right = sheet.width - max(0.3, tick_width(ticks(low, high, step), step) / 2)
    for spot in (p for s in series for p in s.points if p.value is not None):
        share = (max(spot.value or 0.0, spot.high or 0.0, 0.0) - low) / (high - low)
        if share > 0:
            right = min(right, left + (sheet.width - room - left) / share)
    box = Box(left, sheet.top, right, sheet.bottom - 0.55)
    drawn = []
    for index, line in enumerate(series):
        held = _by_label(line, labels)
        bars = _bars(line.name, held, style.colour_of(index) if several else style.BASE, frozenset())  # fmt: skip
        # The number stands beyond the upper limit, not on its line.
        per_unit = (box.right - box.left) / (high - low) / sheet.width
        beyond = {
            n: max(0.0, (p.high - p.value)) * per_unit + _CAP / sheet.width
            for n, p in enumerate(held)
            if p and p.value is not None and p.high is not None and p.value >= 0
        }
        labels_ = tuple(replace(each, dx=beyond.get(each.index, 0.0)) for each in bars.labels)
        limits = tuple(
            (p.low, p.high) if p and p.low is not None and p.high is not None else None
            for p in held
        )
        drawn.append(replace(bars, labels=labels_, limits=limits if any(limits) else ()))
    return Chart(
        (Plot("bar", tuple(drawn), gap=45, overlap=-5 if several else 0),),
        tuple(labels),
        Axis(low, high, step),
        sheet.width, sheet.height, box,
        corner=sheet.corner, simulated=spec.simulated, note=sheet.note,
        legend=sheet.legend,
    )  # fmt: skip


def columns(spec: FigureSpec, size: Size) -> Chart:
    """Build standing columns; means and limits are lines across. Too many columns lie down."""
    series = plain_series(spec)
    labels = list(dict.fromkeys(p.label for s in series for p in s.points))
    references = with_role(spec, "reference")
    widest = max(style.width_of(text_of(p), style.SMALL) for s in series for p in s.points)
    if (size[0] - 1.0) / len(labels) * 0.82 / len(series) < widest + 0.04:
        return survey(spec, size)
    several = len(series) > 1
    colours = _shades(spec, len(series))
    bars = [
        _bars(s.name, _by_label(s, labels), colours[n], frozenset()) for n, s in enumerate(series)
    ]
    across = [r for r in references if len(r.points) == 1 and r.points[0].value is not None]
    lines = [
        _reference(r, labels, single=r in across)
        for r in references
        if r in across or len(r.points) > 1
    ]
    entries = [s.name for s in bars if several] + [s.name for s in lines if s.in_legend]
    sheet = open_sheet(spec, size, entries)
    low, high, step = extent(known(spec.series), zero=True)
    side = max((style.width_of(f"{r.name} {r.points[0].text}", style.SMALL) + 0.3 for r in across), default=0.1)  # fmt: skip
    left = tick_width(ticks(low, high, step), step) + 0.25
    deep = max(len(wrap(name, (sheet.width - left - side) / len(labels) - 0.15)) for name in labels)
    box = Box(left, sheet.top + 0.32, sheet.width - side, sheet.bottom - 0.25 - 0.36 * deep)
    plots = [Plot("column", tuple(bars), gap=22 if several else 70, overlap=-10 if several else 0)]
    if lines:
        plots.append(Plot("line", tuple(lines)))
    return Chart(
        tuple(plots), tuple(labels), Axis(low, high, step),
        sheet.width, sheet.height, box,
        corner=sheet.corner, simulated=spec.simulated, note=sheet.note,
        legend=sheet.legend,
    )  # fmt: skip


def stacked(spec: FigureSpec, size: Size) -> Chart:
    """Build shares of a whole; a number too wide for its part is not printed."""
    series = plain_series(spec)
    labels = list(dict.fromkeys(p.label for s in series for p in s.points))
    sheet = open_sheet(spec, size, [s.name for s in series])
    sums = [sum(p.value or 0.0 for s in series for p in s.points if p.label == name) for name in labels]  # fmt: skip
    whole = max(option(spec, "whole", 100) or 0.0, *sums)
    left = max(style.width_of(line) for name in labels for line in wrap(name, 3.6)) + 0.35
    box = Box(left, sheet.top, sheet.width - 0.05, sheet.bottom - 0.05)
    count = len(series)
    colours = (
        [style.CATEGORICAL[n] for n in range(count)]
        if count < len(style.CATEGORICAL)
        else [style.ramp(1 - n / (count - 1)) for n in range(count)]
    )
    drawn = []
    for line, colour in zip(series, colours, strict=True):
        held = _by_label(line, labels)
        fits = tuple(
            number_label(n, p, position="ctr", colour=style.on(colour))
            for n, p in enumerate(held)
            if p and p.value
            and style.width_of(p.text, style.SMALL) + 0.1 <= p.value / whole * (box.right - left)
        )  # fmt: skip
        drawn.append(
            ChartSeries(line.name, _values(held), colour, code=common_code(held), labels=fits)
        )
    return Chart(
        (Plot("bar", tuple(drawn), stacked=True, gap=47, overlap=100),),
        tuple(labels),
        Axis(0.0, whole, whole / 5, shown=False),
        sheet.width, sheet.height, box,
        corner=sheet.corner, simulated=spec.simulated, note=sheet.note,
        legend=sheet.legend,
    )  # fmt: skip


def _rank(main: Series, mean: Point) -> int:
    """Return where the mean stands among the bars: before the first lower one of a falling order."""
    values = [p.value for p in main.points if p.value is not None]
    if values != sorted(values, reverse=True):
        return len(main.points)
    return next(
        (n for n, p in enumerate(main.points) if p.value is None or p.value < (mean.value or 0.0)),
        len(main.points),
    )


def _by_label(line: Series, labels: list[str]) -> list[Point | None]:
    found = {p.label: p for p in line.points}
    return [found.get(label) for label in labels]


def _values(points: list[Point | None]) -> tuple[float | None, ...]:
    return tuple(None if p is None else p.value for p in points)


def _bars(
    name: str,
    points: list[Point | None],
    colour: str,
    marked: frozenset[str],
    *,
    in_legend: bool = True,
) -> ChartSeries:
    fills: dict[int, str] = {}
    labels = []
    for index, point in enumerate(points):
        if point is None or point.value is None:
            continue
        strong = bool({point.label, point.code} & marked)
        if colour == style.BASE and strong:
            fills[index] = style.ACCENT
        elif colour == style.BASE and point.value < 0:
            fills[index] = style.mix(style.CONTRAST, style.PAPER, 0.25)
        ink = style.CONTRAST if colour == style.CONTRAST else ""
        labels.append(number_label(index, point, position="outEnd", bold=strong, colour=ink))
    return ChartSeries(
        name,
        _values(points),
        colour,
        code=common_code(points),
        labels=tuple(labels),
        fills=fills,
        in_legend=in_legend,
    )


def _reference(reference: Series, labels: list[str], *, single: bool) -> ChartSeries:
    """Return the line of a mean across all columns, or a mark at each."""
    if single:
        point = reference.points[0]
        last = len(labels) - 1
        label = number_label(last, point, position="r", colour=style.CONTRAST, series_name=True)
        return ChartSeries(
            reference.name or point.label,
            (point.value,) * len(labels),
            style.CONTRAST,
            code=common_code([point]),
            labels=(label,),
            width=0.9,
            dash="dash",
            in_legend=False,
            derived=len(labels) > 1,
        )
    held = _by_label(reference, labels)
    return ChartSeries(
        reference.name,
        _values(held),
        style.CONTRAST,
        code=common_code(held),
        marker="dash",
        line=False,
    )


def _shades(spec: FigureSpec, count: int) -> list[str]:
    if count == 1:
        return [style.BASE]
    if spec.options.get("shades") == "sequence":
        return [style.ramp(0.3 + 0.7 * n / (count - 1)) for n in range(count)]
    return [style.colour_of(n) for n in range(count)]
