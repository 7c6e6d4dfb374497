"""Figures of the assessment itself: its weights, its framework."""

from __future__ import annotations

from figures.spec import FigureSpec, Point, Series
from report.exhibits.errors import NoData
from report.exhibits.figures.parts import Sources, point, short, spec

METHODS = {
    "min-max": "极差法标准化",
    "z-score": "标准分数法标准化",
    "rank": "位次法标准化",
    "arithmetic": "加权算术平均",
    "geometric": "加权几何平均",
}


def weights(sources: Sources, id_: str) -> FigureSpec:
    """Nest the indicators' weights in the dimensions'."""
    results = sources.results
    registry = results.registry
    blocks = []
    for dimension in registry.dimensions:
        whole = point(results, f"weight.{dimension.id}", dimension.name, group="whole", scale="%")
        parts = [
            point(results, f"weight.{i.id}", i.name, scale="%")
            for i in registry.indicators
            if i.parent == dimension.id
        ]
        known = [p for p in (whole, *parts) if p.value is not None]
        if any(p.group != "whole" for p in known):
            blocks.append(Series(dimension.name, tuple(known)))
    if not blocks:
        raise NoData("本年度版没有指标权重")
    return spec(
        "weights",
        id_,
        "指标体系及权重",
        blocks,
        unit="%",
        options={"note": "注：维度权重为占总体的比重，指标权重为占所属维度的比重。"},
    )


def framework(sources: Sources, id_: str) -> FigureSpec:
    """Draw the report's framework: data, indicator system, method, results."""
    results = sources.results
    registry = results.registry
    data = [Point("公开统计数据", None, "国家和分地区年度统计")] if registry.indicators else []
    if registry.questions:
        simulated = any("simulated" in v.flags for v in results.values.values())
        data.append(Point("企业问卷调查", None, "模拟数据" if simulated else "按规模加权"))
    if not data:
        data = [Point("已有测算结果", None, "由外部提供")]
    dimensions = [
        Point(
            short(d),
            None,
            "、".join(_some([i.name for i in registry.indicators if i.parent == d.id])),
        )
        for d in registry.dimensions
    ]
    tiers = [Series("数据来源", tuple(data)), Series("评估维度", tuple(dimensions))]
    method = sources.edition.method if sources.edition else None
    if registry.indicators:
        steps = [
            Point("标准化", None, METHODS[method.normalise] if method else ""),
            Point("加权合成", None, METHODS[method.aggregate] if method else ""),
            Point("定基指数", None, f"{results.base_year}年=100"),
            Point("稳健性检验", None, "扰动权重、更换方法"),
        ]
        tiers.append(Series("测算方法", tuple(steps)))
    found = [Point("全国指数", None, "总指数与分维度指数")]
    if any(k.startswith("level.total.") for k in results):
        found.append(Point("地区水平", None, "水平得分、增速与位次"))
    if registry.forms and any(k.startswith("form.") for k in results):
        found.append(Point("发展形态", None, "、".join(f.name for f in registry.forms)))
    if registry.paths and any(k.startswith("path.") for k in results):
        found.append(Point("典型路径", None, "、".join(p.name for p in registry.paths)))
    tiers.append(Series("评估结果", tuple(found)))
    return spec("flow", id_, "评估框架", tiers)


def _some(listed: list[str]) -> list[str]:
    return listed if len(listed) <= 3 else [*listed[:2], f"{listed[2]}等"]
