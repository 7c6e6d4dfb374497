"""Number formats that print a value in a chart exactly as the report prints it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from figures.spec import Point

MINUS = "\N{MINUS SIGN}"
_TEXT = re.compile(r"(?P<sign>[+\-−]?)(?P<digits>[0-9,]+)(?:\.(?P<places>[0-9]+))?(?P<tail>\D*)\Z")


def stored(value: float) -> float:
    """Return ``value`` with the 15 digits that spreadsheets keep."""
    return float(f"{value:.15g}")


def code_for(value: float | None, text: str) -> str:
    """Return the format code under which ``value`` reads ``text``; empty where there is none.

    A text may be in another unit than the value (万亿元 beside 亿元) or hold words; no code prints it.
    """
    match = _TEXT.match(text)
    if value is None or match is None:
        return ""
    places = len(match["places"] or "")
    digits = "#,##0" if "," in match["digits"] else "0"
    tail = f'"{match["tail"]}"' if match["tail"] else ""
    plain = digits + ("." + "0" * places if places else "") + tail
    minus = match["sign"] if match["sign"] in {"-", MINUS} else MINUS
    code = f"+{plain};{minus}{plain};{plain}" if match["sign"] == "+" else f"{plain};{minus}{plain}"
    return code if printed(value, code) == text else ""


def printed(value: float, code: str) -> str:
    """Return ``value`` as a spreadsheet prints it under one of our codes."""
    sections = code.split(";")
    first = sections[0]
    places = len(first.partition(".")[2].rstrip('"').partition('"')[0])
    rounded = Decimal(repr(stored(abs(value)))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    section = first
    if value < 0 and rounded:
        section = sections[1]
    elif not rounded and len(sections) > 2:
        section = sections[2]
    number = f"{rounded:,}" if "#,##0" in first else f"{rounded:f}"
    pattern = re.compile(r"(#,##0|0)(\.0+)?")
    return pattern.sub(number, section, count=1).replace('"', "")


def common_code(points: Sequence[Point | None]) -> str:
    """Return the code most points of a series are printed with."""
    codes = Counter(
        code for point in points if point and (code := code_for(point.value, point.text))
    )
    return min(codes, key=lambda code: (-codes[code], code)) if codes else "General"


def tick_code(step: float) -> str:
    """Return the format of an axis with marks ``step`` apart."""
    places = 0
    while places < 6 and abs(step * 10**places - round(step * 10**places)) > 1e-6:
        places += 1
    plain = "0" + ("." + "0" * places if places else "")
    return f"{plain};{MINUS}{plain}"
