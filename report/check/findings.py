"""Findings: what a check has to say about one sentence, with its place and the way to mend it."""

from __future__ import annotations

from dataclasses import dataclass

from report.errors import Place


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend (or, as a warning, to look at).

    ``rule`` is the check's short name (``typed-number``, ``unguarded-claim``, ``parity`` …); ``sentence``
    the words concerned as a reader sees them; ``found``, ``expected`` and ``remedy`` say what is wrong,
    what would be right and how to get there, in the user's language.
    """

    rule: str
    place: Place | None
    block: str
    sentence: str
    found: str
    expected: str = ""
    remedy: str = ""
    warning: bool = False
