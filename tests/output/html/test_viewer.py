"""The viewer of the page: its data unfolds to the whole calculation, its script is the only one allowed."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from lxml import html

from figures import draw
from report.assessment import labels
from report.errors import OutputError
from report.ledger import Sources, ledger
from report.output.html import viewer_data, write_page, write_print
from tests.ledger.small import small
from tests.ledger.test_ledger_rows import document, spec

PAGE_DIR = Path(__file__).parents[3] / "templates" / "page"
SOURCES = Sources(small(), small("w"))


@pytest.fixture(scope="module")
def drawings():
    return {"fig": draw(spec())}


@pytest.fixture(scope="module")
def trace(drawings):
    return viewer_data(ledger(document(), SOURCES, drawings), SOURCES)


@pytest.fixture(scope="module")
def data(trace):
    return json.loads(trace)


@pytest.fixture(scope="module")
def page(drawings, trace):
    return write_page(document(), drawings, PAGE_DIR, trace=trace)


def unfolded(data) -> list[str]:
    keys, last = [], ""
    for shared, rest in zip(data["keys"][::2], data["keys"][1::2], strict=True):
        last = last[:shared] + rest
        keys.append(last)
    return keys


def test_the_data_reach_from_the_printed_numbers_to_the_cells(data):
    keys = unfolded(data)
    assert keys == sorted(keys)
    printed = {keys[i] for i in data["printed"]}
    assert {"index.total.2022", "diff(index.total.2022,index.total.2021)"} <= printed
    assert "data.ports.130000.2022" in keys, "a leaf of the total that is not printed itself"
    assert "data.ports.130000.2022" not in printed
    for key, value in zip(keys, data["values"], strict=True):
        parents = [keys[i] for i in (value[3] if len(value) > 3 else [])]
        assert tuple(parents) == SOURCES.graph.parents(key)
        assert value[0] == SOURCES.graph.datum(key)
        if not parents:
            file, cell = value[5]
            place = SOURCES.graph.value(key).place
            assert (data["files"][file], cell) == (place.file, place.cell or place.line)


def test_units_formulae_and_names_are_there(data):
    keys = unfolded(data)
    index = data["values"][keys.index("index.total.2022")]
    assert data["operations"][index[2]] == "100 × {0} ÷ 基期 {1}"
    leaf = data["values"][keys.index("data.ports.110000.2022")]
    assert data["units"][leaf[1]] == "万个"
    assert data["operations"][leaf[2]] == "读入的数据"
    assert data["names"] == labels.names(small())


def test_the_page_holds_one_script_and_names_it(page, trace):
    tree = html.fromstring(page)
    scripts = tree.xpath("//script[not(@type)]")
    assert len(scripts) == 1
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    # As a browser does: the hash of the very characters between the tags.
    inside = re.search(r"<script>(.*?)</script>", page, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}';" in policy
    assert policy.startswith("default-src 'none'")
    (embedded,) = tree.xpath("//script[@type='application/json']/text()")
    assert json.loads(embedded) == json.loads(trace)


def test_no_text_of_the_data_can_end_its_element(drawings):
    hostile = '{"a":"</script><script>alert(1)</script><!--"}'
    page = write_page(document(), drawings, PAGE_DIR, trace=hostile)
    tree = html.fromstring(page)
    (embedded,) = tree.xpath("//script[@type='application/json']/text()")
    assert json.loads(embedded) == json.loads(hostile)
    assert len(tree.xpath("//script")) == 2


def test_the_script_fetches_and_evaluates_nothing():
    script = (PAGE_DIR / "viewer.js").read_text(encoding="utf-8")
    for word in ("eval(", "Function(", "innerHTML", "outerHTML", "document.write", "fetch(",
                 "XMLHttpRequest", "import(", "http:", "https:", "insertAdjacentHTML"):  # fmt: skip
        assert word not in script, word


def test_without_data_there_is_no_script(drawings):
    page = write_page(document(), drawings, PAGE_DIR)
    assert "<script" not in page
    assert "script-src" not in page
    assert ".trace" not in page


def test_a_script_that_could_end_itself_is_refused(tmp_path, drawings):
    for name in ("page.css", "viewer.css", "viewer.js"):
        (tmp_path / name).write_bytes((PAGE_DIR / name).read_bytes())
    (tmp_path / "viewer.js").write_text('"</script>";', encoding="utf-8")
    with pytest.raises(OutputError):
        write_page(document(), drawings, tmp_path, trace="{}")


def test_numbers_of_a_figure_can_be_pointed_at_on_the_screen_only(page, drawings):
    tree = html.fromstring(page)
    marks = tree.xpath("//figure//*[@class='mark']")
    assert {(m.get("data-key"), m.get("data-text")) for m in marks} >= {
        ("index.total.2022", "150.0")
    }
    assert "mark" not in write_print(document(), drawings, PAGE_DIR).partition("<body")[2]


def test_the_same_page_twice(page, drawings, trace):
    assert page == write_page(document(), drawings, PAGE_DIR, trace=trace)
