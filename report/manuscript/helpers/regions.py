"""The things a report speaks of: regions, zones, dimensions, indicators, forms, paths, and groups of regions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar

from report.assessment.results import Entry
from report.document import format as formats
from report.document.model import Inline, Text, Word
from report.exhibits.tables.criteria import criteria
from report.i18n import _
from report.manuscript.context import Context, Named
from report.manuscript.keys import MissingData, WordingProblem, similar
from report.manuscript.store import Piece


class OfKind(Named):
    """A thing whose word also looks up others: in its own chapter, ``form`` is it and ``form("x")`` another."""

    __slots__ = ()
    kind: ClassVar[str]

    def __call__(self, name: Any) -> Any:
        """Return another thing of the same kind."""
        return self._context.attempt(lambda: lookup(self._context, self.kind, name))


def listed(names: Sequence[str]) -> str:
    """Join names as Chinese does: 广东、江苏和北京."""
    if len(names) < 2:
        return "".join(names)
    return "、".join(names[:-1]) + "和" + names[-1]


class Region(OfKind):
    """A region: prints its short name; one taken from a group knows why it is in it."""

    __slots__ = ("_keys", "_why")
    kind = "region"

    def __init__(
        self, context: Context, entry: Entry, keys: Sequence[str] = (), why: str = ""
    ) -> None:
        super().__init__(context, entry, entry.short or entry.name)
        self._keys = tuple(keys)
        self._why = why

    def inlines(self) -> tuple[Inline, ...]:
        """Return the name: as a word chosen by data where it comes from a ranking or a selection."""
        if not self._why:
            return super().inlines()
        entry = self._entry
        return (Word(entry.short or entry.name, "ranking", self._keys, self._why),)

    @property
    def code(self) -> str:
        """The GB/T 2260 code, for keys."""
        return self._entry.id

    @property
    def zone(self) -> Any:
        """The zone it lies in."""
        return self._context.attempt(lambda: lookup(self._context, "zone", self._entry.parent))

    @property
    def form(self) -> Any:
        """The form it belongs to; missing where the edition has no forms."""
        context = self._context
        return context.attempt(
            lambda: lookup(context, "form", context.results.text(context.key("form", self)))
        )

    @property
    def paths(self) -> list[PathThing]:
        """The paths it represents."""
        return [path for path in all_paths(self._context) if self._entry.id in path.codes()]


class RegionGroup(Piece):
    """Several regions in order: prints their names, can be gone through and counted."""

    __slots__ = ("_context", "_entries", "_keys", "_why")

    def __init__(
        self, context: Context, entries: Sequence[Entry], keys: Sequence[str] = (), why: str = ""
    ) -> None:
        names = listed([entry.short or entry.name for entry in entries])
        super().__init__(context.store, Word(names or "无", "ranking", tuple(keys), why))
        self._context = context
        self._entries = tuple(entries)
        self._keys = tuple(keys)
        self._why = why

    def entries(self) -> tuple[Entry, ...]:
        """Return the registry's entries of the regions."""
        self._decide()
        return self._entries

    def keys(self) -> tuple[str, ...]:
        """Return the keys that decided who belongs here."""
        return self._keys

    @property
    def count(self) -> Piece:
        """How many there are, without a unit: write 个 after it."""
        return self._context.word(str(len(self._entries)), "count", self._keys, self._why)

    @property
    def names(self) -> RegionGroup:
        """The names of all, joined by 、 and 和."""
        return self

    @property
    def first(self) -> Any:
        """The first region."""
        return next(iter(self), None) or self._context.attempt(_nobody)

    def _decide(self) -> None:
        """Note that the template line asks who belongs here."""
        self._context.store.decide(self._keys)

    def __iter__(self) -> Iterator[Region]:
        self._decide()
        aligned = len(self._keys) == len(self._entries)
        return iter(
            [
                Region(
                    self._context, entry, (self._keys[at],) if aligned else self._keys, self._why
                )
                for at, entry in enumerate(self._entries)
            ]
        )

    def __len__(self) -> int:
        self._decide()
        return len(self._entries)

    def __bool__(self) -> bool:
        self._decide()
        return bool(self._entries)

    def __contains__(self, item: object) -> bool:
        return any(region == item for region in self)

    def __eq__(self, other: object) -> bool:
        return self is other or super().__eq__(other)

    def __hash__(self) -> int:
        return hash(self._entries)


def _nobody() -> None:
    raise MissingData("相关地区")


class Zone(OfKind):
    """A zone (东部, 中部 …)."""

    __slots__ = ()
    kind = "zone"

    @property
    def regions(self) -> RegionGroup:
        """Its regions, in official order."""
        entries = [r for r in self._context.results.registry.regions if r.parent == self._entry.id]
        return RegionGroup(self._context, entries, (), f"zone {self._entry.id}")


class Weighed(OfKind):
    """What has a weight: a dimension or an indicator."""

    __slots__ = ()

    @property
    def weight(self) -> Any:
        """Its weight as a percentage."""
        context = self._context
        return context.attempt(
            lambda: context.number(
                formats.quantity(
                    context.results, context.key("weight", self), scale="%", decimals=0
                )
            )
        )


class Indicator(Weighed):
    """An indicator."""

    __slots__ = ()
    kind = "indicator"

    @property
    def unit(self) -> Piece:
        """Its unit."""
        return self._context.name(self._entry.unit, self._entry.id)

    @property
    def source(self) -> Piece:
        """Where its figures come from."""
        return self._context.name(self._entry.source, self._entry.id)

    @property
    def note(self) -> Piece:
        """The analysts' note on it; empty where there is none."""
        return Piece(self._context.store, Text(self._entry.note))

    @property
    def dimension(self) -> Any:
        """The dimension it measures."""
        return self._context.attempt(lambda: lookup(self._context, "dimension", self._entry.parent))


class Dimension(Weighed):
    """A dimension."""

    __slots__ = ()
    kind = "dimension"

    @property
    def definition(self) -> Piece:
        """What it means, as indicators.yaml says."""
        place = next(
            (d.place for d in self._context.edition.dimensions if d.id == self._entry.id), None
        )
        return self._context.editorial(self._entry.note, place)

    @property
    def indicators(self) -> list[Indicator]:
        """Its indicators."""
        entries = self._context.results.registry.indicators
        return [Indicator(self._context, e) for e in entries if e.parent == self._entry.id]

    @property
    def count(self) -> Piece:
        """How many indicators it has."""
        return self._context.structural(str(len(self.indicators)), "indicators of a dimension")


@dataclass(frozen=True, slots=True)
class Feature:
    """A form's feature in one dimension."""

    dimension: Dimension
    text: Piece


class Form(OfKind):
    """One of the forms."""

    __slots__ = ()
    kind = "form"

    @property
    def regions(self) -> RegionGroup:
        """Its regions, by level from the highest."""
        context = self._context
        results = context.results
        mine = [
            r
            for r in results.registry.regions
            if f"form.{r.id}" in results and results.text(f"form.{r.id}") == self._entry.id
        ]
        mine.sort(key=lambda r: -_level(context, r.id))
        return RegionGroup(
            context, mine, [f"form.{r.id}" for r in mine], f"form = {self._entry.id}"
        )

    @property
    def count(self) -> Any:
        """How many regions it has, without a unit."""
        context = self._context
        return context.attempt(
            lambda: context.number(context.quantity(context.key("count", self), unit=False))
        )

    @property
    def summary(self) -> Piece:
        """What forms.yaml says of it."""
        place = next((f.place for f in self._context.edition.forms if f.id == self.id), None)
        return self._context.editorial(self._entry.note, place)

    @property
    def features(self) -> list[Feature]:
        """Its features, a dimension each; those not given are left out."""
        context = self._context
        form = next((f for f in context.edition.forms if f.id == self.id), None)
        if form is None:
            return []
        return [
            Feature(Dimension(context, d), context.editorial(form.features[d.id], form.place))
            for d in context.results.registry.dimensions
            if d.id in form.features
        ]

    @property
    def criteria(self) -> Any:
        """The rule that decides who belongs to it, in words."""
        forms = self._context.edition.forms
        return self._context.attempt(lambda: _criteria(self._context, forms, self.id))


class PathThing(OfKind):
    """One of the typical paths."""

    __slots__ = ()
    kind = "path"

    def codes(self) -> list[str]:
        """Return the codes of its regions, in its order."""
        results = self._context.results
        found: list[str] = []
        while (key := f"path.{self.id}.{len(found) + 1}") in results:
            found.append(str(results.text(key)))
        return found

    @property
    def regions(self) -> RegionGroup:
        """Its representative regions, in its order."""
        by_code = {r.id: r for r in self._context.results.registry.regions}
        codes = self.codes()
        keys = [f"path.{self.id}.{n}" for n in range(1, len(codes) + 1)]
        return RegionGroup(
            self._context, [by_code[c] for c in codes if c in by_code], keys, f"path = {self.id}"
        )

    @property
    def count(self) -> Any:
        """How many regions represent it, without a unit."""
        context = self._context
        return context.attempt(
            lambda: context.number(context.quantity(context.key("count", self), unit=False))
        )

    @property
    def summary(self) -> Piece:
        """What paths.yaml says of it."""
        place = next((p.place for p in self._context.edition.paths if p.id == self.id), None)
        return self._context.editorial(self._entry.note, place)

    @property
    def criteria(self) -> Any:
        """Its criteria in words."""
        paths = self._context.edition.paths
        return self._context.attempt(lambda: _criteria(self._context, paths, self.id))

    @property
    def cases(self) -> list[Any]:
        """The cases (editorial) told under it."""
        from report.manuscript.helpers.facts import editorial_list  # noqa: PLC0415 - a cycle

        return [
            case for case in editorial_list(self._context, "cases") if case.raw("path") == self.id
        ]


def lookup(context: Context, kind: str, name: Any) -> Any:
    """Return the region, zone, dimension, indicator, form or path of an id or name.

    MissingData where the edition has none of the kind at all, WordingProblem for an unknown name.
    """
    entries: tuple[Entry, ...] = getattr(context.results.registry, f"{kind}s")
    if isinstance(name, Piece):
        name = name.id if isinstance(name, Named) else name.plain()
    for entry in entries:
        if name in (entry.id, entry.name, entry.short):
            return KINDS[kind](context, entry)
    if not entries:
        raise MissingData(_KIND_NAMES[kind])
    known = [e.id for e in entries] + [e.name for e in entries]
    raise WordingProblem(
        _("no such name: {name}").format(name=name),
        similar(str(name), known),
        _("use an id or name of the edition"),
    )


KINDS: Mapping[str, type[OfKind]] = MappingProxyType(
    {
        "region": Region,
        "zone": Zone,
        "dimension": Dimension,
        "indicator": Indicator,
        "form": Form,
        "path": PathThing,
    }
)
_KIND_NAMES = {
    "form": "形态", "path": "典型路径", "indicator": "分项指标", "zone": "区域",
    "dimension": "维度", "region": "分地区",
}  # fmt: skip


def all_paths(context: Context) -> list[PathThing]:
    """Return all paths."""
    return [PathThing(context, entry) for entry in context.results.registry.paths]


def _level(context: Context, code: str) -> float:
    key = f"level.total.{code}.{context.results.assessment_year}"
    return context.results.number(key) if key in context.results else 0.0


def _criteria(context: Context, rules: Sequence[Any], id_: str) -> Piece:
    rule = next((one for one in rules if one.id == id_), None)
    if rule is None:
        raise MissingData("判定标准")
    parts: list[Any] = []
    for run in criteria(context.results, rule):
        if parts:
            parts.append(Text("，且", rule.place))
        parts.extend(run)
    if not parts:
        parts = [Text("不符合上述各项条件的其余地区", rule.place)]
    return Piece(context.store, *parts)
