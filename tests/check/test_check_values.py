"""Numbers changed on their way into the document, facts gone stale, sums that do not add up."""

import datetime as dt
from dataclasses import replace

import pytest

from report.check import check
from report.document.model import Figure, Number, Table
from report.document.walk import transform
from report.edition.model import Fact
from report.errors import ReportError
from report.manuscript import compose

TEXT = """总指数为{{ n("index.total") }}，比上年{{ change("index.total") }}。

{{ region("130000") }}{{ compare("level.total.130000", "level.total.mean") }}；增速{{ n("indicator.infrastructure_1_ind", scale="auto") }}。

{{ figure("ranking", id="fig-a", of="level.total", caption="各地区得分") }}

{{ figure("indicator-scatter", id="fig-s", x="infrastructure_1_ind", y="application_1_ind", caption="散点") }}

{{ table("national-index", id="tbl-a", caption="指数") }}

{{ table("weights", id="tbl-w", caption="权重") }}
"""


def rules(desk, document):
    return [one.rule for one in check(document, desk.results, desk.edition, desk.style)]


def changed(document, key, /, **changes):
    """Return the document with the first number under ``key`` changed."""
    done = []

    def change(inline):
        if isinstance(inline, Number) and inline.quantity.key == key and not done:
            done.append(inline)
            return replace(inline, quantity=replace(inline.quantity, **changes))
        return inline

    result = transform(document, inline=change)
    assert done, f"no number under {key}"
    return result


def test_a_document_as_composed_is_clean(desk):
    assert rules(desk, desk.compose(TEXT)) == []


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"text": "121.8"}, "value"),
        ({"text": "112.7"}, "value"),
        ({"text": "1217"}, "value"),
        ({"text": "12.17"}, "value"),
        ({"text": "−121.7"}, "value"),
        ({"text": "一百"}, "value"),
        ({"value": 131.7, "text": "131.7", "shown": 131.7}, "value"),
        ({"key": "index.infrastructure.2029"}, "value"),
        ({"key": "index.nothing.2029"}, "value"),
        ({"key": "diff(index.total.2029"}, "value"),
        ({"text": "121.7%"}, "unit"),
        ({"text": "121.7分"}, "unit"),
        ({"unit": "分"}, "unit"),
    ],
)
def test_a_changed_number_is_told(desk, changes, rule):
    document = desk.compose(TEXT)
    assert desk.results.number("index.total.2029") == pytest.approx(121.7, abs=0.05)
    assert rules(desk, changed(document, "index.total.2029", **changes)) == [rule]


def test_fewer_decimals_are_compatible(desk):
    document = desk.compose(TEXT)
    assert rules(desk, changed(document, "index.total.2029", text="122", decimals=0)) == []
    assert rules(desk, changed(document, "index.total.2029", text="121", decimals=0)) == ["value"]


def test_a_difference_is_that_of_the_numbers_shown(desk):
    document = desk.compose(TEXT)
    key = "abs(diff(index.total.2029,index.total.2028))"
    r = desk.results
    shown = round(r.number("index.total.2029"), 1) - round(r.number("index.total.2028"), 1)
    assert rules(desk, changed(document, key, text=f"{shown:.1f}点")) == []
    assert rules(desk, changed(document, key, text=f"{shown + 0.1:.1f}点")) == ["value"]
    assert rules(desk, changed(document, key, text=f"{shown:.1f}%")) == ["unit"]


def test_scaled_units_are_known(desk):
    document = desk.compose(TEXT)
    key = "indicator.infrastructure_1_ind.nation.2029"
    (number,) = (
        i for b in document.blocks() for i in getattr(b, "inlines", ())
        if isinstance(i, Number) and i.quantity.key == key
    )  # fmt: skip
    text = number.quantity.text
    assert text.endswith(("亿个", "万个"))
    other = text.replace("万个", "亿个") if "万个" in text else text.replace("亿个", "万个")
    assert rules(desk, changed(document, key, text=other)) == ["unit"]


def point_changed(document, block_id, **changes):
    def change(block):
        if not isinstance(block, Figure) or block.id != block_id:
            return block
        series, *rest = block.spec.series
        first, *others = series.points
        points = (replace(first, **changes), *others)
        spec = replace(block.spec, series=(replace(series, points=points), *rest))
        return replace(block, spec=spec)

    return transform(document, block=change)


@pytest.mark.parametrize(
    "changes", [{"value": 3.0}, {"text": "3.0"}, {"key": "level.total.120000.2029"}]
)
def test_a_changed_point_of_a_figure_is_told(desk, changes):
    document = desk.compose(TEXT)
    assert rules(desk, point_changed(document, "fig-a", **changes)) == ["value"]


def test_a_changed_abscissa_is_told(desk):
    document = desk.compose(TEXT)
    assert rules(desk, point_changed(document, "fig-s", x=3.0)) == ["value"]


# ------------------------------------------------------------ sums


SHARES = '{{ figure("share-stack", id="fig-b", question="q_infrastructure", caption="比重") }}'


def uneven(made):
    """Return results whose shares of the first question add up to 100.1 as they are shown."""
    _edition, results = made
    shares = {"none": 33.35, "some": 33.35, "most": 33.30}
    values = dict(results.values)
    for option, share in shares.items():
        key = f"survey.q_infrastructure.{option}"
        values[key] = replace(values[key], datum=share)
    return replace(results, values=values)


def test_shares_that_do_not_add_up_need_a_note(desk, made):
    desk.results = uneven(made)
    document = desk.compose(SHARES)
    (figure,) = (b for b in document.blocks() if isinstance(b, Figure))
    assert "四舍五入" in "".join(i.text for note in figure.notes for i in note)
    assert rules(desk, document) == []
    bare = transform(
        document, block=lambda b: replace(b, notes=()) if b is figure or b == figure else b
    )
    (finding,) = check(bare, desk.results, desk.edition, desk.style)
    assert finding.rule == "sum"
    assert "100.1%" in finding.found


def test_a_table_of_shares_needs_a_note_too(desk, made):
    desk.results = uneven(made)
    document = desk.compose(
        '{{ table("survey-table", id="t", question="q_infrastructure", caption="甲") }}'
    )
    assert rules(desk, document) == []
    bare = transform(document, block=lambda b: replace(b, notes=()) if isinstance(b, Table) else b)
    assert rules(desk, bare) == ["sum"]


# ------------------------------------------------------------ facts


def fact(**changes):
    made = Fact("f", "指数为146.6", "《公开报告》", dt.date(2021, 11, 21), value=146.6)
    return replace(made, **changes)


def with_facts(desk, *facts):
    desk.edition = replace(desk.edition, facts={one.id: one for one in facts})


def test_a_cited_fact_is_clean(desk):
    with_facts(desk, fact())
    assert desk.told('{{ fact("f") }}。') == []


def test_a_fact_without_its_source_is_told_unless_a_table_lists_it(desk):
    with_facts(desk, fact())
    (finding,) = desk('据报道，{{ fact("f", note=false) }}。')
    assert (finding.rule, finding.word, finding.warning) == ("fact", "指数为146.6", False)
    listed = '{{ fact("f", note=false) }}。\n\n{{ table("facts-list", id="t-f", caption="引用") }}'
    assert desk.told(listed) == []


def test_a_fact_past_its_validity_is_a_warning(desk):
    with_facts(desk, fact(valid_until=desk.edition.date - dt.timedelta(days=1)))
    (finding,) = desk('{{ fact("f") }}。')
    assert finding.warning
    assert str(desk.edition.date) in finding.expected
    with_facts(desk, fact(valid_until=desk.edition.date))
    assert desk.told('{{ fact("f") }}。') == []


def test_a_fact_whose_text_lacks_its_value_is_told(desk):
    with_facts(desk, fact(value=164.6))
    assert desk.told('{{ fact("f") }}。') == [("fact", "指数为146.6")]


def test_a_fact_changed_on_its_way_is_told(desk):
    with_facts(desk, fact())
    document = desk.compose('{{ fact("f") }}。')
    with_facts(desk, fact(text="指数为144.6", value=144.6))
    (finding,) = check(document, desk.results, desk.edition, desk.style)
    assert "146.6" in finding.found


# ------------------------------------------------------------ bare numbers


@pytest.mark.parametrize("text", ["{{ 12.5 }}", "{{ 3 }}", "{% for x in [1] %}{{ x }}{% endfor %}",
                                  "{{ leaders('level.total', 3) | length }}"])  # fmt: skip
def test_a_bare_number_does_not_get_past_the_engine(desk, text):
    with pytest.raises(ReportError) as caught:
        desk.compose(f"数为{text}。")
    (problem,) = caught.value.problems
    assert (problem.place.file, problem.place.line) == ("templates/parts/p.md.j2", 3)


def test_which_selects_and_remembers_why(desk, made):
    edition, results = made
    text = "有{{ which('level.total.* >= 50').count }}个：{{ which('level.total.* >= 50') }}。"
    document = compose(edition, results, None, _written(desk, text))
    inlines = next(b for b in document.blocks() if b.id == "p-01").inlines
    high = [r for r in results.registry.regions if results.number(f"level.total.{r.id}.2029") >= 50]
    assert inlines[1].text == str(len(high))
    assert all(r.short in inlines[3].text for r in high)
    assert inlines[3].condition == "which level.total.* >= 50"
    assert set(inlines[3].keys) == {f"level.total.{r.id}.2029" for r in high}
    with pytest.raises(ReportError, match="names no region"):
        desk.compose("{{ which('index.total > 50') }}")


def _written(desk, text):
    (desk.folder / "parts/p.md.j2").write_text("# 题 {#p}\n\n" + text, encoding="utf-8")
    return desk.folder
