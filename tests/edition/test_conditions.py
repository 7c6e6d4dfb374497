"""The language of rules: what it understands, and what it makes of a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from report.edition.conditions import Terms, condition, metric
from report.edition.sources import Sources
from report.errors import Place

TERMS = Terms(["innovation", "e-commerce"], ["rd_intensity"])
HERE = Place.of("forms.yaml", line=7)


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    return Sources(tmp_path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("level.total >= quantile 0.75", ("level.total", ">=", None, 0.75)),
        ("level.total≥60", ("level.total", ">=", 60.0, None)),
        ("rank.innovation <= 10", ("rank.innovation", "<=", 10.0, None)),
        ("growth.e-commerce > -1.5", ("growth.e-commerce", ">", -1.5, None)),
        ("level.innovation - level.e-commerce < 0", ("level.innovation - level.e-commerce", "<", 0.0, None)),
        ("indicator.rd_intensity >= .5", ("indicator.rd_intensity", ">=", 0.5, None)),
        ("rank.rd_intensity == 1", ("rank.rd_intensity", "==", 1.0, None)),
        ("rankchange.total = 2", ("rankchange.total", "==", 2.0, None)),
        ("robust-median <= 8", ("robust-median", "<=", 8.0, None)),
    ],
)  # fmt: skip
def test_conditions(sources, text, expected):
    found = condition(sources, text, TERMS, HERE)
    assert sources.problems == []
    assert found is not None
    assert (found.metric, found.comparison, found.value, found.quantile) == expected
    assert found.place == HERE


@pytest.mark.parametrize(
    "text",
    [
        "level.total", "level.total >=", ">= 3", "level.total >= high", "level.total >= 1,5",
        "level.total >= quantile 1.5", "level.totl >= 3", "level.rd_intensity >= 3",
        "level.total - level.total - level.total > 3", "__import__('os') > 3", "level.total >= ５",
    ],
)  # fmt: skip
def test_mistakes_are_told_where_they_stand(sources, text):
    assert condition(sources, text, TERMS, HERE) is None
    assert sources.problems
    assert all(problem.place == HERE for problem in sources.problems)


def test_both_halves_of_a_difference_are_checked(sources):
    assert metric(sources, "level.inovation - growth.ttal", TERMS, HERE) is None
    assert len(sources.problems) == 2
    assert "“level.innovation”" in sources.problems[0].remedy
