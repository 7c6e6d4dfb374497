"""The workbook inside a chart: its data as an editor finds them on “edit data”, and the cells' addresses."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from report.output.docx.charts.model import Chart, ChartSeries
from report.output.docx.charts.numbers import stored

SHEET = "Sheet1"
CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed stamp: same data, same bytes


@dataclass(frozen=True, slots=True)
class References:
    """Where a series' name, values, categories and error amounts stand, as formulas; empty = nowhere."""

    name: str
    values: str
    categories: str = ""  # of a scatter plot: its x
    below: str = ""
    above: str = ""


def write_workbook(chart: Chart) -> tuple[bytes, list[References]]:
    """Return the workbook of a chart, the same bytes each time, and the references of its series."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": CREATED})
    found = _Writer(book, chart).fill()
    book.close()
    return buffer.getvalue(), found


class _Writer:
    """Fills the one sheet."""

    def __init__(self, book: Any, chart: Chart) -> None:
        self.book, self.chart = book, chart
        self.sheet = book.add_worksheet(SHEET)
        self.head = book.add_format({"bold": True})
        self.sheet.set_column(0, 0, 22)
        self.sheet.freeze_panes(1, 1)

    def fill(self) -> list[References]:
        """Write a row a category and a column a series (in a scatter plot x first), limits at the right."""
        chart = self.chart
        count = len(chart.categories)
        for row, category in enumerate(chart.categories, 1):
            self.sheet.write_string(row, 0, category)
        first = 1
        categories = _range(1, 0, count, 0)
        if chart.across is not None:
            self.sheet.write_string(0, 1, chart.across.title, self.head)
            for row, x in enumerate(chart.x, 1):
                self.sheet.write_number(row, 1, stored(x))
            categories = _range(1, 1, count, 1)
            first = 2
        found = []
        free = first + len(chart.series)
        for column, series in enumerate(chart.series, first):
            self.sheet.write_string(0, column, series.name, self.head)
            self._column(column, series)
            below = above = ""
            if series.limits:
                below, above = self._limits(series, column, free)
                free += 4
            name = _range(0, column, 0, column)
            values = _range(1, column, count, column)
            found.append(References(name, values, categories, below, above))
        return found

    def _column(self, column: int, series: ChartSeries) -> None:
        form = self.book.add_format({"num_format": series.code or "General"})
        for row, value in enumerate(series.values, 1):
            if value is not None:
                self.sheet.write_number(row, column, stored(value), form)

    def _limits(self, series: ChartSeries, column: int, free: int) -> tuple[str, str]:
        """Write both limits, and the error amounts as formulas of them."""
        titles = ("下限", "上限", "误差（下）", "误差（上）")
        for place, title in enumerate(titles):
            self.sheet.write_string(0, free + place, f"{series.name} {title}", self.head)
        amounts = error_amounts(series)
        for row, limits in enumerate(series.limits, 1):
            if limits is None:
                continue
            for place, limit in enumerate(limits):
                self.sheet.write_number(row, free + place, stored(limit))
            value = xl_rowcol_to_cell(row, column)
            low, high = (xl_rowcol_to_cell(row, free + place) for place in (0, 1))
            below, above = amounts[row - 1]
            self.sheet.write_formula(row, free + 2, f"={value}-{low}", None, below)
            self.sheet.write_formula(row, free + 3, f"={high}-{value}", None, above)
        count = len(series.limits)
        return _range(1, free + 2, count, free + 2), _range(1, free + 3, count, free + 3)


def error_amounts(series: ChartSeries) -> list[tuple[float, float]]:
    """Return how far each limit is from its value; zeros where there is none."""
    return [
        (stored(value - limits[0]), stored(limits[1] - value))
        if limits is not None and value is not None
        else (0.0, 0.0)
        for value, limits in zip(series.values, series.limits, strict=True)
    ]


def _range(top: int, left: int, bottom: int, right: int) -> str:
    first = xl_rowcol_to_cell(top, left, row_abs=True, col_abs=True)
    last = xl_rowcol_to_cell(bottom, right, row_abs=True, col_abs=True)
    return f"{SHEET}!{first}" if first == last else f"{SHEET}!{first}:{last}"
