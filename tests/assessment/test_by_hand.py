"""The tiny edition, every kind of value recomputed by hand."""

from __future__ import annotations

import math

import pytest

from report.assessment import assess
from report.assessment.results import Results
from tests.assessment.small import tiny


@pytest.fixture(scope="module")
def results() -> Results:
    return assess(tiny())


def test_an_intensity_is_factor_times_series_over_per(results: Results) -> None:
    assert results.number("indicator.lines.110000.2021") == 10 * 10 / 2
    assert results["indicator.lines.110000.2021"].parents == (
        "data.lines.110000.2021",
        "factor.lines",
        "data.people.110000.2021",
    )


def test_the_nation_sums_scales_and_divides_sums_for_intensities(results: Results) -> None:
    assert results.number("indicator.ports.nation.2021") == 40 + 20 + 60
    assert results.number("indicator.lines.nation.2021") == pytest.approx(10 * 33 / 10)
    assert results.number("indicator.energy.nation.2021") == pytest.approx(16 / 3)
    assert results.number("indicator.lines.north.2021") == pytest.approx(10 * 25 / 5)
    assert results.number("indicator.ports.north.2019") == 30


def test_indices(results: Results) -> None:
    assert results.number("index.ports.2021") == 200
    assert results.number("index.lines.2021") == pytest.approx(220)
    assert results.number("index.energy.2020") == pytest.approx(100 * 32 / 21)
    assert results.number("index.build.2021") == pytest.approx(0.6 * 200 + 0.4 * 220)
    assert results.number("index.total.2021") == pytest.approx(0.75 * 208 + 0.25 * 200)
    for name in ("total", "build", "skill", "ports", "lines", "energy"):
        assert results.number(f"index.{name}.2019") == pytest.approx(100)


def test_contributions(results: Results) -> None:
    assert results.number("contribution.build.2021") == pytest.approx(0.75 * 108)
    assert results.number("contribution.lines.2021") == pytest.approx(0.75 * 0.4 * 120)


def test_index_growth(results: Results) -> None:
    assert results.number("indexgrowth.total.2021") == pytest.approx(100 * (math.sqrt(2.06) - 1))


def test_scores_between_goalposts_pooled_over_regions_and_years(results: Results) -> None:
    assert results.number("bound.ports.low") == 10
    assert results.number("bound.ports.high") == 60
    assert results.number("score.ports.110000.2020") == pytest.approx(100 * 10 / 50)
    assert results.number("score.energy.130000.2019") == 0
    assert results.number("score.energy.110000.2020") == pytest.approx(100 * 11 / 12)


def test_levels(results: Results) -> None:
    build = 0.6 * 60 + 0.4 * 100
    assert results.number("level.build.110000.2021") == pytest.approx(build)
    assert results.number("level.total.110000.2021") == pytest.approx(0.75 * build + 0.25 * 100)


def test_growth(results: Results) -> None:
    start = 0.75 * (0.4 * 100 * 16 / 46) + 0.25 * 100 * 8 / 12
    assert results.number("growth.total.110000.2021") == pytest.approx(
        100 * ((82 / start) ** 0.5 - 1)
    )
    assert "growth.total.110000.2019" not in results
    assert "growth.skill.130000.2021" not in results, "no rate from a level of zero"


def test_ranks_share_places_and_changes_point_up(results: Results) -> None:
    ranks = [results[f"rank.skill.{code}0000.2021"].datum for code in (11, 12, 13)]
    assert ranks == [1, 3, 1]
    assert results["rank.energy.120000.2021"].datum == 3, "less is better"
    assert results["rankchange.total.110000.2021"].datum == 2 - 1
    assert results["rankchange.total.120000.2021"].datum == 1 - 3


def test_groups(results: Results) -> None:
    levels = [results.number(f"level.total.{code}0000.2021") for code in (11, 12, 13)]
    assert results.number("level.total.north.2021") == pytest.approx((levels[0] + levels[1]) / 2)
    assert results.number("level.total.mean.2021") == pytest.approx(sum(levels) / 3)
    assert results.number("level.total.median.2021") == sorted(levels)[1]
    assert results.number("level.total.leading.2019") == pytest.approx(
        (results.number("level.total.110000.2019") + results.number("level.total.130000.2019")) / 2
    )
    growths = [results.number(f"growth.total.{code}0000.2021") for code in (11, 12, 13)]
    assert results.number("growth.total.median.2021") == sorted(growths)[1]
    mean = sum(levels) / 3
    spread = math.sqrt(sum((v - mean) ** 2 for v in levels) / 3)
    assert results.number("dispersion.total.2021") == pytest.approx(spread / mean)


def test_forms_and_paths(results: Results) -> None:
    assert results.number("threshold.form.leading.1") == results.number("level.total.median.2021")
    assert results.text("form.110000") == "leading"
    assert results.text("form.120000") == "rest"
    assert results["members.leading"].datum == ("110000", "130000")
    assert results["count.leading"].datum == 2
    assert results["count.fast"].datum == 3
    assert results.text("path.fast.1") == "120000", "largest build − skill"
    assert results.number("metric.path.fast.order.120000") == pytest.approx(52 - 100 * 8 / 12)


def test_an_edition_without_forms_classifies_nothing() -> None:
    assert not [key for key in assess(tiny(forms=())) if key.startswith("form.")]


def test_survey_shares_and_limits(results: Results) -> None:
    assert results.number("survey.q1.yes") == pytest.approx(100 * 4 / 6), (
        "the blank one is left out"
    )
    assert results.number("survey.q1.yes.small") == pytest.approx(100 * 3 / 5)
    assert results.number("survey.q2.a") == pytest.approx(100 * 5 / 7)
    assert results.number("survey.q2.b") == pytest.approx(100 * 3 / 7)
    assert results["survey-n.q1"].datum == 3
    assert results.number("survey-effective.q1") == pytest.approx(6**2 / 14)
    p, n, z = 4 / 6, 36 / 14, 1.959964
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    assert results.number("survey-low.q1.yes") == pytest.approx(100 * (centre - half), rel=1e-6)
    assert results.number("survey-high.q1.yes") == pytest.approx(100 * (centre + half), rel=1e-6)
    assert results["survey.q1.yes"].flags == {"simulated"}


def test_scenario(results: Results) -> None:
    growth = math.sqrt(2.06) - 1
    assert results.number("scenario.steady.2023") == pytest.approx(206 * (1 + growth / 2) ** 2)
    assert "scenario.steady.2025" not in results


def test_robustness(results: Results) -> None:
    geometric = math.exp(0.6 * math.log(60) + 0.4 * math.log(100))
    assert results.number("robust-level.geometric.build.110000") == pytest.approx(geometric)
    assert results.number("robust-level.equal-weights.total.110000") == pytest.approx(
        ((60 + 100) / 2 + 100) / 2
    )
    assert results["robust-rank.z-score.120000"].datum == 3
    assert results.number("robust-shift.equal-weights") == 0
    for code in ("110000", "120000", "130000"):
        low, middle, high = (results[f"robust-{e}.{code}"].datum for e in ("low", "median", "high"))
        assert 1 <= low <= middle <= high <= 3
    assert results["robust-low.120000"].datum == 3, "last under any weights"


def test_the_registry_stands_on_its_own(results: Results) -> None:
    assert [e.id for e in results.registry.indicators] == ["ports", "lines", "energy"]
    assert results.registry.indicators[0].parent == "build"
    assert results.registry.regions[2].parent == "south"
    assert [e.id for e in results.registry.options if e.parent == "q2"] == ["a", "b", "c"]
    assert results.years == (2019, 2020, 2021)
