"""A chart as Word draws it: series, labels, axes and where the plot stands on the sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

PlotKind = Literal["bar", "column", "line", "scatter", "radar"]
Dash = Literal["", "dash", "dot"]


@dataclass(frozen=True, slots=True)
class Label:
    """The printed number (or name) of one point.

    ``code`` is a number format that prints the value as the report does; ``text`` a literal that stands
    in its place. ``dx``/``dy`` move it, in fractions of the sheet. ``series_name`` sets the series' name
    before the number.
    """

    index: int
    code: str = ""
    text: str = ""
    position: str = ""  # "outEnd", "ctr", "r", "t" …; empty: the chart type's own
    dx: float = 0.0
    dy: float = 0.0
    colour: str = ""
    bold: bool = False
    series_name: bool = False


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """A series: one value a category (in a scatter plot: a row), None for a gap.

    ``limits`` are the ends of confidence intervals, drawn as error bars. ``derived`` says that the values
    only repeat or lay out other points: a mean drawn across, a limit's line, the cloud a trend is fitted
    to.
    """

    name: str
    values: tuple[float | None, ...]
    colour: str
    code: str = ""
    labels: tuple[Label, ...] = ()
    limits: tuple[tuple[float, float] | None, ...] = ()
    fills: Mapping[int, str] = field(default_factory=dict)
    width: float = 1.3  # pt, of lines
    dash: Dash = ""
    marker: str = ""
    line: bool = True
    in_legend: bool = True
    derived: bool = False
    trend: bool = False


@dataclass(frozen=True, slots=True)
class Plot:
    """Series drawn alike on the same axes; ``gap`` and ``overlap`` in per cent of a bar."""

    kind: PlotKind
    series: tuple[ChartSeries, ...]
    stacked: bool = False
    gap: int = 50
    overlap: int = 0


@dataclass(frozen=True, slots=True)
class Axis:
    """A value axis from ``low`` to ``high``; hidden ones have neither line, grid nor numbers.

    ``log``: by logarithms to base ten.
    """

    low: float
    high: float
    step: float
    shown: bool = True
    title: str = ""
    log: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the sheet, in cm from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A whole chart on a sheet of ``width`` × ``height`` cm.

    A scatter plot has an axis ``across`` and an ``x`` for each row; its ``categories`` only name the
    rows of the workbook. All its series run over all rows, with gaps: LibreOffice loses the points of
    series that are shorter than a later one. ``corner`` is the text at the top left (the unit),
    ``statistic`` a figure printed beside it, ``note`` a line below.
    """

    plots: tuple[Plot, ...]
    categories: tuple[str, ...]
    up: Axis
    width: float
    height: float
    plot: Box
    across: Axis | None = None
    x: tuple[float, ...] = ()
    corner: str = ""
    statistic: str = ""
    simulated: bool = False
    note: str = ""
    legend: Box | None = None

    @property
    def series(self) -> tuple[ChartSeries, ...]:
        """All series, in drawing order."""
        return tuple(series for plot in self.plots for series in plot.series)
