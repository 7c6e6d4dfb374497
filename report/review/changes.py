"""From lines to marks: tracked changes gathered as a person would tell them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from report.review.model import MarkKind
from report.review.paper import Line, Paper, Piece, Revision

_GONE = {"del", "moveFrom"}
_COME = {"ins", "moveTo"}


@dataclass(frozen=True, slots=True)
class Raw:
    """A mark by lines of its file: ``places`` are (line, start, end) in the original text."""

    kind: MarkKind
    author: str
    date: str
    text: str = ""
    quoted: str = ""
    places: tuple[tuple[int, int, int], ...] = ()
    comment: str = ""  # the comment's id
    parent: str = ""
    resolved: bool = False
    note: str = ""
    after: int = -1  # the line that a new paragraph follows; -1 where that is not the point


@dataclass(slots=True)
class _Taken:
    """Changes that a larger mark already tells of: elements of revisions."""

    elements: set[int] = field(default_factory=set)

    def take(self, revisions: Iterable[Revision | None]) -> None:
        self.elements.update(one.element for one in revisions if one is not None)

    def __contains__(self, one: Revision) -> bool:
        return one.element in self.elements


def find_changes(paper: Paper) -> list[Raw]:
    """Return every tracked change of a file, larger ones (rows, paragraphs, moves) before their words."""
    taken = _Taken()
    found = [
        *_rows(paper.lines, taken),
        *_moves(paper.lines, taken),
        *_paragraphs(paper.lines, taken),
    ]
    for index, line in enumerate(paper.lines):
        found += _words(index, line, taken)
        found += _formats(index, line)
    found += [
        Raw("format", change.author, change.date, note=name, places=_whole(paper.lines, (line,)))
        for name, change, line in paper.others
    ]
    found += _left(paper.lines, taken)
    return sorted(found, key=lambda raw: raw.places[0] if raw.places else (len(paper.lines), 0, 0))


def _whole(lines: Sequence[Line], indices: Iterable[int]) -> tuple[tuple[int, int, int], ...]:
    return tuple((i, 0, len(lines[i].original)) for i in indices if 0 <= i < len(lines))


# ---------------------------------------------------------------- rows and cells


def _rows(lines: Sequence[Line], taken: _Taken) -> Iterator[Raw]:
    rows: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if line.cell and (change := line.cell.row_change or line.cell.cell_change):
            rows.setdefault(change.element, []).append(index)
    for indices in rows.values():
        cell = lines[indices[0]].cell
        assert cell is not None
        change = cell.row_change or cell.cell_change
        assert change is not None
        whole_row = cell.row_change is not None
        come = change.kind in {"ins", "cellIns"}
        kind: MarkKind = (
            ("row-insertion" if come else "row-deletion")
            if whole_row
            else ("cell-insertion" if come else "cell-deletion")
        )
        for i in indices:
            wanted = _COME if come else _GONE
            taken.take(one for one in _revisions(lines[i]) if one.kind in wanted)
        texts = [lines[i].final if come else lines[i].original for i in indices]
        text = " | ".join(texts)
        previous = max((i for i in range(indices[0]) if lines[i].part == "document"), default=-1)
        yield Raw(
            kind,
            change.author,
            change.date,
            text if come else "",
            "" if come else text,
            () if come else _whole(lines, indices),
            after=previous if come else -1,
        )


def _revisions(line: Line) -> Iterator[Revision]:
    yield from line.marks
    for piece in line.pieces:
        yield from piece.revisions


# ---------------------------------------------------------------- moves


def _moves(lines: Sequence[Line], taken: _Taken) -> Iterator[Raw]:
    ends: dict[str, tuple[list[tuple[int, int]], list[tuple[int, int]]]] = {}
    changes: dict[str, Revision] = {}
    for index, line in enumerate(lines):
        for at, piece in enumerate(line.pieces):
            for one in piece.revisions:
                if one.kind in {"moveFrom", "moveTo"} and one not in taken:
                    name = one.move or f"{one.kind}:{index}"
                    ends.setdefault(name, ([], []))[one.kind == "moveTo"].append((index, at))
                    changes.setdefault(name, one)
    _join_by_text(lines, ends)
    for name, (come_from, gone_to) in ends.items():
        change = changes[name]
        for index, at in (*come_from, *gone_to):
            revisions = lines[index].pieces[at].revisions
            taken.take(one for one in revisions if one.kind in {"moveFrom", "moveTo"})
            taken.take(one for one in lines[index].marks if one.kind in {"moveFrom", "moveTo"})
        quoted, text = _joined(lines, come_from), _joined(lines, gone_to)
        target = gone_to[0][0] if gone_to else -1
        source = come_from or gone_to
        yield Raw(
            "move",
            change.author,
            change.date,
            text,
            quoted,
            _places(lines, source),
            after=target,
        )


def _join_by_text(
    lines: Sequence[Line],
    ends: dict[str, tuple[list[tuple[int, int]], list[tuple[int, int]]]],
) -> None:
    """Join two ends without a common name by their equal words."""
    for name in [name for name, (source, target) in ends.items() if source and not target]:
        words = _joined(lines, ends[name][0])
        for other, (source, target) in list(ends.items()):
            if not source and target and _joined(lines, target) == words:
                ends[name][1].extend(target)
                del ends[other]
                break


def _joined(lines: Sequence[Line], places: Sequence[tuple[int, int]]) -> str:
    text, last = "", None
    for index, at in places:
        if last is not None and index != last:
            text += "\n"
        text, last = text + lines[index].pieces[at].text, index
    return text


def _places(
    lines: Sequence[Line], pieces: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int, int], ...]:
    spans: dict[int, tuple[int, int]] = {}
    for index, at in pieces:
        line = lines[index]
        start = line.offset(at)
        end = start + (len(line.pieces[at].text) if line.pieces[at].original else 0)
        first, last = spans.get(index, (start, end))
        spans[index] = (min(first, start), max(last, end))
    return tuple((index, start, end) for index, (start, end) in sorted(spans.items()))


# ---------------------------------------------------------------- paragraphs


def _paragraphs(lines: Sequence[Line], taken: _Taken) -> Iterator[Raw]:
    for chain in _chains(lines, _COME, taken):
        kept = [i for i in chain if lines[i].original or lines[i].has_object]
        base = kept[0] if kept else chain[-1]
        yield from _new_paragraphs(lines, chain, {*kept, base}, taken)
        for first, second in itertools.pairwise(kept):
            change = next(one for one in lines[second - 1].marks if one.kind in _COME)
            taken.take([change])
            yield Raw(
                "split",
                change.author,
                change.date,
                lines[second].original,
                lines[first].original + lines[second].original,
                _whole(lines, (first, second)),
            )
    for chain in _chains(lines, _GONE, taken):
        kept = [i for i in chain if lines[i].final]
        for i in chain:
            if i not in kept and lines[i].original:
                change = _change_of(lines, chain, i, _GONE)
                taken.take(one for one in _revisions(lines[i]) if one.kind in _GONE)
                yield Raw(
                    "paragraph-deletion",
                    change.author,
                    change.date,
                    "",
                    lines[i].original,
                    _whole(lines, (i,)),
                )
        for first, second in itertools.pairwise(kept):
            change = next(one for one in lines[first].marks if one.kind in _GONE)
            yield Raw(
                "merge",
                change.author,
                change.date,
                lines[first].final + lines[second].final,
                lines[first].original + "\n" + lines[second].original,
                _whole(lines, (first, second)),
            )
        for i in chain:
            taken.take(one for one in lines[i].marks if one.kind in _GONE)


def _new_paragraphs(
    lines: Sequence[Line], chain: Sequence[int], kept: set[int], taken: _Taken
) -> Iterator[Raw]:
    for i in chain:
        if i in kept:
            continue
        change = _change_of(lines, chain, i, _COME)
        taken.take(one for one in _revisions(lines[i]) if one.kind in _COME)
        yield Raw(
            "paragraph-insertion",
            change.author,
            change.date,
            lines[i].final,
            after=next((j for j in range(i - 1, -1, -1) if lines[j].original), -1),
        )
    for i in chain[:-1]:
        marks = [one for one in lines[i].marks if one.kind in _COME]
        if len(kept) < 2:
            taken.take(marks)


def _change_of(
    lines: Sequence[Line], chain: Sequence[int], index: int, kinds: set[str]
) -> Revision:
    """Return the change that speaks for a paragraph: of its words, its end, or its neighbour's end."""
    around = [*_revisions(lines[index]), *(one for i in chain for one in lines[i].marks)]
    return next(one for one in around if one.kind in kinds)


def _chains(lines: Sequence[Line], kinds: set[str], taken: _Taken) -> Iterator[list[int]]:
    """Yield runs of paragraphs whose ends (all but the last one's) were put in or taken out."""
    chain: list[int] = []
    for index, line in enumerate(lines):
        marked = any(one.kind in kinds and one not in taken for one in line.marks)
        if chain and line.flow != lines[chain[-1]].flow:
            if chain:
                yield chain
            chain = []
        if marked or chain:
            chain.append(index)
        if chain and not marked:
            yield chain
            chain = []
    if chain:
        yield chain


# ---------------------------------------------------------------- words


@dataclass(slots=True)
class _Run:
    kind: str
    author: str
    date: str
    pieces: list[int]
    first: int
    last: int


def _words(index: int, line: Line, taken: _Taken) -> Iterator[Raw]:
    runs: list[_Run] = []
    own: list[Revision] = []  # one insertion may hold several runs of words
    for at, piece in enumerate(line.pieces):
        for one in piece.revisions:
            if one in taken or not (piece.text or piece.object):
                continue
            kind = "ins" if one.kind in _COME else "del"
            same = next(
                (
                    run
                    for run in reversed(runs)
                    if run.kind == kind and run.author == one.author and run.last == at - 1
                ),
                None,
            )
            if same:
                same.pieces.append(at)
                same.last = at
            else:
                runs.append(_Run(kind, one.author, one.date, [at], at, at))
            own.append(one)
    taken.take(own)
    used: set[int] = set()
    for number, run in enumerate(runs):
        if number in used:
            continue
        partner = next(
            (
                other
                for other in range(number + 1, len(runs))
                if other not in used
                and runs[other].kind != run.kind
                and runs[other].author == run.author
                and runs[other].first == run.last + 1
            ),
            None,
        )
        if partner is not None:
            used.add(partner)
            yield _replacement(index, line, run, runs[partner])
        else:
            yield _single(index, line, run)


def shown(pieces: Sequence[Piece]) -> str:
    """Return the text of runs, a picture as its sign."""
    return "".join(piece.text or ("［图］" if piece.object else "") for piece in pieces)


def _replacement(index: int, line: Line, one: _Run, other: _Run) -> Raw:
    gone, come = (one, other) if one.kind == "del" else (other, one)
    places = _places([line], [(0, at) for at in gone.pieces])
    return Raw(
        "replacement",
        gone.author,
        max(gone.date, come.date),
        shown([line.pieces[at] for at in come.pieces]),
        shown([line.pieces[at] for at in gone.pieces]),
        tuple((index, start, end) for _i, start, end in places),
    )


def _single(index: int, line: Line, run: _Run) -> Raw:
    text = shown([line.pieces[at] for at in run.pieces])
    places = _places([line], [(0, at) for at in run.pieces])
    spans = tuple((index, start, end) for _i, start, end in places)
    if run.kind == "ins":
        return Raw("insertion", run.author, run.date, text, "", spans)
    return Raw("deletion", run.author, run.date, "", text, spans)


def _formats(index: int, line: Line) -> Iterator[Raw]:
    """Yield one mark for each run of reformatted words, and one for the paragraph."""
    whole = [change for change, at in line.formats if at < 0]
    if whole:
        yield Raw(
            "format", whole[0].author, whole[0].date, "", line.original,
            ((index, 0, len(line.original)),), note="段落格式",
        )  # fmt: skip
    groups: list[tuple[Revision, list[int]]] = []
    for change, at in line.formats:
        if at < 0:
            continue
        if groups and groups[-1][0].author == change.author and groups[-1][1][-1] >= at - 1:
            groups[-1][1].append(at)
        else:
            groups.append((change, [at]))
    for change, pieces in groups:
        held = [at for at in pieces if at < len(line.pieces)]
        spans = _places([line], [(0, at) for at in held])
        yield Raw(
            "format",
            change.author,
            change.date,
            "",
            shown([line.pieces[at] for at in held]),
            tuple((index, start, end) for _i, start, end in spans),
            note="文字格式",
        )


def _left(lines: Sequence[Line], taken: _Taken) -> Iterator[Raw]:
    """Tell of changes that nothing else told of, so that none is dropped."""
    for index, line in enumerate(lines):
        for one in line.marks:
            if one not in taken:
                kind: MarkKind = "insertion" if one.kind in _COME else "deletion"
                yield Raw(
                    kind, one.author, one.date, "", "", _whole(lines, (index,)), note="段落标记"
                )
