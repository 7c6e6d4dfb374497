"""The files of the last build against the document as it is composed now."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from report.check.findings import Finding
from report.check.outputs.parity import compare_pdf, compare_word, draw_svgs
from report.check.outputs.stale import stale
from report.document.model import Document

PDF = "report.pdf"
WORD = "report.docx"


def finished(document: Document, out: Path, inputs: Mapping[str, Path]) -> tuple[Finding, ...]:
    """Compare the finished files in the folder ``out`` with ``document``.

    ``inputs`` (name → file) are those the document was composed from: a report of other inputs is told
    as such first. OutputError when a file cannot be read.
    """
    findings = list(stale(out, inputs))
    pdf, word = out / PDF, out / WORD
    if pdf.is_file() or word.is_file():
        drawings = draw_svgs(document)
        if pdf.is_file():
            findings += compare_pdf(document, pdf.read_bytes(), drawings)
        if word.is_file():
            findings += compare_word(document, word.read_bytes(), drawings)
    return tuple(findings)
