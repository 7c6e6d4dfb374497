"""Which kinds of figures Word draws as charts of its own, and why the others stay pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Final

from figures.spec import FigureSpec
from report.output.docx.charts.model import Chart

# kind → module and function that build the chart
NATIVE: Final[Mapping[str, tuple[str, str]]] = {
    "bars": ("bars", "ranking"),
    "lollipop": ("bars", "lollipop"),
    "survey": ("bars", "survey"),
    "columns": ("bars", "columns"),
    "stacked": ("bars", "stacked"),
    "lines": ("lines", "lines"),
    "fan": ("lines", "fan"),
    "radar": ("lines", "radar"),
    "scatter": ("points", "scatter"),
    "quadrant": ("points", "quadrant"),
}
# kind → what Word's charts lack for it
PICTURES: Final[Mapping[str, str]] = {
    "tile-map": "a map",
    "heatmap": "cells coloured by value",
    "slope": "ranks tied across two columns of names",
    "flow": "boxes and arrows; it shows no values",
    "matrix": "names in cells; it shows no values",
    "weights": "bars in a tree of dimensions",
    "multiples": "several charts, each with a scale of its own, in one picture",
    "waterfall": "floating bars: stacks on an invisible bar would hold numbers the report has not",
    "dumbbell": "hollow and full marks joined on one row",
    "dots": "a table of numbers beside marks on one row",
    "strip": "points beside each other with quartile boxes",
    "intervals": "floating bars with a mark inside",
}


def is_native(spec: FigureSpec) -> bool:
    """Whether Word can draw this figure as a chart."""
    return spec.kind in NATIVE


def chart_of(spec: FigureSpec, size: tuple[float, float]) -> Chart:
    """Return the chart of a native kind on a sheet of ``size`` cm."""
    module, name = NATIVE[spec.kind]
    build: Callable[[FigureSpec, tuple[float, float]], Chart] = getattr(
        import_module(f"report.output.docx.charts.{module}"), name
    )
    return build(spec, size)
