"""Figures of the nation: indices, contributions, indicators over the years, scenarios."""

from __future__ import annotations

from figures.spec import FigureSpec, Point, Series
from report.assessment.results import Entry, Results
from report.document.derived import compose
from report.exhibits.errors import NoData
from report.exhibits.figures.parts import (
    NO_INDEX,
    Sources,
    bad_value,
    chosen,
    origin,
    point,
    short,
    sources_of,
    spec,
    years_of,
)
from report.exhibits.tables.national import carried


def national_index(sources: Sources, id_: str, *, dimensions: bool = True) -> FigureSpec:
    """Draw the total index, and with ``dimensions`` the sub-indices, over the years (base year = 100)."""
    results = sources.results
    series = _index_lines(results, "total", "总指数", "total")
    if dimensions:
        for dimension in results.registry.dimensions:
            series += _index_lines(results, dimension.id, short(dimension))
    if not series:
        raise NoData(NO_INDEX)
    return spec(
        "lines",
        id_,
        "全国工业互联网发展指数" + ("及分维度指数" if len(series) > 1 else ""),
        [*series, _base(results)],
        y_label=_base_label(results),
        source=origin(results),
    )


def dimension_indices(sources: Sources, id_: str) -> FigureSpec:
    """Draw the sub-indices of the assessment year and the year before as columns."""
    results, year = sources.results, sources.results.assessment_year
    entries = [d for d in results.registry.dimensions if f"index.{d.id}.{year}" in results]
    if not entries:
        raise NoData(NO_INDEX)
    shown = [y for y in (year - 1, year) if y != results.base_year]
    series = []
    for at in shown:
        made = tuple(point(results, f"index.{d.id}.{at}", short(d)) for d in entries)
        if any(p.value is not None for p in made):
            series.append(Series(f"{at}年", made))
    return spec(
        "columns",
        id_,
        "分维度指数",
        series,
        y_label=_base_label(results),
        source=origin(results),
        options={"shades": "sequence"},
    )


def indicator_indices(sources: Sources, id_: str, *, of: str = "") -> FigureSpec:
    """Draw the fixed-base index of each indicator of a dimension, and of the dimension, over the years."""
    results = sources.results
    dimension, members = _members(results, of)
    series = _index_lines(results, dimension.id, dimension.name, "total")
    for indicator in members:
        series += _index_lines(results, indicator.id, indicator.name)
    if not series:
        raise NoData(f"没有{dimension.name}各指标的指数")
    return spec(
        "lines",
        id_,
        f"{dimension.name}各指标指数",
        [*series, _base(results)],
        y_label=_base_label(results),
        source=sources_of(results, members),
        options={"numbers": "end"},
    )


def indicator_trends(sources: Sources, id_: str, *, of: str = "") -> FigureSpec:
    """Draw the national value of each indicator of a dimension over the years, a panel each."""
    results = sources.results
    dimension, members = _members(results, of)
    years = sorted({y for i in members for y in years_of(results, f"indicator.{i.id}.nation.{{}}")})
    panels = []
    for indicator in members:
        made = tuple(point(results, f"indicator.{indicator.id}.nation.{y}", str(y)) for y in years)
        if any(p.value is not None for p in made):
            panels.append(Series(indicator.name, made, unit=indicator.unit))
    if not panels:
        raise NoData(f"没有{dimension.name}各指标的全国数值")
    return spec(
        "multiples",
        id_,
        f"{dimension.name}各指标全国数值",
        panels,
        source=sources_of(results, members),
        options={"columns": 2 if len(panels) in {2, 4} else 3},
    )


def contribution_waterfall(sources: Sources, id_: str, *, by: str = "dimension") -> FigureSpec:
    """Draw how the dimensions' (or indicators') contributions lead from the base to the total index."""
    results, year = sources.results, sources.results.assessment_year
    registry = results.registry
    if by not in {"dimension", "indicator"}:
        bad_value("by", by, ["dimension", "indicator"])
    entries = registry.dimensions if by == "dimension" else registry.indicators
    steps = [
        point(results, f"contribution.{e.id}.{year}", short(e), sign=True)
        for e in entries
        if f"contribution.{e.id}.{year}" in results
    ]
    if not steps:
        raise NoData("没有各维度对总指数的贡献")
    base = point(
        results, f"index.total.{results.base_year}", f"{results.base_year}年", group="start"
    )
    end = point(results, f"index.total.{year}", f"{year}年", group="end")
    return spec(
        "waterfall",
        id_,
        f"{results.base_year}—{year}年总指数变化的贡献分解",
        [Series("总指数", tuple(p for p in (base, *steps, end) if p.value is not None))],
        y_label=_base_label(results),
        source=origin(results),
    )


def scenario_fan(sources: Sources, id_: str) -> FigureSpec:
    """Draw the total index and the labelled scenarios that continue it."""
    results = sources.results
    history = _index_lines(results, "total", "总指数", "total")
    futures: dict[str, list[tuple[int, str]]] = {}
    for key in results:
        if key.startswith("scenario.") and key.count(".") == 2 and key.rpartition(".")[2].isdigit():
            _family, scenario, year = key.split(".")
            if int(year) > results.assessment_year:
                futures.setdefault(scenario, []).append((int(year), key))
    if not history or not futures:
        raise NoData("本年度版没有情景推算")
    listed = {s.id: s.name for s in sources.edition.scenarios} if sources.edition else {}
    order = [s for s in listed if s in futures] + sorted(s for s in futures if s not in listed)
    series = [
        Series(
            listed.get(scenario, scenario),
            tuple(point(results, key, str(year)) for year, key in sorted(futures[scenario])),
            "scenario",
        )
        for scenario in order
    ]
    return spec(
        "fan",
        id_,
        "总指数情景推算",
        [*history, *series],
        y_label=_base_label(results),
        source=origin(results),
    )


def growth_of_indicators(sources: Sources, id_: str, *, of: str = "") -> FigureSpec:
    """Draw how much each indicator's national value (all, or a dimension's) grew over the year before.

    What was only carried over from that year is left out: its growth is not nought but unknown.
    """
    results, year = sources.results, sources.results.assessment_year
    members: list[Entry] = list(results.registry.indicators)
    title = "各指标全国数值比上年增长"
    if of:
        dimension, members = _members(results, of)
        title = f"{dimension.name}{title}"
    made = [
        point(
            results,
            compose(
                "change", f"indicator.{i.id}.nation.{year}", f"indicator.{i.id}.nation.{year - 1}"
            ),
            i.name,
        )
        for i in members
        if not carried(
            results, f"indicator.{i.id}.nation.{year}", f"indicator.{i.id}.nation.{year - 1}"
        )
    ]
    known = sorted((p for p in made if p.value is not None), key=lambda p: -(p.value or 0.0))
    if not known:
        raise NoData("没有指标的全国数值")
    return spec(
        "lollipop",
        id_,
        title,
        [Series("增长", tuple(known))],
        unit="%",
        source=sources_of(results, members),
    )


def _members(results: Results, of: str) -> tuple[Entry, list[Entry]]:
    registry = results.registry
    dimension = chosen(registry.dimensions, of, "维度")
    return dimension, [i for i in registry.indicators if i.parent == of]


def _index_lines(results: Results, id_: str, name: str, role: str = "") -> list[Series]:
    years = years_of(results, f"index.{id_}.{{}}")
    if not years:
        return []
    made = tuple(point(results, f"index.{id_}.{y}", str(y)) for y in years)
    return [Series(name, made, role)]


def _base(results: Results) -> Series:
    name = _base_label(results)
    return Series(name, (Point(name, 100.0),), "reference")


def _base_label(results: Results) -> str:
    return f"{results.base_year}年=100"
