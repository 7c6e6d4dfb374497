"""Why a block changed between two drafts: data, weights, method, template, or an opinion that was accepted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeAlias

from report.assessment.causes import EFFECTS, Effect, compare
from report.assessment.results import Results
from report.assessment.trace import is_leaf, ordered
from report.document.derived import Undefined, parse
from report.document.model import Block, Document, Inline, Number, Ref, Word
from report.errors import Place
from report.review.diff import Change
from report.review.edits import Edit, shifts
from report.review.words import steps

CauseKind: TypeAlias = Literal["data", "weights", "method", "template", "opinion"]
ORDER: tuple[CauseKind, ...] = ("data", "weights", "method", "template", "opinion")
_DATA = frozenset({"data", "answers"})
# What these operations are given besides their parents follows from which figures there are.
_FOLLOW_DATA = frozenset(
    {"carry", "interpolate", "row", "answers", "share", "effective-sample", "pick", "select", "members"}
)  # fmt: skip
_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Version:
    """One side of a comparison: a draft's document, its results and the texts it was made from.

    ``sources`` maps a file's name as places have it (``templates/parts/…``) to its text.
    """

    document: Document
    results: Results
    sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Explained:
    """A change and its causes, in a fixed order; ``opinions`` are the numbers where one is opinion."""

    change: Change
    causes: tuple[CauseKind, ...]
    opinions: tuple[int, ...] = ()


def explain(
    changes: Iterable[Change],
    old: Version,
    new: Version,
    settled: Mapping[str, tuple[int, ...]] | None = None,
) -> tuple[Explained, ...]:
    """Label each change with its causes.

    ``settled`` names, by block id, the accepted opinions that the new draft settles: what the templates
    changed there is theirs. A change that has several causes has several labels, each of which
    touches at least one of its words.
    """
    return tuple(_Judge(old, new, settled or {}).judge(tuple(changes)))


class _Judge:
    """Knows what differs between two versions as a whole, and asks it of every change."""

    def __init__(self, old: Version, new: Version, settled: Mapping[str, tuple[int, ...]]) -> None:
        self._old, self._new = old, new
        self._settled = settled
        self._touched = leaf_effects(old.results, new.results)
        self._lines: dict[str, tuple[frozenset[int], frozenset[int]]] = {}
        self._of_key: dict[str, frozenset[CauseKind]] = {}
        self._shifts: dict[
            type[Block], set[CauseKind]
        ] = {}  # what put such blocks in or took them out
        self._targets = {
            block.id: type(block) for version in (old, new) for block in version.document.blocks()
        }

    @cached_property
    def _anywhere(self) -> frozenset[CauseKind]:
        """Every cause that is at work somewhere between the two versions."""
        found: set[CauseKind] = set(self._touched.values())
        names = {*self._old.sources, *self._new.sources}
        templates = {name for name in names if name.endswith((".j2", "report.yaml"))}
        if any(self._old.sources.get(n) != self._new.sources.get(n) for n in templates):
            found.add("template")
        return frozenset(found or {"template"})  # else editorial texts or bands of words

    def judge(self, changes: tuple[Change, ...]) -> Iterator[Explained]:
        found: dict[int, frozenset[CauseKind]] = {}
        by_block: dict[str, frozenset[CauseKind]] = {}
        for change in changes:
            if change.kind in ("added", "removed"):
                self._shifts.setdefault(type(change.block), set()).update(self._causes(change))
        for index, change in enumerate(changes):
            if change.what != "contents":
                found[index] = by_block[change.id] = self._causes(change)
        for index, change in enumerate(changes):
            if change.what == "contents":  # a list changes because what it lists does
                listed = (by_block.get(edit.where, self._shifted()) for edit in change.edits)
                found[index] = frozenset().union(*listed)
        for index, change in enumerate(changes):
            yield self._named(change, found[index])

    def _named(self, change: Change, causes: frozenset[CauseKind]) -> Explained:
        numbers = self._settled.get(change.id, ())
        if numbers and "template" in causes:
            causes = causes - {"template"} | {"opinion"}
        kept = tuple(kind for kind in ORDER if kind in causes)
        return Explained(change, kept, numbers if "opinion" in causes else ())

    def _causes(self, change: Change) -> frozenset[CauseKind]:
        if len(self._anywhere) == 1:
            return self._anywhere
        if change.kind in ("added", "removed"):
            side = 0 if change.kind == "removed" else 1
            written = self._rewritten(getattr(change.block, "origin", None), side)
            return frozenset({"template"}) if written else self._computed()
        found: set[CauseKind] = set()
        for edit in change.edits:
            found |= self._of_edit(edit, change)
        if not found:  # moved and nothing else
            written = self._rewritten(getattr(change.block, "origin", None), 1)
            found = {"template"} if written else set(self._shifted())
        return frozenset(found)

    def _of_edit(self, edit: Edit, change: Change) -> set[CauseKind]:
        found: set[CauseKind] = set()
        if edit.keys:
            for key in edit.keys:
                found |= self._of(key)
        both = {shift.key for shift in shifts(edit) if shift.old and shift.new}
        for sign, inline in edit.touched():
            found |= self._of_inline(sign, inline, both)
        if not found:
            written = self._rewritten(getattr(change.block, "origin", None), 1)
            found = {"template"} if written else set(self._computed())
        return found

    def _of_inline(self, sign: str, inline: Inline, both: set[str]) -> set[CauseKind]:
        side = 0 if sign == "-" else 1
        written = self._rewritten(getattr(inline, "origin", None), side)
        if isinstance(inline, Number):
            moved = self._of(inline.quantity.key)
            if inline.quantity.key in both and moved:
                return set(moved)
            return {"template"} if written else set(moved or self._computed())
        if isinstance(inline, Word) and inline.keys:
            moved = frozenset().union(*(self._of(key) for key in inline.keys))
            return {"template"} if written else set(moved or self._computed())
        if isinstance(inline, Ref) and not written:
            return set(self._shifted(self._targets.get(inline.target)))
        return {"template"} if written else set(self._computed())

    def _computed(self) -> frozenset[CauseKind]:
        """Return what can change the printed words of a line that nobody rewrote."""
        return self._anywhere - {"template"} or self._anywhere

    def _shifted(self, kind: type[Block] | None = None) -> frozenset[CauseKind]:
        """Return what renumbered and reordered: whatever put blocks in or took them out, of a kind if given."""
        counted = self._shifts.get(kind) if kind is not None else None
        every = frozenset[CauseKind]().union(*self._shifts.values())
        if counted or every:
            return frozenset(counted or every)
        return frozenset(kind for kind in self._anywhere if kind == "template") or self._anywhere

    def _rewritten(self, place: Place | None, side: int) -> bool:
        """Tell whether the line a block or word comes from is another on the other side."""
        if place is None:
            return False
        if place.file not in self._lines:
            texts = [version.sources.get(place.file) for version in (self._old, self._new)]
            if texts[0] is None and texts[1] is None:
                return False
            lines = [(text or "").splitlines() for text in texts]
            gone: set[int] = set()
            come: set[int] = set()
            for op, i1, i2, j1, j2 in steps(*lines):
                if op != "equal":
                    gone.update(range(i1 + 1, i2 + 1))
                    come.update(range(j1 + 1, j2 + 1))
            self._lines[place.file] = frozenset(gone), frozenset(come)
        return place.line in self._lines[place.file][side]

    def _of(self, key: str) -> frozenset[CauseKind]:
        """Return what changed the value under a key, plain or derived; nothing when it is the same."""
        if key not in self._of_key:
            try:
                plain = tuple(parse(key).leaves())
            except Undefined:
                plain = ()
            causes: set[CauseKind] = set()
            for one in plain:
                causes |= self._of_plain(one)
            self._of_key[key] = frozenset(causes)
        return self._of_key[key]

    def _of_plain(self, key: str) -> set[CauseKind]:
        old, new = self._old.results, self._new.results
        _edition, other, own = key.rpartition(":")
        if other or key not in old or key not in new:
            return (
                set(self._computed() - {"template"})
                if other or (own in old or own in new)
                else set()
            )
        if old[key].datum == new[key].datum:
            return set()
        ancestors = {*ordered(old, (key,)), *ordered(new, (key,))}
        at_work: set[CauseKind] = {self._touched[one] for one in ancestors if one in self._touched}
        if len(at_work) > 1:
            effects = compare(old, new, key).effects
            at_work = {
                effect for effect in EFFECTS if abs(effects.get(effect, 0.0)) > _TOLERANCE
            } or at_work
        return at_work


def leaf_effects(old: Results, new: Results) -> dict[str, Effect]:
    """Name every value whose own figure, setting or rule differs, and of which kind that is."""
    found: dict[str, Effect] = {}
    for key in {**old.values, **new.values}:
        a, b = old.values.get(key), new.values.get(key)
        leaf = [value is not None and is_leaf(value) for value in (a, b)]
        if a is None or b is None:
            if any(leaf):
                ops = [value.op for value in (a, b) if value is not None]
                found[key] = _effect(key, ops[0])
        elif all(leaf):
            if a.datum != b.datum or a.unit != b.unit:
                found[key] = _effect(key, b.op)
        elif any(leaf):
            found[key] = _effect(key, "")
        elif a.op != b.op or (a.params != b.params and a.op not in _FOLLOW_DATA):
            found[key] = "method"
    return found


def _effect(key: str, op: str) -> Effect:
    family = key.partition(".")[0]
    if op == "given" or family in _DATA:
        return "data"
    return "weights" if family == "weight" else "method"
