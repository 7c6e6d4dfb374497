"""The conditions of claims: comparisons over keys, read by a small grammar and judged on shown values.

condition   := all { ("or" | "或") all }
all         := one { ("and" | "且" | "并且") one }
one         := ["not" | "非"] ( "(" condition ")" | test )
test        := sum comparison sum { comparison sum } | "rising(" key ")" | "falling(" key ")" | "has(" key ")"
sum         := term { (" + " | " - ") term }
term        := factor { ("*" | "/") factor }
factor      := key[@prev|@base|@year] | number | 'text' | function "(" arguments ")" | "(" sum ")"
comparison  := > >= < <= = != (also ≥ ≤ ≠ 高于 低于 等于 不低于 不高于)
functions   := max min mean sum (over regions, of a metric), growth change (since the year before), share ratio (of two)
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from report.document import format as formats
from report.document.derived import compose
from report.i18n import _
from report.manuscript.context import Context
from report.manuscript.helpers.numbers import Numbers
from report.manuscript.helpers.rankings import Rankings
from report.manuscript.helpers.words import Words
from report.manuscript.keys import MissingData, WordingProblem
from report.manuscript.store import Guard

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>\d+(?:\.\d+)?)%?
    | (?P<key>[a-z][a-z0-9_-]*(?:\.[0-9a-z_\u4e00-\u9fff-]*[0-9a-z_\u4e00-\u9fff])+(?:@\w+)?)
    | '(?P<quoted>[^']*)'
    | (?P<operator>>=|<=|!=|==|[-+*/()=<>,≥≤≠])
    | (?P<word>不低于|不高于|高于|低于|等于|并且|且|或|非|[a-z][a-z0-9_-]*|[\u4e00-\u9fff]+)
    )""",
    re.VERBOSE,
)
_COMPARISONS: dict[str, tuple[str, Callable[[float, float], bool]]] = {
    ">": (">", operator.gt), ">=": (">=", operator.ge), "≥": (">=", operator.ge),
    "<": ("<", operator.lt), "<=": ("<=", operator.le), "≤": ("<=", operator.le),
    "=": ("=", operator.eq), "==": ("=", operator.eq), "!=": ("!=", operator.ne),
    "≠": ("!=", operator.ne), "高于": (">", operator.gt), "低于": ("<", operator.lt),
    "等于": ("=", operator.eq), "不低于": (">=", operator.ge), "不高于": ("<=", operator.le),
}  # fmt: skip
_AND, _OR, _NOT = ("and", "且", "并且"), ("or", "或"), ("not", "非")
_TESTS = ("rising", "falling", "has")
_FUNCTIONS = ("max", "min", "mean", "sum", "growth", "change", "share", "ratio")
_TOLERANCE = 9  # decimals: shown values differ by more, binary rounding of a sum by less


@dataclass(frozen=True, slots=True)
class Operand:
    """A side of a comparison: its number or text, and how it is written with its value."""

    value: float | str
    written: str


@dataclass(slots=True)
class _Reading:
    tokens: list[tuple[str, str]]
    position: int = 0
    keys: dict[str, None] = field(default_factory=dict)

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.position] if self.position < len(self.tokens) else ("end", "")

    def take(self) -> tuple[str, str]:
        token = self.peek()
        self.position += 1
        return token

    def accept(self, *texts: str) -> bool:
        kind, text = self.peek()
        if text in texts and kind in ("operator", "word"):
            self.position += 1
            return True
        return False


class Conditions:
    """Judges conditions against the results of one edition."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._numbers = Numbers(context)
        self._words = Words(context, self._numbers)
        self._rankings = Rankings(context)

    def judge(self, condition: str) -> tuple[bool, Guard]:
        """Evaluate a condition. WordingProblem where it cannot be read, MissingData without data."""
        reading = _Reading(_tokens(condition))
        holds, written = self._any(reading)
        if reading.peek()[0] != "end":
            raise _unreadable(condition, reading.peek()[1])
        return holds, Guard(written, tuple(reading.keys))

    def _any(self, reading: _Reading) -> tuple[bool, str]:
        holds, written = self._all(reading)
        while reading.accept(*_OR):
            other, text = self._all(reading)
            holds, written = holds or other, f"{written} or {text}"
        return holds, written

    def _all(self, reading: _Reading) -> tuple[bool, str]:
        holds, written = self._one(reading)
        while reading.accept(*_AND):
            other, text = self._one(reading)
            holds, written = holds and other, f"{written} and {text}"
        return holds, written

    def _one(self, reading: _Reading) -> tuple[bool, str]:
        if reading.accept(*_NOT):
            holds, written = self._one(reading)
            return not holds, f"not {written}"
        start = reading.position
        if reading.accept("("):
            try:
                holds, written = self._any(reading)
                if reading.accept(")") and reading.peek()[1] not in _COMPARISONS:
                    return holds, f"({written})"
            except _NotATest:
                pass
            reading.position = start  # a bracketed sum, not a bracketed condition
        return self._test(reading)

    def _test(self, reading: _Reading) -> tuple[bool, str]:
        if reading.peek()[1] in _TESTS:
            return self._named_test(reading)
        left = self._sum(reading)
        _kind, sign = reading.peek()
        if sign not in _COMPARISONS:
            raise _NotATest(_("a comparison is expected, such as > or ="), sign)
        holds, written = True, left.written
        while reading.peek()[1] in _COMPARISONS:
            shown, compare = _COMPARISONS[reading.take()[1]]
            right = self._sum(reading)
            holds = holds and _compared(compare, left, right)
            written += f" {shown} {right.written}"
            left = right
        return holds, written

    def _named_test(self, reading: _Reading) -> tuple[bool, str]:
        _kind, name = reading.take()
        key = self._argument(reading, name)
        if name == "has":
            return self._context.addresses.has(key), f"has({key})"
        keys = self._words.series(key, None, None)
        if len(keys) < 2:
            raise MissingData("历年")
        reading.keys.update(dict.fromkeys(keys))
        shown = [self._context.quantity(one) for one in keys]
        steps = [(b.shown - a.shown) for a, b in pairwise(shown)]
        holds = all(step > 0 for step in steps) if name == "rising" else all(s < 0 for s in steps)
        return holds, f"{name}({' → '.join(q.text for q in shown)})"

    def _argument(self, reading: _Reading, name: str) -> str:
        if not reading.accept("("):
            raise _NotATest(_("{name} needs brackets").format(name=name), name)
        kind, text = reading.take()
        if kind not in ("key", "word") or not reading.accept(")"):
            raise _NotATest(_("{name}(…) takes one key").format(name=name), text)
        return text

    # ------------------------------------------------------------ operands

    def _sum(self, reading: _Reading) -> Operand:
        found = self._term(reading)
        while reading.peek()[1] in ("+", "-"):
            sign = reading.take()[1]
            found = _calculated(sign, found, self._term(reading))
        return found

    def _term(self, reading: _Reading) -> Operand:
        found = self._factor(reading)
        while reading.peek()[1] in ("*", "/"):
            sign = reading.take()[1]
            found = _calculated(sign, found, self._factor(reading))
        return found

    def _factor(self, reading: _Reading) -> Operand:
        kind, text = reading.take()
        if kind == "number":
            return Operand(float(text), text)
        if kind == "key":
            return self._value(reading, text)
        if kind == "operator" and text == "-":
            return _calculated("-", Operand(0.0, ""), self._factor(reading))
        if kind == "operator" and text == "(":
            found = self._sum(reading)
            if not reading.accept(")"):
                raise _NotATest(_("a closing bracket is missing"), text)
            return Operand(found.value, f"({found.written})")
        if kind == "word" and text in _FUNCTIONS and reading.accept("("):
            return self._function(reading, text)
        if kind in ("quoted", "word"):
            return Operand(self._context.addresses.aliases.get(text, text), text)
        raise _NotATest(_("a key or number is expected"), text)

    def _value(self, reading: _Reading, text: str) -> Operand:
        key, _at, when = text.partition("@")
        address = self._context.key(key, None, self._when(when))
        return self._read(reading, address)

    def _read(self, reading: _Reading, address: str) -> Operand:
        if address in self._context.results:
            reading.keys.setdefault(address)
        written = self._context.printed(address)
        if address in self._context.results:
            datum = self._context.results[address].datum
            if isinstance(datum, str):
                return Operand(datum, written)
        quantity = self._context.quantity(address)
        reading.keys.update(dict.fromkeys(quantity.parents))
        return Operand(quantity.shown, written)

    def _when(self, when: str) -> int | None:
        results = self._context.results
        years = {"": None, "prev": results.assessment_year - 1, "base": results.base_year}
        if when in years:
            return years[when]
        if when.isdigit():
            return int(when)
        raise WordingProblem(
            _("unknown year in a condition: @{when}").format(when=when), "@prev, @base, @2021"
        )

    def _function(self, reading: _Reading, name: str) -> Operand:
        arguments: list[str] = []
        while True:
            kind, text = reading.take()
            if kind not in ("key", "word"):
                raise _NotATest(_("{name}(…) takes keys").format(name=name), text)
            arguments.append(text)
            if reading.accept(")"):
                break
            if not reading.accept(","):
                raise _NotATest(_("a closing bracket is missing"), text)
        if name in ("max", "min", "mean", "sum"):
            return self._over_regions(reading, name, arguments[0])
        results = self._context.results
        if name in ("growth", "change"):
            key, _at, when = arguments[0].partition("@")
            now, then = self._numbers.pair(key, None, None, self._when(when))
            derived = compose("change" if name == "growth" else "diff", now, then)
        else:
            keys = [self._context.key(argument) for argument in arguments]
            if len(keys) != 2:
                raise WordingProblem(_("{name}(…) takes two keys").format(name=name))
            derived = compose(name, *keys)
        quantity = formats.quantity(results, derived)
        reading.keys.update(dict.fromkeys(quantity.parents))
        return Operand(quantity.shown, f"{derived} ({quantity.text})")

    def _over_regions(self, reading: _Reading, name: str, text: str) -> Operand:
        metric, _at, when = text.partition("@")
        year = self._when(when)
        if name == "mean":
            return self._read(reading, self._context.key(metric, "mean", year))
        order = sorted(self._rankings.standings(metric, None, year), key=lambda s: s.value)
        reading.keys.update(dict.fromkeys(s.key for s in order))
        if name == "sum":
            total = self._context.quantity(compose("sum", *(s.key for s in order)))
            return Operand(total.shown, f"sum({text}) ({total.text})")
        chosen = self._context.quantity((order[-1] if name == "max" else order[0]).key)
        return Operand(chosen.shown, f"{name}({text}) ({chosen.text})")


class _NotATest(WordingProblem):
    """A condition that cannot be read at some word."""

    def __init__(self, expected: str, at: str) -> None:
        super().__init__(
            _("a condition cannot be read at “{word}”").format(word=at or _("its end")), expected
        )


def _tokens(condition: str) -> list[tuple[str, str]]:
    tokens: list[tuple[str, str]] = []
    position = 0
    text = condition.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None or match.lastgroup is None:
            raise _unreadable(condition, text[position:].strip()[:1])
        tokens.append((match.lastgroup, match[match.lastgroup]))
        position = match.end()
    if not tokens:
        raise WordingProblem(_("an empty condition"), _("such as: index.total > index.total@prev"))
    return tokens


def _unreadable(condition: str, word: str) -> WordingProblem:
    return WordingProblem(
        _("a condition cannot be read at “{word}”: {condition}").format(
            word=word, condition=condition
        ),
        _("such as: index.total > index.total@prev"),
        _("the grammar of conditions is in docs/templates.zh-CN.md"),
    )


def _calculated(sign: str, left: Operand, right: Operand) -> Operand:
    if isinstance(left.value, str) or isinstance(right.value, str):
        raise WordingProblem(_("a condition calculates with a name: {text}").format(
            text=f"{left.written} {sign} {right.written}"))  # fmt: skip
    if sign == "/" and right.value == 0:
        raise MissingData("可比")
    made = {
        "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
    }[sign](left.value, right.value)  # fmt: skip
    return Operand(float(made), f"{left.written} {sign} {right.written}".strip())


def _compared(compare: Callable[[float, float], bool], left: Operand, right: Operand) -> bool:
    if isinstance(left.value, str) or isinstance(right.value, str):
        equal = str(left.value) == str(right.value)
        if compare is operator.eq:
            return equal
        if compare is operator.ne:
            return not equal
        raise WordingProblem(
            _("names are not more or less: {text}").format(text=f"{left.written}, {right.written}"),
            "= !=",
        )
    return compare(round(left.value, _TOLERANCE), round(right.value, _TOLERANCE))
