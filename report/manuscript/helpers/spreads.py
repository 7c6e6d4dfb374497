"""How the regions lie to each other: whether they draw together, change places, or go together in two things."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from report.document import format as formats
from report.document.derived import NoQuotient, compose
from report.document.model import Number, Word
from report.manuscript.context import Context
from report.manuscript.helpers.numbers import Numbers
from report.manuscript.helpers.regions import listed
from report.manuscript.helpers.standings import Orders
from report.manuscript.keys import MissingData
from report.manuscript.store import NumberPiece, Piece

# least size of a coefficient → how it is called (docs: appendix on the method, 增速、位次与地区差异)
_CLOSENESS = ((0.8, "高度"), (0.5, "中度"), (0.3, "弱"))
NARROWER, WIDER, EVEN = "收窄", "扩大", "基本不变"


class Spreads(Orders):
    """Helpers that speak of all regions at once."""

    def __init__(self, context: Context, numbers: Numbers) -> None:
        super().__init__(context)
        self._numbers = numbers

    def words(self) -> dict[str, Callable[..., Any]]:
        """Return the helpers by name."""
        return {
            "spread": self.spread,
            "dimension_spreads": self.dimension_spreads,
            "rank_shift": self.rank_shift,
            "correlation": self.correlation,
        }

    def spread(
        self,
        of: Any = "total",
        *,
        since: Any = None,
        absolute: bool = False,
        narrower: str = NARROWER,
        wider: str = WIDER,
        even: str = EVEN,
    ) -> Piece:
        """Say whether the regions drew together or apart.

        Relatively, by the coefficient of variation; with ``absolute`` by the distance from the first to
        the last, which may widen while the other narrows.
        """
        word = self._spread(self._context.id_of(of), since, absolute, (narrower, wider, even))
        return Piece(self._context.store, word)

    def dimension_spreads(self, *, since: Any = None, absolute: bool = False) -> Piece:
        """Say of all dimensions whether the regions drew together: 均收窄, or 变化不一：甲收窄，乙扩大."""
        found: dict[str, list[str]] = {}
        keys: list[str] = []
        reasons = []
        context = self._context
        for dimension in context.results.registry.dimensions:
            if not context.addresses.has("dispersion", dimension.id):
                continue
            word = self._spread(dimension.id, since, absolute, (NARROWER, WIDER, EVEN))
            found.setdefault(word.text, []).append(dimension.name)
            keys += word.keys
            reasons.append(word.condition)
        if not found:
            raise MissingData("分地区")
        if len(found) == 1:
            ((text, names),) = found.items()
            said = f"均{text}" if len(names) > 1 else text
        else:
            said = "变化不一：" + "，".join(
                f"{listed(names)}{text}" for text, names in found.items()
            )
        return context.word(said, "direction", keys, "; ".join(reasons))

    def _spread(self, of: str, since: Any, absolute: bool, texts: tuple[str, str, str]) -> Word:
        context = self._context
        narrower, wider, even = texts
        if absolute:
            now, then = self._range(of, None), self._range(of, context.since(since))
        else:
            now, then = self._numbers.pair("dispersion", of, since, None)
        signed = formats.difference(context.results, now, then).shown
        text = wider if signed > 0 else narrower if signed < 0 else even
        sign = ">" if signed > 0 else "<" if signed < 0 else "="
        why = f"{context.printed(now)} {sign} {context.printed(then)}"
        return Word(text, "direction", (now, then), why)

    def _range(self, of: str, year: int | None) -> str:
        order = sorted(self.standings(f"level.{of}", None, year), key=lambda s: s.value)
        return compose("diff", order[-1].key, order[0].key)

    def rank_shift(self, of: Any = "total", *, since: Any = None) -> NumberPiece:
        """Print by how many places the regions moved on average, up or down: 1.5位."""
        context = self._context
        metric, before = f"rank.{context.id_of(of)}", context.since(since)
        moves = []
        for region in context.results.registry.regions:
            if all(context.addresses.has(metric, region.id, year=at) for at in (None, before)):
                keys = [
                    context.addresses.resolve(metric, region.id, year=at) for at in (None, before)
                ]
                moves.append(compose("abs", compose("diff", *keys)))
        if not moves:
            raise MissingData("分地区")
        return context.number(formats.mean_of(context.results, moves))

    def correlation(self, a: str, b: str, *, year: Any = None) -> Piece:
        """Say how closely two metrics go together over the regions, and print the rank correlation."""
        context = self._context
        at = context.year(year)
        first, second = [], []
        for region in context.results.registry.regions:
            if all(context.addresses.has(metric, region.id, year=at) for metric in (a, b)):
                first.append(context.addresses.resolve(a, region.id, year=at))
                second.append(context.addresses.resolve(b, region.id, year=at))
        if len(first) < 3:
            raise MissingData("分地区")
        none = "无明显相关"
        try:
            found = context.quantity(compose("spearman", *first, *second))
        except NoQuotient:
            return context.word(none, "comparison", (), f"{a} or {b} does not vary")
        size = abs(found.shown)
        how = next((word for least, word in _CLOSENESS if size >= least), "")
        text = f"{how}{'正' if found.shown > 0 else '负'}相关" if how else none
        why = f"rank correlation {found.text} over {len(first)} regions: {a}, {b}"
        return Piece(
            context.store,
            Word(text, "comparison", (), why),
            Word("，等级相关系数为", "phrase"),
            Number(found),
        )
