"""A draft's block manifest: every block with its text, its place for a reader and its template line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from report.document.model import Block, Document, Figure, Formula, Heading, Table, TableCell
from report.document.text import plain_text, run_text
from report.document.walk import children
from report.errors import OutputError, Place, Problem
from report.i18n import _
from report.manuscript.carry import Earlier, block_kind
from report.output.text import heading_text
from report.review.model import BlockEntry

FORMAT = "iireport-blocks"
LARGEST = 64_000_000


def describe(document: Document, pages: Mapping[str, str]) -> tuple[BlockEntry, ...]:
    """List the document's blocks in reading order; ``pages`` gives printed page labels by block id."""
    found: list[BlockEntry] = []
    for section in document.sections:
        part = heading = page = ""
        part_title = heading_title = ""
        for block in _walk(section.blocks):
            if isinstance(block, Heading):
                heading, heading_title = block.id, heading_text(block)
                if block.level == 1 or not part:
                    part, part_title = block.id, heading_title
            page = pages.get(block.id, page)
            found.append(
                BlockEntry(
                    block.id,
                    block_kind(block),
                    _text(block),
                    section.id,
                    heading,
                    part_title,
                    heading_title,
                    _label(block),
                    page,
                    block_file(block),
                    block_line(block),
                    dict(_cells(block)) if isinstance(block, Table) else {},
                )
            )
    return tuple(found)


def block_file(block: Block) -> str:
    """Return the file a block comes from."""
    origin = getattr(block, "origin", None)
    return origin.file if isinstance(origin, Place) else ""


def block_line(block: Block) -> int:
    """Return the line a block comes from, 0 where unknown."""
    origin = getattr(block, "origin", None)
    return origin.line if isinstance(origin, Place) else 0


def _walk(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        yield from _walk(children(block))


def _text(block: Block) -> str:
    if isinstance(block, Table | Figure):
        lines = [run_text(block.caption), *(run_text(note) for note in block.notes), block.source]
        return "\n".join(line for line in lines if line)
    return plain_text(block)


def _label(block: Block) -> str:
    if isinstance(block, Heading):
        return block.number
    if isinstance(block, Table | Figure | Formula):
        return block.number
    return ""


def _cells(table: Table) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the grid place of every cell with its text; a span stands at its first place."""
    covered: set[tuple[int, int]] = set()
    columns = len(table.widths)
    for row, cells in enumerate((*table.head, *table.body), 1):
        column = 1
        for cell in cells:
            while (row, column) in covered and column <= columns:
                column += 1
            yield (row, column), run_text(cell.inlines)
            covered.update(_span(cell, row, column))
            column += cell.colspan


def _span(cell: TableCell, row: int, column: int) -> Iterator[tuple[int, int]]:
    for down in range(cell.rowspan):
        for right in range(cell.colspan):
            yield row + down, column + right


# ---------------------------------------------------------------- as a file


def earlier_of(entries: Iterable[BlockEntry], texts: Document, retired: Iterable[str]) -> Earlier:
    """Say which ids the last draft had, for composing the next one."""
    known = {block.id: (block_kind(block), plain_text(block)) for block in texts.blocks()}
    return Earlier(
        {entry.id: known.get(entry.id, (entry.kind, "")) for entry in entries}, frozenset(retired)
    )


def to_json(entries: Iterable[BlockEntry], retired: Iterable[str]) -> str:
    """Write the manifest, a block a line, so that two of them can be compared by eye."""
    rows = ",\n".join(json.dumps(_row(entry), ensure_ascii=False) for entry in entries)
    gone = json.dumps(sorted(retired), ensure_ascii=False)
    return f'{{"format": "{FORMAT}",\n"retired": {gone},\n"blocks": [\n{rows}\n]}}\n'


def _row(entry: BlockEntry) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": entry.id,
        "kind": entry.kind,
        "section": entry.section,
        "heading": entry.heading,
        "part_title": entry.part_title,
        "heading_title": entry.heading_title,
        "label": entry.label,
        "page": entry.page,
        "file": entry.file,
        "line": entry.line,
        "text": entry.text,
    }
    if entry.cells:
        row["cells"] = [[r, c, text] for (r, c), text in sorted(entry.cells.items())]
    return row


def from_json(text: str, file: str) -> tuple[tuple[BlockEntry, ...], frozenset[str]]:
    """Read a manifest: its blocks and the ids given up before it; OutputError when it is damaged."""
    try:
        raw = load_object(text, FORMAT, LARGEST)
        entries = tuple(_entry(row) for row in raw["blocks"])
        return entries, frozenset(str(each) for each in raw["retired"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise damaged(file, error) from None


def load_object(text: str, wanted: str, largest: int) -> dict[str, Any]:
    """Read a JSON object whose ``format`` is ``wanted``; ValueError when it is something else."""
    if len(text) > largest:
        raise ValueError(f"> {largest}")
    raw = json.loads(text)
    if not isinstance(raw, dict) or raw.get("format") != wanted:
        raise ValueError(wanted)
    return raw


def _entry(row: Mapping[str, Any]) -> BlockEntry:
    cells = {(int(r), int(c)): str(text) for r, c, text in row.get("cells", ())}
    words = (
        "id", "kind", "text", "section", "heading", "part_title", "heading_title", "label", "page",
        "file",
    )  # fmt: skip
    given = {}
    for name in words:
        if not isinstance(row[name], str):
            raise TypeError(name)
        given[name] = row[name]
    return BlockEntry(**given, line=int(row["line"]), cells=cells)


def damaged(file: str, error: Exception) -> OutputError:
    """Say that an archived file cannot be read."""
    return OutputError(
        Problem(
            Place.of(file),
            _("the archived file is damaged ({reason})").format(
                reason=error or type(error).__name__
            ),
            _("a file as “iireport draft” wrote it"),
            _("Run “iireport drafts --verify”, and restore the archive from a backup."),
        )
    )


def read_manifest(folder: Path) -> tuple[tuple[BlockEntry, ...], frozenset[str]]:
    """Read the manifest of the draft in ``folder``."""
    path = folder / "blocks.json"
    try:
        return from_json(path.read_text("utf-8"), f"{folder.name}/blocks.json")
    except (OSError, UnicodeDecodeError) as error:
        raise damaged(f"{folder.name}/blocks.json", error) from None
