"""A measured line that opens into labelled scenario lines: projections, never forecasts.

Series: the first is history (role ``total``), those of role ``scenario`` continue it; points are labelled
by year. The last known point of history starts every scenario.
"""

from __future__ import annotations

from figures import style
from figures.canvas import Canvas
from figures.frame import horizontal_grid, known, open_frame, plain_series, tick_width
from figures.kinds.lines import end_labels, year_axis
from figures.scale import Scale, extent, ticks
from figures.spec import FigureSpec, Point, Series
from figures.words import fit, said

_BODY = 7.2
_NOTE = "注：虚线为情景推算，按所列假设外推，不是预测。"


def draw(spec: FigureSpec) -> Canvas:
    """Draw history, the fan between the outer scenarios, and the scenario lines."""
    frame = open_frame(spec, _BODY, notes=[_NOTE])
    canvas = frame.canvas
    series = plain_series(spec)
    history, futures = _parts(series)
    labels = list(dict.fromkeys(p.label for s in [history, *futures] for p in s.points))
    low, high, step = extent(known(spec.series))
    at = ticks(low, high, step)
    ended = futures or [history]
    room = max(style.width_of(f"{s.name}  {_last(s).text}") for s in ended)
    left, right = tick_width(at, step) + 0.25, frame.width - room - 0.45
    y = Scale(low, high, frame.bottom - 0.55, frame.top + 0.3)
    x = Scale(0, max(len(labels) - 1, 1), left + 0.35, right - 0.15)
    horizontal_grid(canvas, y, at, left, right, step)
    joint = _last(history)
    colours = {s.name: (style.colour_of(i), "circle") for i, s in enumerate(futures)}
    colours[history.name] = (style.INK, "circle")
    runs = []
    for line in futures:
        run = [(x(labels.index(joint.label)), y(joint.value or 0.0))]
        run += [(x(labels.index(p.label)), y(p.value)) for p in line.points if p.value is not None]
        runs.append(run)
    if len(runs) > 1:
        outer = sorted(runs, key=lambda run: run[-1][1])
        canvas.polygon([*outer[0], *reversed(outer[-1])], style.mix(style.SOFT, style.PAPER, 0.55))
    year_axis(frame, labels, x, left, right, y(low))
    for line, run in zip(futures, runs, strict=True):
        canvas.line(run, colours[line.name][0], 1.4, "dash")
        for spot in run[1:]:
            canvas.marker(*spot, "circle", 0.085, style.PAPER, edge=colours[line.name][0], width=1)
    past = [p for p in history.points if p.value is not None]
    if futures:
        now, level = x(labels.index(joint.label)), y(joint.value or 0.0)
        number = (level - 0.42, level)  # where the last measured number stands
        ends = (now, frame.top + 0.1), (now, y(low))
        canvas.ruled(*ends, style.FAINT, 0.6, "dot", gaps=[number])
    canvas.line([(x(labels.index(p.label)), y(p.value or 0.0)) for p in past], style.INK, 2.0)
    for point in past:
        spot = (x(labels.index(point.label)), y(point.value or 0.0))
        canvas.marker(*spot, "circle", 0.1, style.INK)
        if futures:
            canvas.text(
                spot[0]
                - (0.25 if point is joint else 0.0),  # clear of the scenarios that start here
                spot[1] - 0.28,
                point.text,
                size=style.SMALL,
                align="center",
                bold=True,
                role="value",
                key=point.key,
                ground=style.PAPER if point is not joint else "",
            )
    end_labels(frame, ended, y, right + 0.12, colours)
    return canvas


def describe(spec: FigureSpec) -> str:
    """Say where history ends and where each scenario leads."""
    history, futures = _parts(plain_series(spec))
    joint = _last(history)
    sentences = [f"{history.name}{joint.label}年为{said(spec, joint, history)}"]
    if futures:
        end = _last(futures[0])
        ranked = sorted(futures, key=lambda s: -(_last(s).value or 0.0))
        sentences.append(
            f"到{end.label}年，" + "，".join(f"{s.name}为{said(spec, _last(s), s)}" for s in ranked)
        )
        sentences.append("各情景均为假设推算，不是预测")
    return fit(spec, "情景推算图", sentences)


def _parts(series: list[Series]) -> tuple[Series, list[Series]]:
    futures = [s for s in series if s.role == "scenario"]
    history = next((s for s in series if s.role != "scenario"), series[0])
    return history, futures


def _last(line: Series) -> Point:
    return next((p for p in reversed(line.points) if p.value is not None), line.points[-1])
