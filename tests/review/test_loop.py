"""The review loop from the first draft to the answer, by commands; and applied wording in the finished files."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from bench.review_loop import Loop, copied, plain, play
from figures import draw
from report.check.outputs import parity
from report.document.model import Figure, Number, Paragraph, Text, Word
from report.document.text import run_text
from report.manuscript import compose
from report.output.docx import write_docx
from report.output.html import write_print
from report.output.pdf import write_pdf
from report.pipeline import prepare
from report.pipeline.preparing import assess_both, load
from report.review.apply import Applier, Wanted, runs_of
from report.review.sentence import printed

EDITION = "published-2021"


@pytest.mark.slow
def test_three_reviewers_and_two_drafts(tmp_path, program) -> None:
    program("pdftotext")
    loop: Loop = copied(tmp_path, EDITION)
    loop.quiet = True
    assert list(play(loop)) == []
    assert len(loop.log) == 14


@pytest.fixture
def setting(project, tmp_path):
    """A copy of the templates, and what composes the small shipped edition from them."""
    templates = tmp_path / "templates"
    shutil.copytree(project / "templates", templates)
    edition, before = load(project / "data" / EDITION)
    results, previous = assess_both(edition, before)

    def composed(folder: Path):
        return compose(edition, results, previous, folder)

    return templates, composed


def sources(templates: Path) -> dict[str, str]:
    return {
        f"templates/{path.relative_to(templates).as_posix()}": path.read_text("utf-8")
        for path in templates.rglob("*.j2")
    }


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_applied_wording_stands_in_pdf_and_docx(setting, tmp_path, program, seed) -> None:
    """Random rewordings of static prose, all applied, then one build: each sentence as it was asked for."""
    program("pdftotext")
    templates, composed = setting
    rng = random.Random(seed)
    document = composed(templates)
    applier = Applier(document, sources(templates), templates, composed)
    blocks = [b for b in document.blocks() if isinstance(b, Paragraph) and _static(b)]
    rng.shuffle(blocks)
    asked: dict[str, str] = {}
    lines = set()
    for block in blocks:
        if len(asked) == 12:
            break
        if block.origin in lines:  # one template line may print several paragraphs
            continue
        lines.add(block.origin)
        text = run_text(block.inlines)
        run = rng.choice(_static(block))
        start = rng.randrange(run.start, run.end)
        end = min(run.end, start + rng.randrange(4))
        new = rng.choice(["", "适当", "（另行说明）", "*号", "A_b", "<b>", "&amp;"])
        goal = text[:start] + new + text[end:]
        found = applier.apply(Wanted(len(asked) + 1, block.id, text, goal))
        if found.status == "applied" and not found.others:
            asked[block.id] = goal
    assert len(asked) == 12
    after = composed(templates)
    drawings = {b.id: draw(b.spec) for b in after.blocks() if isinstance(b, Figure)}
    pdf, docx = tmp_path / "report.pdf", tmp_path / "report.docx"
    page = write_print(after, drawings, templates / "page")
    pdf.write_bytes(write_pdf(page, after, templates / "page"))
    docx.write_bytes(write_docx(after, drawings, templates / "docx/reference.docx", pages={}))
    assert parity(after, pdf.read_bytes(), docx.read_bytes()) == ()
    in_pdf, in_docx = plain(pdf), plain(docx)
    for block, goal in asked.items():
        shown = runs_of(after, block)
        assert shown is not None
        assert run_text(shown) == goal
        for piece in _pieces(goal):
            assert piece in in_docx, (block, piece)
            assert piece in in_pdf or _broken(piece, in_pdf), (block, piece)


def _static(block: Paragraph) -> list:
    return [r for r in printed(block.inlines) if isinstance(r.inline, Text) and r.end - r.start > 6]


def _pieces(text: str) -> list[str]:
    """Cut a sentence where a footnote call or a page's end may stand between its words."""
    cuts = "，。；："
    for mark in cuts:
        text = text.replace(mark, "\n")
    return [piece for piece in ("".join(line.split()) for line in text.split("\n")) if piece]


def _broken(piece: str, text: str) -> bool:
    """Whether a page's end, with its foot and head, parts the piece."""
    return any(piece[:n] in text and piece[n:] in text for n in range(1, len(piece)))


def test_no_computed_number_of_the_real_report_is_written(project, tmp_path) -> None:
    """Whatever number or chosen word of the default edition a reviewer types over, it is refused."""
    ready = prepare(project / "data" / "2023")
    templates = tmp_path / "templates"
    shutil.copytree(project / "templates", templates)
    before = sources(templates)
    applier = Applier(ready.document, before, templates, lambda _folder: ready.document)
    tried = 0
    for block in ready.document.blocks():
        if not isinstance(block, Paragraph):
            continue
        text = run_text(block.inlines)
        for run in printed(block.inlines):
            if isinstance(run.inline, Number | Word) and run.end - run.start > 1:
                goal = f"{text[: run.start]}若干{text[run.end :]}"
                found = applier.apply(Wanted(1, block.id, text, goal))
                assert found.status == "refused", (block.id, run)
                tried += 1
    assert tried > 1000
    assert sources(templates) == before
