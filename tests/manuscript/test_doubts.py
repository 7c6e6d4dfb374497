"""Doubtful figures used as published, what a level would be without them, and shares of the largest regions."""

import dataclasses
from pathlib import Path

import pytest

from report.assessment import assess
from report.assessment.results import Value
from report.document.model import Word
from report.edition import load_edition
from report.errors import ReportError
from tests.manuscript.conftest import results

KEY = "indicator.ports.320000.2022"


@pytest.fixture
def press_with_doubts(press):
    """江苏's ports of 2022 are doubtful; scores and weights are there, and shares of two years."""
    made = results()
    given = {
        **made.values,
        KEY: dataclasses.replace(made[KEY], flags=frozenset({"doubtful"})),
        **{
            key: Value(key, number, unit, "given")
            for key, number, unit in (
                ("score.ports.320000.2022", 90.0, "分"),
                ("score.ports.320000.2021", 50.0, "分"),
                ("weight.infrastructure", 0.5, "none"),
                ("weight.ports", 0.5, "none"),
                ("indicator.ports.320000.2021", 100.0, "万个"),
                ("indicator.ports.420000.2021", 140.0, "万个"),
            )
        },
    }
    press.results = dataclasses.replace(made, values=given)
    return press


def test_doubtful_figures_and_their_series(press_with_doubts):
    say = press_with_doubts.say
    assert say("{{ doubtful() }}") == "江苏"
    assert say('{{ doubtful("infrastructure") }}、{{ doubtful("ports") }}') == "江苏、江苏"
    assert say('{{ doubtful("innovation") }}') == "无"
    assert say("{{ doubtful(year=prev_year) }}") == "无"
    assert say('{{ doubtful(within=zone("西部")) }}') == "无"
    text = '{% for r in doubtful(within=zone("东部")) %}{{ r }}{% endfor %}'
    assert say(text) == "江苏"


def test_the_group_knows_which_figures_are_doubtful(press_with_doubts):
    (word,) = (i for i in press_with_doubts.inlines("{{ doubtful() }}") if isinstance(i, Word))
    assert word.keys == (KEY,)
    assert KEY in word.condition


def test_series_are_named_once(press_with_doubts, shipped_edition):
    """The name is that of the series, not of the indicators made from it."""
    edition, assessed = shipped_edition
    doubted = [i.series for i in edition.indicators for t in i.treatments if t.action == "keep"]
    assert len(doubted) > len(set(doubted))
    press_with_doubts.edition, press_with_doubts.results = edition, assessed
    assert press_with_doubts.say('{{ names(doubts("重庆")) }}') == "电子商务销售额"
    assert press_with_doubts.say('{{ names(doubts("广东")) }}') == "无"


def test_an_unknown_dimension_is_a_problem(press_with_doubts):
    with pytest.raises(ReportError):
        press_with_doubts.say('{{ doubtful("infra") }}')


def test_the_level_without_doubtful_scores(press_with_doubts):
    """70.0 − (90 − 50) × 0.5 × 0.5 = 60.0."""
    say = press_with_doubts.say
    for limit, expected in (("59.9", "不低"), ("60.1", "低")):
        text = f'{{% when without_doubts("江苏") ~ " < {limit}" %}}低{{% otherwise %}}不低{{% endwhen %}}'
        assert say(text) == expected
    assert say('{% if without_doubts("北京") %}有{% else %}无{% endif %}') == "无"


def test_no_such_level_for_other_ways_of_adding_up_or_without_a_year_before(press_with_doubts):
    press = press_with_doubts
    text = '{% if without_doubts("江苏") %}有{% else %}无{% endif %}'
    method = dataclasses.replace(press.edition.method, aggregate="geometric")
    arithmetic = press.edition
    press.edition = dataclasses.replace(arithmetic, method=method)
    assert press.say(text) == "无"
    press.edition = arithmetic
    assert press.say(text) == "有"
    left = {k: v for k, v in press.results.values.items() if k != "score.ports.320000.2021"}
    press.results = dataclasses.replace(press.results, values=left)
    assert press.say(text) == "无"


def test_the_share_of_the_largest_regions(press_with_doubts):
    """The largest two: 150 + 150 of 500 in 2022, 140 + 100 of 400 in 2021; the largest one: 30 %, 35 %."""
    say = press_with_doubts.say
    assert say('{{ top_share_change("indicator.ports", 2) }}') == "持平"
    assert say('{{ top_share_change("indicator.ports", 1) }}') == "下降5.0个百分点"
    assert say('{{ top_share_change("indicator.ports", 1, down="回落") }}') == "回落5.0个百分点"
    assert say('{{ top_share_direction("indicator.ports", 2, even="未变") }}') == "未变"
    assert say('{{ top_share_direction("indicator.ports", 1, up="集中", down="分散") }}') == "分散"


@pytest.fixture(scope="module")
def shipped_edition():
    edition = load_edition(Path(__file__).parents[2] / "data/2023")
    return edition, assess(edition)


def test_defects_are_told_once_a_region(press_with_doubts, shipped_edition):
    """Two indicators with the same figures, year and reason make one sentence, the reason told once."""
    press_with_doubts.edition, press_with_doubts.results = shipped_edition
    told = press_with_doubts.say('{{ defects("ecosystem") }}')
    assert told.count("内蒙古") == told.count("与前后两年的公布数相差悬殊") == 1
    assert "内蒙古的软件业务收入以及信息技术服务收入与地区生产总值之比公布数异常" in told
    assert told.count("按相邻年份插补") == 1
    assert (
        press_with_doubts.say('{{ defects("broadband_ports") }}')
        == "各项指标数据完整，没有缺失或异常。"
    )
