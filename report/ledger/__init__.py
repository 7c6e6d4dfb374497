"""The ledger: every number that reaches a reader, with its address, exact value and source cells."""

from report.ledger.graph import Graph
from report.ledger.index import Index
from report.ledger.rows import Row, ledger
from report.ledger.sources import Sources
from report.ledger.words import formula, label, words_of
from report.ledger.write import to_csv, to_workbook

__all__ = [
    "Graph",
    "Index",
    "Row",
    "Sources",
    "formula",
    "label",
    "ledger",
    "to_csv",
    "to_workbook",
    "words_of",
]
