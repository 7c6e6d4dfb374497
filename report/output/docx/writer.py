"""The DOCX writer: from a Document, its drawings and the house file to the bytes of a Word file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

from report.document.model import (
    Block,
    Contents,
    Document,
    Heading,
    ListBlock,
    Matter,
    Section,
    Table,
)
from report.output.docx import properties
from report.output.docx.blocks import write_block
from report.output.docx.bookmarks import Bookmarks
from report.output.docx.context import Context, Drawing, Surroundings
from report.output.docx.cover import cover
from report.output.docx.footnotes import Footnotes
from report.output.docx.headings import heading
from report.output.docx.heads import Heads
from report.output.docx.numbering import Numbering
from report.output.docx.openings import opening_page
from report.output.docx.oxml import Element, el, q, root
from report.output.docx.package import Package
from report.output.docx.paragraphs import paragraph, set_property
from report.output.docx.references import targets
from report.output.docx.sections import geometry, section_properties
from report.output.docx.styles import resolve

_PREFIXES = ("w", "r", "m", "wp", "a", "pic", "asvg", "c")


def write_once(
    document: Document,
    drawings: Mapping[str, Drawing],
    reference: Path,
    *,
    pages: Mapping[str, str],
    draft: str,
) -> bytes:
    """Write the file with the page labels in ``pages`` (block id → label; none = left blank)."""
    package = Package(reference)
    styles = resolve(package.styles, reference.name)
    bookmarks = Bookmarks()
    numbering = Numbering(package.numbering(), styles)
    context = Context(
        document=document,
        package=package,
        styles=styles,
        numbering=numbering,
        bookmarks=bookmarks,
        targets=targets(document, bookmarks),
        drawings=drawings,
        pages=pages,
        geometry=geometry(package.body),
        relations=package.relations,
        labels=numbering.label_all(document),
        footnotes=Footnotes(package),
    )
    page = root("w:document", _PREFIXES)
    body = _Body(context).write()
    page.append(body)
    package.put(
        RELATIONSHIP_TYPE.NUMBERING,
        "/word/numbering.xml",
        CONTENT_TYPE.WML_NUMBERING,
        context.numbering.part,
    )
    context.footnotes.finish()
    meta = document.meta
    facts = {"edition": meta.edition, "draft": draft, "notice": meta.notice}
    package.properties(
        properties.core(meta, draft),
        properties.app(meta),
        properties.custom({name: value for name, value in facts.items() if value}),
    )
    return package.save(page)


def _announces(last: list[Element]) -> bool:
    """Whether the paragraph leads to what follows: it ends with a colon."""
    if not last or last[0].tag != q("w:p") or last[0][0].find(q("w:keepNext")) is not None:
        return False
    text = "".join(node.text or "" for node in last[0].iter(q("w:t")))
    return text.rstrip().endswith(("：", ":"))


class _Body:
    """Writes the sections one after the other and breaks them where pages turn or numbering changes."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.heads = Heads(context)
        self.done: list[Element] = []  # whole sections, their breaks in place
        self.run: list[Element] = []  # the section being written
        self.last: Element | None = None
        self._numbered: set[Matter] = set()

    def write(self) -> Element:
        sections = list(self.context.document.sections)
        if not any(section.matter == "cover" for section in sections):
            sections.insert(0, Section("cover", "cover", ()))
        for section in sections:
            self._section(section)
        body = root("w:body", ("w",))
        if self.last is not None:
            # The last section's properties stand at the end of the body, not in a paragraph.
            holder = self.last.getparent()
            assert holder is not None
            holder.remove(self.last)
        body.extend(self.done)
        if self.last is not None:
            body.append(self.last)
        return body

    def _section(self, section: Section) -> None:
        context = self.context
        around = Surroundings(width=context.geometry.text_width())
        opening = True
        if section.matter == "cover":
            self.run += cover(context.document.meta, context.styles, context.bookmarks)
        page = opening_page(context, section)
        if page:
            self.run += page
            self._close(section, opening=True)
            opening = False
        for place, block in enumerate(section.blocks):
            if page and place == 0:
                continue  # the part's heading stands on its opening page
            if isinstance(block, Table) and block.landscape:
                if self.run:
                    self._close(section, opening=opening)
                    opening = False
                wide = Surroundings(width=context.geometry.text_width(landscape=True))
                self.run += write_block(context, block, wide)
                self._close(section, landscape=True, opening=opening)
                opening = False
                continue
            self.run += self._block(section, block, section.blocks[place + 1 :], around)
        if self.run or opening:
            self._close(section, opening=opening)

    def _block(
        self, section: Section, block: Block, rest: tuple[Block, ...], around: Surroundings
    ) -> list[Element]:
        if isinstance(block, Heading):
            listing = bool(rest) and isinstance(rest[0], Contents)
            front = section.matter in {"front", "cover"}
            return [heading(self.context, block, front=front, contents=listing)]
        written = write_block(self.context, block, around)
        if rest and isinstance(rest[0], (ListBlock, Table)) and _announces(written[-1:]):
            written[-1][0].insert(1, el("w:keepNext"))  # after the style's name
        return written

    def _close(self, section: Section, *, opening: bool, landscape: bool = False) -> None:
        """End a section: its properties go into its last paragraph, or a thin one of their own."""
        matter = section.matter
        counted: Matter = "body" if matter == "back" else matter
        restart = counted not in self._numbered
        self._numbered.add(counted)
        node = section_properties(
            self.context.geometry,
            matter,
            self.heads.furniture(section, landscape=landscape),
            restart=restart,
            landscape=landscape,
            opening=opening and matter != "cover",
        )
        if not self.run or self.run[-1].tag != q("w:p"):
            self.run.append(paragraph(self.context.styles["spacer"]))
        set_property(self.run[-1], node)
        self.last = node
        self.done += self.run
        self.run = []
