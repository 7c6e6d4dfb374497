"""Findings: what a check has to say about one sentence, with its place and the way to mend it."""

from __future__ import annotations

from dataclasses import dataclass

from report.errors import Place


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend (or, as a warning, to look at).

    ``rule`` is the check's short name (``typed-number``, ``unguarded-claim``, ``parity`` …); ``sentence``
    the words concerned as a reader sees them, ``span`` where in it the word at fault stands (from, to;
    (0, 0) for all of it); ``found``, ``expected`` and ``remedy`` say what is wrong, what would be right
    and how to get there, in the user's language. ``part`` is the section's id.
    """

    rule: str
    place: Place | None
    block: str
    sentence: str
    found: str
    expected: str = ""
    remedy: str = ""
    warning: bool = False
    span: tuple[int, int] = (0, 0)
    part: str = ""

    @property
    def word(self) -> str:
        """The word at fault, empty where it is the sentence as a whole."""
        return self.sentence[slice(*self.span)]
