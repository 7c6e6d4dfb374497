"""Formatting: from the value under a key, or a derivation of several, to the Quantity a reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from report.assessment.results import Entry, Results
from report.document.derived import (
    Node,
    Undefined,
    UnknownKey,
    compose,
    family_of,
    nearest_keys,
    parse,
    require,
    value_of,
    with_edition,
)
from report.document.quantity import Quantity

__all__ = [
    "MINUS",
    "Undefined",
    "UnknownKey",
    "count",
    "difference",
    "mean_of",
    "multiple",
    "nearest_keys",
    "plain",
    "quantity",
    "ratio_change",
    "share",
    "sum_of",
    "unit_of",
    "with_edition",
]

MINUS = "−"  # U+2212: the same sign in prose, tables and figures
POINTS = "个百分点"
_EXPONENTS = {"": 0, "万": 4, "亿": 8, "万亿": 12}
_PREFIX = re.compile(r"^(万亿|亿|万|)(?=\S)")
_FIXED_UNITS = {"", "%", "点", "位", "分", POINTS, "倍", "‰"}
_FAMILY_DECIMALS = {
    "index": 1,
    "contribution": 1,
    "score": 1,
    "level": 1,
    "growth": 1,
    "rank": 0,
    "rankchange": 0,
    "dispersion": 3,
    "weight": 2,
    "count": 0,
    "survey": 1,
    "survey-low": 1,
    "survey-high": 1,
    "survey-n": 0,
    "robust-low": 0,
    "robust-median": 0,
    "robust-high": 0,
    "robust-rank": 0,
    "robust-shift": 1,
    "scenario": 1,
}


@dataclass(frozen=True, slots=True)
class _Scaling:
    """How a unit is scaled for print: ten to ``exponent`` print units a unit, named ``unit``."""

    exponent: int
    unit: str


def quantity(
    results: Results,
    key: str,
    *,
    decimals: int | None = None,
    unit: bool = True,
    sign: bool = False,
    scale: str | None = None,
) -> Quantity:
    """Format the value under a plain or derived key.

    ``decimals`` defaults to the key's family or the indicator's registry entry. ``unit`` appends the
    unit. ``sign`` prints a plus before positive values. ``scale`` is ``"auto"`` (万, 亿, 万亿 chosen by
    size), one of these prefixes, ``"%"`` (shares of 1 as per cent) or None.
    Raises UnknownKey, Undefined, or TypeError where the value is a text.
    """
    node = parse(key)
    value = value_of(results, node)
    own_unit = unit_of(results, node)
    scaling = _scaling(value, own_unit, scale)
    if decimals is None:
        decimals = _scaled_decimals(results, node, scaling)
    shown = _shown(results, node, scaling.exponent, decimals)
    text = _signed(shown, decimals, sign=sign) + (scaling.unit if unit else "")
    return Quantity(
        value=value,
        unit=own_unit,
        key=node.text,
        text=text,
        parents=tuple(node.leaves()) if node.op else (),
        decimals=decimals,
        scale=float(10.0**scaling.exponent),
        shown=float(shown),
    )


def difference(
    results: Results,
    key_a: str,
    key_b: str,
    *,
    decimals: int | None = None,
    unit: bool = True,
    sign: bool = False,
    absolute: bool = False,
    scale: str | None = None,
) -> Quantity:
    """Format ``a − b`` so that it equals the difference of the two figures as they are shown.

    Per cent less per cent gives 个百分点, an index less an index 点. ``absolute`` drops the sign (下降了
    5.2个百分点) and is kept in the key: ``abs(diff(a,b))``.
    """
    key = compose("diff", key_a, key_b)
    if absolute:
        key = compose("abs", key)
    return quantity(results, key, decimals=decimals, unit=unit, sign=sign, scale=scale)


def ratio_change(
    results: Results,
    key_a: str,
    key_b: str,
    *,
    decimals: int | None = None,
    unit: bool = True,
    sign: bool = False,
    absolute: bool = False,
) -> Quantity:
    """Format the growth of ``a`` over ``b`` in per cent: ``change(a,b)``."""
    key = compose("change", key_a, key_b)
    if absolute:
        key = compose("abs", key)
    return quantity(results, key, decimals=decimals, unit=unit, sign=sign)


def multiple(
    results: Results, key_a: str, key_b: str, *, decimals: int | None = None, unit: bool = True
) -> Quantity:
    """Format how many times ``b`` goes into ``a`` (倍): ``ratio(a,b)``.

    Without ``decimals`` a multiple is as fine as a reader can check: whole where the two values as they
    are shown give another first decimal than the exact ones (85.3 and 2.6 are not known to be 32.7 to 1).
    """
    key = compose("ratio", key_a, key_b)
    found = quantity(results, key, decimals=decimals, unit=unit)
    if decimals is None:
        first, second = (quantity(results, each).shown for each in (key_a, key_b))
        if second == 0 or float(_round(first / second, 0, found.decimals)) != found.shown:
            return quantity(results, key, decimals=0, unit=unit)
    return found


def share(
    results: Results, key: str, total: str, *, decimals: int | None = None, unit: bool = True
) -> Quantity:
    """Format ``key`` as a percentage of ``total``: ``share(a,b)``."""
    return quantity(results, compose("share", key, total), decimals=decimals, unit=unit)


def sum_of(
    results: Results,
    keys: Iterable[str],
    *,
    decimals: int | None = None,
    unit: bool = True,
    scale: str | None = None,
) -> Quantity:
    """Format the sum of the exact values under ``keys``: ``sum(a,b,…)``."""
    key = compose("sum", *keys)
    return quantity(results, key, decimals=decimals, unit=unit, scale=scale)


def mean_of(
    results: Results, keys: Iterable[str], *, decimals: int | None = None, unit: bool = True
) -> Quantity:
    """Format the simple mean of the values under ``keys``: ``mean(a,b,…)``."""
    return quantity(results, compose("mean", *keys), decimals=decimals, unit=unit)


def count(
    results: Results,
    keys: Iterable[str],
    comparison: str = "",
    than: str | float = "",
    *,
    unit: bool = True,
) -> Quantity:
    """Format how many of ``keys`` there are, or for how many ``comparison than`` holds.

    ``than`` is a key or a number: ``count(>,level.total.mean.2022,level.total.110000.2022,…)``.
    """
    listed = tuple(keys)
    if comparison:
        return quantity(results, compose("count", comparison, str(than), *listed), unit=unit)
    for key in listed:
        require(results, key)
    return quantity(results, compose("count", *listed), unit=unit)


def plain(value: float, decimals: int = 1, *, sign: bool = False) -> str:
    """Round half up and write with the report's minus sign; for internal use, no trace."""
    return _signed(_round(value, 0, decimals), decimals, sign=sign)


# ---------------------------------------------------------------- units and decimals


def unit_of(results: Results, node: Node) -> str:
    """Find the unit of a parsed key; Undefined where operands of unlike units meet."""
    if node.literal is not None:
        return ""
    if not node.op:
        require(results, node.text)
        unit = results[node.text].unit
        return "" if unit == "none" else unit
    if node.op == "count":
        return "个"
    if node.op == "spearman":
        return ""
    units = list(dict.fromkeys(unit_of(results, operand) for operand in node.operands))
    if len(units) > 1:
        raise Undefined(f"{node.text}: units do not match ({', '.join(units)})")
    unit = units[0]
    if node.op in {"change", "share"}:
        return "%"
    if node.op == "ratio":
        return "倍"
    if node.op == "product" and units != [""]:
        raise Undefined(f"{node.text}: only numbers without unit can be multiplied")
    if node.op == "diff":
        if unit == "%":
            return POINTS
        if unit == "" and _families(node) <= {"index", "scenario"}:
            return "点"
    return unit


def decimals_of(results: Results, node: Node) -> int:
    """Find the decimals a key is printed with when nothing else is asked."""
    if node.op in {"change", "ratio", "share"}:
        return 1
    if node.op == "spearman":
        return 2
    if node.op == "count" or node.literal is not None:
        return 0
    if node.op:
        deepest = max(decimals_of(results, operand) for operand in node.operands)
        return max(deepest, 1) if node.op == "mean" else deepest
    family = family_of(node.text)
    if family in _FAMILY_DECIMALS:
        return _FAMILY_DECIMALS[family]
    name = node.text.partition(".")[2].partition(".")[0]
    entries = results.registry.series if family == "data" else results.registry.indicators
    entry = _entry(entries, name)
    return entry.decimals if entry else 1


def _entry(entries: tuple[Entry, ...], name: str) -> Entry | None:
    return next((entry for entry in entries if entry.id == name), None)


def _families(node: Node) -> set[str]:
    return {family_of(leaf) for leaf in node.leaves()}


# ---------------------------------------------------------------- scaling and rounding


def _scaling(value: float, unit: str, scale: str | None) -> _Scaling:
    if scale is None:
        return _Scaling(0, unit)
    if scale == "%":
        return _Scaling(2, "%" if unit == "" else unit)
    if unit in _FIXED_UNITS:
        return _Scaling(0, unit)
    found = _PREFIX.match(unit)
    prefix = found.group(1) if found else ""
    base = unit[len(prefix) :]
    own = _EXPONENTS[prefix]
    if scale == "auto":
        size = abs(value) * 10.0**own
        scale = next(p for p in ("万亿", "亿", "万", "") if size >= 10.0 ** _EXPONENTS[p] or not p)
    if scale not in _EXPONENTS:
        raise Undefined(f"unknown scale {scale!r}: use auto, 万, 亿, 万亿 or %")
    return _Scaling(own - _EXPONENTS[scale], scale + base)


def _scaled_decimals(results: Results, node: Node, scaling: _Scaling) -> int:
    decimals = decimals_of(results, node)
    if scaling.exponent == 0:
        return decimals
    if scaling.unit == "%":
        return max(decimals - scaling.exponent, 0) or 1
    # 1.23万亿元, 4.6亿元: a larger unit needs its own decimals, not those of the smaller one
    return 2 if scaling.unit.startswith("万亿") else 1


def _shown(results: Results, node: Node, exponent: int, decimals: int) -> Decimal:
    """Round for print; a difference is taken between its operands as they are shown."""
    if node.op == "diff":
        first, second = (_shown(results, part, exponent, decimals) for part in node.operands)
        return first - second
    if node.op == "abs":
        return abs(_shown(results, node.operands[0], exponent, decimals))
    return _round(value_of(results, node), exponent, decimals)


def _round(value: float, exponent: int, decimals: int) -> Decimal:
    """Round half up on the shortest decimal text of the float, after moving its point."""
    exact = Decimal(repr(float(value))).scaleb(exponent)
    shown = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return abs(shown) if shown == 0 else shown  # never minus nought


def _signed(shown: Decimal, decimals: int, *, sign: bool) -> str:
    digits = f"{abs(shown):.{decimals}f}"
    if shown < 0:
        return MINUS + digits
    return f"+{digits}" if sign and shown > 0 else digits
