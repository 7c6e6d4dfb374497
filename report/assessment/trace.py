"""Where a value comes from: its tree down to the input cells, its formula in words, its recomputation."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from report.assessment.operations import LEAVES, OPERATIONS
from report.assessment.results import Datum, Results, Scalar, Value

Language: TypeAlias = Literal["zh", "en"]
TOLERANCE = 1e-9
_POSITIONAL = re.compile(r"\{\d\}")
_SHOWN = 6  # terms of a long sum that are written out


@dataclass(frozen=True, slots=True)
class Node:
    """A value and the values it was computed from; ``cut`` says that parents are left out."""

    value: Value
    children: tuple[Node, ...] = ()
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A value that its own formula doesn't give again."""

    key: str
    stored: Datum
    recomputed: Datum


def is_leaf(value: Value) -> bool:
    """Tell whether a value was read and not computed."""
    return value.op in LEAVES


def ordered(results: Results, keys: Iterable[str] | None = None) -> tuple[str, ...]:
    """Return ``keys`` (all of them by default) and their ancestors, parents before children."""
    done: dict[str, None] = {}
    for start in results.values if keys is None else keys:
        stack = [(start, False)]
        while stack:
            key, ready = stack.pop()
            if key in done:
                continue
            if ready:
                done[key] = None
                continue
            stack.append((key, True))
            stack.extend((p, False) for p in results[key].parents if p not in done)
    return tuple(done)


def replay(
    results: Results,
    keys: Iterable[str] | None = None,
    leaves: Mapping[str, Datum] | None = None,
) -> dict[str, Datum]:
    """Recompute ``keys`` (all by default) from the leaves alone; return every value on the way.

    ``leaves`` replaces leaf values: what would come out if these figures were others. The structure
    stays as it is (which regions enter, what was filled). ArithmeticError or ValueError when a
    formula cannot be computed with them.
    """
    changed = leaves or {}
    found: dict[str, Datum] = {}
    for key in ordered(results, keys):
        value = results[key]
        if is_leaf(value):
            found[key] = changed.get(key, value.datum)
        else:
            found[key] = OPERATIONS[value.op].compute(
                [found[p] for p in value.parents], value.params
            )
    return found


def verify(
    results: Results, keys: Iterable[str] | None = None, tolerance: float = TOLERANCE
) -> tuple[Mismatch, ...]:
    """Return the values that replay differently (relative to 1 or the value, whichever is larger)."""
    again = replay(results, keys)
    return tuple(
        Mismatch(key, results[key].datum, datum)
        for key, datum in again.items()
        if not same(results[key].datum, datum, tolerance)
    )


def same(first: Datum, second: Datum, tolerance: float = TOLERANCE) -> bool:
    """Tell whether two values are equal, numbers within the tolerance."""
    if isinstance(first, tuple) and isinstance(second, tuple):
        return len(first) == len(second) and all(
            same(a, b, tolerance) for a, b in zip(first, second, strict=True)
        )
    if isinstance(first, (int, float)) and isinstance(second, (int, float)):
        return math.isclose(first, second, rel_tol=tolerance, abs_tol=tolerance)
    return first == second


def tree(results: Results, key: str, depth: int | None = None) -> Node:
    """Return the tree under ``key``, down to the leaves or ``depth`` levels; KeyError if unknown.

    A value that stands in the tree twice is unfolded at its first place only (``cut`` elsewhere).
    """
    return _node(results, key, depth, set())


def _node(results: Results, key: str, depth: int | None, seen: set[str]) -> Node:
    value = results[key]
    if value.parents and (depth == 0 or key in seen):
        return Node(value, cut=True)
    seen.add(key)
    below = None if depth is None else depth - 1
    return Node(value, tuple(_node(results, p, below, seen) for p in value.parents))


def leaves(results: Results, key: str) -> tuple[str, ...]:
    """Return the keys of the leaves ``key`` comes from; the key itself when it is one."""
    return tuple(k for k in ordered(results, (key,)) if is_leaf(results[k]))


def dependents(results: Results, key: str) -> tuple[str, ...]:
    """Return all keys that depend on ``key``, parents before children; not itself."""
    touched = {key}
    found = []
    for name in ordered(results):
        if name != key and touched.intersection(results[name].parents):
            touched.add(name)
            found.append(name)
    return tuple(found)


def formula(
    results: Results, key: str, language: Language = "zh", *, with_keys: bool = True
) -> str:
    """Return the formula of ``key`` in words and with its numbers put in.

    ``with_keys`` also writes the key itself and the formula over its parents' keys.
    """
    lead = f"{key} = " if with_keys else ""
    value = results[key]
    if is_leaf(value):
        words = {"zh": ("读入", "别处算得"), "en": ("as read", "computed elsewhere")}[language]
        source = words[0] if value.op == "input" else words[1]
        place = f" ({value.place})" if value.place else ""
        return f"{lead}{show(value.datum)}{value.unit} {source}{place}"
    operation = OPERATIONS[value.op]
    template = operation.zh if language == "zh" else operation.en
    data = [results[p].datum for p in value.parents]
    if _POSITIONAL.search(template):
        keys = f"{_fill(template, value.parents, value.params)} = " if with_keys else ""
        put_in = _fill(template, [show(d) for d in data], value.params)
        return f"{lead}{keys}{put_in} = {show(value.datum)}{value.unit}"
    worded = _fill(template, (), value.params)
    terms = _terms(data, paired=operation.paired)
    note = "其中" if language == "zh" else "with"
    stop = "；" if language == "zh" else "; "
    return f"{lead}{worded} = {show(value.datum)}{value.unit}{stop}{note} {terms}"


def _fill(template: str, parents: Sequence[str], params: Mapping[str, Scalar]) -> str:
    return template.format(*parents, **{name: show(item) for name, item in params.items()})


def _terms(data: Sequence[Datum], *, paired: bool) -> str:
    if paired:
        middle = len(data) // 2
        halves = zip(data[:middle], data[middle:], strict=True)
        terms = [f"{show(a)} × {show(b)}" for a, b in halves]
    else:
        terms = [show(d) for d in data]
    return _listed(terms)


def _listed(terms: Sequence[str]) -> str:
    if len(terms) <= _SHOWN:
        return ", ".join(terms)
    return f"{', '.join(terms[: _SHOWN - 1])}, … ({len(terms)})"


def show(datum: Datum) -> str:
    """Write a value for people: ten significant digits, long lists shortened."""
    if isinstance(datum, tuple):
        return f"[{_listed([show(d) for d in datum])}]"
    if isinstance(datum, float):
        return f"{datum:.10g}"
    return "–" if datum is None else str(datum)
