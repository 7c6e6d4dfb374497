"""Tables of regions and zones: rankings, level matrix, rank changes, growth, indicator values."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from report.assessment.results import Entry, Results
from report.document.derived import compose
from report.document.model import Structural, Table, TableCell
from report.exhibits.errors import NoData
from report.exhibits.tables import names
from report.exhibits.tables.grid import (
    Grid,
    Sources,
    cited_sources,
    dimension_ids,
    empty,
    entry_name,
    head,
    name,
    row_head,
    subject_head,
    year,
)

NO_LEVELS = "本年度版没有分地区测算结果"


def ranked(results: Results, of: str, at: int) -> tuple[Entry, ...]:
    """List the regions from the highest level; ties in official order. NoData when there are none."""
    regions = names.regions_with(results, f"level.{of}.{{}}.{at}")
    if not regions:
        names.subject(results.registry, of)
        raise NoData(NO_LEVELS)
    return tuple(
        sorted(
            regions,
            key=lambda r: (
                results.number(f"rank.{of}.{r.id}.{at}")
                if f"rank.{of}.{r.id}.{at}" in results
                else 0,
                -results.number(f"level.{of}.{r.id}.{at}"),
            ),
        )
    )


def level_ranking(
    sources: Sources, id_: str, of: str = "total", *, halves: bool = False, top: int = 0
) -> Table:
    """Regions by rank: level, change over the year before, growth since the base year, places gained.

    ``halves`` sets the lower half beside the upper one; ``top`` lists only the first so many places.
    """
    results, at = sources.results, sources.results.assessment_year
    grid = Grid(results)
    regions = ranked(results, of, at)
    if top:
        regions = tuple(r for r in regions if results.number(f"rank.{of}.{r.id}.{at}") <= top)
    before = any(f"level.{of}.{r.id}.{at - 1}" in results for r in regions)
    header = [head("位次"), head("地区"), head("水平得分")]
    widths = [0.83, 1.13, 1.45]  # side by side, every head still stands on one line
    if before:
        header += [head("比上年"), head("位次变化")]
        widths += [1.13, 1.45]
    if any(f"growth.{of}.{r.id}.{at}" in results for r in regions):
        header.append(head("年均增速（%）"))
        widths.append(1.45)

    def row(region: Entry) -> list[TableCell]:
        level = f"level.{of}.{region.id}"
        cells = [
            grid.num(f"rank.{of}.{region.id}.{at}"),
            row_head(name(entry_name(region))),
            grid.num(f"{level}.{at}"),
        ]
        if before:
            cells.append(grid.num(compose("diff", f"{level}.{at}", f"{level}.{at - 1}"), sign=True))
            cells.append(grid.num(f"rankchange.{of}.{region.id}.{at}", sign=True))
        if len(header) in (4, 6):
            cells.append(grid.num(f"growth.{of}.{region.id}.{at}"))
        return cells

    body = [row(region) for region in regions]
    if halves and len(body) > 1:
        body, header, widths = _side_by_side(body, header, widths)
    notes = ["位次变化为正表示比上年前移。"] if before else []
    title = "总体" if of == "total" else names.subject(results.registry, of)
    return grid.table(
        id_,
        (Structural(f"{at}年", "year"), name(f"各地区{title}水平得分及位次")),
        [header],
        body,
        widths,
        unit="分",
        notes=notes,
        landscape=False,
    )


def _side_by_side(
    body: Sequence[list[TableCell]], header: list[TableCell], widths: list[float]
) -> tuple[list[list[TableCell]], list[TableCell], list[float]]:
    half = (len(body) + 1) // 2
    blank = [empty() for _ in header]
    pairs = zip_longest(body[:half], body[half:], fillvalue=blank)
    return [[*left, *right] for left, right in pairs], [*header, *header], [*widths, *widths]


def level_matrix(sources: Sources, id_: str, order: str = "official") -> Table:
    """Regions × total and dimensions, each with level and rank; ``order`` is ``official`` or ``rank``."""
    results, at = sources.results, sources.results.assessment_year
    grid = Grid(results)
    regions = ranked(results, "total", at)
    if order == "official":
        regions = tuple(r for r in results.registry.regions if r in regions)
    subjects = dimension_ids(results)
    top = [
        head("地区", rowspan=2),
        *(subject_head(results, s, "总体", colspan=2) for s in subjects),
    ]
    second = [head(label) for _ in subjects for label in ("得分", "位次")]
    body = [
        [
            row_head(name(entry_name(region))),
            *(
                grid.num(key.format(s, region.id, at))
                for s in subjects
                for key in ("level.{}.{}.{}", "rank.{}.{}.{}")
            ),
        ]
        for region in regions
    ]
    for group in ("mean", "median"):
        if f"level.total.{group}.{at}" in results:
            cells = [row_head(names.GROUPS[group])]
            for s in subjects:
                cells += [grid.num(f"level.{s}.{group}.{at}"), empty()]
            body.append(cells)
    return grid.table(
        id_,
        (Structural(f"{at}年", "year"), name("各地区分维度水平得分和位次")),
        [top, second],
        body,
        [1.5, *[1.2, 0.9] * len(subjects)],
        unit="分",
    )


def rank_change(sources: Sources, id_: str, of: str = "total", top: int = 0) -> Table:
    """Regions whose rank changed, by places gained; ``top`` keeps the largest moves either way."""
    results, at = sources.results, sources.results.assessment_year
    grid = Grid(results)
    key = f"rankchange.{of}.{{}}.{at}"
    regions = names.regions_with(results, key)
    if not regions:
        raise NoData("没有上年位次，无法比较位次变化")
    moved = sorted(
        (r for r in regions if results.number(key.format(r.id)) != 0),
        key=lambda r: -results.number(key.format(r.id)),
    )
    if not moved:
        raise NoData("各地区位次与上年相同")
    left_out = "位次未变的地区不列"
    if top and len(moved) > 2 * top:
        moved = moved[:top] + moved[-top:]
        left_out = "只列变动较大的地区，其余从略"
    body = [
        [
            row_head(name(entry_name(r))),
            grid.num(f"rank.{of}.{r.id}.{at - 1}"),
            grid.num(f"rank.{of}.{r.id}.{at}"),
            grid.num(key.format(r.id), sign=True),
            grid.num(f"level.{of}.{r.id}.{at - 1}"),
            grid.num(f"level.{of}.{r.id}.{at}"),
        ]
        for r in moved
    ]
    first = [
        head("地区", rowspan=2),
        head("位次", colspan=2),
        head("位次变化", rowspan=2),
        head("水平得分（分）", colspan=2),
    ]
    second = [head(year(at - 1)), head(year(at))] * 2
    title = "总体" if of == "total" else names.subject(results.registry, of)
    return grid.table(
        id_,
        f"各地区{title}位次变化",
        [first, second],
        body,
        [1.6, *[1.3] * 5],
        notes=[f"位次变化为正表示比上年前移；{left_out}。"],
    )


def zone_table(sources: Sources, id_: str, of: str = "") -> Table:
    """Zones × dimensions (or, with ``of``, × years), with the mean of all regions below."""
    results, registry = sources.results, sources.results.registry
    at = results.assessment_year
    grid = Grid(results)
    if of:
        names.subject(registry, of)
    zones = [z for z in registry.zones if f"level.{of or 'total'}.{z.id}.{at}" in results]
    if not zones:
        raise NoData("本年度版没有分区域测算结果")
    groups = [(z.id, z.name) for z in zones]
    groups += [
        (g, names.GROUPS[g])
        for g in ("mean", "median")
        if f"level.{of or 'total'}.{g}.{at}" in results
    ]
    if of:
        years = [y for y in results.years if f"level.{of}.{zones[0].id}.{y}" in results]
        columns = [f"level.{of}.{{}}.{y}" for y in years]
        header = [head("区域"), *(head(year(y)) for y in years)]
        growth = of
    else:
        subjects = dimension_ids(results)
        columns = [f"level.{s}.{{}}.{at}" for s in subjects]
        header = [head("区域"), *(subject_head(results, s, "总体") for s in subjects)]
        growth = "total"
    if any(f"growth.{growth}.{g}.{at}" in results for g, _label in groups):
        columns.append(f"growth.{growth}.{{}}.{at}")
        header.append(head("年均增速（%）" if of else "总体年均增速（%）"))
    body = [
        [row_head(name(label)), *(grid.num(key.format(g)) for key in columns)]
        for g, label in groups
    ]
    title = names.subject(registry, of) if of and of != "total" else ""
    return grid.table(
        id_,
        f"分区域{title}水平得分",
        [header],
        body,
        [1.8, *[1.4] * len(columns)],
        unit="分",
        notes=["区域得分为区域内各地区得分的简单平均。"],
    )


def growth_table(sources: Sources, id_: str) -> Table:
    """Regions × average annual growth of the level, in total and by dimension, fastest first."""
    results, at = sources.results, sources.results.assessment_year
    grid = Grid(results)
    regions = names.regions_with(results, f"growth.total.{{}}.{at}")
    if not regions:
        raise NoData("本年度版没有分地区增速")
    order = sorted(regions, key=lambda r: -results.number(f"growth.total.{r.id}.{at}"))
    subjects = dimension_ids(results)
    rows = [(r.id, entry_name(r)) for r in order]
    rows += [
        (g, names.GROUPS[g]) for g in ("mean", "median") if f"growth.total.{g}.{at}" in results
    ]
    body = [
        [row_head(name(label)), *(grid.num(f"growth.{s}.{code}.{at}") for s in subjects)]
        for code, label in rows
    ]
    header = [head("地区"), *(subject_head(results, s, "总体") for s in subjects)]
    caption = (
        Structural(f"{results.base_year}—{at}年", "years"),
        name("各地区水平得分年均增速"),
    )
    return grid.table(id_, caption, [header], body, [1.6, *[1.5] * len(subjects)], unit="%")


def indicator_matrix(sources: Sources, id_: str, of: str = "") -> Table:
    """All regions × the indicators of a dimension in the assessment year, treated values marked, the nation last."""
    results, registry = sources.results, sources.results.registry
    at = results.assessment_year
    if not registry.indicators:
        raise NoData("本年度版没有分项指标数据")
    title = names.subject(registry, of)
    chosen = [i for i in registry.indicators if i.parent == of]
    rows = [(r.id, entry_name(r)) for r in registry.regions]
    known = any(f"indicator.{i.id}.{code}.{at}" in results for i in chosen for code, _n in rows)
    if not known:
        raise NoData(f"本年度版没有{title}各项指标的分地区数据")
    grid = Grid(results)
    rows.append(("nation", names.GROUPS["nation"]))
    body = [
        [row_head(name(label)), *(grid.num(f"indicator.{i.id}.{code}.{at}") for i in chosen)]
        for code, label in rows
    ]
    header = [head("地区"), *(head(name(f"{i.name}（{i.unit}）")) for i in chosen)]
    return grid.table(
        id_,
        (Structural(f"{at}年", "year"), name(f"各地区{title}指标数值")),
        [header],
        body,
        [1.3, *[1.5] * len(chosen)],
        source=cited_sources(i.source for i in chosen),
        landscape=False,
    )


def indicator_values(sources: Sources, id_: str, of: str = "") -> Table:
    """All regions × years of one indicator, treated values marked, with the latest rank."""
    results, registry = sources.results, sources.results.registry
    indicator = names.find(registry.indicators, of)
    if not registry.indicators:
        raise NoData("本年度版没有分项指标数据")
    if indicator is None:
        raise names.unknown(of, (i.id for i in registry.indicators))
    grid = Grid(results)
    stem, at = f"indicator.{of}", results.assessment_year
    codes = [(r.id, entry_name(r)) for r in registry.regions]
    years = [
        y for y in results.years if any(f"{stem}.{code}.{y}" in results for code, _label in codes)
    ]
    if not years:
        raise NoData(f"本年度版没有“{indicator.name}”的分地区数据")
    rankings = any(f"rank.{of}.{code}.{at}" in results for code, _label in codes)
    if f"{stem}.nation.{at}" in results:
        codes.append(("nation", names.GROUPS["nation"]))
    body = []
    for code, label in codes:
        cells = [
            row_head(name(label)),
            *(grid.num(f"{stem}.{code}.{y}") for y in years),
        ]
        if rankings:
            at_rank = grid.num(f"rank.{of}.{code}.{at}") if code != "nation" else empty()
            cells.append(at_rank)
        body.append(cells)
    header = [head("地区"), *(head(year(y)) for y in years)]
    if rankings:
        header.append(head(Structural(f"{at}年位次", "year")))
    return grid.table(
        id_,
        (name(f"各地区{indicator.name}"),),
        [header],
        body,
        [1.6, *[1.5] * (len(header) - 1)],
        unit=indicator.unit,
        source=indicator.source or None,
    )
