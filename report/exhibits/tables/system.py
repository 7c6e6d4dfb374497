"""Tables of the indicator system and its inputs: indicators, weights, definitions, sources, facts."""

from __future__ import annotations

from decimal import Decimal

from report.assessment.results import Entry, Results
from report.document.derived import compose
from report.document.format import quantity
from report.document.model import Inline, Number, Structural, Table, TableCell, Text
from report.edition.model import Edition, Indicator
from report.exhibits.errors import NoData
from report.exhibits.tables.grid import (
    MISSING,
    Grid,
    Sources,
    cited,
    exact_decimals,
    fact,
    head,
    name,
    ordinal,
    row_head,
    text,
)

NO_SYSTEM = "本年度版没有分项指标，只有外部提供的测算结果"
DIRECTIONS = {"positive": "正向", "negative": "逆向"}
AGGREGATES = {
    "sum": "各地区合计",
    "mean": "各地区平均",
    "weighted-mean": "各地区加权平均",
    "given": "全国公布数",
}
POLICIES = {
    "omit": "不参与计算",
    "carry": "沿用上年",
    "interpolate": "按相邻年份插补",
    "regional-mean": "以所在区域平均值代替",
}


def indicator_system(sources: Sources, id_: str) -> Table:
    """Dimensions (merged, with weight) × indicators: unit, weight in the dimension, direction, source."""
    results = sources.results
    require_indicators(results)
    grid = Grid(results)
    rules = indicator_rules(sources.edition)
    decimals = _weight_decimals(results, "weight.{}")
    header = [head("维度（权重）"), head("指标"), head("单位"), head("维度内权重（%）")]
    widths = [2.0, 3.8, 1.7, 1.6]
    if rules:
        header.append(head("方向"))
        widths.append(1.0)
    header.append(head("资料来源"))
    widths.append(4.4)
    body = []
    for dimension, members in _by_dimension(results):
        for n, indicator in enumerate(members):
            cells = [
                TableCell((name(indicator.name),)),
                TableCell((name(indicator.unit),), align="center"),
                grid.num(f"weight.{indicator.id}", scale="%", decimals=decimals),
            ]
            if rules:
                rule = rules.get(indicator.id)
                cells.append(text(DIRECTIONS[rule.direction] if rule else MISSING, "center"))
            cells.append(TableCell((cited(indicator.source or MISSING, "source"),)))
            if n == 0:
                cells.insert(0, _dimension_cell(results, dimension, len(members)))
            body.append(cells)
    return grid.table(id_, "评估指标体系", [header], body, widths, source="")


def weights(sources: Sources, id_: str) -> Table:
    """Weights of dimensions, of indicators within their dimension, and of indicators in the total."""
    results = sources.results
    require_indicators(results)
    grid = Grid(results)
    pairs = [(d, i) for d, members in _by_dimension(results) for i in members]
    overall = {i.id: compose("product", f"weight.{d.id}", f"weight.{i.id}") for d, i in pairs}
    inner = _weight_decimals(results, "weight.{}")
    # as many decimals as print the products without rounding, so that they add up to 100 as shown
    outer = exact_decimals(
        (quantity(results, key, decimals=9).value * 100 for key in overall.values()), 1, 3
    )
    body = []
    for dimension, members in _by_dimension(results):
        for n, indicator in enumerate(members):
            cells = [
                TableCell((name(indicator.name),)),
                grid.num(f"weight.{indicator.id}", scale="%", decimals=inner),
                grid.num(overall[indicator.id], scale="%", decimals=outer),
            ]
            if n == 0:
                cells.insert(0, _dimension_cell(results, dimension, len(members)))
            body.append(cells)
    total = grid.shown_sum(row[-1] for row in body)
    whole = compose("sum", *overall.values())
    body.append(
        [
            TableCell((Text("合计"),), colspan=3, header=True),
            grid.num(whole, scale="%", decimals=outer),
        ]
    )
    notes = [] if total == 100 else ["因四舍五入，各项之和可能不等于合计。"]
    header = [head("维度（权重）"), head("指标"), head("维度内权重"), head("综合权重")]
    return grid.table(
        id_, "指标权重", [header], body, [2.6, 5.2, 2, 2], unit="%", source="", notes=notes
    )


def indicator_definitions(sources: Sources, id_: str, of: str = "") -> Table:
    """Define each indicator: formula, how the nation's figure comes about, missing policy, meaning."""
    if sources.edition is None or not sources.edition.indicators:
        raise NoData(NO_SYSTEM)
    edition, results = sources.edition, sources.results
    grid = Grid(results)
    body = []
    for indicator in edition.indicators:
        if of not in ("", indicator.dimension):
            continue
        aggregate = AGGREGATES[indicator.aggregate.method]
        if indicator.aggregate.by:
            aggregate = f"以{_series(edition, indicator.aggregate.by)}加权平均"
        if indicator.per and indicator.aggregate.method == "sum":
            aggregate = "分子、分母分别合计后相除"
        body.append(
            [
                row_head(name(indicator.name)),
                TableCell(_formula(edition, indicator)),
                text(aggregate),
                text(POLICIES[indicator.missing], "center"),
                TableCell((cited(indicator.note or MISSING, "definition", indicator.place),)),
            ]
        )
    header = [head("指标"), head("计算方法"), head("全国口径"), head("缺失处理"), head("含义")]
    return grid.table(id_, "指标定义", [header], body, [2.4, 3.6, 2.2, 1.8, 4.4], source="")


def sources_table(sources: Sources, id_: str) -> Table:
    """Series: unit, statistical source, defects; with the vintage of the statistics below."""
    results, edition = sources.results, sources.edition
    used = _used_series(edition)
    series = [s for s in results.registry.series if not used or s.id in used]
    if not series:
        raise NoData(NO_SYSTEM)
    grid = Grid(results)
    body = [
        [
            ordinal(n),
            row_head(name(entry.name)),
            TableCell((name(entry.unit),), align="center"),
            TableCell((cited(entry.source or MISSING, "source"),)),
            TableCell((cited(entry.note, "note"),) if entry.note else ()),
        ]
        for n, entry in enumerate(series, 1)
    ]
    notes: list[tuple[Inline, ...]] = []
    labels = dict.fromkeys(edition.vintages.values()) if edition else {}
    if labels:
        notes.append((Text("数据版本："), cited("；".join(labels) + "。", "vintage")))
    header = [head("序号"), head("统计序列"), head("单位"), head("资料来源"), head("说明")]
    return grid.table(
        id_, "统计数据来源", [header], body, [0.9, 4.45, 1.2, 5.55, 3.4], source="", notes=notes
    )


def facts_list(sources: Sources, id_: str) -> Table:
    """Cited facts: text, source, date."""
    if sources.edition is None or not sources.edition.facts:
        raise NoData("本年度版没有引用的事实")
    grid = Grid(sources.results)
    body = [
        [
            ordinal(n),
            TableCell((fact(item.text, item.id, item.place),)),
            TableCell((cited(item.source, "source", item.place),)),
            TableCell((Structural(item.date.isoformat(), "date"),), align="center"),
        ]
        for n, item in enumerate(sources.edition.facts.values(), 1)
    ]
    header = [head("序号"), head("引用内容"), head("出处"), head("日期")]
    return grid.table(id_, "引用资料", [header], body, [0.9, 6.2, 5.4, 2.0], source="")


# ---------------------------------------------------------------- parts


def require_indicators(results: Results) -> None:
    """Raise NoData unless the edition has indicators of its own."""
    if not any(f"weight.{i.id}" in results for i in results.registry.indicators):
        raise NoData(NO_SYSTEM)


def _by_dimension(results: Results) -> tuple[tuple[Entry, tuple[Entry, ...]], ...]:
    registry = results.registry
    pairs = (
        (d, tuple(i for i in registry.indicators if i.parent == d.id)) for d in registry.dimensions
    )
    return tuple((d, members) for d, members in pairs if members)


def _dimension_cell(results: Results, dimension: Entry, rows: int) -> TableCell:
    decimals = exact_decimals((results.number(f"weight.{dimension.id}") * 100,), 0, 2)
    share = quantity(results, f"weight.{dimension.id}", scale="%", decimals=decimals)
    inlines = (name(dimension.name), Text("（"), Number(share), Text("）"))
    return TableCell(inlines, rowspan=rows, header=True)


def _weight_decimals(results: Results, pattern: str) -> int:
    keys = [pattern.format(i.id) for i in results.registry.indicators]
    return exact_decimals((results.number(key) * 100 for key in keys if key in results), 1, 3)


def indicator_rules(edition: Edition | None) -> dict[str, Indicator]:
    """Return the edition's indicators by id; none without an edition."""
    return {i.id: i for i in edition.indicators} if edition else {}


def _series(edition: Edition, id_: str) -> str:
    return edition.series[id_].name if id_ in edition.series else id_


def _formula(edition: Edition, indicator: Indicator) -> tuple[Inline, ...]:
    words = _series(edition, indicator.series)
    if indicator.per:
        words += f"÷{_series(edition, indicator.per)}"
    if indicator.factor == 1:
        return (cited(words, "definition", indicator.place),)
    factor = f"×{Decimal(repr(indicator.factor)).normalize():f}（换算单位）"
    return (cited(words, "definition", indicator.place), Structural(factor, "factor"))


def _used_series(edition: Edition | None) -> set[str]:
    if edition is None:
        return set()
    used = {s for i in edition.indicators for s in (i.series, i.per, i.aggregate.by) if s}
    return used or set(edition.series)
