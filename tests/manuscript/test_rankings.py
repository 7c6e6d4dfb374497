"""Rankings, groups and zones: ties, short lists, five dimensions, twelve regions."""

import dataclasses

import pytest

from report.assessment.results import Entry
from report.document.model import Word
from report.edition.model import Aggregate, Indicator
from tests.manuscript.conftest import registry, results, values


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ('leaders("level.total", 2)', "北京和江苏"),
        ('leaders("level.total", 1)', "北京"),
        ('leaders("level.total", 3)', "北京、江苏、湖北和四川"),  # third place is shared
        ('leaders("level.total", 9)', "北京、江苏、湖北、四川和西藏"),
        ('laggards("level.total", 2)', "四川、湖北和西藏"),  # the place before the last is shared
        ('leaders("level.total", 1, values=true)', "北京（80.0分）"),
        ('leaders("indicator.ports", 1)', "北京和江苏"),
        ('leaders("level.total", 1, within=zone("西部"))', "四川"),
        ('leaders("level.total", 1, within=form("孕育起步"))', "湖北和四川"),
        ('highest("level.total")', "北京（80.0分）"),
        ('lowest("level.total")', "西藏（20.0分）"),
        ('gap("level.total")', "60.0分"),
        ('gap_ratio("level.total")', "4.0倍"),
        ('top_share("indicator.ports", 2)', "60.0%"),
        ('above("level.total")', "北京和江苏"),
        ('above("level.total").count', "2"),
        ('below("level.total").count', "3"),
        ('above("level.total", "level.total.江苏")', "北京"),
        ('above("level.total", "level.total.北京")', "无"),
        ('above("level.total", within=zone("西部"))', "无"),
        ('below("level.total", within=zone("西部"))', "四川和西藏"),
        ('rank("total", "湖北")', "第3位"),
        ('rank("level.innovation", "西藏")', "第5位"),
        ('rank("rank.total.江苏")', "第2位"),
        ('rank_change("江苏")', "上升2位"),
        ('rank_change("北京")', "位次不变"),
        ('rank_change("西藏")', "下降1位"),
        ("movers_up()", "江苏"),
        ("movers_down()", "四川和西藏"),
        ('zone_compare("level.total")', "东部最高，为75.0分，其后依次为中部（50.0分）和西部（35.0分），最高与最低相差40.0分"),
        ('zones_by("level.total")', "东部（75.0分）、中部（50.0分）和西部（35.0分）"),
        ('zones_by("level.total", values=false)', "东部、中部和西部"),
        ('best_dimension("北京")', "技术创新能力"),
        ('weakest_dimension("北京")', "基础设施建设"),
        ('dimension_order("index")', "技术创新（110.0）和基础设施（104.0）"),
        ('form("leading").regions', "北京和江苏"),
        ('form("leading").count', "2"),
        ('form("leading").regions.first', "北京"),
        ('zone("东部").regions.count', "2"),
        ("regions.count", "5"),
        ("count(regions)", "5"),
    ],
)  # fmt: skip
def test_what_is_printed(press, written, printed):
    assert press.say("{{ " + written + " }}") == printed


@pytest.mark.parametrize(
    ("levels", "printed"),
    [
        (
            (50.0, 50.0, 35.0),
            "东部和中部并列最高，均为50.0分，其后为西部（35.0分），二者相差15.0分",
        ),
        (
            (50.0, 35.01, 35.02),
            "东部最高，为50.0分，其后为中部与西部（均为35.0分），二者相差15.0分",
        ),
        ((50.0, 50.0, 50.0), "东部、中部和西部均为50.0分"),
    ],
)
def test_tied_zones(press, levels, printed):
    given = {
        f"level.total.{zone}.2022": v
        for zone, v in zip(("east", "central", "west"), levels, strict=True)
    }
    press.results = results({**values(), **given})
    said = press.say('{{ zone_compare("level.total") }}')
    assert said.replace("西部与中部", "中部与西部") == printed


def test_a_single_zone_and_a_single_region(press):
    known = dataclasses.replace(
        registry(), zones=(Entry("east", "东部"),), regions=registry().regions[:1]
    )
    press.results = results(values(), known)
    assert press.say('{{ zone_compare("level.total") }}') == "东部为75.0分"
    assert press.say('{{ leaders("level.total", 3) }}') == "北京"
    assert press.say('{{ gap("level.total") }}') == "0.0分"


def test_regions_without_a_value_are_left_out(press):
    given = {k: v for k, v in values().items() if k != "level.total.110000.2022"}
    press.results = results(given)
    assert press.say('{{ leaders("level.total", 1) }}') == "江苏"


def test_a_ranking_word_tells_its_reason(press):
    (word,) = press.inlines('{{ leaders("level.total", 1) }}')
    assert isinstance(word, Word)
    assert (word.kind, word.keys) == ("ranking", ("level.total.110000.2022",))
    assert word.condition == "top 1 level.total: level.total.110000.2022 (80.0分)"


def test_loops_over_things(press):
    text = (
        "{% for r in top('level.total', 2) %}{{ r.name }}{{ n('level.total', r) }}"
        "{% if not loop.last %}，{% endif %}{% endfor %}"
    )
    assert press.say(text) == "北京市80.0分，江苏省70.0分"
    assert press.say("{% if region('江苏') in above('level.total') %}在{% endif %}") == "在"
    assert press.say("{% if region('江苏').form.id == 'leading' %}是{% endif %}") == "是"


def test_negative_indicators_are_best_when_lowest(press):
    place = press.edition.dimensions[0].place
    indicator = Indicator(
        "ports", "接入端口", "infrastructure", "万个", "s", "", 1.0, "negative", 1.0,
        Aggregate("sum"), "omit", "", 1, place,
    )  # fmt: skip
    press.edition = dataclasses.replace(press.edition, indicators=(indicator,))
    given = {**values(), "indicator.ports.540000.2022": 10.0}
    press.results = results(given)
    assert press.say('{{ leaders("indicator.ports", 1) }}') == "西藏"


def test_a_helper_s_own_words_are_no_prose_of_the_template(press):
    inlines = press.inlines('甲{{ zone_compare("level.total") }}')
    assert [type(i).__name__ for i in inlines[:3]] == ["Text", "Word", "Word"]
    assert not [i for i in inlines[1:] if type(i).__name__ == "Text"]
    assert {i.kind for i in inlines if isinstance(i, Word)} == {"ranking", "phrase"}
