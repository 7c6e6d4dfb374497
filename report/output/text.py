"""Words every writer prints the same way: plain text, heading labels, captions, source and note lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from report.document.model import Document, Figure, Heading, Inline, Matter, Table
from report.document.text import run_text

IDEOGRAPHIC_SPACE = "\u3000"
SOURCE_LABEL = "资料来源："
UNIT_LABEL = "单位："
SIMULATED = "模拟数据"

CALLOUT_LABELS = {"finding": "要点", "case": "案例", "note": "说明", "method": "方法"}


def plain(inlines: Iterable[Inline]) -> str:
    """Return the text of ``inlines`` on one line, without footnotes; a formula stands as its LaTeX."""
    return run_text(inlines).replace("\n", " ")


def separator(number: str) -> str:
    """Return what stands between a printed number and its text: ``（一）总体`` but ``第一章　总体``."""
    if not number or number[-1] in "）、．":
        return ""
    return " " if number[-1] == "." else IDEOGRAPHIC_SPACE


def heading_text(heading: Heading) -> str:
    """Return a heading as printed in running heads, lists and bookmarks."""
    return heading.number + separator(heading.number) + plain(heading.inlines)


def caption_text(block: Figure | Table) -> str:
    """Return a caption as printed, number first: ``图1-1　全国指数``."""
    return block.number + separator(block.number) + plain(block.caption)


def source_line(source: str, *, simulated: bool = False) -> str:
    """Return the source line under a figure or table; simulated data is always named as such."""
    if not source:
        return f"{SOURCE_LABEL}{SIMULATED}" if simulated else ""
    line = source if source.startswith(SOURCE_LABEL) else SOURCE_LABEL + source
    return line if not simulated or SIMULATED in line else f"{line}（{SIMULATED}）"


def unit_line(unit: str) -> str:
    """Return the unit line of a table: ``单位：分``."""
    return unit if not unit or unit.startswith(UNIT_LABEL) else UNIT_LABEL + unit


def note_label(index: int, count: int, first: str) -> str:
    """Return the label of note ``index`` (0-based) of ``count``; none where the text has its own."""
    if first.startswith(("注：", "注:", "注1")):
        return ""
    return "注：" if count == 1 else f"注{index + 1}："


def note_labels(notes: Sequence[Sequence[Inline]]) -> list[str]:
    """Return the labels of all ``notes`` of a figure or table."""
    return [note_label(i, len(notes), plain(note)) for i, note in enumerate(notes)]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a generated list: target id, depth (1-based), text and where its page number is from."""

    target: str
    level: int
    text: str
    matter: Matter


def heading_entries(document: Document, *, deepest: int = 3) -> list[Entry]:
    """Return the lines of the table of contents: headings of body and back matter to ``deepest``."""
    return [
        Entry(block.id, block.level, heading_text(block), section.matter)
        for section in document.sections
        if section.matter in {"body", "back"}
        for block in Document(document.meta, (section,)).blocks()
        if isinstance(block, Heading) and block.level <= deepest
    ]


def exhibit_entries(document: Document, kind: type[Figure | Table]) -> list[Entry]:
    """Return the lines of the list of figures or tables, in reading order."""
    return [
        Entry(block.id, 1, caption_text(block), section.matter)
        for section in document.sections
        for block in Document(document.meta, (section,)).blocks()
        if isinstance(block, kind) and block.number
    ]
