"""results.json and results.xlsx: exact round trip, hostile files, plain cells only."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report.assessment import assess
from report.assessment.results import Results
from report.assessment.store import from_json, to_json, write_xlsx
from report.assessment.trace import verify
from report.edition.model import Option
from report.errors import AssessmentError
from tests.assessment.small import random_edition, tiny


@pytest.fixture(scope="module")
def results() -> Results:
    return assess(tiny())


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000))
def test_round_trip(seed: int) -> None:
    results = assess(random_edition(seed, n_dimensions=2, n_regions=3, missing=0.2))
    text = to_json(results)
    again = from_json(text)
    assert again == results
    assert to_json(again) == text
    assert verify(again) == ()


def test_one_value_a_line(results: Results) -> None:
    lines = to_json(results).splitlines()
    assert sum(line.startswith('"index.total.2021": {') for line in lines) == 1
    keys = [line.partition(": ")[0] for line in lines[lines.index('"values": {') + 1 : -2]]
    assert keys == sorted(keys)


def broken(results: Results, **changes: Any) -> str:
    """JSON text with values (dotted with ``__``) replaced; None removes."""
    raw = json.loads(to_json(results))
    for name, change in changes.items():
        if change is None:
            del raw[name]
        else:
            raw[name] = raw[name] | change if isinstance(change, dict) else change
    return json.dumps(raw)


LEAF = {"op": "input", "value": 1}


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "other"},
        {"version": 2},
        {"years": "2019"},
        {"years": [2019.5]},
        {"base_year": True},
        {"edition": None},
        {"registry": {"planets": []}},
        {"registry": {"regions": [{"id": "1"}]}},
        {"registry": {"regions": [{"id": "1", "name": 3}]}},
        {"registry": []},
        {"values": []},
        {"values": {"x": {"op": "exec", "value": 1}}},
        {"values": {"x": {"op": "input"}}},
        {"values": {"x": {"op": "input", "value": None}}},
        {"values": {"x": {"op": "input", "value": {"a": 1}}}},
        {"values": {"x": {"op": "input", "value": True}}},
        {"values": {"x": LEAF | {"from": ["index.total.2021"]}}},
        {"values": {"x": LEAF | {"extra": 1}}},
        {"values": {"x": LEAF | {"place": ["a"]}}},
        {"values": {"x": LEAF | {"flags": "carried"}}},
        {"values": {"x": LEAF | {"params": {"a": [1]}}}},
        {"values": {"x": {"op": "sum", "value": 1, "from": ["nowhere"]}}},
        {"values": {"x": {"op": "sum", "value": 1, "from": ["y"]},
                    "y": {"op": "sum", "value": 1, "from": ["x"]}}},
    ],
)  # fmt: skip
def test_hostile_files_are_refused_with_their_place(results: Results, changes: Any) -> None:
    with pytest.raises(AssessmentError) as caught:
        from_json(broken(results, **changes), "r.json")
    assert caught.value.problems
    for problem in caught.value.problems:
        assert problem.place is not None
        assert problem.place.file == "r.json"
        assert problem.expected or problem.found


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"a": NaN}', "[" * 100_000, '{"format": "iireport-results"}']
)
def test_what_is_no_results_file(text: str) -> None:
    with pytest.raises(AssessmentError):
        from_json(text)


def test_infinite_numbers_are_refused(results: Results) -> None:
    text = to_json(results).replace('"value": 206.0', '"value": 1e999', 1)
    with pytest.raises(AssessmentError):
        from_json(text)


def test_the_workbook_opens_and_holds_every_value(results: Results) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(results)))
    assert book.sheetnames == [
        "说明", "全国指数", "分省水平", "增速与位次", "指标值", "权重", "形态与路径", "问卷", "稳健性", "全部数值",
    ]  # fmt: skip
    sheet = book["全部数值"]
    rows = {str(row[0]): row for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert set(rows) == set(results)
    row = rows["index.total.2021"]
    assert row[1] == "总体·指数（2021年）"
    assert row[2] == pytest.approx(206)
    assert str(row[5]).startswith("index.build.2021; ")
    assert all(book[name].freeze_panes for name in book.sheetnames)


def test_the_workbook_is_reproducible(results: Results) -> None:
    first, second = write_xlsx(results), write_xlsx(results)
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}


def test_no_cell_is_a_formula() -> None:
    evil = ("=1+1", "+1", "-1", "@SUM(A1)", "http://example.org")
    edition = tiny()
    survey = edition.survey
    assert survey is not None
    options = tuple(Option(f"o{n}", text) for n, text in enumerate(evil))
    questions = (replace(survey.questions[0], options=options, text="=cmd|' /C calc'!A0"),)
    regions = tuple(
        replace(region, name=text) for region, text in zip(edition.regions, evil, strict=False)
    )
    survey = replace(survey, questions=questions)
    data = write_xlsx(assess(replace(edition, survey=survey, regions=regions)))
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert "=1+1" in {cell.value for cell in cells}
    assert not any(cell.hyperlink for cell in cells)
