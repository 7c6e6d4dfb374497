"""Doubtful figures: a sign or a decimal point that is out of line with all the series says beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from report.check.findings import Finding
from report.edition.model import Cell, Edition
from report.i18n import _

RULE = "doubtful-figure"
TIMES = 5.0  # the neighbouring years' figures, above or below which one is doubtful
FEWEST = 3  # figures of a region that must be there to judge one by the others


def doubtful_figures(edition: Edition) -> Iterator[Finding]:
    """Warn of figures of the wrong sign or size for which the indicators decide nothing.

    A figure is doubtful when it is negative in a series without other negatives, or several times as
    large (or as small) as the region's figures of the other years, which agree with each other.
    Figures from before the base year decide nothing and are left alone.
    """
    decided = {
        (name, treatment.region, treatment.year)
        for indicator in edition.indicators
        for treatment in indicator.treatments
        for name in (indicator.series, indicator.per)
    }
    used = {name for one in edition.indicators for name in (one.series, one.per, one.aggregate.by)}
    series: dict[str, dict[tuple[str, int], Cell]] = defaultdict(dict)
    for (name, region, year), cell in edition.cells.items():
        if name in used and cell.value is not None:
            series[name][region, year] = cell
    for name, cells in series.items():
        negative = [at for at, cell in cells.items() if (cell.value or 0) < 0]
        alone = 0 < len(negative) <= len(cells) / 50 + 1
        for region, year in cells:
            if year < edition.base_year or (name, region, year) in decided:
                continue
            if alone and (region, year) in negative:
                yield _finding(edition, name, region, year, cells, _("negative, unlike all others"))
            elif _jumps(cells, region, year):
                yield _finding(
                    edition, name, region, year, cells, _("out of line with the years beside it")
                )


def _jumps(cells: Mapping[tuple[str, int], Cell], region: str, year: int) -> bool:
    """Whether a figure differs many times from those beside it, which agree among themselves."""
    years = sorted(at for where, at in cells if where == region)
    value = cells[region, year].value or 0.0
    others = [abs(cells[region, at].value or 0.0) for at in years if at != year]
    if len(others) + 1 < FEWEST or not value or min(others) <= 0:
        return False
    near = sorted(others, key=lambda other: abs(other - abs(value)))
    if max(others) / min(others) > TIMES:  # they do not agree
        return False
    closest = near[0]
    return max(abs(value) / closest, closest / abs(value)) > TIMES


def _finding(
    edition: Edition,
    name: str,
    region: str,
    year: int,
    cells: Mapping[tuple[str, int], Cell],
    why: str,
) -> Finding:
    cell = cells[region, year]
    names = {entry.code: entry.name for entry in edition.regions}
    row = ", ".join(
        f"{at}: {each.value:g}"
        for (where, at), each in sorted(cells.items())
        if where == region and each.value is not None
    )
    label = edition.series[name].name if name in edition.series else name
    return Finding(
        RULE,
        cell.place,
        "",
        f"{label}, {names.get(region, region)} ({row})",
        _("a doubtful figure, {year}: {value} — {why}").format(
            year=year, value=f"{cell.value:g}", why=why
        ),
        _("a figure like those of the other years"),
        _("look it up; if the source says so, decide on it under treatments in indicators.yaml"),
        warning=True,
    )
