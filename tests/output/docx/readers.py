"""Readers of a written DOCX, for its tests."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from lxml import etree

from report.document.model import Document, Figure, Heading, Table
from report.output.docx.oxml import NS, q

REFERENCE = Path(__file__).resolve().parents[3] / "templates/docx/reference.docx"


@dataclass(frozen=True)
class Written:
    """A written file and a few ways to look into it."""

    document: Document
    data: bytes

    def part(self, name: str = "word/document.xml") -> etree._Element:
        with zipfile.ZipFile(BytesIO(self.data)) as archive:
            return etree.fromstring(archive.read(name))

    def names(self) -> list[str]:
        with zipfile.ZipFile(BytesIO(self.data)) as archive:
            return archive.namelist()

    def blocks(self, kind: type) -> list:
        return [block for block in self.document.blocks() if isinstance(block, kind)]


def style_of(paragraph: etree._Element) -> str:
    style = paragraph.find("w:pPr/w:pStyle", NS)
    return "" if style is None else style.get(q("w:val"))


def text_of(node: etree._Element) -> str:
    """The text a reader sees, field results included, instructions not."""
    return "".join(
        "\t" if t.tag == q("w:tab") else t.text or ""
        for t in node.iter(q("w:t"), q("w:tab"), q("m:t"))
        if t.tag != q("w:tab") or t.getparent().tag == q("w:r")
    )


def instructions(node: etree._Element) -> list[str]:
    return [t.text.strip() for t in node.iter(q("w:instrText"))]


def labels(document: Document) -> dict[str, int | str]:
    """A made-up page for every target."""
    wanted = [b for b in document.blocks() if isinstance(b, Heading | Figure | Table)]
    return {block.id: number for number, block in enumerate(wanted, 1)}
