"""Every key of every shipped edition: a registered operation, a replay from its leaves, causes that add up."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest

from report.assessment import assess, causes, trace
from report.assessment.operations import LEAVES, OPERATIONS
from report.assessment.results import Results
from report.document import derived
from report.edition import load_edition
from report.ledger import Graph, Sources, formula, words_of
from tests.ledger.small import small

ROOT = Path(__file__).parents[2]
EDITIONS = sorted(path.parent.name for path in ROOT.glob("data/*/edition.yaml"))


@pytest.fixture(scope="module", params=EDITIONS)
def results(request) -> Results:
    return assess(load_edition(ROOT / "data" / request.param))


def untraced(results: Results) -> list[str]:
    """Keys that no formula leads to: an operation nobody registered, or parents that are missing."""
    found = []
    for key, value in results.values.items():
        known = value.op in OPERATIONS if value.parents else value.op in LEAVES
        if not known or any(parent not in results for parent in value.parents):
            found.append(key)
    return found


def test_every_key_has_a_registered_operation(results):
    assert untraced(results) == []


def test_a_key_without_one_is_found():
    values = dict(small().values)
    values["index.total.2022"] = replace(values["index.total.2022"], op="by-magic")
    values["index.total.2021"] = replace(values["index.total.2021"], op="given")
    assert untraced(replace(small(), values=values)) == ["index.total.2021", "index.total.2022"]


def test_every_key_replays_from_its_leaves(results):
    assert trace.verify(results, tolerance=1e-9) == ()


def test_every_leaf_has_its_place(results):
    sources = Sources(results)
    for key, value in results.values.items():
        if not value.parents:
            assert value.place, key
            assert value.place.cell or value.place.line, key
            assert sources.text(key).startswith(value.place.file)


def test_decompositions_add_up(results):
    last, before = results.assessment_year, results.assessment_year - 1
    stems = {
        key.rpartition(".")[0]
        for key in results
        if key.startswith(
            ("index.", "level.total.", "growth.total.", "dispersion.", "contribution.")
        )
    }
    checked = 0
    for stem in sorted(stems):
        if f"{stem}.{before}" in results and f"{stem}.{last}" in results:
            cause = causes.why(results, stem, before, last)
            delta = results.number(f"{stem}.{last}") - results.number(f"{stem}.{before}")
            assert cause.effect == pytest.approx(delta, abs=1e-12)
            if cause.children:
                total = math.fsum(child.effect for child in cause.children)
                assert total == pytest.approx(delta, rel=1e-9, abs=1e-9), stem
            checked += 1
    assert checked


def test_every_derived_operation_has_words():
    graph = Graph(small())
    a, b = "index.total.2022", "index.total.2021"
    for op, (least, _most) in derived.OPERATIONS.items():
        key = derived.compose(op, *((a, b, a, b)[: max(least, 1)]))
        if op == "product":
            key = "product(weight.build)"
        assert words_of(derived.parse(key))
        assert formula(graph, key, "zh")
        assert formula(graph, key, "en")
