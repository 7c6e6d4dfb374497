"""What is said of all regions at once, amounts less a unit that the name has said, multiples as fine as they are known."""

from dataclasses import replace

import pytest

from report.assessment.results import Entry, Value
from tests.manuscript.conftest import LEVELS, registry, results, values


@pytest.fixture
def say(press):
    """Regions that drew together relatively and apart absolutely; indicators by person and by firm."""
    given = values()
    for at, (code, level) in enumerate(LEVELS.items()):
        given[f"level.total.{code}.2020"] = level * 0.8
        given[f"rank.total.{code}.2020"] = (1, 4, 3, 2, 5)[at]
        given[f"growth.total.{code}.2022"] = (4.0, 3.0, 9.0, 1.0, 7.0)[at]
        for dimension, start in (("infrastructure", 0.5), ("innovation", 1.5)):
            given[f"level.{dimension}.{code}.2020"] = level * start
    given |= {"dispersion.total.2020": 0.45}
    given |= {"dispersion.infrastructure.2020": 0.3, "dispersion.infrastructure.2022": 0.2}
    given |= {"dispersion.innovation.2020": 0.3, "dispersion.innovation.2022": 0.2}
    given |= {"indicator.tiny.110000.2022": 2.61, "indicator.tiny.320000.2022": 85.3}
    given |= {"indicator.tiny.420000.2022": 40.0}
    known = replace(
        registry(),
        indicators=(
            *registry().indicators,
            Entry("tiny", "小数", parent="innovation", decimals=1),
            Entry("roads", "每万人道路长度", parent="infrastructure", unit="公里/万人", decimals=1),
            Entry("users", "接入普及率", parent="infrastructure", unit="户/百人", decimals=1),
        ),
    )
    found = results(given, known)
    more = {
        f"indicator.{id_}.320000.{year}": Value(
            f"indicator.{id_}.320000.{year}", number, unit, "given"
        )
        for id_, unit in (("roads", "公里/万人"), ("users", "户/百人"))
        for year, number in ((2021, 10.0), (2022, 12.34))
    }
    press.results = replace(found, values={**found.values, **more})
    return lambda written: press.say("{{ " + written + " }}")


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("spread(since=base_year)", "收窄"),
        ("spread(since=base_year, absolute=true)", "扩大"),  # 80 − 20 against 64 − 16
        ('spread("innovation", since=base_year, absolute=true)', "收窄"),  # 64 against 90
        ("dimension_spreads(since=base_year)", "均收窄"),
        (
            "dimension_spreads(since=base_year, absolute=true)",
            "变化不一：基础设施建设扩大，技术创新能力收窄",
        ),
        ("rank_shift(since=base_year)", "0.6位"),  # 0, 2, 0, 1 and 0 places
        ('correlation("level.total", "growth.total")', "弱负相关，等级相关系数为−0.31"),
        ('n("indicator.roads", "江苏")', "12.3公里"),
        ('n("indicator.roads", "江苏", unit=false)', "12.3"),
        ('change("indicator.roads", "江苏")', "增加2.3公里"),
        ('leaders("indicator.roads", 1, values=true)', "江苏（12.3公里）"),
        ('n("indicator.users", "江苏")', "12.3户/百人"),  # its name does not say of whom
        ('regional_total("indicator.ports")', "300.0万个"),
        ('growth(regional_total("indicator.ports"), than=n("indicator.ports"))', "下降40.0%"),
        ('gap_ratio("indicator.tiny")', "33倍"),  # 32.7 exactly, 32.8 of 85.3 and 2.6
        ('gap_ratio("level.total")', "4.0倍"),
    ],
)
def test_what_is_said(say, written, printed):
    assert say(written) == printed


def test_a_correlation_goes_by_ranks_and_knows_ties(say, press):
    press.results = replace(
        press.results,
        values={
            **press.results.values,
            "level.total.110000.2022": Value("level.total.110000.2022", 9000.0, "分", "given"),
        },
    )
    assert say('correlation("level.total", "growth.total")').endswith(
        "−0.31"
    )  # as far ahead as it may be


def test_what_does_not_vary_goes_with_nothing(say, press):
    same = {
        key: replace(v, datum=5.0)
        for key, v in press.results.values.items()
        if key.startswith("growth.total")
    }
    press.results = replace(press.results, values={**press.results.values, **same})
    assert say('correlation("level.total", "growth.total")') == "无明显相关"


def test_overlapping_intervals_say_nothing_of_more_or_less(press):
    given = {**values(), "survey-low.use.yes.large": 60.0, "survey-high.use.yes.small": 61.0}
    press.results = results(given)
    assert (
        press.say('{{ survey_compare("use", "yes", "size") }}')
        == "各组在50.0%至80.0%之间，置信区间有重叠，不据此判断高低"
    )
