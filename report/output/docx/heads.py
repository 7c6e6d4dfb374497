"""Running heads and feet: the report's name, the part by STYLEREF, the notice, the page number."""

from __future__ import annotations

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

from report.document.model import Heading, Matter, Section
from report.output.docx import fields
from report.output.docx.context import Context
from report.output.docx.oxml import Element, el, root, to_bytes
from report.output.docx.paragraphs import paragraph
from report.output.docx.sections import Furniture
from report.output.text import plain, separator


class Heads:
    """Makes heads and feet as sections need them; equal ones are one part."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._made: dict[bytes, str] = {}
        self._counts = {"header": 0, "footer": 0}

    def furniture(self, section: Section, *, landscape: bool = False) -> Furniture:
        """Return the heads and feet of ``section``; a cover has none."""
        if section.matter == "cover":
            return Furniture()
        width = self._context.geometry.text_width(landscape=landscape)
        title = next((b for b in section.blocks if isinstance(b, Heading) and b.level == 1), None)
        foot = self._footer(width)
        return Furniture(self._header(title, section.matter, width), foot, self._empty(), foot)

    def _header(self, title: Heading | None, matter: Matter, width: int) -> str:
        context = self._context
        content: list[Element] = [fields.run(context.document.meta.running_title)]
        if title is not None:
            content.append(fields.tab())
            if matter == "front":
                # Word finds custom styles by name, its own headings by number in every language.
                name = context.styles.name("front-heading")
                content += fields.field(f'STYLEREF "{name}"', plain(title.inlines))
            else:
                if title.number:
                    content += fields.field(r"STYLEREF 1 \n", title.number)
                    content.append(fields.run(separator(title.number) or " "))
                content += fields.field("STYLEREF 1", plain(title.inlines))
        return self._add("header", self._line("header", content, width))

    def _footer(self, width: int) -> str:
        content = [fields.run(self._context.document.meta.notice), fields.tab()]
        content += fields.field("PAGE", "1")
        return self._add("footer", self._line("footer", content, width))

    def _empty(self) -> str:
        style = self._context.styles["footer"]  # the head's style draws a rule
        return self._add("header", paragraph(style))

    def _line(self, role: str, content: list[Element], width: int) -> Element:
        page = self._context.geometry
        stops = None
        if width != page.text_width():
            stops = el(
                "w:tabs",
                el("w:tab", val="clear", pos=str(page.text_width())),
                el("w:tab", val="right", pos=str(width)),
            )
        return paragraph(self._context.styles[role], content, stops)

    def _add(self, kind: str, line: Element) -> str:
        node = root("w:hdr" if kind == "header" else "w:ftr", ("w", "r"))
        node.append(line)
        data = to_bytes(node)
        if data not in self._made:
            self._counts[kind] += 1
            header = kind == "header"
            self._made[data] = self._context.package.add(
                f"/word/{kind}{self._counts[kind]}.xml",
                CONTENT_TYPE.WML_HEADER if header else CONTENT_TYPE.WML_FOOTER,
                data,
                RELATIONSHIP_TYPE.HEADER if header else RELATIONSHIP_TYPE.FOOTER,
            )[1]
        return self._made[data]
