"""Derived keys: small formulae over addresses (``diff(a,b)``) that any program can parse and evaluate."""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

from report.assessment.results import Results

Comparator: TypeAlias = Callable[[float, float], bool]
COMPARISONS: dict[str, Comparator] = {
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    "==": lambda a, b: a == b,
}
# operation → smallest and largest number of operands (0 = no limit)
OPERATIONS: dict[str, tuple[int, int]] = {
    "diff": (2, 2),
    "change": (2, 2),
    "ratio": (2, 2),
    "share": (2, 2),
    "abs": (1, 1),
    "sum": (1, 0),
    "product": (1, 0),
    "mean": (1, 0),
    "max": (1, 0),
    "min": (1, 0),
    "spearman": (4, 0),
    "count": (0, 0),
}


class UnknownKey(KeyError):
    """No value stands under ``key``; ``nearest`` holds the most similar keys that exist."""

    def __init__(self, key: str, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(key)
        self.key = key
        self.nearest = nearest


class Undefined(ValueError):
    """A derivation that has no value: division by zero, units that do not match, no number."""


class NoQuotient(Undefined):
    """A quotient whose divisor is nought."""


@dataclass(frozen=True, slots=True)
class Node:
    """A parsed derived key: a plain key (``op`` empty), a literal, or an operation on operands.

    ``comparison`` and ``than`` belong to ``count``: only operands for which it holds are counted.
    """

    text: str
    op: str = ""
    operands: tuple[Node, ...] = ()
    comparison: str = ""
    than: Node | None = None
    literal: float | None = None

    def leaves(self) -> Iterator[str]:
        """Plain keys in order of appearance, each once."""
        seen: dict[str, None] = {}
        self._collect(seen)
        yield from seen

    def _collect(self, seen: dict[str, None]) -> None:
        if not self.op and self.literal is None:
            seen.setdefault(self.text)
        if self.than is not None:
            self.than._collect(seen)  # noqa: SLF001 - the same class
        for operand in self.operands:
            operand._collect(seen)  # noqa: SLF001 - the same class


def family_of(key: str) -> str:
    """Return the first word of a plain key, whatever edition it is of."""
    return key.rpartition(":")[2].partition(".")[0]


def with_edition(results: Results, other: Results) -> Results:
    """Return Results that also hold another edition's values, under ``<edition>:<key>``."""
    foreign = {f"{other.edition}:{key}": value for key, value in other.values.items()}
    return replace(results, values={**results.values, **foreign})


def is_derived(key: str) -> bool:
    """Whether ``key`` is a formula over keys and not the address of a value."""
    return key.endswith(")") and "(" in key


def compose(op: str, *operands: str) -> str:
    """Write the derived key of ``op`` on ``operands`` (keys, plain or derived)."""
    return f"{op}({','.join(operands)})"


def parse(key: str) -> Node:
    """Parse a plain or derived key; Undefined when it follows no rule of the grammar."""
    text = key.replace(" ", "")
    if not is_derived(text):
        return Node(text)
    op, _, rest = text.partition("(")
    if op not in OPERATIONS:
        near = difflib.get_close_matches(op, OPERATIONS, n=1, cutoff=0)
        raise Undefined(f"{op}(…): unknown operation, the nearest is {near[0]}(…)")
    parts = _split(rest[:-1])
    if op == "count" and parts and parts[0] in COMPARISONS:
        if len(parts) < 2:
            raise Undefined(f"{key}: a comparison needs a value to compare with")
        return Node(
            text, op, tuple(parse(p) for p in parts[2:]), parts[0], _key_or_literal(parts[1])
        )
    least, most = OPERATIONS[op]
    if op == "spearman" and len(parts) % 2:
        raise Undefined(f"{key}: {op} takes two series of the same length")
    if len(parts) < least or (most and len(parts) > most):
        raise Undefined(f"{key}: {op} takes {least} operands, not {len(parts)}")
    return Node(text, op, tuple(parse(part) for part in parts))


def evaluate(results: Results, key: str) -> float:
    """Compute the exact value of a plain or derived key; UnknownKey, Undefined or TypeError."""
    return value_of(results, parse(key))


def value_of(results: Results, node: Node) -> float:
    """Compute the exact value of a parsed key."""
    if node.literal is not None:
        return node.literal
    if not node.op:
        require(results, node.text)
        return results.number(node.text)
    values = [value_of(results, operand) for operand in node.operands]
    if node.op == "count" and node.than is not None:
        than = value_of(results, node.than)
        holds = COMPARISONS[node.comparison]
        return float(sum(1 for value in values if holds(value, than)))
    return apply(node.op, values, node.text)


def apply(op: str, values: Sequence[float], place: str = "") -> float:
    """Apply an operation of the grammar to exact values."""
    if op in {"change", "ratio", "share"} and values[1] == 0:
        raise NoQuotient(f"{place or op}: division by zero")
    match op:
        case "diff":
            return values[0] - values[1]
        case "change":
            return (values[0] / values[1] - 1) * 100
        case "ratio":
            return values[0] / values[1]
        case "share":
            return values[0] / values[1] * 100
        case "abs":
            return abs(values[0])
        case "sum":
            return math.fsum(values)
        case "product":
            return math.prod(values)
        case "mean":
            return math.fsum(values) / len(values)
        case "max":
            return max(values)
        case "min":
            return min(values)
        case "spearman":
            return rank_correlation(values[: len(values) // 2], values[len(values) // 2 :])
        case _:
            return float(len(values))


def rank_correlation(x: Sequence[float], y: Sequence[float]) -> float:
    """Correlate the ranks of two series (Spearman); Undefined where one of them does not vary.

    Ranks and not values: two regions far ahead of all others must not decide how the rest go together.
    """
    first, second = _ranks(x), _ranks(y)
    middle = (len(first) + 1) / 2  # the mean of ranks, with ties or without
    both = math.fsum((a - middle) * (b - middle) for a, b in zip(first, second, strict=True))
    own = [math.fsum((rank - middle) ** 2 for rank in ranks) for ranks in (first, second)]
    if not all(own):
        raise NoQuotient("spearman: division by zero, one side does not vary")
    return both / math.sqrt(own[0] * own[1])


def _ranks(values: Sequence[float]) -> list[float]:
    """Rank values from the least; ties share the mean of their places."""
    order = sorted(values)
    return [order.index(value) + (order.count(value) + 1) / 2 for value in values]


def require(results: Results, key: str) -> None:
    """Raise UnknownKey, naming the nearest keys, unless ``results`` has a value under ``key``."""
    if key not in results:
        raise UnknownKey(key, nearest_keys(results, key))


def nearest_keys(results: Results, key: str, limit: int = 3) -> tuple[str, ...]:
    """Find the existing keys most like ``key``: of the same family, else of the likeliest one."""
    family = key.partition(".")[0]  # another edition's families count as families of their own
    families = {existing.partition(".")[0] for existing in results}
    if family not in families:
        likely = difflib.get_close_matches(family, sorted(families), n=1, cutoff=0.5)
        if not likely:
            return ()
        key, family = likely[0] + key[len(family) :], likely[0]
    same = [existing for existing in results if existing.partition(".")[0] == family]
    # Keys with as many words as the wanted one are what a mistyped word was meant to be.
    alike = [existing for existing in same if existing.count(".") == key.count(".")] or same
    return tuple(difflib.get_close_matches(key, sorted(alike), n=limit, cutoff=0.5))


def _key_or_literal(text: str) -> Node:
    try:
        return Node(text, literal=float(text))
    except ValueError:
        return parse(text)


def _split(text: str) -> list[str]:
    """Split at the commas outside brackets."""
    cuts, depth = [-1], 0
    for position, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if char == "," and depth == 0:
            cuts.append(position)
    if not text:
        return []
    cuts.append(len(text))
    return [text[start + 1 : end] for start, end in pairwise(cuts)]
