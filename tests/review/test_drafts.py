"""Drafts do not change unnoticed, blocks keep their ids, and hostile files are refused."""

from __future__ import annotations

import contextlib
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report.document import store
from report.document.model import Document, Paragraph, Section, Text
from report.document.text import plain_text
from report.errors import OutputError
from report.manuscript.carry import Earlier, block_kind, carry
from report.project import Project
from report.review.drafts import draft_document, find_draft, read_drafts, verify
from report.review.opened import open_returned
from tests.returned.sample import EDITION, FILES, TEXTS, archive, document
from tests.support.documents import rich_document


def test_a_document_comes_back_exactly() -> None:
    for made in (document(), rich_document()):
        text = store.to_json(made)
        assert store.from_json(text) == made
        assert store.to_json(store.from_json(text)) == text


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_a_damaged_document_is_refused_or_read(data) -> None:
    text = store.to_json(document())
    at = data.draw(st.integers(0, len(text) - 2))
    broken = (
        text[:at] + data.draw(st.sampled_from(["", "0", "null", '"', "[", "{}"])) + text[at + 1 :]
    )
    with contextlib.suppress(OutputError):
        assert isinstance(store.from_json(broken), Document)


def test_verify_tells_what_was_done_to_a_draft(tmp_path: Path) -> None:
    draft = archive(tmp_path)
    assert verify(draft) == ()
    assert draft_document(find_draft(Project(tmp_path), EDITION)) == document()
    path = draft.folder / "blocks.json"
    assert path.stat().st_mode & 0o222 == 0
    path.chmod(0o644)
    path.write_text(path.read_text("utf-8") + " ", "utf-8")
    (draft.folder / "more.txt").write_text("x", "utf-8")
    target = draft.folder / "report.docx"
    target.chmod(0o644)
    target.unlink()
    found = {str(one.place).rsplit("/", 1)[-1] for one in verify(draft)}
    assert found == {"blocks.json", "more.txt", "report.docx"}
    assert [one.number for one in read_drafts(Project(tmp_path), EDITION)] == [1]


def test_a_path_out_of_the_archive_is_refused(tmp_path: Path) -> None:
    draft = archive(tmp_path)
    about = draft.folder / "draft.json"
    raw = json.loads(about.read_text("utf-8"))
    raw["files"]["../../secret"] = "0"
    about.chmod(0o644)
    about.write_text(json.dumps(raw), "utf-8")
    with pytest.raises(OutputError):
        read_drafts(Project(tmp_path), EDITION)


def _numbered(texts: list[str]) -> Document:
    blocks = tuple(Paragraph(f"s-{k:02d}", (Text(text),)) for k, text in enumerate(texts, 1))
    return Document(document().meta, (Section("s", "body", blocks),))


def _ids(made: Document) -> dict[str, str]:
    return {plain_text(block): block.id for block in made.blocks()}


LONG = list(TEXTS.values())


@given(
    st.lists(st.sampled_from(LONG), min_size=2, unique=True),
    st.lists(st.sampled_from(LONG), min_size=2, unique=True),
)
@settings(max_examples=80, deadline=None)
def test_paragraphs_that_stay_in_order_keep_their_ids(before: list[str], after: list[str]) -> None:
    old = _numbered(before)
    earlier = Earlier({b.id: (block_kind(b), plain_text(b)) for b in old.blocks()})
    fresh = _numbered(after)
    now = carry(fresh, [block.id for block in fresh.blocks()], earlier)
    ids = _ids(now)
    assert len(set(ids.values())) == len(after)
    was = _ids(old)
    for text, name in ids.items():
        assert name == was[text] if text in was else name not in was.values()


def test_a_corrected_number_does_not_part_a_paragraph_from_its_id() -> None:
    old = _numbered(["2021年为100.5分，居第3位。", "2021年为98.1分。"])
    earlier = Earlier(
        {b.id: (block_kind(b), plain_text(b)) for b in old.blocks()}, frozenset({"s-03"})
    )
    fresh = _numbered(
        ["一段全新的话，讲别的事情。", "2021年为101.7分，居第2位。", "2021年为98.1分。"]
    )
    now = carry(fresh, ["s-01", "s-02", "s-03"], earlier)
    assert [block.id for block in now.blocks()] == ["s-04", "s-01", "s-02"]


def _packed(change) -> bytes:
    with zipfile.ZipFile(FILES / "draft.docx") as source:
        files = {name: source.read(name) for name in source.namelist()}
    change(files)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive_:
        for name, content in files.items():
            archive_.writestr(name, content)
    return target.getvalue()


def _entity(files: dict[str, bytes]) -> None:
    text = files["word/document.xml"].decode()
    head, rest = text.split("?>", 1)
    files["word/document.xml"] = f'{head}?><!DOCTYPE x [<!ENTITY a "b">]>{rest}'.encode()


def _utf16(files: dict[str, bytes]) -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    files["word/comments.xml"] = text.encode("utf-16")


def _bomb(files: dict[str, bytes]) -> None:
    files["word/more.xml"] = b"<x>" + b" " * 70_000_000 + b"</x>"


def _textless(files: dict[str, bytes]) -> None:
    del files["word/document.xml"]


def _cut(files: dict[str, bytes]) -> None:
    files["word/document.xml"] = files["word/document.xml"][:-40]


@pytest.mark.parametrize("change", [_entity, _utf16, _bomb, _textless, _cut])
def test_hostile_files_are_refused(change) -> None:
    with pytest.raises(OutputError):
        open_returned(_packed(change), "a.docx")


def test_a_harmless_file_is_opened_with_its_drafts_id(tmp_path: Path) -> None:
    draft = archive(tmp_path)
    assert open_returned(_packed(lambda _files: None), "a.docx").draft == draft.id
    assert replace(draft).id == draft.id
