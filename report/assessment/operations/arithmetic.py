"""Arithmetic operations: derivation, filling of gaps, indices, means, growth and spread."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from report.assessment.operations.registry import Operation, items, number, numbers, operation
from report.assessment.results import Datum, Scalar

GEOMETRIC_FLOOR = 1.0
"""Lowest score (of 100) that enters a geometric mean, which needs strictly positive values."""


def weighted_mean(values: Sequence[float], weights: Sequence[float]) -> float:
    """Return the arithmetic mean of ``values`` weighted by ``weights`` (any positive scale)."""
    return math.fsum(v * w for v, w in zip(values, weights, strict=True)) / math.fsum(weights)


def geometric_mean(values: Sequence[float], weights: Sequence[float]) -> float:
    """Return the weighted geometric mean; ValueError for values that are not positive."""
    return math.exp(weighted_mean([math.log(v) for v in values], weights))


def quantile(values: Sequence[float], share: float) -> float:
    """Return the quantile by linear interpolation between order statistics (Hyndman–Fan type 7)."""
    ordered = sorted(values)
    position = share * (len(ordered) - 1)
    below = math.floor(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (position - below) * (ordered[above] - ordered[below])


def log_mean(a: float, b: float) -> float:
    """Return the logarithmic mean of two positive numbers, (a − b) ÷ ln(a ÷ b)."""
    return a if math.isclose(a, b, rel_tol=1e-12) else (a - b) / math.log(a / b)


def _halves(values: Sequence[Datum]) -> tuple[list[float], list[float]]:
    """Split parents into values (first half) and weights (second half)."""
    middle = len(values) // 2
    return numbers(values[:middle]), numbers(values[middle:])


@operation("scale", zh="{0} × 系数 {1}", en="{0} × factor {1}", step="2")
def scale(values: Sequence[Datum], _params: Mapping[str, Scalar]) -> Datum:
    """Multiply a series by the indicator's factor."""
    return number(values[0]) * number(values[1])


@operation("ratio", zh="{0} × 系数 {1} ÷ {2}", en="{0} × factor {1} ÷ {2}", step="2")
def ratio(values: Sequence[Datum], _params: Mapping[str, Scalar]) -> Datum:
    """Multiply a series by the indicator's factor and divide by another series (intensity)."""
    return number(values[0]) * number(values[1]) / number(values[2])


@operation("carry", zh="沿用上一可得年份数值 {0}", en="last available value {0} carried", step="3")
def carry(values: Sequence[Datum], _params: Mapping[str, Scalar]) -> Datum:
    """Carry the last available value forward."""
    return number(values[0])


@operation(
    "interpolate",
    zh="在 {before} 年 {0} 与 {after} 年 {1} 之间线性内插至 {year} 年",
    en="linear interpolation between {0} ({before}) and {1} ({after}) at {year}",
    step="3",
)
def interpolate(values: Sequence[Datum], params: Mapping[str, Scalar]) -> Datum:
    """Interpolate linearly in time between two available years."""
    before, after, year = (number(params[k]) for k in ("before", "after", "year"))
    low, high = number(values[0]), number(values[1])
    return low + (high - low) * (year - before) / (after - before)


@operation("regional-mean", zh="同组地区当年均值", en="mean of the group's regions", step="3")
def regional_mean(values: Sequence[Datum], _params: Mapping[str, Scalar]) -> Datum:
    """Impute the mean of the regions of the same zone in the same year."""
    return mean.compute(values, {})


@operation("sum", zh="各地区之和", en="sum over regions")
def total(values: Sequence[Datum], _params: Mapping[str, Scalar]) -> Datum:
    """Add the parents up."""
    return math.fsum(numbers(values))


@operation("mean", zh="简单平均", en="simple mean")
def mean(values: Sequence[Datum], _params: Mapping[str, Scalar]) -> Datum:
    """Average the parents."""
    flat = numbers(values)
    return math.fsum(flat) / len(flat)


@operation("median", zh="中位数", en="median")
def median(values: Sequence[Datum], _params: Mapping[str, Scalar]) -> Datum:
    """Take the median of the parents."""
    return quantile(numbers(values), 0.5)


@operation(
    "pooled-ratio",
    zh="Σ(地区值 × 分母) ÷ Σ分母（即分子之和 ÷ 分母之和）",
    en="Σ(regional value × denominator) ÷ Σ denominator (sum of numerators ÷ sum of denominators)",
    paired=True,
)
def pooled_ratio(values: Sequence[Datum], _params: Mapping[str, Scalar]) -> Datum:
    """Aggregate an intensity: sum of numerators over sum of denominators."""
    return weighted_mean(*_halves(values))


@operation(
    "weighted-mean",
    zh="Σ(值 × 权数) ÷ Σ权数",
    en="Σ(value × weight) ÷ Σ weight",
    step="6",
    paired=True,
)
def weighted(values: Sequence[Datum], _params: Mapping[str, Scalar]) -> Datum:
    """Average arithmetically: first half of the parents are values, second half weights."""
    return weighted_mean(*_halves(values))


@operation(
    "weighted-geometric",
    zh="exp[Σ(ln 值 × 权数) ÷ Σ权数]",
    en="exp[Σ(ln value × weight) ÷ Σ weight]",
    step="6",
    paired=True,
)
def weighted_geometric(values: Sequence[Datum], _params: Mapping[str, Scalar]) -> Datum:
    """Average geometrically: first half of the parents are values, second half weights."""
    return geometric_mean(*_halves(values))


@operation(
    "geometric-level",
    zh="exp[Σ(ln max(得分, 1) × 权数) ÷ Σ权数]",
    en="exp[Σ(ln max(score, 1) × weight) ÷ Σ weight]",
    step="6",
    paired=True,
)
def geometric_level(values: Sequence[Datum], _params: Mapping[str, Scalar]) -> Datum:
    """Average scores geometrically, scores below one point counting as one point."""
    scores, weights = _halves(values)
    return min(100.0, geometric_mean([max(s, GEOMETRIC_FLOOR) for s in scores], weights))


@operation("index-positive", zh="100 × {0} ÷ 基期 {1}", en="100 × {0} ÷ base {1}", step="5")
def index_positive(values: Sequence[Datum], _params: Mapping[str, Scalar]) -> Datum:
    """Fixed-base index of an indicator of which more is better."""
    return 100.0 * (number(values[0]) / number(values[1]))


@operation("index-negative", zh="100 × 基期 {1} ÷ {0}", en="100 × base {1} ÷ {0}", step="5")
def index_negative(values: Sequence[Datum], _params: Mapping[str, Scalar]) -> Datum:
    """Fixed-base index of an indicator of which less is better: the reciprocal."""
    return 100.0 * (number(values[1]) / number(values[0]))


@operation(
    "contribution-arithmetic",
    zh="权数之积 × (分项指数 {0} − 基期 {1})",
    en="product of weight shares × (index {0} − base {1})",
    step="7",
)
def contribution_arithmetic(values: Sequence[Datum], params: Mapping[str, Scalar]) -> Datum:
    """Points of an arithmetic index' change; parents: index, base, then weights.

    The weights come level by level, each level as its own weight followed by the weights of all
    that have an index (``sizes``: how many these are), so that shares of missing ones are shared out.
    """
    return _share_of_weight(values[2:], params) * (number(values[0]) - number(values[1]))


@operation(
    "contribution-geometric",
    zh="对数平均(总指数, 基期) × 权数之积 × ln(分项指数 {0} ÷ 基期 {1})",
    en="log mean(total, base) × product of weight shares × ln(index {0} ÷ base {1})",
    step="7",
)
def contribution_geometric(values: Sequence[Datum], params: Mapping[str, Scalar]) -> Datum:
    """Points of a geometric index' change by the logarithmic mean (additive, no residual).

    Parents: index, base, total index, base of the total, then weights as in the arithmetic one.
    """
    now, base, whole, start = (number(v) for v in values[:4])
    return log_mean(whole, start) * _share_of_weight(values[4:], params) * math.log(now / base)


def _share_of_weight(values: Sequence[Datum], params: Mapping[str, Scalar]) -> float:
    share, rest = 1.0, numbers(values)
    for size in str(params["sizes"]).split(","):
        own, everyone, rest = rest[0], rest[1 : 1 + int(size)], rest[1 + int(size) :]
        share *= own / math.fsum(everyone)
    return share


@operation("pool", zh="各地区数值汇集", en="the regions' values, gathered")
def pool(values: Sequence[Datum], _params: Mapping[str, Scalar]) -> Datum:
    """Gather values into one list, from which ranks, goalposts and quantiles are taken."""
    return tuple(numbers(values))


@operation("quantile", zh="{1} 分位数", en="quantile at {1}")
def pool_quantile(values: Sequence[Datum], _params: Mapping[str, Scalar]) -> Datum:
    """Take the quantile of a pool (first parent) at a share (second parent)."""
    return quantile(numbers(values[:1]), number(values[1]))


@operation("deviation", zh="总体标准差", en="population standard deviation", step="5")
def deviation(values: Sequence[Datum], _params: Mapping[str, Scalar]) -> Datum:
    """Return the population standard deviation."""
    flat = numbers(values)
    centre = math.fsum(flat) / len(flat)
    return math.sqrt(math.fsum((v - centre) ** 2 for v in flat) / len(flat))


@operation(
    "cagr",
    zh="100 × [({0} ÷ {1})^(1/{years}) − 1]",
    en="100 × [({0} ÷ {1})^(1/{years}) − 1]",
)
def cagr(values: Sequence[Datum], params: Mapping[str, Scalar]) -> Datum:
    """Compound annual growth in % over ``years``; parents: value now, value then (positive)."""
    ratio_of_ends = number(values[0]) / number(values[1])
    return 100.0 * (math.pow(ratio_of_ends, 1 / number(params["years"])) - 1)


@operation("annual-points", zh="({0} − {1}) ÷ {years}", en="({0} − {1}) ÷ {years}")
def annual_points(values: Sequence[Datum], params: Mapping[str, Scalar]) -> Datum:
    """Average gain in points a year over ``years``; parents: value now, value then."""
    return (number(values[0]) - number(values[1])) / number(params["years"])


@operation("difference", zh="{0} − {1}", en="{0} − {1}")
def difference(values: Sequence[Datum], _params: Mapping[str, Scalar]) -> Datum:
    """Subtract the second parent from the first."""
    first, second = values
    if isinstance(first, int) and isinstance(second, int):
        return first - second
    return number(first) - number(second)


@operation("variation", zh="标准差 ÷ 均值", en="standard deviation ÷ mean")
def variation(values: Sequence[Datum], _params: Mapping[str, Scalar]) -> Datum:
    """Coefficient of variation (population standard deviation over the mean)."""
    return number(deviation.compute(values, {})) / number(mean.compute(values, {}))


@operation(
    "mean-shift", zh="两组位次之差绝对值的均值", en="mean absolute difference of ranks", step="7"
)
def mean_shift(values: Sequence[Datum], _params: Mapping[str, Scalar]) -> Datum:
    """Mean absolute rank shift; parents: ranks under a variant, then the reference ranks."""
    first, second = _halves(values)
    return math.fsum(abs(a - b) for a, b in zip(first, second, strict=True)) / len(first)


@operation(
    "project",
    zh="{0} × (1 + {2} × 年均增速)^{ahead}，年均增速 = ({0} ÷ {1})^(1/{years}) − 1",
    en="{0} × (1 + {2} × g)^{ahead}, g = ({0} ÷ {1})^(1/{years}) − 1",
)
def project(values: Sequence[Datum], params: Mapping[str, Scalar]) -> Datum:
    """Extend an index by a share (third parent) of its average annual growth since the base year."""
    now, base, share = (number(v) for v in values)
    growth = math.pow(now / base, 1 / number(params["years"])) - 1
    return now * math.pow(1 + share * growth, number(params["ahead"]))


@operation("pick", zh="第 {position} 项", en="item {position}")
def pick(values: Sequence[Datum], params: Mapping[str, Scalar]) -> Datum:
    """Take the item at ``position`` (from 1) of a list."""
    return items(values[0])[int(number(params["position"])) - 1]


@operation("length", zh="个数", en="number of items")
def length(values: Sequence[Datum], _params: Mapping[str, Scalar]) -> Datum:
    """Count the items of a list."""
    return len(items(values[0]))


ALL: tuple[Operation, ...] = (
    scale, ratio, carry, interpolate, regional_mean, total, mean, median, pooled_ratio, weighted,
    weighted_geometric, geometric_level, index_positive, index_negative, contribution_arithmetic,
    contribution_geometric, pool, pool_quantile, deviation, cagr, annual_points, difference, variation, mean_shift, project, pick,
    length,
)  # fmt: skip
