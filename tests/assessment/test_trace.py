"""Trees, leaves, dependents, formulas, replay with other figures, causes of changes."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report.assessment import assess, causes, trace
from report.assessment.results import Results
from report.edition.model import Cell, Edition, Method
from report.errors import Place
from tests.assessment.small import random_edition, tiny


@pytest.fixture(scope="module")
def results() -> Results:
    return assess(tiny())


def test_the_tree_ends_in_cells(results: Results) -> None:
    node = trace.tree(results, "index.total.2021")
    assert [child.value.key for child in node.children][:2] == [
        "index.build.2021",
        "index.skill.2021",
    ]
    stack, ends = [node], []
    while stack:
        node = stack.pop()
        if not node.children and not node.cut:
            ends.append(node.value)
        stack.extend(node.children)
    assert all(value.op == "input" and value.place for value in ends)
    assert {v.key for v in ends} == set(trace.leaves(results, "index.total.2021"))


def test_the_tree_is_cut_at_a_depth(results: Results) -> None:
    node = trace.tree(results, "index.total.2021", depth=1)
    assert all(c.cut for c in node.children if c.value.parents)


def test_dependents_of_a_cell(results: Results) -> None:
    found = set(trace.dependents(results, "data.energy.130000.2021"))
    assert {"index.total.2021", "level.total.mean.2021", "scenario.steady.2022"} <= found
    assert not {"index.total.2020", "index.ports.2021", "survey.q1.yes"} & found
    assert all(
        ("data.energy.130000.2021" in trace.leaves(results, key)) == (key in found)
        for key in results
        if key != "data.energy.130000.2021"
    )


def test_formulas_put_numbers_in(results: Results) -> None:
    text = trace.formula(results, "index.ports.2021")
    assert "indicator.ports.nation.2021" in text
    assert "100 × 120 ÷ 基期 60 = 200" in text
    assert "208 × 0.75, 200 × 0.25" in trace.formula(results, "index.total.2021")
    assert "figures.csv:2" in trace.formula(results, "data.ports.110000.2019", "en")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_value_has_a_formula(results: Results, language: trace.Language) -> None:
    for key in results:
        text = trace.formula(results, key, language)
        assert text.startswith(key)
        assert "{" not in text


def test_replay_with_another_figure_is_a_new_assessment(results: Results) -> None:
    edition = tiny()
    cells = dict(edition.cells)
    cells["ports", "110000", 2021] = Cell(47.5, Place("figures.csv"))
    after = assess(replace(edition, cells=cells))
    again = trace.replay(results, leaves={"data.ports.110000.2021": 47.5})
    for key in results:
        if not key.startswith(("members", "path", "form", "count", "level", "growth")):
            assert trace.same(again[key], after[key].datum), key


def test_a_forged_value_does_not_verify(results: Results) -> None:
    values = dict(results.values)
    values["index.total.2021"] = replace(values["index.total.2021"], datum=207.0)
    forged = replace(results, values=values)
    assert [m.key for m in trace.verify(forged)] == ["index.total.2021"]


def effects_add_up(cause: causes.Cause) -> None:
    if cause.children:
        total = math.fsum(child.effect for child in cause.children)
        assert total == pytest.approx(cause.effect, abs=1e-9)
        for child in cause.children:
            effects_add_up(child)


def test_why_the_total_index_changed(results: Results) -> None:
    cause = causes.why(results, "index.total", 2020, 2021)
    assert cause.effect == results.number("index.total.2021") - results.number("index.total.2020")
    build, skill = cause.children
    assert build.key_b == "index.build.2021"
    assert build.effect == pytest.approx(0.75 * (208 - results.number("index.build.2020")))
    assert skill.effect == pytest.approx(0.25 * (200 - 100 * 32 / 21))
    assert build.children[0].effect == pytest.approx(0.75 * 0.6 * (200 - 400 / 3))
    effects_add_up(cause)


def test_why_goes_down_to_the_cells(results: Results) -> None:
    cause = causes.why(results, "index.total.2021", 2020, 2021, depth=None)
    stack, ends = [cause], []
    while stack:
        node = stack.pop()
        stack.extend(node.children)
        ends.extend([] if node.children else [node])
    assert all(end.key_b.startswith("data.") for end in ends)
    assert math.fsum(end.effect for end in ends) == pytest.approx(cause.effect, abs=1e-9)


def test_why_growth_changed_names_the_time_elapsed(results: Results) -> None:
    cause = causes.why(results, "growth.total.mean", 2020, 2021, depth=1)
    assert [child.key_b for child in cause.children] == ["level.total.mean.2021", ""]
    effects_add_up(cause)


@settings(max_examples=20, deadline=None)
@given(
    st.integers(0, 1000),
    st.sampled_from(["arithmetic", "geometric"]),
    st.sampled_from(
        ["index.total", "level.total.110000", "growth.total.mean", "dispersion.total",
         "rank.total.110000", "indicator.ind-0-1.nation", "contribution.dim-0"]
    ),
)  # fmt: skip
def test_effects_always_add_up(seed: int, aggregate: Any, key: str) -> None:
    method = Method(aggregate=aggregate, index_aggregate=aggregate, robustness_draws=0)
    edition = random_edition(seed, n_dimensions=2, n_regions=4, missing=0.1, method=method)
    results = assess(edition)
    if f"{key}.2020" in results and f"{key}.2021" in results:
        cause = causes.why(results, key, 2020, 2021, depth=None)
        delta = results.number(f"{key}.2021") - results.number(f"{key}.2020")
        assert cause.effect == delta
        effects_add_up(cause)


def revised(edition: Edition, factor: float) -> Edition:
    cells = {k: Cell((c.value or 0) * factor, c.place) if k[2] == 2021 and k[0] == "ports" else c
             for k, c in edition.cells.items()}  # fmt: skip
    return replace(edition, cells=cells)


def reweighted(edition: Edition) -> Edition:
    first, second = edition.dimensions
    return replace(edition, dimensions=(replace(first, weight=0.5), replace(second, weight=0.5)))


KEY = "index.total.2021"


def test_compare_data() -> None:
    before, after = assess(tiny()), assess(revised(tiny(), 1.1))
    comparison = causes.compare(before, after, KEY)
    assert comparison.effects["data"] == pytest.approx(0.75 * 0.6 * 20)
    assert comparison.revised == tuple(f"data.ports.1{n}0000.2021" for n in (1, 2, 3))
    assert comparison.added == comparison.dropped == ()
    assert comparison.effects["weights"] == 0
    assert comparison.effects["method"] == 0


def test_compare_weights() -> None:
    comparison = causes.compare(assess(tiny()), assess(reweighted(tiny())), KEY)
    assert comparison.effects == {"data": 0, "weights": pytest.approx(-2.0), "method": 0}


def test_compare_method() -> None:
    other = replace(tiny(), method=Method(index_aggregate="geometric", robustness_draws=0))
    comparison = causes.compare(assess(tiny()), assess(other), KEY)
    assert comparison.effects["data"] == comparison.effects["weights"] == 0
    assert comparison.effects["method"] < 0, "a geometric mean is below the arithmetic one"


def test_compare_all_at_once_adds_up() -> None:
    other = replace(
        reweighted(revised(tiny(), 0.8)), method=Method(index_aggregate="geometric", winsorise=0.1)
    )
    before, after = assess(tiny()), assess(other)
    for key in (
        KEY,
        "level.total.110000.2021",
        "growth.build.130000.2021",
        "rank.total.110000.2021",
    ):
        comparison = causes.compare(before, after, key)
        total = math.fsum(comparison.effects.values())
        assert total == pytest.approx(after.number(key) - before.number(key), abs=1e-9)
        assert comparison.steps["method"] == after[key].datum


def test_a_figure_that_appears_is_data() -> None:
    edition = tiny()
    cells = dict(edition.cells)
    cells["ports", "110000", 2021] = Cell(None, Place("figures.csv"))
    before, after = assess(replace(edition, cells=cells)), assess(edition)
    comparison = causes.compare(before, after, "level.build.110000.2021")
    assert comparison.effects["weights"] == comparison.effects["method"] == 0
    assert comparison.effects["data"] != 0
    assert "data.ports.110000.2021" in comparison.added


def test_compare_words() -> None:
    before, after = assess(tiny()), assess(revised(tiny(), 3))
    comparison = causes.compare(before, after, "form.110000")
    assert (comparison.before, comparison.after) == (
        before["form.110000"].datum,
        after["form.110000"].datum,
    )
    assert comparison.effects == {}
