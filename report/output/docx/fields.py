"""Fields in their complex form, each with its result: Word shows it as it stands, nothing is 'dirty'."""

from __future__ import annotations

from collections.abc import Sequence

from report.output.docx.oxml import XML_SPACE, Element, el, q

# Characters of both scripts: Word sets them in the Latin font unless told that they are Chinese.
_AMBIGUOUS = frozenset("“”‘’—…·×÷±°§→←↑↓①②③④⑤⑥⑦⑧⑨⑩■□●○★☆※‰℃≥≤≠")


def is_plain(text: str) -> bool:
    """Tell whether ``text`` holds no character that needs the East Asian hint."""
    return _AMBIGUOUS.isdisjoint(text)


def _hinted(properties: Sequence[Element]) -> tuple[Element, ...]:
    """Add the East Asian hint in its place, after the run's style."""
    style = [p for p in properties if p.tag == q("w:rStyle")]
    rest = [p for p in properties if p.tag != q("w:rStyle")]
    return (*style, el("w:rFonts", hint="eastAsia"), *rest)


def run(text: str, *properties: Element) -> Element:
    """Build a text run; ``properties`` are children of ``w:rPr`` in schema order."""
    if not is_plain(text):
        properties = _hinted(properties)
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
