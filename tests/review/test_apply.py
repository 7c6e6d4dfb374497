"""Applying wording: exactly the reviewer's sentence, only in static prose, never over a computed number."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from report.assessment import assess
from report.document.model import Number, Paragraph, Text, Word
from report.document.text import run_text
from report.edition import load_edition
from report.manuscript import compose
from report.review.apply import Applier, Wanted, aimed, runs_of
from report.review.carrying import carried, merged_text
from report.review.literal import glyphs
from report.review.sentence import printed
from tests.support.editions import make_edition

PART = """# 总体情况 {#p1}

{{ year }}年，全国总指数为{{ n("index.total") }}，比上年{{ change("index.total") }}，成效*稳步*显现，基础**更加**扎实。
分地区看，{{ leaders("level.total", 3) }}位居前列[^a]，各地差距\\*依然\\*存在；{% when "index.total > 100" %}总体高于基期{% otherwise %}总体不高于基期{% endwhen %}，需要持续关注。

{% needs "index.total" %}稳步推进，稳步推进，{% if has("survey") %}企业普遍看好，{% endif %}稳步推进。{% endneeds %}

- 加强统筹协调，形成合力。
- 推动区域协同，缩小差距。

[^a]: 按水平得分排列，得分相近的地区不作严格区分。
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A small edition, assessed once."""
    edition = load_edition(make_edition(tmp_path_factory.mktemp("apply"), regions=6))
    return edition, assess(edition)


@pytest.fixture
def setting(made, tmp_path):
    """Templates of one part, and what composes them."""
    edition, results = made
    templates = tmp_path / "templates"
    (templates / "parts").mkdir(parents=True)
    (templates / "report.yaml").write_text(
        "parts:\n  - id: p1\n    content: parts/p1.md.j2\n", encoding="utf-8"
    )
    (templates / "parts/p1.md.j2").write_text(PART, encoding="utf-8")

    def composed(folder: Path):
        return compose(edition, results, None, folder)

    return templates, composed


def applier(setting) -> Applier:
    templates, composed = setting
    sources = {"templates/parts/p1.md.j2": PART}
    return Applier(composed(templates), sources, templates, composed)


def text_in(document, block: str) -> str:
    found = runs_of(document, block)
    assert found is not None
    return run_text(found)


@pytest.mark.parametrize("seed", range(60))
def test_static_wording_becomes_exactly_the_sentence(setting, seed) -> None:
    templates, composed = setting
    rng = random.Random(seed)
    document = composed(templates)
    blocks = [b for b in document.blocks() if isinstance(b, Paragraph)]
    block = rng.choice(blocks)
    text = run_text(block.inlines)
    runs = [r for r in printed(block.inlines) if isinstance(r.inline, Text) and r.end > r.start]
    run = rng.choice(runs)
    start = rng.randrange(run.start, run.end)
    end = min(run.end, start + rng.randrange(4))
    new = rng.choice(
        ["", "适当", "（另行说明）", "*号", "[a]", "A_b_c", "$x$", "#", "<b>", "&amp;"]
    )
    goal = text[:start] + new + text[end:]
    found = applier(setting).apply(Wanted(1, block.id, text, goal))
    assert found.status == ("already" if goal == text else "applied"), found
    assert text_in(composed(templates), block.id) == goal


@pytest.mark.parametrize("kind", [Number, Word])
def test_what_data_printed_is_never_written(setting, kind) -> None:
    templates, composed = setting
    document = composed(templates)
    block = next(b for b in document.blocks() if isinstance(b, Paragraph))
    text = run_text(block.inlines)
    for run in printed(block.inlines):
        if not isinstance(run.inline, kind) or run.end - run.start < 2:
            continue
        goal = text[: run.start] + "若干" + text[run.end :]
        found = applier(setting).apply(Wanted(1, block.id, text, goal))
        assert found.status == "refused"
        assert {one.why for one in found.refused} <= {"number", "word", "claim"}
        assert found.refused[0].keys or kind is Word
        assert (templates / "parts/p1.md.j2").read_text("utf-8") == PART


@pytest.mark.parametrize("digits", ["约140", "2035年", "3.5%"])
def test_no_number_is_typed(setting, digits) -> None:
    templates, composed = setting
    block = next(b for b in composed(templates).blocks() if isinstance(b, Paragraph))
    text = run_text(block.inlines)
    goal = text.replace("成效", f"成效（{digits}）")
    found = applier(setting).apply(Wanted(1, block.id, text, goal))
    assert [one.why for one in found.refused] == ["typed"]
    assert (templates / "parts/p1.md.j2").read_text("utf-8") == PART


@pytest.mark.parametrize("code", ["{{ year }}", "{% raw %}", "{## x ##}"])
def test_template_code_of_a_reviewer_stays_out(setting, code) -> None:
    templates, composed = setting
    block = next(b for b in composed(templates).blocks() if isinstance(b, Paragraph))
    text = run_text(block.inlines)
    goal = text.replace("成效", f"成效{code}")
    assert applier(setting).apply(Wanted(1, block.id, text, goal)).status == "refused"
    assert (templates / "parts/p1.md.j2").read_text("utf-8") == PART


def test_both_edits_are_kept_when_the_template_moved_on(setting) -> None:
    templates, composed = setting
    document = composed(templates)
    block = next(b for b in document.blocks() if isinstance(b, Paragraph))
    text = run_text(block.inlines)
    file = templates / "parts/p1.md.j2"
    file.write_text("{## 已改 ##}\n" + PART.replace("扎实", "牢固"), encoding="utf-8")
    one = Applier(document, {"templates/parts/p1.md.j2": PART}, templates, composed)
    found = one.apply(Wanted(1, block.id, text, text.replace("持续关注", "长期关注")))
    assert found.status == "applied"
    now = text_in(composed(templates), block.id)
    assert now == text.replace("扎实", "牢固").replace("持续关注", "长期关注")


def test_a_conflict_is_marked_and_nothing_is_lost(setting) -> None:
    templates, composed = setting
    document = composed(templates)
    block = next(b for b in document.blocks() if isinstance(b, Paragraph))
    text = run_text(block.inlines)
    file = templates / "parts/p1.md.j2"
    moved = PART.replace("持续关注", "密切跟踪")
    file.write_text(moved, encoding="utf-8")
    one = Applier(document, {"templates/parts/p1.md.j2": PART}, templates, composed)
    found = one.apply(Wanted(9, block.id, text, text.replace("持续关注", "长期关注")))
    assert found.status == "conflict"
    after = file.read_text("utf-8")
    assert "第9号意见" in after
    assert "长期" in after
    assert after.replace(next(x for x in after.splitlines(True) if "第9号" in x), "") == moved
    assert text_in(composed(templates), block.id) == text.replace("持续关注", "密切跟踪")


def test_two_opinions_on_one_sentence_are_both_written(setting) -> None:
    templates, composed = setting
    one = applier(setting)
    block = next(b for b in composed(templates).blocks() if isinstance(b, Paragraph))
    text = run_text(block.inlines)
    for number, (old, new) in enumerate([("成效", "总体成效"), ("持续关注", "长期关注")], 1):
        found = one.apply(Wanted(number, block.id, text, text.replace(old, new)))
        assert found.status == "applied", found
    expected = text.replace("成效", "总体成效").replace("持续关注", "长期关注")
    assert text_in(composed(templates), block.id) == expected


def test_labels_around_the_text_are_left_aside() -> None:
    assert aimed("总体情况", "第一章　总体情况", "第一章　总体形势") == "总体形势"
    assert aimed("总体情况", "第一章　总体情况", "第二章　总体情况") is None
    assert merged_text("甲乙，丙丁。", "甲乙，丙戊。", "甲己，丙丁。") in (None, "甲己，丙戊。")
    assert carried("a\nb\n", "x\na\nb\n", 2, 3) == (4, 5)


def test_glyphs_skip_tags_and_read_escapes() -> None:
    source = '甲{{ n("}}") }}乙\\*{## 注\n ##}\n{% if x %}丙{% endif %}'
    found = {line: "".join(one.sign for one in row) for line, row in glyphs(source).items()}
    assert found[1] == "甲乙*"
    assert found[3] == "丙"
