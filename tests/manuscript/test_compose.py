"""Composition: parts in order, fallbacks for new dimensions, missing data told in one line."""

from dataclasses import replace

import pytest

from report.document.model import Contents, Figure, Heading, Paragraph, Table
from report.manuscript.store import plain_text
from tests.manuscript.conftest import registry, results, values


def test_parts_come_in_order_and_matter(press):
    press.write("a.md.j2", "# 甲 {#a}\n\n文")
    press.write("b.md.j2", "# 乙 {#b}\n\n文")
    press.write(
        "report.yaml",
        "cover:\n  - {id: cover}\n"
        "front:\n  - {id: contents, contents: [toc, figures]}\n"
        "parts:\n  - {id: a, content: a.md.j2}\n"
        "back:\n  - {id: b, content: b.md.j2}\n",
    )
    document = press.document()
    assert [(s.id, s.matter) for s in document.sections] == [
        ("cover", "cover"),
        ("contents", "front"),
        ("a", "body"),
        ("b", "back"),
    ]
    assert [type(b) for b in document.sections[1].blocks] == [Heading, Contents, Heading, Contents]
    assert document.sections[2].blocks[0].number == "第一部分"
    assert document.sections[3].blocks[0].number == "附录A"
    assert document.meta.title == "测算报告（2023年）"


def test_a_new_dimension_takes_the_common_template(press):
    press.results = results(values(), registry(("甲维", "乙维", "丙维", "丁维", "戊维")))
    press.write("p2/innovation.md.j2", "## 专章 {#p2-own}\n\n文")
    press.write(
        "p2/_.md.j2", "## {{ dimension.name }} {#p2-{{ dimension.id }}}\n\n{{ dimension }}。\n"
    )
    press.write(
        "report.yaml",
        "parts:\n  - id: p\n    content:\n      - parts/p.md.j2\n"
        "      - {each: dimensions, template: 'p2/{id}.md.j2', otherwise: p2/_.md.j2}\n",
    )
    blocks = press("共{{ count(dimensions) }}个")
    heads = [b for b in blocks if isinstance(b, Heading)]
    assert [h.id for h in heads] == [
        "p2-infrastructure",
        "p2-own",
        "p2-security",
        "p2-talent",
        "p2-green",
    ]
    assert str(heads[0].origin) == "templates/p2/_.md.j2:1"
    assert heads[4].number == "第五章"
    assert plain_text(blocks[0].inlines) == "共5个"


def test_a_dimension_without_any_template_is_told(press):
    press.write(
        "report.yaml",
        "parts:\n  - id: p\n    content:\n      - {each: forms, template: 'f/{id}.md.j2'}\n",
    )
    assert "no template for 示范引领: f/leading.md.j2" in press.problems("")[0].found


def test_the_current_thing_still_finds_others(press):
    press.write(
        "f/_.md.j2", "## {{ form.name }} {#f-{{ form.id }}}\n\n{{ form('孕育起步').regions }}\n"
    )
    press.write(
        "report.yaml",
        "parts:\n  - id: p\n    content:\n      - parts/p.md.j2\n"
        "      - {each: forms, template: 'f/{id}.md.j2', otherwise: f/_.md.j2}\n",
    )
    assert plain_text(press("文")[2].inlines) == "湖北、四川和西藏"


def test_a_part_without_its_data_is_one_line(press):
    press.write(
        "report.yaml",
        "parts:\n  - {id: p, title: 稳健性, needs: robustness, content: parts/p.md.j2}\n",
    )
    press.write("parts/p.md.j2", "{{ broken syntax")
    heading, notice = press.document().blocks()
    assert plain_text(heading.inlines) == "稳健性"
    assert plain_text(notice.inlines) == "（本版报告没有稳健性检验数据，本部分从略。）"


def notices(blocks):
    return [
        plain_text(b.inlines) for b in blocks if isinstance(b, Paragraph) and b.style == "notice"
    ]


def test_missing_data_leave_one_notice_a_section_and_the_rest_whole(press):
    blocks = press(
        "甲。\n\n贡献{{ n('contribution.innovation') }}。\n\n又{{ contribution_share('innovation') }}。\n\n"
        "## 章{{ word('contribution.innovation', scale='level-gap', than='index.total') }} {#p-a}\n\n"
        "{{ n('contribution.innovation') }}\n\n{{ figure('none', id='fig-a') }}\n\n"
        "{{ figure('bars', id='fig-b') }}\n\n- {{ n('contribution.innovation') }}\n- 乙\n"
    )
    reason = "（本版报告缺少贡献分解数据，相关内容从略。）"
    assert notices(blocks) == [reason, reason, "（本版报告缺少企业问卷调查数据，相关内容从略。）"]
    heading = next(b for b in blocks if isinstance(b, Heading))
    assert plain_text(heading.inlines) == "章"
    assert any(isinstance(b, Figure) for b in blocks)


def test_needs_chooses_by_what_the_edition_has(press):
    assert notices(press("{% needs 'scenarios' %}\n甲\n{% endneeds %}")) == [
        "（本版报告缺少情景测算数据，相关内容从略。）"
    ]
    assert press.say("甲{% needs 'scenarios' %}乙{% otherwise %}丙{% endneeds %}") == "甲丙"
    assert press.say("甲{% needs 'scenarios' %}乙{% otherwise %}{% endneeds %}丁") == "甲丁"
    assert press.say("甲{% needs 'scenarios' %}乙{% endneeds %}丁") == "甲丁"
    assert (
        press.say("{% needs 'level.total', 'survey', 'index.total@prev' %}有{% endneeds %}") == "有"
    )
    assert press.say("{% if has('contribution') %}有{% else %}无{% endif %}") == "无"


def test_loops_and_comparisons_on_missing_data_do_not_run(press):
    text = "甲{% for r in top('score.total', 3) %}{{ r }}{% endfor %}{% if n('contribution.innovation') > 3 %}乙{% endif %}"
    press.results = results({k: v for k, v in values().items() if k.startswith("index.")})
    assert press.say(text.replace("score.total", "level.total")) == "甲"


def test_exhibits_take_caption_notes_and_place(press):
    figure, table = press(
        "{{ figure('bars', id='fig-a', caption='{year}年**排名**', notes='比{prev_year}年', of='level.total', form=form('leading')) }}\n"
        "{{ table('rows', id='tbl-a') }}\n"
    )
    assert isinstance(figure, Figure)
    assert plain_text(figure.caption) == "2022年排名"
    assert (figure.alt, figure.source) == ("图：2022年排名", "年鉴")
    assert plain_text(figure.notes[0]) == "比2021年"
    assert figure.spec.options == {"of": "level.total", "form": "leading"}
    assert (figure.origin.line, table.origin.line) == (3, 4)
    assert isinstance(table, Table)
    assert plain_text(table.caption) == "缺省表题"


def test_a_figure_of_treated_values_says_so(press):
    text = '{{ figure("values", id="fig-a", of="indicator.ports.nation.2022") }}'
    assert press(text)[0].notes == ()
    key = "indicator.ports.nation.2022"
    treated = replace(press.results.values[key], flags=frozenset({"carried"}))
    press.results = replace(press.results, values={**press.results.values, key: treated})
    (note,) = press(text)[0].notes
    assert plain_text(note) == "图中部分数值的基础数据存在缺失或异常，处理方法见数据说明。"


def test_captions_of_simulated_data_say_so_once(press):
    shown = press.results.values["survey.use.yes"]
    simulated = {"survey.use.yes": replace(shown, flags=frozenset({"simulated"}))}
    texts = (
        '{{ figure("simulated", id="fig-a", caption="图题") }}\n\n'
        '{{ figure("bars", id="fig-b", caption="图题") }}\n\n'
        '{{ table("survey", id="tbl-a", caption="表题（模拟数据）") }}\n\n'
        '{{ table("survey", id="tbl-b", caption="表题") }}\n\n'
        '{{ table("other", id="tbl-c", caption="表题") }}'
    )
    assert [plain_text(block.caption) for block in press(texts)][3] == "表题"  # answers as given
    press.results = replace(press.results, values={**press.results.values, **simulated})
    assert [plain_text(block.caption) for block in press(texts)] == [
        "图题（模拟数据）",
        "图题",
        "表题（模拟数据）",
        "表题（模拟数据）",
        "表题",
    ]


def test_the_same_inputs_give_the_same_document(press):
    text = "{{ leaders('level.total', 3) }}，{{ zone_compare('level.total') }}。"
    press(text)
    assert press.document() == press.document()


@pytest.mark.parametrize("name", ["江苏", "江苏省", "320000"])
def test_names_and_codes_mean_the_same(press, name):
    assert press.say("{{ n('level.total', '" + name + "') }}") == "70.0分"
