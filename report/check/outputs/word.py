"""Read a Word file from its raw XML: paragraphs with their list labels, cells, footnotes, alternatives."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

from report.check.outputs.charts import C, charted
from report.check.outputs.items import FORMULA, Drawn, Item, Kind, Reading, call
from report.check.outputs.shapes import drawn_of
from report.check.outputs.word_lists import Labels
from report.errors import OutputError, Place, Problem
from report.i18n import _

Element: TypeAlias = etree._Element  # noqa: SLF001  lxml's only name for its element type

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
LARGEST = 128_000_000  # bytes unpacked
_SILENT = frozenset(
    {f"{W}pPr", f"{W}rPr", f"{W}instrText", f"{W}delText", f"{W}del", f"{W}fldChar"}
)
_MARKS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t", f"{W}noBreakHyphen": "-"}


def read_word(data: bytes) -> Reading:
    """Read a .docx; OutputError when it is broken or too large."""
    try:
        return _read(data)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError) as error:
        raise OutputError(
            Problem(
                Place.of("report.docx"),
                _("The Word file cannot be read: {error}").format(error=error),
                _("a file as iireport build writes it"),
                _("Build the report again."),
            )
        ) from error


def _read(data: bytes) -> Reading:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(info.file_size for info in archive.infolist()) > LARGEST:
            raise ValueError("too large unpacked")
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    document = parse(parts["word/document.xml"])
    teller = _Teller(
        Labels(_optional(parts, "word/numbering.xml"), parse(parts["word/styles.xml"])),
        _relations(parts),
        parts,
    )
    body = document.find(f"{W}body")
    if body is None:
        raise ValueError("no body")
    teller.blocks(body)
    notes = _optional(parts, "word/footnotes.xml")
    if notes is not None:
        teller.footnotes(notes)
    return teller.reading


def parse(data: bytes) -> Element:
    """Parse XML without entities, DTDs or anything from outside."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(data, parser)


def _optional(parts: dict[str, bytes], name: str) -> Element | None:
    return parse(parts[name]) if name in parts else None


def _relations(parts: dict[str, bytes]) -> dict[str, str]:
    root = _optional(parts, "word/_rels/document.xml.rels")
    if root is None:
        return {}
    return {
        str(each.get("Id")): posixpath.normpath(posixpath.join("word", str(each.get("Target"))))
        if not str(each.get("Target")).startswith("/")
        else str(each.get("Target"))[1:]
        for each in root
    }


class _Teller:
    """Goes through the body and notes the items."""

    def __init__(self, labels: Labels, relations: dict[str, str], parts: dict[str, bytes]) -> None:
        self.reading = Reading()
        self._labels = labels
        self._relations = relations
        self._parts = parts
        self._notes: dict[str, int] = {}  # id → number, in the order of their calls
        self._count = 0
        self._heading = ""

    def blocks(self, holder: Element) -> None:
        for element in holder:
            if element.tag == f"{W}p":
                self._paragraph(element)
            elif element.tag == f"{W}tbl":
                self._table(element)
            elif element.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}ins"}:
                self.blocks(element)

    def footnotes(self, root: Element) -> None:
        found = {str(note.get(f"{W}id")): note for note in root if note.get(f"{W}type") is None}
        for identity, number in self._notes.items():
            note = found.get(identity)
            if note is None:
                continue
            text = "".join(self._text(note))
            where = _("footnote {number}").format(number=number)
            self.reading.footnotes.append(Item("text", f"{number} {text.strip()}", where))

    def _table(self, table: Element) -> None:
        rows = table.findall(f"{W}tr")
        cells = [cell for row in rows for cell in row.findall(f"{W}tc")]
        if len(cells) == 1:  # a box
            self.blocks(cells[0])
            return
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row.findall(f"{W}tc"), start=1):
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                if merge is not None and merge.get(f"{W}val") != "restart":
                    continue
                text = "".join(part for inner in cell.iter(f"{W}p") for part in self._text(inner))
                where = _("paragraph {number}").format(number=self._count)
                self._item("cell", text, f"{where}, r{number}c{column}")

    def _paragraph(self, paragraph: Element) -> None:
        self._count += 1
        where = _("paragraph {number}").format(number=self._count)
        text = "".join(self._text(paragraph, where))
        level = self._labels.outline(paragraph)
        label = self._labels.label(paragraph)
        if level and text.strip():
            self._item("heading", label + text, where, level)
        elif _entry(paragraph):
            self.reading.contents.append(Item("text", text.rpartition("\t")[0], where))
        else:
            caption = any("SEQ " in (node.text or "") for node in paragraph.iter(f"{W}instrText"))
            self._item("caption" if caption else "text", text, where)

    def _item(self, kind: Kind, text: str, where: str, level: int = 0) -> None:
        if text.strip():
            self.reading.body.append(Item(kind, text, where, level))

    def _text(self, element: Element, where: str = "") -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag in _SILENT or not isinstance(tag, str):
                continue
            if tag == f"{W}t":
                yield child.text or ""
            elif tag in _MARKS:
                yield _MARKS[tag]
            elif tag == f"{W}footnoteReference":
                identity = str(child.get(f"{W}id"))
                yield call(self._notes.setdefault(identity, len(self._notes) + 1))
            elif tag in {f"{M}oMath", f"{M}oMathPara"}:
                self.reading.formulas.append(Item("text", _math(child), where))
                yield FORMULA
            elif tag == f"{W}drawing":
                self._drawing(child, where)
            else:
                yield from self._text(child, where)

    def _drawing(self, drawing: Element, where: str) -> None:
        described = drawing.find(f".//{WP}docPr")
        words = "" if described is None else str(described.get("descr", ""))
        self.reading.alternatives.append(Item("text", words, where))
        for blip in drawing.iter(f"{SVG}svgBlip"):
            part = self._parts.get(self._relations.get(str(blip.get(f"{R}embed")), ""))
            if part is not None:
                self.reading.drawings.append(drawn_of(part, where))
                return
        for chart in drawing.iter(f"{C}chart"):
            part = self._parts.get(self._relations.get(str(chart.get(f"{R}id")), ""))
            if part is not None:
                self.reading.drawings.append(charted(parse(part), where))
                return
        self.reading.drawings.append(Drawn((), where))


def _entry(paragraph: Element) -> bool:
    """Whether a paragraph is a line of a generated list: it asks for a page number."""
    return any("PAGEREF " in (node.text or "") for node in paragraph.iter(f"{W}instrText"))


def _math(formula: Element) -> str:
    signs = [str(node.get(f"{M}val", "")) for node in formula.iter(f"{M}chr")]
    return " ".join([*(node.text or "" for node in formula.iter(f"{M}t")), *signs])
