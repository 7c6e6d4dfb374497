"""The Edition: everything one year's report is made from, typed and frozen, before any computation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from report.errors import Place, Problem

Direction: TypeAlias = Literal["positive", "negative"]
MissingPolicy: TypeAlias = Literal["omit", "carry", "interpolate", "regional-mean"]
Comparison: TypeAlias = Literal[">", ">=", "<", "<=", "=="]

NOWHERE = Place("")
NATION = "nation"
TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Region:
    """A province-level region: GB/T 2260 code, names, zone id, cell of the schematic tile map."""

    code: str
    name: str
    short: str
    english: str
    zone: str
    tile: tuple[int, int]  # row, column


@dataclass(frozen=True, slots=True)
class Zone:
    """A group of regions (东部, 中部 …); ``id`` is ASCII and stands in keys."""

    id: str
    name: str
    english: str


@dataclass(frozen=True, slots=True)
class Series:
    """A published statistical series, before any derivation."""

    id: str
    name: str
    unit: str
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure as read: its value (None where empty) and the place it was read from."""

    value: float | None
    place: Place


@dataclass(frozen=True, slots=True)
class Aggregate:
    """How a national figure comes from regional ones.

    ``sum`` (of numerators over the sum of denominators for an intensity), ``mean``,
    ``weighted-mean`` by the series ``by``, or ``given`` (rows whose region is ``nation``).
    """

    method: Literal["sum", "mean", "weighted-mean", "given"]
    by: str = ""


@dataclass(frozen=True, slots=True)
class Treatment:
    """An extreme or doubtful official value and what the analysts decided about it.

    ``keep`` (used as published, footnoted), ``winsorise`` is the indicator's affair; ``omit`` and
    ``interpolate`` treat the cell as missing.
    """

    region: str
    year: int
    action: Literal["keep", "omit", "interpolate"]
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator: ``factor × series ÷ per`` (``per`` empty for a scale indicator).

    ``weight`` is its share within its dimension (the weights of a dimension add up to 1).
    """

    id: str
    name: str
    dimension: str
    unit: str
    series: str
    per: str
    factor: float
    direction: Direction
    weight: float
    aggregate: Aggregate
    missing: MissingPolicy
    source: str
    decimals: int
    place: Place
    note: str = ""
    treatments: tuple[Treatment, ...] = ()
    # "weight", "factor", "goalposts" → where they stand
    places: Mapping[str, Place] = field(default_factory=dict)
    # "low", "high" → fixed goalpost of min-max normalisation; what isn't fixed comes from the data
    goalposts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension (维度) of the assessment; the weights of the dimensions add up to 1."""

    id: str
    name: str
    short: str
    weight: float
    place: Place
    definition: str = ""
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Method:
    """How indicators are normalised, aggregated and tested.

    Steps and names follow the OECD/JRC Handbook on Constructing Composite Indicators (2008).
    ``winsorise`` is the tail share cut at each end of the pooled regional distribution before
    min-max normalisation (0 = none).
    """

    normalise: Literal["min-max", "z-score", "rank"] = "min-max"
    winsorise: float = 0.0
    aggregate: Literal["arithmetic", "geometric"] = "arithmetic"
    index_aggregate: Literal["arithmetic", "geometric"] = "arithmetic"
    growth: Literal["cagr", "annual-points"] = "cagr"
    robustness_draws: int = 1000
    robustness_spread: float = 0.25
    seed: int = 20191
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Condition:
    """``metric comparison threshold``; the threshold is a value, a quantile of all regions, or a rank.

    ``metric`` is a key without region and year: ``level.total``, ``growth.total``, ``rank.innovation``,
    ``indicator.<id>``, or a difference of two (``level.innovation - level.infrastructure``).
    """

    metric: str
    comparison: Comparison
    value: float | None = None
    quantile: float | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Form:
    """One of the forms (形态): a region belongs to the first form whose conditions all hold."""

    id: str
    name: str
    conditions: tuple[Condition, ...]  # empty: the form of all that remain
    features: Mapping[str, str]  # dimension id → published or editorial feature phrase
    summary: str
    place: Place


@dataclass(frozen=True, slots=True)
class TypicalPath:
    """One of the typical development paths: criteria, and by which metric its regions are ordered."""

    id: str
    name: str
    conditions: tuple[Condition, ...]
    order_by: str
    representatives: int
    summary: str
    place: Place


@dataclass(frozen=True, slots=True)
class Band:
    """A wording band: the word for values from ``low`` (inclusive) up to the next band."""

    low: float  # -inf for the lowest
    word: str
    place: Place


@dataclass(frozen=True, slots=True)
class Fact:
    """A cited fact: published figure, policy, definition; with its source and date."""

    id: str
    text: str  # as printed
    source: str
    date: dt.date
    url: str = ""
    valid_until: dt.date | None = None
    value: float | None = None
    unit: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Option:
    """An answer option of a survey question."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """A survey question: ``single`` or ``multiple`` choice; answers of a multiple one are ``a|b|c``."""

    id: str
    text: str
    short: str
    kind: Literal["single", "multiple"]
    options: tuple[Option, ...]
    dimension: str = ""


@dataclass(frozen=True, slots=True)
class Survey:
    """The enterprise survey: codebook and answers, column by column (rows are respondents).

    ``columns`` maps a question or group column to its cells in row order; ``weights`` are design
    weights; ``ranges`` gives for each column the place of its cells (``survey.csv!F2:F601``).
    """

    title: str
    simulated: bool
    population: str
    note: str
    questions: tuple[Question, ...]
    groups: Mapping[str, tuple[Option, ...]]  # group column → its categories
    columns: Mapping[str, tuple[str, ...]]
    weights: tuple[float, ...]
    ranges: Mapping[str, Place]
    method: str = ""
    group_names: Mapping[str, str] = field(default_factory=dict)  # group column → printed name


@dataclass(frozen=True, slots=True)
class Given:
    """A result computed elsewhere: key, value, unit and where it was read."""

    key: str
    value: float | int | str
    unit: str
    place: Place


@dataclass(frozen=True, slots=True)
class Scenario:
    """A clearly labelled projection: the share of the recent annual growth that is assumed to last."""

    id: str
    name: str
    factor: float
    place: Place
    note: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """One year's report: what it is called, what it assesses, and all its inputs."""

    id: str
    folder: Path
    title: str
    subtitle: str
    notice: str  # 示例报告（…）; empty for a real edition
    running_title: str
    authors: tuple[str, ...]
    publisher: str
    date: dt.date
    assessment_year: int
    base_year: int
    first_year: int  # earliest year of statistics used (trend figures)
    previous: str  # id of the previous edition, or ""
    regions: tuple[Region, ...]
    zones: tuple[Zone, ...]
    dimensions: tuple[Dimension, ...]
    indicators: tuple[Indicator, ...]
    series: Mapping[str, Series]
    cells: Mapping[tuple[str, str, int], Cell]  # (series, region or "nation", year)
    method: Method
    forms: tuple[Form, ...]
    paths: tuple[TypicalPath, ...]
    bands: Mapping[str, tuple[Band, ...]]  # wording: name of the scale → bands, highest first
    facts: Mapping[str, Fact]
    outlook: Mapping[str, object]  # editorial texts of the outlook (validated shape, free wording)
    scenarios: tuple[Scenario, ...]
    scenario_horizon: int  # years projected
    survey: Survey | None
    given: tuple[Given, ...]  # results-only editions
    vintages: Mapping[str, str]  # statistics file → vintage label
    inputs: tuple[Path, ...]  # every file read, for the manifest
    editorial: Mapping[str, object] = field(default_factory=dict)  # other editorial YAML
    cover_colour: str = ""  # "#1f4e79"; empty: the house colour
    charts: str = "pictures"  # "native": charts in Word are editable where Word can draw them
    warnings: tuple[Problem, ...] = ()  # worth a look, but no reason to stop

    @property
    def previous_year(self) -> int:
        """The year before the assessment year."""
        return self.assessment_year - 1

    @property
    def results_only(self) -> bool:
        """Whether results come from elsewhere and there are no raw indicators."""
        return not self.cells and bool(self.given)
