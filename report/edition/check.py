"""Checks across an edition's files: weights, ids, years, figures that are needed and not there."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from report.edition.cells import TO_FILL
from report.edition.model import NATION, TOTAL, Dimension, Edition, Indicator, Treatment
from report.edition.sources import Sources, listed, nearest
from report.edition.statistics import Figures
from report.errors import Place
from report.i18n import _, ngettext

RESERVED = (TOTAL, NATION, "mean", "median")
TOLERANCE = 1e-6


def check_weights(
    sources: Sources, dimensions: Sequence[Dimension], indicators: Sequence[Indicator]
) -> None:
    """Note weights that do not add up to 1, over the dimensions or within one."""
    _sum(
        sources,
        dimensions[0].places["weight"],
        _("the dimensions"),
        [(d.name, d.weight) for d in dimensions],
    )
    for dimension in dimensions:
        members = [i for i in indicators if i.dimension == dimension.id]
        if not members:
            sources.add(
                dimension.place,
                _("the dimension “{name}” has no indicators").format(name=dimension.name),
                _("at least one indicator"),
                _("Add indicators, or delete the dimension."),
            )
            continue
        name = _("the indicators of “{name}”").format(name=dimension.name)
        _sum(sources, members[0].places["weight"], name, [(i.name, i.weight) for i in members])


def _sum(sources: Sources, place: Place, what: str, weights: Sequence[tuple[str, float]]) -> None:
    total = math.fsum(weight for _name, weight in weights)
    if abs(total - 1) > TOLERANCE:
        terms = " + ".join(f"{weight:g}" for _name, weight in weights)
        sources.add(
            place,
            _("the weights of {what} add up to {sum}: {terms}").format(
                what=what, sum=f"{total:.6g}", terms=terms
            ),
            _("a sum of 1"),
            _("Change the weights of: {names}.").format(names=listed(n for n, _w in weights)),
        )


def check_ids(sources: Sources, named: Iterable[tuple[str, str, Place]]) -> None:
    """Note ids (kind, id, place) that occur twice or are reserved words of the key grammar."""
    first: dict[str, tuple[str, Place]] = {}
    for kind, name, place in named:
        if name in RESERVED:
            sources.add(
                place,
                _("the id “{id}” is a reserved word").format(id=name),
                _("any other id; reserved are: {words}").format(words=", ".join(RESERVED)),
                _("Choose another id."),
            )
        elif name in first:
            before, where = first[name]
            sources.add(
                place,
                _("the {kind} “{id}” has the id of the {before} at {place}").format(
                    kind=kind, id=name, before=before, place=where
                ),
                _("ids that differ: they are parts of the keys of values"),
                _("Choose another id."),
            )
        else:
            first[name] = (kind, place)


def check_indicators(sources: Sources, edition: Edition) -> None:
    """Note series an indicator names that no one knows, goalposts and treatments that make no sense."""
    regions = {region.code: region for region in edition.regions}
    for indicator in edition.indicators:
        for key, name in (
            ("series", indicator.series),
            ("per", indicator.per),
            ("aggregate", indicator.aggregate.by),
        ):
            if name and name not in edition.series:
                sources.add(
                    indicator.places[key],
                    _("the indicator “{id}” names an unknown series “{name}”").format(
                        id=indicator.id, name=name
                    ),
                    _("an id of the table of series"),
                    nearest(name, edition.series) or _("Add the series to that table."),
                )
        by = indicator.aggregate.by
        if (indicator.aggregate.method == "weighted-mean") != bool(by):
            sources.add(
                indicator.places["aggregate"],
                _("the national aggregate {method} {by}").format(
                    method=indicator.aggregate.method, by=f"by {by}" if by else _("without “by”")
                ),
                "{method: weighted-mean, by: …}",
                _("Only a weighted mean has a series of weights, and it needs one."),
            )
        if indicator.factor == 0:
            sources.add(indicator.places["factor"], _("factor is 0"), _("a number other than 0"))
        ends = indicator.goalposts
        if len(ends) == 2 and ends["low"] >= ends["high"]:
            sources.add(
                indicator.places["goalposts"],
                _("the goalposts {low} and {high}").format(**ends),
                _("low below high"),
            )
        for treatment in indicator.treatments:
            _check_treatment(sources, edition, treatment, known=treatment.region in regions)


def _check_treatment(
    sources: Sources, edition: Edition, treatment: Treatment, *, known: bool
) -> None:
    years = (edition.first_year, edition.assessment_year)
    if not known:
        sources.add(
            treatment.place,
            _("unknown region “{name}”").format(name=treatment.region),
            _("a code of the table of regions"),
            nearest(treatment.region, [region.code for region in edition.regions]),
        )
    if not years[0] <= treatment.year <= years[1]:
        sources.add(
            treatment.place,
            _("a treatment of the year {year}").format(year=treatment.year),
            _("a year from {first} to {last}").format(first=years[0], last=years[1]),
            _("Delete the treatment, or mend its year."),
        )
    elif treatment.action == "interpolate" and treatment.year in years:
        sources.add(
            treatment.place,
            _("the first or last year {year} is to be interpolated").format(year=treatment.year),
            _("a year with figures before and after it"),
            _("Use “keep” or “omit”."),
        )


@dataclass(frozen=True, slots=True)
class _Need:
    """A series that the assessment needs, in every region or for the nation, and why."""

    series: str
    indicator: Indicator
    key: str

    @property
    def place(self) -> Place:
        """Where the indicator system names the series."""
        return self.indicator.places[self.key]


def check_figures(sources: Sources, edition: Edition, figures: Figures) -> None:
    """Note, per series and year, the regions whose row is missing or still to be filled in.

    An empty value is a figure that is not published; a row that is not there is an oversight.
    """
    if not figures.readable:
        return
    years = range(edition.base_year, edition.assessment_year + 1)
    names = {region.code: region.short for region in edition.regions}
    for need in _needs(edition):
        series = edition.series[need.series]
        for year in years:
            gaps = [c for c in names if (need.series, c, year) not in edition.cells]
            waiting = [c for c in names if (need.series, c, year) in figures.to_fill]
            what = f"{series.id} {series.name}, {year}"
            if gaps:
                sources.lack(
                    need.place,
                    _("no rows for {what}: {regions}").format(
                        what=what, regions=_regions([names[c] for c in gaps], len(names))
                    ),
                    _("a row for each region; an empty value where nothing is published"),
                    _("Add the figures to a file named under “statistics:” in edition.yaml."),
                )
            if waiting:
                sources.lack(
                    figures.to_fill[need.series, waiting[0], year],
                    _("still to be filled in: {what}: {regions}").format(
                        what=what, regions=_regions([names[c] for c in waiting], len(names))
                    ),
                    _("a number, or nothing where nothing is published"),
                    _("Put the figures in place of “{word}”.").format(word=TO_FILL),
                )
            if need.key == "per":
                _note_zeros(sources, edition, need, year)
        _note_unpublished(sources, edition, need, figures)
    for indicator in edition.indicators:
        if indicator.aggregate.method == "given":
            _note_given(sources, edition, indicator, years)


def _needs(edition: Edition) -> list[_Need]:
    needs: dict[str, _Need] = {}
    for indicator in edition.indicators:
        for key, name in (
            ("series", indicator.series),
            ("per", indicator.per),
            ("aggregate", indicator.aggregate.by),
        ):
            if name in edition.series:
                needs.setdefault(name, _Need(name, indicator, key))
    return list(needs.values())


def _regions(names: Sequence[str], of: int) -> str:
    if len(names) == of:
        return _("all {count} regions").format(count=of)
    return ngettext("{count} region ({names})", "{count} regions ({names})", len(names)).format(
        count=len(names), names=listed(names, 10)
    )


def _note_zeros(sources: Sources, edition: Edition, need: _Need, year: int) -> None:
    for region in edition.regions:
        cell = edition.cells.get((need.series, region.code, year))
        if cell is not None and cell.value == 0:
            sources.add(
                cell.place,
                _("0 in a series that “{id}” is divided by").format(id=need.indicator.id),
                _("a number other than 0, or nothing where the figure is missing"),
            )


def _note_unpublished(sources: Sources, edition: Edition, need: _Need, figures: Figures) -> None:
    """Note a series without any value in a year when nothing may stand in for it."""
    codes = [region.code for region in edition.regions]
    unsettled = {*figures.to_fill, *figures.faulty}
    empty: list[int] = []
    filled: list[int] = []
    for year in range(edition.base_year, edition.assessment_year + 1):
        keys = [(need.series, code, year) for code in codes]
        if any(key not in edition.cells or key in unsettled for key in keys):
            return
        some = any(edition.cells[key].value is not None for key in keys)
        (filled if some else empty).append(year)
    missing = need.indicator.missing
    for year in empty:
        carried = missing in {"carry", "interpolate"} and any(known < year for known in filled)
        if not carried and not (missing == "interpolate" and filled):
            sources.add(
                edition.cells[need.series, codes[0], year].place if codes else need.place,
                _("no region has a value of {series} in {year}").format(
                    series=need.series, year=year
                ),
                _("some values, or “missing: carry” for “{id}” and an earlier year").format(
                    id=need.indicator.id
                ),
                _("Add the figures, or change how missing ones are treated."),
            )


def _note_given(
    sources: Sources, edition: Edition, indicator: Indicator, years: Iterable[int]
) -> None:
    absent = [str(y) for y in years if (indicator.series, NATION, y) not in edition.cells]
    if absent:
        sources.add(
            indicator.places["aggregate"],
            _("no national figures of {series} for {years}").format(
                series=indicator.series, years=listed(absent)
            ),
            _("rows whose region is “nation”"),
            _("Add the rows, or choose another national aggregate."),
        )
