"""What all tests share: the project, the default edition built once, programs that may be missing."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

from report.pipeline import build

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Built:
    """An edition's outputs: the folder, and what its manifest says."""

    edition: str
    folder: Path

    @property
    def manifest(self) -> dict:
        return json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))

    def __getitem__(self, name: str) -> Path:
        path = self.folder / name
        assert path.is_file(), f"the build wrote no {name}"
        return path


@pytest.fixture(scope="session")
def project() -> Path:
    """The project's root."""
    return ROOT


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages are English in tests, whatever the machine speaks."""
    monkeypatch.setenv("IIREPORT_LANG", "en")


@pytest.fixture(scope="session")
def build_once(tmp_path_factory: pytest.TempPathFactory):
    """Build an edition once for all test processes: ``build_once("2022")``."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def build_once(edition: str) -> Built:
        out = shared / "built" / edition
        failed = shared / f"built-{edition}.failed"
        with FileLock(shared / f"built-{edition}.lock"):
            if failed.is_file():  # once is enough: every other test fails at once, and says why
                pytest.fail(f"edition {edition} did not build: {failed.read_text('utf-8')}")
            if not (out / "manifest.json").is_file():
                try:
                    build(ROOT / "data" / edition, out)
                except Exception as error:
                    failed.write_text(f"{type(error).__name__}: {error}", encoding="utf-8")
                    raise
        return Built(edition, out)

    return build_once


@pytest.fixture(scope="session")
def built(build_once) -> Built:
    """The default edition's outputs."""
    return build_once("2023")


@pytest.fixture
def edition_copy(tmp_path: Path):
    """A copy of the project's data and templates to break: ``edition_copy("2023") -> folder``."""

    def edition_copy(name: str = "2023") -> Path:
        for part in ("data", "templates"):
            shutil.copytree(
                ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__")
            )
        return tmp_path / "data" / name

    return edition_copy


def _program(*names: str) -> str:
    """Find a program or skip the test; in CI a missing program is a failure."""
    for name in names:
        if found := shutil.which(name):
            return found
    message = f"{names[0]} is not on this machine"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice's path; the test is skipped where it is missing (in CI it fails)."""
    return _program("soffice", "libreoffice")


@pytest.fixture(scope="session")
def ooxml_validator() -> str:
    """The Open XML SDK's validator, as ``.ci/run`` installs it."""
    default = ROOT / ".ci/ooxml/node_modules/.bin/ooxml-validator"
    return _program(os.environ.get("OOXML_VALIDATOR") or str(default))


@pytest.fixture(scope="session")
def program():
    """Find another program by name: ``program("pdftotext")``."""
    return _program
