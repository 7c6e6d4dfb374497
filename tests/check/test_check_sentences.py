"""Planted errors: one sentence each, through the engine; what the wording checks say of it."""

import pytest

from report.check import read_style
from report.check.sentences import sentences

A, B, C = (f"{{{{ region('{code}') }}}}" for code in ("110000", "120000", "130000"))
N, CHANGE = '{{ n("index.total") }}', '{{ change("index.total") }}'
LEADERS, LAST = '{{ leaders("level.total", 3) }}', '{{ laggards("level.total", 3) }}'
RISEN, FALLEN = "index.total > index.total@base", "index.total@base < index.total"

CLEAN = [
    # numbers that may stand
    f"总指数为{N}，比上年{CHANGE}。",
    "{{ year }}年，全国{{ count(regions) }}个地区参加测算。",
    "基期为{{ literal('100', '定义') }}。",
    "5G、IPv6和R&D投入受到重视。",
    "一方面要看规模，另一方面要看强度，不能一概而论。",
    "这两个问题需要统一口径，进一步分析。",
    "第三方机构和第二产业都在其内，十分复杂，千行百业各有不同。",
    "《工业互联网行动计划（2021—2023年）》提出了要求。",
    "每百人使用计算机数按年末数计算。",
    "{% claim 'rank.total.130000 <= 3' %}丙甲稳居前三{% endclaim %}。",
    "{% claim 'index.total > 100' %}总指数比基期提高了两成以上{% endclaim %}。".replace("100", "20"),
    "见{{ ref('p') }}。",
    # claims that the data back
    f"{LEADERS}位居前列，{LAST}位居末尾。",
    f"{LEADERS}的得分最高。",
    "{{ above('level.total') }}高于全国平均水平。",
    "高于平均水平的有{{ above('level.total').count }}个，低于平均水平的有{{ below('level.total').count }}个。",
    f"{C}{{{{ compare('level.total.130000', 'level.total.mean') }}}}，明显领先。",
    f"总指数比上年{CHANGE}，增长较快。",
    "总指数{{ trend('index.total') }}，持续提高。",
    "{% claim '" + RISEN + "' %}总指数高于基期{% endclaim %}。",
    "{% when '" + RISEN + "' %}总指数比基期提高{% otherwise %}总指数比基期下降{% endwhen %}。",
    "{{ choose('" + RISEN + "', '高于基期', '低于基期') }}。",
    "得分最高的是{{ highest('level.total') }}，最低的是{{ lowest('level.total') }}。",
    "最高与最低相差{{ gap('level.total') }}，最高是最低的{{ gap_ratio('level.total') }}。",
    "创新得分不低于应用得分的有{{ which('level.innovation.* >= level.application.*') }}。",
    "增速居前的地区依次为：{{ fastest('total', 3) }}。",
    "{% for r in top('level.total', 1) %}居首的{{ r }}得分为{{ n('level.total', r) }}。{% endfor %}",
    "高于全国平均的有{{ above('level.total') }}，其余地区低于平均。",
    "年均增长最快的是{{ fastest('total', 1) }}，增长最慢的是{{ slowest('total', 1) }}。",
    "位次前移最多的是{{ top('growth.total', 2) }}，下降最多的是{{ bottom('growth.total', 2) }}。",
    "{% claim 'max(level.total) - min(level.total) > 0' %}首尾分差仍在扩大{% endclaim %}。",
    # words that claim nothing
    "工业增加值和年均增长率由统计部门公布。",
    "企业选择“大幅提高”的居多。",
    "应当进一步提高联网水平，防止差距扩大。",
    "如果投入持续增加，差距就会明显缩小。",
    "增速居前的地区未必得分也高。",
    "得分高于100的，表示超过基期。".replace("100", "基准"),
    "得分明显下降时，位次未必变化。",
    "投入增加、产出提高是共同的期待。",
    "越是落后的地区，越需要提高增速。",
    "{% claim 'index.total > index.total@base' %}各维度都有明显提高{% endclaim %}。",
    "年均增速为{{ n('growth.total.130000') }}。",
]  # fmt: skip

WRONG = [
    # how much, and gaps
    ("位次前移最少的是{{ top('growth.total', 2) }}。", "contrary-claim", "前移"),
    ("比上年下降最少的是{{ bottom('growth.total', 2) }}。", "contrary-claim", "下降"),
    ("年均增长最慢的是{{ fastest('total', 1) }}。", "contrary-claim", "增长"),
    ("各地区首尾分差扩大。", "contrary-number", "扩大"),
    ("变异系数与基期相比有所收窄。", "unguarded-claim", "收窄"),
    # numbers typed by hand
    ("总指数为121.7。", "typed-number", "121.7"),
    ("比重为３５％。", "typed-number", "35"),
    ("降幅达到−3.2%。", "typed-number", "−3.2"),
    ("2029年的情况如下。", "typed-number", "2029"),
    ("占比为百分之三十五。", "typed-number", "百分之三十五"),
    ("约三分之一的企业尚未上云。", "typed-number", "三分之一"),
    ("规模是上年的三倍。", "typed-number", "三"),
    ("三成企业尚未上云。", "typed-number", "三"),
    ("三成以上的企业尚未上云。", "typed-number", "三"),
    ("该省位居全国第五。", "typed-number", "第五"),
    ("该省位列前三。", "typed-number", "前三"),
    ("四个维度各有特点。", "typed-number", "四"),
    ("三十一个地区参加测算。", "typed-number", "三十一"),
    ("共有五项指标。", "typed-number", "五"),
    ("有两个地区没有数据。", "typed-number", "两"),
    ("仅一个地区没有数据。", "typed-number", "一"),
    ("合计两万亿元。", "typed-number", "两万亿"),
    ("十余个省份出台了政策。", "typed-number", "十"),
    ("二〇二九年的数据。", "typed-number", "二〇二九"),
    ("一半企业尚未上云。", "typed-number", "一半"),
    ("“三成”企业的说法。", "typed-number", "三"),
    ("{% claim 'index.total > 100' %}总指数超过100，达到130{% endclaim %}。", "typed-number", "130"),
    ("{% claim 'rank.total.130000 <= 3' %}丙甲稳居前五{% endclaim %}。", "typed-number", "前五"),
    ("{{ choose('index.total > 100', '增长了21%', '下降') }}。", "typed-number", "21"),
    # claims without data
    (f"{A}的得分最高。", "unguarded-claim", "最高"),
    (f"{A}位居前列。", "unguarded-claim", "前列"),
    (f"{A}始终领先。", "unguarded-claim", "领先"),
    (f"{A}的得分高于{B}。", "unguarded-claim", "高于"),
    (f"{A}的得分超过全国平均。", "unguarded-claim", "超过"),
    ("{{ form('leading').regions }}位居前列。", "unguarded-claim", "前列"),
    ("{{ region('110000') }}的得分最高。", "unguarded-claim", "最高"),
    ("总指数首次达到{{ n('index.total') }}。", "unguarded-claim", "首次"),
    ("电子商务销售额实现翻番。", "unguarded-claim", "翻番"),
    ("过半企业已经上云。", "unguarded-claim", "过半"),
    ("绝大多数企业已经上云。", "unguarded-claim", "绝大多数"),
    ("区域差距明显缩小。", "unguarded-claim", "缩小"),
    ("区域差距进一步收窄。", "unguarded-claim", "收窄"),
    ("研发投入持续增长。", "unguarded-claim", "增长"),
    ("总指数稳步提升。", "unguarded-claim", "提升"),
    ("得分比上年下降。", "unguarded-claim", "下降"),
    ("增长较快。", "unguarded-claim", "增长"),
    ("年均增长{{ n('growth.total.130000') }}。", "unguarded-claim", "增长"),
    ("总指数提高到{{ n('index.total') }}。", "unguarded-claim", "提高"),
    ("高于全国{{ difference('level.total.130000', 'level.total.mean') }}。", "unguarded-claim", "高于"),
    ("居全国{{ rank('total', '110000') }}，位居前列。", "unguarded-claim", "前列"),
    (f"比上年{CHANGE}，为历年最高。", "unguarded-claim", "最高"),
    (f"增速最快的地区，是{A}。", "unguarded-claim", "最快"),
    ("最高得分为{{ difference('level.total.110000', 'level.total.120000') }}。", "unguarded-claim", "最高"),
    ("主要得益于投入增加，得分最高。", "unguarded-claim", "最高"),  # 主要 is no 要
    ("应用水平最高。", "unguarded-claim", "最高"),  # 应用 is no 应
    # claims that the data contradict
    (f"{LEADERS}得分最低。", "contrary-claim", "最低"),
    (f"{LEADERS}位居末尾。", "contrary-claim", "居末"),
    (f"{LAST}位居前列。", "contrary-claim", "前列"),
    ("{{ above('level.total') }}低于全国平均水平。", "contrary-claim", "低于"),
    ("低于平均水平的有{{ above('level.total').count }}个。", "contrary-claim", "低于"),
    ("高于全国平均的有{{ above('level.total') }}，其余地区高于平均。", "contrary-claim", "高于"),
    ("{% claim '" + RISEN + "' %}总指数低于基期{% endclaim %}。", "contrary-claim", "低于"),
    ("{% claim '" + FALLEN + "' %}总指数高于基期{% endclaim %}。", "contrary-claim", "高于"),
    ("{% when '" + RISEN + "' %}总指数比基期下降{% endwhen %}。", "contrary-claim", "下降"),
    ("{% when 'rising(index.total)' %}总指数逐年下降{% endwhen %}。", "contrary-claim", "下降"),
    ("{% when 'not index.total < index.total@base' %}总指数低于基期{% endwhen %}。", "contrary-claim", "低于"),
    ("{% claim 'rank.total.130000 <= 3' %}丙甲位居末尾{% endclaim %}。", "contrary-claim", "居末"),
    ("{% claim 'level.total.130000 = max(level.total)' %}丙甲得分最低{% endclaim %}。", "contrary-claim", "最低"),
    ("{{ choose('" + RISEN + "', '低于基期', '高于基期') }}。", "contrary-claim", "低于"),
    (f"总指数比上年{CHANGE}，下降明显。", "contrary-claim", "下降"),
    ("创新得分低于应用得分的有{{ which('level.innovation.* >= level.application.*') }}。", "contrary-claim", "低于"),
    ("{% for r in top('level.total', 1) %}居末的{{ r }}得分为{{ n('level.total', r) }}。{% endfor %}", "contrary-claim", "居末"),
    # names
    ("甲甲的情况如下。", "typed-name", "甲甲"),
    ("甲甲省的情况如下。", "name", "甲甲省"),
    ("归入示范引导形态。", "name", "示范引导"),
    ("归入快速崛超形态。", "name", "快速崛超"),
    ("归入后追发赶形态。", "name", "后追发赶"),
    ("基础没施建设的情况。", "name", "基础没施建设"),
    # units
    ("占比为{{ survey('q_infrastructure', 'some') }}个百分点。", "unit", "个百分点"),
    ("得分为{{ n('level.total.130000') }}分。", "unit", "分"),
    ("居第{{ n('rank.total.130000') }}位。", "unit", "位"),
    ("占比为{{ survey('q_infrastructure', 'some') }}%。", "unit", "%"),
    ("得分为{{ n('level.total.130000', unit=false) }}%。", "unit", "%"),
]  # fmt: skip


@pytest.mark.parametrize("text", CLEAN)
def test_a_true_sentence_is_left_alone(desk, text):
    assert desk.told(text) == []


@pytest.mark.parametrize(("text", "rule", "word"), WRONG)
def test_a_planted_error_is_told(desk, text, rule, word):
    found = desk(text)
    assert [one.rule for one in found] == [rule]
    assert word in found[0].word or word in found[0].found
    assert found[0].place is not None
    assert (found[0].place.file, found[0].place.line) == ("templates/parts/p.md.j2", 3)
    assert found[0].part == "p"
    assert found[0].word
    assert found[0].word in found[0].sentence
    assert found[0].remedy


def test_the_table_is_large():
    assert len(WRONG) >= 60
    assert len(CLEAN) >= 30


def test_an_editorial_text_is_told_where_it_stands(desk, made):
    edition, _results = made
    text = "{% for t in editorial('glossary') %}{{ t.text }}{% endfor %}"
    assert desk.told(text) == []
    edition.editorial["glossary"]["terms"][0]["text"] = "基期为100。"  # type: ignore[index]
    try:
        (one,) = desk(text)
    finally:
        edition.editorial["glossary"]["terms"][0]["text"] = "比较的基准。"  # type: ignore[index]
    assert one.rule == "typed-number"
    assert one.place.file.endswith("glossary.yaml")
    assert "template" in one.remedy


def test_a_literal_of_the_style_file_may_stand(desk):
    text = "以基期为100计算。"
    assert desk.told(text) == [("typed-number", "100")]
    style = desk.folder / "style.yaml"
    style.write_text(
        style.read_text("utf-8").replace("literals: {}", "literals: {基期为100: 定义}"), "utf-8"
    )
    desk.style = read_style(desk.folder)
    assert desk.told(text) == []


def test_a_claim_block_guards_its_paragraphs(desk):
    text = "{% claim 'index.total > index.total@base' %}\n总指数高于基期。\n{% endclaim %}\n"
    assert desk.told(text) == []
    assert desk.told(text.replace("高于", "低于")) == [("contrary-claim", "低于")]
    assert desk.told(text.replace("高于基期", "达到121")) == [("typed-number", "121")]


def test_captions_notes_and_footnotes_are_checked(desk):
    figure = "{{ figure('ranking', id='fig-a', of='level.total', caption='%s', notes='%s') }}"
    assert desk.told(figure % ("各地区得分", "位次并列时取前。")) == []
    assert desk.told(figure % ("该省得分最高", "前五位。")) == [
        ("unguarded-claim", "最高"),
        ("typed-number", "前五"),
    ]
    assert desk.told("甲{{ note('得分最高。') }}。") == [("unguarded-claim", "最高")]


def test_sentences_know_their_pieces(desk):
    document = desk.compose(f"总指数为{N}，“高”；再比上年{CHANGE}。")
    first, second = [s for s in sentences(document) if s.block.id == "p-01"]
    assert first.text.startswith("总指数为")
    assert first.text.endswith("“高”；")
    assert [clause.start for clause in first.clauses()] == [0, first.raw.index("，") + 1]
    for piece in (*first.pieces, *second.pieces):
        sentence = first if piece in first.pieces else second
        assert sentence.raw[piece.start : piece.end] == piece.text
    assert "高" not in first.unquoted()
