"""Who leads and who follows: rankings, groups above the mean, gaps, zones in order, strong and weak sides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from report.assessment.results import Entry
from report.document import format as formats
from report.document.derived import compose
from report.document.model import Inline, Number, Text, Word
from report.i18n import _
from report.manuscript.context import Context, Named
from report.manuscript.helpers.regions import Dimension, Region, RegionGroup, listed
from report.manuscript.keys import MissingData, WordingProblem
from report.manuscript.store import NumberPiece, Piece


@dataclass(frozen=True, slots=True)
class Standing:
    """A region (or zone) with the key and value it is ordered by."""

    entry: Entry
    key: str
    value: float

    @property
    def name(self) -> str:
        """Its short name."""
        return self.entry.short or self.entry.name


class Rankings:
    """Helpers that order regions and zones by a metric (a key without region and year)."""

    def __init__(self, context: Context) -> None:
        self._context = context

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
            "above": self.above,
            "below": self.below,
            "rank": self.rank,
            "rank_change": self.rank_change,
            "movers_up": self.movers_up,
            "movers_down": self.movers_down,
            "zone_compare": self.zone_compare,
            "zones_by": self.zones_by,
            "best_dimension": self.best_dimension,
            "weakest_dimension": self.weakest_dimension,
            "dimension_order": self.dimension_order,
        }

    # ------------------------------------------------------------ orders

    def standings(
        self, metric: str, within: Any = None, year: Any = None, *, lowest: bool = False
    ) -> list[Standing]:
        """Order regions by a metric, best first (or worst first); ties in official order."""
        context = self._context
        entries: Sequence[Entry] = context.results.registry.regions
        if within is not None:
            group = within if isinstance(within, RegionGroup) else getattr(within, "regions", None)
            if not isinstance(group, RegionGroup):
                raise WordingProblem(
                    _("not a group of regions: {value}").format(value=type(within).__name__),
                    _("a zone, a form, a path or a list of regions"),
                )
            entries = group.entries()
        found = self._values(metric, entries, year)
        if not found:
            if self._context.results.registry.regions and entries:
                context.key(metric, entries[0].id, year)  # says what is wrong with the metric
            raise MissingData("分地区")
        falling = self._more_is_better(metric) is not lowest
        return sorted(found, key=lambda s: -s.value if falling else s.value)

    def _values(self, metric: str, entries: Sequence[Entry], year: Any) -> list[Standing]:
        context = self._context
        at = context.year(year)
        found = []
        for entry in entries:
            if context.addresses.has(metric, entry.id, year=at):
                key = context.addresses.resolve(metric, entry.id, year=at)
                found.append(Standing(entry, key, context.results.number(key)))
        return found

    def _more_is_better(self, metric: str) -> bool:
        family, _dot, name = self._context.addresses.spell(metric).partition(".")
        if family in ("rank", "robust-rank", "robust-median", "robust-low", "robust-high"):
            return False
        if family in ("indicator", "data"):
            negative = {i.id for i in self._context.edition.indicators if i.direction == "negative"}
            return name.partition(".")[0] not in negative
        return True

    def _cut(self, order: list[Standing], size: int) -> list[Standing]:
        """Take the first ``size``, and all that tie with the last of them."""
        if size < 1:
            raise WordingProblem(_("a list of {size} names").format(size=size), "1, 2, 3 …")
        if len(order) <= size:
            return order
        return [s for s in order if s in order[:size] or s.value == order[size - 1].value]

    def _group(self, standings: list[Standing], why: str) -> RegionGroup:
        context = self._context
        reason = f"{why}: " + "; ".join(context.printed(s.key) for s in standings)
        return RegionGroup(
            context, [s.entry for s in standings], [s.key for s in standings], reason
        )

    def _named(self, standings: list[Standing], why: str, *, values: bool) -> Piece:
        group = self._group(standings, why)
        if not values:
            return group
        return self._with_values(standings, group)

    def _with_values(self, standings: list[Standing], group: Piece | None = None) -> Piece:
        """Name each with its value: 广东（82.3分）、江苏（78.1分）和北京（77.0分）."""
        context = self._context
        reason = getattr(group.inlines()[0], "condition", "") if group else ""
        inlines: list[Inline] = []
        for position, standing in enumerate(standings):
            if position:
                last = position == len(standings) - 1
                inlines.append(Text("和" if last else "、"))
            inlines.append(Word(standing.name, "ranking", (standing.key,), reason))
            inlines += [Text("（"), Number(context.quantity(standing.key)), Text("）")]
        return Piece(context.store, *inlines)

    # ------------------------------------------------------------ leaders and laggards

    def top(self, metric: str, k: int = 3, *, within: Any = None, year: Any = None) -> RegionGroup:
        """Return the best regions, for loops."""
        return self._group(self._cut(self.standings(metric, within, year), k), f"top {k} {metric}")

    def bottom(
        self, metric: str, k: int = 3, *, within: Any = None, year: Any = None
    ) -> RegionGroup:
        """Return the last regions, the very last one first."""
        order = self.standings(metric, within, year, lowest=True)
        return self._group(self._cut(order, k), f"bottom {k} {metric}")

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
        order = self._cut(self.standings(metric, within, year), k)
        return self._named(order, f"top {k} {metric}", values=values)

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
        order = self._cut(self.standings(metric, within, year, lowest=True), k)
        return self._named(order[::-1], f"bottom {k} {metric}", values=values)

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
        return self._group(self._cut(moved, k) if moved else [], f"places {way}")

    # ------------------------------------------------------------ zones and dimensions

    def _zone_order(self, metric: str, year: Any) -> list[Standing]:
        found = self._values(metric, self._context.results.registry.zones, year)
        if not found:
            raise MissingData("分区域")
        falling = self._more_is_better(metric)
        return sorted(found, key=lambda s: -s.value if falling else s.value)

    def zones_by(self, metric: str, *, year: Any = None, values: bool = True) -> Piece:
        """Name the zones in order with their values: 东部（62.1分）、中部（45.2分）…."""
        order = self._zone_order(metric, year)
        if values:
            return self._with_values(order)
        why = "; ".join(self._context.printed(s.key) for s in order)
        return self._context.word(
            listed([s.name for s in order]), "ranking", [s.key for s in order], why
        )

    def zone_compare(self, metric: str, *, year: Any = None) -> Piece:
        """Put the zones in order with their numbers and say how far the ends lie apart.

        东部最高，为62.1分，其后依次为中部（45.2分）、东北和西部（均为38.9分），最高与最低相差23.2分
        """
        context = self._context
        order = sorted(self._zone_order(metric, year), key=lambda s: -s.value)
        keys = tuple(s.key for s in order)
        why = "; ".join(context.printed(key) for key in keys)
        first, *others = self._tied(order)
        names = Word(listed([s.name for s in first]), "ranking", keys, why)
        number = Number(context.quantity(first[0].key))
        tied = len(first) > 1
        if not others:
            return Piece(context.store, names, Text("均为" if tied else "为"), number)
        verb = Word("并列最高，均为" if tied else "最高，为", "ranking", keys, why)
        inlines: list[Inline] = [names, verb, number]
        several = len(others) > 1
        inlines.append(Text("，其后依次为" if several else "，其后为"))
        for position, group in enumerate(others):
            if position:
                inlines.append(Text("和" if position == len(others) - 1 else "、"))
            inlines += self._in_brackets(group, why)
        inlines.append(Text("，最高与最低相差" if several else "，二者相差"))
        ends = (order[0].key, order[-1].key)
        inlines.append(Number(formats.difference(context.results, *ends, absolute=True)))
        return Piece(context.store, *inlines)

    def _tied(self, order: list[Standing]) -> list[list[Standing]]:
        """Group what is shown with the same number."""
        groups: list[list[Standing]] = []
        for standing in order:
            text = self._context.quantity(standing.key).text
            if groups and self._context.quantity(groups[-1][0].key).text == text:
                groups[-1].append(standing)
            else:
                groups.append([standing])
        return groups

    def _in_brackets(self, group: list[Standing], why: str) -> list[Inline]:
        """Name zones that share a value: 中部（45.2分）, 东北与西部（均为38.9分）."""
        names = "与".join(s.name for s in group)
        same: list[Inline] = [Text("均为")] if len(group) > 1 else []
        number = Number(self._context.quantity(group[0].key))
        word = Word(names, "ranking", tuple(s.key for s in group), why)
        return [word, Text("（"), *same, number, Text("）")]

    def best_dimension(self, region: Any) -> Piece:
        """Return the dimension in which a region ranks best (the first of several)."""
        return self._side(region, best=True)

    def weakest_dimension(self, region: Any) -> Piece:
        """Return the dimension in which a region ranks last (the last of several)."""
        return self._side(region, best=False)

    def _side(self, region: Any, *, best: bool) -> Piece:
        context = self._context
        ranks = []
        for dimension in context.results.registry.dimensions:
            key = context.key(f"rank.{dimension.id}", region)
            level = context.key(f"level.{dimension.id}", region)
            place = context.results.number(key)
            ranks.append((place, -context.results.number(level), key, dimension))
        if not ranks:
            raise MissingData("维度")
        chosen = sorted(ranks, key=lambda r: (r[0], r[1]))[0 if best else -1]
        why = "; ".join(context.printed(r[2]) for r in ranks)
        return Chosen(context, chosen[3], tuple(r[2] for r in ranks), why)

    def dimension_order(self, metric: str = "index", *, year: Any = None) -> Piece:
        """Name the dimensions by a metric from the highest, with their values."""
        context = self._context
        found = self._values(metric, context.results.registry.dimensions, year)
        if not found:
            raise MissingData("维度")
        return self._with_values(sorted(found, key=lambda s: -s.value))


class Chosen(Dimension):
    """A dimension chosen by data: prints its name with the reason."""

    __slots__ = ("_chosen",)

    def __init__(self, context: Context, entry: Entry, keys: tuple[str, ...], why: str) -> None:
        super().__init__(context, entry)
        self._chosen = Word(entry.name, "ranking", keys, why)

    def inlines(self) -> tuple[Inline, ...]:
        """Return the name as a word with its reason."""
        return (self._chosen,)


__all__ = ["Chosen", "Rankings", "Region", "Standing"]
