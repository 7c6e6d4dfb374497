"""A draft as it went out: every paragraph of its Word file with the block or cell it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from report.errors import OutputError
from report.output.docx.bookmarks import block_name, cell_name
from report.review.blocks import damaged
from report.review.drafts import DOCX, draft_blocks
from report.review.lines import read_lines
from report.review.model import BlockEntry, Draft, Span
from report.review.opened import open_returned
from report.review.paper import Line

_COPY = re.compile(r"_Copy_\d+$")
CONTAINERS = frozenset({"list", "claim", "callout"})
_UNCOMPARED = frozenset({"contents"})


@dataclass(frozen=True, slots=True)
class BaseLine:
    """A paragraph as sent out: whose it is, its text, and how many characters its printed label takes."""

    span: Span
    text: str
    part: str
    name: str = ""  # its own bookmark
    label: int = 0
    compared: bool = (
        True  # whether a change without a mark can be told from the program's own doing
    )


@dataclass(frozen=True, slots=True)
class Base:
    """What a returned file is compared with."""

    draft: Draft
    blocks: Mapping[str, BlockEntry]
    names: Mapping[str, Span]  # bookmark → block or cell
    lines: tuple[BaseLine, ...]


def read_base(draft: Draft) -> Base:
    """Read an archived draft's Word file and blocks."""
    try:
        data = (draft.folder / DOCX).read_bytes()
    except OSError as error:
        raise damaged(f"drafts/{draft.edition}/{draft.number}/{DOCX}", error) from None
    return base_of(draft, draft_blocks(draft), data)


def base_of(draft: Draft, entries: Iterable[BlockEntry], data: bytes) -> Base:
    """Return what is to be compared with, from a draft's blocks and its Word file."""
    blocks = {entry.id: entry for entry in entries}
    names = bookmark_names(blocks.values())
    try:
        paper = read_lines(open_returned(data, DOCX))
    except OutputError as error:
        raise damaged(DOCX, error) from None
    owners: list[Span] = []
    found: list[BaseLine] = []
    last = Span("")
    notes: dict[str, Span] = {}
    for line in paper.lines:
        name = own_name(line, names, blocks)
        span = names.get(name, Span(""))
        if line.part == "document":
            if name:
                last = Span(span.block)
            elif not _is_start(line):
                span = last  # the unit, note and source lines of a table or figure
            for note in line.notes:
                notes[note] = span
        elif line.part in {"footnotes", "endnotes"}:
            span = notes.get(line.note, Span(""))
        owners.append(span)
        entry = blocks.get(span.block)
        kind = entry.kind if entry else ""
        shift = _label(line.original, entry, span) if entry and name else 0
        compared = (
            line.part in {"document", "footnotes"}
            and kind not in _UNCOMPARED
            and not (line.formula or line.generated)
        )
        found.append(BaseLine(span, line.original, line.part, name, shift, compared))
    return Base(draft, blocks, names, tuple(found))


def _is_start(line: Line) -> bool:
    """Whether a line without a bookmark can belong to nothing before it."""
    return not line.original.strip()


def bookmark_names(entries: Iterable[BlockEntry]) -> dict[str, Span]:
    """Return the block or cell of every bookmark that the Word writer sets."""
    names: dict[str, Span] = {"_blk_cover": Span("cover")}
    for entry in entries:
        names[block_name(entry.id)] = Span(entry.id)
        for row, column in entry.cells:
            names[cell_name(entry.id, row, column)] = Span(entry.id, row, column)
    return names


def own_name(line: Line, names: Mapping[str, Span], blocks: Mapping[str, BlockEntry]) -> str:
    """Return the bookmark that is a paragraph's own: the one over the fewest paragraphs, a copy's last."""

    def rank(item: tuple[str, int]) -> tuple[int, bool, bool]:
        name, extent = item
        known = _COPY.sub("", name)
        entry = blocks.get(names[known].block) if known in names else None
        return extent, name != known, entry is not None and entry.kind in CONTAINERS

    found = [item for item in line.names.items() if _COPY.sub("", item[0]) in names]
    return _COPY.sub("", min(found, key=rank)[0]) if found else ""


def is_copy(line: Line) -> bool:
    """Whether all of a paragraph's bookmarks are copies that a cut and paste made."""
    return bool(line.names) and all(_COPY.search(name) for name in line.names)


def _label(text: str, entry: BlockEntry, span: Span) -> int:
    """Return how many characters a printed label takes before the block's own text."""
    own = entry.cells.get((span.row, span.column), "") if span.row else entry.text
    first = own.partition("\n")[0]
    at = text.find(first[:20]) if first else -1
    return max(at, 0)
