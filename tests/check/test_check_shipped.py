"""The shipped editions with the shipped templates: nothing to mend, within seconds."""

import time
from pathlib import Path

import pytest

from report.check import check, check_wording, read_style
from report.pipeline.preparing import prepare

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module", params=["2023", "2022", "published-2021"])
def prepared(request):
    return prepare(ROOT / "data" / request.param)


def told(found):
    return [f"{one.place} {one.rule} {one.word or one.found}: {one.sentence}" for one in found]


@pytest.mark.slow
def test_nothing_is_told_of_a_shipped_edition(prepared):
    style = read_style(ROOT / "templates")
    start = time.perf_counter()
    found = check(prepared.document, prepared.results, prepared.edition, style, prepared.previous)
    seconds = time.perf_counter() - start
    assert told(found) == []
    assert seconds < 5  # about one; composing comes on top


@pytest.mark.slow
def test_the_checks_of_a_build_are_part_of_it(prepared):
    style = read_style(ROOT / "templates")
    assert check_wording(prepared.document, prepared.results, prepared.edition, style) == ()
