"""The cells under a key: which, in what order, how they are written; derived and foreign keys."""

from __future__ import annotations

import pytest

from report.assessment import labels, trace
from report.document.derived import UnknownKey
from report.ledger import Graph, Sources, formula, label
from tests.ledger.small import small


@pytest.fixture(scope="module")
def sources() -> Sources:
    return Sources(small(), small("w"))


def test_cells_are_written_as_ranges(sources):
    assert sources.text("indicator.ports.nation.2021") == "data/x/figures.csv!D2:D4"
    assert sources.text("indicator.ports.nation.2022") == "data/x/figures.csv!D6:D7, D9"
    assert sources.text("weight.build") == "data/x/indicators.yaml:12"


def test_a_derived_key_has_the_cells_of_its_operands(sources):
    key = "diff(index.total.2022,index.total.2021)"
    assert sources.text(key) == "data/x/figures.csv!D2:D4, D6:D7, D9"
    assert len(sources.leaves(key)) == 6
    with_weight = "share(weight.build,indicator.ports.nation.2021)"
    assert sources.text(with_weight) == "data/x/figures.csv!D2:D4; data/x/indicators.yaml:12"


def test_the_same_cell_of_two_editions_is_named_once(sources):
    key = "diff(indicator.ports.nation.2021,w:indicator.ports.nation.2021)"
    assert sources.text(key) == "data/x/figures.csv!D2:D4"
    assert "w:data.ports.110000.2021" in sources.leaves(key)


def test_places_and_leaves_come_in_the_order_of_cells(sources):
    assert [place.cell for place in sources.places("index.total.2022")] == [
        "D2", "D3", "D4", "D6", "D7", "D9",
    ]  # fmt: skip
    assert sources.listed("indicator.ports.nation.2021")[0] == "data.ports.110000.2021"
    assert sources.leaves("weight.build") == {"weight.build"}


def test_the_leaves_are_those_of_the_trace(sources):
    results = small()
    for key in results:
        assert sources.leaves(key) == set(trace.leaves(results, key))


@pytest.mark.parametrize("key", ["index.none.2022", "q:index.total.2022", "sum(index.none.2022)"])
def test_an_unknown_key_is_told(sources, key):
    with pytest.raises(UnknownKey):
        sources.text(key)
    assert key not in sources.graph


def test_the_graph_reads_all_kinds_of_keys():
    graph = Graph(small(), small("w"))
    assert graph.datum("index.total.2022") == 150
    assert graph.datum("change(index.total.2022,w:index.total.2021)") == pytest.approx(50)
    assert graph.unit("change(index.total.2022,w:index.total.2021)") == "%"
    assert graph.parents("count(>,100,index.total.2022,index.total.2021)") == (
        "index.total.2022", "index.total.2021",
    )  # fmt: skip
    assert graph.parents("w:index.total.2022")[0] == "w:indicator.ports.nation.2022"
    assert graph.parents("diff(sum(index.total.2022),index.total.2021)")[0] == (
        "sum(index.total.2022)"
    )


def test_keys_in_words():
    graph = Graph(small(), small("w"))
    known = labels.names(graph.results)
    key = "diff(index.total.2022,w:index.total.2021)"
    assert label(graph, key, known) == "总体·指数（2022年） − 总体·指数（2021年）［w版］"
    assert formula(graph, key) == "150 − 100 = 50点"
    assert formula(graph, "index.total.2022") == "100 × 60 ÷ 基期 40 = 150"
    count = "count(>,100,index.total.2022,index.total.2021)"
    assert formula(graph, count, "en") == "number of those > 100 = 1个; with 150, 100"
    assert formula(graph, "diff(index.total.2022,index.total.2022)") == "150 − 150 = 0点"
