"""Take an opinion from the draft it was made on to the current one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from report.manuscript.carry import likeness
from report.review.base import Base
from report.review.drafts import draft_blocks
from report.review.model import BlockEntry, Draft, Match, Placing

ALIKE = 0.6
_SHORTEST = 8  # characters from which a text tells blocks apart


@dataclass(frozen=True, slots=True)
class Carried:
    """Where an opinion stands now, and how that is known."""

    placing: Placing
    block: str = ""
    entry: BlockEntry | None = None
    remark: str = ""


class Carrier:
    """Finds blocks of older drafts in the current one."""

    def __init__(self, current: Draft) -> None:
        self.current = current
        self.blocks: Mapping[str, BlockEntry] = {one.id: one for one in draft_blocks(current)}

    def carry(self, base: Base, match: Match) -> Carried:
        """Return the block of the current draft that a match in ``base`` leads to."""
        if not match.spans:
            return Carried("unplaced")
        block = match.block
        if base.draft.number == self.current.number:
            return Carried(match.placing, block, self.blocks.get(block))
        told = f"由第{base.draft.number}稿带到第{self.current.number}稿"
        if block in self.blocks:
            return Carried("carried", block, self.blocks[block], told)
        sent = base.blocks.get(block)
        found = self._alike(sent) if sent else None
        if found is not None:
            return Carried("carried", found.id, found, f"{told}，按文字相近定位")
        gone = f"第{base.draft.number}稿的该段在第{self.current.number}稿中已不存在"
        return Carried("carried", block, None, gone)

    def _alike(self, sent: BlockEntry) -> BlockEntry | None:
        if len(sent.text) < _SHORTEST:
            return None
        best: tuple[float, BlockEntry] | None = None
        for one in self.blocks.values():
            if one.kind == sent.kind:
                score = likeness(sent.text, one.text)
                if best is None or score > best[0]:
                    best = (score, one)
        return best[1] if best is not None and best[0] >= ALIKE else None
