"""The shipped editions: they load without a complaint and hold what the report needs."""

from __future__ import annotations

import csv
import subprocess
import sys

import pytest

from report.edition import load_edition


@pytest.fixture(scope="module", params=["2023", "2022", "published-2021"])
def edition(request, project):
    return load_edition(project / "data" / request.param)


def test_no_warnings(edition):
    assert edition.warnings == ()


def test_a_sample_says_so_and_names_no_real_body(edition):
    assert edition.notice.startswith("示例报告（依据公开")
    assert edition.notice.endswith("非正式发布）")
    assert "示例" in edition.publisher
    assert all("示例" in author for author in edition.authors)


def test_dimensions_and_forms_keep_their_ids(edition):
    assert [d.id for d in edition.dimensions] == [
        "infrastructure", "application", "innovation", "ecosystem",
    ]  # fmt: skip
    assert [f.id for f in edition.forms] == ["leading", "rising", "chasing", "emerging"]


def test_years_and_base(project):
    years = {
        name: (e.base_year, e.assessment_year, e.previous)
        for name in ("2023", "2022", "published-2021")
        for e in [load_edition(project / "data" / name)]
    }
    assert years == {
        "2023": (2019, 2022, "2022"),
        "2022": (2019, 2021, ""),
        "published-2021": (2019, 2020, ""),
    }


def test_published_results(project):
    edition = load_edition(project / "data" / "published-2021")
    assert edition.results_only
    given = {item.key: item.value for item in edition.given}
    assert given["index.total.2020"] == 146.6
    rises = {d.id: given[f"index.{d.id}.2020"] for d in edition.dimensions}
    assert rises == {
        "infrastructure": 198.2, "application": 147.3, "innovation": 130.9, "ecosystem": 108.4,
    }  # fmt: skip


def test_the_sample_indicator_system(project):
    edition = load_edition(project / "data" / "2023")
    counts = {
        d.id: sum(i.dimension == d.id for i in edition.indicators) for d in edition.dimensions
    }
    assert counts == {"infrastructure": 5, "application": 5, "innovation": 6, "ecosystem": 5}
    assert len(edition.regions) == 31
    assert len({region.tile for region in edition.regions}) == 31
    assert any(i.per for i in edition.indicators)
    assert any(not i.per for i in edition.indicators)
    for indicator in edition.indicators:
        assert indicator.source
        assert indicator.note


def test_an_edition_reads_no_figures_after_its_year(project):
    edition = load_edition(project / "data" / "2022")
    assert max(year for _series, _region, year in edition.cells) == 2021


def test_known_defects_are_kept_and_explained(project):
    edition = load_edition(project / "data" / "2023")
    assert edition.cells["software_revenue", "540000", 2022].value is None
    assert edition.cells["ind_valid_invention_patents", "110000", 2022].value is None
    assert edition.cells["software_revenue", "150000", 2021].value == 2778377.4
    treated = {(t.region, t.year, t.action) for i in edition.indicators for t in i.treatments}
    assert ("150000", 2021, "interpolate") in treated
    before = load_edition(project / "data" / "2022")
    assert {(t.region, t.year, t.action) for i in before.indicators for t in i.treatments} >= {
        ("150000", 2021, "keep")
    }


def test_both_kinds_of_tables_are_read(project):
    edition = load_edition(project / "data" / "2023")
    suffixes = {
        place.file.rpartition(".")[2] for place in (c.place for c in edition.cells.values())
    }
    assert suffixes == {"csv", "xlsx"}
    assert len(set(edition.vintages.values())) == 1


def test_the_survey_is_labelled_and_covers_every_dimension(project):
    for name in ("2023", "2022"):
        survey = load_edition(project / "data" / name).survey
        assert survey is not None
        assert survey.simulated
        assert "模拟数据" in survey.title
        assert len(survey.weights) == 600
        asked = [question.dimension for question in survey.questions]
        assert all(
            asked.count(d) >= 2
            for d in ("infrastructure", "application", "innovation", "ecosystem")
        )
        assert set(survey.groups) == {"size", "industry", "zone"}


def test_the_simulated_survey_comes_from_its_script(project, tmp_path):
    data = tmp_path / "data"
    for name in ("2023", "2022"):
        (data / name).mkdir(parents=True)
    script = data / "simulate_survey.py"
    script.write_bytes((project / "data" / "simulate_survey.py").read_bytes())
    (data / "regions.csv").write_bytes((project / "data" / "regions.csv").read_bytes())
    subprocess.run([sys.executable, script], check=True, stdout=subprocess.DEVNULL)
    for name in ("2023", "2022"):
        made = (data / name / "survey.csv").read_bytes()
        assert made == (project / "data" / name / "survey.csv").read_bytes()


def test_tiles_show_where_regions_lie(project):
    with (project / "data" / "regions.csv").open(encoding="utf-8", newline="") as file:
        tile = {r["short"]: (int(r["tile_row"]), int(r["tile_col"])) for r in csv.DictReader(file)}
    assert tile["黑龙江"][0] == min(row for row, _column in tile.values())
    assert tile["海南"][0] == max(row for row, _column in tile.values())
    assert tile["上海"][1] == max(column for _row, column in tile.values())
    assert {"新疆", "西藏"} >= {name for name, (_row, column) in tile.items() if column == 0}
    for north, south in (("北京", "河北"), ("陕西", "重庆"), ("湖北", "湖南"), ("江西", "广东")):
        assert tile[north][0] < tile[south][0]
