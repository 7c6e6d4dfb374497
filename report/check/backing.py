"""Backing: what data chosen in a clause, or a checked condition, say for a claim word, and which way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from itertools import pairwise

from report.check.lexicon import Way
from report.check.sentences import Piece
from report.document.model import FactUse, Number, Word

# kind of data-chosen word → kinds of claims it backs
_BACKS = {
    "ranking": {"ranks", "comparisons", "changes"},
    "comparison": {"ranks", "comparisons", "changes"},
    "count": {"ranks", "comparisons", "changes"},
    "direction": {"comparisons", "changes"},
    "band": {"comparisons", "changes"},
    "claim": {"ranks", "comparisons", "events", "changes"},
}
_MOVED = {"direction", "band"}
_TOP = re.compile(r"^top \d|^places gained")
_BOTTOM = re.compile(r"^bottom \d|^places lost")
_METRIC = re.compile(r"^(?:top|bottom) \d+ (?:indicator|data)\.([\w-]+)")
_SIGN = re.compile(r" (>=|<=|!=|>|<|=) ")
_UNEQUAL = re.compile(r" [<>]=? ")
_TEST = re.compile(r"\b(rising|falling)\(")
_RANK = re.compile(r"(?<![\w-])(?:rank|robust-(?:rank|low|median|high))\.")
_CHANGES = re.compile(
    r"\b(?:change|diff)\(|\b(?:growth|rankchange)\.\S+(?: \([^()]*\)| \w+)* [<>]=? 0$"
    r"|\b(?:min|max|mean)\(growth\.\S+\)(?: \([^()]*\))? [<>]=? 0$"
)
_JOIN = re.compile(r" (?:and|or) ")
_OPERAND = re.compile(r"([a-z][\w.\u4e00-\u9fff-]*)\.(\d{4})\b")
_LITERAL = re.compile(r"(?:^|[ (])(\d+(?:\.\d+)?)(?=$|[ )])")
_ORDERED = re.compile(r"\); ")  # values one after another: an order is known, not an end


def ways(
    pieces: Iterable[Piece],
    kind: str,
    negative: AbstractSet[str] = frozenset(),
    *,
    leaning: bool = False,
) -> set[Way]:
    """Return the ways in which the data of a clause back a kind of claim, ``any`` without direction.

    ``negative`` are the indicators of which less is better: their leaders have the least. ``leaning``
    says that the claim stands in the next clause, whose subject is what this one told of: it must go
    the same way (比上年提高1.2点，增长较快), while within a clause the two may differ (增速比上年下降).
    """
    found: set[Way] = set()
    moved: set[Way] = set()  # by words for a change: they say what became of those who are named
    for piece in pieces:
        match piece.inline:
            case Word(kind=data, condition=condition) if kind in _BACKS.get(data, ()):
                way = _way(data, condition, negative, leaning=leaning)
                if way is not None:
                    (moved if data in _MOVED else found).add(way)
            case FactUse():
                found.add("any")
            case Number(quantity=quantity) if (
                quantity.key.startswith("count(") and kind != "events"
            ):
                found.add(
                    "up" if "(>" in quantity.key else "down" if "(<" in quantity.key else "any"
                )
            case _:
                pass
    return found or moved


def _way(
    data: str, condition: str, negative: AbstractSet[str], *, leaning: bool = False
) -> Way | None:
    """Return the way a data-chosen word points, None where its reason orders nothing."""
    if data == "claim":
        return _only(condition_ways(condition))
    if data == "direction" and leaning:
        return _only(condition_ways(condition))
    if data in _MOVED:
        return "any"
    metric = _METRIC.match(condition)
    if metric and metric[1] in negative:
        return "any"
    if _TOP.search(condition):
        return "up"
    if _BOTTOM.search(condition):
        return "down"
    if data == "comparison" or _UNEQUAL.search(condition):
        return _only(condition_ways(condition))
    return "any" if _ORDERED.search(condition) else None  # “form = leading” orders nothing


def condition_ways(condition: str) -> set[Way]:
    """Return the ways a condition points: ``>`` up, ``<`` down, turned round within ``not (…)`` and for ranks."""
    found: set[Way] = set()
    flips = _flips(condition)
    for match in _SIGN.finditer(condition):
        sign = match[1]
        way: Way = "up" if ">" in sign else "down" if "<" in sign else "any"
        left, right = _sides(condition, match)
        if sign == "=":
            both = left + right
            way = "up" if "max(" in both else "down" if "min(" in both else "any"
        elif _RANK.search(left) or _RANK.search(right):
            way = _turned(way)
        found.add(_turned(way) if flips[match.start()] else way)
    for match in _TEST.finditer(condition):
        way = "up" if match[1] == "rising" else "down"
        found.add(_turned(way) if flips[match.start()] else way)
    return found


def speaks_of_change(condition: str) -> bool:
    """Whether a condition compares a value with itself at another time (and nothing else)."""
    if _JOIN.search(condition):
        return False
    if _TEST.search(condition) or _CHANGES.search(condition):
        return True
    stems = _OPERAND.findall(condition)
    return any(a[0] == b[0] and a[1] != b[1] for a, b in pairwise(stems))


def literals(condition: str) -> set[float]:
    """Return the numbers that a condition compares with: those that are not values in brackets."""
    bare = re.sub(r"(?<=[\w)]) \([^()]*\)", "", condition)
    return {float(text) for text in _LITERAL.findall(bare)}


def _only(found: set[Way]) -> Way:
    return next(iter(found)) if len(found) == 1 else "any"


def _turned(way: Way) -> Way:
    return "down" if way == "up" else "up" if way == "down" else "any"


def _flips(condition: str) -> list[bool]:
    """Tell for each character whether an odd number of ``not`` stands over it."""
    flips: list[bool] = []
    stack: list[bool] = []
    state = bare = False  # bare: a ``not`` without brackets, up to the next and/or
    for at, char in enumerate(condition):
        if char == "(":
            stack.append(state)
            if condition[:at].endswith("not "):
                state, bare = not state, False
        elif char == ")" and stack:
            state = stack.pop()
        elif _JOIN.match(condition, at):
            bare = False
        elif condition.startswith("not ", at) and condition[at + 4 : at + 5] != "(":
            bare = True
        flips.append(state != bare)
    return flips


def _sides(condition: str, sign: re.Match[str]) -> tuple[str, str]:
    """Return what stands on both sides of a comparison, up to the next sign or and/or."""
    before = condition[: sign.start()]
    after = condition[sign.end() :]
    left = re.split(r" (?:and|or|>=|<=|!=|>|<|=) ", before)[-1]
    right = re.split(r" (?:and|or|>=|<=|!=|>|<|=) ", after)[0]
    return left, right
