"""Operations of normalisation: goalposts from a pool, and scores of 0–100 by three methods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from report.assessment.operations.arithmetic import quantile
from report.assessment.operations.registry import Operation, number, numbers, operation
from report.assessment.results import Datum, Scalar


def _clip(score: float) -> float:
    return min(100.0, max(0.0, score))


@operation(
    "goalpost-low", zh="{1} 分位数（0 为最小值）", en="quantile at {1} (0: minimum)", step="5"
)
def goalpost_low(values: Sequence[Datum], _params: Mapping[str, Scalar]) -> Datum:
    """Lower goalpost: the pool's quantile at the winsorised tail share."""
    return quantile(numbers(values[:1]), number(values[1]))


@operation(
    "goalpost-high",
    zh="1 − {1} 分位数（0 为最大值）",
    en="quantile at 1 − {1} (0: maximum)",
    step="5",
)
def goalpost_high(values: Sequence[Datum], _params: Mapping[str, Scalar]) -> Datum:
    """Upper goalpost: the pool's quantile at one minus the winsorised tail share."""
    return quantile(numbers(values[:1]), 1.0 - number(values[1]))


@operation(
    "min-max",
    zh="100 × ({0} − 下限 {1}) ÷ (上限 {2} − 下限 {1})，截于 0–100，逆向指标取 100 减",
    en="100 × ({0} − low {1}) ÷ (high {2} − low {1}), cut at 0 and 100; negative: 100 minus it",
    step="5",
)
def min_max(values: Sequence[Datum], params: Mapping[str, Scalar]) -> Datum:
    """Min-max score; 50 for everyone where the goalposts coincide (no information)."""
    value, low, high = (number(v) for v in values)
    if high == low:
        return 50.0
    score = _clip(100.0 * ((value - low) / (high - low)))
    return 100.0 - score if params.get("direction") == "negative" else score


@operation(
    "z-score",
    zh="50 ± 10 × ({0} − 均值 {1}) ÷ 标准差 {2}，截于 0–100",
    en="50 ± 10 × ({0} − mean {1}) ÷ deviation {2}, cut at 0 and 100",
    step="5",
)
def z_score(values: Sequence[Datum], params: Mapping[str, Scalar]) -> Datum:
    """Standardise to mean 50 and deviation 10; 50 for everyone where nothing varies."""
    value, centre, spread = (number(v) for v in values)
    if spread == 0:
        return 50.0
    sign = -1.0 if params.get("direction") == "negative" else 1.0
    return _clip(50.0 + sign * 10.0 * (value - centre) / spread)


@operation(
    "rank-score",
    zh="100 × (低于 {0} 的个数 + 并列个数的一半) ÷ (总数 − 1)",
    en="100 × (number below {0} + half of the ties) ÷ (number − 1)",
    step="5",
)
def rank_score(values: Sequence[Datum], params: Mapping[str, Scalar]) -> Datum:
    """Score by place in the pool (second parent): 0 for the lowest, 100 for the highest."""
    value, others = number(values[0]), numbers(values[1:])
    if len(others) < 2:
        return 50.0
    below = sum(o < value for o in others)
    ties = sum(o == value for o in others) - 1
    score = 100.0 * (below + ties / 2) / (len(others) - 1)
    return 100.0 - score if params.get("direction") == "negative" else score


ALL: tuple[Operation, ...] = (goalpost_low, goalpost_high, min_max, z_score, rank_score)
