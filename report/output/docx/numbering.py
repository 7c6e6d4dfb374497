"""Numbering: heading labels as Word's multi-level lists, and list instances that start at one."""

from __future__ import annotations

from dataclasses import dataclass, field

from report.document.model import Document, Heading
from report.document.numbering import chinese_numeral, letter
from report.output.docx.oxml import Element, el, q
from report.output.docx.styles import Styles

HIGHEST = 99  # a heading's counter is looked for up to here


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: number format, text with ``%1`` …, gap after it, indents in twips."""

    form: str
    text: str
    gap: str = "space"
    left: int = 0
    hanging: int = 0


HEADINGS = (
    Level("chineseCountingThousand", "第%1部分"),
    Level("chineseCountingThousand", "第%2章"),
    Level("chineseCountingThousand", "（%3）"),
    Level("decimal", "%4."),
)
APPENDIX = (
    Level("upperLetter", "附录%1"),
    Level("decimal", "%1.%2"),
    Level("decimal", "%1.%2.%3"),
    Level("decimal", "%1.%2.%3.%4"),
)
BULLETS = tuple(Level("bullet", m, "tab", 960 + 420 * n, 420) for n, m in enumerate("●○■"))
ORDERED = (
    Level("decimal", "%1.", "tab", 960, 420),
    Level("decimal", "（%2）", "tab", 1380, 420),
    Level("lowerLetter", "%3.", "tab", 1800, 420),
)


def abstract(number: int, levels: tuple[Level, ...], linked: tuple[str, ...] = ()) -> Element:
    """Build a list definition; ``linked`` are the ids of the styles tied to its levels."""
    node = el("w:abstractNum", el("w:multiLevelType", val="multilevel"), abstractNumId=str(number))
    for index, level in enumerate(levels):
        style = el("w:pStyle", val=linked[index]) if index < len(linked) else None
        indent = (
            el("w:ind", left=str(level.left), hanging=str(level.hanging))
            if level.hanging
            else el("w:ind", left="0", firstLine="0")
        )
        node.append(
            el(
                "w:lvl",
                el("w:start", val="1"),
                el("w:numFmt", val=level.form),
                style,
                el("w:suff", val=level.gap),
                el("w:lvlText", val=level.text),
                el("w:lvlJc", val="left"),
                el("w:pPr", indent),
                el("w:rPr", el("w:rFonts", hint="eastAsia")),
                ilvl=str(index),
            )
        )
    return node


def instance(number: int, definition: int, restart: tuple[int, int] | None = None) -> Element:
    """Build a list; ``restart`` is (level, value) its counting starts at."""
    override = (
        el("w:lvlOverride", el("w:startOverride", val=str(restart[1])), ilvl=str(restart[0]))
        if restart
        else None
    )
    return el("w:num", el("w:abstractNumId", val=str(definition)), override, numId=str(number))


def format_number(form: str, value: int) -> str | None:
    """Write ``value`` in one of Word's number formats; None for those not known here."""
    if form == "decimal":
        return str(value)
    if form in {"chineseCountingThousand", "chineseCounting", "taiwaneseCountingThousand"}:
        return chinese_numeral(value) if 0 < value <= HIGHEST else None
    if form in {"upperLetter", "lowerLetter"} and value > 0:
        return letter(value) if form == "upperLetter" else letter(value).lower()
    return None


@dataclass(slots=True)
class _Outline:
    """A heading list with its counters, counted as Word counts."""

    definition: int
    number: int
    levels: dict[int, tuple[str, str]]  # index → (format, text)
    counters: list[int] = field(default_factory=lambda: [0] * 9)

    def advanced(self, level: int, value: int | None = None) -> list[int]:
        counters = list(self.counters)
        counters[level] = counters[level] + 1 if value is None else value
        counters[level + 1 :] = [0] * (8 - level)
        return counters

    def label(self, level: int, counters: list[int]) -> str | None:
        form_text = self.levels.get(level)
        if form_text is None:
            return None
        text = form_text[1]
        for index in range(9):
            mark = f"%{index + 1}"
            if mark in text:
                form = self.levels.get(index, ("", ""))[0]
                shown = format_number(form, counters[index])
                if shown is None:
                    return None
                text = text.replace(mark, shown)
        return text


class Numbering:
    """Edits a numbering part: finds the house's lists, adds what is missing, hands out instances."""

    def __init__(self, part: Element, styles: Styles) -> None:
        self.part = part
        self._numbers = {
            node.get(q("w:numId"), ""): _reference(node) for node in part.iterchildren(q("w:num"))
        }
        self._definitions = {
            node.get(q("w:abstractNumId"), ""): node
            for node in part.iterchildren(q("w:abstractNum"))
        }
        self._house = self._headings(styles)
        self._appendix = self._outline(self._define(APPENDIX), APPENDIX)
        self._ordered = self._from_style(styles, "number-1", ORDERED)
        self._bullets = self._from_style(styles, "bullet-1", BULLETS)
        self.bullet = self.add(self._bullets)

    def heading(self, level: int, label: str) -> Element | bool | None:
        """Count one heading of ``level`` (1-based) whose label must read ``label``.

        Return None when its style already numbers it so, a ``w:numPr`` when the paragraph must name a
        list itself, and False when no list makes this label: then it has to be typed.
        """
        index = level - 1
        outlines = ((self._house, True), (self._appendix, False))
        for outline, styled in outlines:
            counters = outline.advanced(index)
            if outline.label(index, counters) == label:
                outline.counters = counters
                return None if styled and outline.number < 0 else self._use(outline.number, index)
        for outline, _styled in outlines:
            for value in range(1, HIGHEST + 1):
                counters = outline.advanced(index, value)
                if outline.label(index, counters) == label:
                    outline.counters = counters
                    return self._use(self.add(outline.definition, (index, value)), index)
        return False

    def label_all(self, document: Document) -> dict[str, Element | bool | None]:
        """Count every numbered heading in reading order; the answers of ``heading`` by heading id."""
        return {
            block.id: self.heading(min(max(block.level, 1), 9), block.number)
            for block in document.blocks()
            if isinstance(block, Heading) and block.number
        }

    def start_list(self, depth: int) -> int:
        """Return a new ordered list that starts at one at ``depth`` (0-based)."""
        return self.add(self._ordered, (depth, 1))

    def add(self, definition: int, restart: tuple[int, int] | None = None) -> int:
        """Add a list instance and return its number."""
        number = 1 + max((int(n) for n in self._numbers if n.isdigit()), default=0)
        self._numbers[str(number)] = str(definition)
        self.part.append(instance(number, definition, restart))
        return number

    def _headings(self, styles: Styles) -> _Outline:
        properties = styles.property("heading-1", "w:pPr/w:numPr")
        number = "" if properties is None else _value(properties, "w:numId")
        definition = self._numbers.get(number, "")
        node = self._definitions.get(definition)
        if node is None:  # a house file without heading numbers: number the paragraphs directly
            own = self._define(HEADINGS)
            return self._outline(own, HEADINGS)
        levels = {
            int(level.get(q("w:ilvl"), "0")): (
                _value(level, "w:numFmt"),
                _value(level, "w:lvlText"),
            )
            for level in node.iterchildren(q("w:lvl"))
        }
        return _Outline(int(definition), -1, levels)

    def _outline(self, definition: int, levels: tuple[Level, ...]) -> _Outline:
        return _Outline(
            definition,
            self.add(definition),
            {index: (level.form, level.text) for index, level in enumerate(levels)},
        )

    def _from_style(self, styles: Styles, role: str, levels: tuple[Level, ...]) -> int:
        properties = styles.property(role, "w:pPr/w:numPr")
        number = "" if properties is None else _value(properties, "w:numId")
        definition = self._numbers.get(number, "")
        return int(definition) if definition in self._definitions else self._define(levels)

    def _define(self, levels: tuple[Level, ...]) -> int:
        number = 1 + max((int(n) for n in self._definitions if n.isdigit()), default=-1)
        node = abstract(number, levels)
        first = self.part.find(q("w:num"))
        if first is None:
            self.part.append(node)
        else:
            first.addprevious(node)
        self._definitions[str(number)] = node
        return number

    @staticmethod
    def _use(number: int, level: int) -> Element:
        return number_properties(number, level)


def number_properties(number: int, level: int) -> Element:
    """Build ``w:numPr``: list ``number`` (0 = none) at ``level`` (0-based)."""
    return el("w:numPr", el("w:ilvl", val=str(level)), el("w:numId", val=str(number)))


def _value(node: Element, name: str) -> str:
    child = node.find(q(name))
    return "" if child is None else child.get(q("w:val"), "")


def _reference(node: Element) -> str:
    return _value(node, "w:abstractNumId")
