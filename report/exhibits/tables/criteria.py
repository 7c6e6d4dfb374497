"""Criteria of forms and paths in words, their thresholds as numbers with keys."""

from __future__ import annotations

from report.assessment.results import Results
from report.document.format import UnknownKey, quantity
from report.document.model import Break, Inline, Number, Structural, TableCell, Text, Word
from report.edition.model import Condition, Form, TypicalPath
from report.exhibits.tables import names
from report.exhibits.tables.grid import MISSING, cited


def criteria(results: Results, rule: Form | TypicalPath) -> tuple[tuple[Inline, ...], ...]:
    """Say each condition of a rule as a run of inlines; none where the rule takes all that remain."""
    kind = "form" if isinstance(rule, Form) else "path"
    return tuple(
        _condition(results, condition, f"{kind}.{rule.id}.{n}")
        for n, condition in enumerate(rule.conditions, 1)
    )


def criteria_cell(results: Results, rule: Form | TypicalPath | None) -> TableCell:
    """Make the cell that lists a rule's conditions, one a line."""
    if rule is None:
        return TableCell((Text(MISSING),))
    if not rule.conditions:
        return TableCell((Text("其余地区", rule.place),))
    inlines: list[Inline] = []
    for run in criteria(results, rule):
        if inlines:
            inlines += [Text("；"), Break()]
        inlines += run
    return TableCell(tuple(inlines))


def _condition(results: Results, rule: Condition, name: str) -> tuple[Inline, ...]:
    """Say one condition: 总体水平得分不低于各地区的75%分位数（58.3分）."""
    metric = Word(names.metric(results.registry, rule.metric), "name")
    comparison = names.COMPARISONS[rule.comparison]
    limit = _number(results, f"threshold.{name}", rule)
    if rule.quantile is None:
        if rule.metric.startswith("rank.") and rule.comparison == "<=":
            return (metric, cited("居前", "criterion", rule.place), *limit)
        return (metric, cited(comparison, "criterion", rule.place), *limit)
    word = cited(f"{comparison}各地区的", "criterion", rule.place)
    share = _share(results, f"quantile.{name}", rule)
    if not limit:
        return (metric, word, share, Text("分位数"))
    return (metric, word, share, Text("分位数（"), *limit, Text("）"))


def _number(results: Results, key: str, rule: Condition) -> tuple[Inline, ...]:
    unit = {"level": "分", "growth": "%", "rank": "位"}.get(rule.metric.partition(".")[0], "")
    try:
        whole = rule.value is not None and float(rule.value).is_integer()
        printed = quantity(results, key, decimals=0 if whole else None)
    except UnknownKey:
        if rule.value is None:
            return ()
        return (Structural(f"{rule.value:g}{unit}", "criterion", rule.place),)
    if not printed.unit and unit and " - " not in rule.metric:
        return (Number(printed), Text(unit))
    return (Number(printed),)


def _share(results: Results, key: str, rule: Condition) -> Inline:
    exact = f"{(rule.quantile or 0) * 100:.4f}".rstrip("0").rstrip(".")
    decimals = len(exact.partition(".")[2])
    try:
        return Number(quantity(results, key, scale="%", decimals=decimals))
    except UnknownKey:
        return Structural(f"{exact}%", "criterion", rule.place)
