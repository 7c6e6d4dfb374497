"""Starting the next edition: an editor fills tables, and the program says which."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from report.edition import load_edition
from report.edition.successor import start_edition
from report.errors import EditionError


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as source:
        return list(csv.reader(source))


def fill(folder: Path, year: int, like: Path) -> None:
    """Fill an empty figures table with another edition's values and take out the survey."""
    before = load_edition(like)
    last = before.assessment_year
    filled = rows(folder / "figures.csv")
    for row in filled[1:]:
        series, region, row_year, _value = row
        assert int(row_year) == year
        cell = before.cells.get((series, region, last))
        row[3] = "" if cell is None or cell.value is None else repr(cell.value)
    with (folder / "figures.csv").open("w", encoding="utf-8-sig", newline="") as target:
        csv.writer(target).writerows(filled)
    settings = (folder / "edition.yaml").read_text(encoding="utf-8")
    settings = settings.replace("    # vintage:", f"    vintage: 试填{year}  #")
    settings = settings.replace("survey:\n  file: survey.csv\n  codebook: codebook.yaml\n", "")
    (folder / "edition.yaml").write_text(settings, encoding="utf-8")


def test_years_move_on_and_remarks_stay(edition_copy):
    source = edition_copy("2023")
    made = start_edition(source, "2024")
    text = (made.folder / "edition.yaml").read_text(encoding="utf-8")
    assert "assessment_year: 2023   # 评估年" in text
    assert "base_year: 2019 " in text
    assert 'previous: "2023"' in text
    assert "date: 2024-12-15" in text
    assert "（2024年）" in text
    assert "（2023年）" not in text
    assert {path.name for path in made.to_fill} == {"figures.csv", "survey.csv"}
    assert "edition.yaml" in {path.name for path in made.to_read}


def test_nothing_but_the_new_folder_is_made(edition_copy):
    source = edition_copy("2023")
    before = {path: path.read_bytes() for path in source.parent.rglob("*") if path.is_file()}
    made = start_edition(source, "2024")
    after = {
        path: path.read_bytes()
        for path in source.parent.rglob("*")
        if path.is_file() and made.folder not in path.parents
    }
    assert before == after


def test_the_table_asks_for_every_region_of_every_series_that_is_needed(edition_copy):
    source = edition_copy("2023")
    made = start_edition(source, "2024")
    header, *body = rows(made.folder / "figures.csv")
    assert header == ["indicator", "region", "year", "value"]
    assert {row[2] for row in body} == {"2023"}
    assert {row[3] for row in body} == {"待填"}
    edition = load_edition(source)
    needed = {i.series for i in edition.indicators} | {i.per for i in edition.indicators if i.per}
    assert needed <= {row[0] for row in body}
    assert sum(row[0] == "gdp" for row in body) == 31


def test_last_years_answers_are_not_taken_for_this_years(edition_copy):
    source = edition_copy("2023")
    made = start_edition(source, "2024")
    survey = rows(made.folder / "survey.csv")
    assert survey == [rows(source / "survey.csv")[0]]


def test_an_unfilled_edition_lists_every_series_that_is_missing(edition_copy):
    source = edition_copy("2023")
    made = start_edition(source, "2024")
    with pytest.raises(EditionError) as caught:
        load_edition(made.folder)
    told = "\n".join(problem.found for problem in caught.value.problems)
    for indicator in load_edition(source).indicators:
        for series in filter(None, (indicator.series, indicator.per, indicator.aggregate.by)):
            assert f"{series} " in told
    needed = {row[0] for row in rows(made.folder / "figures.csv")[1:]}
    assert told.count("2023: all 31 regions") == len(needed)
    assert all(problem.place is not None for problem in caught.value.problems)


def test_filled_editions_follow_one_another(edition_copy):
    source = edition_copy("2023")
    first = start_edition(source, "2024").folder
    fill(first, 2023, source)
    edition = load_edition(first)
    assert edition.assessment_year == 2023
    second = start_edition(first, "2025").folder
    fill(second, 2024, first)
    edition = load_edition(second)
    assert (edition.assessment_year, edition.previous) == (2024, "2024")
    # The year between is read from where it was filled in, not copied.
    assert edition.cells["gdp", "110000", 2023].place.file.endswith("2024/figures.csv")
    assert edition.cells["gdp", "110000", 2024].place.file.endswith("2025/figures.csv")


def test_results_computed_elsewhere_keep_their_keys(edition_copy):
    source = edition_copy("published-2021")
    made = start_edition(source, "published-2022")
    old, new = rows(source / "results.csv"), rows(made.folder / "results.csv")
    assert new[0] == old[0]
    assert [row[0] for row in new[1:]] == [
        row[0].replace("2020", "2021").replace("2019", "2020")
        if "2020" not in row[0]
        else row[0].replace("2020", "2021")
        for row in old[1:]
    ]
    assert {row[1] for row in new[1:]} == {""}
    assert not (made.folder / "figures.csv").exists()


@pytest.mark.parametrize("name", ["../x", "a/b", "", "年度", ".hidden", "x" * 41])
def test_a_name_that_no_folder_should_have_is_refused(edition_copy, name):
    source = edition_copy("2023")
    with pytest.raises(EditionError):
        start_edition(source, name)


def test_an_edition_there_is_stays_untouched(edition_copy):
    source = edition_copy("2023")
    before = (source.parent / "2022/edition.yaml").read_bytes()
    with pytest.raises(EditionError, match="already"):
        start_edition(source, "2022")
    assert (source.parent / "2022/edition.yaml").read_bytes() == before
