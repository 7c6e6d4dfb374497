"""Marks of tracked changes: numbered, dated and signed, on runs, paragraphs, rows and cells."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count
from typing import Literal, TypeAlias

from report.output.docx.oxml import Element, el, q
from report.review.redline_atoms import Part, parts, runs, shown
from report.review.redline_package import File, Importer

Mark: TypeAlias = Literal["ins", "del", "moveFrom", "moveTo"]
_FIRST = 900_001  # above every bookmark's id
_NOT_CARRIED = ("w:sectPr", "w:pPrChange")
_GONE = frozenset({"del", "moveFrom"})


@dataclass(slots=True)
class Marker:
    """Makes the marks of one redline and takes old content over into the new file."""

    author: str
    date: str
    old: File
    new: File
    importer: Importer
    _ids: Iterator[int] = field(default_factory=lambda: count(_FIRST))
    _drawings: Iterator[int] = field(default_factory=lambda: count(_FIRST))

    def mark(self, kind: str) -> Element:
        """Make an empty mark: ``ins``, ``del``, ``cellIns`` …."""
        return el(f"w:{kind}", id=str(next(self._ids)), author=self.author, date=self.date)

    def around(self, kind: Mark, held: list[Element]) -> list[Element]:
        """Set runs inside a mark."""
        if not held:
            return []
        node = self.mark(kind)
        node.extend(held)
        return [node]

    def gone(self, held: list[Part], kind: Mark = "del") -> list[Element]:
        """Write old parts as deleted (or moved away)."""
        written = runs([shown(part) for part in held if part.key], deleted=kind in _GONE)
        for node in written:
            self._take_over(node)
        return self.around(kind, written)

    def come(self, held: list[Part], kind: Mark = "ins") -> list[Element]:
        """Write new parts as inserted; what has no width stays outside the mark."""
        found: list[Element] = []
        run: list[Part] = []
        for part in held:
            if part.key:
                run.append(part)
                continue
            found += self.around(kind, runs(run))
            found += runs([part])
            run = []
        return found + self.around(kind, runs(run))

    def paragraph(self, properties: Element | None, kind: Mark) -> Element:
        """Return paragraph properties that say its mark was inserted or deleted."""
        made = deepcopy(properties) if properties is not None else el("w:pPr")
        face = made.find(q("w:rPr"))
        if face is None:
            face = el("w:rPr")
            late = [n for n, one in enumerate(made) if one.tag in (q("w:sectPr"), q("w:pPrChange"))]
            made.insert(late[0] if late else len(made), face)
        face.insert(0, self.mark(kind))
        return made

    def removed(self, paragraph: Element, kind: Mark = "del", *, own_mark: bool = True) -> Element:
        """Write an old paragraph as deleted, its mark with it unless that stays."""
        properties = paragraph.find(q("w:pPr"))
        kept = deepcopy(properties) if properties is not None else None
        if kept is not None:
            for name in _NOT_CARRIED:
                for one in kept.findall(q(name)):
                    kept.remove(one)
            for number in kept.iter(q("w:numId")):
                number.set(q("w:val"), self.importer.number(number.get(q("w:val"), "")))
        made = el("w:p")
        if own_mark:
            made.append(self.paragraph(kept, kind))
        elif kept is not None:
            made.append(kept)
        made.extend(self.gone(parts(paragraph, self.old), kind))
        return made

    def added(self, paragraph: Element, kind: Mark = "ins", *, own_mark: bool = True) -> Element:
        """Write a new paragraph as inserted, its mark with it unless that was there before."""
        made = el("w:p")
        properties = paragraph.find(q("w:pPr"))
        if own_mark:
            made.append(self.paragraph(properties, kind))
        elif properties is not None:
            made.append(deepcopy(properties))
        for link, held in by_link(parts(paragraph, self.new)):
            put(made, link, self.come(held, kind))
        return made

    def row(self, row: Element, kind: Literal["ins", "del"]) -> Element:
        """Write a table row with all it holds as inserted or deleted."""
        made = deepcopy(row)
        properties = made.find(q("w:trPr"))
        if properties is None:
            properties = el("w:trPr")
            made.insert(0, properties)
        properties.append(self.mark(kind))
        for cell in made.findall(q("w:tc")):
            self.cell_content(cell, kind)
        return made

    def cell(self, cell: Element, kind: Literal["ins", "del"]) -> Element:
        """Write a cell of a column that came or went."""
        made = deepcopy(cell)
        properties = made.find(q("w:tcPr"))
        if properties is None:
            properties = el("w:tcPr")
            made.insert(0, properties)
        properties.append(self.mark("cellIns" if kind == "ins" else "cellDel"))
        self.cell_content(made, kind)
        return made

    def cell_content(self, cell: Element, kind: Literal["ins", "del"]) -> None:
        """Mark all paragraphs of a cell; its last paragraph mark belongs to the cell itself."""
        content = [one for one in cell if one.tag != q("w:tcPr")]
        last = content[-1] if content else None
        for node in content:
            place = cell.index(node)
            cell.remove(node)
            cell.insert(place, self.block(node, kind, own_mark=node is not last))

    def block(
        self, node: Element, kind: Literal["ins", "del"], *, own_mark: bool = True
    ) -> Element:
        """Write a paragraph or table as inserted or deleted."""
        if node.tag == q("w:p"):
            return (self.added if kind == "ins" else self.removed)(node, own_mark=own_mark)
        if node.tag == q("w:tbl"):
            made = deepcopy(node)
            for row in made.findall(q("w:tr")):
                made.replace(row, self.row(row, kind))
            return made
        return deepcopy(node)

    def _take_over(self, node: Element) -> None:
        """Point what an old run names to copies in the new file."""
        for drawing in node.iter(q("w:drawing")):
            self.importer.drawing(drawing)
            for name in ("wp:docPr", "pic:cNvPr"):
                for one in drawing.iter(q(name)):
                    one.set("id", str(next(self._drawings)))
        for note in node.iter(q("w:footnoteReference")):
            note.set(q("w:id"), self.importer.note(note.get(q("w:id"), "")))


def by_link(held: list[Part]) -> Iterator[tuple[Element | None, list[Part]]]:
    """Group neighbouring parts by the hyperlink around them."""
    group: list[Part] = []
    for part in held:
        if group and part.link is not group[-1].link:
            yield group[-1].link, group
            group = []
        group.append(part)
    if group:
        yield group[-1].link, group


def put(paragraph: Element, link: Element | None, content: list[Element]) -> None:
    """Append content, inside a copy of its hyperlink where it has one."""
    if link is None:
        paragraph.extend(content)
    elif content:
        copy = el("w:hyperlink")
        copy.attrib.update(link.attrib)
        copy.extend(content)
        paragraph.append(copy)
