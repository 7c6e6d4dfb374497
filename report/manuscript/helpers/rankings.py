"""Who leads and who follows: leaders and laggards, groups above the mean, gaps, ranks and their changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from report.document import format as formats
from report.document.derived import compose
from report.document.model import Word
from report.manuscript.context import Named
from report.manuscript.helpers.regions import RegionGroup
from report.manuscript.helpers.standings import Orders
from report.manuscript.keys import MissingData
from report.manuscript.store import NumberPiece, Piece


class Rankings(Orders):
    """Helpers that order regions and zones by a metric (a key without region and year)."""

    def words(self) -> dict[str, Callable[..., Any]]:
        """Return the helpers by name."""
        return {
            "leaders": self.leaders,
            "laggards": self.laggards,
            "top": self.top,
            "bottom": self.bottom,
            "fastest": self.fastest,
            "slowest": self.slowest,
            "highest": self.highest,
            "lowest": self.lowest,
            "gap": self.gap,
            "gap_ratio": self.gap_ratio,
            "top_share": self.top_share,
            "regional_total": self.regional_total,
            "above": self.above,
            "below": self.below,
            "rank": self.rank,
            "rank_change": self.rank_change,
            "movers_up": self.movers_up,
            "movers_down": self.movers_down,
        }

    # ------------------------------------------------------------ leaders and laggards

    def top(self, metric: str, k: int = 3, *, within: Any = None, year: Any = None) -> RegionGroup:
        """Return the best regions, for loops."""
        return self.group(self.cut(self.standings(metric, within, year), k), f"top {k} {metric}")

    def bottom(
        self, metric: str, k: int = 3, *, within: Any = None, year: Any = None
    ) -> RegionGroup:
        """Return the last regions, the very last one first."""
        order = self.standings(metric, within, year, lowest=True)
        return self.group(self.cut(order, k), f"bottom {k} {metric}")

    def leaders(
        self,
        metric: str,
        k: int = 3,
        *,
        within: Any = None,
        year: Any = None,
        values: bool = False,
    ) -> Piece:
        """Name the best regions: 广东、江苏和北京; with ``values`` also their values."""
        order = self.cut(self.standings(metric, within, year), k)
        return self.named(order, f"top {k} {metric}", values=values)

    def laggards(
        self,
        metric: str,
        k: int = 3,
        *,
        within: Any = None,
        year: Any = None,
        values: bool = False,
    ) -> Piece:
        """Name the last regions, the very last one last."""
        order = self.cut(self.standings(metric, within, year, lowest=True), k)
        return self.named(order[::-1], f"bottom {k} {metric}", values=values)

    def fastest(
        self, of: str = "total", k: int = 3, *, within: Any = None, values: bool = False
    ) -> Piece:
        """Name the regions whose level grows fastest."""
        return self.leaders(f"growth.{of}", k, within=within, values=values)

    def slowest(
        self, of: str = "total", k: int = 3, *, within: Any = None, values: bool = False
    ) -> Piece:
        """Name the regions whose level grows most slowly."""
        return self.laggards(f"growth.{of}", k, within=within, values=values)

    def highest(self, metric: str, *, within: Any = None, year: Any = None) -> Piece:
        """Name the best region with its value: 北京（82.3分）."""
        return self.leaders(metric, 1, within=within, year=year, values=True)

    def lowest(self, metric: str, *, within: Any = None, year: Any = None) -> Piece:
        """Name the last region with its value."""
        return self.laggards(metric, 1, within=within, year=year, values=True)

    def _ends(self, metric: str, within: Any, year: Any) -> tuple[str, str]:
        order = sorted(self.standings(metric, within, year), key=lambda s: s.value)
        return order[-1].key, order[0].key

    def gap(
        self, metric: str, *, within: Any = None, year: Any = None, decimals: int | None = None
    ) -> NumberPiece:
        """Print the distance between the largest and the smallest value."""
        most, least = self._ends(metric, within, year)
        context = self._context
        return context.number(
            formats.difference(context.results, most, least, decimals=decimals, absolute=True)
        )

    def gap_ratio(self, metric: str, *, within: Any = None, year: Any = None) -> NumberPiece:
        """Print how many times the smallest value goes into the largest."""
        most, least = self._ends(metric, within, year)
        return self._context.number(formats.multiple(self._context.results, most, least))

    def top_share(self, metric: str, k: int = 5, *, year: Any = None) -> NumberPiece:
        """Print the share of the k largest regions in the national total (of a scale indicator)."""
        context = self._context
        nation = context.key(metric, "nation", year)
        order = sorted(self.standings(metric, None, year), key=lambda s: -s.value)[:k]
        part = compose("sum", *(s.key for s in order))
        return context.number(formats.share(context.results, part, nation))

    def regional_total(self, metric: str, *, year: Any = None) -> NumberPiece:
        """Print the sum over the regions, of a series for which Results hold no national figure."""
        keys = [s.key for s in self.standings(metric, None, year)]
        return self._context.number(formats.sum_of(self._context.results, keys))

    def above(
        self, metric: str, than: Any = None, *, within: Any = None, year: Any = None
    ) -> RegionGroup:
        """Return the regions above the national mean (or another key), as the values are shown."""
        return self._beside(metric, than, within, year, above=True)

    def below(
        self, metric: str, than: Any = None, *, within: Any = None, year: Any = None
    ) -> RegionGroup:
        """Return the regions below the national mean (or another key), as the values are shown."""
        return self._beside(metric, than, within, year, above=False)

    def _beside(
        self, metric: str, than: Any, within: Any, year: Any, *, above: bool
    ) -> RegionGroup:
        context = self._context
        order = self.standings(metric, within, year)
        if than is None:
            place = "nation" if context.addresses.has(metric, "nation") else "mean"
            limit_key = context.key(metric, place, year)
        else:
            limit_key = context.key(than)
        limit = context.quantity(limit_key)
        kept = []
        for standing in order:
            shown = context.quantity(standing.key, decimals=limit.decimals).shown
            if (shown > limit.shown) if above else (shown < limit.shown):
                kept.append(standing)
        sign = ">" if above else "<"
        why = f"{metric} {sign} {context.printed(limit_key)}"
        keys = [limit_key, *(s.key for s in order)]
        return RegionGroup(context, [s.entry for s in kept], keys, why)

    # ------------------------------------------------------------ ranks

    def rank(self, metric: Any, of: Any = None, *, year: Any = None, form: str = "第{}位") -> Piece:
        """Print a region's place: 第3位. The metric may be total, a dimension, or a full key."""
        context = self._context
        if isinstance(metric, Named):
            metric = metric.id
        key = context.addresses.spell(metric)
        if key.startswith("level."):
            key = "rank." + key.removeprefix("level.")
        elif key.startswith(("indicator.", "score.")):
            key = "rank." + key.partition(".")[2]
        elif "." not in key:
            key = f"rank.{key}"
        if key.startswith("growth."):
            return self._place(key, of, year, form)
        address = context.key(key, of, year)
        text = context.quantity(address, unit=False).text
        return context.word(form.format(text), "ordinal", (address,), context.printed(address))

    def _place(self, metric: str, of: Any, year: Any, form: str) -> Piece:
        """Find a region's place by counting who stands before it."""
        code = self._context.id_of(of) if of is not None else metric.rpartition(".")[2]
        metric = metric.removesuffix(f".{code}")
        order = self.standings(metric, None, year)
        mine = next((s for s in order if s.entry.id == code), None)
        if mine is None:
            raise MissingData("分地区")
        place = 1 + sum(1 for s in order if s.value > mine.value)
        why = f"{place} of {len(order)} by {metric}; {self._context.printed(mine.key)}"
        return self._context.word(form.format(place), "ordinal", [s.key for s in order], why)

    def rank_change(self, region: Any, of: Any = "total", *, year: Any = None) -> Piece:
        """Say what became of a region's place since last year: 上升2位, 下降1位, 位次不变."""
        context = self._context
        key = context.key(f"rankchange.{context.id_of(of)}", region, year)
        places = context.quantity(key)
        why = context.printed(key)
        if places.shown == 0:
            return context.word("位次不变", "direction", (key,), why)
        verb = "上升" if places.shown > 0 else "下降"
        amount = context.quantity(compose("abs", key))
        return context.number(amount, Word(verb, "direction", (key,), why))

    def movers_up(self, of: Any = "total", k: int = 3) -> RegionGroup:
        """Return the regions that gained most places; only those that gained any."""
        return self._movers(of, k, up=True)

    def movers_down(self, of: Any = "total", k: int = 3) -> RegionGroup:
        """Return the regions that lost most places; only those that lost any."""
        return self._movers(of, k, up=False)

    def _movers(self, of: Any, k: int, *, up: bool) -> RegionGroup:
        metric = f"rankchange.{self._context.id_of(of)}"
        order = self.standings(metric, None, None, lowest=not up)
        moved = [s for s in order if (s.value > 0 if up else s.value < 0)]
        way = "gained" if up else "lost"
        return self.group(self.cut(moved, k) if moved else [], f"places {way}")
