"""Defects of the statistics, told plainly: what is missing or doubtful, where, and what was done about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from report.assessment.results import Entry, Results
from report.document.model import Structural, Table, TableCell
from report.exhibits.errors import NoData
from report.exhibits.tables import names
from report.exhibits.tables.grid import (
    Grid,
    Sources,
    cited,
    entry_name,
    head,
    name,
    row_head,
    text,
)
from report.exhibits.tables.system import indicator_rules, require_indicators

ACTIONS = {"keep": "按公布数使用", "omit": "不参与计算", "interpolate": "按相邻年份插补"}
REMEDIES = {
    "carried": "沿用相邻年份数据",
    "interpolated": "按相邻年份插补",
    "regional-mean": "以所在区域平均值代替",
    "doubtful": "按公布数使用",
    "omitted": "该地区不计此项指标，按同维度其余指标的权重计算",
}


@dataclass(frozen=True, slots=True)
class Defect:
    """One defect: the indicator, the years and regions it concerns, what is wrong, what was done."""

    indicator: str
    years: tuple[int, ...]
    regions: tuple[str, ...]  # empty: all regions
    problem: str
    remedy: str


def data_notes(sources: Sources, id_: str) -> Table:
    """List the defects of the statistics and how each was dealt with."""
    require_indicators(sources.results)
    body = [
        [
            row_head(name(defect.indicator)),
            TableCell((Structural(spans(defect.years), "years"),), align="center"),
            TableCell((name("、".join(defect.regions) or "全部地区"),)),
            text(defect.problem),
            TableCell((cited(defect.remedy, "treatment"),)),
        ]
        for defect in defects(sources)
    ]
    if not body:
        raise NoData("各项数据完整，没有需要说明的缺失或异常")
    header = [head("指标"), head("年份"), head("地区"), head("问题"), head("处理")]
    return Grid(sources.results).table(
        id_, "数据缺失与异常的处理", [header], body, [3.4, 2.2, 2.2, 2.0, 4.8], source=""
    )


def defects(sources: Sources) -> Iterator[Defect]:
    """Find the defects: declared treatments first, then flagged and absent values, by indicator."""
    registry = sources.results.registry
    rules = indicator_rules(sources.edition)
    for indicator in registry.indicators:
        rule = rules.get(indicator.id)
        treatments = rule.treatments if rule else ()
        for treatment in treatments:
            region = names.member(registry, treatment.region)
            remedy = f"{ACTIONS[treatment.action]}。{treatment.reason}"
            yield Defect(indicator.name, (treatment.year,), (region,), "公布数异常", remedy)
        yield from _flagged(sources.results, indicator, {(t.region, t.year) for t in treatments})


def _flagged(results: Results, indicator: Entry, told: set[tuple[str, int]]) -> Iterator[Defect]:
    """Group an indicator's flagged or absent values: the same years and kind make one defect."""
    if not any(key.startswith(f"indicator.{indicator.id}.") for key in results):
        return
    regions = results.registry.regions
    found: dict[tuple[str, tuple[int, ...]], list[str]] = {}
    for region in regions:
        kinds: dict[str, list[int]] = {}
        for at in results.years:
            if (region.id, at) not in told:
                kind = _kind(results, f"indicator.{indicator.id}.{region.id}.{at}")
                kinds.setdefault(kind, []).append(at)
        for kind, years in kinds.items():
            if kind:
                found.setdefault((kind, tuple(years)), []).append(entry_name(region))
    for (kind, listed), short in found.items():
        where = () if len(short) == len(regions) > 1 else tuple(short)
        problem = "公布数异常" if kind == "doubtful" else "未公布"
        yield Defect(indicator.name, listed, where, problem, REMEDIES[kind])


def spans(years: Iterable[int]) -> str:
    """Write years, runs of three and more shortened: 2018年、2020—2022年."""
    runs: list[list[int]] = []
    for at in sorted(years):
        if runs and at == runs[-1][-1] + 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    texts = []
    for run in runs:
        texts += [f"{run[0]}—{run[-1]}年"] if len(run) > 2 else [f"{at}年" for at in run]
    return "、".join(texts)


def _kind(results: Results, key: str) -> str:
    if key not in results:
        return "omitted"
    flags = results[key].flags
    return next((kind for kind in REMEDIES if kind in flags), "")
