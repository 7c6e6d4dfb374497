"""The response table as a workbook: counts on the first sheet, every opinion on the second."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

from report.review.response import COUNTS, HEAD, cells

if TYPE_CHECKING:
    from report.review.respond import Response

_WIDTHS = (16, 8, 28, 36, 44, 8, 10, 40)


def write_response_workbook(response: Response) -> bytes:
    """Return the response table as .xlsx."""
    import xlsxwriter  # noqa: PLC0415

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"created": dt.datetime(2020, 1, 1)})  # noqa: DTZ001 - the library's
        head = book.add_format({"bold": True, "bg_color": "#E9EEF3", "border": 1})
        text = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        sheet = book.add_worksheet("汇总")
        sheet.set_column(0, 0, 30)
        for column, title in enumerate(COUNTS):
            sheet.write_string(0, column, title, head)
        counts = [*(one for one, _held in response.reviewers), response.total]
        for row, one in enumerate(counts, 1):
            sheet.write_string(row, 0, one.name, text)
            for column, count in enumerate((one.total, *one.verdicts), 1):
                sheet.write_number(row, column, count, text)
        sheet = book.add_worksheet("意见处理情况")
        for column, (title, width) in enumerate(zip((COUNTS[0], *HEAD), _WIDTHS, strict=True)):
            sheet.write_string(0, column, title, head)
            sheet.set_column(column, column, width)
        row = 0
        for counted, held in response.reviewers:
            for opinion in held:
                row += 1
                for column, value in enumerate((counted.name, *cells(opinion))):
                    sheet.write_string(row, column, value, text)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, max(row, 1), len(HEAD))
    return target.getvalue()
