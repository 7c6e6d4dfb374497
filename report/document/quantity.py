"""Quantities: values as printed, with the address they come from and the rule that printed them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that reaches a reader.

    ``value`` is exact, in ``unit``; ``text`` is what is printed (unit included when it is shown).
    ``key`` is its address in Results, or a derivation of addresses
    (``diff(index.total.2022,index.total.2021)``) whose ``parents`` are the keys it was made from.
    ``shown`` is the value as rounded for print, in print units (``scale`` × ``value``).
    """

    value: float
    unit: str
    key: str
    text: str
    parents: tuple[str, ...] = ()
    decimals: int = 1
    scale: float = 1.0
    shown: float = 0.0


def round_half_up(value: float, decimals: int) -> Decimal:
    """Round as Chinese statistics do (四舍五入), on the shortest decimal text of the float."""
    quantum = Decimal(1).scaleb(-decimals)
    result = Decimal(repr(float(value))).quantize(quantum, rounding=ROUND_HALF_UP)
    return abs(result) if result == 0 else result
