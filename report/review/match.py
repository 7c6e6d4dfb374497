"""Find for every paragraph of a returned file the block it is: by bookmark, by order, by likeness."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from report.manuscript.carry import align, likeness
from report.review.base import Base, is_copy, own_name
from report.review.model import Placing, Span
from report.review.paper import Paper

ALIKE = 0.5  # a paragraph without a bookmark is one that we sent from this likeness on
_MOST_COMPARED = 60  # paragraphs in a gap that are compared all with all
_SPACES = re.compile(r"[\s\u200b\ufeff\u00ad]+")
_SEPARATE = frozenset({"footnotes", "endnotes"})


@dataclass(frozen=True, slots=True)
class Received:
    """A paragraph as the reviewer received it: the lines of the file that it is now, its text."""

    lines: tuple[int, ...]
    text: str
    part: str


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a received paragraph belongs: the line of the draft (-1: none), and how that was found."""

    base: int
    span: Span
    placing: Placing
    score: float = 1.0
    piece: bool = False  # only a piece of that paragraph: an untracked split


def received(paper: Paper) -> list[Received]:
    """Join the lines of a file into the paragraphs that were sent out, tracked breaks undone."""
    found: list[Received] = []
    run: list[int] = []
    for index, line in enumerate(paper.lines):
        if run and paper.lines[run[-1]].flow != line.flow:
            found.append(_received(paper, run))
            run = []
        run.append(index)
        if not any(one.kind in {"ins", "moveTo"} for one in line.marks):
            found.append(_received(paper, run))
            run = []
    if run:
        found.append(_received(paper, run))
    return found


def _received(paper: Paper, run: Sequence[int]) -> Received:
    text = "".join(paper.lines[index].original for index in run)
    return Received(tuple(run), text, paper.lines[run[0]].part)


def plain(text: str) -> str:
    """Return a text without the white space that programs change on their own."""
    return _SPACES.sub("", text)


def place(paper: Paper, papers: Sequence[Received], base: Base) -> list[Placed | None]:
    """Place every received paragraph; None for those that the draft does not have."""
    found: list[Placed | None] = [None] * len(papers)
    _by_bookmark(paper, papers, base, found)
    for parts in (frozenset({"document"}), _SEPARATE):
        left = [k for k, one in enumerate(papers) if one.part in parts]
        right = [k for k, one in enumerate(base.lines) if one.part in parts]
        _in_gaps(papers, base, found, left, right)
        _by_words(papers, base, found, left, right)
    return found


def _by_bookmark(
    paper: Paper, papers: Sequence[Received], base: Base, found: list[Placed | None]
) -> None:
    rows: dict[str, list[int]] = {}
    for number, line in enumerate(base.lines):
        if line.name:
            rows.setdefault(line.name, []).append(number)
    claims: dict[str, list[int]] = {}
    for index, one in enumerate(papers):
        lines = [paper.lines[i] for i in one.lines]
        names = [own_name(line, base.names, base.blocks) for line in lines]
        copied = all(is_copy(line) for line in lines if line.names)
        name = next((each for each in names if each), "")
        if name in rows and not (copied and not plain(one.text)):
            claims.setdefault(name, []).append(index)
    for name, indices in claims.items():
        wanted = rows[name]
        if len(wanted) == 1 and len(indices) == 1:
            found[indices[0]] = _placed(papers, base, indices[0], wanted[0], "bookmark")
            continue
        pairs = sorted(
            (
                (-likeness(papers[i].text, base.lines[j].text), i, j)
                for i in indices
                for j in wanted
                if not (len(indices) > 1 and not plain(papers[i].text))
            ),
        )
        used: set[int] = set()
        for _score, i, j in pairs:
            if found[i] is None and j not in used:
                found[i] = _placed(papers, base, i, j, "bookmark")
                used.add(j)
        for i in indices:  # the repeated bookmark of an untracked split
            text = plain(papers[i].text)
            if found[i] is None and len(text) > 1:
                whole = next((j for j in wanted if text in plain(base.lines[j].text)), None)
                if whole is not None:
                    found[i] = Placed(whole, base.lines[whole].span, "bookmark", piece=True)


def _placed(
    papers: Sequence[Received], base: Base, index: int, number: int, placing: Placing
) -> Placed:
    line = base.lines[number]
    score = 1.0 if placing == "bookmark" else likeness(papers[index].text, line.text)
    return Placed(number, line.span, placing, score)


def _in_gaps(
    papers: Sequence[Received],
    base: Base,
    found: list[Placed | None],
    left: Sequence[int],
    right: Sequence[int],
) -> None:
    """Pair what stands between two placed paragraphs with what stood between them in the draft."""
    used = {one.base for one in found if one is not None}
    gaps: dict[tuple[int, int], list[int]] = {}
    before = -1
    for position, k in enumerate(left):
        one = found[k]
        if one is not None:
            before = one.base if not one.piece else before
            continue
        following = (found[j] for j in left[position + 1 :])
        after = next((f.base for f in following if f is not None and not f.piece), len(base.lines))
        gaps.setdefault((before, after), []).append(k)
    for (before, after), members in gaps.items():
        span = (before, after) if before < after else (-1, len(base.lines))
        free = [j for j in right if span[0] < j < span[1] and j not in used]
        texts = [papers[k].text for k in members]
        sent = [base.lines[j].text for j in free]
        if len(members) > _MOST_COMPARED and len(free) > _MOST_COMPARED:
            pairs = _equal_then_alike(sent, texts)
        else:
            pairs = align(sent, texts)
        for i, j in pairs:
            found[members[j]] = _placed(papers, base, members[j], free[i], "text")
            used.add(free[i])


def _equal_then_alike(sent: Sequence[str], texts: Sequence[str]) -> list[tuple[int, int]]:
    """Pair two long runs: words that stand once in both first, then what lies between those."""
    places: dict[str, int] = {}
    for number, text in enumerate(sent):
        places[text] = -1 if text in places else number
    pairs: list[tuple[int, int]] = []
    last = -1
    for number, text in enumerate(texts):
        at = places.get(text, -1)
        if at > last and texts.count(text) == 1:
            pairs.append((at, number))
            last = at
    found = list(pairs)
    edges = [(-1, -1), *pairs, (len(sent), len(texts))]
    for (a, b), (c, d) in itertools.pairwise(edges):
        if c - a > 1 and d - b > 1 and (c - a) * (d - b) <= _MOST_COMPARED**2:
            inner = align(sent[a + 1 : c], texts[b + 1 : d])
            found += [(a + 1 + i, b + 1 + j) for i, j in inner]
    return sorted(found)


def _by_words(
    papers: Sequence[Received],
    base: Base,
    found: list[Placed | None],
    left: Sequence[int],
    right: Sequence[int],
) -> None:
    """Pair what moved elsewhere without its bookmark: the same words, or most of them."""
    used = {one.base for one in found if one is not None}
    free = [j for j in right if j not in used and len(plain(base.lines[j].text)) > 5]
    for k in left:
        text = plain(papers[k].text)
        if found[k] is not None or len(text) < 6:
            continue
        same = next((j for j in free if plain(base.lines[j].text) == text), None)
        if same is None and len(text) >= 15:
            scores = [(likeness(text, plain(base.lines[j].text)), j) for j in free[:400]]
            best = max(scores, default=(0.0, -1))
            same = best[1] if best[0] >= ALIKE else None
        if same is not None:
            found[k] = _placed(papers, base, k, same, "text")
            free.remove(same)
