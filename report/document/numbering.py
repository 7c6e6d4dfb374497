"""Numbering: labels for headings, figures, tables, formulae and footnotes, and texts for cross-references."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from report.document.model import (
    Block,
    Callout,
    Claim,
    Document,
    Figure,
    Footnote,
    Formula,
    Heading,
    Inline,
    ListBlock,
    Matter,
    Ref,
    Section,
    Table,
)
from report.document.text import run_text
from report.document.walk import iter_inlines, map_block_inlines
from report.errors import Place, Problem, TemplateError
from report.i18n import _

DIGITS = "零一二三四五六七八九"
Numbered: TypeAlias = "Heading | Figure | Table | Formula"


@dataclass(frozen=True, slots=True)
class Scheme:
    """How labels are written: ``headings`` by matter and level (``None`` = unnumbered).

    In a pattern ``{han}`` is the Chinese numeral of the heading's own counter, ``{n}`` the Arabic one,
    ``{letter}`` the capital letter, and ``{path}`` the chain of counters from the level-1 one (``A.1.2``).
    Counters restart under each heading of a higher level.
    """

    headings: dict[Matter, tuple[str, ...]] = field(
        default_factory=lambda: {
            "body": ("第{han}部分", "第{han}章", "（{han}）", "{n}."),
            "back": ("附录{letter}", "{path}", "{path}", "{path}"),
        }
    )
    figure: str = "图{place}"
    table: str = "表{place}"
    formula: str = "（{place}）"
    formula_reference: str = "式{label}"


@dataclass(frozen=True, slots=True)
class _Target:
    """What a cross-reference can name: its label, and for headings the labels above it."""

    label: str
    title: str
    level: int = 0  # 0 = not a heading
    part: str = ""  # id of the level-1 heading it stands under
    chain: tuple[str, ...] = ()  # labels of level 1, 2, … down to its own


def chinese_numeral(number: int) -> str:
    """Write 1–99 in Chinese numerals (一, 十, 十二, 二十, 九十九); ValueError outside."""
    if not 0 < number < 100:
        raise ValueError(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{DIGITS[tens]}十")
    return head + (DIGITS[ones] if ones else "")


def letter(number: int) -> str:
    """Write 1, 2 … 26, 27 as A, B … Z, AA; ValueError below 1."""
    if number < 1:
        raise ValueError(number)
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def number(document: Document, scheme: Scheme | None = None) -> Document:
    """Return the document with every label, footnote number and cross-reference text filled in.

    TemplateError lists every duplicate id and every reference to something that does not exist.
    """
    problems = list(_duplicates(document))
    labels = _Labels(scheme or Scheme())
    sections = tuple(labels.section(section) for section in document.sections)
    notes = _Footnotes()
    sections = tuple(
        replace(s, blocks=tuple(map_block_inlines(b, notes.count) for b in s.blocks))
        for s in sections
    )
    references = _References(labels.targets, scheme or Scheme())
    sections = tuple(references.section(section) for section in sections)
    problems += references.problems
    if problems:
        raise TemplateError(problems)
    return replace(document, sections=sections)


class _Labels:
    """Gives labels in reading order and remembers them by id."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.targets: dict[str, _Target] = {}
        self._counters: dict[tuple[Matter, int], int] = {}
        self._chain: list[str] = []
        self._matter: Matter = "cover"
        self._part = ""
        self._prefix = ""  # "1", "A" or "" before the first part
        self._floats: dict[tuple[str, str], int] = {}

    def section(self, section: Section) -> Section:
        if section.matter != self._matter:
            self._matter, self._prefix, self._part = section.matter, "", ""
        return replace(section, blocks=self.blocks(section.blocks, section.matter))

    def blocks(self, blocks: tuple[Block, ...], matter: Matter) -> tuple[Block, ...]:
        return tuple(self._block(block, matter) for block in blocks)

    def _block(self, block: Block, matter: Matter) -> Block:
        match block:
            case Heading():
                return self._heading(block, matter)
            case Figure():
                label = self.scheme.figure.format(place=self._place("figure"))
                self._remember(block.id, label, run_text(block.caption))
                return replace(block, number=label)
            case Table():
                label = self.scheme.table.format(place=self._place("table"))
                self._remember(block.id, label, run_text(block.caption))
                return replace(block, number=label)
            case Formula():
                label = self.scheme.formula.format(place=self._place("formula"))
                shown = self.scheme.formula_reference.format(label=label)
                self._remember(block.id, shown, block.latex)
                return replace(block, number=label)
            case Callout() | Claim():
                return replace(block, blocks=self.blocks(block.blocks, matter))
            case ListBlock():
                items = tuple(self.blocks(item, matter) for item in block.items)
                return replace(block, items=items)
            case _:
                return block

    def _heading(self, heading: Heading, matter: Matter) -> Heading:
        patterns = self.scheme.headings.get(matter, ())
        level = heading.level
        label = ""
        for key in [k for k in self._counters if k[0] == matter and k[1] > level]:
            del self._counters[key]
        if heading.numbered and level <= len(patterns):
            count = self._counters.get((matter, level), 0) + 1
            self._counters[matter, level] = count
            if level == 1:
                self._prefix = letter(count) if "{letter}" in patterns[0] else str(count)
            inner = [str(self._counters.get((matter, at), 0)) for at in range(2, level + 1)]
            label = patterns[level - 1].format(
                han=chinese_numeral(count) if "{han}" in patterns[level - 1] else "",
                n=count,
                letter=letter(count),
                path=".".join([self._prefix, *inner]),
            )
        elif level == 1:
            self._prefix = ""
        if level == 1:
            self._part = heading.id
        self._chain = [*self._chain[: level - 1], *[""] * (level - 1 - len(self._chain)), label]
        title = run_text(heading.inlines)
        self.targets.setdefault(
            heading.id, _Target(label, title, level, self._part, tuple(self._chain))
        )
        return replace(heading, number=label)

    def _place(self, kind: str) -> str:
        # Outside numbered parts (prefix "") figures are counted through: 图1, 图2.
        key = (kind, self._prefix)
        self._floats[key] = count = self._floats.get(key, 0) + 1
        return f"{self._prefix}-{count}" if self._prefix else str(count)

    def _remember(self, target: str, label: str, title: str) -> None:
        self.targets.setdefault(target, _Target(label, title, part=self._part))


class _Footnotes:
    """Counts footnotes through the document."""

    def __init__(self) -> None:
        self._last = 0

    def count(self, inline: Inline) -> Inline:
        if not isinstance(inline, Footnote):
            return inline
        self._last += 1
        return replace(inline, number=self._last, id=inline.id or f"fn-{self._last}")


class _References:
    """Fills the texts of cross-references and collects those that lead nowhere."""

    def __init__(self, targets: dict[str, _Target], scheme: Scheme) -> None:
        self.problems: list[Problem] = []
        self._targets = targets
        self._scheme = scheme
        self._part = ""

    def section(self, section: Section) -> Section:
        blocks = []
        for block in section.blocks:
            if isinstance(block, Heading) and block.level == 1:
                self._part = block.id
            blocks.append(map_block_inlines(block, self._fill_at(block)))
        return replace(section, blocks=tuple(blocks))

    def _fill_at(self, block: Block) -> _Filler:
        return _Filler(self, self._part, getattr(block, "origin", None))

    def text(self, ref: Ref, part: str, origin: Place | None) -> str:
        target = self._targets.get(ref.target)
        if target is None:
            self.problems.append(self._unknown(ref, origin))
            return ref.text
        if target.level == 0:
            return target.label
        if not target.label:
            return f"“{target.title}”"
        if target.level == 1 or "." in target.label.rstrip("."):
            return target.label
        # 第二章（一）within its own part, 第二部分第二章（一）from any other
        chain = target.chain[1:] if target.part == part else target.chain
        return "".join(chain).rstrip(".")

    def _unknown(self, ref: Ref, origin: Place | None) -> Problem:
        near = difflib.get_close_matches(ref.target, sorted(self._targets), n=3, cutoff=0.4)
        remedy = _("the nearest: {ids}").format(ids=", ".join(near)) if near else ""
        return Problem(
            ref.origin or origin,
            _("a cross-reference to {id}, which does not exist").format(id=repr(ref.target)),
            _("the id of a heading, figure, table or formula"),
            remedy,
        )


@dataclass(frozen=True, slots=True)
class _Filler:
    """Fills the references of one block."""

    references: _References
    part: str
    origin: Place | None

    def __call__(self, inline: Inline) -> Inline:
        if not isinstance(inline, Ref):
            return inline
        return replace(inline, text=self.references.text(inline, self.part, self.origin))


def _duplicates(document: Document) -> Iterator[Problem]:
    seen: dict[str, Place | None] = {}
    for block in document.blocks():
        origin: Place | None = getattr(block, "origin", None)
        ids = [(block.id, origin)]
        ids += [
            (inline.id, origin)
            for inline in iter_inlines(block, nested=False)
            if isinstance(inline, Footnote) and inline.id
        ]
        for id_, place in ids:
            if not id_:
                continue
            if id_ in seen:
                yield Problem(
                    place,
                    _("the id {id} is used twice").format(id=repr(id_)),
                    _("an id of its own for every block"),
                    _("it is first used at {place}").format(place=seen[id_]) if seen[id_] else "",
                )
            else:
                seen[id_] = place
