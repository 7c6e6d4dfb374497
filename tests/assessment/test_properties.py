"""Properties that hold for any edition: bounds, invariances, sums, any number of dimensions and regions."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from report.assessment import assess
from report.assessment.operations import OPERATIONS
from report.assessment.results import Results
from report.assessment.trace import dependents, is_leaf, verify
from report.edition.model import Cell, Edition, Method
from tests.assessment.small import random_edition

METHODS = [
    Method(
        normalise=normalise,
        aggregate=aggregate,
        index_aggregate=index,
        growth=growth,
        winsorise=winsorise,
        robustness_draws=20,
    )
    for normalise, aggregate, index, growth, winsorise in (
        ("min-max", "arithmetic", "arithmetic", "cagr", 0.0),
        ("min-max", "geometric", "geometric", "annual-points", 0.05),
        ("z-score", "arithmetic", "geometric", "cagr", 0.0),
        ("rank", "geometric", "arithmetic", "annual-points", 0.1),
    )
]
editions = st.builds(
    random_edition,
    st.integers(0, 10_000),
    n_dimensions=st.integers(1, 5),
    n_regions=st.integers(2, 12),
    n_indicators=st.integers(1, 3),
    missing=st.sampled_from([0.0, 0.1, 0.5]),
    method=st.sampled_from(METHODS),
)
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def scaled(edition: Edition, change: Callable[[str, float], float]) -> Edition:
    cells = {
        key: Cell(None if cell.value is None else change(key[0], cell.value), cell.place)
        for key, cell in edition.cells.items()
    }
    return replace(edition, cells=cells)


@few
@given(editions)
def test_every_value_replays_and_is_finite(edition: Edition) -> None:
    results = assess(edition)
    assert verify(results) == ()
    for value in results.values.values():
        assert is_leaf(value) or value.op in OPERATIONS
        assert (value.place is not None) <= is_leaf(value)
        if isinstance(value.datum, float):
            assert math.isfinite(value.datum)


@few
@given(editions)
def test_scores_levels_and_ranks_stay_in_bounds(edition: Edition) -> None:
    results = assess(edition)
    for key, value in results.values.items():
        family = key.partition(".")[0]
        if family in ("score", "level", "robust-score", "robust-level"):
            assert 0 <= results.number(key) <= 100 + 1e-9
        if family in ("rank", "robust-rank", "robust-low", "robust-median", "robust-high"):
            assert isinstance(value.datum, int)
            assert 1 <= value.datum <= len(edition.regions)


@few
@given(editions)
def test_contributions_add_up_to_the_change(edition: Edition) -> None:
    results = assess(edition)
    for year in results.years[1:]:
        if f"index.total.{year}" not in results:
            continue
        change = results.number(f"index.total.{year}") - results.number(f"index.total.{2019}")
        for entries in (results.registry.dimensions, results.registry.indicators):
            keys = [f"contribution.{entry.id}.{year}" for entry in entries]
            total = math.fsum(results.number(key) for key in keys if key in results)
            assert total == pytest.approx(change, abs=1e-9)
        for dimension in results.registry.dimensions:
            keys = [
                f"contribution.{i.id}.{year}"
                for i in results.registry.indicators
                if i.parent == dimension.id
            ]
            total = math.fsum(results.number(key) for key in keys if key in results)
            if f"contribution.{dimension.id}.{year}" in results:
                own = results.number(f"contribution.{dimension.id}.{year}")
                assert total == pytest.approx(own, abs=1e-9)


@few
@given(editions, st.floats(0.1, 50))
def test_the_scale_of_weights_does_not_matter(edition: Edition, scale: float) -> None:
    other = replace(
        edition,
        dimensions=tuple(replace(d, weight=d.weight * scale) for d in edition.dimensions),
        indicators=tuple(replace(i, weight=i.weight * scale) for i in edition.indicators),
    )
    assert_same(assess(edition), assess(other), ("index", "level", "rank", "form", "contribution"))


@few
@given(editions, st.floats(0.01, 1000))
def test_the_unit_of_a_series_does_not_matter(edition: Edition, scale: float) -> None:
    series = edition.indicators[0].series
    other = scaled(edition, lambda name, v: v * scale if name == series else v)
    assert_same(assess(edition), assess(other), ("index", "score", "level", "rank", "form"))


@few
@given(editions)
def test_the_order_of_regions_does_not_matter(edition: Edition) -> None:
    other = replace(edition, regions=edition.regions[::-1])
    families = ("index", "score", "level", "growth", "rank", "form", "count", "dispersion")
    assert_same(assess(edition), assess(other), families)


def assert_same(first: Results, second: Results, families: tuple[str, ...]) -> None:
    keys = [key for key in first if key.partition(".")[0] in families]
    assert keys == [key for key in second if key.partition(".")[0] in families]
    for key in keys:
        a, b = first[key].datum, second[key].datum
        if isinstance(a, float) and isinstance(b, (int, float)):
            assert math.isclose(a, b, rel_tol=1e-7, abs_tol=1e-7), key
        else:
            assert a == b, key


@few
@given(editions)
def test_ranks_are_those_of_the_levels(edition: Edition) -> None:
    results = assess(edition)
    for year in results.years:
        levels = {
            r.id: results.number(f"level.total.{r.id}.{year}")
            for r in results.registry.regions
            if f"level.total.{r.id}.{year}" in results
        }
        for code, level in levels.items():
            ahead = sum(other > level + 1e-6 for other in levels.values())
            near = sum(other > level - 1e-6 for other in levels.values())
            assert ahead + 1 <= results.number(f"rank.total.{code}.{year}") <= near


@few
@given(editions)
def test_forms_part_the_regions(edition: Edition) -> None:
    results = assess(edition)
    members = [
        code
        for form in edition.forms
        if f"members.{form.id}" in results
        for code in results[f"members.{form.id}"].datum  # type: ignore[union-attr]
    ]
    assert len(members) == len(set(members))
    assert set(members) == {key.partition(".")[2] for key in results if key.startswith("form.")}


def test_five_dimensions_twelve_regions() -> None:
    results = assess(random_edition(7, n_dimensions=5, n_regions=12))
    assert len([key for key in results if key.startswith("form.")]) == 12
    assert {f"index.dim-{d}.2022" for d in range(5)} <= set(results)
    assert "indicator.ind-0-0.nation.2018" in results, "trend figures begin with the first year"
    assert "index.ind-0-0.2018" not in results


def test_one_datum_changes_nothing_else() -> None:
    edition = random_edition(3, n_dimensions=2, n_regions=4)
    cells = dict(edition.cells)
    cell = cells["ind-0-0", "110000", 2021]
    assert cell.value is not None
    cells["ind-0-0", "110000", 2021] = Cell(cell.value * 1.01, cell.place)
    before, after = assess(edition), assess(replace(edition, cells=cells))
    changed = {key for key in before if before[key].datum != after[key].datum}
    leaf = "data.ind-0-0.110000.2021"
    assert changed <= {leaf, *dependents(before, leaf)}, "the trace predicts what changes"
    assert "index.total.2021" in changed
    assert "score.ind-1-0.110000.2021" not in changed
    assert not any(key.startswith(("index.dim-1", "survey", "weight")) for key in changed)


def test_winsorised_goalposts_are_quantiles_of_the_pool() -> None:
    edition = random_edition(5, n_dimensions=1, n_regions=6, method=METHODS[1])
    results = assess(edition)
    pool = sorted(
        results.number(f"indicator.ind-0-0.{r.code}.{y}")
        for r in edition.regions
        for y in range(2019, 2023)
    )
    at = 0.05 * (len(pool) - 1)
    low = pool[int(at)] + (at - int(at)) * (pool[int(at) + 1] - pool[int(at)])
    assert results.number("bound.ind-0-0.low") == pytest.approx(low)


def test_same_edition_same_results() -> None:
    edition = random_edition(11, missing=0.1)
    assert assess(edition) == assess(edition)


def test_a_region_that_fits_no_form_is_an_error() -> None:
    from report.errors import AssessmentError  # noqa: PLC0415

    edition = random_edition(2)
    with pytest.raises(AssessmentError, match="no form"):
        assess(replace(edition, forms=edition.forms[:1]))
