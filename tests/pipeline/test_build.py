"""The pipeline on the shipped editions: files, manifest, determinism, failures that leave things alone."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace

import pytest

from report.errors import EditionError, FigureError, ReportError
from report.pipeline import build
from report.pipeline.drawing import draw_all, figures_of
from tests.support.documents import rich_document

DOCUMENTS = {"report.pdf", "report.docx", "report.html"}


def hashes(folder) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_outputs_are_all_there(built):
    names = set(hashes(built.folder))
    assert {*DOCUMENTS, "results.json", "results.xlsx", "manifest.json"} <= names
    assert sum(name.startswith("figures/") for name in names) >= 24


def test_the_manifest_is_true(built, project):
    manifest = built.manifest
    outputs = hashes(built.folder)
    del outputs["manifest.json"]
    assert {name: said["sha256"] for name, said in manifest["outputs"].items()} == outputs
    for name, sha256 in manifest["inputs"].items():
        assert hashlib.sha256((project / name).read_bytes()).hexdigest() == sha256
    assert "data/2023/indicators.yaml" in manifest["inputs"]
    assert "data/2022/edition.yaml" in manifest["inputs"]
    assert any(name.startswith("templates/parts/") for name in manifest["inputs"])
    assert {"iireport", "python", "weasyprint", "matplotlib"} <= set(manifest["versions"])
    assert {font["style"] for font in manifest["fonts"]} == {"regular", "bold"}
    assert manifest["date"] == "2023-12-15"


def test_the_manifest_names_no_machine(built, project):
    text = (built.folder / "manifest.json").read_text(encoding="utf-8")
    assert str(project) not in text
    assert str(built.folder) not in text
    assert not re.search(r"\d\d:\d\d:\d\d", text)


@pytest.mark.slow
def test_only_the_formats_asked_for_are_written(project, tmp_path):
    out = tmp_path / "out"
    report = build(project / "data/published-2021", out, formats=["html"])
    assert {file.name for file in report.files} & DOCUMENTS == {"report.html"}
    assert report.pages == 0
    assert [stage.name for stage in report.stages] == [
        *("load", "assess", "compose", "check", "figures"),
        *("results", "ledger", "html", "publish"),
    ]


def test_a_failed_build_leaves_the_last_good_one(edition_copy, tmp_path):
    folder = edition_copy("published-2021")
    out = tmp_path / "out"
    build(folder, out, formats=["html"])
    before = hashes(out)
    results = folder / "results.csv"
    text = results.read_text(encoding="utf-8")
    results.write_text(text.replace("146.6", "about 146.6", 1), encoding="utf-8")
    with pytest.raises(ReportError):
        build(folder, out, formats=["html"])
    assert hashes(out) == before


def test_a_previous_edition_that_is_gone_is_told(edition_copy, tmp_path):
    folder = edition_copy("2023")
    settings = folder / "edition.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('previous: "2022"', 'previous: "2019"'), encoding="utf-8")
    with pytest.raises(EditionError, match="2019"):
        build(folder, tmp_path / "out", formats=["html"])
    assert not (tmp_path / "out").exists()


def test_every_figure_that_cannot_be_drawn_is_told_at_once():
    good = figures_of(rich_document())
    bad = [replace(figure, spec=replace(figure.spec, kind="no-such")) for figure in good]
    with pytest.raises(FigureError) as caught:
        draw_all([*bad, *good], lambda: None)
    assert len(caught.value.problems) == len(bad)
    for figure, problem in zip(bad, caught.value.problems, strict=True):
        assert figure.id in problem.found
        assert "one of" in problem.expected


def test_results_are_json_without_nan(built):
    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    text = built["results.json"].read_text(encoding="utf-8")
    json.loads(text, parse_constant=refuse)
