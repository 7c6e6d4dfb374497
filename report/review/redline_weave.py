"""Weaving two bodies into one: kept, inserted, deleted and moved paragraphs, tables row by row."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Literal, TypeAlias

from report.output.docx.oxml import Element, el, q
from report.review.align import Item, align, merged
from report.review.redline_atoms import Part, parts, runs, text_of
from report.review.redline_marks import Marker, by_link, put
from report.review.redline_package import File
from report.review.redline_tables import woven_table
from report.review.words import steps

Fate: TypeAlias = Literal["kept", "added", "removed", "moved-to", "moved-from"]
_P, _TBL = q("w:p"), q("w:tbl")
_STARTS = q("w:bookmarkStart")


@dataclass(slots=True)
class _Slot:
    """An element of the woven text: what became of it, and its old and new form."""

    fate: Fate
    old: Element | None
    new: Element | None
    move: str = ""  # the name of the move it is part of

    @property
    def node(self) -> Element:
        found = self.new if self.new is not None else self.old
        assert found is not None
        return found

    @property
    def is_text(self) -> bool:
        return self.node.tag == _P


class Weaver:
    """Weaves runs of block-level elements of the old file into those of the new one."""

    def __init__(self, marker: Marker) -> None:
        self._marker = marker
        self._moves = 0

    def weave(self, old: list[Element], new: list[Element]) -> list[Element]:
        """Return ``new`` with everything that differs from ``old`` as tracked changes."""
        before = [one for one in old if one.tag in (_P, _TBL)]
        after = [one for one in new if one.tag in (_P, _TBL)]
        if [one.tag for one in before] == [_P] == [one.tag for one in after]:
            return [self.paragraph(before[0], after[0])]
        slots = self._slots(before, after)
        shifted = _settle_ends(slots)
        found: list[Element] = []
        for place, slot in enumerate(slots):
            found += self._written(slot, shifted.get(place, ""))
        return found

    def _slots(self, before: list[Element], after: list[Element]) -> list[_Slot]:
        a = [self._item(one, self._marker.old) for one in before]
        b = [self._item(one, self._marker.new) for one in after]
        aligned = align(a, b)
        slots: list[_Slot] = []
        names: dict[int, str] = {}
        for fate, i, j in merged(aligned, len(a), len(b)):
            old = before[i] if i >= 0 else None
            new = after[j] if j >= 0 else None
            if fate in ("moved-from", "moved-to"):
                moved = a[i].kind == b[j].kind == "p" and a[i].text == b[j].text != ""
                if moved:
                    if j not in names:
                        self._moves += 1
                        names[j] = f"move{self._moves}"
                    slots.append(_Slot(fate, old, new, names[j]))
                elif fate == "moved-from":
                    slots.append(_Slot("removed", old, None))
                else:
                    slots.append(_Slot("added", None, new))
            elif fate == "kept":
                slots.append(_Slot("kept", old, new))
            elif fate == "removed":
                slots.append(_Slot("removed", old, None))
            else:
                slots.append(_Slot("added", None, new))
        return slots

    def _item(self, node: Element, file: File) -> Item:
        marks = [one.get(q("w:name"), "") for one in node.iter(_STARTS)]
        hint = next((name for name in marks if name.startswith("_blk_")), "")
        if node.tag == _P:
            # what the contents lead to has an id of its own: it stays the same however it is worded
            own = hint if any(name.startswith("_Toc") for name in marks) else ""
            return Item.of("p", text_of(node, file), own, hint)
        texts = (text_of(one, file) for one in node.iter(_P))
        return Item.of("tbl", "｜".join(texts), hint=hint)

    def _written(self, slot: _Slot, mark: str) -> list[Element]:
        marker = self._marker
        old, new = slot.old, slot.new
        own = mark != "none"
        match slot.fate:
            case "kept":
                assert old is not None
                assert new is not None
                if slot.is_text:
                    made = self.paragraph(old, new)
                    if mark in ("ins", "del"):
                        _mark_end(marker, made, mark)
                    return [made]
                return woven_table(self, marker, old, new)
            case "removed":
                assert old is not None
                return [
                    marker.removed(old, own_mark=own) if slot.is_text else marker.block(old, "del")
                ]
            case "added":
                assert new is not None
                return [
                    marker.added(new, own_mark=own) if slot.is_text else marker.block(new, "ins")
                ]
            case _:
                assert old is not None
                assert new is not None
                return self._move(slot, own=own)

    def _move(self, slot: _Slot, *, own: bool) -> list[Element]:
        marker = self._marker
        assert slot.old is not None
        assert slot.new is not None
        name = slot.move
        if slot.fate == "moved-from":
            made, kind = marker.removed(slot.old, "moveFrom", own_mark=own), "moveFrom"
        else:
            made, kind = marker.added(slot.new, "moveTo", own_mark=own), "moveTo"
        start = marker.mark(f"{kind}RangeStart")
        start.set(q("w:name"), name)
        end = el(f"w:{kind}RangeEnd", id=start.get(q("w:id"), ""))
        first = 1 if len(made) and made[0].tag == q("w:pPr") else 0
        made.insert(first, start)
        made.append(end)
        return [made]

    # ------------------------------------------------------------ paragraphs

    def paragraph(self, old: Element, new: Element) -> Element:
        """Return the new paragraph with the words that went and came as tracked changes."""
        before = [part for part in parts(old, self._marker.old) if part.key]
        after = parts(new, self._marker.new)
        wide = [place for place, part in enumerate(after) if part.key]
        made = el("w:p")
        properties = new.find(q("w:pPr"))
        if properties is not None:
            made.append(deepcopy(properties))
        flow: list[tuple[str, Part]] = []
        done = 0

        def pass_to(place: int) -> None:
            nonlocal done
            flow.extend(("=", part) for part in after[done:place])
            done = max(done, place)

        opening = next((n for n, p in enumerate(after) if p.nodes[0].tag != _STARTS), len(after))
        pass_to(opening)
        for op, i1, i2, j1, j2 in steps([p.key for p in before], [after[n].key for n in wide]):
            if op == "equal":
                for shift in range(j2 - j1):
                    pass_to(wide[j1 + shift])
                    self._note(before[i1 + shift], after[wide[j1 + shift]])
                    pass_to(wide[j1 + shift] + 1)
                continue
            flow.extend(("-", part) for part in before[i1:i2])
            if j2 > j1:
                pass_to(wide[j1])
                flow.extend(("+" if p.key else "=", p) for p in after[wide[j1] : wide[j2 - 1] + 1])
                done = wide[j2 - 1] + 1
        pass_to(len(after))
        self._flow(made, flow)
        return made

    def _flow(self, made: Element, flow: list[tuple[str, Part]]) -> None:
        """Write kept, deleted and inserted parts; what was deleted inside a link stays in it."""
        marker = self._marker
        link: Element | None = None
        content: list[Element] = []
        place = 0
        while place < len(flow):
            sign = flow[place][0]
            last = place
            while last < len(flow) and flow[last][0] == sign:
                last += 1
            held = [part for _sign, part in flow[place:last]]
            if sign == "-":
                following = flow[last][1].link if last < len(flow) else None
                if link is None and held[0].link is not None and following is not None:
                    put(made, link, content)
                    link, content = following, []
                content += marker.gone(held)
            else:
                for own, group in by_link(held):
                    if own is not link:
                        put(made, link, content)
                        link, content = own, []
                    content += runs(group) if sign == "=" else marker.come(group)
            place = last
        put(made, link, content)

    def _note(self, old: Part, new: Part) -> None:
        """Weave the texts of two footnotes that stand at the same place."""
        if not (old.note and new.note):
            return
        marker = self._marker
        before = marker.old.notes().get(old.note)
        after = marker.new.notes().get(new.note)
        if before is None or after is None:
            return
        content = list(after)
        woven = self.weave(list(before), content)
        for one in content:
            after.remove(one)
        after.extend(woven)


def _settle_ends(slots: list[_Slot]) -> dict[int, str]:
    """Say where paragraph marks must be set otherwise: before a kept table and at the end.

    There a deleted paragraph has no following one to run into. A deleted and an inserted paragraph
    share theirs; else the mark of the kept paragraph before them is the one that came or went.
    """
    shifted: dict[int, str] = {}
    end = len(slots)
    while end > 0:
        last = slots[end - 1]
        stop = end == len(slots) or (slots[end].node.tag == _TBL and slots[end].fate == "kept")
        if not (stop and last.is_text and last.fate != "kept"):
            end -= 1
            continue
        start = end
        while start > 0 and slots[start - 1].is_text and slots[start - 1].fate != "kept":
            start -= 1
        run = slots[start:end]
        gone = [s for s in run if s.fate == "removed"]
        come = [s for s in run if s.fate == "added"]
        if gone and come and last.fate in ("removed", "added"):
            both = _Slot("kept", gone[-1].old, come[-1].new)
            kept = [s for s in run if s is not gone[-1] and s is not come[-1]]
            slots[start:end] = [*kept, both]
        elif start > 0 and slots[start - 1].is_text:
            shifted_kind = "ins" if last.fate in ("added", "moved-to") else "del"
            if all((s.fate in ("added", "moved-to")) == (shifted_kind == "ins") for s in run):
                shifted = {place if place < end else place - 1: v for place, v in shifted.items()}
                shifted[start - 1] = shifted_kind
                shifted[end - 1] = "none"
        end = start
    return shifted


def _mark_end(marker: Marker, paragraph: Element, kind: str) -> None:
    """Say that a kept paragraph's own mark came or went."""
    properties = paragraph.find(q("w:pPr"))
    made = marker.paragraph(properties, "ins" if kind == "ins" else "del")
    if properties is not None:
        paragraph.replace(properties, made)
    else:
        paragraph.insert(0, made)
