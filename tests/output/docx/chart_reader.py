"""Read native charts back out of a DOCX: what is cached, what the embedded workbook holds, what is printed."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO

import openpyxl
from lxml import etree
from openpyxl.utils import range_boundaries

from report.output.docx.oxml import NS, q

_CHART = f"{{{NS['c']}}}chart"


@dataclass(frozen=True)
class ReadSeries:
    name: str
    values: list[float | None]
    cells: list[float | None]  # of the embedded workbook
    categories: list
    category_cells: list
    codes: dict[int, str]  # row → number format of its label
    words: dict[int, str]  # row → literal label
    errors: list[tuple[list[float | None], list[float | None]]]  # below, above: cached, cells


@dataclass(frozen=True)
class ReadChart:
    alt: str
    series: list[ReadSeries]
    workbook: bytes


def read_charts(data: bytes) -> list[ReadChart]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = etree.fromstring(parts["word/document.xml"])
    targets = _targets(parts["word/_rels/document.xml.rels"])
    found = []
    for drawing in body.iter(q("w:drawing")):
        chart = drawing.find(f".//{_CHART}")
        if chart is None:
            continue
        name = "word/" + targets[chart.get(q("r:id"))]
        part = etree.fromstring(parts[name])
        folder, _, file = name.rpartition("/")
        book = _targets(parts[f"{folder}/_rels/{file}.rels"])
        identity = part.find("c:externalData", NS).get(q("r:id"))
        workbook = parts["word/" + book[identity].removeprefix("../")]
        alt = drawing.find(".//wp:docPr", NS).get("descr")
        found.append(_chart(part, workbook, alt))
    return found


def _targets(rels: bytes) -> dict[str, str]:
    return {r.get("Id"): r.get("Target") for r in etree.fromstring(rels)}


def _chart(part, workbook: bytes, alt: str) -> ReadChart:
    formulas = openpyxl.load_workbook(BytesIO(workbook)).active
    results = openpyxl.load_workbook(BytesIO(workbook), data_only=True).active
    series = []
    for node in part.iter(q("c:ser")):
        value = node.find("c:val", NS)
        value = node.find("c:yVal", NS) if value is None else value
        category = node.find("c:cat", NS)
        category = node.find("c:xVal", NS) if category is None else category
        name = node.find("c:tx/c:strRef", NS)
        assert _cells(formulas, name) == _cached(name)
        labels = node.findall("c:dLbls/c:dLbl", NS)
        rows = {int(one.find("c:idx", NS).get("val")): one for one in labels}
        bars = node.find("c:errBars", NS)
        errors = [] if bars is None else [bars.find("c:minus/*", NS), bars.find("c:plus/*", NS)]
        series.append(
            ReadSeries(
                _cached(name)[0],
                _cached(value[0]),
                _cells(results, value[0]),
                _cached(category[0]),
                _cells(results, category[0]),
                {n: f.get("formatCode") for n, r in rows.items() if (f := r.find("c:numFmt", NS)) is not None},
                {n: "".join(t.itertext()) for n, r in rows.items() if (t := r.find("c:tx", NS)) is not None},
                [(_cached(one), _cells(results, one)) for one in errors],
            )
        )  # fmt: skip
    return ReadChart(alt, series, workbook)


def _cached(reference) -> list:
    cache = reference[1]
    numbers = cache.tag == q("c:numCache")
    found = [None] * int(cache.find("c:ptCount", NS).get("val"))
    for point in cache.iterfind("c:pt", NS):
        text = point.find("c:v", NS).text
        found[int(point.get("idx"))] = float(text) if numbers else text
    return found


def _cells(sheet, reference) -> list:
    formula = reference.find("c:f", NS).text
    assert re.fullmatch(r"Sheet1!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?", formula)
    left, top, right, bottom = range_boundaries(formula.partition("!")[2].replace("$", ""))
    assert left == right
    return [sheet.cell(row, left).value for row in range(top, bottom + 1)]
