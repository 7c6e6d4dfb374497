"""Conditions read for their direction, and the numbers they compare with."""

import pytest

from report.check.backing import condition_ways, literals, speaks_of_change


@pytest.mark.parametrize(
    ("condition", "ways"),
    [
        ("index.total.2022 (152.3) > index.total.2021 (131.0)", {"up"}),
        ("index.total.2022 (152.3) >= 100", {"up"}),
        ("a.2022 (1.0) < b.2022 (−2.0)", {"down"}),
        ("not (a.2022 (1.0) > b.2022 (2.0))", {"down"}),
        ("not a.2022 (1.0) > b.2022 (2.0)", {"down"}),
        ("not (a.2022 (1) > 0 and not (b.2022 (1) < 0))", {"down"}),
        ("not a.2022 (1) > 0 and b.2022 (2) > 1", {"down", "up"}),
        ("rank.total.320000.2022 (2位) <= 3", {"up"}),
        ("rankchange.total.320000.2022 (2位) > 0", {"up"}),
        ("robust-rank.320000 (2位) > 3", {"down"}),
        ("level.total.320000.2022 (70.0分) = max(level.total) (80.0分)", {"up"}),
        ("level.total.320000.2022 (70.0分) = min(level.total) (20.0分)", {"down"}),
        ("form.320000 (leading) = leading", {"any"}),
        ("rising(100.0 → 110.0 → 120.0)", {"up"}),
        ("not (rising(100.0 → 110.0))", {"down"}),
        ("falling(100.0 → 90.0)", {"down"}),
        ("has(index.total)", set()),
        ("100 < index.total.2022 (120.1) < 130", {"down"}),
        ("which level.innovation.* >= level.application.*", {"up"}),
    ],
)
def test_ways_of_conditions(condition, ways):
    assert condition_ways(condition) == ways


def test_numbers_that_a_condition_compares_with():
    assert literals("rank.total.320000.2022 (2位) <= 3") == {3.0}
    assert literals("index.total.2022 (152.3) > 100 and share(a,b) (52.1%) >= 50") == {100.0, 50.0}
    assert literals("index.total.2022 (152.3) > index.total.2021 (131.0)") == set()
    assert literals("level.x.2022 (10.0分) > level.y.2022 (5.0分) * 1.5") == {1.5}


def test_conditions_that_speak_of_change():
    assert speaks_of_change("index.total.2022 (152.3) > index.total.2021 (131.0)")
    assert speaks_of_change("change(a.2022,a.2021) (3.0%) > 0")
    assert speaks_of_change("rising(100.0 → 110.0)")
    assert not speaks_of_change("index.total.2022 (152.3) > index.other.2022 (131.0)")
    assert not speaks_of_change("a.2022 (1) > a.2021 (2) and b.2022 (1) > c.2022 (2)")


def test_a_passage_within_a_passage_stands_under_both_conditions(desk):
    text = "{% when 'index.total > 1' %}甲{% when 'index.total < 900' %}乙{% endwhen %}丙{% endwhen %}。"
    paragraph = next(b for b in desk.compose(text).blocks() if b.id == "p-01")
    outer, inner, after, _stop = paragraph.inlines
    assert [one.condition.count(" and ") for one in (outer, inner, after)] == [0, 1, 0]
    assert condition_ways(inner.condition) == {"up", "down"}
    assert inner.keys == outer.keys
