"""Numeric tokens in running Chinese text."""

import pytest

from report.ledger.tokens import Counting, digits, numbers, values

COUNTING = Counting(["统一", "十分", "一方面", "千行百业", "第三方"], ["地区", "维度"])


def texts(text, counting=COUNTING):
    return [token.text for token in numbers(text, counting)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("增长12.5%，减少1,234.5万元", ["12.5", "1,234.5"]),
        ("−3.2和+4", ["−3.2", "+4"]),
        ("2019-2022年", ["2019", "2022"]),
        ("图1-1", ["1", "1"]),
        ("１２．５％", ["12.5"]),
        ("百分之三十五点二", ["百分之三十五点二"]),
        ("三分之一", ["三分之一"]),
        ("第三、前五位、前三。", ["第三", "前五", "前三"]),
        ("三倍、两成、三点五倍", ["三", "两", "三点五"]),
        ("三十一个地区、四大行业、八省", ["三十一", "四", "八"]),
        ("三万亿元", ["三万亿"]),
        ("二〇二二年", ["二〇二二"]),
        ("过半、半数、一半、翻番、翻两番", ["过半", "半数", "一半", "翻番", "翻两番"]),
        ("一个地区、一种情况、两种情况", []),
        ("两个地区、两维度、仅一家、两万家", ["两", "两", "一", "两万"]),
        ("统一成为十分重要的一方面，千行百业", []),
        ("二十分", ["二十分"]),
        ("第三方", []),
        ("成果、现成、三成立、百分位", []),
        ("四川、三农、万物", []),
    ],
)
def test_what_counts_as_a_number(text, found):
    assert texts(text) == found


def test_positions_are_those_of_the_text():
    text = "约１２．５，前三位"
    assert [(t.start, t.text) for t in numbers(text, COUNTING)] == [(1, "12.5"), (6, "前三")]


def test_without_nouns_two_of_anything_is_a_number():
    assert texts("两种情况，一种情况", ()) == ["两"]


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("12.5", 12.5), ("−3", -3), ("1,234", 1234), ("前三", 3), ("第十一", 11), ("三", 30),
        ("两千零五", 2005), ("三万亿", 3e12), ("二〇二二", 2022), ("百分之三十五", 35),
        ("四分之三", 75), ("三点五", 3.5), ("过半", 50), ("翻番", 100), ("翻两番", 4),
    ],
)  # fmt: skip
def test_values_of_tokens(token, expected):
    assert any(value == pytest.approx(expected) for value in values(token))


def test_digits_are_canonical():
    assert digits("−１,234.5") == "-1234.5"
    assert digits("+3.0") == "3.0"
