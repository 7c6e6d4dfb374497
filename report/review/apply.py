"""Applying accepted wording: from a reviewer's sentence to the template line it came from, or a refusal."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise, product
from pathlib import Path
from typing import Literal, TypeAlias

from report.document.model import Callout, Document, Figure, Heading, Inline, Paragraph, Table
from report.document.text import inline_text, run_text
from report.errors import Place, ReportError
from report.review.carrying import carried, merged_text
from report.review.gridded import grid
from report.review.literal import Glyph, Unwritable, glyphs, prose
from report.review.sentence import Refused, Replacement, Run, located, printed, replacements

Status: TypeAlias = Literal["applied", "already", "refused", "conflict", "unplaced"]
Composer: TypeAlias = Callable[[Path], Document]
_Cut: TypeAlias = tuple[str, int, int, str]  # file, start, end, the words instead
_MOST_TRIES = 12


@dataclass(frozen=True, slots=True)
class Wanted:
    """An accepted change of wording: a block (in a table, a cell) and how it should read.

    ``before`` is the whole text the reviewer had before him, ``after`` the text he wants.
    """

    opinion: int
    block: str
    before: str
    after: str
    row: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an accepted change.

    ``refused`` holds what data put there (``status`` refused); ``place`` the template line; ``others``
    the other blocks that the same line prints and that changed with it.
    """

    opinion: int
    status: Status
    reason: str = ""
    place: Place | None = None
    text: str = ""
    refused: tuple[Refused, ...] = ()
    others: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)  # place's file → new text


def runs_of(
    document: Document, block: str, row: int = 0, column: int = 0
) -> tuple[Inline, ...] | None:
    """Return the run of inlines that a change is about; None where the document has none there."""
    for one in document.blocks():
        if one.id == block:
            match one:
                case Heading() | Paragraph():
                    return one.inlines
                case Callout():
                    return one.title
                case Table() if row:
                    cells = grid(one).cells
                    if row <= len(cells) and 0 < column <= len(cells[row - 1]):
                        return cells[row - 1][column - 1].inlines
                case Table() | Figure():
                    return one.caption
    return None


class Applier:
    """Applies changes one after another to the templates as they are now.

    ``draft`` is the document the opinions are about and ``sources`` the templates it was made from, by
    the names that places have; ``templates`` the project's folder; ``compose`` makes a document from
    a folder of templates.
    """

    def __init__(
        self, draft: Document, sources: Mapping[str, str], templates: Path, compose: Composer
    ) -> None:
        self._draft = draft
        self._sources = sources
        self._templates = templates
        self._compose = compose
        self._now = compose(templates)

    def apply(self, wanted: Wanted) -> Outcome:
        """Write one change into its template, verified by composing anew; nothing is written else."""
        inlines = runs_of(self._draft, wanted.block, wanted.row, wanted.column)
        if inlines is None:
            return Outcome(wanted.opinion, "unplaced", "the draft has no such text")
        text = run_text(inlines)
        goal = aimed(text, wanted.before, wanted.after)
        if goal is None:
            return Outcome(wanted.opinion, "unplaced", "the opinion's text is not the draft's")
        if goal == text:
            return Outcome(wanted.opinion, "already", text=text)
        runs = printed(inlines)
        made, refused = replacements(runs, text, goal)
        refused += tuple(self._elsewhere(runs, made))
        if refused:
            return Outcome(wanted.opinion, "refused", text=text, refused=refused)
        current = runs_of(self._now, wanted.block, wanted.row, wanted.column)
        shown = run_text(current) if current is not None else text
        if shown == goal:
            return Outcome(wanted.opinion, "already", text=shown)
        expected = goal if shown == text else merged_text(text, shown, goal)
        if expected is None:
            return self._conflict(wanted, runs, made, shown)
        return self._written(wanted, runs, made, expected)

    def _written(
        self, wanted: Wanted, runs: Sequence[Run], made: Sequence[Replacement], expected: str
    ) -> Outcome:
        place = runs[made[0].run].origin
        try:
            spans = [self._spans(runs, one) for one in made]
        except Unwritable as error:
            refused = tuple(Refused("typed", one.old, one.new) for one in made)
            return Outcome(wanted.opinion, "refused", str(error), place, expected, refused)
        if any(one and all(span is None for span in one) for one in spans):
            return self._conflict(wanted, runs, made, expected)
        ways = islice(product(*([s for s in one if s is not None] for one in spans)), _MOST_TRIES)
        for way in ways:
            files = self._edited(way)
            after = self._tried(files)
            if after is None:
                continue
            found = runs_of(after, wanted.block, wanted.row, wanted.column)
            if found is not None and run_text(found) == expected:
                others = self._others(after, wanted.block)
                self._put(files)
                self._now = after
                return Outcome(wanted.opinion, "applied", "", place, expected, (), others, files)
        return Outcome(
            wanted.opinion,
            "unplaced",
            "no edit of the line gives exactly this sentence",
            place,
            expected,
        )

    # ------------------------------------------------------------ where to write

    def _elsewhere(self, runs: Sequence[Run], made: Sequence[Replacement]) -> Iterator[Refused]:
        """Yield the places that stand in other files than templates (an edition's YAML)."""
        for one in made:
            place = runs[one.run].origin
            if place is None or self._path(place.file) is None:
                yield Refused(
                    "place", f"{one.old or inline_text(runs[one.run].inline)} ({place})", one.new
                )

    def _spans(self, runs: Sequence[Run], one: Replacement) -> list[tuple[_Cut, ...] | None]:
        """Return the likeliest places for a replacement in the templates of now: file, span, words.

        None stands for a place that was itself rewritten since the draft.
        """
        run = runs[one.run]
        place = run.origin
        assert place is not None
        base = self._sources.get(place.file)
        now = self._read(place.file)
        if base is None or now is None:
            return []
        line = glyphs(base).get(place.line, ())
        held = inline_text(run.inline)
        same = (r for r in runs[: one.run] if r.origin == place)
        before = "".join(inline_text(r.inline) for r in same)
        found: list[tuple[_Cut, ...] | None] = []
        for at in located("".join(glyph.sign for glyph in line), held, one.offset, before):
            cuts: list[_Cut] | None = []
            new = prose(one.new)
            for span in _span(line, at, len(one.old), one.old):
                moved = carried(base, now, *span)
                if moved is None or cuts is None:
                    cuts = None
                    continue
                cuts.append((place.file, *moved, new))
                new = ""
            if cuts != []:
                found.append(None if cuts is None else tuple(cuts))
        return found

    def _edited(self, way: Sequence[tuple[_Cut, ...]]) -> dict[str, str]:
        files: dict[str, str] = {}
        cuts = [cut for cuts in way for cut in cuts]
        for file, start, end, new in sorted(cuts, key=lambda one: (one[0], -one[1])):
            text = files.get(file) or self._read(file) or ""
            files[file] = text[:start] + new + text[end:]
        return files

    def _tried(self, files: Mapping[str, str]) -> Document | None:
        """Compose with edited files in a copy of the templates; None where that fails."""
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / self._templates.name
            shutil.copytree(self._templates, copy)
            for name, text in files.items():
                _write(copy.parent / name, text)
            try:
                return self._compose(copy)
            except ReportError:
                return None

    def _others(self, after: Document, block: str) -> tuple[str, ...]:
        """Name the other blocks that changed with this one."""
        from report.review.diff import diff  # noqa: PLC0415 - only once something was applied

        changed = (c.id for c in diff(self._now, after) if c.what != "contents")
        return tuple(one for one in dict.fromkeys(changed) if one != block)

    # ------------------------------------------------------------ conflicts

    def _conflict(
        self, wanted: Wanted, runs: Sequence[Run], made: Sequence[Replacement], shown: str
    ) -> Outcome:
        """Leave the reviewer's words beside the passage that was rewritten meanwhile, as a comment."""
        place = runs[made[0].run].origin
        outcome = Outcome(wanted.opinion, "conflict", "the template was rewritten", place, shown)
        now = self._read(place.file) if place is not None else None
        if place is None or now is None:
            return outcome
        line = _line_now(self._sources.get(place.file, ""), now, place.line)
        words_ = "；".join(f"“{one.old}”拟改为“{one.new}”" for one in made)
        said = f"第{wanted.opinion}号意见未能并入（此处模板已另行修改）：{words_}".replace(
            "##}", "## }"
        )
        lines = now.splitlines(keepends=True)
        comment = f"{{## {said} ##}}\n"
        if comment not in lines:
            lines.insert(line - 1, comment)
        files = {place.file: "".join(lines)}
        after = self._tried(files)
        if after is not None and not self._others(after, ""):
            self._put(files)
            return replace(outcome, files=files)
        return outcome

    # ------------------------------------------------------------ files

    def _path(self, file: str) -> Path | None:
        """Return the file of the project that a place names; None for one outside of the templates."""
        root, _slash, rest = file.partition("/")
        path = (self._templates / rest).resolve()
        inside = root == self._templates.name and path.is_relative_to(self._templates.resolve())
        return path if inside and path.is_file() else None

    def _read(self, file: str) -> str | None:
        path = self._path(file)
        if path is None:
            return None
        with path.open(encoding="utf-8", newline="") as source:  # line ends stay as they are
            return source.read()

    def _put(self, files: Mapping[str, str]) -> None:
        for name, text in files.items():
            path = self._path(name)
            assert path is not None
            beside = path.with_name(f".{path.name}.new")
            _write(beside, text)
            beside.replace(path)


def aimed(text: str, before: str, after: str) -> str | None:
    """Return how ``text`` should read when ``before`` should become ``after``.

    What a reviewer's paragraph has around the text (第一章, 图1-1) is taken off where it did not change.
    None where the paragraph is another text.
    """
    if not before or before == text:
        return after
    place = before.find(text) if text else -1
    if place >= 0:
        head, tail = before[:place], before[place + len(text) :]
        if after.startswith(head) and after.endswith(tail):
            return after[len(head) : len(after) - len(tail) if tail else None]
        return None
    return merged_text(before, text, after)


def _span(line: Sequence[Glyph], at: int, size: int, old: str) -> list[tuple[int, int]]:
    """Return the spans of the file for ``size`` printed characters from index ``at`` of a line.

    A tag between them parts the spans; there are none where other characters stand.
    """
    if size == 0:
        if at < len(line):
            return [(line[at].start, line[at].start)]
        return [(line[-1].end, line[-1].end)] if line and at == len(line) else []
    held = line[at : at + size]
    if "".join(glyph.sign for glyph in held) != old:
        return []
    spans = [(held[0].start, held[0].end)]
    for before, glyph in pairwise(held):
        if before.end == glyph.start:
            spans[-1] = (spans[-1][0], glyph.end)
        else:
            spans.append((glyph.start, glyph.end))
    return spans


def _line_now(base: str, now: str, line: int) -> int:
    """Return the line of now nearest to what was ``line`` of the draft's template."""
    from report.review.words import steps  # noqa: PLC0415

    for _op, i1, i2, j1, _j2 in steps(base.splitlines(), now.splitlines()):
        if i1 <= line - 1 < i2:
            return j1 + 1 + min(line - 1 - i1, max(_j2 - j1 - 1, 0))
    return 1


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as target:
        target.write(text)


def questions(outcomes: Sequence[Outcome]) -> Iterator[tuple[int, Refused]]:
    """Yield what has to be asked of the analysts: opinion and the computed place it is about."""
    for one in outcomes:
        for refused in one.refused:
            yield one.opinion, refused
