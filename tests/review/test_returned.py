"""Every mark of the returned files is found, placed where it was made, and nothing else is."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from report.review.base import base_of, read_base
from report.review.lines import read_lines
from report.review.opened import open_returned
from report.review.read import read_returned
from tests.returned.sample import FILES, archive, document, docx

EXPECTED = {
    name: rows
    for source in ("word.json", "office.json")
    if (FILES / source).is_file()
    for name, rows in json.loads((FILES / source).read_text("utf-8")).items()
}


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return read_base(archive(tmp_path_factory.mktemp("project")))


def test_the_corpus_is_large_enough() -> None:
    assert sum(len(rows) for rows in EXPECTED.values()) >= 60


@pytest.mark.parametrize("name", EXPECTED)
def test_every_mark_is_found_and_placed(name: str, base) -> None:
    found = list(read_returned((FILES / name).read_bytes(), name, base))
    left = list(found)
    missing = []
    for row in EXPECTED[name]:
        hit = next((pair for pair in left if _fits(row, *pair)), None)
        if hit is None:
            missing.append(row)
        else:
            left.remove(hit)
    extra = [(mark.kind, match.block, mark.quoted, mark.text) for mark, match in left]
    assert not missing, (missing, extra)
    assert not extra


def _fits(row, mark, match) -> bool:
    span = match.spans[0] if match.spans else None
    return (
        mark.kind == row["kind"]
        and match.block == row["block"]
        and (not row["text"] or mark.text == row["text"])
        and (not row["quoted"] or mark.quoted == row["quoted"])
        and ("author" not in row or mark.author == row["author"])
        and ("row" not in row or (span.row, span.column) == (row["row"], row["column"]))
        and ("placing" not in row or match.placing == row["placing"])
        and (
            "blocks" not in row
            or list(dict.fromkeys(s.block for s in match.spans)) == row["blocks"]
        )
        and bool(mark.parent) == row.get("reply", False)
        and (not row.get("resolved") or mark.resolved)
    )


@pytest.mark.parametrize("name", [*EXPECTED, "office.docx"])
def test_no_changed_word_is_dropped(name: str, base) -> None:
    """Every letter put in or taken out stands in the words of some mark."""
    paper = read_lines(open_returned((FILES / name).read_bytes(), name))
    marks = [mark for mark, _match in read_returned((FILES / name).read_bytes(), name, base)]
    told = Counter(letter for mark in marks for letter in mark.text + mark.quoted)
    changed = Counter(
        letter
        for line in paper.lines
        for piece in line.pieces
        if any(one.kind in {"ins", "del", "moveFrom", "moveTo"} for one in piece.revisions)
        for letter in piece.text
    )
    assert not changed - told


def test_an_untouched_draft_has_no_marks(base) -> None:
    assert list(read_returned(docx(document()), "draft.docx", base)) == []


def test_offsets_lead_to_the_quoted_words(base) -> None:
    texts = {block.id: base.blocks[block.id].text for block in document().blocks()}
    checked = 0
    for name in EXPECTED:
        for mark, match in read_returned((FILES / name).read_bytes(), name, base):
            span = match.spans[0] if match.spans else None
            if mark.kind in {"replacement", "deletion"} and span and not span.row:
                assert texts[span.block][span.start : span.end] == mark.quoted
                checked += 1
    assert checked > 10


def test_fingerprints_are_stable_and_distinct(base) -> None:
    data = (FILES / "word-tracked.docx").read_bytes()
    first = read_returned(data, "a.docx", base)
    second = read_returned(data, "b.docx", base)
    ids = [mark.id for mark in first.returned.marks]
    assert ids == [mark.id for mark in second.returned.marks]
    assert len(set(ids)) == len(ids)


def test_base_of_needs_no_archive(base) -> None:
    again = base_of(base.draft, base.blocks.values(), docx(document()))
    assert again.lines == base.lines
