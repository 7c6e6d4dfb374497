"""Fields in their complex form, each with its result: Word shows it as it stands, nothing is 'dirty'."""

from __future__ import annotations

from collections.abc import Sequence

from report.output.docx.oxml import XML_SPACE, Element, el


def run(text: str, *properties: Element) -> Element:
    """Build a text run; ``properties`` are children of ``w:rPr`` in schema order."""
    content = el("w:t", text=text)
    if text != text.strip() or "  " in text:
        content.set(XML_SPACE, "preserve")
    return el("w:r", el("w:rPr", *properties) if properties else None, content)


def tab() -> Element:
    """Build a run that holds a tab."""
    return el("w:r", el("w:tab"))


def begin(instruction: str) -> list[Element]:
    """Open a field: its start, its instruction and the mark before its result."""
    code = el("w:instrText", text=f" {instruction} ")
    code.set(XML_SPACE, "preserve")
    return [
        el("w:r", el("w:fldChar", fldCharType="begin")),
        el("w:r", code),
        el("w:r", el("w:fldChar", fldCharType="separate")),
    ]


def end() -> Element:
    """Close a field."""
    return el("w:r", el("w:fldChar", fldCharType="end"))


def field(instruction: str, result: str | Sequence[Element]) -> list[Element]:
    """Build a whole field with its cached result."""
    shown = [run(result)] if isinstance(result, str) else list(result)
    return [*begin(instruction), *shown, end()]
