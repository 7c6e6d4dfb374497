"""Read a returned file against the draft it was made from: every mark with the block it is about."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from report.review.base import Base
from report.review.changes import Raw, find_changes
from report.review.comments import read_comments
from report.review.lines import read_lines
from report.review.match import Placed, Received, place, plain, received
from report.review.model import Mark, Match, Returned, Span
from report.review.opened import Opened, open_returned
from report.review.paper import Paper
from report.review.remarks import place_comments

_WHOLE = frozenset({"paragraph-deletion", "row-deletion", "cell-deletion"})


@dataclass(frozen=True, slots=True)
class Read:
    """A returned file's marks, each with its match, in reading order."""

    returned: Returned
    matches: tuple[Match, ...]

    def __iter__(self) -> Iterator[tuple[Mark, Match]]:
        return zip(self.returned.marks, self.matches, strict=True)


def read_returned(data: bytes, name: str, base: Base) -> Read:
    """Read the marks of a file that was made from the draft of ``base``; OutputError if it is unsafe.

    Everything a reviewer did is told: comments, tracked changes, and words that differ from the draft
    without being tracked. What cannot be placed has the placing ``unplaced``.
    """
    return read_opened(open_returned(data, name), hashlib.sha256(data).hexdigest(), base)


def read_opened(opened: Opened, sha256: str, base: Base) -> Read:
    """Read the marks of an opened file."""
    paper = read_lines(opened)
    papers = received(paper)
    placing = _Placing(paper, papers, place(paper, papers, base), base)
    raws = [*place_comments(paper, read_comments(opened)), *find_changes(paper)]
    pairs = [placing.mark(raw) for raw in raws] + list(placing.untracked())
    marks, matches = _identified(pairs, raws)
    return Read(Returned(opened.name, sha256, opened.draft, marks), matches)


def likeness_of(opened: Opened, base: Base) -> float:
    """Return which share of a file's longer paragraphs the draft has word for word."""
    sent = {plain(line.text) for line in base.lines if len(line.text) > 15}
    texts = [plain(one.text) for one in received(read_lines(opened)) if len(one.text) > 15]
    return sum(text in sent for text in texts) / len(texts) if texts else 0.0


class _Placing:
    """Turns lines of one file into blocks of the draft."""

    def __init__(
        self, paper: Paper, papers: Sequence[Received], found: Sequence[Placed | None], base: Base
    ) -> None:
        self._paper, self._papers, self._found, self._base = paper, papers, found, base
        self._owner = {line: k for k, one in enumerate(papers) for line in one.lines}

    def mark(self, raw: Raw) -> tuple[Mark, Match]:
        """Place a mark that the file itself makes."""
        spans: list[Span] = []
        placings: list[Placed] = []
        for index, start, end in raw.places:
            located = self._span(index, start, end)
            if located is not None:
                span, placed = located
                spans.append(span)
                placings.append(placed)
        match = self._match(raw, spans, placings)
        first = raw.places[0][0] if raw.places else -1
        before, after = self._texts(first) if first >= 0 else ("", "")
        part = self._paper.lines[first].part if first >= 0 else "document"
        if raw.kind == "paragraph-insertion":
            after = raw.text
        note = raw.note
        if raw.kind == "move" and raw.after >= 0:
            target = self._after(raw.after)
            note = f"移至{target.block}处" if target is not None else "移动"
        mark = Mark(
            "",
            raw.kind,
            raw.author,
            raw.date,
            raw.text,
            raw.quoted,
            match.spans,
            raw.parent,
            raw.resolved,
            before,
            after,
            self._around(first if first >= 0 else raw.after),
            part,
            note,
        )
        return mark, match

    def _match(self, raw: Raw, spans: list[Span], placings: list[Placed]) -> Match:
        if spans:
            worst = min(placings, key=lambda one: one.score)
            way = "bookmark" if all(p.placing == "bookmark" for p in placings) else "text"
            return Match(way, tuple(dict.fromkeys(spans)), worst.score)  # type: ignore[arg-type]
        if raw.places:
            after = self._after(raw.places[0][0])
            if after is not None:
                return Match("after", (after,), 0.8, "标在新增段落上")
        elif raw.after >= 0:
            after = self._after(raw.after)
            if after is not None:
                return Match("after", (after,))
        elif raw.kind in {"paragraph-insertion", "row-insertion"}:
            return Match("unplaced", (), 0.0, "位于全文之首")
        return Match("unplaced", (), 0.0, "未找到对应段落")

    def _span(self, index: int, start: int, end: int) -> tuple[Span, Placed] | None:
        """Return the block of a line and offsets into its own text, its printed label left out."""
        k = self._owner.get(index)
        placed = self._found[k] if k is not None else None
        if k is None or placed is None or not placed.span.block:
            return None
        line = self._base.lines[placed.base]
        group = self._papers[k]
        shift = sum(
            len(self._paper.lines[i].original) for i in group.lines[: group.lines.index(index)]
        )
        if placed.piece:
            shift += max(line.text.find(group.text), 0)
        own = bool(line.name)
        label = line.label
        if not own and line.part == "document":
            return replace(placed.span, start=-1, end=-1), placed
        if line.part != "document":
            return replace(placed.span, start=-1, end=-1), placed
        first, last = max(start + shift - label, 0), max(end + shift - label, 0)
        return replace(placed.span, start=first, end=last), placed

    def _after(self, index: int) -> Span | None:
        """Return the nearest placed block at or before a line."""
        for i in range(min(index, len(self._paper.lines) - 1), -1, -1):
            k = self._owner[i]
            placed = self._found[k]
            if placed is not None and placed.span.block and placed.base >= 0:
                return Span(placed.span.block, placed.span.row, placed.span.column)
        return None

    def _texts(self, index: int) -> tuple[str, str]:
        """Return the whole paragraph without and with its changes, its label left out."""
        k = self._owner[index]
        group = self._papers[k]
        placed = self._found[k]
        label = self._base.lines[placed.base].label if placed and placed.base >= 0 else 0
        final = ""
        for number, i in enumerate(group.lines):
            ended = any(one.kind in {"ins", "moveTo"} for one in self._paper.lines[i].marks)
            last = number == len(group.lines) - 1
            final += self._paper.lines[i].final + ("\n" if ended and not last else "")
        return group.text[label:], final[label:] if final.startswith(group.text[:label]) else final

    def _around(self, index: int) -> str:
        if not 0 <= index < len(self._paper.lines):
            return ""
        line = self._paper.lines[index]
        return (line.original or line.final)[:120]

    # ------------------------------------------------------------ without marks

    def untracked(self) -> Iterator[tuple[Mark, Match]]:
        """Tell of words that differ from the draft without a mark."""
        pieces: dict[int, list[int]] = {}
        for k, placed in enumerate(self._found):
            if placed is not None and placed.base >= 0:
                pieces.setdefault(placed.base, []).append(k)
        for number, line in enumerate(self._base.lines):
            if not line.compared:
                continue
            held = pieces.get(number)
            if held is None:
                if plain(line.text) and line.span.block:
                    yield self._gone(line.text, line.span, line.label)
                continue
            text = "".join(self._papers[k].text for k in held)
            if len(held) > 1:
                yield self._differs(
                    line.text, "\n".join(self._papers[k].text for k in held), held[0], "段落拆分"
                )
            elif plain(text) != plain(line.text):
                yield self._differs(line.text, text, held[0], "")
        for k, placed in enumerate(self._found):
            one = self._papers[k]
            lines = [self._paper.lines[i] for i in one.lines]
            fresh = placed is None and one.part == "document" and plain(one.text)
            if (
                fresh
                and not any(line.formula or line.generated for line in lines)
                and not self._in_contents(k)
            ):
                yield self._new(one)

    def _in_contents(self, k: int) -> bool:
        """Whether a paragraph stands within a generated list, which programs write anew."""
        before = self._after(self._papers[k].lines[0])
        entry = self._base.blocks.get(before.block) if before else None
        return entry is not None and entry.kind == "contents"

    def _differs(self, sent: str, got: str, k: int, note: str) -> tuple[Mark, Match]:
        placed = self._found[k]
        assert placed is not None
        line = self._base.lines[placed.base]
        start, end, new = difference(sent, got)
        own = bool(line.name) and line.part == "document"
        span = (
            replace(line.span, start=max(start - line.label, 0), end=max(end - line.label, 0))
            if own
            else line.span
        )
        mark = Mark(
            "", "untracked", text=new, quoted=sent[start:end], spans=(span,),
            before=sent[line.label :], after=got[line.label :], part=line.part, note=note,
        )  # fmt: skip
        if not span.block:
            return mark, Match("unplaced", (), 0.0, "未找到对应段落")
        return mark, Match(placed.placing, (span,), placed.score)

    def _gone(self, text: str, span: Span, label: int) -> tuple[Mark, Match]:
        where = replace(span, start=0, end=len(text) - label)
        mark = Mark("", "untracked-deletion", quoted=text, spans=(where,), before=text[label:])
        return mark, Match("text", (where,))

    def _new(self, one: Received) -> tuple[Mark, Match]:
        after = self._after(one.lines[0])
        mark = Mark("", "untracked-insertion", text=one.text, after=one.text, anchor=one.text[:120])
        if after is None:
            return mark, Match("unplaced", (), 0.0, "位于全文之首")
        return replace(mark, spans=(after,)), Match("after", (after,))


def difference(sent: str, got: str) -> tuple[int, int, str]:
    """Return the smallest stretch of ``sent`` that was changed, and what stands there now."""
    limit = min(len(sent), len(got))
    start = next((i for i in range(limit) if sent[i] != got[i]), limit)
    back = 0
    while back < limit - start and sent[-1 - back] == got[-1 - back]:
        back += 1
    return start, len(sent) - back, got[start : len(got) - back]


def _identified(
    pairs: Sequence[tuple[Mark, Match]], raws: Sequence[Raw]
) -> tuple[tuple[Mark, ...], tuple[Match, ...]]:
    """Give every mark its fingerprint, made of what it is, not of the file; replies name their parent's."""
    seen: dict[str, int] = {}
    marks: list[Mark] = []
    by_comment: dict[str, str] = {}
    for number, (mark, _match) in enumerate(pairs):
        parts = (mark.kind, mark.author, mark.date, mark.text, mark.quoted, mark.before, mark.note)
        key = "\x1f".join(parts)
        seen[key] = seen.get(key, 0) + 1
        digest = hashlib.sha256(f"{key}\x1f{seen[key]}".encode()).hexdigest()[:16]
        marks.append(replace(mark, id=digest))
        if number < len(raws) and raws[number].comment:
            by_comment[raws[number].comment] = digest
    joined = [replace(mark, parent=by_comment.get(mark.parent, "")) for mark in marks]
    return tuple(joined), tuple(match for _mark, match in pairs)
