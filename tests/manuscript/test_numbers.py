"""Numbers, changes and words as they are printed, with the keys behind them."""

import pytest

from report.document.model import Number, Word
from tests.manuscript.conftest import registry, results, values


def test_a_number_carries_its_key_unit_and_place(press):
    number, text = press.inlines('{{ n("level.total.江苏") }}。')
    assert isinstance(number, Number)
    assert (number.quantity.key, number.quantity.text) == ("level.total.320000.2022", "70.0分")
    assert (number.origin.line, text.text) == (3, "。")


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ('n("index.total")', "120.1"),
        ('n("index.total", year=base_year)', "100.0"),
        ('n("index.total", year=2021)', "110.0"),
        ('n("indicator.ports")', "500.0万个"),
        ('n("indicator.ports.全国", unit=false, decimals=0)', "500"),
        ('n("indicator.ports", scale="亿")', "0.1亿个"),
        ('n("index.total", decimals=2, sign=true)', "+120.06"),
        ('n("level.total", "西藏")', "20.0分"),
        ('n("level.total", region("西藏自治区"))', "20.0分"),
        ('change("index.total")', "提高10.1点"),  # 120.1 − 110.0, as printed
        ('change("index.total", since=base_year)', "提高20.1点"),
        ('change("index.infrastructure")', "下降1.0点"),
        ('change("index.innovation")', "持平"),  # 110.04 → 110.01: both print 110.0
        ('change("index.innovation", even="基本不变")', "基本不变"),
        ('change("indicator.ports")', "增加100.0万个"),
        ('change("index.infrastructure", down="回落")', "回落1.0点"),
        ('change("dispersion.total")', "下降0.020"),
        ('growth("indicator.ports")', "增长25.0%"),
        ('growth("index.infrastructure")', "下降1.0%"),
        ('growth("index.innovation")', "持平"),
        ('difference("level.total.江苏", "level.total.西藏")', "50.0分"),
        ('difference("level.total.西藏", "level.total.江苏", sign=true)', "−50.0分"),
        ('ratio("level.total.江苏", "level.total.西藏")', "3.5倍"),
        ('share("indicator.ports.江苏", "indicator.ports")', "30.0%"),
        ('total_of("count.leading", "count.emerging", unit=false)', "5"),
        ('mean_of("level.total.江苏", "level.total.西藏")', "45.0分"),
        ('compare("level.total.江苏", "level.total.mean")', "高于全国平均水平16.0分"),
        ('compare("level.total.西藏", "level.total.江苏")', "低于江苏50.0分"),
        ('compare("level.total.湖北", "level.total.四川")', "与四川持平"),
        ('compare("level.total.湖北", "level.total.mean", than="平均线")', "低于平均线4.0分"),
        ('word("index.total")', "稳步提升"),  # +9.1 %
        ('word("index.infrastructure")', "有所回落"),
        ('word("index.total", since=base_year)', "大幅提升"),
        ('word("level.total.east", scale="level-gap", than="level.total.west")', "明显领先"),
        ("dimension_words()", "各维度均有所回落"),
        ('direction("index.total")', "上升"),
        ('direction("index.innovation")', "持平"),
        ('trend("index.total")', "持续上升"),
        ('streak("index.total")', "连续2年上升"),
        ("spread()", "收窄"),
        ('correlation("level.total", "level.infrastructure")', "高度正相关，等级相关系数为1.00"),
        ('survey("use", "yes")', "60.0%"),
        ('survey("应用情况", "用", "大型企业")', "80.0%"),
        ('survey("use", "yes", ci=true)', "60.0%（95%置信区间56.0%～64.0%）"),
        ('top_options("use", 1)', "“用”（60.0%）"),
        ('top_options("use", 1, group="small")', "“用”（50.0%）和“不用”（50.0%）"),
        ('survey_groups("use", "yes", "size")', "大型企业（80.0%）和小微企业（50.0%）"),
        ('survey_compare("use", "yes", "size")', "大型企业最高（80.0%），小微企业最低（50.0%），差异明显"),
        ('top_options("use", none, without="no")', "“用”（60.0%）"),
        ("respondents()", "200"),
        ("count(dimensions)", "2"),
        ("names(dimensions)", "基础设施建设和技术创新能力"),
        ("span", "2020—2022"),
        ("edition.title", "测算报告（2023年）"),
        ("edition.authors", "甲、乙"),
        ('literal("百分之百", "成语")', "百分之百"),
        ('dimension("技术创新能力").definition', "定义。"),
        ('region("江苏").zone', "东部"),
        ('region("江苏").form', "示范引领"),
        ('editorial("cases")[0].title', "案例甲"),
    ],
)  # fmt: skip
def test_what_is_printed(press, written, printed):
    assert press.say("{{ " + written + " }}") == printed


def test_a_change_carries_its_keys_and_reason(press):
    verb, number = press.inlines('{{ change("index.total") }}')
    assert isinstance(verb, Word)
    assert verb.keys == ("index.total.2022", "index.total.2021")
    assert verb.condition == "index.total.2022 (120.1) > index.total.2021 (110.0)"
    assert number.quantity.key == "abs(diff(index.total.2022,index.total.2021))"


@pytest.mark.parametrize(
    ("series", "words"),
    [
        ((100, 110, 120, 130), "持续上升"),
        ((100, 110, 110, 130), "稳中有升"),
        ((130, 120, 110, 100), "持续下降"),
        ((130, 120, 120, 100), "稳中有降"),
        ((100, 120, 110, 105), "先升后降"),
        ((100, 90, 95, 99), "先降后升"),
        ((100, 120, 110, 130), "波动上升"),
        ((100, 80, 90, 70), "波动下降"),
        ((100, 80, 110, 100), "有所波动"),
        ((100, 100.01, 100.02, 100), "保持平稳"),
    ],
)
def test_trends_are_true_by_the_printed_numbers(press, series, words):
    given = {f"index.total.{2019 + n}": float(v) for n, v in enumerate(series)}
    press.results = results({**values(), **given})
    assert press.say('{{ trend("index.total", since=2019) }}') == words


def test_dimensions_that_went_otherwise_are_said_apart(press):
    press.results = results({**values(), "index.infrastructure.2022": 130.0})
    assert press.say("{{ dimension_words() }}") == "基础设施建设大幅提升，技术创新能力有所回落"


def test_numbers_compare_as_they_are_printed(press):
    text = '{% if n("index.innovation") == n("index.innovation", year=prev_year) %}同{% else %}异{% endif %}'
    assert press.say(text) == "同"


def test_a_fact_is_footnoted_in_full_first_and_briefly_then(press):
    press('{{ fact("f1") }}。{{ fact("f1") }}。{{ fact("f1", note=false) }}。')
    document = press.document()
    first, _stop, second = document.sections[0].blocks[1].inlines[1:4]
    assert first.inlines[0].text == "《公开报告》，2021年11月21日。"
    assert (first.number, second.text) == (1, "指数为146.6")
    notes = [i for i in document.sections[0].blocks[1].inlines if type(i).__name__ == "Footnote"]
    assert [n.inlines[0].text for n in notes] == [
        "《公开报告》，2021年11月21日。",
        "同前引：《公开报告》。",
    ]
    assert document.facts == {"f1": "《公开报告》，2021年11月21日。"}


def test_a_note_may_hold_years_and_references(press):
    _text, note = press.inlines('甲{{ note("{year}年起，见" ~ ref("p")) }}')
    assert [getattr(i, "text", "") for i in note.inlines] == ["2022", "年起，见", "第一部分"]


def test_percentages_change_by_points(press):
    given = {**values(), "growth.total.mean.2021": 5.0, "growth.total.mean.2022": 7.5}
    press.results = results(given, registry())
    assert press.say('{{ change("growth.total.mean") }}') == "提高2.5个百分点"
    assert (
        press.problem('{{ growth("growth.total.mean") }}').remedy
        == "use change(…) instead of growth(…)"
    )
