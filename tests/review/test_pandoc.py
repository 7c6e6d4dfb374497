"""Pandoc's reader, which we did not write, sees the same comments, insertions and deletions."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from report.review.base import read_base
from report.review.lines import read_lines
from report.review.opened import open_returned
from report.review.read import read_returned
from tests.returned.sample import FILES, archive

NAMES = sorted(path.name for path in FILES.glob("*.docx") if path.name != "draft.docx")


@pytest.mark.parametrize("name", NAMES)
def test_the_same_marks(name: str, program, tmp_path: Path) -> None:
    pandoc = program("pandoc")
    done = subprocess.run(
        [pandoc, "--track-changes=all", "-f", "docx", "-t", "json", str(FILES / name)],
        check=True, capture_output=True,
    )  # fmt: skip
    tree = json.loads(done.stdout)
    theirs, whole = _spans(tree), _plain(_text(tree["blocks"]))
    base = read_base(archive(tmp_path))
    marks = [mark for mark, _match in read_returned((FILES / name).read_bytes(), name, base)]
    # Pandoc leaves out comments that stand on no words, and the words of list items in LibreOffice's
    # files together with what stands on them; those must be the only ones it lacks.
    comments = Counter(
        (mark.author, _plain(mark.text))
        for mark in marks
        if mark.kind == "comment"
        and (mark.quoted or mark.note)
        and _plain(mark.quoted)[:6].replace("［图］", "") in whole
    )
    assert comments == Counter((who, text) for kind, who, text in theirs if kind == "comment-start")
    # Words put in or taken out, whatever larger mark they are told by.
    paper = read_lines(open_returned((FILES / name).read_bytes(), name))
    for kind, ours in (("insertion", {"ins", "moveTo"}), ("deletion", {"del", "moveFrom"})):
        read = Counter(
            (one.author, letter)
            for line in paper.lines
            for piece in line.pieces
            for one in piece.revisions
            if one.kind in ours
            for letter in _plain(piece.text)
        )
        told = Counter(
            (author, letter) for k, author, text in theirs if k == kind for letter in _plain(text)
        )
        assert read == told


def _spans(node) -> list[tuple[str, str, str]]:
    found = []
    if isinstance(node, dict):
        if node.get("t") == "Span":
            (_id, classes, attributes), inner = node["c"]
            author = dict(attributes).get("author", "")
            text = _plain(_text(inner))
            kinds = ("comment-start", "insertion", "deletion")
            found += [(kind, author, text) for kind in kinds if kind in classes]
        for value in node.values():
            found += _spans(value)
    elif isinstance(node, list):
        for value in node:
            found += _spans(value)
    return found


def _text(node) -> str:
    if isinstance(node, dict):
        return node["c"] if node.get("t") == "Str" else _text(node.get("c", ""))
    return "".join(_text(one) for one in node) if isinstance(node, list) else ""


def _plain(text: str) -> str:
    return re.sub(r"[\s¶]+", "", text)
