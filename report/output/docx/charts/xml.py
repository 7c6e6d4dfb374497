"""The chart part: DrawingML charts in the house style, element by element in schema order."""

from __future__ import annotations

from collections.abc import Sequence

from figures import style
from figures.frame import STAMP
from report.output.docx.charts.model import Axis, Box, Chart, Plot
from report.output.docx.charts.numbers import stored, tick_code
from report.output.docx.charts.series import series_xml
from report.output.docx.charts.shapes import outline, text_properties, text_run
from report.output.docx.charts.workbook import References
from report.output.docx.oxml import Element, el, root, to_bytes

CATEGORY, VALUE = "111111111", "222222222"
_GROUP = {"bar": "c:barChart", "column": "c:barChart", "line": "c:lineChart", "scatter": "c:scatterChart", "radar": "c:radarChart"}  # fmt: skip


def chart_xml(chart: Chart, references: Sequence[References], workbook: str) -> bytes:
    """Return the chart part; ``workbook`` is the relationship id of the embedded workbook."""
    space = root("c:chartSpace", ("c", "a", "r"))
    space.append(el("c:date1904", val="0"))
    space.append(el("c:lang", val="zh-CN"))
    space.append(el("c:roundedCorners", val="0"))
    body = el("c:chart")
    title = _title(chart)
    if title is not None:
        body.append(title)
    body.append(el("c:autoTitleDeleted", val="0" if title is not None else "1"))
    body.append(_plot_area(chart, references))
    if chart.legend is not None:
        body.append(_legend(chart, chart.legend))
    body.append(el("c:plotVisOnly", val="1"))
    body.append(el("c:dispBlanksAs", val="gap"))
    space.append(body)
    space.append(el("c:spPr", el("a:noFill"), el("a:ln", el("a:noFill"))))
    space.append(text_properties(style.SIZE, style.INK))
    space.append(el("c:externalData", el("c:autoUpdate", val="0"), r__id=workbook))
    return to_bytes(space)


def _title(chart: Chart) -> Element | None:
    """Return the corner's text (unit, statistic, 模拟数据) as the chart's title, set flush left."""
    parts = []
    if chart.corner:
        parts.append(text_run(chart.corner, style.SMALL, style.MUTED))
    if chart.statistic:
        parts.append(text_run(("　" if parts else "") + chart.statistic, style.SIZE, style.INK, bold=True))  # fmt: skip
    if chart.simulated:
        parts.append(text_run(("　" if parts else "") + STAMP, style.SMALL, style.CONTRAST))
    if not parts:
        return None
    paragraph = el("a:p", el("a:pPr", el("a:defRPr", sz="720", b="0"), algn="l"), *parts)
    return el(
        "c:title",
        el("c:tx", el("c:rich", el("a:bodyPr"), el("a:lstStyle"), paragraph)),
        _manual(0.0, 0.0),
        el("c:overlay", val="1"),
    )


def _legend(chart: Chart, box: Box) -> Element:
    node = el("c:legend", el("c:legendPos", val="t"))
    hidden = [n for n, series in enumerate(chart.series) if not series.in_legend]
    trends = sum(series.trend for series in chart.series)
    hidden += range(len(chart.series), len(chart.series) + trends)
    for index in hidden:
        node.append(el("c:legendEntry", el("c:idx", val=str(index)), el("c:delete", val="1")))
    node.append(_manual(*_fractions(chart, box)))
    node.append(el("c:overlay", val="0"))
    node.append(text_properties(style.SMALL, style.INK))
    return node


def _fractions(chart: Chart, box: Box) -> tuple[float, float, float, float]:
    return (
        box.left / chart.width,
        box.top / chart.height,
        (box.right - box.left) / chart.width,
        (box.bottom - box.top) / chart.height,
    )


def _manual(
    x: float, y: float, w: float | None = None, h: float | None = None, *, inner: bool = False
) -> Element:
    """Return a place on the sheet, in fractions of it; ``inner``: of the plot without its labels."""
    layout = el("c:manualLayout")
    if inner:
        layout.append(el("c:layoutTarget", val="inner"))
    layout.append(el("c:xMode", val="edge"))
    layout.append(el("c:yMode", val="edge"))
    for name, value in (("x", x), ("y", y), ("w", w), ("h", h)):
        if value is not None:
            layout.append(el(f"c:{name}", val=f"{value:.5f}"))
    return el("c:layout", layout)


def _plot_area(chart: Chart, references: Sequence[References]) -> Element:
    node = el("c:plotArea", _manual(*_fractions(chart, chart.plot), inner=True))
    index = 0
    for plot in chart.plots:
        group = _group(plot)
        for series in plot.series:
            group.append(series_xml(chart, plot, series, index, references[index]))
            index += 1
        if plot.kind in {"bar", "column"}:
            group.append(el("c:gapWidth", val=str(plot.gap)))
            if plot.overlap:
                group.append(el("c:overlap", val=str(plot.overlap)))
        if plot.kind == "line":
            group.append(el("c:marker", val="1"))
        group.append(el("c:axId", val=CATEGORY))
        group.append(el("c:axId", val=VALUE))
        node.append(group)
    first = chart.plots[0].kind
    if chart.across is not None:
        node.append(_value_axis(chart.across, CATEGORY, VALUE, "b", chart, crossing="midCat"))
        node.append(_value_axis(chart.up, VALUE, CATEGORY, "l", chart, crossing="midCat"))
        return node
    lying = first == "bar"
    node.append(_category_axis(chart, lying=lying))
    crossing = "midCat" if first == "line" else "between"
    node.append(
        _value_axis(chart.up, VALUE, CATEGORY, "b" if lying else "l", chart, crossing=crossing)
    )
    return node


def _group(plot: Plot) -> Element:
    node = el(_GROUP[plot.kind])
    if plot.kind in {"bar", "column"}:
        node.append(el("c:barDir", val="bar" if plot.kind == "bar" else "col"))
        node.append(el("c:grouping", val="stacked" if plot.stacked else "clustered"))
    elif plot.kind == "line":
        node.append(el("c:grouping", val="standard"))
    elif plot.kind == "scatter":
        node.append(el("c:scatterStyle", val="lineMarker"))
    else:
        node.append(el("c:radarStyle", val="marker"))
    node.append(el("c:varyColors", val="0"))
    return node


def _category_axis(chart: Chart, *, lying: bool) -> Element:
    radar = chart.plots[0].kind == "radar"
    node = el(
        "c:catAx",
        el("c:axId", val=CATEGORY),
        el("c:scaling", el("c:orientation", val="maxMin" if lying else "minMax")),
        el("c:delete", val="0"),
        el("c:axPos", val="l" if lying else "b"),
    )
    if radar:
        node.append(el("c:majorGridlines", outline(style.RULE, 0.5)))
    if lying and chart.note and not chart.up.shown:
        node.append(_axis_title(chart.note, chart, foot=True))
    if not lying and chart.note:
        node.append(_axis_title(chart.note, chart, foot=True))
    node.append(el("c:numFmt", formatCode="General", sourceLinked="0"))
    node.append(el("c:majorTickMark", val="none"))
    node.append(el("c:minorTickMark", val="none"))
    node.append(el("c:tickLblPos", val="nextTo" if radar else "low"))
    node.append(outline(style.AXIS, 0.8))
    node.append(text_properties(style.SIZE, style.INK))
    node.append(el("c:crossAx", val=VALUE))
    node.append(el("c:crosses", val="autoZero"))
    for name, value in (("auto", "0"), ("lblAlgn", "ctr"), ("lblOffset", "60"),
        ("tickLblSkip", "1"), ("noMultiLvlLbl", "1")):  # fmt: skip
        node.append(el(f"c:{name}", val=value))
    return node


def _value_axis(
    axis: Axis, own: str, other: str, side: str, chart: Chart, *, crossing: str
) -> Element:
    kind = chart.plots[0].kind
    node = el(
        "c:valAx",
        el("c:axId", val=own),
        el(
            "c:scaling",
            *([el("c:logBase", val="10")] if axis.log else []),
            el("c:orientation", val="minMax"),
            el("c:max", val=f"{stored(axis.high):.15g}"),
            el("c:min", val=f"{stored(axis.low):.15g}"),
        ),
        el("c:delete", val="0" if axis.shown else "1"),
        el("c:axPos", val=side),
    )
    if axis.shown:
        node.append(el("c:majorGridlines", outline(style.RULE, 0.5)))
    if axis.title:
        node.append(_axis_title(axis.title, chart))
    elif chart.note and kind == "bar" and axis.shown:
        node.append(_axis_title(chart.note, chart, foot=True))
    node.append(el("c:numFmt", formatCode=tick_code(axis.step), sourceLinked="0"))
    node.append(el("c:majorTickMark", val="none"))
    node.append(el("c:minorTickMark", val="none"))
    # A single radar profile prints its numbers; rings need none then.
    bare = kind == "radar" and any(series.labels for series in chart.series)
    place = "none" if bare else "low" if kind == "scatter" else "nextTo"
    node.append(el("c:tickLblPos", val=place))
    drawn = outline(style.AXIS, 0.8) if kind == "scatter" else el("c:spPr", el("a:ln", el("a:noFill")))  # fmt: skip
    node.append(drawn)
    node.append(text_properties(style.SMALL if kind != "radar" else 6.5, style.MUTED))
    node.append(el("c:crossAx", val=other))
    # Lying bars run from the top, so that their value axis belongs at the far end, the bottom.
    node.append(el("c:crosses", val="max" if kind == "bar" else "min" if kind == "scatter" else "autoZero"))  # fmt: skip
    node.append(el("c:crossBetween", val=crossing))
    node.append(el("c:majorUnit", val="10" if axis.log else f"{stored(axis.step):.15g}"))
    return node


def _axis_title(text: str, chart: Chart, *, foot: bool = False) -> Element:
    """Return an axis' name at the bottom right, or a note flush left at the ``foot`` of the sheet."""
    width = style.width_of(text, style.SMALL)
    x = 0.0 if foot else max(0.0, chart.plot.right - width - 0.1) / chart.width
    y = 1 - (0.42 if foot else 0.45) / chart.height
    paragraph = el(
        "a:p", el("a:pPr", el("a:defRPr", sz="720", b="0"), algn="l" if foot else "r"),
        text_run(text, style.SMALL, style.MUTED),
    )  # fmt: skip
    return el(
        "c:title",
        el("c:tx", el("c:rich", el("a:bodyPr", rot="0", vert="horz"), el("a:lstStyle"), paragraph)),
        _manual(x, y),
        el("c:overlay", val="1"),
    )
