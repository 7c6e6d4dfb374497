"""Two archived drafts compared: their changes with causes, the reasons of numbers, the figures of both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from report.assessment.causes import EFFECTS, compare
from report.assessment.results import Datum, Results
from report.assessment.store import from_json
from report.assessment.trace import show
from report.document.derived import Undefined, parse
from report.document.format import plain
from report.errors import OutputError, Place, Problem
from report.i18n import _
from report.review.causes_of_change import Explained, Version, explain
from report.review.diff import diff
from report.review.drafts import draft_document, draft_input
from report.review.model import Draft, Opinion

_SOURCES = (".j2", ".yaml", ".yml")
_NAMES = {"data": "数据", "weights": "权重", "method": "方法"}
_MOST_REVISED = 3


@dataclass(frozen=True, slots=True)
class Side:
    """A draft as compared: its name (第3稿), its version, its figures as SVG by block id."""

    name: str
    version: Version
    figures: Mapping[str, bytes] = field(default_factory=dict)
    date: str = ""


class Compared:
    """Two sides and what differs between them."""

    def __init__(
        self, old: Side, new: Side, settled: Mapping[str, tuple[int, ...]] | None = None
    ) -> None:
        self.old, self.new = old, new
        self.changes: tuple[Explained, ...] = explain(
            diff(old.version.document, new.version.document), old.version, new.version, settled
        )
        self._why: dict[str, str] = {}

    @cached_property
    def parts(self) -> tuple[tuple[str, tuple[Explained, ...]], ...]:
        """The changes by part, in reading order."""
        found: dict[tuple[str, str], list[Explained]] = {}
        for one in self.changes:
            found.setdefault((one.change.section, one.change.part), []).append(one)
        return tuple((part or section, tuple(held)) for (section, part), held in found.items())

    def why(self, key: str) -> str:
        """Say in words what moved the value under a key: effects, and the first figures revised."""
        if key not in self._why:
            self._why[key] = reason(self.old.version.results, self.new.version.results, key)
        return self._why[key]


def reason(old: Results, new: Results, key: str) -> str:
    """Say what moved a value between two results; empty where its value did not move."""
    try:
        keys = [one for one in parse(key).leaves() if one in old and one in new]
    except Undefined:
        return ""
    moved = [one for one in keys if old[one].datum != new[one].datum]
    told = [_reason(old, new, one, named=one != key) for one in moved[:2]]
    return "；".join(told) + ("等" if len(moved) > 2 else "")


def _reason(old: Results, new: Results, key: str, *, named: bool) -> str:
    compared = compare(old, new, key)
    effects = [
        f"{_NAMES[effect]}{plain(compared.effects[effect], 2, sign=True)}"
        for effect in EFFECTS
        if abs(compared.effects.get(effect, 0.0)) > 1e-9
    ]
    lead = f"{key}：" if named else ""
    revised = [
        f"{one} {_said(old[one].datum)}→{_said(new[one].datum)}"
        + (f"（{new[one].place}）" if new[one].place else "")
        for one in compared.revised[:_MOST_REVISED]
    ]
    if len(compared.revised) > _MOST_REVISED:
        revised.append(f"等{len(compared.revised)}项")
    return lead + "、".join(effects) + (f"；修订：{'，'.join(revised)}" if revised else "")


def _said(datum: Datum) -> str:
    return "（多项）" if isinstance(datum, tuple) else show(datum)


def side(draft: Draft) -> Side:
    """Read one archived draft; OutputError when a file of it is missing or damaged."""
    path = draft.folder / "results.json"
    try:
        results = from_json(path.read_text("utf-8"))
        sources = {
            name: draft_input(draft, name).decode("utf-8")
            for name in draft.inputs
            if name.endswith(_SOURCES)
        }
        figures = {
            one.stem: one.read_bytes() for one in sorted((draft.folder / "figures").glob("*.svg"))
        }
    except (OSError, ValueError, KeyError) as error:
        raise OutputError(
            Problem(
                Place.of(f"drafts/{draft.edition}/{draft.number}"),
                _("The archived draft cannot be read: {why}").format(why=error),
                "",
                _("Look at it with: iireport drafts --verify"),
            )
        ) from error
    version = Version(draft_document(draft), results, sources)
    return Side(f"第{draft.number}稿", version, figures, draft.created)


def settled_between(
    opinions: Iterable[Opinion], old: Draft, new: Draft
) -> dict[str, tuple[int, ...]]:
    """Return the accepted opinions that were settled after ``old`` and by ``new``, by block."""
    found: dict[str, list[int]] = {}
    for one in opinions:
        if one.disposition.verdict not in ("采纳", "部分采纳") or not one.block:
            continue
        settled, made = one.disposition.settled_draft.strip(), one.draft.strip()
        if settled.isdecimal():
            within = old.number < int(settled) <= new.number
        else:
            within = made.isdecimal() and old.number <= int(made) < new.number
        if within:
            found.setdefault(one.block, []).append(one.number)
    return {block: tuple(numbers) for block, numbers in found.items()}
