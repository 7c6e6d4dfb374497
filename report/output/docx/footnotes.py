"""Footnotes: the real footnotes part with its separators, made anew for every file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

from report.output.docx import fields
from report.output.docx.oxml import Element, el, q, root, to_bytes
from report.output.docx.package import Package, PartRelations
from report.output.docx.paragraphs import paragraph

if TYPE_CHECKING:
    from report.output.docx.context import Context

NAME = "/word/footnotes.xml"
# What may follow w:footnotePr in the settings, in the schema's order.
_AFTER = (
    "w:endnotePr w:compat w:docVars w:rsids m:mathPr w:attachedSchema w:themeFontLang "
    "w:clrSchemeMapping w:doNotIncludeSubdocsInStats w:shapeDefaults w:decimalSymbol w:listSeparator"
)


class Footnotes:
    """Collects footnotes in reading order; ids from 1, the separators have -1 and 0."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._root = root("w:footnotes", ("w", "r", "m"))
        for identity, kind, mark in (
            ("-1", "separator", "w:separator"),
            ("0", "continuationSeparator", "w:continuationSeparator"),
        ):
            line = el("w:p", el("w:r", el(mark)))
            self._root.append(el("w:footnote", line, type=kind, id=identity))
        self._part = package.part(NAME, CONTENT_TYPE.WML_FOOTNOTES, b"")
        self.relations = PartRelations(self._part)
        self._count = 0

    def add(self, style: str, mark: Element, content: list[Element]) -> int:
        """Add a note and return its id."""
        self._count += 1
        line = paragraph(style, [mark, fields.run(" "), *content])
        self._root.append(el("w:footnote", line, id=str(self._count)))
        return self._count

    def finish(self) -> None:
        """Write the part, relate it to the document and name its separators in the settings."""
        main = self._package
        main.relations.to(self._part, RELATIONSHIP_TYPE.FOOTNOTES)
        main.replaced[NAME] = to_bytes(self._root)
        settings = main.settings
        for old in settings.findall(q("w:footnotePr")):
            settings.remove(old)
        properties = el("w:footnotePr", el("w:footnote", id="-1"), el("w:footnote", id="0"))
        names = {q(name) for name in _AFTER.split()}
        place = next((n for n, child in enumerate(settings) if child.tag in names), len(settings))
        settings.insert(place, properties)


def footnote(context: Context, content: Callable[[PartRelations], list[Element]]) -> Element:
    """Add a note to the footnotes part and return the run that refers to it."""
    style = el("w:rStyle", val=context.styles["footnote-reference"])
    mark = el("w:r", el("w:rPr", style), el("w:footnoteRef"))
    notes = context.footnotes
    identity = notes.add(context.styles["footnote-text"], mark, content(notes.relations))
    style = el("w:rStyle", val=context.styles["footnote-reference"])
    return el("w:r", el("w:rPr", style), el("w:footnoteReference", id=str(identity)))
