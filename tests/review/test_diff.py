"""The difference of documents and its causes, on a made-up edition changed in one place at a time."""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from report.document.model import Figure, Number, Paragraph, Table, Text
from report.document.walk import transform
from report.review.causes_of_change import Version, explain
from report.review.changes_page import write_changes_page
from report.review.changes_text import write_text
from report.review.compared import Compared, Side
from report.review.diff import diff
from report.review.words import steps, words
from tests.review.versions import ROOT, changed, version
from tests.support.editions import make_edition, read_csv, write_csv
from tests.support.editions import replace as replace_in


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> Path:
    """An edition with the real templates."""
    folder = tmp_path_factory.mktemp("diff") / "base"
    folder.mkdir()
    make_edition(folder, regions=8)
    shutil.copytree(ROOT / "templates", folder / "templates")
    return folder


@pytest.fixture(scope="module")
def old(base: Path) -> Version:
    return version(base / "data/2030", base / "templates")


def again(base: Path, tmp: Path, name: str, *changes) -> Version:
    folder = changed(base, tmp, name, lambda path: [change(path) for change in changes])
    return version(folder / "data/2030", folder / "templates")


# ---------------------------------------------------------------- single causes


def datum(seed: int):
    def change(path: Path) -> None:
        file = path / "data/2030/figures.csv"
        rows = read_csv(file)
        row = random.Random(seed).choice([row for row in rows[1:] if row[2] in ("2028", "2029")])
        row[3] = str(round(float(row[3]) * 1.4, 2))
        write_csv(file, rows)

    return change


def weight(path: Path) -> None:
    file = path / "data/2030/indicators.yaml"
    text = file.read_text("utf-8")
    assert "weight: 0.33" in text
    text = text.replace("weight: 0.33", "weight: 0.43", 1)
    file.write_text(text.replace("weight: 0.34", "weight: 0.24", 1), "utf-8")


def threshold(path: Path) -> None:
    replace_in(path / "data/2030/forms.yaml", "quantile 0.75", "quantile 0.6")


def draws(path: Path) -> None:
    replace_in(path / "data/2030/edition.yaml", "robustness_draws: 50", "robustness_draws: 70")


def sentence(path: Path) -> None:
    replace_in(path / "templates/parts/p1-overview.md.j2", "维度", "方面", 6)


@pytest.mark.parametrize(
    ("change", "cause"),
    [(datum(1), "data"), (datum(2), "data"), (weight, "weights"), (threshold, "method"),
     (draws, "method"), (sentence, "template")],
)  # fmt: skip
def test_single_causes_are_named(base, old, tmp_path, change, cause) -> None:
    new = again(base, tmp_path, "new", change)
    found = explain(diff(old.document, new.document), old, new)
    assert found
    right = sum(one.causes == (cause,) for one in found)
    assert right >= 0.99 * len(found), Counter(one.causes for one in found)


@pytest.mark.parametrize(
    "computed",
    [datum(3), datum(5), weight, threshold],
    ids=["data", "more-data", "weights", "method"],
)
def test_causes_stay_apart_when_two_are_at_work(base, old, tmp_path, computed) -> None:
    """Each block changed by one of them has that one's label, as when it is alone."""
    alone = [again(base, tmp_path, name, one) for name, one in (("a", computed), ("b", sentence))]
    both = again(base, tmp_path, "both", computed, sentence)
    truth: dict[str, set[str]] = {}
    for new in alone:
        for one in explain(diff(old.document, new.document), old, new):
            truth.setdefault(one.change.id, set()).update(one.causes)
    found = explain(diff(old.document, both.document), old, both)
    single = [one for one in found if len(truth[one.change.id]) == 1]
    wrong = [one.change.id for one in single if set(one.causes) != truth[one.change.id]]
    assert len(wrong) <= 0.01 * len(single), wrong
    assert any(one.causes == ("template",) for one in single)


def test_an_accepted_opinion_takes_the_template_s_place(base, old, tmp_path) -> None:
    new = again(base, tmp_path, "new", sentence)
    changes = diff(old.document, new.document)
    block = next(one.id for one in changes if one.what == "paragraph")
    found = {one.change.id: one for one in explain(changes, old, new, {block: (7,)})}
    assert found[block].causes == ("opinion",)
    assert found[block].opinions == (7,)


def test_an_opinion_does_not_claim_what_the_data_changed(base, old, tmp_path) -> None:
    new = again(base, tmp_path, "new", datum(1))
    changes = diff(old.document, new.document)
    settled = {one.id: (1,) for one in changes}
    assert all(one.causes == ("data",) for one in explain(changes, old, new, settled))


# ---------------------------------------------------------------- what is found


def test_nothing_differs_from_itself(old) -> None:
    assert diff(old.document, old.document) == ()


def test_every_kind_of_change_is_found(old) -> None:
    paragraphs = [
        b for b in old.document.blocks() if isinstance(b, Paragraph) and len(b.inlines) > 2
    ]
    gone, edited = paragraphs[3].id, paragraphs[8].id
    table = next(
        block
        for block in old.document.blocks()
        if isinstance(block, Table)
        and len(block.body) > 3
        and all(cell.rowspan == 1 for row in block.body for cell in row)
    )
    figure = next(b for b in old.document.blocks() if isinstance(b, Figure) and b.spec.series)

    def change(block):
        if block.id == gone:
            return ()
        if block.id == edited:
            return replace(block, inlines=(Text("另起一句。"), *block.inlines))
        if block.id == table.id:
            cell = replace(block.body[1][-1], inlines=(Text("改"),))
            body = (block.body[0], (*block.body[1][:-1], cell), *block.body[3:])
            return replace(block, body=body, source="另一来源")
        if block.id == figure.id:
            series = block.spec.series[0]
            point = replace(series.points[0], text="123.4", value=123.4)
            first = replace(series, points=(point, *series.points[1:]))
            return replace(block, spec=replace(block.spec, series=(first, *block.spec.series[1:])))
        return block

    found = {one.id: one for one in diff(old.document, transform(old.document, block=change))}
    assert set(found) == {gone, edited, table.id, figure.id}
    assert found[gone].kind == "removed"
    assert next(e.new for e in found[edited].edits).startswith("另起一句。")
    assert {edit.aspect for edit in found[table.id].edits} == {"cell", "row", "source"}
    assert [(e.aspect, e.new) for e in found[figure.id].edits] == [("point", "123.4")]


def test_a_moved_paragraph_is_one_change(old) -> None:
    section = next(s for s in old.document.sections if len(s.blocks) > 12)
    index = next(n for n, b in enumerate(section.blocks) if isinstance(b, Paragraph) and n > 2)
    block = section.blocks[index]
    rest = [b for b in section.blocks if b is not block]
    moved = replace(section, blocks=(*rest[:-1], block, rest[-1]))
    sections = tuple(moved if s is section else s for s in old.document.sections)
    found = diff(old.document, replace(old.document, sections=sections))
    assert [(one.kind, one.id) for one in found] == [("moved", block.id)]


def test_numbers_are_whole_and_words_chinese() -> None:
    text = "2022年总指数为139.7，提高−3.2%，R&D经费1,234.5亿元（图2-3）"
    cut = words(text)
    assert "".join(cut) == text
    assert {"139.7", "−3.2%", "1,234.5", "R&D", "总指数" if "总指数" in cut else "指数"} <= set(cut)
    ops = [op for op, *_rest in steps(words("指数为139.7点"), words("指数为140.7点"))]
    assert ops == ["equal", "replace", "equal"]


def test_page_and_text_tell_old_and_new(old) -> None:
    def change(inline):
        if isinstance(inline, Number) and inline.quantity.key.startswith("index.total"):
            quantity = replace(inline.quantity, text="<999.9>")
            return replace(inline, quantity=quantity)
        return inline

    new = replace(old, document=transform(old.document, inline=change))
    compared = Compared(Side("第1稿", old), Side("第2稿", new))
    page, text = write_changes_page(compared), write_text(compared)
    assert "&lt;999.9&gt;" in page
    assert "<999.9>" not in page
    assert not re.search(r"<script|https?://|<link", page)
    assert "第1稿 → 第2稿" in text
    assert "index.total" in text
