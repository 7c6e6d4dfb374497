"""Rows of the ledger: one for each number printed in prose, tables, captions, notes and figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from figures.spec import FigureSpec, Point
from report.document.model import (
    Block,
    Document,
    FactUse,
    Figure,
    Inline,
    Number,
    Ref,
    Structural,
    Verbatim,
    Word,
)
from report.document.walk import children, iter_inlines
from report.errors import Place
from report.ledger.sources import Sources
from report.ledger.tokens import numbers


@dataclass(frozen=True, slots=True)
class Row:
    """A number as a reader meets it.

    ``kind`` says by what right it stands there: ``quantity``, ``figure`` (a point of a drawing),
    ``word`` (a phrase chosen by data that holds a number), ``fact``, ``structural`` or ``literal``.
    ``value`` is exact, in ``unit``; None where the text is no single value.
    """

    part: str
    block: str
    text: str
    key: str
    value: float | None
    unit: str
    source: str
    origin: str
    kind: str


def ledger(document: Document, sources: Sources) -> tuple[Row, ...]:
    """List every number of the document in reading order."""
    rows: list[Row] = []
    for section in document.sections:
        for block in _flat(section.blocks):
            for inline in iter_inlines(block, nested=False):
                rows.extend(_inline_rows(section.id, block.id, inline, sources))
            if isinstance(block, Figure):
                rows.extend(_figure_rows(section.id, block, sources))
    return tuple(rows)


def _flat(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        yield from _flat(tuple(children(block)))


def _inline_rows(part: str, block: str, inline: Inline, sources: Sources) -> Iterator[Row]:
    match inline:
        case Number(quantity=q, origin=origin):
            yield Row(
                part, block, q.text, q.key, q.value, q.unit, sources.text(q.key), _at(origin),
                "quantity",
            )  # fmt: skip
        case Word() if any(numbers(inline.text)):
            cells = "; ".join(dict.fromkeys(filter(None, map(sources.text, inline.keys))))
            key = ",".join(inline.keys) or inline.kind
            yield Row(part, block, inline.text, key, None, "", cells, _at(inline.origin), "word")
        case FactUse():
            key = f"fact.{inline.fact}"
            yield Row(part, block, inline.text, key, None, "", "", _at(inline.origin), "fact")
        case Structural() if any(numbers(inline.text)):
            key = f"structural.{inline.what}"
            yield Row(part, block, inline.text, key, None, "", "", _at(inline.origin), "structural")
        case Ref():
            key = f"ref.{inline.target}"
            yield Row(part, block, inline.text, key, None, "", "", _at(inline.origin), "structural")
        case Verbatim() if any(numbers(inline.text)):
            yield Row(
                part, block, inline.text, "literal", None, "", inline.reason, _at(inline.origin),
                "literal",
            )  # fmt: skip
        case _:
            return


def _figure_rows(part: str, figure: Figure, sources: Sources) -> Iterator[Row]:
    origin = _at(figure.origin)
    for point, text, key, value, unit in _drawn(figure.spec):
        if not key:
            continue
        printed = text or point.label
        yield Row(part, figure.id, printed, key, value, unit, sources.text(key), origin, "figure")


def _drawn(spec: FigureSpec) -> Iterator[tuple[Point, str, str, float | None, str]]:
    for series in spec.series:
        unit = series.unit or spec.unit
        for point in series.points:
            yield point, point.text, point.key, point.value, unit
            yield point, point.x_text, point.x_key, point.x, spec.x_unit
            yield point, point.low_text, point.low_key, point.low, unit
            yield point, point.high_text, point.high_key, point.high, unit


def _at(origin: Place | None) -> str:
    return "" if origin is None else str(origin)
