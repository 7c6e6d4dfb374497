"""``iireport trace``: trees, recomputation, causes, editions compared, printed numbers found."""

from __future__ import annotations

import json
import math

import pytest

from report.assessment import assess
from report.cli import traced
from report.cli.shell import run
from report.edition import load_edition
from report.ledger import Graph
from tests.ledger.small import small
from tests.support.editions import make_edition


@pytest.fixture
def trace(capsys, monkeypatch, project):
    """Run the command in the project; return the exit code and what it printed."""
    monkeypatch.chdir(project)
    monkeypatch.setenv("COLUMNS", "200")

    def trace(*arguments: str) -> tuple[int, str]:
        code = run(["trace", *arguments], "iireport")
        captured = capsys.readouterr()
        return code, captured.out + captured.err

    return trace


def described(trace, *arguments: str) -> dict:
    code, said = trace(*arguments, "--json")
    assert code == 0, said
    return json.loads(said)


def test_the_tree_ends_in_cells(trace):
    code, said = trace("index.broadband_ports.2022", "--depth", "3")
    assert code == 0
    assert "互联网宽带接入端口·指数（2022年）" in said
    assert "index.broadband_ports.2022 = 116.95" in said
    assert "100 × 107104.3 ÷ 基期 91578" in said or "100 × 107104.3 ÷ base 91578" in said
    assert "data.broadband_ports.110000.2022" in said
    assert "figures.csv!D" in said
    assert "and 25 more" in said, "31 regions, of which six are shown"


def test_the_tree_for_scripts(trace):
    said = described(trace, "index.broadband_ports.2022", "--depth", "2", "--leaves")
    tree = said["tree"]
    assert tree["label"] == "互联网宽带接入端口·指数（2022年）"
    nation = tree["from"][0]
    assert nation["key"] == "indicator.broadband_ports.nation.2022"
    assert len(said["leaves"]) == 63  # 31 regions of two years, one factor
    assert all(leaf["place"] for leaf in said["leaves"])


def test_a_leaf_is_its_own_cell(trace):
    code, said = trace("data.optical_cable_km.110000.2022")
    assert code == 0
    assert "data/statistics/2018-2022/figures.csv!D6" in said


def test_a_derived_key_and_another_edition(trace):
    said = described(trace, "change(index.total.2022,2022:index.total.2021)", "--depth", "1")
    keys = [each["key"] for each in said["tree"]["from"]]
    assert keys == ["index.total.2022", "2022:index.total.2021"]
    a, b = (each["value"] for each in said["tree"]["from"])
    assert said["tree"]["value"] == pytest.approx((a / b - 1) * 100)
    assert said["tree"]["unit"] == "%"


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("index.totl.2022", "index.total.2022"),
        ("levl.total.110000.2022", "level.total.110000.2022"),
    ],
)
def test_a_wrong_key_names_the_nearest(trace, key, near):
    code, said = trace(key)
    assert code == 2
    assert near in said


@pytest.mark.parametrize(
    "arguments",
    [[], ["--why", "index.total", "2021", "2022", "--text", "1"], ["diff(index.total.2022)"],
     ["twice(index.total.2022)"], ["--edition", "1999", "index.total.2022"],
     ["--why", "form.110000", "2021", "2022"]],
)  # fmt: skip
def test_questions_without_an_answer(trace, arguments):
    code, said = trace(*arguments)
    assert code == 2
    assert "Traceback" not in said


@pytest.mark.parametrize("edition", ["2022", "2023", "published-2021"])
def test_everything_is_computed_again(trace, project, edition):
    said = described(trace, "--evaluate", "--edition", edition)
    assert said["difference"] <= 1e-9
    results = assess(load_edition(project / "data" / edition))
    assert said["values"] + said["leaves"] == len(results.values)


def test_one_key_is_computed_again(trace):
    code, said = trace("change(index.total.2022,index.total.2021)", "--evaluate")
    assert code == 0
    assert "largest difference 0.0e+00" in said


def test_a_forged_value_is_found():
    results = small()
    value = results["index.total.2022"]
    results.values["index.total.2022"] = type(value)(  # type: ignore[index]
        value.key, 150.1, value.unit, value.op, value.parents
    )
    told = traced.tell_evaluation(Graph(results), "")
    assert not told.ok
    assert told.described["at"] == "index.total.2022"
    assert told.described["difference"] == pytest.approx(0.1 / 150.1)
    told = traced.tell_evaluation(Graph(results), "diff(index.total.2022,index.total.2021)")
    assert not told.ok


def test_why_adds_up(trace):
    said = described(trace, "--why", "index.total", "2021", "2022", "--depth", "3")
    assert said["sum"] == pytest.approx(said["effect"], rel=1e-12)
    stack = [said]
    while stack:
        cause = stack.pop()
        if cause["causes"]:
            total = math.fsum(each["effect"] for each in cause["causes"])
            assert total == pytest.approx(cause["effect"], abs=1e-9)
        stack += cause["causes"]


def test_why_in_words(trace):
    code, said = trace("--why", "index.total.2022", "2021", "2022")
    assert code == 0
    assert "100.0%" in said
    assert "Check: the causes add up to" in said
    code, said = trace("--why", "index.broadband_ports", "2021", "2022", "--depth", "4")
    assert "smaller causes together" in said, "31 regions, of which nine are shown"


def test_between_two_editions(trace):
    said = described(trace, "index.total.2021", "--between", "2022", "2023")
    assert math.fsum(said["effects"].values()) == pytest.approx(said["after"] - said["before"])
    assert set(said["effects"]) == {"data", "weights", "method"}
    code, text = trace("index.total.2021", "--between", "2022", "2023")
    assert code == 0
    assert "Check: the effects add up to" in text
    assert trace("index.total.2022", "--between", "2022", "2023")[0] == 2, "2022 has no such year"


def test_a_printed_number_is_found(trace):
    said = described(trace, "--text", "146.6", "--edition", "published-2021")
    rows = said["rows"]
    assert {"index.total.2020"} <= {row["key"] for row in rows}
    for row in rows:
        assert row["part"]
        assert ":" in row["origin"] or row["key"].startswith("structural")
    code, text = trace("--text", "146.6", "--edition", "published-2021")
    assert code == 0
    assert "index.total.2020 = 146.6" in text
    assert "templates/parts/" in text
    assert "results.csv" in text


def test_a_number_that_is_not_printed(trace):
    code, said = trace("--text", "987654.321", "--edition", "published-2021")
    assert code == 2
    assert "987654.321" in said


def test_an_edition_of_its_own_regions(trace, tmp_path):
    folder = make_edition(tmp_path, dimensions=5, regions=12, survey=False)
    said = described(trace, "level.total.mean.2029", "--edition", str(folder), "--evaluate")
    assert said["difference"] <= 1e-9
