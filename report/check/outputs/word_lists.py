"""The labels Word would print before paragraphs: numbering definitions, list levels and styles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element  # noqa: SLF001  lxml's only name for its element type

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
_HAN = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class _Level:
    """A list level: its pattern (``第%1章``), number format and first number."""

    pattern: str
    form: str
    start: int


class Labels:
    """Counts lists through a document, in the order in which paragraphs are asked for."""

    def __init__(self, numbering: Element | None, styles: Element) -> None:
        self._styles = {str(style.get(f"{W}styleId")): style for style in styles.iter(f"{W}style")}
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._of: dict[str, str] = {}  # numId → abstractNumId
        self._overrides: dict[str, dict[int, int]] = {}
        self._counts: dict[str, list[int | None]] = {}  # abstractNumId → count of each level
        self._begun: set[str] = set()
        if numbering is not None:
            self._read(numbering)

    def outline(self, paragraph: Element) -> int:
        """Return the outline level of a paragraph (1 = highest, 0 = body text)."""
        node = self._property(paragraph, "outlineLvl")
        level = -1 if node is None else int(str(node.get(f"{W}val", "9")))
        return level + 1 if 0 <= level < LEVELS else 0

    def label(self, paragraph: Element) -> str:
        """Return the label printed before a paragraph and count it; empty for none."""
        number, level = self._numbered(paragraph)
        abstract = self._of.get(number)
        levels = self._abstract.get(abstract or "", {})
        if abstract is None or level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, [None] * LEVELS)
        if number not in self._begun:
            self._begun.add(number)
            for at, start in self._overrides.get(number, {}).items():
                counts[at] = start - 1
        counts[level] = (levels[level].start - 1 if counts[level] is None else counts[level]) + 1  # type: ignore[operator]
        for deeper in range(level + 1, LEVELS):
            counts[deeper] = None
        text = levels[level].pattern
        for at in range(level + 1):
            if at in levels:
                count = counts[at]
                shown = levels[at].start if count is None else count
                text = text.replace(f"%{at + 1}", _written(shown, levels[at].form))
        return "" if levels[level].form == "bullet" else text

    def _read(self, numbering: Element) -> None:
        for abstract in numbering.findall(f"{W}abstractNum"):
            levels = {}
            for level in abstract.findall(f"{W}lvl"):
                levels[int(str(level.get(f"{W}ilvl")))] = _Level(
                    _value(level, "lvlText"),
                    _value(level, "numFmt") or "decimal",
                    int(_value(level, "start") or 1),
                )
            self._abstract[str(abstract.get(f"{W}abstractNumId"))] = levels
        for number in numbering.findall(f"{W}num"):
            identity = str(number.get(f"{W}numId"))
            self._of[identity] = _value(number, "abstractNumId")
            self._overrides[identity] = {
                int(str(each.get(f"{W}ilvl"))): int(_value(each, "startOverride"))
                for each in number.findall(f"{W}lvlOverride")
                if _value(each, "startOverride")
            }

    def _numbered(self, paragraph: Element) -> tuple[str, int]:
        """Return numId and level of a paragraph, its own before its style's."""
        node = self._property(paragraph, "numPr")
        if node is None:
            return "", 0
        return _value(node, "numId"), int(_value(node, "ilvl") or 0)

    def _property(self, paragraph: Element, name: str) -> Element | None:
        own = paragraph.find(f"{W}pPr/{W}{name}")
        if own is not None:
            return own
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        identity = "" if style is None else str(style.get(f"{W}val"))
        for _step in range(LEVELS + 2):  # styles may be based on each other in a circle
            held = self._styles.get(identity)
            if held is None:
                return None
            found = held.find(f"{W}pPr/{W}{name}")
            if found is not None:
                return found
            base = held.find(f"{W}basedOn")
            identity = "" if base is None else str(base.get(f"{W}val"))
        return None


def _value(holder: Element, name: str) -> str:
    node = holder.find(f"{W}{name}")
    return "" if node is None else str(node.get(f"{W}val", ""))


def _written(number: int, form: str) -> str:
    """Write a count in one of Word's number formats; unknown ones as digits."""
    if form.startswith(("chinese", "ideograph", "japaneseCounting", "taiwaneseCounting")):
        tens, ones = divmod(number, 10)
        head = "" if tens == 0 else ("十" if tens == 1 else f"{_HAN[tens % 10]}十")
        return head + (_HAN[ones] if ones or not tens else "")
    if form in {"upperLetter", "lowerLetter"} and number > 0:
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    return str(number)
