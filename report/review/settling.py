"""Whether an accepted opinion shows a change at its block since the draft it was made on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from report.document.model import Block, Document, Figure, Formula, Table
from report.document.text import plain_text
from report.errors import Place, Problem
from report.i18n import _
from report.manuscript.carry import likeness
from report.review.drafts import draft_blocks, draft_document
from report.review.model import BlockEntry, Draft, Opinion

ALIKE = 0.8  # a new paragraph is the one asked for from this likeness on
_ID = re.compile(r"[a-z][a-z0-9_-]{2,}")
ACCEPTED = frozenset({"采纳", "部分采纳"})


@dataclass(frozen=True, slots=True)
class _State:
    """A draft's blocks: what each says and shows, and their order."""

    entries: Mapping[str, BlockEntry]
    shown: Mapping[str, object]
    order: Sequence[str]


class Changes:
    """Compares the current draft with those that went out."""

    def __init__(self, known: Sequence[Draft]) -> None:
        self.current = known[-1]
        self._drafts = {str(draft.number): draft for draft in known}
        self._states: dict[str, _State] = {}

    def at(self, opinion: Opinion, draft: str = "") -> bool:
        """Whether the opinion's block (or one that 落实情况 names) changed since its draft.

        It is the current draft that must show it, or the one of the number ``draft``.
        """
        number = draft or str(self.current.number)
        before, now = self._state(opinion.draft), self._state(number)
        if before is None or now is None or opinion.draft == number:
            return False
        named = set(_ID.findall(opinion.disposition.settled_change))
        if any(_changed(block, before, now) for block in named & {*before.shown, *now.shown}):
            return True
        sent = opinion.sent_block or opinion.block
        if not sent:
            return False
        if _changed(sent, before, now) or (opinion.block and _changed(opinion.block, before, now)):
            return True
        return _new_after(opinion, sent, before, now)

    def settled_in(self, opinion: Opinion) -> str:
        """Return the number of the first draft after the opinion's that shows the change; empty if none."""
        later = [number for number in self._drafts if _after(number, opinion.draft)]
        return next((number for number in later if self.at(opinion, number)), "")

    def _state(self, number: str) -> _State | None:
        draft = self._drafts.get(number)
        if draft is None:
            return None
        if number not in self._states:
            document = draft_document(draft)
            entries = {entry.id: entry for entry in draft_blocks(draft)}
            shown = {block.id: _shown(block) for block in document.blocks()}
            self._states[number] = _State(entries, shown, tuple(_order(document)))
        return self._states[number]


def _after(number: str, draft: str) -> bool:
    return draft.isdecimal() and int(number) > int(draft)


def _order(document: Document) -> list[str]:
    return [block.id for block in document.blocks()]


def _shown(block: Block) -> object:
    """Return all of a block that a reader sees, its number left out."""
    if isinstance(block, Figure):
        return plain_text(block), block.spec
    if isinstance(block, Table):
        return plain_text(block), block.unit
    return block.latex if isinstance(block, Formula) else plain_text(block)


def _changed(block: str, before: _State, now: _State) -> bool:
    if block not in before.shown or block not in now.shown:
        return (block in before.shown) != (block in now.shown)
    if before.shown[block] != now.shown[block]:
        return True
    entry = before.entries.get(block)
    if entry is not None and entry.kind == "heading":  # on a heading: on what stands under it
        return _under(block, before) != _under(block, now)
    return False


def _under(heading: str, state: _State) -> list[object]:
    return [
        state.shown[name]
        for name in state.order
        if name != heading and (entry := state.entries.get(name)) and entry.heading == heading
    ]


def _new_after(opinion: Opinion, sent: str, before: _State, now: _State) -> bool:
    """Whether a paragraph came in after the block: that asked for, or any where it was asked for."""
    fresh = [name for name in now.order if name not in before.shown]
    if opinion.suggested and opinion.mark_kind in {"paragraph-insertion", "untracked-insertion"}:
        texts = (str(now.shown[name]) for name in fresh)
        if any(likeness(opinion.suggested, text) >= ALIKE for text in texts):
            return True
    if opinion.placing != "after" and not opinion.mark_kind.endswith("insertion"):
        return False
    anchor = opinion.block or sent
    if anchor not in now.order:
        return False
    position = list(now.order).index(anchor)
    following = now.order[position + 1] if position + 1 < len(now.order) else ""
    return following in fresh


def unsettled(opinions: Sequence[Opinion], changes: Changes, edition: str) -> list[Problem]:
    """List what keeps the answer from going out: no disposition, no reason, an acceptance without change."""
    by_number = {one.number: one for one in opinions}
    problems: list[Problem] = []
    for one in opinions:
        verdict, reason = one.disposition.verdict, one.disposition.reason
        place = Place.of(f"review/{edition}/ledger.xlsx", cell=f"№{one.number}")
        if not verdict:
            if one.thread not in by_number:
                problems.append(
                    Problem(
                        place,
                        _("Opinion {number} has no disposition: {opinion}").format(
                            number=one.number, opinion=_short(one.opinion)
                        ),
                        "采纳 / 部分采纳 / 不采纳",
                        _("Choose one in the ledger, with the reason."),
                    )
                )
            continue
        if verdict != "采纳" and not reason:
            problems.append(
                Problem(
                    place,
                    _("Opinion {number} is {verdict} without a reason.").format(
                        number=one.number, verdict=verdict
                    ),
                    "",
                    _("Write the reason in the column 理由."),
                )
            )
        if verdict in ACCEPTED and not changes.at(one):
            problems.append(
                Problem(
                    place,
                    _(
                        "Opinion {number} is {verdict}, but nothing changed at {block} since draft {draft}."
                    ).format(
                        number=one.number,
                        verdict=verdict,
                        block=one.block or one.sent_block or "—",
                        draft=one.draft or "—",
                    ),
                    _("a change at its place in draft {number}").format(
                        number=changes.current.number
                    ),
                    _(
                        "Make the change and a new draft; if it was made elsewhere, name that block in "
                        "the column 落实情况; else change the disposition."
                    ),
                )
            )
    return problems


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:39] + "…"
