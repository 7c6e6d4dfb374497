"""Tables of the nation: indices by year, indicators of a dimension, contributions, scenarios, last edition."""

from __future__ import annotations

from dataclasses import replace

from report.assessment.results import Results
from report.document.derived import compose, with_edition
from report.document.model import Inline, Structural, Table, TableCell, Text
from report.exhibits.errors import NoData
from report.exhibits.tables import names
from report.exhibits.tables.grid import (
    Grid,
    Sources,
    cited_sources,
    dimension_ids,
    head,
    name,
    row_head,
    shown,
    subject_head,
    year,
)

ROUNDING = "因四舍五入，各项之和与合计可能略有出入。"


def national_index(sources: Sources, id_: str) -> Table:
    """Years × total index and sub-indices, with the growth over the year before and since the base year."""
    results = sources.results
    grid = Grid(results)
    subjects = [
        s for s in dimension_ids(results) if any(f"index.{s}.{y}" in results for y in results.years)
    ]
    if not subjects:
        raise NoData("本年度版没有全国指数")
    years = [y for y in results.years if any(f"index.{s}.{y}" in results for s in subjects)]
    last, base = max(years), results.base_year
    body = [
        [row_head(year(y)), *(grid.num(f"index.{s}.{y}") for s in subjects)] for y in sorted(years)
    ]
    if last - 1 in years and last - 1 != base:
        body.append(
            [
                row_head("比上年增长（%）"),
                *(
                    grid.num(compose("change", f"index.{s}.{last}", f"index.{s}.{last - 1}"))
                    for s in subjects
                ),
            ]
        )
    if base in years and last != base:
        body.append(
            [
                row_head("比基期提高（点）"),
                *(
                    grid.num(compose("diff", f"index.{s}.{last}", f"index.{s}.{base}"))
                    for s in subjects
                ),
            ]
        )
    header = [head("年份"), *(subject_head(results, s, "总指数") for s in subjects)]
    return grid.table(
        id_,
        "全国指数",
        [header],
        body,
        [1.5, *[1.2] * len(subjects)],
        notes=[_base_note(results)],
    )


def indicator_index(sources: Sources, id_: str, of: str = "") -> Table:
    """List a dimension's indicators (all when ``of`` is empty): national values by year, index, growth."""
    results, registry = sources.results, sources.results.registry
    if of:
        names.subject(registry, of)
    grid = Grid(results)
    chosen = [i for i in registry.indicators if of in ("", i.parent)]
    years = [
        y for y in results.years if any(f"indicator.{i.id}.nation.{y}" in results for i in chosen)
    ]
    if not years:
        raise NoData("本年度版没有分项指标数据")
    last = results.assessment_year
    header = [
        head("指标"),
        head("单位"),
        *(head(year(y)) for y in years),
        head(Structural(f"{last}年指数", "year")),
        head("比上年变化"),
    ]
    body = []
    for indicator in chosen:
        key = f"indicator.{indicator.id}.nation"
        # a share changes by percentage points, everything else by per cent
        op = "diff" if indicator.unit == "%" else "change"
        change = grid.num(compose(op, f"{key}.{last}", f"{key}.{last - 1}"), unit=True, sign=True)
        if carried(results, f"{key}.{last}", f"{key}.{last - 1}"):
            change = grid.gap()  # last year's figure says nothing of this year's growth
        body.append(
            [
                row_head(name(indicator.name)),
                TableCell((name(indicator.unit),), align="center"),
                *(grid.num(f"{key}.{y}") for y in years),
                grid.num(f"index.{indicator.id}.{last}", mark=False),
                replace(change, align="right"),
            ]
        )
    return grid.table(
        id_,
        "分项指标",
        [header],
        body,
        [3.0, 1.5, *[1.3] * len(years), 1.2, 2.1],
        source=cited_sources(i.source for i in chosen),
        notes=[_base_note(results)],
    )


def contribution(sources: Sources, id_: str, by: str = "dimension") -> Table:
    """Points that each dimension (or indicator) adds to the total index since the base year, and its share."""
    results, registry = sources.results, sources.results.registry
    last, base = results.assessment_year, results.base_year
    grid = Grid(results)
    entries = registry.indicators if by == "indicator" else registry.dimensions
    keys = {
        e: f"contribution.{e.id}.{last}"
        for e in entries
        if f"contribution.{e.id}.{last}" in results
    }
    if not keys:
        raise NoData("本年度版没有总指数的贡献分解")
    total = compose("sum", *keys.values())
    body = [
        [
            row_head(name(entry.name)),
            grid.num(f"index.{entry.id}.{last}"),
            grid.num(key),
            grid.num(compose("share", key, total)),
        ]
        for entry, key in keys.items()
    ]
    points, shares = (grid.shown_sum(row[column] for row in body) for column in (2, 3))
    whole = grid.num(total)
    body.append(
        [
            row_head("合计"),
            grid.num(f"index.total.{last}"),
            whole,
            grid.num(compose("share", total, total)),
        ]
    )
    notes: list[str] = [] if points == shown(whole) and shares == 100 else [ROUNDING]
    header = [
        head("指标" if by == "indicator" else "维度"),
        head(Structural(f"{last}年指数", "year")),
        head("对总指数的贡献（点）"),
        head("贡献率（%）"),
    ]
    return grid.table(
        id_,
        (Structural(f"{last}年总指数较{base}年提高的构成", "year"),),
        [header],
        body,
        [3, 2, 2.2, 2],
        notes=notes,
    )


def scenarios(sources: Sources, id_: str) -> Table:
    """Scenarios × projected years, beside the index of the assessment year."""
    results = sources.results
    grid = Grid(results)
    last = results.assessment_year
    found: dict[str, set[int]] = {}
    for key in results:
        if key.startswith("scenario."):
            _, scenario, at = key.split(".")
            found.setdefault(scenario, set()).add(int(at))
    if not found:
        raise NoData("本年度版没有情景测算")
    years = sorted({y for at in found.values() for y in at if y > last})
    labels = {s.id: s for s in sources.edition.scenarios} if sources.edition else {}
    order = [s for s in labels if s in found] + sorted(set(found) - set(labels))
    body = [
        [
            row_head(name(labels[s].name if s in labels else s)),
            grid.num(f"index.total.{last}"),
            *(grid.num(f"scenario.{s}.{y}") for y in years),
        ]
        for s in order
    ]
    header = [
        head("情景"),
        head(Structural(f"{last}年（实际）", "year")),
        *(head(Structural(f"{y}年（情景）", "year")) for y in years),
    ]
    notes: list[str | tuple[Inline, ...]] = [
        "本表为设定条件下的情景测算，不是预测。",
        _base_note(results),
    ]
    notes += [
        (
            name(f"{labels[s].name}中，"),
            Text(labels[s].note, labels[s].place),
        )
        for s in order
        if s in labels and labels[s].note
    ]
    return grid.table(
        id_,
        "总指数情景测算",
        [header],
        body,
        [2, *[1.6] * (len(years) + 1)],
        notes=notes,
    )


def previous_comparison(sources: Sources, id_: str) -> Table:
    """Index of the last edition's year as it was published there and as it is computed now."""
    previous = sources.previous
    if previous is None:
        raise NoData("没有可供比较的上一年度版")
    results, at = with_edition(sources.results, previous), previous.assessment_year
    same_base = previous.base_year == results.base_year
    grid = Grid(results)
    body = []
    for subject in dimension_ids(results):
        key, old = f"index.{subject}.{at}", f"{previous.edition}:index.{subject}.{at}"
        if key not in results or old not in results:
            continue
        label = "总指数" if subject == "total" else names.subject(results.registry, subject)
        cells = [row_head(name(label)), grid.num(old), grid.num(key)]
        if same_base:
            cells.append(grid.num(compose("diff", key, old), sign=True))
        body.append(cells)
    if not body:
        raise NoData("上一年度版与本年度版没有可以比较的指数")
    header = [head("指数"), head("上一年度版"), head("本年度版")]
    if same_base:
        header.append(head("修订（点）"))
        notes = [_base_note(results)]
    else:
        bases = f"上一年度版以{previous.base_year}年为100，本年度版以{results.base_year}年为100"
        notes = [(Structural(f"{bases}，两者不宜相减。", "base years"),)]
    return grid.table(
        id_,
        (Structural(f"{at}年指数的修订", "year"),),
        [header],
        body,
        [3, *[2] * (len(header) - 1)],
        notes=notes,
    )


def _base_note(results: Results) -> tuple[Inline, ...]:
    return (Structural(f"指数以{results.base_year}年为100。", "base year"),)


def carried(results: Results, now: str, before: str) -> bool:
    """Tell whether the latest value is nothing but last year's: it says nothing of a growth."""
    if now not in results or before not in results:
        return False
    same = results.number(now) == results.number(before)
    return same and "carried" in results[now].flags
