"""Figures by name: keys and texts come from Results, gaps stay gaps, any shape of edition works."""

from __future__ import annotations

import importlib.util
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from figures import FigureSpec, describe, draw
from report.assessment import assess
from report.assessment.results import Results
from report.document.format import quantity
from report.edition import load_edition
from report.edition.model import Edition
from report.errors import TemplateError
from report.exhibits import NoData, figure_spec
from report.exhibits.figures import BUILDERS

ROOT = Path(__file__).parents[3]


def _small() -> Any:
    path = ROOT / "tests/assessment/small.py"
    spec = importlib.util.spec_from_file_location("small_for_figures", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def parameters(results: Results) -> dict[str, dict[str, object]]:
    """Return parameters for every builder that cannot do without."""
    registry = results.registry
    first = {
        "dimension": registry.dimensions[0].id,
        "form": registry.forms[0].id if registry.forms else "",
        "path": registry.paths[0].id if registry.paths else "",
        "question": registry.questions[0].id if registry.questions else "",
        "by": registry.groups[0].parent if registry.groups else "",
        "indicator": registry.indicators[-1].id if registry.indicators else "",
        "region": registry.regions[0].id if registry.regions else "",
    }
    levels = [f"level.{d.id}" for d in registry.dimensions]
    return {
        "indicator-trends": {"of": first["dimension"]},
        "indicator-indices": {"of": first["dimension"]},
        "indicator-ranking": {"of": first["indicator"] or "total"},
        "indicator-scatter": {"x": levels[0], "y": levels[-1], "by": "form"},
        "form-profile": {"form": first["form"]},
        "path-profile": {"path": first["path"]},
        "region-profile": {"region": first["region"]},
        "survey-bars": {"question": first["question"]},
        "survey-groups": {"question": first["question"], "by": first["by"]},
        "share-stack": {"question": first["question"], "by": first["by"]},
    }


def every(results: Results, edition: Edition) -> tuple[dict[str, FigureSpec], dict[str, str]]:
    """Build each figure; return the specs and the reasons of those that have no data."""
    specs, reasons = {}, {}
    for kind in BUILDERS:
        more = parameters(results).get(kind, {})
        try:
            specs[kind] = figure_spec(kind, f"fig-{kind}", results, edition=edition, **more)
        except NoData as absent:
            reasons[kind] = absent.reason
    return specs, reasons


@pytest.fixture(scope="module")
def shipped() -> tuple[Results, Edition]:
    edition = load_edition(ROOT / "data/2023")
    return assess(edition), edition


@pytest.fixture(scope="module")
def other() -> tuple[Results, Edition]:
    """Five dimensions, twelve regions, gaps, no paths."""
    edition: Edition = _small().random_edition(3, missing=0.05)
    return assess(edition), edition


@pytest.fixture(params=["shipped", "other"])
def assessed(request: pytest.FixtureRequest) -> tuple[Results, Edition]:
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


def test_every_builder_fills_the_default_edition(shipped: tuple[Results, Edition]) -> None:
    specs, reasons = every(*shipped)
    assert reasons == {}
    assert len({s.kind for s in specs.values()}) >= 18


def test_only_what_is_lacking_is_left_out(other: tuple[Results, Edition]) -> None:
    _specs, reasons = every(*other)
    assert set(reasons) == {"path-profile"}


def test_drawn_without_overlap_and_told(assessed: tuple[Results, Edition]) -> None:
    specs, _reasons = every(*assessed)
    for kind, spec in specs.items():
        drawn = draw(spec)
        met = [(a.text, b.text) for a, b in combinations(drawn.texts, 2) if a.meets(b, 0.02)]
        assert met == [], kind
        assert drawn.height < 21, kind
        assert 60 <= len(describe(spec)) <= 200, kind


def test_every_number_is_its_key_as_printed(assessed: tuple[Results, Edition]) -> None:
    results, edition = assessed
    specs, _reasons = every(results, edition)
    checked = 0
    for spec in specs.values():
        for series in spec.series:
            for point in series.points:
                for text, key, value in (
                    (point.text, point.key, point.value),
                    (point.x_text, point.x_key, point.x),
                    (point.low_text, point.low_key, point.low),
                    (point.high_text, point.high_key, point.high),
                ):
                    if not key:
                        continue
                    found = quantity(results, key)
                    assert value is not None
                    scale = 100 if key.startswith("weight.") else 1
                    assert value == pytest.approx(found.value * scale)
                    assert float(text.replace("−", "-")) == pytest.approx(value, abs=0.51)
                    checked += 1
    assert checked > 500


def test_numbers_without_keys_are_only_the_structure(shipped: tuple[Results, Edition]) -> None:
    """A drawn value has a key; tiers and cells of names have none and are no numbers."""
    specs, _reasons = every(*shipped)
    for kind, spec in specs.items():
        for series in spec.series:
            for point in series.points:
                if point.value is not None and not point.key:
                    assert series.role == "reference" or spec.kind == "matrix", (kind, point)


def test_ranking_is_in_order_with_ranks(shipped: tuple[Results, Edition]) -> None:
    results, edition = shipped
    spec = figure_spec("ranking", "f", results, edition=edition)
    points = spec.series[0].points
    values = [p.value or 0.0 for p in points]
    assert len(points) == 31
    assert values == sorted(values, reverse=True)
    assert [p.x_text for p in points[:3]] == ["1", "2", "3"]
    assert spec.series[1].points[0].key == "level.total.mean.2022"


def test_a_region_without_a_figure_is_a_gap(shipped: tuple[Results, Edition]) -> None:
    results, edition = shipped
    spec = figure_spec("ranking", "f", results, edition=edition, of="indicator.software_revenue")
    last = spec.series[0].points[-1]
    assert (last.label, last.value, last.key) == ("西藏", None, "")
    assert "西藏无数据" in describe(spec)
    assert "—" in [t.text for t in draw(spec).texts]


def test_survey_is_simulated_wherever_it_is_drawn(shipped: tuple[Results, Edition]) -> None:
    specs, _reasons = every(*shipped)
    marked = {kind for kind, spec in specs.items() if spec.simulated}
    assert marked == {"survey-bars", "survey-groups", "share-stack"}
    assert all("模拟数据" in specs[kind].source for kind in marked)


def test_growth_of_what_was_carried_over_is_not_nought(shipped: tuple[Results, Edition]) -> None:
    results, edition = shipped
    spec = figure_spec("indicator-growth", "f", results, edition=edition, of="innovation")
    shown = {point.label for point in spec.series[0].points}
    innovation = {i.name for i in results.registry.indicators if i.parent == "innovation"}
    assert innovation - shown == {"每万人有效发明专利数"}


def test_waterfall_adds_up(shipped: tuple[Results, Edition]) -> None:
    results, edition = shipped
    for by in ("dimension", "indicator"):
        spec = figure_spec("contribution-waterfall", "f", results, edition=edition, by=by)
        *steps, end = (p.value or 0.0 for p in spec.series[0].points)
        assert sum(steps) == pytest.approx(end)


def test_quadrant_shows_the_limits_of_the_rules(shipped: tuple[Results, Edition]) -> None:
    results, edition = shipped
    spec = figure_spec("form-quadrant", "f", results, edition=edition)
    limits = {p.x_key or p.key for p in spec.series[1].points}
    assert {key for key in limits if key.startswith("threshold.form.")} == limits
    assert len(limits) == 4
    assert len(spec.series[0].points) == 31
    assert {p.group for p in spec.series[0].points} == {f.id for f in edition.forms}


def test_results_alone_are_enough() -> None:
    """Given results without regions, survey or indicators: figures that can be drawn are."""
    edition = load_edition(ROOT / "data/published-2021")
    results = assess(edition)
    specs, reasons = every(results, edition)
    assert {"national-index", "dimension-indices", "framework"} <= set(specs)
    assert len(reasons) >= 20
    assert all(reason and "nan" not in reason for reason in reasons.values())
    for spec in specs.values():
        assert draw(spec).svg


def test_results_alone_without_the_edition(shipped: tuple[Results, Edition]) -> None:
    results, _edition = shipped
    with pytest.raises(NoData):
        figure_spec("tile-map", "f", results)
    for kind in ("form-quadrant", "scenario-fan", "framework", "survey-bars", "path-profile"):
        more = parameters(results).get(kind, {})
        assert draw(figure_spec(kind, "f", results, **more)).svg


@pytest.mark.parametrize(
    ("kind", "more", "words"),
    [
        ("rankings", {}, "ranking"),
        ("ranking", {"off": "total"}, "no parameter"),
        ("ranking", {"of": "levle.total"}, "level."),
        ("ranking", {"by": "zones"}, "zone"),
        ("ranking", {"top": "ten"}, "whole number"),
        ("national-index", {"dimensions": "yes"}, "true or false"),
        ("contribution-waterfall", {"by": "region"}, "dimension"),
        ("survey-bars", {"question": "difficulties", "sort": "up"}, "auto"),
        ("level-heatmap", {"family": "rank"}, "growth"),
        ("ranking", {"of": "level.inovation"}, "innovation"),
        ("indicator-trends", {"of": "ecosystems"}, "ecosystem"),
        ("survey-bars", {"question": "difficulty"}, "difficulties"),
        ("survey-bars", {"question": "difficulties", "by": "sizes"}, "size"),
        ("form-profile", {"form": "leader"}, "leading"),
        ("path-profile", {"path": "innovation"}, "innovation-led"),
    ],
)
def test_mistakes_of_a_template_name_what_would_do(
    shipped: tuple[Results, Edition], kind: str, more: dict[str, Any], words: str
) -> None:
    results, edition = shipped
    with pytest.raises(TemplateError) as caught:
        figure_spec(kind, "f", results, edition=edition, **more)
    problem = caught.value.problems[0]
    assert words in f"{problem.found} {problem.expected} {problem.remedy}"


def test_what_an_edition_lacks_is_said(shipped: tuple[Results, Edition]) -> None:
    results, edition = shipped
    with pytest.raises(NoData) as caught:
        figure_spec("rank-slope", "f", results, edition=edition, year=2030)
    assert "2030年" in caught.value.reason
