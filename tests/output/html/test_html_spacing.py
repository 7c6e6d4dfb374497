"""Spacing of Chinese text in the print page: which marks are halved, where gaps and breaks go."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from report.output.html.markup import el
from report.output.html.spacing import gaps, halved, is_han, kept, quote_breaks, space


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("计算）。其中", {2}),  # closing before stop: the first loses its blank
        ("提出，“新型", {2}),  # stop before opening
        ("（“新型", {1}),  # two openings: the second
        ("《计划》（年）", {3}),
        ("有）”，说", {1, 2}),
        ("平常，没有", set()),
        ("3,000.5", set()),
    ],
)
def test_marks_next_to_marks_are_halved(text, expected):
    assert halved(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共31个", {1, 3}),
        ("达4.82%，每", {1}),  # none before a full-width mark
        ("R&D经费", {3}),
        ("“5G+工业", {4}),
        ("（2021年）", {5}),
        ("汉字", set()),
    ],
)
def test_gaps_stand_between_han_and_latin(text, expected):
    assert gaps(text) == expected


def test_lines_may_break_at_quotation_marks_but_not_within_kinsoku():
    assert quote_breaks("提出的“新型”等") == {3, 7}
    assert quote_breaks("（“新型”）。") == set()
    assert quote_breaks("don’t") == set()


def test_number_spans_take_the_gap_themselves():
    p = el("p", "指数为", el("span", "183.2", class_="n", data_key="k"), "点")
    space(p)
    assert etree.tostring(p, encoding="unicode") == (
        '<p>指数为<span class="n gl gr" data-key="k">183.2</span>点</p>'
    )


def test_ranges_of_figures_stay_on_one_line():
    p = el("p", "（2019—2022年）")
    space(p)
    assert p[0].text == "2019—2022"
    assert p[0].get("class") == "gr k"


def test_footnotes_are_runs_of_their_own():
    p = el("p", "指数", el("span", "2022年。", class_="fn"), "）。")
    space(p)
    assert p[0].get("class") == "fn"
    assert p[0][0].get("class") == "gr"
    assert p[1].get("class") == "h"


ALPHABET = st.text(alphabet="汉字指数（）《》“”‘’，。；：、—…0123456789.%aB -+", max_size=30)


@given(st.lists(st.tuples(st.sampled_from(["span", "strong", "a", "fn", "text", "br"]), ALPHABET)))
def test_spacing_never_changes_the_text(parts):
    p = el("p")
    for kind, text in parts:
        if kind == "text":
            p.append(el("span", text))
            p[-1].tail = text
        else:
            p.append(el("span", text, class_="fn") if kind == "fn" else el(kind, text))
    before = "".join(p.itertext())
    space(p)
    assert "".join(p.itertext()) == before


def test_han_includes_extensions_and_kana():
    assert all(map(is_han, "汉〇𠀀カ"))
    assert not any(map(is_han, "a1，—"))


def test_the_last_word_of_a_long_paragraph_stays_together():
    text = "全国总指数比上年提高，" * 4 + "持续上升。"
    assert kept(text) == [(len(text) - 3, len(text))]
    assert kept("持续上升。") == []
    p = el("p", text)
    space(p)
    assert p[-1].get("class") == "k"
    assert p[-1].text == "上升。"
    assert "".join(p.itertext()) == text


def test_names_in_a_list_of_names_stay_whole():
    assert kept("广东、内蒙古、黑龙江、上海") == [(0, 3), (3, 7), (7, 11), (11, 13)]
    assert kept("广东、北京") == []  # too short to break


def test_a_unit_in_brackets_is_not_broken():
    assert kept("电子商务销售额（亿元）") == [(7, 11)]
    assert kept("（亿元）") == []
