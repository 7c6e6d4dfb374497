"""Mutations of the prose: numbers typed over helpers, comparatives turned round, regions renamed.

What an editor would type into a template comes to stand in the Document as static text with the
template's place; so the Document is changed instead, which saves composing it anew each time.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from bench.mutating.ground import Ground, Mutation, Outcome, known
from report.document.model import (
    Block,
    Inline,
    Number,
    Paragraph,
    Section,
    Text,
    Word,
)
from report.document.text import inline_text, run_text
from report.document.walk import children, map_block_inlines, own_runs
from report.errors import Place

PAIRS = (
    ("高于", "低于"), ("最高", "最低"), ("最大", "最小"), ("最快", "最慢"), ("最强", "最弱"), ("最多", "最少"),
    ("提高", "下降"), ("上升", "下降"), ("增长", "下降"), ("增加", "减少"), ("扩大", "收窄"), ("超过", "不及"),
    ("领先", "落后"), ("快于", "慢于"), ("位居前列", "位居末尾"), ("居前", "居后"), ("靠前", "靠后"), ("加快", "放缓"),
)  # fmt: skip
OPPOSITES = {a: b for pair in PAIRS for a, b in (pair, pair[::-1])}
_COMPARATIVE = re.compile("|".join(sorted(OPPOSITES, key=len, reverse=True)))
_CUT = re.compile("[，；。：？！]")
# Words that hold a comparative but compare nothing.
_TERMS = ("增加值", "增长率", "增长点", "增长极", "增长动能", "经济增长")
_CHOSEN = frozenset({"band", "direction", "comparison", "ordinal"})


class ProseMutations:
    """Makes mutations of the static text of one clean document."""

    def __init__(self, ground: Ground, rng: random.Random) -> None:
        self._ground = ground
        self._rng = rng
        self._runs = [
            (section, block, run)
            for section in ground.document.sections
            for block, run in _prose(section.blocks)
        ]
        self._regions = [
            entry.short or entry.name for entry in ground.prepared.results.registry.regions
        ]

    def kinds(self) -> dict[str, Callable[[], Outcome]]:
        """Return a maker and judge for each kind."""
        return {
            "edit a number in prose": self.number,
            "edit a comparative": self.comparative,
            "type over a chosen word": self.chosen,
            "rename a region in prose": self.region,
        }

    def number(self) -> Outcome:
        section, block, inline = self._pick(lambda each: isinstance(each, Number))
        assert isinstance(inline, Number)
        text = inline.quantity.text
        places = [at for at, character in enumerate(text) if character.isdigit()]
        at = self._rng.choice(places)
        typed = text[:at] + str((int(text[at]) + self._rng.randint(1, 8)) % 10) + text[at + 1 :]
        return self._judge("edit a number in prose", section, block, inline, typed, text)

    def comparative(self) -> Outcome:
        """Turn round a comparative in a clause that speaks of data."""
        candidates = [
            (section, block, inline, start, end)
            for section, block, run in self._runs
            for inline, start, end in _comparatives(run)
        ]
        section, block, inline, start, end = self._rng.choice(candidates)
        typed = inline.text[:start] + OPPOSITES[inline.text[start:end]] + inline.text[end:]
        return self._judge("edit a comparative", section, block, inline, typed, inline.text)

    def chosen(self) -> Outcome:
        section, block, inline = self._pick(
            lambda each: (
                isinstance(each, Word)
                and each.kind in _CHOSEN
                and bool(_COMPARATIVE.search(each.text))
            )
        )
        assert isinstance(inline, Word)
        typed = _COMPARATIVE.sub(lambda match: OPPOSITES[match[0]], inline.text, count=1)
        return self._judge("type over a chosen word", section, block, inline, typed, inline.text)

    def region(self) -> Outcome:
        section, block, inline = self._pick(
            lambda each: isinstance(each, Word) and any(name in each.text for name in self._regions)
        )
        assert isinstance(inline, Word)
        named = [name for name in self._regions if name in inline.text]
        old = self._rng.choice(named)
        new = self._rng.choice([name for name in self._regions if name not in named])
        typed = inline.text.replace(old, new, 1)
        return self._judge("rename a region in prose", section, block, inline, typed, inline.text)

    def _pick(self, wanted: Callable[[Inline], bool]) -> tuple[Section, Block, Inline]:
        candidates = [
            (section, block, inline)
            for section, block, run in self._runs
            for inline in run
            if wanted(inline)
        ]
        return self._rng.choice(candidates)

    def _judge(
        self, kind: str, section: Section, block: Block, inline: Inline, typed: str, before: str
    ) -> Outcome:
        place: Place | None = getattr(inline, "origin", None) or getattr(block, "origin", None)
        text = Text(typed, place or Place("templates"))

        def change(each: Inline) -> Inline:
            return text if each is inline else each

        blocks = tuple(map_block_inlines(each, change) for each in section.blocks)
        changed = replace(section, blocks=blocks)
        found = known(self._ground.check_section(changed))
        new = sorted(found - self._ground.section_findings[section.id])
        mutation = Mutation(kind, f"{block.id} ({place})", f"{before} → {typed}")
        if new:
            return Outcome(mutation, True, f"check: {new[0][0]}", new[0][3])
        run = next(run for _section, held, run in self._runs if held is block and inline in run)
        return Outcome(mutation, False, "", run_text(run)[:160])


def _prose(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, tuple[Inline, ...]]]:
    """Yield the runs of paragraphs, those in lists, boxes and claims included, flat."""
    for block in blocks:
        if isinstance(block, Paragraph):
            for run in own_runs(block):
                yield block, tuple(_flat(run))
        yield from _prose(tuple(children(block)))


def _comparatives(run: tuple[Inline, ...]) -> Iterator[tuple[Text, int, int]]:
    """Yield the comparatives of static text in whose clause a number or a chosen word stands."""
    text = "".join(inline_text(inline) for inline in run)
    cuts = [0, *(match.end() for match in _CUT.finditer(text)), len(text)]
    starts, position = [], 0
    for inline in run:
        starts.append(position)
        position += len(inline_text(inline))
    for inline, start in zip(run, starts, strict=True):
        if not isinstance(inline, Text):
            continue
        bare = inline.text
        for term in _TERMS:
            bare = bare.replace(term, "□" * len(term))
        for match in _COMPARATIVE.finditer(bare):
            at = start + match.start()
            low = max(cut for cut in cuts if cut <= at)
            high = min(cut for cut in cuts if cut > at)
            if any(
                low <= where < high and isinstance(each, Number | Word)
                for each, where in zip(run, starts, strict=True)
            ):
                yield inline, match.start(), match.end()


def _flat(run: tuple[Inline, ...]) -> Iterator[Inline]:
    for inline in run:
        held = getattr(inline, "inlines", None)
        if isinstance(held, tuple):
            yield from _flat(held)
        else:
            yield inline
