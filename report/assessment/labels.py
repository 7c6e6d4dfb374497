"""What a key is called in Chinese, from its grammar and the registry: 江苏·总水平得分（2022年）."""

from __future__ import annotations

import re
from collections.abc import Mapping

from report.assessment.results import Results

FAMILIES: Mapping[str, str] = {
    "data": "统计数据",
    "indicator": "指标值",
    "factor": "换算系数",
    "index": "指数",
    "indexgrowth": "指数年均增速",
    "contribution": "对总指数的贡献",
    "bound": "标准化参数",
    "score": "得分",
    "level": "水平得分",
    "growth": "年均增速",
    "rank": "位次",
    "rankchange": "位次变化",
    "dispersion": "地区差异系数",
    "weight": "权重",
    "method": "方法参数",
    "form": "形态",
    "members": "所含地区",
    "count": "地区个数",
    "path": "路径代表地区",
    "metric": "判别指标",
    "threshold": "判别阈值",
    "quantile": "阈值分位",
    "pool": "数值汇集",
    "survey": "占比",
    "survey-low": "占比置信下限",
    "survey-high": "占比置信上限",
    "survey-n": "有效份数",
    "survey-effective": "有效样本量",
    "answers": "问卷答案",
    "robust-low": "权重扰动下位次5%分位",
    "robust-median": "权重扰动下位次中位数",
    "robust-high": "权重扰动下位次95%分位",
    "robust-rank": "替代方法位次",
    "robust-shift": "位次平均绝对变动",
    "robust-score": "替代方法得分",
    "robust-level": "替代方法水平得分",
    "robust-ranks": "权重扰动下各地区位次",
    "robust-row": "各指标得分",
    "scenario": "情景测算总指数",
    "scenario-share": "情景延续比例",
}
VARIANTS: Mapping[str, str] = {
    "arithmetic": "算术平均",
    "geometric": "几何平均",
    "min-max": "极差标准化",
    "z-score": "标准分",
    "rank": "排序法",
    "equal-weights": "等权",
}
WORDS: Mapping[str, str] = {
    "total": "总体",
    "nation": "全国",
    "mean": "地区均值",
    "median": "地区中位数",
    "low": "下限",
    "high": "上限",
    "deviation": "标准差",
    "order": "排序",
    "path": "路径",
    "form": "形态",
    **VARIANTS,
}
_YEAR = re.compile(r"\d{4}")


def names(results: Results) -> dict[str, str]:
    """Return the name of every id in the registry; the options' as ``question.option``."""
    registry = results.registry
    found = dict(WORDS)
    for group in (registry.series, registry.zones, registry.forms, registry.paths, registry.groups):
        found.update({entry.id: entry.name for entry in group})
    for group in (registry.indicators, registry.dimensions, registry.regions):
        found.update({entry.id: entry.short or entry.name for entry in group})
    found.update({q.id: q.short or q.name for q in registry.questions})
    found.update({f"{o.parent}.{o.id}": o.name for o in registry.options})
    return found


def label(key: str, known: Mapping[str, str]) -> str:
    """Return the Chinese name of ``key``; ``known`` comes from ``names``. Unknown words stay."""
    family, *words = key.split(".")
    kind = FAMILIES.get(family, family)
    year = words.pop() if words and _YEAR.fullmatch(words[-1]) else ""
    parts = []
    for position, word in enumerate(words):
        option = f"{words[position - 1]}.{word}" if position else ""
        name = known.get(option) or known.get(word) or FAMILIES.get(word) or word
        parts.append(f"第{name}项" if word.isdigit() and len(word) < 4 else name)
    text = "·".join([*parts, kind])
    return f"{text}（{year}年）" if year else text
