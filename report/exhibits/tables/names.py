"""Names of what keys speak of, as tables print them: regions, dimensions, groups, metrics, conditions."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from report.assessment.results import Entry, Registry, Results
from report.errors import Problem, TemplateError
from report.i18n import _

TOTAL = "total"
GROUPS = {"mean": "全国平均", "median": "全国中位数", "nation": "全国"}
FAMILIES = {
    "index": "指数",
    "level": "水平得分",
    "growth": "水平得分年均增速",
    "rank": "位次",
    "rankchange": "位次变化",
    "score": "标准化得分",
    "indicator": "",
}
VARIANTS = {
    "geometric": "几何平均合成",
    "arithmetic": "算术平均合成",
    "z-score": "标准分数法标准化",
    "min-max": "极差法标准化",
    "rank": "位次法标准化",
    "equal-weights": "各级等权",
}
COMPARISONS = {">": "高于", ">=": "不低于", "<": "低于", "<=": "不高于", "==": "等于"}


def find(entries: Iterable[Entry], id_: str) -> Entry | None:
    """Return the entry with this id, or None."""
    return next((entry for entry in entries if entry.id == id_), None)


def unknown(id_: str, known: Iterable[str]) -> TemplateError:
    """Build the error of an id that a template asks for and the edition does not have."""
    near = difflib.get_close_matches(id_, list(known), n=3, cutoff=0.4)
    return TemplateError(
        Problem(
            None,
            _("the edition has nothing with the id {id}").format(id=repr(id_)),
            _("an id of this edition"),
            _("the nearest: {names}").format(names=", ".join(near)) if near else "",
        )
    )


def subject(registry: Registry, id_: str, *, short: bool = False) -> str:
    """Name a total, dimension or indicator; TemplateError where there is none of this id."""
    if id_ == TOTAL:
        return "总体"
    entry = find((*registry.dimensions, *registry.indicators), id_)
    if entry is None:
        raise unknown(id_, (TOTAL, *(e.id for e in (*registry.dimensions, *registry.indicators))))
    return (entry.short or entry.name) if short else entry.name


def member(registry: Registry, id_: str) -> str:
    """Name a region (short), zone, form, path or the nation's mean or median."""
    if id_ in GROUPS:
        return GROUPS[id_]
    if region := find(registry.regions, id_):
        return region.short or region.name
    entry = find((*registry.zones, *registry.forms, *registry.paths), id_)
    return entry.name if entry else id_


def metric(registry: Registry, text: str) -> str:
    """Say a condition's metric in words: ``level.innovation - level.total`` → 技术创新能力水平得分与总体水平得分之差."""
    if " - " in text:
        first, second = (metric(registry, part.strip()) for part in text.split(" - ", 1))
        return f"{first}与{second}之差"
    family, _, name = text.partition(".")
    return subject(registry, name.partition(".")[0]) + FAMILIES.get(family, "")


def regions_with(results: Results, pattern: str) -> tuple[Entry, ...]:
    """List the regions that have a value under ``pattern.format(code)``, in official order."""
    return tuple(r for r in results.registry.regions if pattern.format(r.id) in results)
