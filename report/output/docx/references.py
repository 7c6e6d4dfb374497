"""Cross-references: REF fields whose cached text is the Document's, on ``_Ref…`` bookmarks."""

from __future__ import annotations

from dataclasses import dataclass

from report.document.model import Block, Document, Figure, Formula, Heading, Table
from report.output.docx import fields, links
from report.output.docx.bookmarks import Bookmarks
from report.output.docx.oxml import Element
from report.output.text import plain


@dataclass(frozen=True, slots=True)
class Target:
    """Something a reference can point at: its printed number, title and bookmark.

    ``chain`` holds, for a heading, the targets above it and itself.
    """

    bookmark: str
    number: str
    title: str
    heading: bool
    chain: tuple[Target, ...] = ()


def targets(document: Document, bookmarks: Bookmarks) -> dict[str, Target]:
    """Return every heading, figure, table and formula by id."""
    found: dict[str, Target] = {}
    above: list[tuple[int, Target]] = []
    for section in document.sections:
        for block in Document(document.meta, (section,)).blocks():
            target = _target(block, bookmarks)
            if target is None:
                continue
            if isinstance(block, Heading):
                above = [(level, held) for level, held in above if level < block.level]
                chain = (*(held for _, held in above), target)
                target = Target(target.bookmark, target.number, target.title, True, chain)
                above.append((block.level, target))
            found[block.id] = target
    return found


def _target(block: Block, bookmarks: Bookmarks) -> Target | None:
    match block:
        case Heading():
            kind = "Toc" if block.number and block.level <= 3 else "Ref"
            return Target(bookmarks.target(kind), block.number, plain(block.inlines), True)
        case Figure() | Table():
            return Target(bookmarks.target("Ref"), block.number, plain(block.caption), False)
        case Formula():
            return Target(bookmarks.target("Ref"), block.number, "", False)
    return None


def reference(target: Target | None, text: str) -> list[Element]:
    """Return the runs of a reference that reads ``text``.

    A label or title inside the text becomes a REF field; a text that holds neither becomes a link.
    """
    if target is None:
        return [fields.run(text)]
    if target.heading:
        return _heading_reference(target, text)
    if target.number and target.number in text:
        return _embedded(text, target.number, rf"REF {target.bookmark} \h")
    return [links.inside(target.bookmark, [fields.run(text)])]


def _heading_reference(target: Target, text: str) -> list[Element]:
    r"""Use ``REF \n`` (the paragraph's number) once per label, or ``REF`` for the title."""
    numbered = [held for held in target.chain if held.number]
    for start in range(len(numbered)):
        held = numbered[start:]
        labels = [each.number for each in held]
        labels[-1] = labels[-1].rstrip(".")
        if "".join(labels) == text:
            runs: list[Element] = []
            for each, label in zip(held, labels, strict=True):
                runs += fields.field(rf"REF {each.bookmark} \n \h", label)
            return runs
    if target.title and target.title in text:
        return _embedded(text, target.title, rf"REF {target.bookmark} \h")
    return [links.inside(target.bookmark, [fields.run(text)])]


def _embedded(text: str, inner: str, instruction: str) -> list[Element]:
    before, _, after = text.partition(inner)
    runs = [fields.run(before)] if before else []
    runs += fields.field(instruction, inner)
    if after:
        runs.append(fields.run(after))
    return runs
