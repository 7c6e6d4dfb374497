"""Parity: the finished PDF and Word file, opened by independent readers, say what the Document says."""

from report.check.outputs.finished import finished
from report.check.outputs.parity import compare_pdf, compare_word, parity

__all__ = ["compare_pdf", "compare_word", "finished", "parity"]
