"""The files of the last build against the document as it is composed now, and against its ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from report.assessment.results import Results
from report.check.findings import Finding
from report.check.outputs.extraction import Resolver, Unresolved
from report.check.outputs.parity import compare, draw_figures, wanted
from report.check.outputs.pdf import read_pdf
from report.check.outputs.stale import stale
from report.check.outputs.word import read_word
from report.check.style import Style
from report.document.model import Document
from report.errors import Place
from report.i18n import _
from report.ledger import Sources, ledger

RULE = "untraced-number"
PDF, WORD = "report.pdf", "report.docx"


def finished(
    document: Document,
    results: Results,
    previous: Results | None,
    style: Style,
    out: Path,
    inputs: Mapping[str, Path],
) -> tuple[Finding, ...]:
    """Compare the finished files in the folder ``out`` with ``document``; look up all their numbers.

    ``inputs`` (name → file) are those the document was composed from: a report of other inputs is told
    as such first. OutputError when a file cannot be read.
    """
    findings = list(stale(out, inputs))
    pdf, word = out / PDF, out / WORD
    if not pdf.is_file() and not word.is_file():
        return tuple(findings)
    drawings = draw_figures(document)
    ours = wanted(document, {name: drawing.svg for name, drawing in drawings.items()})
    rows = ledger(document, Sources(results, previous), drawings)
    resolver = Resolver(ours, rows, style)
    if pdf.is_file():
        read = read_pdf(pdf.read_bytes())
        findings += compare(ours, read.reading, "PDF")
        lost = [
            *resolver.unresolved(read.reading),
            *resolver.furniture(read.furniture, read.labels),
        ]
        findings += _untraced(lost, PDF)
    if word.is_file():
        reading = read_word(word.read_bytes())
        findings += compare(ours, reading, "Word", outlines=True)
        findings += _untraced(resolver.unresolved(reading), WORD)
    return tuple(findings)


def _untraced(lost: Iterable[Unresolved], file: str) -> Iterator[Finding]:
    for one in lost:
        found = _("a number that the ledger does not account for ({where}): {token}")
        yield Finding(
            RULE,
            Place.of(file),
            "",
            one.text,
            found.format(where=one.where, token=one.token),
            _("a number from results, a cited fact, a structural number or a declared literal"),
            _("build the report again; if it stays, the writer of this format is at fault"),
        )
