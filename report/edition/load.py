"""Load an edition's folder: read every file, check them against each other, tell all problems at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from report.edition import check, editorial, indicators
from report.edition.conditions import Terms, named_terms
from report.edition.given import read_given
from report.edition.model import (
    TOTAL,
    Dimension,
    Edition,
    Given,
    Indicator,
    Region,
    Series,
    Survey,
    Zone,
)  # fmt: skip
from report.edition.registers import read_regions, read_series, read_zones
from report.edition.schema import validate
from report.edition.shapes import (
    CodebookShape,
    EditionShape,
    FactsShape,
    FormsShape,
    IndicatorsShape,
    OutlookShape,
    PathsShape,
    TableFile,
    WordingShape,
)  # fmt: skip
from report.edition.sources import Sources, nearest
from report.edition.statistics import Figures, Known, read_statistics
from report.edition.survey import read_survey
from report.edition.yamls import Yaml, read_yaml
from report.errors import Place, Problem
from report.i18n import _

M = TypeVar("M", bound=BaseModel)
EDITION_FILE = "edition.yaml"


def load_edition(folder: Path) -> Edition:
    """Read and check the edition in ``folder``.

    EditionError carries every problem of every file, each with its place. Files are read only from
    within the project (the folder that holds ``data/``).
    """
    sources = Sources(folder)
    path = sources.folder / EDITION_FILE
    if not path.is_file():
        sources.add(
            Place.of(sources.shown(path)),
            _("there is no file {file}").format(file=sources.shown(path)),
            _("an edition's folder"),
            _("Name an edition's folder, or start one with “iireport new”."),
        )
        sources.check()
    yaml = read_yaml(sources, path)
    shape = validate(sources, yaml, EditionShape)
    if yaml is None or shape is None:
        if yaml is not None:
            _check_parts_alone(sources, yaml)
        sources.check()
        raise AssertionError  # not reached: without a shape there is a problem
    edition = _Loader(sources, yaml, shape).edition()
    sources.check()
    return edition


# The files whose shape can be checked even where edition.yaml itself cannot be used.
_PARTS: dict[str, type[BaseModel]] = {
    "indicators": IndicatorsShape,
    "forms": FormsShape,
    "paths": PathsShape,
    "wording": WordingShape,
    "facts": FactsShape,
    "outlook": OutlookShape,
}


def _check_parts_alone(sources: Sources, yaml: Yaml) -> None:
    named = yaml.data if isinstance(yaml.data, dict) else {}
    for key, shape in _PARTS.items():
        name = named.get(key)
        if isinstance(name, str) and name:
            path = sources.locate(name, yaml.place(key))
            if path is not None:
                validate(sources, read_yaml(sources, path), shape)


class _Loader:
    """The steps from a valid ``edition.yaml`` to an Edition."""

    def __init__(self, sources: Sources, yaml: Yaml, shape: EditionShape) -> None:
        self.sources = sources
        self.yaml = yaml
        self.shape = shape

    def part(self, key: str, shape: type[M]) -> tuple[M, Yaml] | None:
        """Read the YAML file named under ``key``; None where none is named or it cannot be used."""
        name = getattr(self.shape, key)
        path = self.sources.locate(name, self.yaml.place(key)) if name else None
        yaml = read_yaml(self.sources, path) if path is not None else None
        found = validate(self.sources, yaml, shape)
        return None if yaml is None or found is None else (found, yaml)

    def table(self, key: str) -> tuple[Path, TableFile] | None:
        """Find the table named under ``key``; None where none is named or there is no such file."""
        table: TableFile | None = getattr(self.shape, key)
        path = self.sources.locate(table.file, self.yaml.place(key)) if table else None
        return None if table is None or path is None else (path, table)

    def edition(self) -> Edition:
        """Read everything; the result is only to be used when ``sources`` has no problems."""
        sources, shape = self.sources, self.shape
        self._check_years()
        self._check_name()
        zones = read_zones(sources, *found) if (found := self.table("zones")) else ()
        regions = (
            read_regions(sources, *found, {zone.id: zone for zone in zones})
            if (found := self.table("regions"))
            else ()
        )
        series = read_series(sources, *found) if (found := self.table("series")) else {}
        figures = self._figures(series, regions)
        system = self.part("indicators", IndicatorsShape)
        dimensions = indicators.dimensions(*system) if system else ()
        system_indicators = indicators.indicators(*system, series) if system else ()
        terms = (
            Terms([d.id for d in dimensions], [i.id for i in system_indicators])
            if system
            else self._named_terms()
        )
        subjects = (TOTAL, *terms.dimensions, *terms.indicators)
        given = read_given(sources, *found, subjects) if (found := self.table("given")) else ()
        ruled = bool(figures.cells) or not given
        forms = self.part("forms", FormsShape)
        paths = self.part("paths", PathsShape)
        wording = self.part("wording", WordingShape)
        facts = self.part("facts", FactsShape)
        outlook = self.part("outlook", OutlookShape)
        # Where the indicator system has faults of its own, rules are held against the ids it names.
        known = bool(terms.dimensions)
        texts, scenarios = (
            editorial.outlook(sources, *outlook, terms) if outlook and known else ({}, ())
        )
        edition = Edition(
            id=sources.folder.name,
            folder=sources.folder,
            title=shape.title,
            subtitle=shape.subtitle,
            notice=shape.notice,
            running_title=shape.running_title or shape.title,
            authors=tuple(shape.authors),
            publisher=shape.publisher,
            date=shape.date,
            assessment_year=shape.assessment_year,
            base_year=shape.base_year,
            first_year=shape.first_year or shape.base_year,
            previous=shape.previous,
            regions=regions,
            zones=zones,
            dimensions=dimensions,
            indicators=system_indicators,
            series=series,
            cells=figures.cells,
            method=indicators.method(shape.method, self.yaml),
            forms=editorial.forms(sources, *forms, terms, ruled=ruled) if forms and known else (),
            paths=editorial.paths(sources, *paths, terms) if paths and known else (),
            bands=editorial.bands(sources, *wording) if wording else {},
            facts=editorial.facts(sources, *facts, shape.date) if facts else {},
            outlook=texts,
            scenarios=scenarios,
            scenario_horizon=outlook[0].horizon if outlook else 0,
            survey=self._survey(regions, zones),
            given=given,
            vintages=figures.vintages,
            inputs=(),
            editorial=self._editorial(),
            cover_colour=shape.cover_colour,
            charts=shape.charts,
        )
        if system:
            self._check_whole(edition, figures, weighted=ruled or _any_weight(system))
        return _finished(edition, sources.inputs, tuple(sources.warnings))

    def _figures(self, series: dict[str, Series], regions: tuple[Region, ...]) -> Figures:
        figures = Figures()
        known = Known(
            series, {region.code: region for region in regions}, self.shape.assessment_year
        )
        for n, table in enumerate(self.shape.statistics):
            place = self.yaml.place("statistics", n)
            path = self.sources.locate(table.file, place)
            if path is None:
                figures.readable = False
            else:
                read_statistics(self.sources, path, table, known, figures, place)
        return figures

    def _named_terms(self) -> Terms:
        """Return the ids that an indicator system names although its shape is wrong."""
        path = (self.sources.folder / self.shape.indicators).resolve()
        quiet = Sources(self.sources.folder, self.sources.root)
        inside = path.is_relative_to(quiet.root) and path.is_file()
        yaml = read_yaml(quiet, path) if inside else None
        return named_terms(yaml.data if yaml else None)

    def _survey(self, regions: tuple[Region, ...], zones: tuple[Zone, ...]) -> Survey | None:
        files = self.shape.survey
        if files is None:
            return None
        answers = self.sources.locate(files.file, self.yaml.place("survey", "file"))
        path = self.sources.locate(files.codebook, self.yaml.place("survey", "codebook"))
        yaml = read_yaml(self.sources, path) if path is not None else None
        codebook = validate(self.sources, yaml, CodebookShape)
        if answers is None or yaml is None or codebook is None:
            return None
        by_code = {region.code: region for region in regions}
        return read_survey(self.sources, answers, files, codebook, yaml, by_code, zones)

    def _editorial(self) -> dict[str, object]:
        texts: dict[str, object] = {}
        for key, name in self.shape.editorial.items():
            path = self.sources.locate(name, self.yaml.place("editorial", key))
            yaml = read_yaml(self.sources, path) if path is not None else None
            if yaml is not None:
                texts[key] = yaml.data
        return texts

    def _check_years(self) -> None:
        shape, place = self.shape, self.yaml.place
        if shape.base_year >= shape.assessment_year:
            self.sources.add(
                place("base_year"),
                _("base_year {base} and assessment_year {year}").format(
                    base=shape.base_year, year=shape.assessment_year
                ),
                _("a base year before the assessment year"),
            )
        if shape.first_year is not None and shape.first_year > shape.base_year:
            self.sources.add(
                place("first_year"),
                _("first_year {first} and base_year {base}").format(
                    first=shape.first_year, base=shape.base_year
                ),
                _("a first year not after the base year"),
            )

    def _check_name(self) -> None:
        """Note a previous edition that is not there."""
        before = self.shape.previous
        if not before:
            return
        others = [
            p.name for p in self.sources.folder.parent.iterdir() if (p / EDITION_FILE).is_file()
        ]
        if before not in others or before == self.sources.folder.name:
            self.sources.add(
                self.yaml.place("previous"),
                _("there is no other edition “{name}” to compare with").format(name=before),
                _("the name of a folder beside this one, or nothing"),
                nearest(before, others) or _('Mend the name, or write: previous: ""'),
            )

    def _check_whole(self, edition: Edition, figures: Figures, *, weighted: bool) -> None:
        if weighted and not edition.results_only:
            check.check_weights(self.sources, edition.dimensions, edition.indicators)
        check.check_ids(self.sources, _named(edition, self.yaml))
        self._check_survey_dimensions(edition)
        if edition.indicators:
            if not edition.regions:
                self.sources.add(
                    self.yaml.place("regions"),
                    _("indicators, but no regions"),
                    _("“regions: …”, a table of the regions"),
                    _("Add the line."),
                )
            if not self.shape.series:
                self.sources.add(
                    self.yaml.place("series"),
                    _("indicators, but no table of series"),
                    _("“series: …”, a table of the published series"),
                    _("Add the line."),
                )
            else:
                check.check_indicators(self.sources, edition)
            check.check_figures(self.sources, edition, figures)
        elif not edition.given:
            self.sources.add(
                self.yaml.place(),
                _("neither indicators nor given results"),
                _("indicators with statistics, or “given: …”"),
                _("Add one of the two."),
            )
        if edition.results_only:
            self._check_given(edition.given)

    def _check_survey_dimensions(self, edition: Edition) -> None:
        """Note survey questions of a dimension that the edition does not have."""
        known = [dimension.id for dimension in edition.dimensions]
        for question in edition.survey.questions if edition.survey else ():
            if question.dimension and question.dimension not in known:
                self.sources.add(
                    self.yaml.place("survey", "codebook"),
                    _("the question “{question}” names an unknown dimension “{name}”").format(
                        question=question.id, name=question.dimension
                    ),
                    _("one of: {names}").format(names=", ".join(known)),
                    nearest(question.dimension, known),
                )

    def _check_given(self, given: tuple[Given, ...]) -> None:
        keys = {item.key for item in given}
        for year in (self.shape.base_year, self.shape.assessment_year):
            key = f"index.{TOTAL}.{year}"
            if key not in keys:
                self.sources.add(
                    self.yaml.place("given"),
                    _("the given results lack {key}").format(key=key),
                    _("the total index of the base year and of the assessment year"),
                    _("Add a row to the table of given results."),
                )


def _any_weight(system: tuple[IndicatorsShape, Yaml] | None) -> bool:
    return system is not None and any(d.weight is not None for d in system[0].dimensions)


def _named(edition: Edition, yaml: Yaml) -> Iterator[tuple[str, str, Place]]:
    """Every id that is part of a key, with what it names and where it stands."""
    for zone in edition.zones:
        yield _("zone"), zone.id, yaml.place("zones")
    for region in edition.regions:
        yield _("region"), region.code, yaml.place("regions")
    kinds: tuple[tuple[str, tuple[Dimension | Indicator, ...]], ...] = (
        (_("dimension"), edition.dimensions),
        (_("indicator"), edition.indicators),
    )
    for kind, items in kinds:
        for item in items:
            yield kind, item.id, item.place
    for form in edition.forms:
        yield _("form"), form.id, form.place
    for path in edition.paths:
        yield _("path"), path.id, path.place


def _finished(edition: Edition, inputs: tuple[Path, ...], warnings: tuple[Problem, ...]) -> Edition:
    return replace(edition, inputs=inputs, warnings=warnings)
