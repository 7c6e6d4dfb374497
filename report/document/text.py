"""Plain text of blocks and inlines, and the entries of the generated lists (目录, 图目录, 表目录)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from report.document.model import (
    Block,
    Break,
    Document,
    Emphasis,
    FactUse,
    Figure,
    Footnote,
    Formula,
    Heading,
    Inline,
    Link,
    Math,
    Number,
    Ref,
    Strong,
    Structural,
    Table,
    Text,
    Verbatim,
    Word,
)
from report.document.walk import children, iter_inlines, own_runs

__all__ = [
    "ContentsEntry",
    "contents",
    "inline_text",
    "iter_inlines",
    "outline",
    "plain_text",
    "run_text",
]


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of a generated list: heading level (1 for figures and tables), label, text, target id."""

    level: int
    number: str
    text: str
    id: str


def inline_text(inline: Inline, *, footnotes: bool = False) -> str:
    """Return the text of an inline as it is read; a footnote's own text only on request."""
    match inline:
        case Text() | Word() | Verbatim() | FactUse() | Structural() | Ref():
            return inline.text
        case Number():
            return inline.quantity.text
        case Strong() | Emphasis() | Link():
            return run_text(inline.inlines, footnotes=footnotes)
        case Footnote():
            return run_text(inline.inlines) if footnotes else ""
        case Math():
            return inline.latex
        case Break():
            return "\n"


def run_text(inlines: Iterable[Inline], *, footnotes: bool = False) -> str:
    """Return the text of a run of inlines."""
    return "".join(inline_text(inline, footnotes=footnotes) for inline in inlines)


def plain_text(part: Block | Iterable[Inline], *, footnotes: bool = False) -> str:
    """Return the plain text of a block or a run of inlines.

    Labels (``第一章``, ``表1-1``) are left out; cells, notes and inner blocks are set on lines of their own.
    """
    if isinstance(part, Iterable):
        return run_text(part, footnotes=footnotes)
    if isinstance(part, Formula):
        return part.latex
    lines = [run_text(run, footnotes=footnotes) for run in own_runs(part)]
    if isinstance(part, Table | Figure) and part.source:
        lines.append(part.source)
    lines += [plain_text(child, footnotes=footnotes) for child in children(part)]
    return "\n".join(line for line in lines if line)


def contents(
    document: Document, kind: Literal["toc", "figures", "tables"] = "toc", *, depth: int = 3
) -> tuple[ContentsEntry, ...]:
    """List the entries of a generated list in reading order; ``depth`` is the deepest heading level."""
    return tuple(_entries(document, kind, depth))


def outline(document: Document) -> tuple[ContentsEntry, ...]:
    """List every heading of the document."""
    return contents(document, "toc", depth=9)


def _entries(
    document: Document, kind: Literal["toc", "figures", "tables"], depth: int
) -> Iterator[ContentsEntry]:
    for block in document.blocks():
        match block:
            case Heading() if kind == "toc" and block.level <= depth:
                text = run_text(block.inlines).replace("\n", "")
                yield ContentsEntry(block.level, block.number, text, block.id)
            case Figure() if kind == "figures":
                yield ContentsEntry(1, block.number, run_text(block.caption), block.id)
            case Table() if kind == "tables":
                yield ContentsEntry(1, block.number, run_text(block.caption), block.id)
            case _:
                pass
