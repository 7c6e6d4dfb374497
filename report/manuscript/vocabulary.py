"""All words of the template language: helpers, lists, years, the edition's own fields, conditions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

from report.assessment.results import Entry
from report.document.model import Structural, Word
from report.i18n import _
from report.manuscript.conditions import Conditions
from report.manuscript.context import Context, Named
from report.manuscript.helpers.concentration import Concentration
from report.manuscript.helpers.doubts import Doubts
from report.manuscript.helpers.exhibits import Exhibits, ExhibitWords
from report.manuscript.helpers.facts import Facts, file_place, wrap
from report.manuscript.helpers.membership import Membership
from report.manuscript.helpers.numbers import Numbers
from report.manuscript.helpers.rankings import Rankings
from report.manuscript.helpers.regions import RegionGroup
from report.manuscript.helpers.scenarios import Scenarios
from report.manuscript.helpers.spreads import Spreads
from report.manuscript.helpers.survey import Question, Surveys, SurveyThing
from report.manuscript.helpers.things import Things
from report.manuscript.helpers.words import Words
from report.manuscript.helpers.zones import Comparisons
from report.manuscript.keys import GRAMMAR, NEEDS, MissingData, WordingProblem, similar
from report.manuscript.store import Piece

_REGION = re.compile(r"(?<=[\w-])\.\*(?![\w*])")  # level.total.*, but not 2 * level.total


class EditionThing(Piece):
    """The edition: its title and the other fields of edition.yaml."""

    __slots__ = ("_context",)

    def __init__(self, context: Context) -> None:
        super().__init__(context.store, Structural(context.edition.title, "title"))
        self._context = context

    def _field(self, text: str) -> Piece:
        return self._context.structural(text, "edition.yaml")

    @property
    def title(self) -> Piece:
        """The report's title."""
        return self._field(self._context.edition.title)

    @property
    def subtitle(self) -> Piece:
        """The subtitle."""
        return self._field(self._context.edition.subtitle)

    @property
    def notice(self) -> Piece:
        """The notice that it is a sample; empty for a real edition."""
        return self._field(self._context.edition.notice)

    @property
    def is_sample(self) -> bool:
        """Whether it carries such a notice."""
        return bool(self._context.edition.notice)

    @property
    def publisher(self) -> Piece:
        """The publisher."""
        return self._field(self._context.edition.publisher)

    @property
    def authors(self) -> Piece:
        """The authors, joined by 、."""
        return self._field("、".join(self._context.edition.authors))

    @property
    def date(self) -> Piece:
        """The date: 2023年12月15日."""
        day = self._context.edition.date
        return self._field(f"{day.year}年{day.month}月{day.day}日")

    @property
    def id(self) -> str:
        """The edition's id, for conditions."""
        return self._context.edition.id

    @property
    def draws(self) -> Piece:
        """How many draws the robustness analysis makes."""
        return self._field(str(self._context.edition.method.robustness_draws))

    @property
    def method(self) -> Mapping[str, str]:
        """The names of the method's steps, for conditions."""
        method = self._context.edition.method
        return {
            "normalise": method.normalise,
            "aggregate": method.aggregate,
            "index_aggregate": method.index_aggregate,
            "growth": method.growth,
        }

    @property
    def winsorise(self) -> Piece:
        """The share cut at each end before normalisation."""
        return self._field(f"{self._context.edition.method.winsorise * 100:g}%")


class Checks:
    """Helpers that ask: is there such data, does this hold."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._conditions = Conditions(context)

    def words(self) -> dict[str, Callable[..., Any]]:
        """Return the helpers by name."""
        return {
            "has": self.has,
            "holds": self.holds,
            "choose": self.choose,
            "which": self.which,
        }

    def has(self, *things: Any) -> bool:
        """Whether the edition has all that is named: a key, the beginning of keys, or survey, forms …."""
        return all(self._has(thing) for thing in things)

    def _has(self, thing: Any) -> bool:
        context = self._context
        text = thing.id if isinstance(thing, Named) else str(thing)
        if text in NEEDS:
            return self._named(text)
        if text in context.edition.facts or text in context.edition.editorial:
            return True
        key, _at, when = text.partition("@")
        family = key.partition(".")[0]
        if family not in GRAMMAR and ("." in key or get_close_matches(key, NEEDS, 1, 0.8)):
            raise WordingProblem(
                _("unknown data: {name}").format(name=text), similar(family, (*NEEDS, *GRAMMAR))
            )
        results = context.results
        year = {"prev": results.assessment_year - 1, "base": results.base_year}.get(when)
        return context.addresses.has(key, year=year)

    def _named(self, word: str) -> bool:
        """Whether the edition has what a plain word of ``needs`` means."""
        context = self._context
        registry, starts = context.results.registry, context.addresses.starts
        match word:
            case "survey":
                return bool(registry.questions) and "survey" in starts
            case "zones":
                return bool(registry.zones) and "level" in starts
            case "robustness":
                return not starts.isdisjoint(("robust-median", "robust-rank"))
            case "outlook":
                return bool(context.edition.outlook)
            case "previous":
                return context.previous is not None
            case _:
                families = {"forms": "form", "paths": "path", "regions": "level",
                            "indicators": "indicator", "scenarios": "scenario"}  # fmt: skip
                return families[word] in starts

    def judge(self, condition: Any) -> tuple[bool, Any]:
        """Evaluate a condition; see ``Conditions.judge``. The template line hangs on its keys."""
        holds, guard = self._conditions.judge(str(condition))
        self._context.store.decide(guard.keys)
        return holds, guard

    def holds(self, condition: str) -> bool:
        """Whether a condition holds, for {% if %}; words inside are not recorded as guarded."""
        return self.judge(condition)[0]

    def choose(self, condition: str, then: Any, otherwise: Any = "") -> Piece:
        """Print one of two wordings by a condition."""
        holds, guard = self.judge(condition)
        chosen = then if holds else otherwise
        text = chosen.plain() if isinstance(chosen, Piece) else str(chosen)
        why = guard.condition if holds else f"not ({guard.condition})"
        return Piece(self._context.store, Word(text, "claim", guard.keys, why))

    def which(self, condition: str, *, within: Any = None) -> RegionGroup:
        """Return the regions for which a condition holds; ``*`` in its keys stands for the region."""
        context = self._context
        if "*" not in condition:
            raise WordingProblem(
                _("the condition names no region: {condition}").format(condition=condition),
                _("* in the place of the region: level.innovation.* > level.application.*"),
            )
        group = getattr(within, "regions", within)
        if group is not None and not isinstance(group, RegionGroup):
            raise WordingProblem(
                _("not a group of regions: {value}").format(value=type(within).__name__),
                _("a zone, a form, a path or a list of regions"),
            )
        known = context.results.registry.regions
        found: list[Entry] = []
        keys: dict[str, None] = {}
        judged = 0
        for region in known if group is None else group.entries():
            try:
                holds, guard = self.judge(_REGION.sub(f".{region.id}", condition))
            except MissingData:
                continue  # a region without the figure is not among them
            judged += 1
            if holds:
                found.append(region)
                keys.update(dict.fromkeys(guard.keys))
        if not judged and (group is None or group.entries()):
            raise MissingData("分地区")
        return RegionGroup(context, found, tuple(keys), f"which {condition}")


def vocabulary(context: Context, exhibits: Exhibits, checks: Checks) -> dict[str, Any]:
    """Return everything that templates may name."""
    numbers, things = Numbers(context), Things(context)
    groups: tuple[dict[str, Callable[..., Any]], ...] = (
        numbers.words(),
        Words(context, numbers).words(),
        Spreads(context, numbers).words(),
        Rankings(context).words(),
        Concentration(context, numbers).words(),
        Comparisons(context).words(),
        things.words(),
        Membership(context).words(),
        Surveys(context).words(),
        Facts(context).words(),
        Doubts(context).words(),
        Scenarios(context).words(),
        ExhibitWords(context, exhibits).words(),
        checks.words(),
    )
    words: dict[str, Any] = {}
    for group in groups:
        words |= {name: context.helper(name, function) for name, function in group.items()}
    registry = context.results.registry
    words |= context.years
    words |= things.lists()
    words |= {
        "edition": EditionThing(context),
        "survey_info": SurveyThing(context),
        "questions": [Question(context, e) for e in registry.questions],
        "scenarios": Scenarios(context).all(),
        "outlook": _outlook(context),
        "span": context.piece(
            context.structural(
                f"{context.results.base_year}—{context.results.assessment_year}", "years"
            )
        ),
    }
    return words


def _outlook(context: Context) -> Any:
    if not context.edition.outlook:
        return context.attempt(_no_outlook)
    return wrap(context, context.edition.outlook, file_place(context, "outlook"))


def _no_outlook() -> None:
    raise MissingData("前景展望")
