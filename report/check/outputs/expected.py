"""What the Document says that a reader must meet, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from report.check.outputs.items import FORMULA, Drawn, Item, Reading, call, letters
from report.document.model import (
    Block,
    Callout,
    Claim,
    Document,
    Figure,
    Footnote,
    Formula,
    Heading,
    Inline,
    ListBlock,
    Math,
    Matter,
    Meta,
    Paragraph,
    Section,
    Table,
)
from report.document.text import inline_text
from report.document.walk import Inlines
from report.errors import Place
from report.output.text import CALLOUT_LABELS, note_labels, source_line, unit_line

DEEPEST_ENTRY = 3  # of a heading in the contents


def expected(document: Document, drawn: dict[str, Drawn] | None = None) -> Reading:
    """Return every item of ``document``; ``drawn`` gives what each figure's drawing shows, by id."""
    teller = _Teller(drawn or {})
    teller.cover(document.meta)
    for section in document.sections:
        teller.section(section)
    return teller.reading


class _Teller:
    """Goes through the Document and notes what it says."""

    def __init__(self, drawn: dict[str, Drawn]) -> None:
        self.reading = Reading()
        self._drawn = drawn
        self._matter: Matter = "cover"
        self._exhibit = False

    def cover(self, meta: Meta) -> None:
        date = f"{meta.date.year}年{meta.date.month}月"
        lines = (meta.publisher, meta.title, meta.subtitle, *meta.authors, date, meta.notice)
        for line in lines:
            if line.strip():
                self.reading.body.append(Item("cover", line, "cover", block="cover"))

    def section(self, section: Section) -> None:
        self._matter = section.matter
        self.blocks(section.blocks)

    def blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        place: Place | None = getattr(block, "origin", None)
        match block:
            case Heading():
                self._heading(block, place)
            case Paragraph():
                self._say("text", block.inlines, block.id, place)
            case ListBlock():
                for item in block.items:
                    self.blocks(item)
            case Callout():
                label = CALLOUT_LABELS.get(block.kind, block.kind)
                self._say("text", block.title, block.id, place, otherwise=label)
                self.blocks(block.blocks)
            case Claim():
                self.blocks(block.blocks)
            case Formula():
                self._formula(block.latex, block.id, place)
                self._item("text", FORMULA + block.number, block.id, place)
            case Figure() | Table():
                self._exhibit = True
                if isinstance(block, Figure):
                    self._figure(block, place)
                else:
                    self._table(block, place)
                self._exhibit = False
            case _:
                return

    def _heading(self, block: Heading, place: Place | None) -> None:
        level = block.level if self._matter in {"body", "back"} else 0
        text = self._say("heading", block.inlines, block.id, place, block.number, level=level)
        if self._matter in {"body", "back"} and block.level <= DEEPEST_ENTRY:
            self._entry(text, block.id, place)

    def _figure(self, block: Figure, place: Place | None) -> None:
        alternative = Item("text", block.alt, "", block=block.id, place=place)
        self.reading.alternatives.append(alternative)
        if block.id in self._drawn:
            self.reading.drawings.append(self._drawn[block.id])
        text = self._say("caption", block.caption, block.id, place, block.number)
        if block.number:
            self._entry(text, block.id, place)
        self._below(block, place, simulated=block.spec.simulated)

    def _table(self, block: Table, place: Place | None) -> None:
        text = self._say("caption", block.caption, block.id, place, block.number)
        if block.number:
            self._entry(text, block.id, place)
        if unit := unit_line(block.unit):
            self._item("caption", unit, block.id, place)
        for row, cells in enumerate((*block.head, *block.body), start=1):
            for column, cell in enumerate(cells, start=1):
                self._say("cell", cell.inlines, block.id, place, where=f"r{row}c{column}")
        self._below(block, place)

    def _below(
        self, block: Figure | Table, place: Place | None, *, simulated: bool = False
    ) -> None:
        for label, note in zip(note_labels(block.notes), block.notes, strict=True):
            self._say("text", note, block.id, place, label)
        if line := source_line(block.source, simulated=simulated):
            self._item("text", line, block.id, place)

    def _entry(self, text: str, block: str, place: Place | None) -> None:
        self.reading.contents.append(Item("text", _without_calls(text), block=block, place=place))

    def _say(
        self,
        kind: str,
        inlines: Inlines,
        block: str,
        place: Place | None,
        before: str = "",
        *,
        otherwise: str = "",
        level: int = 0,
        where: str = "",
    ) -> str:
        notes: list[Footnote] = []
        text = "".join(self._texts(inlines, block, place, notes)) or otherwise
        text = f"{before} {text}" if before else text
        self._item(kind, text, block, place, level=level, where=where)
        for note in notes:
            self._note(note, block, place)
        return text

    def _note(self, note: Footnote, block: str, place: Place | None) -> None:
        deeper: list[Footnote] = []
        text = "".join(self._texts(note.inlines, block, place, deeper))
        self.reading.footnotes.append(
            Item("text", text, f"[{note.number}]", block=block, place=place)
        )
        for inner in deeper:
            self._note(inner, block, place)

    def _texts(
        self, inlines: Inlines, block: str, place: Place | None, notes: list[Footnote]
    ) -> Iterator[str]:
        for inline in inlines:
            match inline:
                case Footnote():
                    notes.append(inline)
                    yield call(inline.number)
                case Math():
                    self._formula(inline.latex, block, place)
                    yield FORMULA
                case _ if (inner := _held(inline)) is not None:
                    yield from self._texts(inner, block, place, notes)
                case _:
                    yield inline_text(inline)

    def _formula(self, latex: str, block: str, place: Place | None) -> None:
        self.reading.formulas.append(Item("text", latex, block=block, place=place))

    def _item(
        self,
        kind: str,
        text: str,
        block: str,
        place: Place | None,
        *,
        level: int = 0,
        where: str = "",
    ) -> None:
        item = Item(kind, text, where, level, block, place, self._exhibit)  # type: ignore[arg-type]
        self.reading.body.append(item)


def _held(inline: Inline) -> Inlines | None:
    """Return what an inline holds, None when it holds nothing."""
    held = getattr(inline, "inlines", None)
    return held if isinstance(held, tuple) else None


def _without_calls(text: str) -> str:
    start = text.find("[^")
    while start >= 0:
        text = text[:start] + text[text.find("]", start) + 1 :]
        start = text.find("[^")
    return text


def typeset(latex: str) -> str:
    """Return the letters and digits that the formula ``latex`` prints, in alphabetical order."""
    import latex2mathml.converter  # noqa: PLC0415 - only for documents with formulae
    from lxml import etree  # noqa: PLC0415

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    tree = etree.fromstring(latex2mathml.converter.convert(latex).encode(), parser)
    return letters("".join(str(text) for text in tree.itertext()))
