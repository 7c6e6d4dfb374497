from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report.document.derived import evaluate
from report.document.model import FactUse
from report.document.text import run_text
from report.errors import TemplateError
from report.exhibits import NoData, table
from report.exhibits.tables import BUILDERS
from report.exhibits.tables.defects import spans
from tests.exhibits.tables.made import small, small_edition
from tests.exhibits.tables.reading import body, grid, notes, numbers, show

PARAMS = {
    "indicator-matrix": {"of": "d1"},
    "indicator-values": {"of": "d1-a"},
    "path-table": {"path": "pull"},
    "survey-table": {"question": "cloud"},
}


@pytest.fixture(scope="module")
def results():
    return small()


@pytest.fixture(scope="module")
def edition(results):
    return small_edition(results)


def make(kind, results, **params):
    return table(kind, f"tbl-{kind}", results, **{**PARAMS.get(kind, {}), **params})


SHAPES = {
    "small": {},
    "five-dimensions-twelve-regions": {"regions": 12, "dimensions": 5},
    "no-survey": {"survey": False},
    "one-region-two-years": {"regions": 1, "years": (2021, 2022)},
    "results-only": {"regions": 0, "indicators": False, "survey": False, "given": True},
}
NEEDS = {
    "results-only": {
        "contribution-table",
        "facts-list",
        "form-features",
        "national-index",
        "previous-comparison",
        "scenario-table",
    },
}


@pytest.mark.parametrize("kind", sorted(BUILDERS))
@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_every_table_fits_every_shape_of_edition(kind, shape):
    results = small(**SHAPES[shape])
    previous = small(years=(2019, 2020, 2021), edition="last")
    with_edition = small_edition(results)
    reasons = []
    for edition in (None, with_edition):
        try:
            made = make(kind, results, edition=edition, previous=previous)
        except NoData as lacking:
            reasons.append(lacking.reason)
            assert edition is None or shape != "small" or kind == "rank-change"
            continue
        if shape == "results-only":
            assert kind in NEEDS[shape]
        assert made.id == f"tbl-{kind}"
        rows = grid(made)  # spans fit
        assert len(rows) == len(made.head) + len(made.body)
        assert all(cell.header for row in made.head for cell in row)
        text = show(made)
        assert "None" not in text
        assert "nan" not in text
        for quantity in numbers(made):
            assert quantity.key
            if ":" not in quantity.key:
                assert evaluate(results, quantity.key) == pytest.approx(quantity.value)
    assert all(reasons)


def test_previous_comparison_keeps_the_two_editions_apart(results):
    last = small(years=(2019, 2020, 2021), edition="last")
    values = dict(last.values)
    values["index.total.2021"] = values["index.total.2020"]  # 110.25, now 120.5
    made = make("previous-comparison", results, previous=type(last)(**_fields(last, values=values)))
    assert body(made)[0] == ["总指数", "110.3", "120.5", "+10.2"]
    keys = [q.key for q in numbers(made)[:3]]
    assert keys == [
        "last:index.total.2021",
        "index.total.2021",
        "diff(index.total.2021,last:index.total.2021)",
    ]
    rebased = small(years=(2020, 2021), edition="last")
    assert grid(make("previous-comparison", results, previous=rebased))[0][-1] == "本年度版"


def _fields(results, **changes):
    names = ("edition", "assessment_year", "base_year", "years", "registry", "values")
    return {name: changes.get(name, getattr(results, name)) for name in names}


def test_national_index_closes_with_growth_as_shown(results):
    made = make("national-index", results)
    assert grid(made)[0] == ["年份", "总指数", "维1", "维2"]
    # 110.25 → 110.3 and 130.75 → 130.8, so the rise shown is 30.8; 130.75/120.5 = 1.0851
    assert body(made)[1] == ["2020年", "110.3", "111.3", "112.3"]
    assert body(made)[-2][:2] == ["比上年增长（%）", "8.5"]
    assert body(made)[-1][:2] == ["比基期提高（点）", "30.8"]


def test_the_indicator_system_merges_dimensions_and_states_weights(results, edition):
    made = make("indicator-system", results, edition=edition)
    assert made.body[0][0].rowspan == 2
    assert body(made)[1] == ["维度1（50%）", "维度1指标b", "件/万人", "45.0", "逆向", "统计年鉴"]


def test_weights_say_one_hundred(results):
    assert body(make("weights", results))[0] == ["维度1（50%）", "维度1指标a", "55.0", "27.5"]
    for dimensions in (2, 3, 5, 7):
        made = make("weights", small(dimensions=dimensions))
        shown = sum(Decimal(row[-1]) for row in body(made)[:-1])
        assert body(made)[-1][-1].rstrip("0").rstrip(".") == "100"
        assert (shown == 100) == ("四舍五入" not in notes(made))


def test_the_ranking_lists_every_region_once_and_in_halves(results):
    rows = body(make("level-ranking", results))
    assert rows[0] == ["1", "地4", "43.0", "+1.0", "0", "4.0"]
    assert rows[-1] == ["4", "地1", "13.0", "+1.0", "−1", "1.0"]
    odd = small(regions=5)
    made = make("level-ranking", odd, halves=True, of="d1")
    rows = body(made)
    assert len(rows) == 3
    assert rows[0][7] == "地2"
    assert rows[2][6:] == [""] * 6
    assert len(body(make("level-ranking", odd, top=2))) == 2


def test_rank_change_lists_only_movers(results):
    assert [row[:4] for row in body(make("rank-change", results))] == [
        ["地2", "4", "3", "+1"],
        ["地1", "3", "4", "−1"],
    ]
    with pytest.raises(NoData, match="相同"):
        make("rank-change", small(regions=1))


def test_rank_change_says_when_movers_are_left_out(results):
    moved = {
        key: replace(value, datum=float(place))
        for place, (key, value) in enumerate(results.values.items())
        if key.startswith("rankchange.total.r")
    }
    movers = replace(results, values={**results.values, **moved})
    every = len(body(make("rank-change", movers)))
    assert every == 4
    assert "位次未变的地区不列" in notes(make("rank-change", movers))
    few = make("rank-change", movers, top=1)
    assert len(body(few)) == 2
    assert "只列变动较大的地区" in notes(few)
    assert "位次未变的地区不列" in notes(make("rank-change", movers, top=2))


def test_the_matrix_turns_the_page_only_when_wide(results):
    assert not make("level-matrix", results).landscape
    wide = make("level-matrix", small(dimensions=5))
    assert wide.landscape
    assert grid(wide)[1][1:3] == ["得分", "位次"]
    by_rank = body(make("level-matrix", results, order="rank"))
    assert by_rank[0][0] == "地4"


def test_missing_and_treated_values_are_told(results):
    made = make("indicator-values", results, of="d1-b")
    assert body(made)[0] == ["地1", "—", "—", "—", "—", "4"]
    assert "“—”表示没有数据" in notes(made)
    made = make("indicator-values", results)
    assert body(made)[0] == ["地1", "5.00", "6.00", "7.00", "8.00*", "4"]
    assert "* 当年未公布，沿用相邻年份数据" in notes(made)
    made = make("indicator-matrix", results)
    assert body(made)[0] == ["地1", "8.00*", "—"]
    assert body(made)[-1][0] == "全国"
    assert "* 当年未公布，沿用相邻年份数据" in notes(made)


def test_shares_change_by_points_and_the_nation_has_one_mark(results):
    values = dict(results.values)
    for year, share in ((2021, 12.24), (2022, 11.0)):
        key = f"indicator.d1-b.nation.{year}"
        value = type(values[key])(key, share, "%", "made", flags=frozenset({"omitted", "carried"}))
        values[key] = value
    indicators = [
        type(i)(i.id, i.name, "", i.parent, "%" if i.id == "d1-b" else i.unit, "年鉴", 1)
        for i in results.registry.indicators
    ]
    registry = replace(results.registry, indicators=tuple(indicators))
    changed = replace(results, values=values, registry=registry)
    made = make("indicator-index", changed, of="d1")
    assert body(made)[0][-1] == "+0.1%"  # 1003 / 1002
    assert body(made)[1][-3:] == ["11.0※", "130.0", "−1.2个百分点"]
    assert "※ 部分或全部地区数据缺失或异常" in notes(made)


def test_data_notes_name_defects_and_treatments(results, edition):
    rows = body(make("data-notes", results, edition=edition))
    assert rows[0] == ["维度1指标a", "2022年", "全部地区", "未公布", "沿用相邻年份数据"]
    assert rows[1][1:4] == ["2019—2022年", "地1", "未公布"]
    assert rows[2] == ["维度2指标a", "2021年", "地2", "公布数异常", "按公布数使用。较常年高出数倍"]


def test_years_are_shortened_only_in_runs():
    assert spans([2022, 2018, 2020, 2021]) == "2018年、2020—2022年"
    assert spans([2021, 2022]) == "2021年、2022年"
    assert spans([]) == ""


def test_criteria_are_said_in_words(results, edition):
    rows = body(make("form-membership", results, edition=edition))
    assert [row[1] for row in rows] == [
        "总体水平得分不低于各地区的75%分位数",
        "总体水平得分年均增速高于2%",
        "总体位次居前3位",
        "其余地区",
    ]
    values = dict(results.values)
    value = values["level.total.r3.2022"]
    values["threshold.form.leading.1"] = type(value)("threshold.form.leading.1", 38.46, "分", "q")
    values["quantile.form.leading.1"] = type(value)("quantile.form.leading.1", 0.75, "", "input")
    traced = type(results)(**_fields(results, values=values))
    made = make("form-membership", traced, edition=edition)
    assert body(made)[0][1] == "总体水平得分不低于各地区的75%分位数（38.5分）"
    assert "threshold.form.leading.1" in [q.key for q in numbers(made)]
    rows = body(make("path-criteria", results, edition=edition))
    assert rows[0][1:] == [
        "维度1水平得分与维度2水平得分之差不低于各地区的50%分位数；\n维度1指标a高于1",
        "2",
        "地4",
    ]


def test_path_table_shows_what_its_criteria_look_at(results, edition):
    made = make("path-table", results, edition=edition)
    assert grid(made)[0][3:] == [
        "维1（分）",
        "维2（分）",
        "维度1指标a（亿元）",
        "维1减维2（分）",
        "总体（分）",
    ]
    assert body(made)[0][3:] == ["44.0", "45.0", "23.00*", "−1.0", "43.0"]
    assert len(body(make("path-table", results, edition=edition, members="representatives"))) == 1


def test_survey_tables_carry_limits_groups_and_the_word_simulated(results, edition):
    made = make("survey-table", results)
    assert body(made)[0] == ["是", "33.3", "30.0", "36.6"]
    assert "模拟数据" in made.source
    assert "多选" not in notes(made)
    assert "多选" in notes(make("survey-table", results, edition=edition))
    by = make("survey-table", results, by="size")
    assert grid(by)[0] == ["选项", "全部企业", "小型", "大型"]
    assert body(by)[-1] == ["有效样本（份）", "300", "200", "100"]
    profile = body(make("survey-profile", results, edition=edition))
    assert profile == [
        ["企业规模", "小型", "200", "66.7"],
        ["企业规模", "大型", "100", "33.3"],
        ["合计", "合计", "300", "100.0"],
    ]
    with pytest.raises(TemplateError, match="colour"):
        make("survey-table", results, by="colour")


def test_shares_that_miss_one_hundred_say_why(results):
    values = dict(results.values)
    for option, share in (("yes", 33.35), ("no", 66.65)):
        key = f"survey.cloud.{option}"
        values[key] = type(values[key])(key, share, "%", "made")
    odd = type(results)(**_fields(results, values=values))
    assert "四舍五入" in notes(make("survey-table", odd))  # 33.4 + 66.7 = 100.1


def test_facts_and_scenarios_come_from_the_edition(results, edition):
    made = make("facts-list", results, edition=edition)
    assert isinstance(made.body[0][1].inlines[0], FactUse)
    assert body(made)[0] == ["1", "2020年指数为146.6", "某报告", "2021-11-21"]
    made = make("scenario-table", results, edition=edition)
    assert body(made) == [["平稳情景", "130.8", "141.0", "151.5"]]
    assert "不是预测" in notes(made)
    assert "增速为近年的八成" in notes(made)


def test_definitions_say_how_an_indicator_is_made(results, edition):
    rows = body(make("indicator-definitions", results, edition=edition, of="d1"))
    assert rows[0][:4] == ["维度1指标a", "地区生产总值", "各地区合计", "沿用上年"]
    assert rows[1][1:3] == ["地区生产总值÷常住人口×10000（换算单位）", "以地区生产总值加权平均"]
    assert "2023年版" in notes(make("sources", results, edition=edition))


def test_results_computed_elsewhere_say_so():
    made = make("national-index", small(**SHAPES["results-only"]))
    assert made.source == "外部提供的测算结果"


def test_an_unknown_name_or_parameter_is_named(results):
    with pytest.raises(TemplateError) as caught:
        make("level-rankng", results)
    assert "level-ranking" in caught.value.problems[0].remedy
    with pytest.raises(TemplateError) as caught:
        make("level-ranking", results, half=True)
    assert "halves" in caught.value.problems[0].expected
    for kind, params in (
        ("level-ranking", {"of": "d9"}),
        ("indicator-matrix", {"of": "x"}),
        ("indicator-values", {"of": "x"}),
        ("path-table", {"path": "x"}),
        ("survey-table", {"question": "x"}),
    ):
        with pytest.raises(TemplateError):
            make(kind, results, **params)
        if kind != "level-ranking":
            with pytest.raises(NoData):
                make(kind, small(**SHAPES["results-only"]), **params)


def test_captions_are_plain_and_without_label(results):
    made = make("growth-table", results)
    assert run_text(made.caption) == "2019—2022年各地区水平得分年均增速"
    assert made.number == ""


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 40), st.integers(1, 8), st.integers(2, 6))
def test_any_number_of_regions_dimensions_and_years_fits(regions, dimensions, span):
    results = small(regions, dimensions, tuple(range(2023 - span, 2023)))
    for kind in ("level-ranking", "level-matrix", "national-index", "weights", "zone-table"):
        grid(make(kind, results))
