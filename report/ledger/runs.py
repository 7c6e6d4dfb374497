"""The runs of text of a block, each with its place in words, and the sentence around a position."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from report.document.model import (
    Block,
    Callout,
    Emphasis,
    Figure,
    Heading,
    Inline,
    Link,
    Paragraph,
    Strong,
    Table,
    TableCell,
)
from report.document.text import inline_text, run_text

_ENDS = "。；！？\n"


@dataclass(frozen=True)
class Run:
    """Inlines that are read together; ``context`` says what they mean where no sentence does."""

    inlines: tuple[Inline, ...]
    where: str
    context: str = ""

    @cached_property
    def text(self) -> str:
        """The run as it is read, without its footnotes."""
        return run_text(self.inlines)


def runs_of(block: Block) -> Iterator[Run]:
    """Yield the runs a block holds itself, in reading order; nested blocks excluded."""
    match block:
        case Heading():
            yield Run(block.inlines, "标题")
        case Paragraph():
            yield Run(block.inlines, "正文")
        case Callout():
            yield Run(block.title, "标题")
        case Table():
            yield Run(block.caption, "题注")
            yield from _cells(block)
            yield from _notes(block.notes)
        case Figure():
            yield Run(block.caption, "题注")
            yield from _notes(block.notes)
        case _:
            return


def flat(inlines: Sequence[Inline], start: int = 0) -> Iterator[tuple[Inline, int]]:
    """Yield every inline outside footnotes with its position in the run's text."""
    for inline in inlines:
        yield inline, start
        if isinstance(inline, Strong | Emphasis | Link):
            yield from flat(inline.inlines, start)
        start += len(inline_text(inline))


def sentence_at(text: str, position: int) -> str:
    """Return the sentence (or the clause up to a semicolon) that holds a position."""
    start = max(text.rfind(end, 0, position) for end in _ENDS) + 1
    stops = [found for end in _ENDS if (found := text.find(end, position)) >= 0]
    return text[start : min(stops, default=len(text)) + 1].strip()


def _notes(notes: Sequence[tuple[Inline, ...]]) -> Iterator[Run]:
    for note in notes:
        yield Run(note, "附注")


def _cells(table: Table) -> Iterator[Run]:
    """Yield the cells with their heads: 江苏 · 基础设施 · 2022年."""
    columns = 0
    heads: dict[int, list[str]] = {}
    for number, (row, places) in enumerate(_placed(table.head), start=1):
        for cell, column in zip(row, places, strict=True):
            text = run_text(cell.inlines).strip()
            columns = max(columns, column + cell.colspan)
            for covered in range(column, column + cell.colspan):
                heads.setdefault(covered, []).append(text)
            yield Run(cell.inlines, f"表头第{number}行第{column + 1}列")
    spanning: dict[int, tuple[int, str]] = {}  # column → rows left, name of a row group
    for number, (row, places) in enumerate(_placed(table.body), start=1):
        names = [name for left, name in spanning.values() if left > 0]
        spanning = {c: (left - 1, name) for c, (left, name) in spanning.items() if left > 1}
        for position, (cell, column) in enumerate(zip(row, places, strict=True)):
            text = run_text(cell.inlines).strip()
            if cell.header or (position == 0 and not names):
                names.append(text)
                if cell.rowspan > 1:
                    spanning[column] = (cell.rowspan - 1, text)
            above = [name for name in heads.get(column, []) if name]
            others = [name for name in names if name and name != text]
            context = " · ".join(dict.fromkeys([*others, *above]))
            yield Run(cell.inlines, f"表中第{number}行第{column + 1}列", context)


def _placed(
    rows: Sequence[Sequence[TableCell]],
) -> Iterator[tuple[Sequence[TableCell], list[int]]]:
    """Yield each row with the columns (0-based) where its cells begin, spans considered."""
    held: dict[int, int] = {}
    for row in rows:
        columns, column = [], 0
        covered = set(held)
        held = {c: left - 1 for c, left in held.items() if left > 1}
        for cell in row:
            while column in covered:
                column += 1
            columns.append(column)
            if cell.rowspan > 1:
                held.update(dict.fromkeys(range(column, column + cell.colspan), cell.rowspan - 1))
            column += cell.colspan
        yield row, columns
