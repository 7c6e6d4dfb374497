"""Rows of the ledger: one for each number printed in prose, tables, captions, notes and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from report.document.derived import Undefined, UnknownKey
from report.document.model import (
    Block,
    Document,
    FactUse,
    Figure,
    Footnote,
    Formula,
    Heading,
    Inline,
    Math,
    Number,
    Ref,
    Section,
    Structural,
    Table,
    Verbatim,
    Word,
)
from report.document.text import run_text
from report.document.walk import children
from report.errors import Place
from report.ledger.drawn import Drawing, Mark, alt_marks, drawn_marks
from report.ledger.runs import Run, flat, runs_of, sentence_at
from report.ledger.sources import Sources
from report.ledger.tokens import numbers

KINDS = ("quantity", "figure", "mark", "alt", "word", "fact", "structural", "literal")
_DIGIT = re.compile(r"[0-9０-９]")
_MATTERS = {"cover": "封面", "front": "文前", "body": "正文", "back": "附录"}


@dataclass(frozen=True, slots=True)
class Row:
    """A number as a reader meets it.

    ``kind`` says by what right it stands there: ``quantity``, ``figure`` (printed on a drawing),
    ``mark`` (drawn, not printed), ``alt`` (in an alternative text), ``word`` (a phrase chosen by
    data that holds a number), ``fact``, ``structural`` (years, axes, labels) or ``literal``.
    ``value`` is exact, in ``unit``; None where the text is no single value. ``where`` is the place
    within the block, ``context`` the sentence or the heads of the table cell, ``section`` the id of
    the part that ``part`` names.
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
    where: str = ""
    context: str = ""
    section: str = ""


def ledger(
    document: Document, sources: Sources, drawings: Mapping[str, Drawing] | None = None
) -> tuple[Row, ...]:
    """List every number of the document in reading order.

    With ``drawings`` (by figure id) what is printed on a figure is known; without them every point
    of a figure counts as printed.
    """
    writer = _Writer(sources, drawings)
    rows = list(writer.cover(document))
    for section in document.sections:
        part = _part(section)
        for block in _flat(section.blocks):
            rows += [
                replace(row, part=part, section=section.id, block=block.id)
                for row in writer.block(block)
            ]
    return tuple(rows)


def _part(section: Section) -> str:
    """Name a part as it is printed: 第一部分 总体情况; what has no heading by where it stands."""
    for block in section.blocks:
        if isinstance(block, Heading) and block.level == 1:
            return f"{block.number} {run_text(block.inlines)}".strip()
    return _MATTERS[section.matter]


def _flat(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        yield from _flat(tuple(children(block)))


class _Writer:
    """Writes the rows of one document; they learn their part and block from the caller."""

    def __init__(self, sources: Sources, drawings: Mapping[str, Drawing] | None) -> None:
        self._sources = sources
        self._graph = sources.graph
        self._drawings = drawings

    def cover(self, document: Document) -> Iterator[Row]:
        """Yield the numbers of the cover and the running feet, which writers print from Meta."""
        meta = document.meta
        month = f"{meta.date.year}年{meta.date.month}月"
        for name in ("title", "subtitle", "notice", "running_title"):
            text = getattr(meta, name)
            if _DIGIT.search(text):
                yield self._own(text, f"edition.{name}", "封面", part="封面")
        yield self._own(month, "edition.date", "封面", part="封面")

    def block(self, block: Block) -> Iterator[Row]:
        """Yield the rows of one block, without those of the blocks inside it."""
        origin = _at(getattr(block, "origin", None))
        for row in self._labels(block):
            yield replace(row, origin=origin)
        for run in runs_of(block):
            for row in self._run(run):
                yield replace(row, origin=row.origin or origin)
        if isinstance(block, Figure):
            for row in self._figure(block):
                yield replace(row, origin=origin)

    def _labels(self, block: Block) -> Iterator[Row]:
        """Yield the printed number of a heading, exhibit or formula, source lines and units."""
        label = getattr(block, "number", "")
        if label:
            yield self._own(label, "label", "编号")
        if isinstance(block, Table) and any(numbers(block.unit)):
            yield self._own(block.unit, "unit", "单位")
        if isinstance(block, Table | Figure) and any(numbers(block.source)):
            yield self._own(block.source, "source", "资料来源")
        if isinstance(block, Formula) and _DIGIT.search(block.latex):
            yield self._own(block.latex, "formula", "公式")

    def _own(self, text: str, what: str, where: str, part: str = "") -> Row:
        key = f"structural.{what}"
        return Row(part, "", text, key, None, "", "", "", "structural", where)

    def _run(self, run: Run) -> Iterator[Row]:
        for inline, start in flat(run.inlines):
            row = self._inline(inline)
            if row is not None:
                context = run.context or sentence_at(run.text, start)
                yield replace(row, where=run.where, context=context)
            if isinstance(inline, Footnote):
                where = f"脚注{inline.number}"
                yield replace(self._own(str(inline.number), "label", where), context=run.context)
                yield from self._run(Run(inline.inlines, where))

    def _inline(self, inline: Inline) -> Row | None:
        origin = _at(getattr(inline, "origin", None))
        match inline:
            case Number(quantity=q):
                source = self._source(q.key)
                return Row("", "", q.text, q.key, q.value, q.unit, source, origin, "quantity")
            case Word(text=text, keys=keys) if any(numbers(text)):
                cells = "; ".join(dict.fromkeys(filter(None, map(self._source, keys))))
                key = ",".join(keys) or f"word.{inline.kind}"
                value, unit = self._exact(keys[0]) if len(keys) == 1 else (None, "")
                return Row("", "", text, key, value, unit, cells, origin, "word")
            case FactUse(text=text, fact=fact):
                return Row("", "", text, f"fact.{fact}", None, "", "", origin, "fact")
            case Structural(text=text, what=what) if any(numbers(text)):
                key = f"structural.{what}"
                return Row("", "", text, key, None, "", "", origin, "structural")
            case Ref(text=text, target=target) if any(numbers(text)):
                return Row("", "", text, f"ref.{target}", None, "", "", origin, "structural")
            case Verbatim(text=text, reason=reason) if any(numbers(text)):
                return Row("", "", text, "literal", None, "", reason, origin, "literal")
            case Math(latex=latex) if _DIGIT.search(latex):
                key = "structural.formula"
                return Row("", "", latex, key, None, "", "", origin, "structural")
            case _:
                return None

    def _figure(self, figure: Figure) -> Iterator[Row]:
        drawing = None if self._drawings is None else self._drawings.get(figure.id)
        for mark in (*drawn_marks(figure.spec, drawing), *alt_marks(figure.spec, figure.alt)):
            yield self._mark(mark)

    def _mark(self, mark: Mark) -> Row:
        if mark.kind == "structural":
            return replace(self._own(mark.text, mark.key, mark.where), context=mark.label)
        value, unit = self._exact(mark.key)
        if value is None:  # a figure of its own data: what it draws is all there is to say
            value, unit = mark.value, mark.unit
        return Row(
            "", "", mark.text, mark.key, value, unit, self._source(mark.key), "", mark.kind,
            mark.where, mark.label,
        )  # fmt: skip

    def _exact(self, key: str) -> tuple[float | None, str]:
        """Return the value and unit under a key; None where it is unknown or a text."""
        try:
            datum = self._graph.datum(key)
            unit = self._graph.unit(key)
        except (UnknownKey, Undefined):
            return None, ""
        return (float(datum), unit) if isinstance(datum, int | float) else (None, "")

    def _source(self, key: str) -> str:
        try:
            return self._sources.text(key)
        except (UnknownKey, Undefined):
            return ""


def _at(origin: Place | None) -> str:
    return "" if origin is None else str(origin)
