"""Every error a user can act on, drawn as one tree.

ReportError                 anything the user can mend; carries one or more Problems
├── EditionError            an edition's files: missing, malformed, inconsistent
├── AssessmentError         figures that cannot be assessed as the edition asks
├── TemplateError           a template: syntax, unknown key, bare number, unknown target
├── FigureError             a figure that cannot be drawn from the data it was given
├── OutputError             a writer, or the folder it writes to
└── MachineError       something missing on this machine (fonts, Pango, LibreOffice)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file and, as far as known, sheet, cell or line (1-based)."""

    file: str
    sheet: str = ""
    cell: str = ""
    line: int = 0

    @classmethod
    def of(cls, file: str | Path, *, sheet: str = "", cell: str = "", line: int = 0) -> Place:
        """Build a place; ``file`` is kept as given, so pass a path relative to the project."""
        return cls(str(file), sheet, cell, line)

    def __str__(self) -> str:
        text = self.file
        if self.sheet:
            text += f" [{self.sheet}]"
        if self.cell:
            text += f"!{self.cell}"
        elif self.line:
            text += f":{self.line}"
        return text


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where, what was found, what was expected, how to mend it."""

    place: Place | None
    found: str
    expected: str = ""
    remedy: str = ""


class ReportError(Exception):
    """Base of all errors shown to a user; ``problems`` holds every one that was found."""

    exit_code = 2

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (
            (problems,) if isinstance(problems, Problem) else tuple(problems)
        )
        super().__init__("; ".join(f"{p.place or ''} {p.found}".strip() for p in self.problems))

    def __reduce__(self) -> tuple[type[ReportError], tuple[tuple[Problem, ...]]]:
        """Cross between processes with the problems, not with the text made of them."""
        return type(self), (self.problems,)


class EditionError(ReportError):
    """An edition's files are missing, malformed or inconsistent."""


class AssessmentError(ReportError):
    """The figures cannot be assessed as the edition asks."""


class TemplateError(ReportError):
    """A template cannot be rendered as written."""


class ClaimError(TemplateError):
    """A claim in the report no longer holds: its sentence, its condition and the actual values."""


class FigureError(ReportError):
    """A figure cannot be drawn from what it was given."""


class OutputError(ReportError):
    """A writer failed, or the folder it writes to cannot be used."""

    exit_code = 3


class MachineError(ReportError):
    """Something the task needs is missing on this machine."""

    exit_code = 4
