"""What fills gaps, what treatments do, and what is left out of the nation."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from report.assessment import assess
from report.assessment.results import Results
from report.edition.model import Cell, Edition, Treatment
from report.errors import AssessmentError, Place
from tests.assessment.small import indicator, tiny


def with_cells(changes: dict[tuple[str, str, int], float | None], edition: Edition) -> Edition:
    cells = dict(edition.cells)
    for key, value in changes.items():
        cells[key] = Cell(value, Place("figures.csv", line=99))
    return replace(edition, cells=cells)


def with_ports(edition: Edition, **more: Any) -> Edition:
    ports = replace(edition.indicators[0], **more)
    return replace(edition, indicators=(ports, *edition.indicators[1:]))


def assessed(policy: str, *gaps: tuple[str, int], **more: Any) -> Results:
    changes = {("ports", region, year): None for region, year in gaps}
    return assess(with_ports(with_cells(changes, tiny()), missing=policy, **more))


def test_omit_shares_the_weight_out_and_says_so() -> None:
    results = assessed("omit", ("110000", 2021))
    assert "indicator.ports.110000.2021" not in results
    level = results["level.build.110000.2021"]
    assert level.datum == results.number("score.lines.110000.2021")
    assert level.flags == {"omitted"}
    assert results["level.total.110000.2021"].flags == {"omitted"}
    assert not results["level.build.120000.2021"].flags


def test_the_nation_adds_the_same_regions_every_year() -> None:
    results = assessed("omit", ("110000", 2021))
    assert [results.number(f"indicator.ports.nation.{y}") for y in (2019, 2020, 2021)] == [
        50,
        60,
        80,
    ]
    assert results["indicator.ports.nation.2019"].flags == {"omitted"}
    assert results["index.ports.2021"].flags == {"omitted"}
    assert results.number("index.ports.2021") == pytest.approx(160)


def test_carry() -> None:
    results = assessed("carry", ("110000", 2021))
    value = results["indicator.ports.110000.2021"]
    assert (value.datum, value.flags, value.op) == (20, {"carried"}, "carry")
    assert results["score.ports.110000.2021"].flags == {"carried"}
    assert results["indicator.ports.nation.2021"].flags == {"carried"}


def test_a_year_wholly_carried_is_carried_for_the_nation_too() -> None:
    gaps = {("lines", f"1{n}0000", 2021): None for n in (1, 2, 3)}
    edition = with_cells(gaps | {("people", "110000", 2021): 20.0}, tiny())
    ports, lines, energy = edition.indicators
    indicators = (ports, replace(lines, missing="carry"), energy)
    results = assess(replace(edition, indicators=indicators))
    for area in ("nation", "north"):
        value = results[f"indicator.lines.{area}.2021"]
        assert value.op == "carry"
        assert value.datum == results.number(f"indicator.lines.{area}.2020")


def test_carry_cannot_reach_back() -> None:
    assert "indicator.ports.110000.2019" not in assessed("carry", ("110000", 2019))


def test_interpolate() -> None:
    results = assessed("interpolate", ("110000", 2020))
    value = results["indicator.ports.110000.2020"]
    assert (value.datum, value.flags) == ((10 + 40) / 2, {"interpolated"})


def test_interpolate_carries_at_the_end() -> None:
    value = assessed("interpolate", ("110000", 2021))["indicator.ports.110000.2021"]
    assert (value.datum, value.flags) == (20, {"carried"})


def test_regional_mean_is_of_the_zone() -> None:
    results = assessed("regional-mean", ("110000", 2021))
    value = results["indicator.ports.110000.2021"]
    assert (value.datum, value.flags) == (20, {"regional-mean"})


def test_regional_mean_of_all_where_the_zone_has_none() -> None:
    value = assessed("regional-mean", ("130000", 2021))["indicator.ports.130000.2021"]
    assert value.datum == (40 + 20) / 2


def test_only_published_values_fill_gaps() -> None:
    results = assessed("regional-mean", ("110000", 2021), ("120000", 2021))
    assert results.number("indicator.ports.110000.2021") == 60


def treated(action: str) -> Results:
    treatment = Treatment("110000", 2020, action, "疑似误报", Place("indicators.yaml", line=9))
    return assess(with_ports(tiny(), treatments=(treatment,)))


def test_a_doubtful_figure_kept_is_flagged() -> None:
    results = treated("keep")
    assert results["data.ports.110000.2020"].flags == {"doubtful"}
    assert results["indicator.ports.110000.2020"].flags == {"doubtful"}
    assert results.number("indicator.ports.110000.2020") == 20


def test_a_doubtful_figure_interpolated() -> None:
    results = treated("interpolate")
    assert results.number("data.ports.110000.2020") == 20
    assert results.number("indicator.ports.110000.2020") == 25


def test_a_doubtful_figure_omitted_whatever_the_policy() -> None:
    treatment = Treatment("110000", 2020, "omit", "疑似误报", Place("indicators.yaml"))
    results = assess(with_ports(tiny(), treatments=(treatment,), missing="carry"))
    assert "indicator.ports.110000.2020" not in results


def test_an_indicator_that_nobody_publishes_gives_its_weight_to_others() -> None:
    edition = tiny()
    ports = indicator("ghost", "build", 0.5)
    results = assess(replace(edition, indicators=(*edition.indicators, ports)))
    assert "index.ghost.2021" not in results
    assert results.number("index.build.2021") == pytest.approx(208)
    assert results["index.build.2021"].flags == {"omitted"}
    assert results.number("contribution.build.2021") == pytest.approx(81)


def test_a_whole_dimension_missing_for_a_region() -> None:
    changes = {("energy", "110000", year): None for year in (2019, 2020, 2021)}
    results = assess(with_cells(changes, tiny()))
    assert "level.skill.110000.2021" not in results
    assert results.number("level.total.110000.2021") == results.number("level.build.110000.2021")
    assert results["level.total.110000.2021"].flags == {"omitted"}
    assert "rank.skill.110000.2021" not in results


@pytest.mark.parametrize("value", [0, -3])
def test_a_base_value_that_cannot_be_divided_by(value: float) -> None:
    changes = {("ports", f"1{n}0000", 2019): value for n in (1, 2, 3)}
    with pytest.raises(AssessmentError, match="2019") as caught:
        assess(with_cells(changes, tiny()))
    assert "figures.csv:99" in caught.value.problems[0].found
    assert caught.value.problems[0].place == Place("indicators.yaml", line=1)


def test_a_denominator_of_zero_names_its_cell() -> None:
    with pytest.raises(AssessmentError) as caught:
        assess(with_cells({("people", "110000", 2020): 0}, tiny()))
    assert caught.value.problems[0].place == Place("figures.csv", line=99)


def test_a_figure_that_overflows_names_its_cell() -> None:
    with pytest.raises(AssessmentError) as caught:
        assess(with_cells({("lines", "110000", 2020): 1.7e308}, tiny()))
    assert "figures.csv:99" in caught.value.problems[0].found


def test_given_national_figures() -> None:
    edition = with_cells({("ports", "nation", y): 7.0 * (y - 2018) for y in (2019, 2021)}, tiny())
    given = replace(edition.indicators[0].aggregate, method="given")
    results = assess(with_ports(edition, aggregate=given, missing="interpolate"))
    assert results.number("indicator.ports.nation.2020") == 14
    assert results["indicator.ports.nation.2020"].flags == {"interpolated"}
    assert results.number("index.ports.2021") == pytest.approx(300)
    assert results.number("indicator.ports.north.2021") == 60


def test_fixed_goalposts() -> None:
    place = Place("indicators.yaml", line=7)
    more: dict[str, Any] = {"goalposts": {"low": 0, "high": 50}, "places": {"goalposts": place}}
    results = assess(with_ports(tiny(), **more))
    assert results.number("score.ports.110000.2020") == 40
    assert results.number("score.ports.130000.2021") == 100, "cut"
    assert results["bound.ports.low"].place == place


def test_goalposts_the_wrong_way_round() -> None:
    with pytest.raises(AssessmentError, match="goalpost"):
        assess(with_ports(tiny(), goalposts={"low": 70}))
