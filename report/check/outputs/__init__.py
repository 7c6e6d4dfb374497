"""Parity: the finished PDF and Word file, opened by independent readers, say what the Document says."""

from report.check.outputs.parity import RULE, parity
from report.check.outputs.stale import stale

__all__ = ["RULE", "parity", "stale"]
