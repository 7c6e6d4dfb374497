"""Operations that order and classify: ranks, forms by ordered rules, regions selected for a path."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence

from report.assessment.operations.registry import Operation, number, numbers, operation
from report.assessment.results import Datum, Scalar

_TIE = 1e-9  # relative; sums of floats that ought to be equal differ by less

_COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
}

ABSENT = "?"
"""Marks, among a rule's comparisons, one whose metric the region lacks: it does not hold."""


def ahead(first: float, second: float) -> bool:
    """Tell whether ``first`` is greater than ``second`` by more than a rounding error."""
    return first - second > _TIE * max(abs(first), abs(second))


@operation("rank", zh="在各地区中由高到低的位次", en="place among the regions, from the highest")
def rank(values: Sequence[Datum], params: Mapping[str, Scalar]) -> Datum:
    """Rank of the first parent in the pool (second): 1 + the number ahead; ties share the better.

    ``direction`` negative ranks from the lowest.
    """
    own, others = number(values[0]), numbers(values[1:])
    if params.get("direction") == "negative":
        return 1 + sum(ahead(own, other) for other in others)
    return 1 + sum(ahead(other, own) for other in others)


@operation(
    "classify",
    zh="按次序取首个条件全部满足的类别：{rules}",
    en="first class whose conditions all hold: {rules}",
)
def classify(values: Sequence[Datum], params: Mapping[str, Scalar]) -> Datum:
    """Id of the first class whose conditions all hold; None when there is none.

    ``rules`` lists classes in order, ``id cmp cmp; id cmp; id``; the parents are the pairs (metric,
    threshold) of all comparisons in the same order, a comparison ``?`` having none.
    """
    left = list(values)
    for rule in str(params["rules"]).split("; "):
        name, *comparisons = rule.split(" ")
        holds = True
        for comparison in comparisons:
            if comparison == ABSENT:
                holds = False
                continue
            metric, threshold = number(left.pop(0)), number(left.pop(0))
            holds = holds and _COMPARE[comparison](metric, threshold)
        if holds:
            return name
    return None


@operation("members", zh="形态为“{form}”的地区", en="regions whose form is “{form}”")
def members(values: Sequence[Datum], params: Mapping[str, Scalar]) -> Datum:
    """Codes (``regions``, comma-separated, in the order of the parents) whose form is ``form``."""
    codes = str(params["regions"]).split(",")
    return tuple(c for c, form in zip(codes, values, strict=True) if form == params["form"])


@operation(
    "select",
    zh="满足条件（{comparisons}）的地区，按排序指标排列",
    en="regions meeting the conditions ({comparisons}), ordered by the ordering metric",
)
def select(values: Sequence[Datum], params: Mapping[str, Scalar]) -> Datum:
    """Codes of the regions that meet every condition, in order of a metric.

    Parents: the thresholds, then for each region its metrics followed by the ordering metric.
    ``order`` is ``descending`` or ``ascending``; ties keep the regions' official order.
    """
    comparisons = str(params["comparisons"]).split()
    codes = str(params["regions"]).split(",") if params["regions"] else []
    flat, width = numbers(values), len(comparisons) + 1
    thresholds, rows = flat[: width - 1], flat[width - 1 :]
    found: list[tuple[float, str]] = []
    for position, code in enumerate(codes):
        *metrics, order = rows[position * width : (position + 1) * width]
        if all(_COMPARE[c](m, t) for c, m, t in zip(comparisons, metrics, thresholds, strict=True)):
            found.append((order, code))
    found.sort(key=lambda pair: pair[0], reverse=params["order"] == "descending")
    return tuple(code for _order, code in found)


@operation("row", zh="一个地区的全部得分", en="all scores of a region")
def row(values: Sequence[Datum], params: Mapping[str, Scalar]) -> Datum:
    """Scores of a region, None where ``mask`` (one 0 or 1 an indicator) says it has none."""
    left = iter(numbers(values))
    return tuple(next(left) if m == "1" else None for m in str(params["mask"]))


ALL: tuple[Operation, ...] = (rank, classify, members, select, row)
