"""What all mutations start from: a copy of the project, its clean document, findings and tokens."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from report.check import Finding, Style, check, read_style
from report.check.values import points
from report.document.decisions import deciding_keys
from report.document.model import Document, FactUse, Figure, Number, Section, Word
from report.document.text import plain_text
from report.document.walk import iter_inlines
from report.ledger import Sources
from report.pipeline.preparing import Prepared, prepare
from report.project import Project

ROOT = Path(__file__).resolve().parents[2]
Token: TypeAlias = tuple[str, str, tuple[str, ...]]  # block, text, keys


@dataclass(frozen=True)
class Mutation:
    """One change: its kind, where it was made, and what was changed into what."""

    kind: str
    place: str
    what: str


@dataclass(frozen=True)
class Outcome:
    """Whether a mutation was caught and by what; ``detail`` is what was said, or why nothing was."""

    mutation: Mutation
    caught: bool
    by: str
    detail: str = ""


class Ground:
    """A private copy of the project below ``folder``, with everything known of its clean state."""

    def __init__(self, folder: Path, edition: str = "2023") -> None:
        skip = shutil.ignore_patterns("__pycache__")
        for part in ("data", "templates"):
            shutil.copytree(ROOT / part, folder / part, ignore=skip)
        self.project = Project(folder)
        self.folder = folder / "data" / edition
        self.prepared: Prepared = prepare(self.folder, self.project)
        self.style: Style = read_style(self.project.templates)

    @property
    def document(self) -> Document:
        """The clean document."""
        return self.prepared.document

    @cached_property
    def text(self) -> str:
        """All that the clean document says."""
        return "\n".join(plain_text(block) for s in self.document.sections for block in s.blocks)

    @cached_property
    def findings(self) -> frozenset[tuple[str, ...]]:
        """What the checks say of the clean document."""
        return known(self.check(self.prepared))

    @cached_property
    def tokens(self) -> Counter[Token]:
        """Every number and chosen word of the clean document."""
        return Counter(tokens(self.document))

    @cached_property
    def deciding(self) -> dict[str, frozenset[str]]:
        """By block, the keys that decided what the clean document says there."""
        return deciding_keys(self.document)

    @cached_property
    def sources(self) -> Sources:
        """From keys to leaves, of the clean results."""
        return Sources(self.prepared.results, self.prepared.previous)

    @cached_property
    def section_findings(self) -> dict[str, frozenset[tuple[str, ...]]]:
        """What the checks say of each clean section on its own."""
        return {
            section.id: known(self.check_section(section)) for section in self.document.sections
        }

    def check(self, prepared: Prepared) -> tuple[Finding, ...]:
        """Make all checks of a composed report."""
        return check(
            prepared.document, prepared.results, prepared.edition, self.style, prepared.previous
        )

    def check_section(self, section: Section) -> tuple[Finding, ...]:
        """Make all checks of one section, changed or not."""
        alone = replace(self.prepared, document=replace(self.document, sections=(section,)))
        return self.check(alone)


def known(findings: tuple[Finding, ...]) -> frozenset[tuple[str, ...]]:
    """Return what identifies each finding."""
    return frozenset((each.rule, each.block, each.sentence, each.found) for each in findings)


def tokens(document: Document) -> Iterator[Token]:
    """Yield every number and chosen word of a document, those of figures included."""
    for section in document.sections:
        for block in Document(document.meta, (section,)).blocks():
            for inline in iter_inlines(block, nested=False):
                if isinstance(inline, Number):
                    yield block.id, inline.quantity.text, (inline.quantity.key,)
                elif isinstance(inline, Word) and inline.keys:
                    yield block.id, inline.text, inline.keys
                elif isinstance(inline, FactUse):
                    yield block.id, inline.text, (f"fact.{inline.fact}",)
            if isinstance(block, Figure):
                for text, key, value in points(block.spec):
                    yield block.id, f"{text} {value!r}", (key,)
