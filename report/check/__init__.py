"""Checks: typed numbers, unguarded claims, consistency, and parity of the finished files."""

from report.check.findings import Finding
from report.check.run import check, check_wording
from report.check.style import Style, read_style

__all__ = ["Finding", "Style", "check", "check_wording", "read_style"]
