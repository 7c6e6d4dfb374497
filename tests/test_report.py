"""The finished report from outside: what an editor finds in dist/, read by other programs."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from functools import cache
from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree
from pypdf import PdfReader

from report.pipeline import build
from tests.support.editions import make_edition, set_value

EDITIONS = ("2023", "2022", "published-2021")
PARTS = ("总体概况", "发展展望")
RUBBISH = re.compile(r"\bnan\b|\bNone\b|\{\{|\}\}|\{%|\ufffd|\[object|<[A-Za-z]+ object at")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@cache  # a hundred pages are read once for all tests of an edition
def pdf_pages(path: Path) -> list[str]:
    with contextlib.closing(pypdfium2.PdfDocument(path)) as document:
        return [page.get_textpage().get_text_range() for page in document]


def docx_text(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        names = [n for n in archive.namelist() if re.match(r"word/(document|footnotes)\.xml", n)]
        roots = [etree.fromstring(archive.read(name)) for name in names]
    return "\n".join(
        "".join(node.text or "" for node in paragraph.iter(f"{W}t"))
        for root in roots
        for paragraph in root.iter(f"{W}p")
    )


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="session", params=EDITIONS)
def edition(request: pytest.FixtureRequest, build_once):
    return build_once(request.param)


class TestEveryEdition:
    @pytest.mark.slow
    def test_writes_everything(self, edition) -> None:
        for name in (
            "report.pdf", "report.docx", "report.html", "results.json", "results.xlsx",
            "manifest.json",
        ):  # fmt: skip
            assert edition[name].stat().st_size > 500
        assert list((edition.folder / "figures").glob("*.svg"))

    @pytest.mark.slow
    def test_holds_no_rubbish(self, edition) -> None:
        # Formulae keep their LaTeX, with its own braces, as the title of their drawing.
        html = edition["report.html"].read_text("utf-8")
        html = re.sub(r"(?s)<(script|style|title)\b.*?</\1>", "", html)
        texts = {
            "pdf": "\n".join(pdf_pages(edition["report.pdf"])),
            "docx": docx_text(edition["report.docx"]),
            "html": re.sub(r"<[^>]+>", " ", html),
        }
        for figure in (edition.folder / "figures").glob("*.svg"):
            texts[figure.name] = "".join(etree.fromstring(figure.read_bytes()).itertext())
        for name, text in texts.items():
            assert not RUBBISH.search(text), (name, RUBBISH.search(text))

    @pytest.mark.slow
    def test_has_no_empty_page(self, edition) -> None:
        for number, text in enumerate(pdf_pages(edition["report.pdf"]), start=1):
            assert len(squeezed(text)) > 20, f"page {number} is empty"

    @pytest.mark.slow
    def test_has_no_missing_glyph(self, edition) -> None:
        """WeasyPrint embeds subsets: glyph 0 (.notdef) must not be drawn."""
        reader = PdfReader(edition["report.pdf"])
        for page in reader.pages:
            fonts = page["/Resources"].get_object().get("/Font", {})
            assert fonts, "a page without fonts"
        assert "\x00" not in "".join(pdf_pages(edition["report.pdf"]))

    @pytest.mark.slow
    def test_names_the_five_parts_in_both_formats(self, edition) -> None:
        pdf = squeezed("".join(pdf_pages(edition["report.pdf"])))
        docx = squeezed(docx_text(edition["report.docx"]))
        for part in ("第一部分", "第二部分", "第三部分", "第四部分", "第五部分", *PARTS):
            assert part in pdf
        for part in PARTS:
            assert part in docx

    @pytest.mark.slow
    def test_says_that_it_is_a_sample(self, edition) -> None:
        pages = pdf_pages(edition["report.pdf"])
        assert "示例报告" in pages[0]
        assert sum("示例报告" in page for page in pages) > len(pages) * 0.7
        assert "示例报告" in docx_text(edition["report.docx"])

    @pytest.mark.slow
    def test_manifest_is_true(self, edition) -> None:
        for name, entry in edition.manifest["outputs"].items():
            digest = entry["sha256"] if isinstance(entry, dict) else entry
            assert sha256((edition.folder / name).read_bytes()).hexdigest() == digest


class TestDefaultEdition:
    @pytest.mark.slow
    def test_is_a_book_of_figures_and_tables(self, built) -> None:
        assert len(PdfReader(built["report.pdf"]).pages) >= 50
        assert len(list((built.folder / "figures").glob("*.svg"))) >= 24

    @pytest.mark.slow
    def test_labels_simulated_data_wherever_the_survey_is_used(self, built) -> None:
        text = docx_text(built["report.docx"])
        assert text.count("模拟数据") > 10
        for figure in (built.folder / "figures").glob("*.svg"):
            content = figure.read_text("utf-8")
            if "fig-investment" in figure.name or "fig-resilience" in figure.name:
                assert "模拟数据" in content

    @pytest.mark.slow
    def test_national_index_is_what_a_hand_finds(self, built) -> None:
        """Broadband ports, from the published figures: 100 × Σ2022 ÷ Σ2019."""
        sums = {2019: 0.0, 2022: 0.0}
        with Path("data/statistics/2018-2022/figures.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if row["indicator"] == "broadband_ports" and int(row["year"]) in sums:
                    sums[int(row["year"])] += float(row["value"])
        results = json.loads(built["results.json"].read_text("utf-8"))["values"]
        found = results["index.broadband_ports.2022"]["value"]
        assert found == pytest.approx(100 * sums[2022] / sums[2019], rel=1e-12)
        assert f"{sums[2022] / 10000:.1f}亿个" in squeezed(docx_text(built["report.docx"]))


@pytest.mark.slow
def test_libreoffice_shows_the_same_report(built, soffice, tmp_path) -> None:
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path,
         built["report.docx"]],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    converted = squeezed("".join(pdf_pages(tmp_path / "report.pdf")))
    original = squeezed("".join(pdf_pages(built["report.pdf"])))
    captions = re.findall(r"[图表](?:[0-9A-Z]+-)[0-9]+", original)
    assert len(set(captions)) > 50
    assert set(captions) <= set(re.findall(r"[图表](?:[0-9A-Z]+-)[0-9]+", converted))


@pytest.mark.slow
def test_two_processes_write_the_same_bytes(built, tmp_path) -> None:
    out = tmp_path / "again"
    subprocess.run(
        [sys.executable, "build.py", "build", "2023", "--out", out, "--quiet"],
        check=True, env={"PATH": "/usr/bin:/bin", "PYTHONHASHSEED": "77", "HOME": str(tmp_path)},
    )  # fmt: skip
    first = {p.relative_to(built.folder) for p in built.folder.rglob("*") if p.is_file()}
    assert first == {p.relative_to(out) for p in out.rglob("*") if p.is_file()}
    changed = [
        n for n in sorted(first) if (built.folder / n).read_bytes() != (out / n).read_bytes()
    ]
    assert changed == []


@pytest.mark.slow
def test_five_dimensions_twelve_regions_no_survey(tmp_path, project) -> None:
    folder = make_edition(tmp_path, dimensions=5, regions=12, survey=False)
    shutil.copytree(project / "templates", tmp_path / "templates")
    (tmp_path / "pyproject.toml").write_text("")
    report = build(folder, tmp_path / "out", formats=("docx",))
    text = docx_text(tmp_path / "out" / "report.docx")
    assert report.tables > 10
    assert "安全保障能力" in text
    assert "31个" not in text
    assert not RUBBISH.search(text)


def _numbers(folder: Path) -> dict[str, object]:
    values = json.loads((folder / "results.json").read_text("utf-8"))["values"]
    return {key: value["value"] for key, value in values.items()}


@pytest.mark.slow
def test_one_cell_changes_what_depends_on_it_and_nothing_else(
    built, edition_copy, tmp_path
) -> None:
    folder = edition_copy("2023")
    set_value(
        folder.parent / "statistics/2018-2022/figures.csv",
        ("ecommerce_sales", "520000", "2022"),
        "9999.0",
    )
    build(folder, tmp_path / "out", formats=("html",))
    before, after = _numbers(built.folder), _numbers(tmp_path / "out")
    changed = {key for key in before if before[key] != after.get(key)}
    assert "indicator.ecommerce_sales.520000.2022" in changed
    assert "index.application.2022" in changed
    assert "level.total.520000.2022" in changed
    assert not [key for key in changed if ".infrastructure." in key and "rank" not in key]
    assert not [
        key for key in changed if key.startswith(("data.", "indicator.")) and "ecommerce" not in key
    ]
    figures = {p.name for p in (built.folder / "figures").glob("*.svg")}
    same = [
        n for n in figures
        if (built.folder / "figures" / n).read_bytes() == (tmp_path / "out/figures" / n).read_bytes()
    ]  # fmt: skip
    assert 5 < len(same) < len(figures)


def test_the_ledger_opens_in_excel(built) -> None:
    path = built.folder / "numbers.csv"
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    columns = ["part", "block", "text", "key", "value", "unit", "source", "origin"]
    assert list(rows[0])[:8] == columns
    total = next(row for row in rows if row["key"] == "index.total.2022")
    assert total["source"]
    assert ".md.j2:" in total["origin"]
