"""FigureSpec: all a figure needs to be drawn, described, tabulated and checked; no Results, no templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Point:
    """One drawn datum.

    ``label`` names it (a year, a region); ``value`` is what is drawn, in the series' unit (None = gap);
    ``text`` is the number as printed beside it and ``key`` its address. ``x``/``x_key``/``x_text`` serve
    scatter and quadrant charts; ``low``/``high`` an interval around ``value``; ``group`` a category
    (a form, a zone) that decides colour or marker.
    """

    label: str
    value: float | None
    text: str = ""
    key: str = ""
    x: float | None = None
    x_text: str = ""
    x_key: str = ""
    low: float | None = None
    high: float | None = None
    low_key: str = ""
    high_key: str = ""
    low_text: str = ""
    high_text: str = ""
    group: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """A named run of points (a line, a set of bars, one radar polygon, a row of a heat map)."""

    name: str
    points: tuple[Point, ...]
    role: str = ""  # "highlight", "reference", "total" … decides emphasis, never data
    unit: str = ""


@dataclass(frozen=True, slots=True)
class FigureSpec:
    """A figure to be drawn by the module registered under ``kind``.

    ``title`` is the plain caption (used in alt text, not drawn: captions are the writers');
    ``unit`` is the value axis' unit, ``x_unit`` the other axis'. ``options`` are presentation choices
    of the kind (JSON-able scalars, lists). ``simulated`` puts 模拟数据 on the drawing itself.
    """

    kind: str
    id: str
    title: str
    series: tuple[Series, ...]
    unit: str = ""
    x_unit: str = ""
    y_label: str = ""
    x_label: str = ""
    source: str = ""
    groups: tuple[tuple[str, str], ...] = ()  # (id, printed name), in legend order
    simulated: bool = False
    options: Mapping[str, object] = field(default_factory=dict)
