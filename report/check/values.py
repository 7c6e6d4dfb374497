"""Values: every number in prose, tables and figures is its key's value, rightly rounded, in the key's unit."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from figures.spec import FigureSpec
from report.assessment.results import Results
from report.check.findings import Finding
from report.document.derived import Node, Undefined, UnknownKey, parse, value_of
from report.document.format import unit_of
from report.document.model import Block, Document, Figure, Number
from report.document.quantity import Quantity, round_half_up
from report.document.text import plain_text
from report.document.walk import children, iter_inlines
from report.errors import Place
from report.i18n import _

RULE = "value"
UNIT = "unit"
_NUMBER = re.compile(r"[−+\-]?\d+(?:,\d{3})*(?:\.\d+)?")
_PREFIXES = {"": 0, "万": 4, "亿": 8, "万亿": 12}
_PREFIX = re.compile(r"^(万亿|亿|万|)(?=\S)")
_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as it reaches a reader; ``quantity`` is None for a figure's point."""

    part: str
    block: Block
    text: str
    key: str
    value: float
    place: Place | None
    quantity: Quantity | None = None


def printed(document: Document) -> Iterator[Printed]:
    """Yield every number of the document that has a key, in reading order."""
    for section in document.sections:
        for block in flat(section.blocks):
            for inline in iter_inlines(block, nested=False):
                if isinstance(inline, Number):
                    q = inline.quantity
                    place = inline.origin or getattr(block, "origin", None)
                    yield Printed(section.id, block, q.text, q.key, q.value, place, q)
            if isinstance(block, Figure):
                for text, key, value in points(block.spec):
                    yield Printed(section.id, block, text, key, value, block.origin)


def points(spec: FigureSpec) -> Iterator[tuple[str, str, float]]:
    """Yield text, key and value of everything drawn that has a key."""
    for series in spec.series:
        for point in series.points:
            for text, key, value in (
                (point.text, point.key, point.value),
                (point.x_text, point.x_key, point.x),
                (point.low_text, point.low_key, point.low),
                (point.high_text, point.high_key, point.high),
            ):
                if key and value is not None:
                    yield text, key, value


def flat(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield blocks with those inside them."""
    for block in blocks:
        yield block
        yield from flat(tuple(children(block)))


def wrong_values(document: Document, results: Results) -> Iterator[Finding]:
    """Find numbers that are not what their key says; ``results`` hold the previous edition's too."""
    checker = _Checker(results)
    for one in printed(document):
        yield from checker.check(one)


class _Checker:
    def __init__(self, results: Results) -> None:
        self._results = results
        self._nodes: dict[str, tuple[Node, float, str]] = {}

    def check(self, one: Printed) -> Iterator[Finding]:
        try:
            node, exact, unit = self._look_up(one.key)
        except (UnknownKey, Undefined, TypeError, ValueError) as error:
            yield _finding(
                RULE, one, _("no value stands under {key}").format(key=one.key), str(error)
            )
            return
        exponent = _exponent(one, exact)
        if exponent is None:
            yield _finding(
                RULE,
                one,
                _("{text} is not the value of {key}").format(
                    text=one.text or one.value, key=one.key
                ),
                f"{exact:.10g}",
            )
            return
        yield from self._text(one, node, exponent)
        if one.quantity is not None:
            yield from _unit(one, one.quantity, unit, exponent)

    def _look_up(self, key: str) -> tuple[Node, float, str]:
        if key not in self._nodes:
            node = parse(key)
            self._nodes[key] = node, value_of(self._results, node), unit_of(self._results, node)
        return self._nodes[key]

    def _text(self, one: Printed, node: Node, exponent: int) -> Iterator[Finding]:
        match = _NUMBER.search(one.text)
        if match is None:
            if one.quantity is not None:
                yield _finding(
                    RULE, one, _("{text} holds no number").format(text=one.text), one.key
                )
            return
        digits = match.group().replace(",", "").replace("−", "-").lstrip("+")
        decimals = len(digits.partition(".")[2])
        try:
            shown = Decimal(digits)
        except InvalidOperation:
            return
        wanted = self._shown(node, exponent, decimals)
        if shown != wanted:
            yield _finding(
                RULE,
                one,
                _("{text} is not {key} rounded to what is shown").format(
                    text=one.text, key=one.key
                ),
                f"{wanted}",
            )

    def _shown(self, node: Node, exponent: int, decimals: int) -> Decimal:
        """Round as the report does: a difference is taken between its operands as shown."""
        if node.op == "diff":
            first, second = (self._shown(part, exponent, decimals) for part in node.operands)
            return first - second
        if node.op == "abs":
            return abs(self._shown(node.operands[0], exponent, decimals))
        value = Decimal(repr(float(value_of(self._results, node)))).scaleb(exponent)
        return round_half_up(float(value), decimals)


def _exponent(one: Printed, exact: float) -> int | None:
    """Return the power of ten by which the number was scaled; None where it is another number."""
    if one.quantity is not None:
        if not math.isclose(one.value, exact, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE):
            return None
        return round(math.log10(one.quantity.scale)) if one.quantity.scale > 0 else None
    if math.isclose(one.value, exact, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE):
        return 0
    if exact == 0 or one.value / exact <= 0:
        return None
    exponent = round(math.log10(one.value / exact))
    return (
        exponent
        if exponent in {2, 4, 8, 12, -2, -4, -8, -12}
        and math.isclose(one.value, exact * 10.0**exponent, rel_tol=_TOLERANCE)
        else None
    )


def _unit(one: Printed, q: Quantity, unit: str, exponent: int) -> Iterator[Finding]:
    """Check the unit: that of the key, scaled as the number is, or none."""
    if q.unit != unit:
        yield _finding(
            UNIT, one, _("{key} is not measured in {unit}").format(key=one.key, unit=q.unit), unit
        )
        return
    tail = _NUMBER.sub("", one.text, count=1).strip()
    allowed = {"", _scaled(unit, exponent)}
    if tail not in allowed:
        expected = " / ".join(sorted(one for one in allowed if one))
        yield _finding(
            UNIT, one, _("{text} has another unit than its value").format(text=one.text), expected
        )


def _scaled(unit: str, exponent: int) -> str:
    if exponent == 0:
        return unit
    if exponent == 2 and not unit:
        return "%"
    match = _PREFIX.match(unit)
    prefix = match[1] if match else ""
    wanted = _PREFIXES[prefix] - exponent
    scaled = next((name for name, power in _PREFIXES.items() if power == wanted), None)
    return unit if scaled is None else scaled + unit[len(prefix) :]


def _finding(rule: str, one: Printed, found: str, expected: str) -> Finding:
    sentence = plain_text(one.block) if one.quantity is not None else one.text
    at = sentence.find(one.text) if one.text else -1
    return Finding(
        rule,
        one.place,
        one.block.id,
        sentence,
        found,
        expected,
        _("print numbers with n(…) and its kin alone; tell the maintainers if it was"),
        span=(at, at + len(one.text)) if at >= 0 else (0, 0),
        part=one.part,
    )
