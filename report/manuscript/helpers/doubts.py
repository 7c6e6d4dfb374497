"""Doubtful figures: who owes a place to a figure used as published although it is doubtful."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from report.assessment.results import Entry
from report.i18n import _
from report.manuscript.helpers.regions import RegionGroup
from report.manuscript.helpers.standings import Orders
from report.manuscript.keys import WordingProblem, similar
from report.manuscript.store import Piece


class Doubts(Orders):
    """Helpers that ask for figures the analysts kept although they doubt them (action ``keep``)."""

    def words(self) -> dict[str, Callable[..., Any]]:
        """Return the helpers by name."""
        return {
            "doubtful": self.doubtful,
            "doubts": self.doubts,
            "without_doubts": self.without_doubts,
        }

    def doubtful(self, of: Any = None, *, within: Any = None, year: Any = None) -> RegionGroup:
        """Return the regions with a doubtful figure of the year, used as published.

        ``of`` is a dimension or an indicator; without it, all indicators count.
        """
        indicators = self._indicators(of)
        found: list[Entry] = []
        keys: dict[str, None] = {}
        for region in self._members(within):
            mine = [key for i in indicators if (key := self._key(i, region.id, year))]
            if mine:
                found.append(region)
                keys.update(dict.fromkeys(mine))
        return RegionGroup(self._context, found, tuple(keys), f"doubtful {', '.join(keys)}")

    def doubts(self, region: Any, of: Any = None, *, year: Any = None) -> list[Piece]:
        """Return the names of the statistical series of which a region's figure is doubtful.

        Two indicators made of one series name it once.
        """
        context = self._context
        code = context.id_of(region)
        series = {i.id: i.series for i in context.edition.indicators}
        mine = [e.id for e in self._indicators(of) if self._key(e, code, year)]
        ids = dict.fromkeys(series[one] for one in mine if one in series)
        known = context.edition.series
        return [context.name(known[id_].name if id_ in known else id_) for id_ in ids]

    def without_doubts(self, region: Any) -> str:
        """Write the region's total level as it would be had its doubtful scores stood still this year.

        A sum for conditions, not for print. Empty where it cannot be told: without the year before, or
        where levels are no weighted sums.
        """
        context = self._context
        results = context.results
        code = context.id_of(region)
        doubtful = [i for i in self._indicators(None) if self._key(i, code, None)]
        if context.edition.method.aggregate != "arithmetic" or not doubtful:
            return ""
        before = f"{results.assessment_year - 1}"
        terms = [f"level.total.{code}"]
        for entry in doubtful:
            score = f"score.{entry.id}.{code}"
            needed = (
                f"{score}.{results.assessment_year}",
                f"{score}.{before}",
                f"weight.{entry.parent}",
                f"weight.{entry.id}",
            )
            if any(key not in results for key in needed):
                return ""
            weights = f"weight.{entry.parent} * weight.{entry.id}"
            terms.append(f"({score} - {score}@{before}) * {weights}")
        return " - ".join(terms)

    # ------------------------------------------------------------ looking up

    def _indicators(self, of: Any) -> list[Entry]:
        registry = self._context.results.registry
        if of is None:
            return list(registry.indicators)
        wanted = self._context.id_of(of)
        known = {*(d.id for d in registry.dimensions), *(i.id for i in registry.indicators)}
        if wanted not in known:
            raise WordingProblem(
                _("no such dimension or indicator: {id}").format(id=wanted), similar(wanted, known)
            )
        return [i for i in registry.indicators if wanted in (i.id, i.parent)]

    def _members(self, within: Any) -> Iterable[Entry]:
        if within is None:
            return self._context.results.registry.regions
        group = within if isinstance(within, RegionGroup) else getattr(within, "regions", None)
        return group.entries() if isinstance(group, RegionGroup) else ()

    def _key(self, indicator: Entry, code: str, year: Any) -> str:
        """Return the key of a figure that is doubtful, else nothing."""
        results = self._context.results
        at = self._context.year(year) or results.assessment_year
        key = f"indicator.{indicator.id}.{code}.{at}"
        return key if key in results and "doubtful" in results[key].flags else ""
