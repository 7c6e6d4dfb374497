"""Claims: they stand while the data support them, and stop the build when they no longer do."""

import pytest

from report.document.model import Claim, Heading, Paragraph, Text, Word
from report.errors import ClaimError
from report.manuscript.store import plain_text
from tests.manuscript.conftest import results, values


def test_a_claim_within_a_sentence_marks_its_words(press):
    inlines = press.inlines("江苏{% claim 'rank.total.江苏 <= 3' %}稳居**前三**{% endclaim %}。")
    text, word, strong, end = inlines
    assert isinstance(word, Word)
    assert (text.text, word.text, end.text) == ("江苏", "稳居", "。")
    assert word.kind == "claim"
    assert word.keys == ("rank.total.320000.2022",)
    assert word.condition == "rank.total.320000.2022 (2位) <= 3"
    assert strong.inlines[0].kind == "claim"
    assert isinstance(text, Text)


def test_a_claim_of_paragraphs_is_a_block(press):
    blocks = press(
        "{% claim 'index.total > index.total@prev', id='c-a' %}\n甲\n\n乙\n{% endclaim %}\n\n丙"
    )
    claim, first, second, after = blocks
    assert isinstance(claim, Claim)
    assert (claim.id, claim.origin.line) == ("c-a", 3)
    assert claim.condition == "index.total.2022 (120.1) > index.total.2021 (110.0)"
    assert claim.blocks == (first, second)
    assert isinstance(first.inlines[0], Text)
    assert (first.origin.line, after.origin.line) == (4, 9)


def test_a_claim_that_no_longer_holds_stops_the_build(press):
    with pytest.raises(ClaimError) as caught:
        press("江苏{% claim 'level.total.江苏 = max(level.total)' %}居首{% endclaim %}。")
    (problem,) = caught.value.problems
    assert problem.place.line == 3
    assert problem.found == "a claim no longer holds: 居首"
    assert "level.total.320000.2022 (70.0分) = max(level.total) (80.0分)" in problem.expected


def test_all_broken_claims_are_told(press):
    with pytest.raises(ClaimError) as caught:
        press(
            "{% claim 'index.total < 1' %}甲{% endclaim %}\n\n{% claim 'index.total < 2' %}乙{% endclaim %}"
        )
    assert [p.place.line for p in caught.value.problems] == [3, 5]


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("index.total > index.total@prev", True),
        ("index.total@prev > index.total@base", True),
        ("index.total@2021 = 110.0", True),  # as printed
        ("index.innovation = index.innovation@prev", True),
        ("index.total > 120.05 and index.total < 120.2", True),
        ("index.total > 200 or level.total.江苏 = 70", True),
        ("not index.total > 200", True),
        ("非 (index.total > 200 且 index.total > 300)", True),
        ("index.total 高于 index.infrastructure", True),
        ("index.total 不低于 index.total", True),
        ("level.total.北京 = max(level.total)", True),
        ("level.total.西藏 = min(level.total)", True),
        ("level.total.江苏 > mean(level.total)", True),
        ("level.total.江苏 - level.total.西藏 >= 50", True),
        ("level.total.江苏 > 3 * level.total.西藏", True),
        ("(level.total.江苏 + level.total.西藏) / 2 = 45", True),
        ("100 < index.total < 130", True),
        ("growth(index.total) > 9", True),
        ("growth(index.total) > 9.2", False),
        ("growth(index.total) < growth(index.total@prev)", True),  # 9.1 %, 10.0 %
        ("change(index.total@prev) = 10", True),
        ("sum(indicator.ports) = 300 and sum(indicator.ports) < indicator.ports", True),
        ("change(index.total) = 10.1", True),
        ("share(indicator.ports.江苏, indicator.ports) = 30", True),
        ("ratio(level.total.江苏, level.total.西藏) = 3.5", True),
        ("rising(index.total)", True),
        ("falling(index.total)", False),
        ("form.江苏 = leading", True),
        ("form.江苏 = 示范引领", True),
        ("form.江苏 != 'leading'", False),
        ("has(index.total) and not has(contribution)", True),
        ("index.infrastructure < -5", False),
        ("survey.use.yes > 50%", True),
    ],
)
def test_conditions(press, condition, holds):
    text = f'{{% when "{condition}" %}}是{{% otherwise %}}否{{% endwhen %}}'
    assert press.say(text) == ("是" if holds else "否")
    assert press.say(f'{{{{ choose("{condition}", "是", "否") }}}}') == ("是" if holds else "否")


def test_when_keeps_headings_and_figures_out_of_the_claim(press):
    blocks = press(
        "{% when 'index.total > 1' %}\n甲\n\n## 章 {#p-a}\n\n乙\n{% otherwise %}\n丙\n{% endwhen %}\n"
    )
    kinds = [type(b) for b in blocks]
    assert kinds == [Claim, Paragraph, Heading, Claim, Paragraph]
    assert plain_text(blocks[4].inlines) == "乙"


def test_otherwise_is_guarded_by_the_opposite(press):
    (word,) = press.inlines("{% when 'index.total > 500' %}甲{% otherwise %}乙{% endwhen %}")
    assert word.condition == "not (index.total.2022 (120.1) > 500)"


def test_without_data_neither_side_is_said(press):
    assert (
        press.say("甲{% when 'contribution.total > 1' %}乙{% otherwise %}丙{% endwhen %}") == "甲"
    )


def test_a_claim_without_data_is_a_notice(press):
    block = press("甲{% claim 'contribution.total > 1' %}乙{% endclaim %}")[0]
    assert plain_text(block.inlines) == "（本版报告缺少贡献分解数据，相关内容从略。）"


def test_a_changed_datum_changes_the_words(press):
    text = "{% when 'rising(index.total)' %}走高{% otherwise %}起伏{% endwhen %}"
    assert press.say(text) == "走高"
    press.results = results({**values(), "index.total.2022": 90.0})
    assert press.say(text) == "起伏"
