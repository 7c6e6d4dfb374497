"""Words for alt texts: sentences made of a figure's printed texts, fitted to a length."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from figures.frame import unit_of
from figures.spec import FigureSpec, Point, Series

SHORTEST, LONGEST = 60, 200
_RUNS_INTO = frozenset("0123456789%年")  # a number right after these would be misread


def fit(spec: FigureSpec, kind: str, sentences: Iterable[str]) -> str:
    """Join title, kind of chart and ``sentences`` into an alt text of at most LONGEST characters.

    Sentences come in order of worth; one that no longer fits is left out whole, so that no number is
    cut in two.
    """
    lead = f"{kind}：{spec.title.rstrip('。')}" + ("（模拟数据）" if spec.simulated else "")
    text = lead + "。"
    for sentence in sentences:
        if not sentence:
            continue
        closed = sentence.rstrip("。；") + "。"
        if len(text) + len(closed) <= LONGEST:
            text += closed
    if len(text) < SHORTEST:
        printed = [p for s in spec.series[:1] for p in s.points if p.text]
        if printed:
            listed = listing((named(spec, p, spec.series[0]) for p in printed), 6)
            text += f"各项依次为{listed}。"
    if len(text) < SHORTEST:
        text += "图中文字和数值自上而下、自左向右排列，各项名称与正文一致。"
    return text[:LONGEST]


def said(spec: FigureSpec, point: Point, series: Series | None = None) -> str:
    """Return a point's printed number with its unit."""
    unit = unit_of(spec, series)
    return point.text if not unit or point.text.endswith(unit) else point.text + unit


def named(spec: FigureSpec, point: Point, series: Series | None = None) -> str:
    """Return a point's label and printed number (江苏78.2分)."""
    number = said(spec, point, series)
    if point.label[-1:] in _RUNS_INTO or number[:1] in {"+", "\N{MINUS SIGN}"}:
        return f"{point.label}（{number}）"
    return point.label + number


def extremes(points: Sequence[Point]) -> tuple[Point, Point] | None:
    """Return the points of the highest and the lowest value, the first of equals; None without any."""
    known = [p for p in points if p.value is not None]
    if not known:
        return None
    high = max(known, key=lambda p: p.value or 0.0)
    low = min(known, key=lambda p: p.value or 0.0)
    return high, low


def course(points: Sequence[Point]) -> str:
    """Say how a run of values moved from its first to its last known point."""
    known = [p.value for p in points if p.value is not None]
    if len(known) < 2:
        return ""
    steps = [b - a for a, b in pairwise(known)]
    if all(step > 0 for step in steps):
        return "逐年上升" if len(steps) > 1 else "上升"
    if all(step < 0 for step in steps):
        return "逐年下降" if len(steps) > 1 else "下降"
    if known[-1] == known[0]:
        return "波动后回到起点"
    return "波动上升" if known[-1] > known[0] else "波动下降"


def listing(items: Iterable[str], limit: int = 4) -> str:
    """Join items with the enumeration comma; more than ``limit`` are counted with 等."""
    every = list(items)
    if len(every) <= limit:
        return "、".join(every)
    return "、".join(every[:limit]) + "等"


def gaps(points: Iterable[Point]) -> str:
    """Say which labels have no figure."""
    names = [p.label for p in points if p.value is None]
    return f"{listing(names)}无数据" if names else ""
