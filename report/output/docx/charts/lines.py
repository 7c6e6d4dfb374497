"""Lines over the years, scenarios that continue them, and radar profiles."""

from __future__ import annotations

from figures import style
from figures.frame import known, option, plain_series, tick_width, with_role
from figures.kinds.lines import line_colours
from figures.layout import spread
from figures.scale import Scale, extent, ticks
from figures.spec import FigureSpec, Point, Series
from report.output.docx.charts.model import Axis, Box, Chart, ChartSeries, Label, Plot
from report.output.docx.charts.numbers import common_code
from report.output.docx.charts.sheet import Sheet, number_label, open_sheet

Size = tuple[float, float]
_FAN_NOTE = "注：虚线为情景推算，按所列假设外推，不是预测。"
_GAP = 0.42  # cm between the names at the lines' ends


def lines(spec: FigureSpec, size: Size) -> Chart:
    """Build lines named at their ends; the total, or all that are asked for, carry their numbers."""
    series = plain_series(spec)
    labels = list(dict.fromkeys(p.label for s in series for p in s.points))
    sheet = open_sheet(spec, size, [])
    bases = [b for b in with_role(spec, "reference") if b.points[0].value is not None]
    axis, box = _area(spec, sheet, series, bases)
    colours = line_colours(series)
    inks = {name: style.inked(colour) for name, (colour, _) in colours.items()}
    ends = _ends([*series, *bases], labels, axis, box, sheet, inks)
    wanted = str(spec.options.get("numbers", "total"))
    drawn = []
    for line in series:
        held = _by_label(line, labels)
        end = _last_index(held)
        every = wanted == "all" or (
            wanted == "total" and (line.role == "total" or len(series) == 1)
        )
        numbers = [
            number_label(n, p, position=side, colour=inks[line.name], bold=line.role == "total")
            for n, p in enumerate(held)
            if every
            and p
            and p.value is not None
            and p.text
            and n != end
            and (side := _clear_side(series, line, p, axis, box))
        ]
        drawn.append(
            ChartSeries(
                line.name,
                _values(held),
                colours[line.name][0],
                code=common_code(held),
                labels=(*numbers, *ends.get(line.name, ())),
                width=2.0 if line.role == "total" else 1.3,
                marker=colours[line.name][1],
            )
        )
    # The strongest line is drawn last, over the others.
    drawn.sort(key=lambda each: each.width)
    for base in bases:
        point = base.points[0]
        drawn.append(
            ChartSeries(
                base.name or point.label,
                (point.value,) * len(labels),
                style.CONTRAST,
                code=common_code([point]),
                labels=ends.get(base.name, ()),
                width=0.8,
                dash="dash",
                derived=len(labels) > 1,
            )
        )
    return _chart(spec, sheet, drawn, labels, axis, box)


def fan(spec: FigureSpec, size: Size) -> Chart:
    """Build a measured line and the broken lines of its scenarios, each from the last known point."""
    series = plain_series(spec)
    futures = [s for s in series if s.role == "scenario"]
    history = next((s for s in series if s.role != "scenario"), series[0])
    labels = list(dict.fromkeys(p.label for s in [history, *futures] for p in s.points))
    sheet = open_sheet(spec, size, [], _FAN_NOTE)
    axis, box = _area(spec, sheet, futures or [history], [])
    colours = {s.name: style.colour_of(n) for n, s in enumerate(futures)} | {
        history.name: style.INK
    }
    inks = {name: style.inked(colour) for name, colour in colours.items()}
    ends = _ends(futures or [history], labels, axis, box, sheet, inks)
    past = _by_label(history, labels)
    joint = _last_index(past)
    drawn = []
    for line in futures:
        held = _by_label(line, labels)
        held[joint] = held[joint] or past[joint]
        drawn.append(
            ChartSeries(
                line.name,
                _values(held),
                colours[line.name],
                code=common_code(held),
                labels=ends.get(line.name, ()),
                width=1.4,
                dash="dash",
                marker="circle",
            )
        )
    numbers = tuple(
        number_label(n, p, position="t", bold=True)
        for n, p in enumerate(past)
        if futures and p and p.value is not None
    )
    drawn.append(
        ChartSeries(
            history.name,
            _values(past),
            style.INK,
            code=common_code(past),
            labels=(*numbers, *ends.get(history.name, ())),
            width=2.0,
            marker="circle",
        )
    )
    return _chart(spec, sheet, drawn, labels, axis, box)


def radar(spec: FigureSpec, size: Size) -> Chart:
    """Build all profiles on one radar, the mean broken; a single profile carries its numbers."""
    series = plain_series(spec)
    references = with_role(spec, "reference")
    labels = list(dict.fromkeys(p.label for s in series for p in s.points))
    sheet = open_sheet(spec, size, [s.name for s in [*series, *references]])
    top = option(spec, "maximum", 0) or extent(known(spec.series), zero=True, count=4)[1]
    drawn = []
    for index, line in enumerate(series):
        held = _by_label(line, labels)
        colour = style.ACCENT if len(series) == 1 else style.colour_of(index)
        numbers = [
            number_label(n, p, bold=True, colour=style.inked(colour))
            for n, p in enumerate(held)
            if len(series) == 1 and p and p.value is not None
        ]
        drawn.append(
            ChartSeries(
                line.name, _values(held), colour, code=common_code(held), labels=tuple(numbers),
                width=1.6, marker="circle",
            )
        )  # fmt: skip
    for line in references:
        held = _by_label(line, labels)
        drawn.append(
            ChartSeries(
                line.name, _values(held), style.CONTRAST, code=common_code(held), width=1.0,
                dash="dash",
            )
        )  # fmt: skip
    side = min(sheet.width - 4.0, sheet.bottom - sheet.top - 1.3)
    middle = sheet.width / 2
    box = Box(middle - side / 2, sheet.top + 0.65, middle + side / 2, sheet.top + 0.65 + side)
    return Chart(
        (Plot("radar", tuple(drawn)),), tuple(labels), Axis(0.0, top, top / 4),
        sheet.width, sheet.height, box,
        corner=sheet.corner, simulated=spec.simulated, note=sheet.note,
        legend=sheet.legend,
    )  # fmt: skip


def _clear_side(series: list[Series], line: Series, point: Point, axis: Axis, box: Box) -> str:
    """Return where a point's number goes, above or below it; empty where lines crowd both sides."""
    y = Scale(axis.low, axis.high, box.bottom, box.top)
    here = y(point.value or 0.0)
    others = [
        y(p.value) - here
        for s in series
        if s is not line
        for p in s.points
        if p.label == point.label and p.value is not None
    ]
    if not any(-0.62 < off < 0 for off in others):
        return "t"
    return "" if any(0 < off < 0.62 for off in others) or box.bottom - here < 0.5 else "b"


def _chart(
    spec: FigureSpec,
    sheet: Sheet,
    drawn: list[ChartSeries],
    labels: list[str],
    axis: Axis,
    box: Box,
) -> Chart:
    return Chart(
        (Plot("line", tuple(drawn)),), tuple(labels), axis,
        sheet.width, sheet.height, box,
        corner=sheet.corner, simulated=spec.simulated, note=sheet.note,
    )  # fmt: skip


def _area(
    spec: FigureSpec, sheet: Sheet, ended: list[Series], bases: list[Series]
) -> tuple[Axis, Box]:
    """Return the value axis and the plot's box, with room for the names at the lines' ends."""
    low, high, step = extent(known(spec.series))
    room = max(style.width_of(_end_text(s), bold=s.role == "total") for s in ended)
    room = max([room, *(style.width_of(base.name, style.SMALL) for base in bases)])
    left = tick_width(ticks(low, high, step), step) + 0.25
    box = Box(left, sheet.top + 0.3, sheet.width - room - 0.5, sheet.bottom - 0.55)
    return Axis(low, high, step), box


def _ends(
    series: list[Series],
    labels: list[str],
    axis: Axis,
    box: Box,
    sheet: Sheet,
    inks: dict[str, str],
) -> dict[str, tuple[Label, ...]]:
    """Return the label at each line's end: its name and last number, kept apart from the others."""
    y = Scale(axis.low, axis.high, box.bottom, box.top)
    found: list[tuple[Series, int, Point]] = []
    for line in series:
        held = _by_label(line, labels)
        if line.role == "reference":
            held = [line.points[0]] * len(labels)
        last = _last_index(held)
        point = held[last]
        if point and point.value is not None:
            found.append((line, last, point))
    wanted = [y(point.value or 0.0) for _, _, point in found]
    placed = spread(wanted, _GAP, box.top - 0.2, box.bottom)
    labelled: dict[str, tuple[Label, ...]] = {}
    for (line, last, point), want, at in zip(found, wanted, placed, strict=True):
        shift = (at - want) / sheet.height
        if line.role == "reference":  # its name says what it is; the figures print no number either
            ink = style.CONTRAST
            label = Label(last, text=line.name, position="r", colour=ink, dy=shift)
        else:
            label = number_label(
                last,
                point,
                position="r",
                colour=inks[line.name],
                bold=line.role == "total",
                series_name=True,
                dy=shift,
            )
        labelled[line.name] = (label,)
    return labelled


def _end_text(line: Series) -> str:
    end = next((p for p in reversed(line.points) if p.value is not None), None)
    return f"{line.name}  {end.text if end else ''}"


def _by_label(line: Series, labels: list[str]) -> list[Point | None]:
    found = {p.label: p for p in line.points}
    return [found.get(label) for label in labels]


def _values(points: list[Point | None]) -> tuple[float | None, ...]:
    return tuple(None if p is None else p.value for p in points)


def _last_index(points: list[Point | None]) -> int:
    return max((n for n, p in enumerate(points) if p and p.value is not None), default=0)
