"""Units of indicators: they follow from the units of their series and the factor between them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from report.check.findings import Finding
from report.edition.model import Edition, Indicator
from report.errors import Place
from report.i18n import _

RULE = "unit-formula"
_PREFIX = re.compile(r"(百万|千万|十万|百亿|千亿|万亿|万|亿|百|千|十)?(.*)")
_TIMES = {
    "": 1.0, "十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7,
    "亿": 1e8, "百亿": 1e10, "千亿": 1e11, "万亿": 1e12,
}  # fmt: skip
_SHARES = {"%": 1e-2, "％": 1e-2, "‰": 1e-3, "": 1.0, "倍": 1.0}
_COUNTS = frozenset("个家户件台项人")  # words that count; 个 may stand for any of them
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit: how many of its plain unit it is (万元: 10000), and that plain unit (元; 元/人)."""

    times: float
    above: str
    below: str = ""


def measure(unit: str) -> Measure:
    """Read a unit such as ``亿元``, ``户/百人`` or ``%``."""
    if unit in _SHARES:
        return Measure(_SHARES[unit], "")
    above, slash, below = unit.partition("/")
    top, bottom = _plain(above), _plain(below) if slash else Measure(1.0, "")
    return Measure(top.times / bottom.times, top.above, bottom.above)


def wrong_units(edition: Edition) -> Iterator[Finding]:
    """Find indicators whose unit, or factor, does not follow from their series."""
    for indicator in edition.indicators:
        series = edition.series.get(indicator.series)
        per = edition.series.get(indicator.per) if indicator.per else None
        if series is None or (indicator.per and per is None):
            continue
        shown = measure(indicator.unit)
        formula = series.unit if per is None else f"{series.unit} ÷ {per.unit}"
        computed = measure(series.unit)
        if per is not None:
            divisor = measure(per.unit)
            computed = Measure(computed.times / divisor.times, computed.above, divisor.above)
            if _alike(computed.above, divisor.above) and not shown.below:  # 亿元 ÷ 亿元: a share
                computed = Measure(computed.times, "")
        if not _alike(computed.above, shown.above) or not _alike(computed.below, shown.below):
            yield _finding(indicator, _("{formula} does not give {unit}"), formula)
        elif not math.isclose(indicator.factor * shown.times, computed.times, rel_tol=_TOLERANCE):
            yield _finding(
                indicator,
                _("{formula} gives {unit} with a factor of {right}, not {factor}"),
                formula,
                computed.times / shown.times,
            )


def _plain(unit: str) -> Measure:
    match = _PREFIX.fullmatch(unit)
    if match is None or not match[2]:  # 万 alone, or nothing
        return Measure(_TIMES.get(unit, 1.0), "")
    return Measure(_TIMES[match[1] or ""], match[2])


def _alike(first: str, second: str) -> bool:
    return first == second or ({first, second} <= _COUNTS and "个" in {first, second})


def _finding(indicator: Indicator, found: str, formula: str, right: float = 1.0) -> Finding:
    place: Place = indicator.place
    return Finding(
        RULE,
        place,
        "",
        indicator.name,
        found.format(
            formula=formula, unit=indicator.unit, factor=f"{indicator.factor:g}", right=f"{right:g}"
        ),
        _("a unit that follows from the series: unit = factor × series ÷ per"),
        _("mend the unit or the factor of “{name}”, or the units of its series").format(
            name=indicator.name
        ),
    )
