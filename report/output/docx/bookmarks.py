"""Bookmarks: hidden addresses of blocks and cells, and the targets of fields; unique ids and names."""

from __future__ import annotations

import hashlib

from report.output.docx.oxml import Element, el, q

LONGEST = 40  # Word's limit for a bookmark's name
PREFIX = "_blk_"


def block_name(block: str) -> str:
    """Return the bookmark name of a block: ``_blk_<id>``, long ids cut and told apart by a digest."""
    return _short(PREFIX + block)


def cell_name(table: str, row: int, column: int) -> str:
    """Return the bookmark name of a table cell: ``_blk_<id>_r2c3``.

    Rows count from 1 through head and body, columns from 1 over the grid (a span stands at its first).
    """
    return _short(f"{PREFIX}{table}", f"_r{row}c{column}")


def _short(name: str, tail: str = "") -> str:
    if len(name) + len(tail) <= LONGEST:
        return name + tail
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name[: LONGEST - len(tail) - 9]}_{digest}{tail}"


class Bookmarks:
    """Hands out bookmark ids, and names for the targets of fields, in reading order."""

    def __init__(self) -> None:
        self._ids = 0
        self._names: set[str] = set()
        self._numbers = 0

    def pair(self, name: str) -> tuple[Element, Element]:
        """Return start and end of a bookmark; a name asked for twice gets a number at its end."""
        number, unique = self.take(name)
        return el("w:bookmarkStart", id=number, name=unique), el("w:bookmarkEnd", id=number)

    def take(self, name: str) -> tuple[str, str]:
        """Return a free bookmark id and a free name made of ``name``."""
        unique, count = name, 1
        while unique in self._names:
            count += 1
            unique = f"{name[: LONGEST - len(str(count)) - 1]}_{count}"
        self._names.add(unique)
        self._ids += 1
        return str(self._ids), unique

    def target(self, kind: str) -> str:
        """Return a new name for a field to point at: ``_Toc1000001``, ``_Ref1000002`` …."""
        self._numbers += 1
        return f"_{kind}{100000000 + self._numbers}"

    def wrap(self, paragraphs: list[Element], name: str) -> None:
        """Set a bookmark from the start of the first of ``paragraphs`` to the end of the last."""
        start, end = self.pair(name)
        first = paragraphs[0]
        has_properties = len(first) > 0 and first[0].tag == q("w:pPr")
        first.insert(1 if has_properties else 0, start)
        paragraphs[-1].append(end)

    def wrap_block(self, elements: list[Element], block: str) -> None:
        """Set the hidden bookmark of a block made of several elements (paragraphs, tables)."""
        paragraphs = [element for element in elements if element.tag == q("w:p")]
        if not paragraphs:
            paragraphs = [p for element in elements for p in element.iter(q("w:p"))]
        if paragraphs:
            self.wrap(paragraphs, block_name(block))
