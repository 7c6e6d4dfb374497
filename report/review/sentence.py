"""What a changed sentence changes: static prose that can be edited, or what data put there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Literal, TypeAlias

from report.document.model import (
    Break,
    Emphasis,
    FactUse,
    Footnote,
    Inline,
    Link,
    Math,
    Number,
    Ref,
    Strong,
    Structural,
    Text,
    Verbatim,
    Word,
)
from report.document.text import inline_text
from report.errors import Place
from report.review.words import NUMBER, steps, words

Hindrance: TypeAlias = Literal[
    "number",  # a computed number
    "claim",  # words that stand under a condition
    "word",  # words, names or orders chosen by data
    "fact",  # a cited fact
    "reference",  # 图1-1, 第二章
    "structure",  # a year, a count of the report's own
    "typed",  # the new words hold a number, or cannot be written in a template
    "formula",
    "break",
    "place",  # nobody knows which line these words come from, or there are none to edit
]


@dataclass(frozen=True, slots=True)
class Run:
    """A printed inline of a sentence: where in its text it stands, and what it is."""

    start: int
    end: int
    inline: Inline

    @property
    def origin(self) -> Place | None:
        """The template line it was written in, where it is static prose."""
        return self.inline.origin if isinstance(self.inline, Text) else None


@dataclass(frozen=True, slots=True)
class Replacement:
    """Replace ``old`` by ``new`` at ``offset`` of the static run with index ``run``."""

    run: int
    offset: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A changed place that no template may be edited for: what is printed there, and why not.

    ``keys`` are the addresses of the value that is printed, or of the nearest ones.
    """

    why: Hindrance
    text: str
    wanted: str
    keys: tuple[str, ...] = ()


def printed(inlines: Sequence[Inline]) -> tuple[Run, ...]:
    """Return the runs of a sentence in reading order; footnotes have no width."""
    return tuple(_printed(inlines, 0))


def _printed(inlines: Sequence[Inline], start: int) -> Iterator[Run]:
    for inline in inlines:
        if isinstance(inline, Strong | Emphasis | Link):
            for run in _printed(inline.inlines, start):
                yield run
                start = run.end
        elif not isinstance(inline, Footnote):
            end = start + len(inline_text(inline))
            yield Run(start, end, inline)
            start = end


def replacements(
    runs: Sequence[Run], text: str, wanted: str
) -> tuple[tuple[Replacement, ...], tuple[Refused, ...]]:
    """Split the way from ``text`` to ``wanted`` into edits of static prose and what is refused."""
    made: list[Replacement] = []
    refused: list[Refused] = []
    for start, end, new in _ranges(text, wanted):
        hindered = _hindrance(runs, start, end, new, text)
        if hindered is not None:
            refused.append(hindered)
        else:
            made += _within(runs, start, end, new)
    return tuple(made), tuple(refused)


def _ranges(text: str, wanted: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, new words): word by word first, then without the characters both share."""
    before, after = words(text), words(wanted)
    places = list(accumulate((len(word) for word in before), initial=0))
    for op, i1, i2, j1, j2 in steps(before, after):
        if op == "equal":
            continue
        old, new = text[places[i1] : places[i2]], "".join(after[j1:j2])
        most = min(len(old), len(new))
        head = next((n for n in range(most) if old[n] != new[n]), most)
        rest = most - head
        tail = next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)
        yield places[i1] + head, places[i2] - tail, new[head : len(new) - tail]


_WHY: tuple[tuple[type, Hindrance], ...] = (
    (Number, "number"), (FactUse, "fact"), (Ref, "reference"), (Structural, "structure"),
    (Verbatim, "typed"), (Math, "formula"), (Break, "break"),
)  # fmt: skip


def _hindrance(runs: Sequence[Run], start: int, end: int, new: str, text: str) -> Refused | None:
    """Return why a range may not be edited, or None where all of it is static prose."""
    for run in runs:
        inside = start == end and run.start < start < run.end
        if not (inside or (run.start < end and start < run.end)):
            continue
        inline, said = run.inline, text[run.start : run.end]
        if isinstance(inline, Word):
            return Refused("claim" if inline.kind == "claim" else "word", said, new, inline.keys)
        for kind, name in _WHY:
            if isinstance(inline, kind):
                keys = (inline.quantity.key,) if isinstance(inline, Number) else ()
                return Refused(name, said, new, keys)
        if run.origin is None or not run.origin.line:
            return Refused("place", said, new)
    if NUMBER.search(new):
        return Refused("typed", text[start:end], new, _near(runs, start, end))
    if start == end and not _at(runs, start):
        return Refused("place", "", new, _near(runs, start, end))
    return None


def _near(runs: Sequence[Run], start: int, end: int) -> tuple[str, ...]:
    """Return the keys of the numbers next to a range: what a typed number is probably about."""
    found = [
        (max(run.start - end, start - run.end, 0), run.inline.quantity.key)
        for run in runs
        if isinstance(run.inline, Number)
    ]
    return tuple(key for _far, key in sorted(found)[:2])


def _at(runs: Sequence[Run], place: int) -> list[int]:
    """Return the static runs that hold ``place`` or end or begin there."""
    return [
        n
        for n, run in enumerate(runs)
        if run.origin is not None and run.origin.line and run.start <= place <= run.end
    ]


def _within(runs: Sequence[Run], start: int, end: int, new: str) -> Iterator[Replacement]:
    """Share a range among the static runs it covers; the new words go to the first."""
    covered = [n for n, run in enumerate(runs) if run.start < end and start < run.end]
    for n in covered or _at(runs, start)[:1]:
        run = runs[n]
        a, b = max(start, run.start), min(end, run.end)
        held = inline_text(run.inline)
        b = max(a, b)
        yield Replacement(n, a - run.start, held[a - run.start : b - run.start], new)
        new = ""


def located(line: str, text: str, offset: int, before: str) -> list[int]:
    """Find the ``offset``-th character of ``text`` among the printed characters of a template line.

    Likeliest first. ``before`` is what the line printed before it. A text that joins several passages
    of the line, with tags between, is found by aligning both.
    """
    found: list[int] = []
    place = line.find(text) if text else -1
    while place >= 0:
        found.append(place + offset)
        place = line.find(text, place + 1)
    wanted = len(before) + offset
    matcher = SequenceMatcher(None, before + text, line, autojunk=False)
    for a, b, size in matcher.get_matching_blocks():
        if size and a <= wanted <= a + size:
            found.append(b + wanted - a)
    return sorted(dict.fromkeys(found), key=lambda at: abs(at - wanted))
