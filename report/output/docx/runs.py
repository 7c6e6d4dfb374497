"""Inlines as runs: neighbours that look alike become one run, as if typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from report.document.model import (
    Break,
    Emphasis,
    FactUse,
    Footnote,
    Inline,
    Link,
    Math,
    Number,
    Ref,
    Strong,
    Structural,
    Text,
    Verbatim,
    Word,
)
from report.output.docx import fields, links
from report.output.docx.context import Context
from report.output.docx.footnotes import footnote
from report.output.docx.math import inline_math
from report.output.docx.oxml import Element, el
from report.output.docx.references import reference


@dataclass(frozen=True, slots=True)
class Face:
    """How a run looks, beyond its paragraph's style."""

    strong: bool = False
    emphasis: bool = False
    link: bool = False


PLAIN = Face()


def runs(
    context: Context,
    inlines: Iterable[Inline],
    relations: links.Relations | None = None,
    face: Face = PLAIN,
) -> list[Element]:
    """Return the content of a paragraph; ``relations`` are those of the part it stands in."""
    writer = _Writer(context, relations or context.relations)
    writer.write(inlines, face)
    writer.flush()
    return writer.out


class _Writer:
    """Collects plain text until its face changes or something else comes."""

    def __init__(self, context: Context, relations: links.Relations) -> None:
        self.context = context
        self.relations = relations
        self.out: list[Element] = []
        self._text: list[str] = []
        self._face = PLAIN

    def flush(self) -> None:
        if self._text:
            self.out.append(fields.run("".join(self._text), *self._properties(self._face)))
            self._text = []

    def write(self, inlines: Iterable[Inline], face: Face) -> None:
        for inline in inlines:
            match inline:
                case Text() | Word() | Verbatim() | FactUse() | Structural():
                    self._say(inline.text, face)
                case Number():
                    self._say(inline.quantity.text, face)
                case Strong():
                    self.write(inline.inlines, replace(face, strong=True))
                case Emphasis():
                    self.write(inline.inlines, replace(face, emphasis=True))
                case Link():
                    self._link(inline, face)
                case Ref():
                    self.flush()
                    self.out += reference(self.context.targets.get(inline.target), inline.text)
                case Footnote():
                    self.flush()
                    self.out.append(self._footnote(inline))
                case Math():
                    self.flush()
                    self.out.append(inline_math(inline.latex))
                case Break():
                    self.flush()
                    self.out.append(el("w:r", el("w:br")))

    def _say(self, text: str, face: Face) -> None:
        if not text:
            return
        if face != self._face:
            self.flush()
            self._face = face
        self._text.append(text)

    def _link(self, link: Link, face: Face) -> None:
        self.flush()
        if not links.is_safe(link.url):
            self.write(link.inlines, face)
            return
        inner = runs(self.context, link.inlines, self.relations, replace(face, link=True))
        self.out.append(links.outside(self.relations, link.url, inner))

    def _footnote(self, note: Footnote) -> Element:
        return footnote(self.context, lambda relations: runs(self.context, note.inlines, relations))

    def _properties(self, face: Face) -> list[Element]:
        styles = self.context.styles
        properties = []
        if face.link:
            properties.append(el("w:rStyle", val=styles["link"]))
        elif face.emphasis:
            properties.append(el("w:rStyle", val=styles["emphasis"]))
        elif face.strong:
            properties.append(el("w:rStyle", val=styles["strong"]))
        if face.strong and (face.link or face.emphasis):
            properties += [el("w:b"), el("w:bCs")]
        return properties
