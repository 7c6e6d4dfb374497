"""Read the paragraphs of a Word file with everything a reviewer may have left in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from report.output.docx.bookmarks import PREFIX
from report.output.docx.oxml import Element
from report.review.opened import Opened, W
from report.review.paper import Cell, Line, Paper, Piece, Revision

RevisionKind: TypeAlias = Literal["ins", "del", "moveFrom", "moveTo"]
_REVISIONS: tuple[RevisionKind, ...] = ("ins", "del", "moveFrom", "moveTo")
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_TRANSPARENT = frozenset(
    {
        "hyperlink",
        "smartTag",
        "sdt",
        "sdtContent",
        "fldSimple",
        "customXml",
        "dir",
        "bdo",
        "ruby",
        "rubyBase",
    }
)
_TEXTS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "ptab": "\t"}
OBJECTS = frozenset({"drawing", "pict", "object"})


def read_lines(opened: Opened) -> Paper:
    """Read every paragraph of the text, its footnotes, heads and feet."""
    body = opened.parts[opened.main]
    reader = _Reader({attribute(node, "id") for node in body.iter(f"{{{W}}}bookmarkEnd")})
    for child in body:
        if isinstance(child.tag, str):
            reader.flow_content(child, "document")
    for kind in ("footnotes", "endnotes"):
        for name in opened.related(kind):
            reader.notes(opened.parts[name], kind)
    for kind in ("header", "footer"):
        for name in opened.related(kind):
            reader.flow_content(opened.parts[name], kind)
    reader.finish()
    return reader.paper


def local(node: Element) -> str:
    """Return an element's name without its namespace; empty for comments and instructions."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def attribute(node: Element, name: str) -> str:
    """Return a ``w:`` attribute."""
    return node.get(f"{{{W}}}{name}", "") or ""


class _Reader:
    def __init__(self, ended: set[str]) -> None:
        self.paper = Paper()
        self._ended = ended  # LibreOffice leaves some bookmarks without an end
        self._flow = 0
        self._tables = 0
        self._open: dict[str, tuple[str, int]] = {}  # bookmark id → name, first line
        self._moves: dict[str, str] = {}  # open move range id → name
        self._instruction: list[
            bool
        ] = []  # fields that are open: whether their text is not yet shown
        self._element = 0

    # ------------------------------------------------------------ flow

    def flow_content(
        self, node: Element, part: str, cell: Cell | None = None, note: str = ""
    ) -> None:
        """Read what stands between paragraphs, and the paragraphs."""
        for child in node:
            match local(child):
                case "p":
                    self._paragraph(child, part, cell, note)
                case "tbl":
                    self._table(child, part, note)
                case "AlternateContent":
                    chosen = child.find(f"{{{_MC}}}Choice")
                    if chosen is not None:
                        self.flow_content(chosen, part, cell, note)
                case "sectPr":
                    self._properties(child, len(self.paper.lines) - 1)
                case "":
                    continue
                case _:
                    if not self._range(child, len(self.paper.lines), 0):
                        self.flow_content(child, part, cell, note)

    def notes(self, root: Element, kind: str) -> None:
        """Read a part of footnotes; the separators hold nothing."""
        for node in root:
            if local(node) in {"footnote", "endnote"} and not attribute(node, "type"):
                self._flow += 1
                self.flow_content(node, kind, note=attribute(node, "id"))

    def _table(self, node: Element, part: str, note: str) -> None:
        self._tables += 1
        number = self._tables
        row = 0
        for child in node.iter(f"{{{W}}}tr"):
            if (
                next((one for one in child.iterancestors() if local(one) == "tbl"), None)
                is not node
            ):
                continue  # a table within a cell
            row += 1
            change = self._change_in(child.find(f"{{{W}}}trPr"), ("ins", "del"))
            properties = child.find(f"{{{W}}}trPr")
            if properties is not None:
                self._properties(properties, len(self.paper.lines))
            column = 1
            for one in child.iter(f"{{{W}}}tc"):
                if next((up for up in one.iterancestors() if local(up) == "tr"), None) is not child:
                    continue
                properties = one.find(f"{{{W}}}tcPr")
                merged = self._change_in(properties, ("cellIns", "cellDel"))
                if properties is not None:
                    self._properties(properties, len(self.paper.lines))
                self._flow += 1
                self.flow_content(one, part, Cell(number, row, column, change, merged), note)
                span = None if properties is None else properties.find(f"{{{W}}}gridSpan")
                width = attribute(span, "val") if span is not None else ""
                column += int(width) if width.isdecimal() and int(width) < 100 else 1
        table = node.find(f"{{{W}}}tblPr")
        for properties in (table, node.find(f"{{{W}}}tblGrid")):
            if properties is not None:
                self._properties(properties, len(self.paper.lines) - 1)
        self._flow += 1

    def _change_in(self, properties: Element | None, kinds: tuple[str, ...]) -> Revision | None:
        for child in properties if properties is not None else ():
            if local(child) in kinds:
                return self._revision(child, local(child))
        return None

    def _properties(self, node: Element, line: int) -> None:
        """Note the changes of formatting that concern tables, cells, sections."""
        for child in node.iter():
            name = local(child)
            if name.endswith("Change") or name == "cellMerge":
                self.paper.others.append((name, self._revision(child, "format"), line))

    def _revision(self, node: Element, kind: str, move: str = "") -> Revision:
        self._element += 1
        return Revision(
            kind, attribute(node, "author"), attribute(node, "date"), move, self._element
        )

    # ------------------------------------------------------------ paragraphs

    def _paragraph(self, node: Element, part: str, cell: Cell | None, note: str) -> None:
        line = Line(part, self._flow, cell, note=note)
        index = len(self.paper.lines)
        self.paper.lines.append(line)
        properties = node.find(f"{{{W}}}pPr")
        if properties is not None:
            self._paragraph_properties(properties, line, index)
        boxes: list[Element] = []
        self._runs(node, line, index, (), boxes)
        for name, first in self._open.values():
            line.names.setdefault(name, first)
        for box in boxes:
            self._flow += 1
            self.flow_content(box, "textbox")
        if boxes:
            self._flow += 1

    def _paragraph_properties(self, node: Element, line: Line, index: int) -> None:
        style = node.find(f"{{{W}}}pStyle")
        line.style = attribute(style, "val") if style is not None else ""
        end = node.find(f"{{{W}}}rPr")
        if end is not None:
            line.marks = tuple(
                self._revision(child, local(child), self._move())
                for child in end
                if local(child) in _REVISIONS
            )
        for child in node.iter():
            name = local(child)
            if name.endswith("Change") and name != "sectPrChange":
                line.formats.append((self._revision(child, "format"), -1))
            elif name == "sectPrChange":
                self.paper.others.append((name, self._revision(child, "format"), index))
            elif name == "ins" and local(child.getparent()) == "numPr":  # type: ignore[arg-type]
                line.formats.append((self._revision(child, "format"), -1))

    def _move(self) -> str:
        return next(reversed(self._moves.values()), "")

    def _runs(
        self,
        node: Element,
        line: Line,
        index: int,
        revisions: tuple[Revision, ...],
        boxes: list[Element],
    ) -> None:
        for child in node:
            name = local(child)
            if name in {"", "pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr"}:
                continue
            if name == "r":
                self._run(child, line, index, revisions, boxes)
            elif name in _REVISIONS:
                change = self._revision(child, name, self._move() if "move" in name else "")
                self._runs(child, line, index, (*revisions, change), boxes)
            elif name in {"oMath", "oMathPara"}:
                line.formula = True
                self._math(child, line, revisions)
            elif self._range(child, index, len(line.pieces)):
                continue
            elif name in _TRANSPARENT:
                self._runs(child, line, index, revisions, boxes)
            elif name == "AlternateContent":
                chosen = child.find(f"{{{_MC}}}Choice")
                if chosen is not None:
                    self._runs(chosen, line, index, revisions, boxes)

    def _math(self, node: Element, line: Line, revisions: tuple[Revision, ...]) -> None:
        """Keep the changes within a formula; the rest of its text is not compared."""
        for child in node.iter():
            if local(child) in _REVISIONS:
                change = self._revision(child, local(child))
                text = "".join(
                    one.text or "" for one in child.iter() if local(one) in {"t", "delText"}
                )
                if text:
                    line.pieces.append(Piece(text, (*revisions, change)))
        if revisions:
            text = "".join(one.text or "" for one in node.iter() if local(one) == "t")
            line.pieces.append(Piece(text, revisions))

    def _run(
        self,
        node: Element,
        line: Line,
        index: int,
        revisions: tuple[Revision, ...],
        boxes: list[Element],
    ) -> None:
        text: list[str] = []
        seen_object = False
        changes: list[Revision] = []
        for child in node:
            name = local(child)
            if name in {"t", "delText"}:
                if not any(self._instruction):
                    text.append(child.text or "")
            elif name == "instrText":
                line.generated |= "PAGEREF" in (child.text or "")
            elif name == "fldChar":
                self._field(attribute(child, "fldCharType"))
            elif name in _TEXTS:
                if not any(self._instruction) and attribute(child, "type") != "page":
                    text.append(_TEXTS[name])
            elif name == "sym":
                code = attribute(child, "char")
                text.append(chr(int(code, 16)) if code and len(code) <= 4 and _is_hex(code) else "")
            elif name in {"footnoteReference", "endnoteReference"}:
                line.notes.append(attribute(child, "id"))
            elif name == "commentReference":
                position = (index, len(line.pieces))
                self.paper.references.setdefault(attribute(child, "id"), position)
            elif name == "rPr":
                changes += [
                    self._revision(one, "format") for one in child if local(one).endswith("Change")
                ]
            elif name in OBJECTS or name == "AlternateContent":
                seen_object = True
                boxes.extend(_boxes(child))
        if text or seen_object:
            line.formats += [(change, len(line.pieces)) for change in changes]
            line.pieces.append(Piece("".join(text), revisions, seen_object))

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._instruction.append(True)
        elif kind == "separate" and self._instruction:
            self._instruction[-1] = False
        elif kind == "end" and self._instruction:
            self._instruction.pop()

    # ------------------------------------------------------------ ranges

    def _range(self, node: Element, index: int, piece: int) -> bool:
        """Take note of a bookmark's, comment's or move's beginning or end; False for anything else."""
        name, identity = local(node), attribute(node, "id")
        match name:
            case "bookmarkStart":
                label = attribute(node, "name")
                if label.startswith(PREFIX):
                    if identity in self._ended:
                        self._open[identity] = (label, index)
                    elif index < len(self.paper.lines):
                        self.paper.lines[index].names.setdefault(label, index)
            case "bookmarkEnd":
                label, first = self._open.pop(identity, ("", 0))
                # LibreOffice lets a bookmark end before the next paragraph's first word.
                if label and index < len(self.paper.lines) and (piece or first == index):
                    self.paper.lines[index].names.setdefault(label, first)
            case "commentRangeStart":
                self.paper.starts.setdefault(identity, (index, piece))
            case "commentRangeEnd":
                self.paper.ends.setdefault(identity, (index, piece))
            case "moveFromRangeStart" | "moveToRangeStart":
                self._moves[identity] = attribute(node, "name")
            case "moveFromRangeEnd" | "moveToRangeEnd":
                self._moves.pop(identity, None)
            case _:
                return False
        return True

    def finish(self) -> None:
        """Turn the first line of every bookmark into the number of lines it covers."""
        extent: dict[tuple[str, int], int] = {}
        for line in self.paper.lines:
            for name, first in line.names.items():
                extent[name, first] = extent.get((name, first), 0) + 1
        for line in self.paper.lines:
            line.names = {name: extent[name, first] for name, first in line.names.items()}


def _is_hex(code: str) -> bool:
    return all(letter in "0123456789abcdefABCDEF" for letter in code)


def _boxes(node: Element) -> Iterator[Element]:
    """Yield the texts of text boxes, the first of two alternatives only."""
    if local(node) == "AlternateContent":
        chosen = node.find(f"{{{_MC}}}Choice")
        if chosen is not None:
            yield from _boxes(chosen)
        return
    if local(node) == "txbxContent":
        yield node
        return
    for child in node:
        yield from _boxes(child)
