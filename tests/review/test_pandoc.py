"""Pandoc's reader, which we did not write, sees the same comments, insertions and deletions."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
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
        [pandoc, "--track-changes=all", "-f", "docx", "-t", "json", str(_mended(name, tmp_path))],
        check=True, capture_output=True,
    )  # fmt: skip
    theirs = _spans(json.loads(done.stdout))
    base = read_base(archive(tmp_path))
    marks = [mark for mark, _match in read_returned((FILES / name).read_bytes(), name, base)]
    # Pandoc leaves out a comment that stands on no words; it must be the only kind it lacks.
    comments = Counter(
        (mark.author, _plain(mark.text))
        for mark in marks
        if mark.kind == "comment" and (mark.quoted or mark.note)
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


def _mended(name: str, folder: Path) -> Path:
    """Drop bookmarks that LibreOffice left without an end: pandoc loses the text after them."""
    target = folder / name
    with zipfile.ZipFile(FILES / name) as source, zipfile.ZipFile(target, "w") as copy:
        for part in source.namelist():
            data = source.read(part)
            if part == "word/document.xml":
                text = data.decode()
                ended = set(re.findall(r'<w:bookmarkEnd w:id="(\d+)"', text))
                text = re.sub(
                    r'<w:bookmarkStart w:id="(\d+)"[^>]*/>',
                    lambda match: match[0] if match[1] in ended else "",
                    text,
                )
                data = text.encode()
            copy.writestr(part, data)
    return target


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
