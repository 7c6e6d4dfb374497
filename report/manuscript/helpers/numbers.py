"""Numbers and their changes: values with units, changes, growth, differences, multiples, shares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from report.document import format as formats
from report.document.derived import compose, parse
from report.document.model import Inline, Number, Word
from report.document.quantity import Quantity
from report.i18n import _
from report.manuscript.context import Context
from report.manuscript.helpers.amounts import amount
from report.manuscript.keys import WordingProblem
from report.manuscript.store import NumberPiece, Piece

EVEN = "持平"
# unit of the change → (words for more, words for less)
_VERBS: Mapping[str, tuple[str, str]] = {
    "点": ("提高", "下降"),
    "分": ("提高", "下降"),
    "个百分点": ("提高", "下降"),
    "%": ("提高", "下降"),
    "位": ("下降", "上升"),  # a larger rank is a worse one
    "": ("上升", "下降"),
}


class Numbers:
    """Helpers that print values and what became of them."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def words(self) -> dict[str, Callable[..., Any]]:
        """Return the helpers by name."""
        return {
            "n": self.n,
            "change": self.change,
            "growth": self.growth,
            "difference": self.difference,
            "ratio": self.ratio,
            "share": self.share,
            "total_of": self.total_of,
            "mean_of": self.mean_of,
            "compare": self.compare,
            "contribution_share": self.contribution_share,
        }

    def n(
        self,
        key: Any,
        of: Any = None,
        *,
        year: Any = None,
        decimals: int | None = None,
        unit: bool = True,
        sign: bool = False,
        scale: str | None = None,
    ) -> Piece:
        """Print the value under a key with its unit."""
        context = self._context
        address = context.key(key, of, year)
        if address in context.results and isinstance(context.results[address].datum, str):
            raise WordingProblem(
                _("the value is a text, not a number: {key}").format(key=address),
                "",
                _("use region(…).form or path(…).regions for names"),
            )
        how = {"decimals": decimals, "unit": unit, "sign": sign, "scale": scale}
        return self._amount(context.quantity(address, **how))

    def _amount(self, quantity: Quantity, *before: Inline) -> NumberPiece:
        inlines = (*before, *amount(self._context, quantity))
        return NumberPiece(self._context.store, quantity, *inlines)

    def pair(self, key: Any, of: Any, since: Any, year: Any) -> tuple[str, str]:
        """Return the addresses of a value now and in the year compared with."""
        context = self._context
        now = context.key(key, of, year)
        return now, context.key(key, of, context.since(since, year))

    def change(
        self,
        key: Any,
        of: Any = None,
        *,
        since: Any = None,
        year: Any = None,
        decimals: int | None = None,
        up: str = "",
        down: str = "",
        even: str = EVEN,
    ) -> Piece:
        """Say by how much a value rose or fell since last year: 提高5.2点, 下降0.3个百分点, 持平."""
        now, then = self.pair(key, of, since, year)
        return self.moved(now, then, decimals=decimals, up=up, down=down, even=even)

    def moved(
        self,
        now: str,
        then: str,
        *,
        decimals: int | None = None,
        up: str = "",
        down: str = "",
        even: str = EVEN,
    ) -> Piece:
        """Say by how much ``now`` is more or less than ``then``, as both are shown."""
        context = self._context
        signed = formats.difference(context.results, now, then, decimals=decimals)
        why = f"{context.printed(now)} {_sign(signed.shown)} {context.printed(then)}"
        if signed.shown == 0:
            return context.word(even, "direction", (now, then), why)
        unit = signed.text.lstrip("0123456789.,+" + formats.MINUS)
        more, less = _VERBS.get(unit, ("增加", "减少"))
        verb = (up or more) if signed.shown > 0 else (down or less)
        size = formats.difference(context.results, now, then, decimals=decimals, absolute=True)
        return self._amount(size, Word(verb, "direction", (now, then), why))

    def growth(
        self,
        key: Any,
        of: Any = None,
        *,
        since: Any = None,
        year: Any = None,
        than: Any = None,
        decimals: int | None = None,
        up: str = "增长",
        down: str = "下降",
        even: str = EVEN,
    ) -> Piece:
        """Say by how many per cent a value grew since last year: 增长12.3%, 下降2.1%, 持平.

        ``than`` is another value to compare with, where a year does not say it.
        """
        context = self._context
        if than is None:
            now, then = self.pair(key, of, since, year)
        else:
            now, then = context.key(key, of, year), context.key(than)
        if formats.unit_of(context.results, parse(now)) == "%":
            raise WordingProblem(
                _("growth of a percentage: {key}").format(key=now),
                _("percentages change by percentage points"),
                _("use change(…) instead of growth(…)"),
            )
        signed = formats.ratio_change(context.results, now, then, decimals=decimals)
        why = f"{context.printed(now)} {_sign(signed.shown)} {context.printed(then)}"
        level = formats.difference(context.results, now, then)
        if signed.shown == 0 or level.shown == 0:
            text = even if level.shown == 0 else f"基本{even}"
            return context.word(text, "direction", (now, then), why)
        size = formats.ratio_change(context.results, now, then, decimals=decimals, absolute=True)
        verb = up if signed.shown > 0 else down
        return context.number(size, Word(verb, "direction", (now, then), why))

    def difference(
        self, a: Any, b: Any, *, decimals: int | None = None, unit: bool = True, sign: bool = False
    ) -> NumberPiece:
        """Print how far two values lie apart, as they are shown; ``sign`` tells which is larger."""
        context = self._context
        how: dict[str, Any] = {"decimals": decimals, "unit": unit, "sign": sign}
        return context.number(
            formats.difference(
                context.results, context.key(a), context.key(b), absolute=not sign, **how
            )
        )

    def ratio(self, a: Any, b: Any, *, decimals: int | None = None, unit: bool = True) -> Piece:
        """Print how many times b goes into a: 2.3倍."""
        context = self._context
        keys = context.key(a), context.key(b)
        return context.number(
            formats.multiple(context.results, *keys, decimals=decimals, unit=unit)
        )

    def share(
        self, part: Any, whole: Any, *, decimals: int | None = None, unit: bool = True
    ) -> NumberPiece:
        """Print a value as a percentage of another."""
        context = self._context
        keys = context.key(part), context.key(whole)
        return context.number(formats.share(context.results, *keys, decimals=decimals, unit=unit))

    def total_of(self, *keys: Any, decimals: int | None = None, unit: bool = True) -> NumberPiece:
        """Print the sum of several values."""
        context = self._context
        found = [context.key(key) for key in keys]
        return context.number(formats.sum_of(context.results, found, decimals=decimals, unit=unit))

    def mean_of(self, *keys: Any, decimals: int | None = None, unit: bool = True) -> NumberPiece:
        """Print the simple mean of several values."""
        context = self._context
        found = [context.key(key) for key in keys]
        return context.number(formats.mean_of(context.results, found, decimals=decimals, unit=unit))

    def contribution_share(self, of: Any, *, year: Any = None) -> NumberPiece:
        """Print which part of the total index' change came from a dimension or indicator, in per cent."""
        context = self._context
        dimensions = [d.id for d in context.results.registry.dimensions]
        keys = [context.key("contribution", one, year) for one in dimensions]
        part = context.key("contribution", of, year)
        return context.number(formats.share(context.results, part, compose("sum", *keys)))

    def compare(
        self, a: Any, b: Any, than: Any = None, *, decimals: int | None = None, even: str = ""
    ) -> Piece:
        """Say how a value stands to another: 高于全国平均水平5.2分, 低于…, 与…持平."""
        context = self._context
        first, second = context.key(a), context.key(b)
        other = than if isinstance(than, (str, Piece)) else self.called(second)
        name = context.piece(context.name(other) if isinstance(other, str) else other)
        signed = formats.difference(context.results, first, second, decimals=decimals)
        why = f"{context.printed(first)} {_sign(signed.shown)} {context.printed(second)}"
        keys = (first, second)
        if signed.shown == 0:
            end = context.word(even or EVEN, "comparison", keys, why)
            return context.piece(context.word("与", "comparison", keys, why), name, end)
        verb = "高于" if signed.shown > 0 else "低于"
        size = formats.difference(context.results, first, second, decimals=decimals, absolute=True)
        return context.piece(context.word(verb, "comparison", keys, why), name, Number(size))

    def called(self, address: str) -> str:
        """Say what an address stands for, as far as a comparison needs it."""
        results = self._context.results
        registry = results.registry
        parts = address.split(".")
        places = {"mean": "全国平均水平", "median": "全国中位水平", "nation": "全国平均水平"}
        names = {
            e.id: e.short or e.name for e in (*registry.regions, *registry.zones, *registry.forms)
        }
        for part in parts[1:]:
            if part in places or part in names:
                return places.get(part) or names[part]
        dimensions = {d.id: d.name for d in registry.dimensions}
        dimensions |= {i.id: i.name for i in registry.indicators}
        return next((dimensions[p] for p in parts if p in dimensions), "总体水平")


def _sign(shown: float) -> str:
    return ">" if shown > 0 else "<" if shown < 0 else "="
