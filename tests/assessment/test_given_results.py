"""Editions whose results were computed elsewhere, wholly or in part."""

from __future__ import annotations

import pytest

from report.assessment import assess
from report.assessment.trace import verify
from report.edition.model import Form, Given
from report.errors import Place
from tests.assessment.small import dimension, edition, regions, tiny

PLACE = Place("results.csv", line=3)


def given(*pairs: tuple[str, float]) -> tuple[Given, ...]:
    return tuple(Given(key, value, "", PLACE) for key, value in pairs)


def published() -> dict[str, object]:
    return {
        "dimensions": (dimension("build", 0.0), dimension("skill", 0.0)),
        "assessment_year": 2020,
        "forms": (Form("leading", "领先", (), {}, "", PLACE),),
        "given": given(
            ("index.total.2019", 100),
            ("index.total.2020", 146.6),
            ("index.build.2019", 100),
            ("index.build.2020", 198.2),
        ),
    }


def test_given_values_stand_and_growth_follows() -> None:
    results = assess(edition(**published()))
    value = results["index.total.2020"]
    assert (value.datum, value.op, value.place) == (146.6, "given", PLACE)
    assert results.number("indexgrowth.total.2020") == pytest.approx(46.6)
    families = {key.partition(".")[0] for key in results}
    assert families == {"index", "indexgrowth", "method"}, "no weights, so no contributions"
    assert verify(results) == ()


def test_given_levels_give_ranks_groups_and_dispersion() -> None:
    levels = [
        (f"level.total.1{n}0000.{y}", 10.0 * n + y - 2019) for n in (1, 2, 3) for y in (2019, 2020)
    ]
    more = published() | {
        "regions": regions(("110000", "120000", "130000"), ("north", "north", "south")),
        "given": given(*levels),
    }
    results = assess(edition(**more))
    assert results["rank.total.130000.2020"].datum == 1
    assert results["rankchange.total.110000.2020"].datum == 0
    assert results.number("level.total.north.2020") == 16
    assert results.number("growth.total.110000.2020") == pytest.approx(10)
    assert results["count.leading"].datum == 3
    assert "dispersion.total.2020" in results


def test_a_given_value_goes_before_a_computed_one() -> None:
    results = assess(tiny(given=given(("index.ports.2021", 300.0))))
    assert results.number("index.ports.2021") == 300
    assert results.number("index.build.2021") == pytest.approx(0.6 * 300 + 0.4 * 220)


def test_an_empty_edition_is_no_error() -> None:
    assert assess(edition(given=given(("index.total.2020", 1.0)))).number("index.total.2020") == 1
