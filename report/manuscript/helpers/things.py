"""Helpers that look things up by name, the lists of all of them, and how many there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from report.document.model import Structural, Text
from report.i18n import _
from report.manuscript.context import Context
from report.manuscript.helpers.regions import (
    Dimension,
    Form,
    Indicator,
    RegionGroup,
    Zone,
    all_paths,
    listed,
    lookup,
)
from report.manuscript.keys import WordingProblem
from report.manuscript.store import Piece


class Things:
    """Helpers that look things up by id or name, and the lists of all of them."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def words(self) -> dict[str, Callable[..., Any]]:
        """Return the helpers by name."""
        return {
            "region": self.region,
            "zone": self.zone,
            "dimension": self.dimension,
            "indicator": self.indicator,
            "form": self.form,
            "path": self.path,
            "names": self.names,
            "count": self.count,
        }

    def lists(self) -> dict[str, Any]:
        """Return the lists of all things, for loops."""
        context, registry = self._context, self._context.results.registry
        return {
            "regions": RegionGroup(context, registry.regions, (), "all regions"),
            "zones": [Zone(context, e) for e in registry.zones],
            "dimensions": [Dimension(context, e) for e in registry.dimensions],
            "indicators": [Indicator(context, e) for e in registry.indicators],
            "forms": [Form(context, e) for e in registry.forms],
            "paths": all_paths(context),
        }

    def region(self, name: Any) -> Any:
        """Return a region by code or name."""
        return lookup(self._context, "region", name)

    def zone(self, name: Any) -> Any:
        """Return a zone by id or name."""
        return lookup(self._context, "zone", name)

    def dimension(self, name: Any) -> Any:
        """Return a dimension by id or name."""
        return lookup(self._context, "dimension", name)

    def indicator(self, name: Any) -> Any:
        """Return an indicator by id or name."""
        return lookup(self._context, "indicator", name)

    def form(self, name: Any) -> Any:
        """Return a form by id or name."""
        return lookup(self._context, "form", name)

    def path(self, name: Any) -> Any:
        """Return a path by id or name."""
        return lookup(self._context, "path", name)

    def names(self, things: Any) -> Piece:
        """Print the names of several things: 甲、乙和丙."""
        if isinstance(things, RegionGroup):
            return things
        shown = [one.plain() if isinstance(one, Piece) else str(one) for one in things]
        return self._context.word(listed(shown) or "无", "name")

    def count(self, things: Any, unit: str = "") -> Piece:
        """Print how many things there are."""
        if isinstance(things, RegionGroup):
            why = things.count.inlines()
            return things.count if not unit else self._context.piece(*why, Text(unit))
        try:
            size = len(things)
        except TypeError:
            raise WordingProblem(
                _("this cannot be counted: {kind}").format(kind=type(things).__name__),
                _("a list, such as dimensions or form(…).regions"),
            ) from None
        return Piece(self._context.store, Structural(f"{size}{unit}", "count of a list"))
