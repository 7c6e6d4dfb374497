"""The editors' reference: every example compiles with the shipped edition, every word is described."""

import re
from pathlib import Path

import pytest

from report.assessment import assess
from report.edition import load_edition
from report.manuscript import compose
from report.manuscript.compose import _Manuscript
from report.manuscript.helpers.exhibits import shipped

ROOT = Path(__file__).parents[2]
REFERENCE = (ROOT / "docs/templates.zh-CN.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```jinja\n(.*?)```", REFERENCE, re.DOTALL)


@pytest.fixture(scope="module")
def shipped_edition():
    edition = load_edition(ROOT / "data/2023")
    return edition, assess(edition)


def test_every_example_compiles(shipped_edition, tmp_path):
    (tmp_path / "all.md.j2").write_text("# 例 {#p}\n\n" + "\n\n".join(EXAMPLES), encoding="utf-8")
    (tmp_path / "report.yaml").write_text(
        "parts:\n  - {id: p, content: all.md.j2}\n", encoding="utf-8"
    )
    document = compose(*shipped_edition, None, tmp_path)
    assert sum(1 for _ in document.blocks()) > len(EXAMPLES)


def test_every_word_in_the_tables_compiles(shipped_edition, tmp_path):
    """The first column of each table of words, with real arguments, printed on a line of its own."""
    calls = [
        call
        for line in REFERENCE.splitlines()
        if line.startswith("| `") and "(" in line
        for call in re.findall(r"`([a-z_]+\([^`…]*\))`", line.split(" | ")[0])
        if not re.search("键|fig-|loop|questions_on", call)
    ]
    assert len(calls) > 55
    text = "# 例 {#p}\n\n" + "\n\n".join(
        "{% if " + c + " %}有{% endif %}" if c.startswith("has_") else "{{ " + c + " }}"
        for c in calls
    )
    (tmp_path / "all.md.j2").write_text(text, encoding="utf-8")
    (tmp_path / "report.yaml").write_text(
        "parts:\n  - {id: p, content: all.md.j2}\n", encoding="utf-8"
    )
    document = compose(*shipped_edition, None, tmp_path)
    assert not [b for b in document.blocks() if getattr(b, "style", "") == "notice"]


def test_every_word_is_described(shipped_edition, tmp_path):
    manuscript = _Manuscript(*shipped_edition, None, tmp_path, shipped())
    missing = [w for w in manuscript._environment.globals if not re.search(rf"\b{w}\b", REFERENCE)]
    assert missing == []
