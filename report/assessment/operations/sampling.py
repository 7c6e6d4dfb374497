"""Operations on samples: weighted survey shares with their limits, and Monte Carlo over weights."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np

from report.assessment.operations.arithmetic import GEOMETRIC_FLOOR
from report.assessment.operations.registry import Operation, items, number, numbers, operation
from report.assessment.results import Datum, Scalar

Matrix: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Ranks: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

Z_95 = 1.959963984540054
"""The 97.5 % point of the standard normal distribution."""


def _answers(
    values: Sequence[Datum], params: Mapping[str, Scalar]
) -> tuple[list[str], list[float]]:
    """Return non-empty answers and their weights, of one group category where there is one."""
    answers, weights = items(values[0]), items(values[1])
    groups = items(values[2]) if len(values) > 2 else (None,) * len(answers)
    kept, kept_weights = [], []
    for answer, weight, group in zip(answers, weights, groups, strict=True):
        if answer and (len(values) < 3 or group == params["category"]):
            kept.append(str(answer))
            kept_weights.append(number(weight))
    return kept, kept_weights


@operation(
    "share",
    zh="100 × 选择“{option}”的样本权数之和 ÷ 有效回答权数之和",
    en="100 × weights of answers “{option}” ÷ weights of all valid answers",
)
def share(values: Sequence[Datum], params: Mapping[str, Scalar]) -> Datum:
    """Weighted share of an option in %; parents: answers, weights[, group column].

    An answer may name several options, ``a|b``; empty answers do not count.
    """
    answers, weights = _answers(values, params)
    option = str(params["option"])
    chosen = [w for a, w in zip(answers, weights, strict=True) if option in a.split("|")]
    return 100.0 * math.fsum(chosen) / math.fsum(weights)


@operation("answers", zh="有效回答份数", en="number of valid answers")
def answers_count(values: Sequence[Datum], params: Mapping[str, Scalar]) -> Datum:
    """Count valid answers; parents as for ``share``."""
    return len(_answers(values, params)[0])


@operation("effective-sample", zh="(Σ权数)² ÷ Σ权数²", en="(Σ weight)² ÷ Σ weight²")
def effective_sample(values: Sequence[Datum], params: Mapping[str, Scalar]) -> Datum:
    """Kish's effective sample size (Kish, Survey Sampling, 1965); parents as for ``share``."""
    weights = _answers(values, params)[1]
    return math.fsum(weights) ** 2 / math.fsum(w * w for w in weights)


def wilson(percent: float, size: float, sign: float) -> float:
    """Return a limit of Wilson's 95 % score interval (1927) for a share in %, in %."""
    p, square = percent / 100.0, Z_95 * Z_95
    centre = p + square / (2 * size)
    half = Z_95 * math.sqrt(p * (1 - p) / size + square / (4 * size * size))
    return min(100.0, max(0.0, 100.0 * (centre + sign * half) / (1 + square / size)))


@operation(
    "wilson-low",
    zh="威尔逊区间下限：比例 {0}，有效样本量 {1}，置信度 95%",
    en="lower Wilson limit: share {0}, effective sample {1}, 95 %",
)
def wilson_low(values: Sequence[Datum], _params: Mapping[str, Scalar]) -> Datum:
    """Lower limit of the share (first parent) given the effective sample size (second)."""
    return wilson(number(values[0]), number(values[1]), -1.0)


@operation(
    "wilson-high",
    zh="威尔逊区间上限：比例 {0}，有效样本量 {1}，置信度 95%",
    en="upper Wilson limit: share {0}, effective sample {1}, 95 %",
)
def wilson_high(values: Sequence[Datum], _params: Mapping[str, Scalar]) -> Datum:
    """Upper limit of the share (first parent) given the effective sample size (second)."""
    return wilson(number(values[0]), number(values[1]), 1.0)


@operation(
    "perturbed-ranks",
    zh="权数在 ±{1} 内随机扰动 {0} 次（种子 {2}）后总水平位次的 5%、50%、95% 分位",
    en="5, 50 and 95 % points of the total rank over {0} draws of weights within ±{1} (seed {2})",
    step="7",
)
def perturbed_ranks(values: Sequence[Datum], params: Mapping[str, Scalar]) -> Datum:
    """Rank under perturbed weights: for each region its 5 %, 50 % and 95 % points, one after another.

    Parents: draws, spread, seed, dimension weights, indicator weights, then one row of scores a
    region. ``sizes`` gives the number of indicators of each dimension; each weight is multiplied by
    its own uniform draw from [1 − spread, 1 + spread] and weights are scaled to 1 again.
    """
    draws, spread, seed = int(number(values[0])), number(values[1]), int(number(values[2]))
    sizes = [int(s) for s in str(params["sizes"]).split(",")]
    count = len(sizes) + sum(sizes)
    weights = np.array(numbers(values[3 : 3 + count]))
    rows = [[math.nan if s is None else number(s) for s in items(r)] for r in values[3 + count :]]
    ranks = _ranks_of_draws(
        np.array(rows),
        weights * _factors(draws, count, spread, seed),
        sizes,
        geometric=params["aggregate"] == "geometric",
    )
    points = np.quantile(ranks, [0.05, 0.5, 0.95], axis=0, method="inverted_cdf")
    return tuple(int(p) for p in points.T.ravel())


def _factors(draws: int, count: int, spread: float, seed: int) -> Matrix:
    generator = np.random.Generator(np.random.PCG64(seed))
    return 1.0 + spread * (2.0 * generator.random((draws, count)) - 1.0)


def _ranks_of_draws(
    scores: Matrix,
    weights: Matrix,
    sizes: list[int],
    *,
    geometric: bool,
) -> Ranks:
    """Ranks (draws × regions) of the total level for each draw of weights (dimensions first)."""
    present = ~np.isnan(scores)
    usable = np.where(present, scores, 1.0)
    if geometric:
        usable = np.log(np.maximum(usable, GEOMETRIC_FLOOR))
    whole = np.zeros((len(weights), len(scores)))
    share = np.zeros_like(whole)
    start = len(sizes)
    for position, size in enumerate(sizes):
        own = weights[:, start : start + size]
        columns = slice(start - len(sizes), start - len(sizes) + size)
        mass = own @ present[:, columns].T
        known = mass > 0
        level = (own @ (usable * present)[:, columns].T) / np.where(known, mass, 1.0)
        dimension = weights[:, [position]] * known
        whole += dimension * level
        share += dimension
        start += size
    levels = np.round(whole / share, 9)
    ranks: Ranks = 1 + (levels[:, None, :] > levels[:, :, None]).sum(axis=2)
    return ranks


ALL: tuple[Operation, ...] = (
    share, answers_count, effective_sample, wilson_low, wilson_high, perturbed_ranks,
)  # fmt: skip
