"""Change one datum: exactly the printed numbers change that the trace predicts."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from report.assessment import trace
from report.document.decisions import deciding_keys
from report.document.model import Number, Word
from report.document.walk import children, iter_inlines
from report.ledger import Row, Sources, ledger
from report.ledger.tokens import digits, numbers
from report.pipeline import Prepared, prepare
from report.project import Project
from tests.support.editions import copy_edition, make_edition, set_value

ROOT = Path(__file__).parents[2]
PROJECT = Project(ROOT)  # whose templates are those of the report


@dataclass(frozen=True)
class State:
    """An edition composed, with its ledger."""

    ready: Prepared
    sources: Sources
    rows: tuple[Row, ...]

    @classmethod
    def of(cls, folder: Path) -> State:
        ready = prepare(folder, PROJECT)
        sources = Sources(ready.results, ready.previous)
        return cls(ready, sources, ledger(ready.document, sources))

    def depends(self, key: str, cell: str) -> bool:
        """Whether a key's leaves hold the cell; several keys are joined by commas."""
        if key in self.sources.graph:
            return cell in self.sources.leaves(key)
        return False


def read(path: Path, key: tuple[str, ...]) -> float:
    with path.open(encoding="utf-8-sig") as source:
        for row in csv.DictReader(source):
            if (row["indicator"], row["region"], row["year"]) == key:
                return float(row["value"])
    raise AssertionError(key)


def printed(state: State) -> dict[tuple[str, str, str], list[str]]:
    """The texts of every key at every place of the report."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for row in state.rows:
        if row.kind in {"quantity", "figure", "alt"}:
            found.setdefault((row.block, row.where, row.key), []).append(row.text)
    return found


def behind(state: State) -> Iterator[tuple[str, set[str]]]:
    """Each block with all keys behind what it prints: numbers, chosen words, drawn points, decisions."""
    keys: dict[str, set[str]] = {}
    for row in state.rows:
        if row.kind in {"quantity", "figure", "mark", "alt"}:
            keys.setdefault(row.block, set()).add(row.key)
    for block in state.ready.document.blocks():
        for inline in iter_inlines(block, nested=False):
            if isinstance(inline, Word):
                keys.setdefault(block.id, set()).update(inline.keys)
    for block_id, decided in deciding_keys(state.ready.document).items():
        keys.setdefault(block_id, set()).update(decided)
    yield from keys.items()


def check_change(before: State, after: State, cell: str) -> set[str]:
    """Assert that what changed is what depends on the cell; return the keys whose text changed."""

    def predicted(key: str) -> bool:
        return before.depends(key, cell) or after.depends(key, cell)

    # 1. Exact values: those that changed are among the dependents of the cell.
    old, new = before.ready.results, after.ready.results
    for key in set(old) & set(new):
        if not trace.same(old[key].datum, new[key].datum):
            assert predicted(key), f"{key} changed without depending on {cell}"

    # 2. Printed numbers: the same place and key, another text.
    was, now = printed(before), printed(after)
    changed = {place for place in was.keys() & now.keys() if was[place] != now[place]}
    for place in changed:
        assert predicted(place[2]), f"{place} changed without depending on {cell}"

    # 3. Where another key is printed (another leader, another order), the block depends on the cell.
    dependent = {
        block
        for state in (before, after)
        for block, keys in behind(state)
        if any(predicted(key) for key in keys)
    }
    for block, _where, key in was.keys() ^ now.keys():
        assert block in dependent, f"{block} prints {key} in one version only"

    # 4. Nothing is stale: every printed number is its key's value now, rounded.
    for state in (before, after):
        check_prints(state)
    return {key for _block, _where, key in changed}


def check_prints(state: State) -> None:
    graph = state.sources.graph
    for block in state.ready.document.blocks():
        for inline in iter_inlines(block, nested=False):
            if isinstance(inline, Number):
                q = inline.quantity
                assert q.value == graph.datum(q.key), q.key
                # A printed difference is that of its printed operands: a unit off at most.
                slack = 1.0 if q.key.startswith(("diff", "abs(diff")) else 0.5
                gap = abs(q.shown - q.value * q.scale)
                assert gap <= slack * 10.0**-q.decimals * (1 + 1e-6), q
    for row in state.rows:
        if row.kind in {"figure", "alt"} and row.value is not None:
            assert any(agrees(row, factor) for factor in (1, 100, 0.01, 1e-4, 1e-8)), row


def agrees(row: Row, factor: float) -> bool:
    text = digits(next(iter(numbers(row.text))).text)
    decimals = len(text.partition(".")[2])
    size = abs(row.value or 0) * factor  # a text may leave the direction to a word
    return abs(abs(float(text)) - size) <= 0.5 * 10.0**-decimals * (1 + 1e-6) + 1e-9


def test_one_cell_of_a_small_edition(tmp_path):
    folder = make_edition(tmp_path, dimensions=2, regions=8, indicators=2, survey=False)
    figures = folder / "figures.csv"
    with figures.open(encoding="utf-8-sig") as source:
        rows = list(csv.DictReader(source))
    last = [r for r in rows if r["year"] == "2029" and r["region"] != "nation" and r["value"]]
    chosen = last[3]
    key = (chosen["indicator"], chosen["region"], chosen["year"])
    before = State.of(folder)
    set_value(figures, key, f"{float(chosen['value']) * 1.3:.4f}")
    after = State.of(folder)
    cell = "data." + ".".join(key)
    changed = check_change(before, after, cell)
    assert any(k.startswith("index.total.2029") for k in changed)
    assert any(k.startswith(f"level.total.{key[1]}.2029") for k in changed)
    same = [p for p, texts in printed(before).items() if printed(after).get(p) == texts]
    assert len(same) > len(changed), "most of the report is about other figures"


@pytest.fixture(scope="module")
def default() -> State:
    return State.of(ROOT / "data/2023")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("series", "region", "factor"),
    [("ecommerce_sales", "520000", 1.2), ("optical_cable_km", "650000", 0.97)],
)
def test_one_cell_of_the_default_edition(tmp_path, default, series, region, factor):
    folder = copy_edition(ROOT / "data/2023", tmp_path)
    figures = folder.parent / "statistics/2018-2022/figures.csv"
    key = (series, region, "2022")
    set_value(figures, key, f"{read(figures, key) * factor:.4f}")
    changed = check_change(default, State.of(folder), "data." + ".".join(key))
    assert "index.total.2022" in changed or any(region in k for k in changed)
    assert not [k for k in changed if k.startswith("survey")]


@pytest.mark.parametrize("name", ["published-2021", pytest.param("2022", marks=pytest.mark.slow)])
def test_every_number_of_a_shipped_edition_has_a_row_and_a_source(name):
    state = State.of(ROOT / "data" / name)
    rows = {(r.block, r.key, r.text) for r in state.rows if r.kind == "quantity"}
    for block in state.ready.document.blocks():
        for inline in iter_inlines(block, nested=False):
            if isinstance(inline, Number):
                q = inline.quantity
                assert (block.id, q.key, q.text) in rows
        assert not list(children(block)) or block.id
    for row in state.rows:
        if row.kind in {"quantity", "figure", "alt", "mark"}:
            assert row.key in state.sources.graph, row
            assert row.source, row
            assert row.origin, row
    check_prints(state)
