"""Sums: shares of a whole add up to 100 % as they are shown, or the exhibit says why they do not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation

from report.assessment.results import Results
from report.check.findings import Finding
from report.check.values import flat, points
from report.document.derived import Undefined, parse
from report.document.model import Block, Document, Figure, Number, Table
from report.document.text import plain_text, run_text
from report.document.walk import iter_inlines
from report.edition.model import Edition
from report.i18n import _

RULE = "sum"
NOTE = "四舍五入"
_NUMBER = re.compile(r"[−-]?\d+(?:\.\d+)?")
_WHOLE = Decimal(100)


def wrong_sums(document: Document, edition: Edition, results: Results) -> Iterator[Finding]:
    """Find tables and figures that show all shares of a whole which do not add up, without a note."""
    wholes = list(_wholes(edition, results))
    for section in document.sections:
        for block in flat(section.blocks):
            if not isinstance(block, Table | Figure):
                continue
            shown = _shown(block)
            if NOTE in _notes(block):
                continue
            for name, keys in wholes:
                if not all(key in shown for key in keys):
                    continue
                total = sum((shown[key] for key in keys), Decimal(0))
                if total != _WHOLE:
                    yield Finding(
                        RULE,
                        block.origin,
                        block.id,
                        run_text(block.caption),
                        _("the shares of {name} add up to {total}% as they are shown").format(
                            name=name, total=total
                        ),
                        _("100%, or a note that says 因四舍五入"),
                        _('add notes="因四舍五入，各项占比之和可能不等于总数。"'),
                        part=section.id,
                    )


def _wholes(edition: Edition, results: Results) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every whole that is divided: its name and the keys of all its shares."""
    registry = results.registry
    single = (
        {q.id for q in edition.survey.questions if q.kind == "single"} if edition.survey else set()
    )
    groups = ("", *(f".{group.id}" for group in registry.groups))
    for question in registry.questions:
        if question.id not in single:
            continue
        options = [option.id for option in registry.options if option.parent == question.id]
        for group in groups:
            keys = tuple(f"survey.{question.id}.{option}{group}" for option in options)
            if keys and all(key in results for key in keys):
                yield question.short or question.name, keys
    dimensions = tuple(f"weight.{dimension.id}" for dimension in registry.dimensions)
    if dimensions and all(key in results for key in dimensions):
        yield _("the dimensions' weights"), dimensions
    for dimension in registry.dimensions:
        keys = tuple(f"weight.{i.id}" for i in registry.indicators if i.parent == dimension.id)
        if keys and all(key in results for key in keys):
            yield dimension.name, keys
    # shares of the total index' change: share(contribution.<dimension>.<year>,…), whatever the whole
    yield (
        _("the contributions"),
        tuple(f"share:contribution.{dimension.id}" for dimension in registry.dimensions),
    )


def _shown(block: Table | Figure) -> Mapping[str, Decimal]:
    """Return what an exhibit shows in per cent, by key; contributions' shares by their dimension."""
    shown: dict[str, Decimal] = {}
    pairs: Iterable[tuple[str, str, float]]
    if isinstance(block, Figure):
        pairs = [(text or f"{value:.6f}", key, value) for text, key, value in points(block.spec)]
    else:
        pairs = [
            (inline.quantity.text, inline.quantity.key, inline.quantity.value)
            for inline in iter_inlines(block, nested=False)
            if isinstance(inline, Number)
        ]
    for text, key, _value in pairs:
        match = _NUMBER.search(text)
        try:
            number = Decimal(match.group().replace("−", "-")) if match else None
        except InvalidOperation:
            number = None
        if number is None:
            continue
        if key.startswith("weight.") and "%" not in text and abs(number) <= 1:
            number *= 100
        shown[_key(key)] = number
    return shown


def _key(key: str) -> str:
    if not key.startswith("share("):
        return key
    try:
        part = parse(key).operands[0].text
    except Undefined:
        return key
    family, _dot, rest = part.partition(".")
    return f"share:contribution.{rest.partition('.')[0]}" if family == "contribution" else key


def _notes(block: Block) -> str:
    """Return all that an exhibit says besides its numbers."""
    return plain_text(block, footnotes=True)
