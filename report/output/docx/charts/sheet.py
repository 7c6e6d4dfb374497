"""The head of a chart's sheet, as the figures have it: unit at the left, legend at the right, note below."""

from __future__ import annotations

from dataclasses import dataclass

from figures import style
from figures.frame import STAMP, unit_line
from figures.spec import FigureSpec, Point
from report.output.docx.charts.model import Box, Label
from report.output.docx.charts.numbers import code_for

_ROW = 0.5  # cm


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is left of a sheet for the plot, and what stands around it."""

    width: float
    height: float
    top: float
    bottom: float
    corner: str
    note: str
    legend: Box | None


def open_sheet(
    spec: FigureSpec, size: tuple[float, float], entries: list[str], note: str = ""
) -> Sheet:
    """Lay out head and foot of a sheet of ``size`` cm; ``entries`` are the legend's names."""
    width, height = size
    corner = unit_line(spec)
    taken = style.width_of(corner, style.SMALL) + 0.6 if corner else 0.0
    if spec.simulated:
        taken += style.width_of(STAMP, style.SMALL) + 0.4
    for statistic in spec.series:
        if statistic.role == "statistic":
            point = statistic.points[0]
            taken += style.width_of(point.label + point.text, style.SMALL) + 0.6
    swatch = 1.8 if spec.kind in {"scatter", "quadrant", "radar"} else 0.95
    wanted = sum(style.width_of(name, style.SMALL) + swatch for name in entries)
    rows = 1 if corner or spec.simulated or entries else 0
    legend = None
    if entries:
        if taken + wanted <= width:
            legend = Box(width - wanted, 0.0, width, _ROW)
        else:
            deep = -(-int(wanted * 100) // int(width * 100))
            legend = Box(max(0.0, width - wanted), _ROW, width, _ROW * (1 + deep))
            rows = 1 + deep
    lines = " ".join(text for text in (note, str(spec.options.get("note", ""))) if text)
    foot = 0.45 * -(-int(style.width_of(lines, style.SMALL) * 100) // int(width * 100))
    return Sheet(
        width, height, rows * _ROW + 0.1, height - (foot + 0.05 if lines else 0.0), corner, lines,
        legend,
    )  # fmt: skip


def statistics(spec: FigureSpec) -> str:
    """Return the statistics a figure prints in its corner, such as a correlation."""
    found = [s.points[0] for s in spec.series if s.role == "statistic"]
    return "　".join(f"{point.label} {point.text}" for point in found)


def number_label(index: int, point: Point, **more: object) -> Label:
    """Return the label that prints a point's number as the figure prints it."""
    code = code_for(point.value, point.text)
    return Label(index, code=code, text="" if code else point.text, **more)  # type: ignore[arg-type]
