"""References to figures that the edition leaves out disappear with their clause; others are mistakes."""

import pytest

from report.manuscript.store import plain_text


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("甲（见@）。乙", "甲。乙"),
        ("甲（见@和#）。乙", "甲（见第一部分）。乙"),
        ("甲（见#和@）。乙", "甲（见第一部分）。乙"),
        ("甲（见#、@和@）。乙", "甲（见第一部分）。乙"),
        ("甲（见@和@）。乙", "甲。乙"),
        ("甲，详见@。乙", "甲。乙"),
        ("甲，见@，乙。", "甲，乙。"),
        ("甲（共五个，见@）。", "甲（共五个）。"),
        ("甲（见@，共五个）。", "甲（共五个）。"),
        ("甲。@列出各项，其中乙最多。丙。", "甲。丙。"),
        ("甲；走势见@，数值见#。", "甲，数值见第一部分。"),
        ("甲**乙**（见@）丙{{ year }}。", "甲乙丙2022。"),
    ],
)
def test_the_clause_goes_and_the_sentence_stays(press, written, printed):
    text = written.replace("@", '{{ ref("fig-a") }}').replace("#", '{{ ref("p") }}')
    blocks = press(text + '\n\n{{ figure("none", id="fig-a") }}')
    assert plain_text(blocks[0].inlines) == printed


def test_a_paragraph_that_only_points_there_goes(press):
    blocks = press(
        '{{ ref("fig-a") }}给出结果。\n\n乙\n\n{% needs "robustness" %}\n'
        '{{ figure("bars", id="fig-a") }}\n{% otherwise %}{% endneeds %}'
    )
    assert [plain_text(b.inlines) for b in blocks] == ["乙"]


def test_ids_made_from_objects_are_known(press):
    text = (
        '甲（见{{ ref("fig-leading") }}）。\n\n'
        '{% for f in forms %}{% if false %}\n{{ figure("bars", id="fig-" ~ f.id) }}\n{% endif %}{% endfor %}'
    )
    assert plain_text(press(text)[0].inlines) == "甲。"
    assert "fig-leeding" in press.problem(text.replace("fig-leading", "fig-leeding")).found


def test_what_is_there_is_left_alone(press):
    blocks = press('甲（见{{ ref("fig-a") }}）。\n\n{{ figure("bars", id="fig-a") }}')
    assert plain_text(blocks[0].inlines) == "甲（见图1-1）。"
