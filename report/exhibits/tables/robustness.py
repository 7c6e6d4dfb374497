"""Tables of the robustness analysis: rank intervals under perturbed weights, ranks under other methods."""

from __future__ import annotations

from report.document.derived import compose
from report.document.model import Structural, Table, TableCell, Text
from report.exhibits.errors import NoData
from report.exhibits.tables import names
from report.exhibits.tables.grid import Grid, Sources, empty, entry_name, head, name, row_head
from report.exhibits.tables.provincial import ranked

NO_ROBUSTNESS = "本年度版没有稳健性分析结果"


def robustness_table(sources: Sources, id_: str, top: int = 0) -> Table:
    """Regions by rank: median rank and 5–95 % range under perturbed weights; ``top`` lists the first."""
    results, at = sources.results, sources.results.assessment_year
    grid = Grid(results)
    regions = [r for r in ranked(results, "total", at) if f"robust-low.{r.id}" in results]
    if not regions:
        raise NoData(NO_ROBUSTNESS)
    if top:
        regions = [r for r in regions if results.number(f"rank.total.{r.id}.{at}") <= top]
    body = [
        [
            row_head(name(entry_name(r))),
            grid.num(f"rank.total.{r.id}.{at}"),
            grid.num(f"robust-median.{r.id}"),
            grid.num(f"robust-low.{r.id}"),
            grid.num(f"robust-high.{r.id}"),
            grid.num(compose("diff", f"robust-high.{r.id}", f"robust-low.{r.id}")),
        ]
        for r in regions
    ]
    first = [
        head("地区", rowspan=2),
        head("位次", rowspan=2),
        head("权重扰动下的位次", colspan=4),
    ]
    percent = [Structural(f"{p}%分位", "percentile") for p in (5, 95)]
    second = [head("中位数"), head(percent[0]), head(percent[1]), head("区间宽度")]
    notes: list[tuple[Structural, ...]] = []
    if sources.edition is not None:
        method = sources.edition.method
        notes.append(
            (
                Structural(
                    f"对维度权重和指标权重随机扰动{method.robustness_draws}次，"
                    f"扰动幅度为±{method.robustness_spread * 100:g}%。",
                    "method",
                ),
            )
        )
    return grid.table(
        id_,
        "各地区总体位次的稳健性",
        [first, second],
        body,
        [1.8, *[1.5] * 5],
        unit="位",
        notes=notes,
    )


def variants(sources: Sources, id_: str) -> Table:
    """Regions × rank under each other method, with the mean absolute shift of each below."""
    results, at = sources.results, sources.results.assessment_year
    shifts = [key.partition(".")[2] for key in results if key.startswith("robust-shift.")]
    if not shifts:
        raise NoData(NO_ROBUSTNESS)
    grid = Grid(results)
    body: list[list[TableCell]] = [
        [
            row_head(name(entry_name(r))),
            grid.num(f"rank.total.{r.id}.{at}"),
            *(grid.num(f"robust-rank.{variant}.{r.id}") for variant in shifts),
        ]
        for r in ranked(results, "total", at)
    ]
    body.append(
        [
            row_head("平均变动（位）"),
            empty(),
            *(grid.num(f"robust-shift.{variant}") for variant in shifts),
        ]
    )
    header = [
        head("地区"),
        head("本报告方法"),
        *(head(name(names.VARIANTS.get(variant, variant))) for variant in shifts),
    ]
    return grid.table(
        id_,
        "不同方法下的各地区总体位次",
        [header],
        body,
        [1.8, *[1.7] * (len(shifts) + 1)],
        unit="位",
        notes=[(Text("平均变动为各地区位次与本报告方法相比变动绝对值的平均数。"),)],
    )
