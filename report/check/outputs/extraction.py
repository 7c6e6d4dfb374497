"""Extraction: every number a reader can take out of a finished file has a row in the ledger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from report.check.lexicon import alternatives
from report.check.outputs.items import Item, Reading, bare
from report.check.sentences import MASK
from report.check.style import Style
from report.ledger.rows import Row
from report.ledger.tokens import Counting, digits, numbers

_CALL = re.compile(r"\[\^(\d+)\]")
_ROMAN = re.compile(r"[ivxlc]+")
_NOTE = re.compile(r"^注\d+：")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A number that the ledger does not account for: as printed, where, and in what text."""

    token: str
    where: str
    text: str


class Resolver:
    """Finds the rows of numbers read from a file, block by block.

    ``expected`` is what the Document says: it tells which block a text belongs to. ``style`` knows the
    names and set phrases whose digits and numerals count nothing.
    """

    def __init__(self, expected: Reading, rows: Iterable[Row], style: Style) -> None:
        self._counting = Counting(style.idioms, style.counted)
        self._names = alternatives((*style.terms, *style.literals))
        self._tokens: dict[str, set[str]] = {}
        for row in rows:
            held = self._tokens.setdefault(row.block, set())
            # 表1-1 is one label to the ledger; a reader who has 1 and 1 has its numbers too.
            held |= {self._bare(token) for token in self._numbers(row.text)}
        known = [*expected.body, *expected.footnotes, *expected.alternatives, *expected.contents]
        self._items = known
        self._blocks: dict[str, set[str]] = {}
        self._spaced: dict[str, str] = {}  # 图1-1 2022年: a file may keep the two apart by a gap
        for item in known:
            self._blocks.setdefault(item.bare, set()).add(item.block)
            self._spaced[item.bare] = item.text
        self._notes = len(expected.footnotes)
        self._figures = [item.block for item in expected.alternatives]
        self._formulas = [item.block for item in expected.formulas]

    def unresolved(self, reading: Reading) -> Iterator[Unresolved]:
        """Yield the numbers of a file without a row; footnote calls and labels are structural."""
        for item in (*reading.body, *reading.alternatives, *reading.contents):
            yield from self._item(item, item.text)
        for item in reading.footnotes:
            number, _space, text = item.text.partition("\u2002" if "\u2002" in item.text else " ")
            if not number.isdigit() or not 0 < int(number) <= self._notes:
                text = item.text  # the rest of a note from the page before
            yield from self._item(item, text)
        for block, drawn in zip(self._figures, reading.drawings, strict=False):
            for text in drawn.texts:
                yield from self._tell(text, {block}, drawn.where)
        for block, item in zip(self._formulas, reading.formulas, strict=False):
            yield from self._tell(item.text, {block}, item.where)

    def furniture(
        self, pages: Sequence[Sequence[str]], labels: Sequence[str]
    ) -> Iterator[Unresolved]:
        """Yield the numbers of heads and feet that are neither their page's label nor known text."""
        for label, texts in zip(labels, pages, strict=True):
            for text in texts:
                if bare(text) == label or _ROMAN.fullmatch(bare(text)):
                    continue
                blocks = {"", *self._blocks_of(bare(text))}
                yield from self._tell(text, blocks, label)

    def _item(self, item: Item, text: str) -> Iterator[Unresolved]:
        for match in _CALL.finditer(text):
            if not 0 < int(match[1]) <= self._notes:
                yield Unresolved(match[1], item.where, text)
        spaced = self._apart(item, text)
        said = _NOTE.sub("", _CALL.sub("", spaced))
        yield from self._tell(said, self._blocks_of(bare(text)), item.where)

    def _apart(self, item: Item, text: str) -> str:
        """Return a text with the gaps that its file may not keep, where it is what was expected."""
        said = bare(text)
        if said in self._spaced:
            return self._spaced[said]
        title, unit, rest = said.partition("单位：")
        if item.kind == "caption" and title in self._spaced:
            return f"{self._spaced[title]} {unit}{rest}"
        return text

    def _blocks_of(self, text: str) -> set[str]:
        """Return the blocks that a text may belong to: the same text, or one that holds it."""
        if text in self._blocks:
            return self._blocks[text]
        return {
            item.block
            for item in self._items
            if item.bare and (text in item.bare or item.bare in text)
        }

    def _tell(self, text: str, blocks: set[str], where: str) -> Iterator[Unresolved]:
        known: set[str] = set()
        for block in blocks:
            known |= self._tokens.get("" if block == "cover" else block, set())
        for token in self._numbers(text):
            if self._bare(token) not in known:
                yield Unresolved(token, where, _SPACE.sub(" ", text)[:80])

    def _numbers(self, text: str) -> Iterator[str]:
        masked = self._names.sub(lambda match: MASK * len(match.group()), text)
        for token in numbers(masked, self._counting):
            yield token.text

    def _bare(self, token: str) -> str:
        # Where a sign can be taken for a dash (2019-2022) extraction loses it.
        return digits(token).lstrip("-")
