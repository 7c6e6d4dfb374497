"""What this machine has and lacks for making reports, and how to get what is missing."""

from __future__ import annotations

from report.doctor.checks import Check, examine, fonts
from report.doctor.remedies import SYSTEMS, remedy, system

__all__ = ["SYSTEMS", "Check", "examine", "fonts", "remedy", "system"]
