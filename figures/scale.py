"""Scales, round ticks and printed tick labels."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Scale:
    """A map from data (``low``–``high``) to the sheet (``start``–``end``, cm): linear or by logarithms."""

    low: float
    high: float
    start: float
    end: float
    log: bool = False

    def __call__(self, value: float) -> float:
        """Return where ``value`` stands on the sheet, cm."""
        if self.high == self.low:
            return (self.start + self.end) / 2
        low, high = self.low, self.high
        if self.log:
            low, high, value = math.log10(low), math.log10(high), math.log10(max(value, 1e-300))
        return self.start + (value - low) / (high - low) * (self.end - self.start)

    def inside(self, value: float) -> bool:
        """Whether ``value`` lies on the scale."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Axis:
    """A round axis: its ends, the step that its tick labels show, the ticks, and whether it is by logarithms."""

    low: float
    high: float
    step: float
    at: tuple[float, ...]
    log: bool = False

    def scale(self, start: float, end: float) -> Scale:
        """Return the axis laid on the sheet from ``start`` to ``end`` cm."""
        return Scale(self.low, self.high, start, end, self.log)


def airy(
    values: Iterable[float | None], unit: str = "", *, count: int = 6, heap: float = 20
) -> Axis:
    """Return an axis for a cloud of points, with some air beyond the outermost.

    It never passes the end of what its unit can say, and goes by logarithms where more than half of the
    points would otherwise be one heap in its lowest part (a ``heap``-th of it).
    """
    known = [value for value in values if value is not None]
    low, high = min(known), max(known)
    low_ones = sum(value < high / heap for value in known)
    if low > 0 and high / low < _WIDEST and low_ones * 2 > len(known):
        return _by_logarithms(low, high)
    air = (high - low) * 0.04
    least = max(low - air, 0.0) if low >= 0 else low - air  # no axis below zero for what cannot be
    start, end, step = extent([least, high + air], count=count)
    bound = HIGHEST.get(unit)
    if bound is not None and high <= bound:
        end = min(end, bound)
    return Axis(start, end, step, tuple(ticks(start, end, step)))


HIGHEST: Final = {"分": 100.0}  # scores run from 0 to 100; other units have no end
_WIDEST = 1e6  # more decades than this leave none of them any room


def _by_logarithms(low: float, high: float) -> Axis:
    powers = range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 1)
    marks = [factor * 10.0**power for power in powers for factor in (1, 2, 5)]
    start = max(mark for mark in marks if mark * 1.05 <= low)
    end = min(mark for mark in [*marks, 10.0 ** powers[-1] * 10] if mark >= high * 1.05)
    at = [10.0**power for power in [*powers, powers[-1] + 1] if start <= 10.0**power <= end]
    if len(at) < 3:
        at = [mark for mark in marks if start <= mark <= end]
    return Axis(start, end, min(1.0, at[0]), tuple(at), log=True)


def step_for(low: float, high: float, count: int = 5) -> float:
    """Return the round step (1, 2, 2.5 or 5 × 10ⁿ) that cuts low–high into about ``count`` parts."""
    span = high - low
    if span <= 0:
        return 1.0
    raw = span / max(count, 1)
    power = 10.0 ** math.floor(math.log10(raw))
    for factor in (1.0, 2.0, 2.5, 5.0):
        if raw <= factor * power * 1.0001:
            return factor * power
    return 10.0 * power


def extent(
    values: Iterable[float | None], *, zero: bool = False, count: int = 5
) -> tuple[float, float, float]:
    """Return (low, high, step) of a round axis that holds ``values`` (and zero when asked)."""
    known = [value for value in values if value is not None]
    if zero:
        known.append(0.0)
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    if low == high:
        low, high = (0.0, high * 1.2) if high > 0 else (low - 1, high + 1)
    step = step_for(low, high, count)
    return math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step, step


def ticks(low: float, high: float, step: float) -> list[float]:
    """Return the multiples of ``step`` from ``low`` to ``high``."""
    first, last = math.ceil(low / step - 1e-6), math.floor(high / step + 1e-6)
    return [index * step for index in range(first, last + 1)]


def tick_text(value: float, step: float) -> str:
    """Print a tick with just the decimals its step needs and a real minus sign."""
    decimals = 0
    while decimals < 6 and abs(step * 10**decimals - round(step * 10**decimals)) > 1e-6:
        decimals += 1
    return f"{value + 0.0:.{decimals}f}".replace("-", "\N{MINUS SIGN}")
