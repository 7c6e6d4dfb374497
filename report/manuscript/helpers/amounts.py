"""Amounts in prose: a number with its unit, less the denominator that the indicator's name has said already."""

from __future__ import annotations

import re
from dataclasses import replace

from report.document.derived import family_of, parse
from report.document.model import Inline, Number, Word
from report.document.quantity import Quantity
from report.manuscript.context import Context

_DIGITS = "0123456789.,+−"
_PER = re.compile(r"每[百千万亿]?[人户家]|人均|户均|平均")  # 每万人光缆线路长度, 人均工业增加值


def amount(context: Context, quantity: Quantity) -> tuple[Inline, ...]:
    """Return the inlines of a number: 每万人光缆线路长度为422.6公里, not 422.6公里/万人.

    The quantity keeps its own unit; only what is printed behind it is shorter.
    """
    unit = quantity.text.lstrip(_DIGITS)
    thing, per, _whom = unit.partition("/")
    if not per or not _says_it(context, quantity.key):
        return (Number(quantity),)
    bare = replace(quantity, text=quantity.text.removesuffix(unit))
    return (Number(bare), Word(thing, "phrase", (quantity.key,)))


def _says_it(context: Context, key: str) -> bool:
    """Whether a key is of an indicator whose name says for whom it counts."""
    leaf = next(parse(key).leaves(), "")
    if family_of(leaf) != "indicator":
        return False
    id_ = leaf.partition(".")[2].partition(".")[0]
    entries = context.results.registry.indicators
    return any(entry.id == id_ and _PER.search(entry.name) for entry in entries)
