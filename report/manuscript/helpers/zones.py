"""Zones in order with their numbers, dimensions in order, and a region's strong and weak sides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from report.assessment.results import Entry
from report.document import format as formats
from report.document.model import Inline, Number, Text, Word
from report.manuscript.context import Context
from report.manuscript.helpers.regions import Dimension, listed
from report.manuscript.helpers.standings import Orders, Standing
from report.manuscript.keys import MissingData
from report.manuscript.store import Piece


class Comparisons(Orders):
    """Helpers that set zones or dimensions against each other."""

    def words(self) -> dict[str, Callable[..., Any]]:
        """Return the helpers by name."""
        return {
            "zone_compare": self.zone_compare,
            "zones_by": self.zones_by,
            "best_dimension": self.best_dimension,
            "weakest_dimension": self.weakest_dimension,
            "dimension_order": self.dimension_order,
        }

    def _zone_order(self, metric: str, year: Any) -> list[Standing]:
        found = self.values(metric, self._context.results.registry.zones, year)
        if not found:
            raise MissingData("分区域")
        falling = self.more_is_better(metric)
        return sorted(found, key=lambda s: -s.value if falling else s.value)

    def zones_by(self, metric: str, *, year: Any = None, values: bool = True) -> Piece:
        """Name the zones in order with their values: 东部（62.1分）、中部（45.2分）…."""
        order = self._zone_order(metric, year)
        if values:
            return self.with_values(order)
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
        found = self.values(metric, context.results.registry.dimensions, year)
        if not found:
            raise MissingData("维度")
        return self.with_values(sorted(found, key=lambda s: -s.value))


class Chosen(Dimension):
    """A dimension chosen by data: prints its name with the reason."""

    __slots__ = ("_chosen",)

    def __init__(self, context: Context, entry: Entry, keys: tuple[str, ...], why: str) -> None:
        super().__init__(context, entry)
        self._chosen = Word(entry.name, "ranking", keys, why)

    def inlines(self) -> tuple[Inline, ...]:
        """Return the name as a word with its reason."""
        return (self._chosen,)
