"""Scenarios: labelled projections of the total index, never forecasts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from report.assessment.results import Entry
from report.document.model import Text
from report.edition.model import Scenario
from report.i18n import _
from report.manuscript.context import Context, Named, YearPiece
from report.manuscript.keys import MissingData, WordingProblem, similar
from report.manuscript.store import Piece


class ScenarioThing(Named):
    """A scenario: prints its name."""

    __slots__ = ("_scenario",)

    def __init__(self, context: Context, scenario: Scenario) -> None:
        super().__init__(context, Entry(scenario.id, scenario.name))
        self._scenario = scenario

    @property
    def note(self) -> Piece:
        """What it assumes."""
        return Piece(self._context.store, Text(self._scenario.note, self._scenario.place))

    @property
    def last(self) -> Any:
        """The projected total index in its last year."""
        context = self._context
        return context.attempt(lambda: context.number(context.quantity(self._keys()[-1])))

    @property
    def last_year(self) -> Any:
        """Its last year."""
        context = self._context
        return context.attempt(
            lambda: YearPiece(context.store, int(self._keys()[-1].rpartition(".")[2]), "scenario")
        )

    def _keys(self) -> list[str]:
        start = f"scenario.{self.id}."
        keys = sorted(key for key in self._context.results if key.startswith(start))
        if not keys:
            raise MissingData("情景测算")
        return keys


class Scenarios:
    """Helpers for scenarios."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def words(self) -> dict[str, Callable[..., Any]]:
        """Return the helpers by name."""
        return {"scenario": self.scenario}

    def all(self) -> list[ScenarioThing]:
        """Return all scenarios that the results hold."""
        context = self._context
        return [
            ScenarioThing(context, one)
            for one in context.edition.scenarios
            if any(key.startswith(f"scenario.{one.id}.") for key in context.results)
        ]

    def scenario(self, name: Any) -> ScenarioThing:
        """Return a scenario by id or name."""
        wanted = name.id if isinstance(name, Named) else str(name)
        known = self._context.edition.scenarios
        if not known:
            raise MissingData("情景测算")
        for one in known:
            if wanted in (one.id, one.name):
                return ScenarioThing(self._context, one)
        raise WordingProblem(
            _("no such scenario: {name}").format(name=wanted),
            similar(wanted, [one.id for one in known]),
        )
