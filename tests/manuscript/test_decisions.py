"""What data decided in a template is known for every block it governs, and for no other."""

from __future__ import annotations

from report.document.decisions import deciding_keys
from report.document.store import from_json, to_json


def decided(press, text: str) -> list[set[str]]:
    """Compose a text; the deciding keys of each paragraph, in order."""
    blocks = press(text)
    keys = deciding_keys(press.document())
    return [set(keys.get(block.id, ())) for block in blocks]


def test_a_condition_governs_its_lines_and_its_otherwise(press):
    text = """{% if holds("level.total.北京 > level.total.江苏") %}
甲。
{% else %}
乙。
{% endif %}

丙。"""
    first, second = decided(press, text)
    assert first == {"level.total.110000.2022", "level.total.320000.2022"}
    assert second == set()


def test_what_an_elif_asks_governs_the_else_behind_it(press):
    text = """{% if holds("level.total.西藏 > 90") %}
甲。
{% elif holds("level.total.四川 > 90") %}
乙。
{% else %}
丙。
{% endif %}"""
    assert decided(press, text) == [{"level.total.540000.2022", "level.total.510000.2022"}]


def test_a_loop_over_a_form_hangs_on_who_belongs_to_it(press):
    text = """{% for r in form("leading").regions %}
- {{ r }}
{% endfor %}"""
    assert {"form.110000", "form.320000"} <= set().union(*decided(press, text))


def test_names_from_a_group_hang_on_the_group(press):
    (found,) = decided(press, '{{ leaders("level.total", 1, within=form("孕育起步")) }}居前。')
    assert {"form.420000", "form.510000"} <= found


def test_comparing_numbers_decides_too(press):
    text = '{% if n("level.total.北京") > n("level.total.江苏") %}甲。{% else %}乙。{% endif %}'
    assert decided(press, text) == [{"level.total.110000.2022", "level.total.320000.2022"}]


def test_a_macro_s_decisions_belong_to_the_line_that_calls_it(press):
    press.write(
        "macros/m.j2",
        "{% macro f(g) %}\n\n{% if g.regions | length > 1 %}甲{% endif %}{% endmacro %}",
    )
    text = """{% from "macros/m.j2" import f %}

乙。

{{ f(form("leading")) }}丙。"""
    found = decided(press, text)
    assert found[0] == set()
    assert {"form.110000", "form.320000"} <= found[1]


def test_decisions_are_archived(press):
    press('{% when "level.total.北京 > level.total.江苏" %}甲。{% otherwise %}乙。{% endwhen %}')
    document = press.document()
    assert document.decisions
    assert from_json(to_json(document)) == document
    assert all(one.first <= one.last for one in document.decisions)
