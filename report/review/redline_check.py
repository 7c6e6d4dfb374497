"""Reading a Word file as if all its tracked changes were accepted, or all rejected."""

from __future__ import annotations

from collections.abc import Iterator

from report.output.docx.oxml import Element, q
from report.review.redline_package import File

_P, _TBL, _TR, _TC = q("w:p"), q("w:tbl"), q("w:tr"), q("w:tc")
_CAME = frozenset({q("w:ins"), q("w:moveTo")})
_WENT = frozenset({q("w:del"), q("w:moveFrom")})
_TEXT = frozenset({q("w:t"), q("w:delText")})
_MATH = frozenset({q("m:oMath"), q("m:oMathPara")})
_CAME_CELL, _WENT_CELL = q("w:cellIns"), q("w:cellDel")


def lines(data: bytes) -> list[str]:
    """Return the text of a file without tracked changes: one line a paragraph, empty ones left out.

    Tabs, breaks, pictures (by a digest of what they show), formulae and footnotes are part of it.
    """
    return _Reader(data, dropped=frozenset()).lines()


def accepted(data: bytes) -> list[str]:
    """Return the text once every tracked change is accepted."""
    return _Reader(data, dropped=_WENT | {_WENT_CELL}).lines()


def rejected(data: bytes) -> list[str]:
    """Return the text once every tracked change is rejected."""
    return _Reader(data, dropped=_CAME | {_CAME_CELL}).lines()


class _Reader:
    """Reads one file; elements named in ``dropped`` and what they mark are left out."""

    def __init__(self, data: bytes, dropped: frozenset[str]) -> None:
        self._file = File(data)
        self._notes = self._file.notes()
        self._dropped = dropped

    def lines(self) -> list[str]:
        return [line for line in self._blocks(self._file.body) if line]

    def _blocks(self, holder: Element) -> Iterator[str]:
        """Yield the lines of a body, cell or note; a paragraph whose mark goes runs into the next."""
        begun = ""
        for node in holder:
            if node.tag == _P:
                begun += self._paragraph(node)
                if not self._marked(node.find(q("w:pPr")), q("w:rPr")):
                    yield begun
                    begun = ""
            elif node.tag == _TBL:
                yield begun
                begun = ""
                yield from self._table(node)
        yield begun

    def _table(self, table: Element) -> Iterator[str]:
        for row in table.findall(_TR):
            if self._has(row.find(q("w:trPr"))):
                continue
            for cell in row.findall(_TC):
                if not self._has(cell.find(q("w:tcPr"))):
                    yield from self._blocks(cell)

    def _marked(self, properties: Element | None, inner: str) -> bool:
        return properties is not None and self._has(properties.find(inner))

    def _has(self, properties: Element | None) -> bool:
        return properties is not None and any(one.tag in self._dropped for one in properties)

    def _paragraph(self, paragraph: Element) -> str:
        return "".join(self._inside(paragraph))

    def _inside(self, node: Element) -> Iterator[str]:
        for child in node:
            if child.tag in self._dropped or child.tag == q("w:pPr"):
                continue
            if child.tag in _TEXT:
                yield child.text or ""
            elif child.tag == q("w:tab"):
                yield "\t"
            elif child.tag == q("w:br"):
                yield "\n"
            elif child.tag == q("w:drawing"):
                yield f"⟦{self._file.digest(child)}⟧"
            elif child.tag in _MATH:
                yield "⟦" + "".join(str(one) for one in child.itertext()) + "⟧"
            elif child.tag == q("w:footnoteReference"):
                note = self._notes.get(child.get(q("w:id"), ""))
                held = self._blocks(note) if note is not None else iter(())
                yield "⟦" + "¶".join(line for line in held if line) + "⟧"
            else:
                yield from self._inside(child)
