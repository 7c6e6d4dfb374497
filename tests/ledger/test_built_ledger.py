"""What a build leaves of the ledger: two files, the same inside the PDF, the page's own calculation."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re

import openpyxl
import pypdf
import pytest


@pytest.fixture(scope="module")
def rows(built) -> list[dict[str, str]]:
    text = built["numbers.csv"].read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_pdf_carries_the_ledger_and_the_results(built):
    attachments = pypdf.PdfReader(built["report.pdf"]).attachments
    for name in ("numbers.csv", "results.json"):
        assert attachments[name] == [built[name].read_bytes()]


def test_the_workbook_holds_the_same_rows(built, rows):
    with contextlib.closing(openpyxl.load_workbook(built["numbers.xlsx"], read_only=True)) as book:
        rows_read = book.worksheets[0].iter_rows(min_row=2, values_only=True)
        found = [[cell or "" for cell in row] for row in rows_read]
    assert len(found) == len(rows)
    for row, known in zip(found, rows, strict=True):
        assert row[3] == known["key"]
        assert str(row[2]) == known["text"].removeprefix("'")


def test_prose_tables_figures_and_alternative_texts_are_accounted_for(rows):
    for kind in ("quantity", "figure", "alt", "word", "fact", "structural", "literal"):
        assert any(row["kind"] == kind for row in rows), kind
    for row in rows:
        if row["kind"] in {"quantity", "figure", "mark", "alt"}:
            assert row["source"], row
            assert float(row["value"]) == float(row["value"])
            assert re.fullmatch(r"templates/.+:\d+", row["origin"]), row
        assert row["part"], row


def test_the_page_explains_every_printed_number(built, rows):
    page = built["report.html"].read_text(encoding="utf-8")
    assert len(page.encode()) < 6_000_000
    embedded = re.search(r'<script id="trace-data"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert embedded
    data = json.loads(embedded[1])
    keys, last = [], ""
    for shared, rest in zip(data["keys"][::2], data["keys"][1::2], strict=True):
        last = last[:shared] + rest
        keys.append(last)
    known = set(keys)
    assert {row["key"] for row in rows if row["kind"] in {"quantity", "figure", "alt"}} <= known
    assert (
        set(re.findall(r'<span class="n" data-key="([^"]+)"', page))
        <= {key.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;") for key in known}
        | known
    )


def test_the_manifest_names_both_files(built):
    assert "numbers.csv" in built.manifest["outputs"]
    assert "numbers.xlsx" in built.manifest["outputs"]
