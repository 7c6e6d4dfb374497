"""Changes of form between two editions."""

import dataclasses

import pytest

from report.document.model import Word
from report.manuscript.compose import compose
from report.manuscript.store import plain_text
from tests.manuscript.conftest import EXHIBITS, results, values


@pytest.fixture
def say(press):
    """Compose a text with a previous edition in which 江苏 was emerging and 湖北 leading."""

    def composed(text, previous):
        press.write("parts/p.md.j2", "# 题 {#p}\n\n" + text)
        press.write("report.yaml", "parts:\n  - {id: p, content: parts/p.md.j2}\n")
        made = compose(press.edition, press.results, previous, press.folder, exhibits=EXHIBITS)
        return list(made.blocks())[1]

    return composed


def before(**forms):
    changed = {f"form.{code[1:]}": form for code, form in forms.items()}
    return dataclasses.replace(results({**values(), **changed}), edition="w")


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ('joined("leading")', "江苏"),
        ('joined("孕育起步")', "湖北"),
        ('left("leading")', "湖北"),
        ("moved_regions()", "江苏和湖北"),
        ("moved_regions().count", "2"),
        ('form_before("江苏")', "孕育起步"),
    ],
)
def test_changes(say, written, printed):
    block = say("{{ " + written + " }}", before(_320000="emerging", _420000="leading"))
    assert plain_text(block.inlines) == printed


def test_no_change(say):
    block = say('{{ joined("leading") }}', before())
    assert plain_text(block.inlines) == "无"


def test_the_reason_names_the_step(say):
    block = say('{{ joined("leading") }}', before(_320000="emerging"))
    (word,) = (i for i in block.inlines if isinstance(i, Word))
    assert word.keys == ("form.320000",)
    assert "emerging → leading" in word.condition


@pytest.mark.parametrize("previous", [None, results({"index.total.2021": 100.0})])
def test_without_a_previous_edition(say, previous):
    assert "从略" in plain_text(say('{{ joined("leading") }}。', previous).inlines)
