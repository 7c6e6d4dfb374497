"""What every figure builder uses: points made of keys, subjects named by an editor, regions in order."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from figures.spec import FigureSpec, Point, Series
from report.assessment.results import Entry, Results
from report.document.derived import Undefined, UnknownKey, compose
from report.document.format import quantity
from report.errors import Problem, TemplateError
from report.exhibits.errors import NoData
from report.exhibits.tables import names
from report.exhibits.tables.grid import COMPUTED, GIVEN, Sources, cited_sources
from report.i18n import _

__all__ = ["Sources", "Subject"]

NO_LEVELS = "本年度版没有分地区测算结果"
NO_INDEX = "本年度版没有全国指数"
NO_FORMS = "本年度版没有划分形态"
UNITS = {"level": "分", "growth": "%", "score": "分", "rank": "位"}
DIMENSION_FAMILIES = ("level", "growth")
INDICATOR_FAMILIES = ("indicator", "score")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a regional figure is of: a family of keys and the id of a dimension, an indicator or total."""

    family: str
    id: str
    name: str
    unit: str
    source: str

    def key(self, place: str, year: int) -> str:
        """Return the key of a region, a zone or a form (or mean, median) in a year."""
        return f"{self.family}.{self.id}.{place}.{year}"


def subject(results: Results, of: str) -> Subject:
    """Read ``of``: ``level.total``, ``growth.innovation``, ``indicator.patents``, or the bare id.

    TemplateError for a family that no regional figure has or an id this edition lacks, NoData where
    there are no indicators at all.
    """
    family, dot, id_ = of.partition(".")
    registry = results.registry
    if not dot:
        id_ = family
        family = "indicator" if names.find(registry.indicators, id_) else "level"
    allowed = (*DIMENSION_FAMILIES, *INDICATOR_FAMILIES)
    if family not in allowed:
        bad_value("of", of, [f"{name}.…" for name in allowed])
    if not registry.indicators and not names.find(registry.dimensions, id_) and id_ != names.TOTAL:
        raise NoData("本年度版没有分项指标数据")
    label = names.subject(registry, id_)
    indicator = names.find(registry.indicators, id_)
    if (indicator is not None) != (family in INDICATOR_FAMILIES):
        wanted = INDICATOR_FAMILIES if indicator else DIMENSION_FAMILIES
        bad_value("of", of, [f"{name}.{id_}" for name in wanted])
    if indicator is not None:
        unit = indicator.unit if family == "indicator" else "分"
        tail = "" if family == "indicator" else "标准化得分"
        return Subject(family, id_, indicator.name + tail, unit, indicator.source or COMPUTED)
    return Subject(family, id_, label + names.FAMILIES[family], UNITS[family], origin(results))


def origin(results: Results) -> str:
    """Return the source line of computed or of given results."""
    given = any(value.op == "given" for value in results.values.values())
    return GIVEN if given else COMPUTED


def sources_of(results: Results, indicators: Iterable[Entry]) -> str:
    """Return the statistical sources of some indicators, each once."""
    del results
    return cited_sources(indicator.source for indicator in indicators)


def point(
    results: Results,
    key: str,
    label: str,
    *,
    group: str = "",
    code: str = "",
    decimals: int | None = None,
    sign: bool = False,
    scale: str | None = None,
) -> Point:
    """Make a point of the value under a plain or derived key; a gap where there is none."""
    try:
        found = quantity(results, key, decimals=decimals, unit=False, sign=sign, scale=scale)
    except (UnknownKey, Undefined):
        return Point(label, None, group=group, code=code)
    return Point(label, found.value * found.scale, found.text, found.key, group=group, code=code)


def with_x(results: Results, made: Point, key: str) -> Point:
    """Return ``made`` with the value under ``key`` on the other axis; as it is where there is none."""
    try:
        found = quantity(results, key, unit=False)
    except (UnknownKey, Undefined):
        return made
    return replace(made, x=found.value, x_text=found.text, x_key=found.key)


def with_limits(results: Results, made: Point, low: str, high: str) -> Point:
    """Return ``made`` with the interval between the values under two keys, where both exist."""
    if low not in results or high not in results:
        return made
    below, above = (quantity(results, key, unit=False) for key in (low, high))
    return replace(
        made,
        low=below.value,
        high=above.value,
        low_text=below.text,
        high_text=above.text,
        low_key=below.key,
        high_key=above.key,
    )


def regions(results: Results, of: Subject, year: int) -> list[Entry]:
    """Return the regions from the highest value to the lowest, those without one last, in order.

    NoData when no region has a value.
    """
    listed = list(results.registry.regions)
    known = [r for r in listed if of.key(r.id, year) in results]
    if not known:
        raise NoData(f"没有{year}年分地区的{of.name}")
    ranked = sorted(known, key=lambda r: -results.number(of.key(r.id, year)))
    return ranked + [r for r in listed if r not in known]


def region_points(
    results: Results, of: Subject, year: int, *, by: str = "", top: int = 0
) -> list[Point]:
    """Return the regions' points, ranked, with rank before the name and ``by`` form or zone as group."""
    made = []
    for region in regions(results, of, year):
        key = of.key(region.id, year)
        entry = point(
            results,
            key,
            region.short or region.name,
            group=group_of(results, region, by),
            code=region.id,
        )
        rank = f"rank.{of.id}.{region.id}.{year}"
        if of.family in {"level", "indicator", "score"} and rank in results:
            entry = with_x(results, entry, rank)
        made.append(entry)
    return made[:top] if top else made


def group_of(results: Results, region: Entry, by: str) -> str:
    """Return the id of the region's zone or form; empty for neither."""
    if by == "zone":
        return region.parent
    if by == "form" and f"form.{region.id}" in results:
        return results.text(f"form.{region.id}")
    return ""


def groups(results: Results, by: str) -> tuple[tuple[str, str], ...]:
    """Return ids and names of the groups that colours stand for."""
    if by not in {"", "form", "zone"}:
        bad_value("by", by, ["form", "zone"])
    listed = {"zone": results.registry.zones, "form": results.registry.forms}.get(by, ())
    return tuple((entry.id, entry.name) for entry in listed)


def mean_of(results: Results, of: Subject, year: int) -> list[Series]:
    """Return the reference series of the mean over regions: stored, or of an indicator derived."""
    name = names.GROUPS["mean"]
    key = of.key("mean", year)
    if key not in results and of.family in INDICATOR_FAMILIES:
        members = [of.key(r.id, year) for r in results.registry.regions]
        members = [member for member in members if member in results]
        key, name = compose("mean", *members), "各地区均值"
    indicator = names.find(results.registry.indicators, of.id)
    decimals = indicator.decimals if indicator and of.family == "indicator" else None
    made = point(results, key, name, decimals=decimals)
    return [Series(name, (made,), "reference")] if made.value is not None else []


def dimensions(results: Results, family: str, place: str, year: int) -> list[Entry]:
    """Return the dimensions that have a value of ``family`` for ``place`` in ``year``."""
    return [
        d
        for d in results.registry.dimensions
        if f"{family}.{d.id}.{place}{'.' if place else ''}{year}" in results
    ]


def short(entry: Entry) -> str:
    """Return an entry's short name, or its name."""
    return entry.short or entry.name


def years_of(results: Results, pattern: str) -> list[int]:
    """Return the years, in order, for which ``pattern.format(year)`` is a key."""
    return sorted(y for y in results.years if pattern.format(y) in results)


def year_or(results: Results, year: int) -> int:
    """Return ``year``, or the assessment year for 0."""
    return year or results.assessment_year


def spec(
    kind: str,
    id_: str,
    title: str,
    series: Iterable[Series],
    *,
    unit: str = "",
    source: str = "",
    x_unit: str = "",
    x_label: str = "",
    y_label: str = "",
    groups: tuple[tuple[str, str], ...] = (),
    simulated: bool = False,
    options: Mapping[str, object] | None = None,
) -> FigureSpec:
    """Make a FigureSpec."""
    return FigureSpec(
        kind,
        id_,
        title,
        tuple(series),
        unit=unit,
        x_unit=x_unit,
        x_label=x_label,
        y_label=y_label,
        source=source,
        groups=groups,
        simulated=simulated,
        options=options or {},
    )


def chosen(entries: Iterable[Entry], id_: str, what: str) -> Entry:
    """Return the entry an editor names.

    NoData where this edition has no such things at all, TemplateError where it has others.
    """
    listed = list(entries)
    if not listed:
        raise NoData(f"本年度版没有{what}")
    entry = names.find(listed, id_)
    if entry is None:
        raise names.unknown(id_, (e.id for e in listed))
    return entry


def bad_value(name: str, value: object, allowed: Iterable[str]) -> None:
    """Raise TemplateError for a parameter's value, naming the nearest that would do."""
    listed = list(allowed)
    near = difflib.get_close_matches(str(value), listed, 3, 0.4) or listed
    raise TemplateError(
        Problem(
            None,
            _("{name}={value} is not a value this figure knows").format(
                name=name, value=repr(value)
            ),
            _("one of: {names}").format(names=", ".join(listed)),
            _("the nearest: {names}").format(names=", ".join(near)),
        )
    )
