"""Scales, round ticks and printed tick labels."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear map from data (``low``–``high``) to the sheet (``start``–``end``, cm)."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return where ``value`` stands on the sheet, cm."""
        if self.high == self.low:
            return (self.start + self.end) / 2
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def inside(self, value: float) -> bool:
        """Whether ``value`` lies on the scale."""
        return self.low <= value <= self.high


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
