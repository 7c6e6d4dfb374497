"""Keys in words: what a plain, foreign or derived key is called, and its formula with numbers put in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from report.assessment import labels
from report.assessment.trace import Language, show
from report.assessment.trace import formula as plain_formula
from report.document.derived import Node, is_derived, parse
from report.ledger.graph import Graph

# Derived keys (docs/formats.md) in words, like the operations of the assessment: Chinese, English.
DERIVED: Mapping[str, tuple[str, str]] = {
    "diff": ("{0} − {1}", "{0} − {1}"),
    "change": ("({0} ÷ {1} − 1) × 100", "({0} ÷ {1} − 1) × 100"),
    "ratio": ("{0} ÷ {1}", "{0} ÷ {1}"),
    "share": ("{0} ÷ {1} × 100", "{0} ÷ {1} × 100"),
    "abs": ("{0} 的绝对值", "the size of {0}"),
    "sum": ("各项之和", "sum of all"),
    "product": ("各项之积", "product of all"),
    "mean": ("各项的简单平均", "simple mean of all"),
    "max": ("各项中最大的", "largest of all"),
    "min": ("各项中最小的", "smallest of all"),
    "spearman": (
        "前一半各项与后一半各项的等级相关系数",
        "rank correlation of the first half of all with the second",
    ),
    "count": ("各项的个数", "number of all"),
}
_COUNT = ("满足条件（各项 {comparison} {than}）的个数", "number of those {comparison} {than}")
_FIRST = ("首项", "the first")
_SHOWN = 5


def words_of(node: Node, language: Language = "zh") -> str:
    """Return what a derived key does: operands by position (``{0}``), a condition written out."""
    column = 0 if language == "zh" else 1
    if node.than is None:
        return DERIVED[node.op][column]
    than = _FIRST[column] if node.than.literal is None else show(node.than.literal)
    return _COUNT[column].format(comparison=node.comparison, than=than)


def label(graph: Graph, key: str, known: Mapping[str, str]) -> str:
    """Return the Chinese name of a key; ``known`` comes from ``report.assessment.labels.names``."""
    if not is_derived(key):
        edition, _, plain = key.rpartition(":")
        return labels.label(plain, known) + (f"［{edition}版］" if edition else "")
    words = words_of(parse(key))
    parents = graph.parents(key)
    names = [label(graph, parent, known) for parent in parents[:2]]
    if len(parents) > 2:
        return f"{words}（{names[0]} 等{len(parents)}项）"
    if "{0}" not in words:
        return f"{words}：{'，'.join(names)}"
    return words.format(*_doubled(names))


def formula(graph: Graph, key: str, language: Language = "zh") -> str:
    """Return the formula of a key in words with its numbers put in."""
    if not is_derived(key):
        edition, _, plain = key.rpartition(":")
        return plain_formula(graph.editions[edition], plain, language, with_keys=False)
    words = words_of(parse(key), language)
    parents = graph.parents(key)
    data = [show(graph.datum(parent)) for parent in parents]
    result = f"{show(graph.datum(key))}{graph.unit(key)}"
    if "{0}" in words:
        return f"{words.format(*_doubled(data))} = {result}"
    terms = ", ".join(data[:_SHOWN]) + (f", … ({len(data)})" if len(data) > _SHOWN else "")
    joint = "；其中 " if language == "zh" else "; with "
    return f"{words} = {result}{joint}{terms}"


def _doubled(items: Sequence[str]) -> Sequence[str]:
    """Return the operands of ``diff(a,a)``, which stand for one parent, twice."""
    return [items[0], items[0]] if len(items) == 1 else items
