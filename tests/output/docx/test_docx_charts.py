"""Native charts: every point is the same in cache, workbook, figure data, ledger and the PDF's figure."""

from __future__ import annotations

import csv
import subprocess
from dataclasses import replace

import pytest

from figures import KINDS, FigureSpec, Point, Series, draw
from report.document.model import Document, Figure, Section, Text
from report.errors import EditionError
from report.output.docx import write_docx
from report.output.docx.charts import NATIVE, PICTURES
from report.output.docx.charts.kinds import chart_of
from report.output.docx.charts.numbers import code_for, printed, stored
from report.output.docx.charts.workbook import write_workbook
from report.pipeline.preparing import prepare
from tests.output.docx.chart_reader import read_charts
from tests.output.docx.readers import REFERENCE
from tests.support.documents import rich_document

SIZE = (15.5, 8.0)


def spec_of(kind: str) -> FigureSpec:
    """A small figure of a native kind, with a gap, a negative value, a mean and two groups."""
    years = [Point(str(y), v, f"{v:.1f}", f"k.{y}") for y, v in ((2020, 101.25), (2021, 110.0), (2022, 98.75))]  # fmt: skip
    if kind in {"lines", "fan", "radar"}:
        role = "scenario" if kind == "fan" else "reference" if kind == "radar" else ""
        second = [replace(p, value=(p.value or 0) + 3, text=f"{(p.value or 0) + 3:.1f}", key=p.key + "b") for p in years]  # fmt: skip
        if kind == "fan":
            second = [Point("2023", 120.0, "120.0", "k.2023")]
        if kind == "lines":
            second[1] = Point("2021", None)
        return FigureSpec(kind, "f", "图", (Series("总指数", tuple(years), "total" if kind != "radar" else ""), Series("另一", tuple(second), role)), unit="点")  # fmt: skip
    if kind in {"scatter", "quadrant"}:
        points = [Point(f"地区{n}", n * n / 3, f"{n * n / 3:.1f}", f"y.{n}", x=n * 1.5, x_text=f"{n * 1.5:.1f}", x_key=f"x.{n}", group="ab"[n % 2]) for n in range(1, 7)]  # fmt: skip
        limits = Series("界限", (Point("左右", None, x=4.0, x_text="4.0", x_key="l.x"), Point("上下", 6.0, "6.0", "l.y")), "reference")  # fmt: skip
        statistic = Series("r", (Point("相关系数", 0.9, "0.90", "r"),), "statistic")
        extra = (limits,) if kind == "quadrant" else (statistic,)
        return FigureSpec(kind, "f", "图", (Series("地区", tuple(points)), *extra), unit="分", x_unit="%", x_label="横", y_label="纵", groups=(("a", "甲"), ("b", "乙")))  # fmt: skip
    if kind in {"bars", "lollipop"}:
        points = [Point("北京", 12.34, "12.3", "k.1", group="a"), Point("天津", 5.0, "5.0", "k.2", group="b"), Point("河北", -1.26, "−1.3", "k.3", group="a"), Point("山西", None)]  # fmt: skip
        mean = Series("全国平均", (Point("全国平均", 6.5, "6.5", "k.m"),), "reference")
        return FigureSpec(kind, "f", "图", (Series("得分", tuple(points)), mean), unit="分", groups=(("a", "甲"), ("b", "乙")) if kind == "bars" else ())  # fmt: skip
    answers = [Point(f"选项{n}", 20.0 + n, f"{20 + n:.1f}", f"q.{n}", low=15.0 + n, high=27.5 + n, low_key=f"l.{n}", high_key=f"h.{n}") for n in range(4)]  # fmt: skip
    other = [replace(p, value=80 - (p.value or 0), text=f"{80 - (p.value or 0):.1f}", key=p.key + "b", low=None, high=None) for p in answers]  # fmt: skip
    return FigureSpec(kind, "f", "图", (Series("大型", tuple(answers)), Series("小型", tuple(other))), unit="%", simulated=True)  # fmt: skip


def document_of(*specs: FigureSpec) -> Document:
    """A document of native charts."""
    figures = tuple(
        Figure(f"fig-{n}", (Text("图题"),), spec, number=f"图1-{n}", alt=f"替代文本{n}")
        for n, spec in enumerate(specs, 1)
    )
    rich = rich_document()
    return replace(
        rich,
        meta=replace(rich.meta, charts="native"),
        sections=(Section("s", "body", figures),),
    )


def write(document: Document) -> bytes:
    drawings = {b.id: draw(b.spec) for b in document.blocks() if isinstance(b, Figure)}
    return write_docx(document, drawings, REFERENCE, pages={})


def values_of(spec: FigureSpec) -> dict[float, int]:
    """Every value of a figure's data, as a spreadsheet keeps it."""
    found: dict[float, int] = {}
    for series in spec.series:
        if series.role != "statistic":
            for point in series.points:
                if point.value is not None:
                    found[stored(point.value)] = found.get(stored(point.value), 0) + 1
    return found


def check(spec: FigureSpec, chart, size=SIZE) -> int:
    """Compare a chart read back with its figure's data; return how many points were compared."""
    built = chart_of(spec, size)
    assert [s.name for s in chart.series] == [s.name for s in built.series]
    points = {
        (series.name, point.label): point
        for series in spec.series
        for point in series.points
        if series.role != "statistic"
    }
    by_name = {point.label: point for point in points.values()}
    compared: set[tuple[str, str]] = set()
    for read, made in zip(chart.series, built.series, strict=True):
        assert read.values == read.cells
        assert read.categories == read.category_cells
        for below_above, _ in enumerate(read.errors):
            cached, cells = read.errors[below_above]
            assert cached == cells
        for row, value in enumerate(read.values):
            category = built.categories[row]
            if value is None or made.derived:
                continue
            label = category.split(" ", 1)[-1] if category not in by_name else category
            point = points.get((read.name, label)) or by_name[label]
            if spec.kind == "fan" and point.value is not None and stored(point.value) != value:
                point = by_name[label]
            assert value == stored(point.value or 0.0), (spec.id, read.name, label)
            if built.across is not None:
                assert read.categories[row] == stored(point.x or 0.0)
            if row in read.codes:
                assert printed(value, read.codes[row]) == point.text
            if read.errors and point.low is not None and point.high is not None:
                (below, _), (above, _) = read.errors
                assert below[row] == pytest.approx(value - point.low, abs=1e-9)
                assert above[row] == pytest.approx(point.high - value, abs=1e-9)
            compared.add((point.key, label))
    wanted = {
        (point.key, point.label)
        for series in spec.series
        for point in series.points
        if point.value is not None
        and series.role != "statistic"
        and not (built.across is not None and point.x is None)
        and not (series.role == "reference" and len(series.points) == 1 and spec.kind in {"lines", "columns"})
    }  # fmt: skip
    assert {key for key, _ in wanted} <= {key for key, _ in compared}
    return len(compared)


def test_every_kind_is_declared_native_or_picture():
    assert set(NATIVE) | set(PICTURES) == set(KINDS)
    assert not set(NATIVE) & set(PICTURES)
    assert all(PICTURES.values())


@pytest.fixture(scope="module")
def sample():
    specs = [spec_of(kind) for kind in NATIVE]
    return specs, write(document_of(*specs))


def test_points_agree_in_cache_workbook_and_figure(sample):
    specs, data = sample
    charts = read_charts(data)
    assert len(charts) == len(specs)
    for spec, chart in zip(specs, charts, strict=True):
        size = (15.5, draw(spec).height)
        assert check(spec, chart, size) >= 3


def test_alternative_texts_stay(sample):
    assert [chart.alt for chart in read_charts(sample[1])] == [
        f"替代文本{n}" for n in range(1, len(NATIVE) + 1)
    ]


def test_same_bytes_twice(sample):
    specs, data = sample
    assert write(document_of(*specs)) == data
    chart = chart_of(specs[0], SIZE)
    assert write_workbook(chart)[0] == write_workbook(chart)[0]


def test_sdk_accepts_every_native_kind(sample, ooxml_validator, tmp_path):
    file = tmp_path / "charts.docx"
    file.write_bytes(sample[1])
    done = subprocess.run([ooxml_validator, str(file)], capture_output=True, text=True, check=False)
    assert '"ok": true' in done.stdout, done.stdout


@pytest.mark.parametrize(
    ("value", "text", "code"),
    [
        (12.345, "12.3", "0.0;−0.0"),
        (0.125, "0.13", "0.00;−0.00"),  # half up, as the report rounds
        (-1.26, "−1.3", "0.0;−0.0"),
        (3.2, "+3.2", "+0.0;−0.0;0.0"),
        (12345.6, "12,346", "#,##0;−#,##0"),
        (45.3, "45.3%", '0.0"%";−0.0"%"'),
        (107790.1, "10.78万亿元", ""),  # another unit than the value: no code prints it
        (5.0, "第5位", ""),
        (None, "—", ""),
    ],
)
def test_number_formats(value, text, code):
    assert code_for(value, text) == code
    if code:
        assert printed(value, code) == text


@pytest.mark.slow
def test_every_point_of_the_real_report(built, prepared, ooxml_validator, tmp_path):
    """Ledger, figure, cache and workbook of every native chart of the default edition."""
    document = replace(prepared, meta=replace(prepared.meta, charts="native"))
    drawings = {b.id: draw(b.spec) for b in document.blocks() if isinstance(b, Figure)}
    data = write_docx(document, drawings, REFERENCE, pages={})
    with built["numbers.csv"].open(encoding="utf-8-sig", newline="") as file:
        ledger = {(row["block"], row["key"]): row for row in csv.DictReader(file)}
    figures = [b for b in document.blocks() if isinstance(b, Figure) and b.spec.kind in NATIVE]
    charts = read_charts(data)
    assert [chart.alt for chart in charts] == [figure.alt for figure in figures]
    compared = 0
    for figure, chart in zip(figures, charts, strict=True):
        drawing = drawings[figure.id]
        compared += check(figure.spec, chart, (drawing.width, drawing.height))
        shown = {text.key: text.text for text in drawing.texts if text.role == "value"}
        for series in figure.spec.series:
            for point in series.points:
                if point.value is None or not point.key:
                    continue
                entry = ledger[figure.id, point.key]
                assert float(entry["value"]) == pytest.approx(point.value, rel=1e-12)
                if point.key in shown:
                    assert shown[point.key] == point.text
    assert len(figures) > 25
    assert compared > 300
    path = tmp_path / "native.docx"
    path.write_bytes(data)
    done = subprocess.run([ooxml_validator, str(path)], capture_output=True, text=True, check=False)
    assert '"ok": true' in done.stdout, done.stdout


def test_an_edition_asks_for_native_charts(edition_copy):
    folder = edition_copy("published-2021")
    file = folder / "edition.yaml"
    file.write_text(file.read_text("utf-8") + "\ncharts: native\n", "utf-8")
    assert prepare(folder).document.meta.charts == "native"
    file.write_text(file.read_text("utf-8").replace("native", "flash"), "utf-8")
    with pytest.raises(EditionError, match="flash"):
        prepare(folder)
