"""Publishing: all files or none, the last good ones until then, one build at a time."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from report.errors import OutputError
from report.output.publish import MANIFEST, publish, reserved

FIRST = {"report.pdf": b"1", "figures/a.svg": b"<svg/>", MANIFEST: b"{}"}


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def put(out: Path, content: dict[str, bytes]) -> None:
    with reserved(out):
        publish(out, content)


def test_the_folder_holds_exactly_the_files(tmp_path):
    out = tmp_path / "dist" / "2023"
    put(out, FIRST)
    assert files(out) == FIRST
    put(out, {"report.pdf": b"2", MANIFEST: b"{}"})
    assert files(out) == {"report.pdf": b"2", MANIFEST: b"{}"}
    assert [path.name for path in out.parent.iterdir() if path.is_dir()] == ["2023"]


def test_a_build_that_fails_leaves_the_last_good_one(tmp_path):
    out = tmp_path / "2023"
    put(out, FIRST)
    with pytest.raises(ZeroDivisionError), reserved(out):
        raise ZeroDivisionError
    assert files(out) == FIRST


def test_a_write_that_fails_leaves_the_last_good_one(tmp_path, monkeypatch):
    out = tmp_path / "2023"
    put(out, FIRST)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("report.output.publish.os.fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        put(out, {"report.pdf": b"2", MANIFEST: b"{}"})
    assert files(out) == FIRST
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["2023"]


def test_a_rename_that_fails_is_undone(tmp_path, monkeypatch):
    out = tmp_path / "2023"
    put(out, FIRST)
    rename = Path.rename

    def stubborn(self: Path, target: Path) -> Path:
        if self.suffix == ".new":
            raise PermissionError(13, "a file is open in Word")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", stubborn)
    with pytest.raises(OutputError) as caught:
        put(out, {"report.pdf": b"2", MANIFEST: b"{}"})
    assert "Word" in caught.value.problems[0].remedy
    assert files(out) == FIRST


def test_a_build_killed_between_the_renames_is_mended_by_the_next(tmp_path):
    out = tmp_path / "2023"
    put(out, FIRST)
    out.rename(tmp_path / ".2023.old")
    (tmp_path / ".2023.abc.new").mkdir()
    with reserved(out):
        assert files(out) == FIRST
    assert not (tmp_path / ".2023.abc.new").exists()


def test_a_folder_of_other_files_is_never_replaced(tmp_path):
    out = tmp_path / "thesis"
    out.mkdir()
    (out / "chapter.docx").write_bytes(b"mine")
    with pytest.raises(OutputError) as caught:
        put(out, FIRST)
    assert "--out" in caught.value.problems[0].remedy
    assert files(out) == {"chapter.docx": b"mine"}


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path):
    (tmp_path / "2023").write_bytes(b"")
    with pytest.raises(OutputError):
        put(tmp_path / "2023", FIRST)


def _hold(out: str, held: object, done: object) -> None:
    with reserved(Path(out)):
        held.set()
        done.wait(20)


def test_two_builds_do_not_write_to_one_folder(tmp_path):
    out = tmp_path / "2023"
    context = multiprocessing.get_context("spawn")
    held, done = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(str(out), held, done))
    other.start()
    try:
        assert held.wait(20)
        with pytest.raises(OutputError, match="Another build"):
            put(out, FIRST)
    finally:
        done.set()
        other.join(20)
    put(out, FIRST)
    assert files(out) == FIRST
