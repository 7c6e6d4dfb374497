"""One series of a chart: its look, labels, error bars, trend, and the numbers cached beside their cells."""

from __future__ import annotations

from collections.abc import Sequence

from figures import style
from report.output.docx.charts.model import Chart, ChartSeries, Label, Plot
from report.output.docx.charts.numbers import stored
from report.output.docx.charts.shapes import (
    area,
    hidden,
    outline,
    solid,
    stroke,
    text_properties,
    text_run,
)
from report.output.docx.charts.workbook import References, error_amounts
from report.output.docx.oxml import Element, el

_MARKERS = {
    "circle": "circle",
    "diamond": "diamond",
    "square": "square",
    "triangle": "triangle",
    "inverted": "x",
    "plus": "plus",
    "dash": "dash",
}


def series_xml(
    chart: Chart, plot: Plot, series: ChartSeries, index: int, refs: References
) -> Element:
    """Return ``c:ser`` of a series, its children in the order its plot's kind wants."""
    node = el("c:ser", el("c:idx", val=str(index)), el("c:order", val=str(index)))
    node.append(el("c:tx", _strings("c:strRef", refs.name, [series.name])))
    bars = plot.kind in {"bar", "column"}
    node.append(_look(plot, series))
    if bars:
        node.append(el("c:invertIfNegative", val="0"))
        for place, colour in sorted(series.fills.items()):
            node.append(
                el(
                    "c:dPt", el("c:idx", val=str(place)), el("c:invertIfNegative", val="0"),
                    el("c:bubble3D", val="0"), area(colour),
                )
            )  # fmt: skip
    else:
        node.append(_marker(series))
    node.append(_labels(plot, series))
    if series.trend:
        node.append(
            el(
                "c:trendline", outline(style.CONTRAST, 1.1, "dash"),
                el("c:trendlineType", val=_trend(chart)), el("c:dispRSqr", val="0"),
                el("c:dispEq", val="0"),
            )
        )  # fmt: skip
    if series.limits:
        node.append(_errors(series, refs))
    if plot.kind == "scatter":
        node.append(el("c:xVal", _numbers(refs.categories, chart.x, "General")))
        node.append(el("c:yVal", _numbers(refs.values, series.values, series.code)))
        node.append(el("c:smooth", val="0"))
        return node
    node.append(el("c:cat", _strings("c:strRef", refs.categories, chart.categories)))
    node.append(el("c:val", _numbers(refs.values, series.values, series.code)))
    if plot.kind == "line":
        node.append(el("c:smooth", val="0"))
    return node


def _trend(chart: Chart) -> str:
    """Return the curve that is straight on the chart's axes."""
    across = chart.across is not None and chart.across.log
    if chart.up.log:
        return "power" if across else "exp"
    return "log" if across else "linear"


def _look(plot: Plot, series: ChartSeries) -> Element:
    if plot.kind in {"bar", "column"}:
        return area(series.colour, style.PAPER if plot.stacked else "")
    if not series.line:
        return hidden()
    return outline(series.colour, series.width, series.dash)


def _marker(series: ChartSeries) -> Element:
    if not series.marker:
        return el("c:marker", el("c:symbol", val="none"))
    scattered = not series.line and series.marker != "dash"
    edge = stroke(style.INK, 0.4) if scattered else el("a:ln", solid(series.colour), w="9525")
    size = 18 if series.marker == "dash" else 6 if scattered else 5
    return el(
        "c:marker",
        el("c:symbol", val=_MARKERS[series.marker]),
        el("c:size", val=str(size)),
        el("c:spPr", solid(series.colour), edge),
    )


def _labels(plot: Plot, series: ChartSeries) -> Element:
    node = el("c:dLbls")
    for label in sorted(series.labels, key=lambda each: each.index):
        node.append(_label(plot, series, label))
    for name in _SHOW:
        node.append(el(f"c:{name}", val="0"))
    return node


_SHOW = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")


def _label(plot: Plot, series: ChartSeries, label: Label) -> Element:
    node = el("c:dLbl", el("c:idx", val=str(label.index)))
    if label.dx or label.dy:
        moved = el("c:manualLayout", el("c:x", val=f"{label.dx:.5f}"), el("c:y", val=f"{label.dy:.5f}"))  # fmt: skip
        node.append(el("c:layout", moved))
    size = style.SIZE if label.series_name and not label.text else style.SMALL
    colour = label.colour or style.INK
    if label.text:
        words = f"{series.name}  {label.text}" if label.series_name else label.text
        run = text_run(words, size, colour, bold=label.bold)
        rich = el("c:rich", el("a:bodyPr", wrap="none"), el("a:lstStyle"), el("a:p", run))
        node.append(el("c:tx", rich))
    else:
        node.append(el("c:numFmt", formatCode=label.code or "General", sourceLinked="0"))
    node.append(el("c:spPr", el("a:noFill"), el("a:ln", el("a:noFill"))))
    node.append(text_properties(size, colour, bold=label.bold, wrap=False))
    if label.position and plot.kind != "radar":
        node.append(el("c:dLblPos", val=label.position))
    shown = {"showVal"} | ({"showSerName"} if label.series_name and not label.text else set())
    for name in _SHOW:
        node.append(el(f"c:{name}", val="1" if name in shown else "0"))
    if label.series_name:
        node.append(el("c:separator", text="  "))
    return node


def _errors(series: ChartSeries, refs: References) -> Element:
    amounts = error_amounts(series)
    return el(
        "c:errBars",
        el("c:errBarType", val="both"),
        el("c:errValType", val="cust"),
        el("c:noEndCap", val="0"),
        el("c:plus", _numbers(refs.above, [above for _, above in amounts], "General")),
        el("c:minus", _numbers(refs.below, [below for below, _ in amounts], "General")),
        outline(style.INK, 0.8),
    )


def cached_numbers(values: Sequence[float | None], code: str) -> Element:
    """Return the cache of numbers: what is drawn until someone edits the data."""
    cache = el(
        "c:numCache",
        el("c:formatCode", text=code or "General"),
        el("c:ptCount", val=str(len(values))),
    )
    for place, value in enumerate(values):
        if value is not None:
            cache.append(el("c:pt", el("c:v", text=f"{stored(value):.15g}"), idx=str(place)))
    return cache


def _numbers(formula: str, values: Sequence[float | None], code: str) -> Element:
    return el("c:numRef", el("c:f", text=formula), cached_numbers(values, code))


def _strings(name: str, formula: str, texts: Sequence[str]) -> Element:
    cache = el("c:strCache", el("c:ptCount", val=str(len(texts))))
    for place, text in enumerate(texts):
        cache.append(el("c:pt", el("c:v", text=text), idx=str(place)))
    return el(name, el("c:f", text=formula), cache)
