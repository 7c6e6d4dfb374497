"""The styles the writer uses, by role, and their ids in the reference file; missing ones are reported."""

from __future__ import annotations

from dataclasses import dataclass

from report.errors import OutputError, Place, Problem
from report.i18n import _
from report.output.docx.oxml import Element, q

# role → name of the style in the reference file (Word's own names as the file format spells them)
PARAGRAPH: dict[str, str] = {
    "title": "Title",
    "subtitle": "Subtitle",
    "cover-publisher": "Cover Publisher",
    "cover-text": "Cover Text",
    "cover-notice": "Cover Notice",
    "heading-1": "heading 1",
    "heading-2": "heading 2",
    "heading-3": "heading 3",
    "heading-4": "heading 4",
    "front-heading": "Front Heading",
    "front-subheading": "Front Subheading",
    "contents-heading": "TOC Heading",
    "part-space": "Part Space",
    "part-entry": "Part Entry",
    "body": "Body",
    "lead": "Lead",
    "colophon": "Colophon",
    "source": "Source",
    "note": "Note",
    "figure": "Figure",
    "figure-source": "Figure Source",
    "figure-note": "Figure Note",
    "figure-caption": "Figure Caption",
    "table-caption": "Table Caption",
    "table-unit": "Table Unit",
    "table-text": "Table Text",
    "table-head": "Table Head",
    "table-number": "Table Number",
    "formula": "Formula",
    "spacer": "Spacer",
    "callout-title": "Callout Title",
    "callout-text": "Callout Text",
    "callout-list": "Callout List",
    "bullet-1": "List Bullet",
    "bullet-2": "List Bullet 2",
    "bullet-3": "List Bullet 3",
    "number-1": "List Number",
    "number-2": "List Number 2",
    "number-3": "List Number 3",
    "list-continue": "List Continue",
    "toc-1": "toc 1",
    "toc-2": "toc 2",
    "toc-3": "toc 3",
    "exhibits": "table of figures",
    "footnote-text": "footnote text",
    "header": "header",
    "footer": "footer",
}
CHARACTER: dict[str, str] = {
    "strong": "Strong",
    "emphasis": "Emphasis",
    "link": "Hyperlink",
    "footnote-reference": "footnote reference",
}
TABLE: dict[str, str] = {
    "table": "Report Table",
    "callout-finding": "Callout Finding",
    "callout-case": "Callout Case",
    "callout-note": "Callout Note",
    "callout-method": "Callout Method",
}
_KINDS = (("paragraph", PARAGRAPH), ("character", CHARACTER), ("table", TABLE))


@dataclass(frozen=True, slots=True)
class Styles:
    """Style ids by role, and the style elements by id."""

    ids: dict[str, str]
    elements: dict[str, Element]

    def __getitem__(self, role: str) -> str:
        return self.ids[role]

    def role(self, role: str, fallback: str) -> str:
        """Return the id for ``role``, or for ``fallback`` where there is no such role."""
        return self.ids.get(role) or self.ids[fallback]

    def name(self, role: str) -> str:
        """Return the name the style of ``role`` has in the reference file."""
        element = self.elements[self.ids[role]].find(q("w:name"))
        return "" if element is None else element.get(q("w:val"), "")

    def property(self, role: str, path: str) -> Element | None:
        """Find ``path`` (``w:pPr/w:numPr``) in the style of ``role`` or in the styles it is based on."""
        steps = "/".join(q(step) for step in path.split("/"))
        seen: set[str] = set()
        current = self.ids.get(role, "")
        while current and current not in seen:
            seen.add(current)
            style = self.elements.get(current)
            if style is None:
                return None
            found = style.find(steps)
            if found is not None:
                return found
            based = style.find(q("w:basedOn"))
            current = "" if based is None else based.get(q("w:val"), "")
        return None


def resolve(styles: Element, file: str) -> Styles:
    """Find every style the writer needs in a styles part.

    Names and aliases count, whatever their case. OutputError names every style that is missing.
    """
    known: dict[tuple[str, str], str] = {}
    elements: dict[str, Element] = {}
    for style in styles.iterchildren(q("w:style")):
        identity = style.get(q("w:styleId"), "")
        kind = style.get(q("w:type"), "paragraph")
        elements[identity] = style
        for tag in ("w:aliases", "w:name"):
            node = style.find(q(tag))
            if node is not None:
                for name in node.get(q("w:val"), "").split(","):
                    known[kind, name.strip().lower()] = identity
    ids: dict[str, str] = {}
    problems = []
    for kind, roles in _KINDS:
        for role, name in roles.items():
            identity = known.get((kind, name.lower()), "")
            if identity:
                ids[role] = identity
            else:
                problems.append(_missing(kind, name, file))
    if problems:
        raise OutputError(problems)
    return Styles(ids, elements)


def _missing(kind: str, name: str, file: str) -> Problem:
    names = {
        "paragraph": _("a paragraph style"),
        "character": _("a character style"),
        "table": _("a table style"),
    }
    return Problem(
        Place.of(file),
        _("The style “{name}” is missing").format(name=name),
        _("{kind} of this name or with this alias").format(kind=names[kind]),
        _(
            "Add it in Word, or copy it from templates/docx/reference.docx with the style organiser."
        ),
    )
