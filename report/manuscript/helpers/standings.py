"""Orders: who stands where by a metric, cut at a place with its ties, named with or without values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from report.assessment.results import Entry
from report.document.model import Inline, Text, Word
from report.i18n import _
from report.manuscript.context import Context
from report.manuscript.helpers.amounts import amount
from report.manuscript.helpers.regions import RegionGroup
from report.manuscript.keys import MissingData, WordingProblem
from report.manuscript.store import Piece


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


class Orders:
    """What all helpers that order regions, zones or dimensions share."""

    def __init__(self, context: Context) -> None:
        self._context = context

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
        found = self.values(metric, entries, year)
        if not found:
            if self._context.results.registry.regions and entries:
                context.key(metric, entries[0].id, year)  # says what is wrong with the metric
            raise MissingData("分地区")
        falling = self.more_is_better(metric) is not lowest
        return sorted(found, key=lambda s: -s.value if falling else s.value)

    def values(self, metric: str, entries: Sequence[Entry], year: Any) -> list[Standing]:
        """Return who has a value of the metric, in the order of ``entries``."""
        context = self._context
        at = context.year(year)
        found = []
        for entry in entries:
            if context.addresses.has(metric, entry.id, year=at):
                key = context.addresses.resolve(metric, entry.id, year=at)
                found.append(Standing(entry, key, context.results.number(key)))
        return found

    def more_is_better(self, metric: str) -> bool:
        """Whether the largest value of a metric is the best one."""
        family, _dot, name = self._context.addresses.spell(metric).partition(".")
        if family in ("rank", "robust-rank", "robust-median", "robust-low", "robust-high"):
            return False
        if family in ("indicator", "data"):
            negative = {i.id for i in self._context.edition.indicators if i.direction == "negative"}
            return name.partition(".")[0] not in negative
        return True

    def cut(self, order: list[Standing], size: int) -> list[Standing]:
        """Take the first ``size``, and all that tie with the last of them."""
        if size < 1:
            raise WordingProblem(_("a list of {size} names").format(size=size), "1, 2, 3 …")
        if len(order) <= size:
            return order
        return [s for s in order if s in order[:size] or s.value == order[size - 1].value]

    def group(self, standings: list[Standing], why: str) -> RegionGroup:
        """Return the regions of ``standings`` as a group that knows why."""
        context = self._context
        reason = f"{why}: " + "; ".join(context.printed(s.key) for s in standings)
        return RegionGroup(
            context, [s.entry for s in standings], [s.key for s in standings], reason
        )

    def named(self, standings: list[Standing], why: str, *, values: bool) -> Piece:
        """Name the regions, with or without their values."""
        group = self.group(standings, why)
        if not values:
            return group
        return self.with_values(standings, group)

    def with_values(self, standings: list[Standing], group: Piece | None = None) -> Piece:
        """Name each with its value: 广东（82.3分）、江苏（78.1分）和北京（77.0分）."""
        context = self._context
        reason = getattr(group.inlines()[0], "condition", "") if group else ""
        inlines: list[Inline] = []
        for position, standing in enumerate(standings):
            if position:
                last = position == len(standings) - 1
                inlines.append(Text("和" if last else "、"))
            inlines.append(Word(standing.name, "ranking", (standing.key,), reason))
            inlines += [Text("（"), *amount(context, context.quantity(standing.key)), Text("）")]
        return Piece(context.store, *inlines)
