"""The difference of two Documents: every block, cell, note, footnote and drawn point that changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from report.document.model import (
    Block,
    Callout,
    Contents,
    Document,
    Figure,
    Formula,
    Heading,
    Inline,
    Paragraph,
    Table,
)
from report.document.text import ContentsEntry, contents
from report.review.align import align, merged
from report.review.atoms import Piece, footnotes, pieces, plain_pieces, whole
from report.review.drawn import drawn_edits
from report.review.edits import Edit
from report.review.gridded import table_edits
from report.review.leaves import Leaf, block_kind, block_label, leaves

ChangeKind: TypeAlias = Literal["added", "removed", "moved", "changed"]


@dataclass(frozen=True, slots=True)
class Change:
    """A block that changed: its sides (None where it has none), where it stands, what was edited.

    A moved block may be edited as well. ``part`` and ``heading`` are titles, of the new side where
    there is one.
    """

    kind: ChangeKind
    old: Block | None
    new: Block | None
    section: str
    part: str
    heading: str
    edits: tuple[Edit, ...]

    @property
    def block(self) -> Block:
        """The block as it stands in the new document, else as it stood in the old one."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def id(self) -> str:
        """The block's id."""
        return self.block.id

    @property
    def label(self) -> str:
        """What a reader calls the block; empty for a paragraph."""
        return block_label(self.block)

    @property
    def what(self) -> str:
        """The kind of block in one word (``paragraph``, ``table`` …)."""
        return block_kind(self.block)


def diff(old: Document, new: Document) -> tuple[Change, ...]:
    """Return every change from ``old`` to ``new`` in the reading order of both.

    Blocks are the same by the id their template gives, else by text. A block whose printed words,
    cells, notes and drawn points are all alike did not change, whatever its number or id.
    """
    before, after = leaves(old), leaves(new)
    aligned = align([leaf.item for leaf in before], [leaf.item for leaf in after])
    found: list[Change] = []
    for fate, i, j in merged(aligned, len(before), len(after)):
        match fate:
            case "removed":
                found.append(_alone("removed", before[i]))
            case "added":
                found.append(_alone("added", after[j]))
            case "kept" | "moved-to":
                edits = tuple(_edits(before[i], after[j], old, new))
                if edits or fate == "moved-to":
                    found.append(
                        _pair(
                            "moved" if fate == "moved-to" else "changed", before[i], after[j], edits
                        )
                    )
    return tuple(found)


def _pair(kind: ChangeKind, old: Leaf, new: Leaf, edits: tuple[Edit, ...]) -> Change:
    return Change(kind, old.block, new.block, new.section, new.part, new.heading, edits)


def _alone(kind: Literal["added", "removed"], leaf: Leaf) -> Change:
    """Tell of a block that stands on one side only, its words as one edit."""
    new = leaf.block if kind == "added" else None
    old = leaf.block if kind == "removed" else None
    said = whole("+" if kind == "added" else "-", _main_run(leaf.block))
    if not said and isinstance(leaf.block, Formula):
        said = (Piece("+" if kind == "added" else "-", leaf.block.latex),)
    return Change(kind, old, new, leaf.section, leaf.part, leaf.heading, (Edit("text", said),))


def _main_run(block: Block) -> tuple[Inline, ...]:
    match block:
        case Heading() | Paragraph():
            return block.inlines
        case Table() | Figure():
            return block.caption
        case Callout():
            return block.title
        case _:
            return ()


def _edits(old: Leaf, new: Leaf, before: Document, after: Document) -> Iterator[Edit]:
    match old.block, new.block:
        case (Heading() | Paragraph() as a, Heading() | Paragraph() as b):
            yield from run_edits("text", a.inlines, b.inlines)
        case (Callout() as a, Callout() as b):
            yield from run_edits("title", a.title, b.title)
        case (Table() as a, Table() as b):
            yield from run_edits("caption", a.caption, b.caption)
            yield from table_edits(a, b)
            yield from _below(a, b)
        case (Figure() as a, Figure() as b):
            yield from run_edits("caption", a.caption, b.caption)
            yield from drawn_edits(a.spec, b.spec)
            yield from _below(a, b)
        case (Formula() as a, Formula() as b):
            if found := plain_pieces(a.latex, b.latex):
                yield Edit("formula", found)
        case (Contents() as a, Contents() as b):
            yield from _entries(contents(before, a.kind), contents(after, b.kind))


def run_edits(aspect: str, old: tuple[Inline, ...], new: tuple[Inline, ...]) -> Iterator[Edit]:
    """Compare two runs and the footnotes in them."""
    if found := pieces(old, new):
        yield Edit(aspect, found)
    notes_a, notes_b = footnotes(old), footnotes(new)
    for number in range(max(len(notes_a), len(notes_b))):
        a = notes_a[number].inlines if number < len(notes_a) else ()
        b = notes_b[number].inlines if number < len(notes_b) else ()
        if found := pieces(a, b):
            yield Edit("footnote", found, where=str(number + 1))


def _below(old: Table | Figure, new: Table | Figure) -> Iterator[Edit]:
    """Compare notes, source and unit."""
    for number in range(max(len(old.notes), len(new.notes))):
        a = old.notes[number] if number < len(old.notes) else ()
        b = new.notes[number] if number < len(new.notes) else ()
        yield from (
            replace(edit, where=str(number + 1)) if edit.aspect == "note" else edit
            for edit in run_edits("note", a, b)
        )
    if found := plain_pieces(old.source, new.source):
        yield Edit("source", found)
    if (
        isinstance(old, Table)
        and isinstance(new, Table)
        and (found := plain_pieces(old.unit, new.unit))
    ):
        yield Edit("unit", found)


def _entries(old: tuple[ContentsEntry, ...], new: tuple[ContentsEntry, ...]) -> Iterator[Edit]:
    """Compare the lines of a generated list by the id they lead to."""
    before = {entry.id: f"{entry.number} {entry.text}".strip() for entry in old}
    after = {entry.id: f"{entry.number} {entry.text}".strip() for entry in new}
    for entry in old:
        if entry.id not in after:
            yield Edit("entry", (Piece("-", before[entry.id]),), where=entry.id)
    for entry in new:
        if entry.id not in before:
            yield Edit("entry", (Piece("+", after[entry.id]),), where=entry.id)
        elif found := plain_pieces(before[entry.id], after[entry.id]):
            yield Edit("entry", found, where=entry.id)
