"""A made-up edition, assessed once, and a way to check texts written for it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from report.assessment import assess
from report.assessment.results import Results
from report.check import Finding, Style, check, read_style
from report.document.model import Document
from report.edition import load_edition
from report.edition.model import Edition
from report.manuscript import compose
from tests.support.editions import make_edition

ROOT = Path(__file__).parents[2]


@dataclass
class Desk:
    """Checks a text as the only part of a report; ``document`` is what it was composed to."""

    folder: Path
    edition: Edition
    results: Results
    style: Style
    document: Document | None = None

    def compose(self, text: str) -> Document:
        (self.folder / "parts/p.md.j2").write_text("# 题 {#p}\n\n" + text, encoding="utf-8")
        self.document = compose(self.edition, self.results, None, self.folder)
        return self.document

    def __call__(self, text: str) -> tuple[Finding, ...]:
        return check(self.compose(text), self.results, self.edition, self.style)

    def told(self, text: str) -> list[tuple[str, str]]:
        """Return rule and word of every finding."""
        return [(one.rule, one.word) for one in self(text)]


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> tuple[Edition, Results]:
    folder = make_edition(tmp_path_factory.mktemp("checked"), survey=True, seed=7)
    edition = load_edition(folder)
    return edition, assess(edition)


@pytest.fixture
def desk(made, tmp_path) -> Desk:
    folder = tmp_path / "templates"
    (folder / "parts").mkdir(parents=True)
    shutil.copy(ROOT / "templates/style.yaml", folder)
    (folder / "report.yaml").write_text("parts:\n  - {id: p, content: parts/p.md.j2}\n")
    return Desk(folder, *made, read_style(folder))
