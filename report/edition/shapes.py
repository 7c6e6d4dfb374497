"""The shapes of an edition's YAML files, as pydantic models: which keys there are and what each holds."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, RootModel
from pydantic_core import PydanticCustomError

ID = r"^[a-z0-9][a-z0-9_-]*$"


def _as_text(value: Any) -> Any:
    """Let an editor write ``previous: 2022`` or ``region: 110000`` without quotes."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _as_number(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value


def _as_aggregate(value: Any) -> Any:
    return {"method": value} if isinstance(value, str) else value


def _as_list(value: Any) -> Any:
    if value is None:
        raise PydanticCustomError("list_type", "Input should be a valid list")
    return value


Text = Annotated[str, BeforeValidator(_as_text)]
Words = Annotated[str, BeforeValidator(_as_text), Field(min_length=1)]
Id = Annotated[str, BeforeValidator(_as_text), Field(pattern=ID, max_length=64)]
Number = Annotated[float, BeforeValidator(_as_number), Field(allow_inf_nan=False)]
Share = Annotated[float, BeforeValidator(_as_number), Field(ge=0, le=1, allow_inf_nan=False)]
Year = Annotated[int, Field(ge=1900, le=2200)]
Colour = Annotated[str, Field(pattern=r"^(#[0-9a-fA-F]{6})?$")]
Encoding = Literal["utf-8", "gb18030"]


class Shape(BaseModel):
    """Base of all shapes: no unknown keys, no silent conversions."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=False)


class TableFile(Shape):
    """A table: a ``.csv`` file, or a sheet of an ``.xlsx`` file (the first where none is named)."""

    file: Words
    sheet: Text = ""
    encoding: Encoding = "utf-8"
    vintage: Text = ""


class SurveyFiles(Shape):
    """The survey's answers and their codebook."""

    file: Words
    codebook: Words
    sheet: Text = ""
    encoding: Encoding = "utf-8"


class MethodShape(Shape):
    """How indicators are normalised, aggregated and tested."""

    normalise: Literal["min-max", "z-score", "rank"] = "min-max"
    winsorise: Annotated[float, BeforeValidator(_as_number), Field(ge=0, lt=0.5)] = 0.0
    aggregate: Literal["arithmetic", "geometric"] = "arithmetic"
    index_aggregate: Literal["arithmetic", "geometric"] = "arithmetic"
    growth: Literal["cagr", "annual-points"] = "cagr"
    robustness_draws: Annotated[int, Field(ge=0, le=100_000)] = 1000
    robustness_spread: Share = 0.25
    seed: Annotated[int, Field(ge=0)] = 20191


def _as_table(value: Any) -> Any:
    return {"file": value} if isinstance(value, str) else value


Table = Annotated[TableFile, BeforeValidator(_as_table)]


class EditionShape(Shape):
    """``edition.yaml``."""

    title: Words
    subtitle: Text = ""
    notice: Text = ""
    running_title: Text = ""
    authors: list[Words] = []
    publisher: Text = ""
    date: dt.date
    cover_colour: Colour = ""
    charts: Literal["pictures", "native"] = "pictures"
    assessment_year: Year
    base_year: Year
    first_year: Year | None = None
    previous: Text = ""
    regions: Table | None = None
    zones: Table | None = None
    series: Table | None = None
    statistics: list[Table] = []
    indicators: Words
    forms: Text = ""
    paths: Text = ""
    wording: Text = ""
    facts: Text = ""
    outlook: Text = ""
    survey: SurveyFiles | None = None
    given: Table | None = None
    editorial: dict[str, Words] = {}
    method: MethodShape = MethodShape()


class AggregateShape(Shape):
    """How a national figure comes from regional ones."""

    method: Literal["sum", "mean", "weighted-mean", "given"]
    by: Text = ""


class GoalpostsShape(Shape):
    """Fixed ends of the scale of min-max normalisation, in the indicator's unit."""

    low: Number | None = None
    high: Number | None = None


class TreatmentShape(Shape):
    """A doubtful official value and what was decided about it."""

    region: Words
    year: Year
    action: Literal["keep", "omit", "interpolate"]
    reason: Words


class IndicatorShape(Shape):
    """An indicator within its dimension."""

    id: Id
    name: Words
    unit: Text = ""
    series: Words
    per: Text = ""
    factor: Number = 1.0
    direction: Literal["positive", "negative"] = "positive"
    weight: Share
    aggregate: Annotated[AggregateShape, BeforeValidator(_as_aggregate)]
    missing: Literal["omit", "carry", "interpolate", "regional-mean"] = "omit"
    source: Text = ""
    decimals: Annotated[int, Field(ge=0, le=6)] = 1
    goalposts: GoalpostsShape = GoalpostsShape()
    note: Text = ""
    treatments: Annotated[list[TreatmentShape], BeforeValidator(_as_list)] = []


class DimensionShape(Shape):
    """A dimension with its indicators."""

    id: Id
    name: Words
    short: Text = ""
    weight: Share | None = None
    definition: Text = ""
    indicators: Annotated[list[IndicatorShape], BeforeValidator(_as_list)] = []


class IndicatorsShape(Shape):
    """``indicators.yaml``."""

    dimensions: Annotated[list[DimensionShape], Field(min_length=1)]


class FormShape(Shape):
    """A form: conditions, features by dimension, a summary."""

    id: Id
    name: Words
    when: Annotated[list[Words], BeforeValidator(_as_list)] = []
    features: dict[str, Words] = {}
    summary: Text = ""


class FormsShape(Shape):
    """``forms.yaml``."""

    forms: Annotated[list[FormShape], Field(min_length=1)]


class PathShape(Shape):
    """A typical path: conditions, how its regions are ordered, how many stand for it."""

    id: Id
    name: Words
    when: Annotated[list[Words], Field(min_length=1)]
    order_by: Words
    representatives: Annotated[int, Field(ge=1, le=31)] = 4
    summary: Text = ""


class PathsShape(Shape):
    """``paths.yaml``."""

    paths: Annotated[list[PathShape], Field(min_length=1)]


class BandShape(Shape):
    """A wording band: ``{from: 3, word: 稳步提升}``, or ``{else: 明显回落}`` at the end."""

    low: Number | None = Field(default=None, alias="from")
    word: Text = ""
    rest: Text = Field(default="", alias="else")


class WordingShape(RootModel[dict[str, list[BandShape]]]):
    """``wording.yaml``: scale → bands, highest first."""


class FactShape(Shape):
    """A cited fact."""

    id: Id
    text: Words
    source: Words
    date: dt.date
    url: Annotated[str, Field(pattern=r"^(https?://\S+)?$")] = ""
    valid_until: dt.date | None = None
    value: Number | None = None
    unit: Text = ""


class FactsShape(Shape):
    """``facts.yaml``."""

    facts: list[FactShape]


class ProspectShape(Shape):
    """A prospect of the outlook."""

    id: Id
    title: Words
    text: Words
    dimension: Text = ""


class FocusShape(Shape):
    """A focus point of the outlook."""

    id: Id
    title: Words
    text: Words
    dimension: Text = ""
    actions: list[Words] = []


class ScenarioShape(Shape):
    """A scenario projection."""

    id: Id
    name: Words
    factor: Number
    note: Text = ""


class OutlookShape(Shape):
    """``outlook.yaml``."""

    prospects: list[ProspectShape] = []
    focus: list[FocusShape] = []
    scenarios: list[ScenarioShape] = []
    horizon: Annotated[int, Field(ge=1, le=20)] = 3


class OptionShape(Shape):
    """An answer option, or a category of a group."""

    id: Id
    label: Words


class GroupShape(Shape):
    """A group column of the survey and its categories."""

    column: Id
    name: Text = ""
    options: Annotated[list[OptionShape], Field(min_length=1)]


class QuestionShape(Shape):
    """A survey question."""

    id: Id
    text: Words
    short: Text = ""
    kind: Literal["single", "multiple"]
    dimension: Text = ""
    options: Annotated[list[OptionShape], Field(min_length=2)]


class CodebookShape(Shape):
    """``codebook.yaml``."""

    title: Words
    simulated: bool = False
    population: Text = ""
    note: Text = ""
    method: Text = ""
    weight: Text = ""
    respondent: Text = ""
    region: Text = ""
    ignore: list[Words] = []
    groups: list[GroupShape] = []
    questions: Annotated[list[QuestionShape], Field(min_length=1)]


class VintageShape(Shape):
    """``vintage.yaml`` beside the statistics it describes."""

    label: Words
    note: Text = ""
