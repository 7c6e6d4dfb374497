import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.assessment.results import Entry, Registry, Results, Value
from report.document.derived import Undefined, UnknownKey, evaluate, parse
from report.document.format import (
    count,
    difference,
    mean_of,
    multiple,
    plain,
    quantity,
    ratio_change,
    share,
    sum_of,
)
from report.document.quantity import round_half_up

FIGURES = {
    "index.total.2021": (131.04, ""),
    "index.total.2022": (152.35, ""),
    "index.innovation.2022": (120.0, ""),
    "growth.total.110000.2022": (-3.25, "%"),
    "growth.total.mean.2022": (1.2, "%"),
    "level.total.110000.2022": (71.25, "分"),
    "level.total.120000.2022": (48.04, "分"),
    "rank.total.110000.2022": (1, "位"),
    "rank.total.120000.2022": (12, "位"),
    "indicator.sales.nation.2022": (303456.78, "亿元"),
    "indicator.sales.110000.2022": (8000.0, "亿元"),
    "indicator.ports.nation.2022": (107104.12, "万个"),
    "indicator.density.nation.2022": (423.456, "公里/万人"),
    "dispersion.total.2022": (0.41263, "none"),
    "weight.innovation": (0.25, ""),
    "zero.total": (0.0, "分"),
}


@pytest.fixture(scope="module")
def results() -> Results:
    registry = Registry(
        indicators=(
            Entry("sales", "电子商务销售额", decimals=1),
            Entry("ports", "端口", decimals=0),
            Entry("density", "密度", decimals=2),
        )
    )
    values = {k: Value(k, v, u, "given") for k, (v, u) in FIGURES.items()}
    values["form.110000"] = Value("form.110000", "leading", "", "given")
    return Results("t", 2022, 2019, (2021, 2022), registry, values)


@pytest.mark.parametrize(
    ("key", "options", "text"),
    [
        ("index.total.2022", {}, "152.4"),  # half up, where banker's rounding says 152.3 or .4
        ("level.total.110000.2022", {}, "71.3分"),
        ("level.total.110000.2022", {"unit": False}, "71.3"),
        ("growth.total.110000.2022", {}, "−3.3%"),
        ("growth.total.mean.2022", {"sign": True}, "+1.2%"),
        ("rank.total.120000.2022", {}, "12位"),
        ("indicator.sales.nation.2022", {}, "303456.8亿元"),
        ("indicator.sales.nation.2022", {"scale": "auto"}, "30.35万亿元"),
        ("indicator.sales.nation.2022", {"scale": "万亿", "decimals": 1}, "30.3万亿元"),
        ("indicator.sales.110000.2022", {"scale": "auto"}, "8000.0亿元"),
        ("indicator.ports.nation.2022", {}, "107104万个"),
        ("indicator.ports.nation.2022", {"scale": "auto"}, "10.7亿个"),
        ("indicator.density.nation.2022", {"scale": "auto"}, "423.46公里/万人"),
        ("dispersion.total.2022", {}, "0.413"),
        ("weight.innovation", {}, "0.25"),
        ("weight.innovation", {"scale": "%"}, "25.0%"),
        ("weight.innovation", {"scale": "%", "decimals": 0}, "25%"),
    ],
)
def test_values_print_by_family_unit_and_scale(results, key, options, text):
    printed = quantity(results, key, **options)
    assert printed.text == text
    assert printed.key == key
    assert printed.value == FIGURES[key][0]
    assert printed.parents == ()


def test_a_difference_is_the_difference_of_the_figures_shown(results):
    # 152.35 → 152.4, 131.04 → 131.0: shown 21.4, though the exact 21.31 rounds to 21.3
    printed = difference(results, "index.total.2022", "index.total.2021")
    assert printed.text == "21.4点"
    assert printed.value == pytest.approx(21.31)
    assert printed.key == "diff(index.total.2022,index.total.2021)"
    assert printed.parents == ("index.total.2022", "index.total.2021")


def test_differences_carry_the_unit_of_differences(results):
    growths = ("growth.total.110000.2022", "growth.total.mean.2022")
    assert difference(results, *growths).text == "−4.5个百分点"
    assert difference(results, *growths, absolute=True).text == "4.5个百分点"
    assert difference(results, *growths, absolute=True).key.startswith("abs(diff(")
    levels = ("level.total.110000.2022", "level.total.120000.2022")
    assert difference(results, *levels, sign=True).text == "+23.3分"
    ranks = ("rank.total.120000.2022", "rank.total.110000.2022")
    assert difference(results, *ranks).text == "11位"
    with pytest.raises(Undefined, match="units do not match"):
        difference(results, "level.total.110000.2022", "growth.total.mean.2022")


def test_growth_share_multiple_sum_mean_count(results):
    a, b = "index.total.2022", "index.total.2021"
    assert ratio_change(results, a, b).text == "16.3%"  # 152.35 / 131.04 = 1.16262
    assert multiple(results, a, b, decimals=2).text == "1.16倍"
    north, all_ = "indicator.sales.110000.2022", "indicator.sales.nation.2022"
    assert share(results, north, all_, decimals=2).text == "2.64%"  # 8000 / 303456.78
    total = sum_of(results, [a, b])
    assert (total.text, total.value) == ("283.4", pytest.approx(283.39))
    assert mean_of(results, [a, b]).text == "141.7"
    levels = ["level.total.110000.2022", "level.total.120000.2022"]
    assert count(results, levels).text == "2个"
    above = count(results, levels, ">", 50)
    assert (above.text, above.value) == ("1个", 1)
    assert above.key == f"count(>,50,{levels[0]},{levels[1]})"
    assert evaluate(results, above.key) == 1
    assert count(results, [], unit=False).text == "0"


def test_a_derived_key_prints_and_evaluates_like_any_other(results):
    key = "share(diff(index.total.2022,index.total.2021),index.total.2021)"
    with pytest.raises(Undefined):  # 点 are not index values
        quantity(results, key)
    key = "ratio(sum(level.total.110000.2022,level.total.120000.2022),level.total.120000.2022)"
    assert evaluate(results, key) == pytest.approx((71.25 + 48.04) / 48.04)
    assert tuple(parse(key).leaves()) == ("level.total.110000.2022", "level.total.120000.2022")


def test_an_unknown_key_names_its_neighbours(results):
    with pytest.raises(UnknownKey) as caught:
        quantity(results, "index.totl.2022")
    assert caught.value.nearest[0] == "index.total.2022"
    with pytest.raises(UnknownKey) as caught:
        quantity(results, "indx.total.2022")
    assert "index.total.2022" in caught.value.nearest
    with pytest.raises(UnknownKey) as caught:
        difference(results, "index.total.2022", "index.total.2020")
    assert caught.value.key == "index.total.2020"
    assert "index.total.2021" in caught.value.nearest


def test_what_has_no_value_says_so(results):
    with pytest.raises(Undefined, match="division by zero"):
        ratio_change(results, "level.total.110000.2022", "zero.total")
    with pytest.raises(Undefined, match="takes 2 operands"):
        quantity(results, "diff(index.total.2022)")
    with pytest.raises(Undefined, match=r"nearest is ratio"):
        quantity(results, "rato(index.total.2022,index.total.2021)")
    with pytest.raises(Undefined, match="unknown scale"):
        quantity(results, "indicator.sales.nation.2022", scale="千")
    with pytest.raises(TypeError):
        quantity(results, "form.110000")


def test_nought_has_no_sign():
    assert plain(-0.04) == "0.0"
    assert plain(-0.05) == "−0.1"
    assert plain(0.0, sign=True) == "0.0"
    assert plain(2.5, 0) == "3"


numbers = st.floats(-1e7, 1e7, allow_nan=False)


@given(numbers, numbers, st.integers(0, 4))
def test_shown_differences_always_agree_with_shown_figures(a, b, decimals):
    values = {
        "level.total.a.2022": Value("level.total.a.2022", a, "分", "given"),
        "level.total.b.2022": Value("level.total.b.2022", b, "分", "given"),
    }
    results = Results("t", 2022, 2019, (2022,), Registry(), values)
    first, second = (quantity(results, key, decimals=decimals) for key in values)
    delta = difference(results, *values, decimals=decimals, sign=True, unit=False)
    exact = round_half_up(a, decimals) - round_half_up(b, decimals)
    assert Decimal(delta.text.replace("−", "-")) == exact
    assert math.isclose(delta.shown, first.shown - second.shown, abs_tol=1e-7)
    assert abs(delta.value - delta.shown) <= 10.0**-decimals + 1e-6


@given(st.floats(0.01, 1e9), st.sampled_from(["元", "万元", "亿元", "个", "亿GB"]))
def test_auto_scaling_keeps_one_to_four_digits_or_the_largest_unit(value, unit):
    key = "indicator.x.nation.2022"
    results = Results("t", 2022, 2019, (2022,), Registry(), {key: Value(key, value, unit, "given")})
    printed = quantity(results, key, scale="auto")
    assert printed.shown == pytest.approx(value * printed.scale, rel=1e-9, abs=0.051)
    base = value * {"万元": 1e4, "亿元": 1e8, "亿GB": 1e8}.get(unit, 1)
    if 1e4 <= base < 1e15:
        assert 0.99 <= printed.shown <= 1e4
