"""Figures of the regions: rankings, map, heat map, slopes, scatter, dispersion, robustness."""

from __future__ import annotations

from figures.spec import FigureSpec, Point, Series
from report.assessment.results import Results
from report.exhibits.errors import NoData
from report.exhibits.figures.parts import (
    NO_LEVELS,
    Sources,
    Subject,
    bad_value,
    chosen,
    dimensions,
    group_of,
    groups,
    mean_of,
    origin,
    point,
    region_points,
    regions,
    short,
    spec,
    subject,
    with_limits,
    with_x,
    year_or,
)
from report.exhibits.tables import names


def ranking(
    sources: Sources,
    id_: str,
    *,
    of: str = "level.total",
    year: int = 0,
    by: str = "",
    top: int = 0,
) -> FigureSpec:
    """Rank all regions (or the first ``top``); the mean as a line; ``by`` form or zone colours the bars."""
    results = sources.results
    what, at = subject(results, of), year_or(results, year)
    made = region_points(results, what, at, by=by, top=top)
    series = [Series(what.name, tuple(made)), *mean_of(results, what, at)]
    return spec(
        "bars",
        id_,
        f"{at}年各地区{what.name}",
        series,
        unit=what.unit,
        source=what.source,
        groups=groups(results, by),
        options={} if by or top else {"highlight": [p.code for p in made[:3]]},
    )


def indicator_ranking(
    sources: Sources, id_: str, *, of: str = "", top: int = 10, year: int = 0
) -> FigureSpec:
    """Rank the first ``top`` regions by an indicator's value."""
    return ranking(sources, id_, of=of, year=year, top=top)


def growth_lollipop(
    sources: Sources, id_: str, *, of: str = "growth.total", year: int = 0
) -> FigureSpec:
    """Draw each region's average annual growth since the base year, from the fastest down."""
    results = sources.results
    what = subject(results, of if "." in of else f"growth.{of}")
    at = year_or(results, year)
    made = region_points(results, what, at)
    return spec(
        "lollipop",
        id_,
        f"{results.base_year}—{at}年各地区{what.name}",
        [Series(what.name, tuple(made)), *mean_of(results, what, at)],
        unit=what.unit,
        source=what.source,
        options={"highlight": [p.code for p in made[:3]]},
    )


def tile_map(sources: Sources, id_: str, *, of: str = "level.total", year: int = 0) -> FigureSpec:
    """Shade the schematic grid of regions by level, growth or an indicator."""
    results = sources.results
    what, at = subject(results, of), year_or(results, year)
    tiles = {r.code: list(r.tile) for r in sources.edition.regions} if sources.edition else {}
    made = [p for p in region_points(results, what, at) if p.code in tiles]
    if not made:
        raise NoData("没有地区方位示意图的网格")
    return spec(
        "tile-map",
        id_,
        f"{at}年各地区{what.name}分布（示意图）",
        [Series(what.name, tuple(made))],
        unit=what.unit,
        source=what.source,
        options={"tiles": tiles},
    )


def level_heatmap(
    sources: Sources, id_: str, *, by: str = "zone", family: str = "level", year: int = 0
) -> FigureSpec:
    """Print and shade regions × dimensions; rows in blocks of zones or forms, or ranked (``by``="")."""
    results, at = sources.results, year_or(sources.results, year)
    if family not in {"level", "growth"}:
        bad_value("family", family, ["level", "growth"])
    what = subject(results, f"{family}.total")
    listed = regions(results, what, at)
    columns = [("total", "总体"), *((d.id, short(d)) for d in results.registry.dimensions)]
    rows = []
    blocks = groups(results, by)
    order = {group: i for i, (group, _name) in enumerate(blocks)}
    placed = sorted(listed, key=lambda r: order.get(group_of(results, r, by), len(order)))
    for region in placed:
        group = group_of(results, region, by)
        made = tuple(
            point(results, f"{family}.{c}.{region.id}.{at}", name, group=group)
            for c, name in columns
        )
        rows.append(Series(short(region), made))
    return spec(
        "heatmap",
        id_,
        f"{at}年各地区分维度{names.FAMILIES[family]}",
        rows,
        unit=what.unit,
        source=origin(results),
        groups=blocks,
        options={"by": "all" if family == "level" else "column"},
    )


def rank_slope(
    sources: Sources, id_: str, *, of: str = "total", year: int = 0, since: int = 0
) -> FigureSpec:
    """Join each region's rank in the year ``since`` (default: the year before) to that in ``year``."""
    results, at = sources.results, year_or(sources.results, year)
    before = since or at - 1
    what = subject(results, of.removeprefix("rank."))
    made = []
    for region in results.registry.regions:
        now, then = (f"rank.{what.id}.{region.id}.{y}" for y in (at, before))
        if now in results and then in results:
            made.append(with_x(results, point(results, now, short(region), code=region.id), then))
    if not made:
        raise NoData(f"没有{before}年和{at}年可比的位次")
    return spec(
        "slope",
        id_,
        f"{before}—{at}年各地区{what.name}位次变化",
        [Series("位次", tuple(made))],
        unit="位",
        source=origin(results),
        options={"before": f"{before}年", "after": f"{at}年"},
    )


def dispersion(sources: Sources, id_: str, *, of: str = "", year: int = 0) -> FigureSpec:
    """Show the spread of the regions' levels: total and every dimension, or (``of``) one over the years."""
    results, at = sources.results, year_or(sources.results, year)
    if of:
        what = subject(results, of)
        rows = [(what, y, f"{y}年") for y in sorted(results.years) if y <= at]
    else:
        ids = ["total", *(d.id for d in results.registry.dimensions)]
        rows = [
            (subject(results, f"level.{i}"), at, names.subject(results.registry, i, short=True))
            for i in ids
        ]
    series, medians, spreads = [], [], []
    for row, y, label in rows:
        made = _spread(results, row, y)
        if not made:
            continue
        series.append(Series(label, tuple(made)))
        medians.append(point(results, row.key("median", y), label))
        spreads.append(point(results, f"dispersion.{row.id}.{y}", label))
    if not series:
        raise NoData(NO_LEVELS)
    extra = [
        Series(name, tuple(p for p in made if p.value is not None), role)
        for name, made, role in (
            ("中位数", medians, "reference"),
            ("变异系数", spreads, "statistic"),
        )
        if any(p.value is not None for p in made)
    ]
    title = f"{rows[0][0].name}的地区差异" if of else f"{at}年各地区水平得分的分布"
    return spec(
        "strip", id_, title, [*series, *extra], unit=rows[0][0].unit, source=origin(results)
    )


def _spread(results: Results, of: Subject, year: int) -> list[Point]:
    return [
        point(results, of.key(r.id, year), short(r), code=r.id)
        for r in results.registry.regions
        if of.key(r.id, year) in results
    ]


def robustness(sources: Sources, id_: str) -> FigureSpec:
    """Draw the interval of each region's rank under perturbed weights beside its rank."""
    results, at = sources.results, sources.results.assessment_year
    made = []
    for region in results.registry.regions:
        middle = point(results, f"robust-median.{region.id}", short(region), code=region.id)
        middle = with_limits(results, middle, f"robust-low.{region.id}", f"robust-high.{region.id}")
        if middle.low is not None:
            made.append(with_x(results, middle, f"rank.total.{region.id}.{at}"))
    if not made:
        raise NoData("本年度版没有稳健性检验结果")
    made.sort(key=lambda p: (p.x if p.x is not None else 1e9, p.value or 0.0))
    return spec(
        "intervals",
        id_,
        f"权重扰动下{at}年各地区总体位次的变动区间",
        [Series("位次", tuple(made))],
        unit="位",
        source=origin(results),
    )


def indicator_scatter(
    sources: Sources,
    id_: str,
    *,
    x: str = "level.infrastructure",
    y: str = "level.application",
    by: str = "",
    year: int = 0,
) -> FigureSpec:
    """Set two levels or indicators against each other, a mark a region, with a fitted line."""
    results, at = sources.results, year_or(sources.results, year)
    across, up = subject(results, x), subject(results, y)
    made = []
    for region in results.registry.regions:
        if across.key(region.id, at) not in results or up.key(region.id, at) not in results:
            continue
        entry = point(
            results,
            up.key(region.id, at),
            short(region),
            group=group_of(results, region, by),
            code=region.id,
        )
        made.append(with_x(results, entry, across.key(region.id, at)))
    if not made:
        raise NoData(f"没有{at}年各地区的{across.name}和{up.name}")
    listed = dict.fromkeys((across.source, up.source))
    return spec(
        "scatter",
        id_,
        f"{at}年各地区{across.name}与{up.name}",
        [Series("地区", tuple(made))],
        unit=up.unit,
        x_unit=across.unit,
        y_label=up.name,
        x_label=across.name,
        source="；".join(listed),
        groups=groups(results, by),
    )


def zone_comparison(
    sources: Sources, id_: str, *, of: str = "", family: str = "level", year: int = 0
) -> FigureSpec:
    """Compare the zones' levels: in total and by dimension, or in one thing (``of``)."""
    results, at = sources.results, year_or(sources.results, year)
    zones = results.registry.zones
    if of:
        what = subject(results, of)
        made = tuple(point(results, what.key(z.id, at), z.name) for z in zones)
        if all(p.value is None for p in made):
            raise NoData(f"没有{at}年分区域的{what.name}")
        series = [Series(what.name, made), *mean_of(results, what, at)]
        return spec(
            "columns", id_, f"{at}年各区域{what.name}", series, unit=what.unit, source=what.source
        )
    if family not in {"level", "growth"}:
        bad_value("family", family, ["level", "growth"])
    unit = subject(results, f"{family}.total").unit
    columns = [("total", "总体"), *((d.id, short(d)) for d in results.registry.dimensions)]
    series = [
        Series(
            z.name, tuple(point(results, f"{family}.{c}.{z.id}.{at}", name) for c, name in columns)
        )
        for z in zones
    ]
    series = [s for s in series if any(p.value is not None for p in s.points)]
    if not series:
        raise NoData(NO_LEVELS)
    title = f"{at}年各区域分维度{names.FAMILIES[family]}"
    return spec("columns", id_, title, series, unit=unit, source=origin(results))


def zone_dumbbell(
    sources: Sources, id_: str, *, of: str = "level.total", year: int = 0
) -> FigureSpec:
    """Set each zone's (and the mean's) level in the base year beside that in ``year``."""
    results, at = sources.results, year_or(sources.results, year)
    what, base = subject(results, of), results.base_year
    made = []
    for place, name in [
        *((z.id, z.name) for z in results.registry.zones),
        ("mean", names.GROUPS["mean"]),
    ]:
        entry = with_x(results, point(results, what.key(place, at), name), what.key(place, base))
        if entry.value is not None and entry.x is not None:
            made.append(entry)
    if not made:
        raise NoData(f"没有{base}年和{at}年分区域的{what.name}")
    return spec(
        "dumbbell",
        id_,
        f"{base}年与{at}年各区域{what.name}",
        [Series(what.name, tuple(made))],
        unit=what.unit,
        source=what.source,
        options={"before": f"{base}年", "after": f"{at}年"},
    )


def dimension_profile(sources: Sources, id_: str, *, region: str = "", year: int = 0) -> FigureSpec:
    """Draw one region's levels by dimension against the mean of all regions (for a region's brief)."""
    results, at = sources.results, year_or(sources.results, year)
    entry = chosen(results.registry.regions, region, "地区")
    listed = dimensions(results, "level", entry.id, at)
    if not listed:
        raise NoData(NO_LEVELS)
    series = [
        Series(
            name,
            tuple(point(results, f"level.{d.id}.{place}.{at}", short(d)) for d in listed),
            role,
        )
        for place, name, role in (
            (entry.id, short(entry), ""),
            ("mean", names.GROUPS["mean"], "reference"),
        )
    ]
    return spec(
        "radar", id_, f"{short(entry)}分维度水平得分", series, unit="分", source=origin(results)
    )
