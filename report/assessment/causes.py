"""Why a value changed: between two years by what it consists of, between two editions by cause."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from report.assessment.operations import OPERATIONS
from report.assessment.results import Datum, Results, Scalar, Value
from report.assessment.trace import is_leaf, leaves, replay

Effect: TypeAlias = Literal["data", "weights", "method"]
EFFECTS: tuple[Effect, ...] = ("data", "weights", "method")
DATA_FAMILIES = frozenset({"data", "answers"})

_YEAR = re.compile(r"\.\d{4}$")


@dataclass(frozen=True, slots=True)
class Cause:
    """A part of a change: what went from ``before`` to ``after``, and its effect on the whole.

    ``effect`` is in the unit of the value that was asked about; the effects of ``children`` add up
    to it. ``key_a`` and ``key_b`` are empty for what has no key (the time elapsed between two years).
    """

    key_a: str
    key_b: str
    before: Datum
    after: Datum
    effect: float
    children: tuple[Cause, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """A value in two editions and the effects of data, weights and method, in the value's unit.

    ``effects`` is empty for text (a region's form); ``steps`` holds the value after each effect.
    ``revised`` names the leaves whose values differ, ``added`` and ``dropped`` those that only the
    second or the first edition uses for it (a new year among the goalposts' figures, say).
    """

    key: str
    before: Datum
    after: Datum
    effects: Mapping[Effect, float]
    steps: Mapping[Effect, Datum]
    revised: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


def why(results: Results, key: str, year_a: int, year_b: int, depth: int | None = 2) -> Cause:
    """Decompose the change of ``key`` (``index.total``) between two years; effects add up exactly.

    Each level replaces the parents' values of the first year by those of the second, one after
    another, forwards and backwards, and takes the mean of both: exact for sums and means, and for
    ratios and powers without favour to either side. What cannot be paired between the years (another
    formula, other members) is one cause. ``depth`` levels, None for all; KeyError if unknown,
    TypeError when it is not a number.
    """
    stem = _YEAR.sub("", key)
    first, second = f"{stem}.{year_a}", f"{stem}.{year_b}"
    delta = results.number(second) - results.number(first)
    return _cause(results, first, second, delta, depth)


def _cause(results: Results, first: str, second: str, effect: float, depth: int | None) -> Cause:
    a, b = results[first], results[second]
    children: tuple[Cause, ...] = ()
    if depth != 0 and effect:
        below = None if depth is None else depth - 1
        delta = results.number(second) - results.number(first)
        parts = _parts(results, a, b) if delta else ()
        found = []
        for key_a, key_b, own in parts:
            if not key_a:
                found.append(Cause("", "", None, None, own * effect / delta))
            elif own:
                found.append(_cause(results, key_a, key_b, own * effect / delta, below))
        children = tuple(found)
    return Cause(first, second, a.datum, b.datum, effect, children)


def _parts(results: Results, a: Value, b: Value) -> tuple[tuple[str, str, float], ...]:
    """Split the difference of two values of one formula among their parents (and parameters)."""
    parents_a, shape = _unfolded(results, a)
    parents_b, other = _unfolded(results, b)
    if is_leaf(a) or a.op != b.op or shape != other or set(a.params) != set(b.params):
        return ()
    if [_stem(k) for k in parents_a] != [_stem(k) for k in parents_b]:
        return ()
    before = [results[k].datum for k in parents_a]
    after = [results[k].datum for k in parents_b]
    changed = [i for i, (x, y) in enumerate(zip(before, after, strict=True)) if x != y]
    steps = [*changed, *([-1] if a.params != b.params else [])]
    totals = dict.fromkeys(steps, 0.0)
    for order in (steps, steps[::-1]):
        state, params = list(before), a.params
        last = _compute(a.op, state, shape, params)
        for step in order:
            if step < 0:
                params = b.params
            else:
                state[step] = after[step]
            now = _compute(a.op, state, shape, params)
            if last is None or now is None:
                return ()
            totals[step] += (now - last) / 2
            last = now
    return tuple(
        (parents_a[i], parents_b[i], own) if i >= 0 else ("", "", own) for i, own in totals.items()
    )


def _unfolded(results: Results, value: Value) -> tuple[list[str], tuple[int, ...]]:
    """Return the parents with pools replaced by their members, and how many stand for each parent.

    A size of 0 marks a parent that is no pool.
    """
    keys: list[str] = []
    shape: list[int] = []
    for parent in value.parents:
        pool = results[parent].op == "pool"
        members = results[parent].parents if pool else (parent,)
        keys.extend(members)
        shape.append(len(members) if pool else 0)
    return keys, tuple(shape)


def _compute(
    op: str, state: Sequence[Datum], shape: Sequence[int], params: Mapping[str, Scalar]
) -> float | None:
    """Compute an operation on unfolded parents; None where it isn't a number."""
    folded: list[Datum] = []
    start = 0
    for size in shape:
        if size:
            members = state[start : start + size]
            folded.append(tuple(m for m in members if not isinstance(m, tuple)))
        else:
            folded.append(state[start])
        start += max(size, 1)
    try:
        datum = OPERATIONS[op].compute(folded, params)
    except (ArithmeticError, ValueError, TypeError):
        return None
    return float(datum) if isinstance(datum, (int, float)) else None


def _stem(key: str) -> str:
    return _YEAR.sub("", key)


def compare(before: Results, after: Results, key: str) -> Comparison:
    """Separate what changed ``key`` between two editions; effects add up exactly to the change.

    The first edition's formula is recomputed with the second's figures, then also with its weights,
    then with its other settings (factors, goalposts, thresholds). What is left comes from another
    structure: new or missing figures when both editions assess by the same method, else the method.
    KeyError when one of them lacks the key.
    """
    start, end = before[key].datum, after[key].datum
    swapped: dict[str, Datum] = {}
    steps: dict[Effect, Datum] = {}
    last = start
    inputs = leaves(before, key)
    for effect in EFFECTS:
        for leaf in inputs:
            if _effect_of(leaf) == effect and leaf in after and is_leaf(after[leaf]):
                swapped[leaf] = after[leaf].datum
        last = _replayed(before, key, swapped, last)
        steps[effect] = last
    rest: Effect = "data" if _method(before) == _method(after) else "method"
    effects = _effects(start, end, steps, rest)
    if rest == "data" and steps["data"] == steps["method"]:
        steps = dict.fromkeys(EFFECTS, end)
    steps["method"] = end
    own, other = set(inputs), set(leaves(after, key))
    revised = [leaf for leaf in own & other if before[leaf].datum != after[leaf].datum]
    return Comparison(
        key,
        start,
        end,
        effects,
        steps,
        tuple(sorted(revised)),
        tuple(sorted(other - own)),
        tuple(sorted(own - other)),
    )


def _effects(
    start: Datum, end: Datum, steps: Mapping[Effect, Datum], rest: Effect
) -> dict[Effect, float]:
    values = [start, *(steps[effect] for effect in EFFECTS), end]
    numbers = [float(v) for v in values if isinstance(v, (int, float))]
    if len(numbers) < len(values):
        return {}
    effects = {e: numbers[i + 1] - numbers[i] for i, e in enumerate(EFFECTS)}
    effects[rest] += numbers[-1] - numbers[-2]
    return effects


def _replayed(results: Results, key: str, swapped: Mapping[str, Datum], last: Datum) -> Datum:
    """Recompute ``key`` with other leaves; the last value where it cannot be computed with them."""
    try:
        return replay(results, (key,), swapped)[key]
    except (ArithmeticError, ValueError, TypeError):
        return last


def _effect_of(leaf: str) -> Effect:
    family = leaf.partition(".")[0]
    if family == "weight":
        return "weights"
    return "data" if family in DATA_FAMILIES else "method"


def _method(results: Results) -> Mapping[str, object]:
    """Return everything that describes the method: settings that are leaves, and the rules' shape."""
    settings: dict[str, object] = {
        key: value.datum
        for key, value in results.values.items()
        if is_leaf(value) and value.op == "input" and _effect_of(key) == "method"
    }
    settings["base_year"] = results.base_year
    settings["weights"] = frozenset(k for k in results if k.startswith("weight."))
    settings["given"] = frozenset(k for k in results if results[k].op == "given")
    return settings
