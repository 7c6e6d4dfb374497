"""What the review loop speaks of: drafts, marks in returned files, opinions and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

MarkKind: TypeAlias = Literal[
    "comment",  # a Word comment, or a reply to one
    "insertion",  # tracked: words put in
    "deletion",  # tracked: words taken out
    "replacement",  # tracked: a deletion and an insertion at one spot by one author
    "move",  # tracked: words taken from one place to another
    "paragraph-insertion",  # tracked: a new paragraph of its own
    "paragraph-deletion",  # tracked: a whole paragraph taken out
    "split",  # tracked: one paragraph became two
    "merge",  # tracked: two paragraphs became one
    "row-insertion",
    "row-deletion",
    "cell-insertion",
    "cell-deletion",
    "format",  # tracked: formatting only
    "untracked",  # words that differ from the draft without any mark
    "untracked-insertion",  # a paragraph that the draft does not have, without any mark
    "untracked-deletion",  # a paragraph of the draft that is gone, without any mark
]
Placing: TypeAlias = Literal[
    "bookmark",  # found by the block's bookmark
    "text",  # found by the likeness of the text
    "after",  # a new paragraph, told by the block before it
    "carried",  # placed in the draft it was made on, and carried over to the current one
    "unplaced",
]
Verdict: TypeAlias = Literal["", "采纳", "部分采纳", "不采纳"]
OpinionKind: TypeAlias = Literal["数据", "方法", "结论", "文字"]

VERDICTS: tuple[Verdict, ...] = ("采纳", "部分采纳", "不采纳")
KINDS: tuple[OpinionKind, ...] = ("数据", "方法", "结论", "文字")


@dataclass(frozen=True, slots=True)
class Draft:
    """One archived draft: ``drafts/<edition>/<number>/``; ``id`` travels in its DOCX.

    ``hashes`` holds SHA-256 of every file of the archive by its path within ``folder`` (with forward
    slashes), except ``draft.json``, which lists them. Copies of inputs and templates stand under
    ``inputs/`` by their path within the project.
    """

    edition: str
    number: int
    id: str
    folder: Path
    title: str = ""
    note: str = ""
    created: str = ""  # UTC, ISO 8601
    files: tuple[str, ...] = ()
    hashes: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)  # project path → SHA-256


@dataclass(frozen=True, slots=True)
class BlockEntry:
    """A block as the draft's manifest keeps it: where it stands, what it says, where it comes from.

    ``text`` is the text a reader of the DOCX sees in the block's paragraphs, without number labels and
    footnotes; ``cells`` the texts of a table's cells by ``(row, column)``, from 1 through head and body.
    """

    id: str
    kind: str  # heading, paragraph, list, callout, table, figure, formula, contents, claim
    text: str
    section: str  # the id of the part
    heading: str  # the nearest heading's id (its own for a heading)
    part_title: str = ""
    heading_title: str = ""
    label: str = ""  # 图1-1, 表1-1, 第一章
    page: str = ""  # the printed page label, as far as known
    file: str = ""  # the template or YAML file it comes from
    line: int = 0
    cells: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a block: ``block``, in a table also the cell (row, column; 0 = none), and offsets.

    ``start``/``end`` count characters of the block's (or cell's) text as the reviewer received it;
    -1 where unknown (a mark on a figure, a mark without highlighted text).
    """

    block: str
    row: int = 0
    column: int = 0
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark in a returned file, before it is placed: what was done, by whom, on which words.

    ``id`` is its fingerprint: the same mark of the same file has it again. ``quoted`` is the text it is
    about (highlighted, deleted or moved words), ``text`` the opinion or the words put in. ``before`` and
    ``after`` are the whole paragraph (or cell) without and with this paragraph's tracked changes.
    """

    id: str
    kind: MarkKind
    author: str = ""
    date: str = ""  # as the file states it
    text: str = ""
    quoted: str = ""
    spans: tuple[Span, ...] = ()  # in reading order; a comment across paragraphs has several
    parent: str = ""  # the mark that a reply answers
    resolved: bool = False
    before: str = ""
    after: str = ""
    anchor: str = ""  # for unplaced marks and new paragraphs: the text around, or the bookmark seen
    part: str = "document"  # document, footnotes, header …
    note: str = ""  # what else must be told: 样式由…改为…, target of a move


@dataclass(frozen=True, slots=True)
class Match:
    """Where a mark belongs in a draft: blocks with the way they were found and how sure that is (0–1)."""

    placing: Placing
    spans: tuple[Span, ...] = ()
    score: float = 1.0
    remark: str = ""

    @property
    def block(self) -> str:
        """The first block, or nothing."""
        return self.spans[0].block if self.spans else ""


@dataclass(frozen=True, slots=True)
class Returned:
    """A returned file as read: its name, hash, the draft it says it was made from, its marks."""

    name: str
    sha256: str
    draft: str
    marks: tuple[Mark, ...]
    notes: tuple[str, ...] = ()  # what the reader could not understand, in words


@dataclass(frozen=True, slots=True)
class Disposition:
    """What became of an opinion: verdict and reason, who works on it, and what settled it."""

    verdict: Verdict = ""
    reason: str = ""
    assignee: str = ""
    settled_draft: str = ""  # the draft's number
    settled_change: str = ""  # the change, in words


@dataclass(frozen=True, slots=True)
class Opinion:
    """One row of the ledger: who said what about which place, and what became of it.

    ``number`` is counted from 1 and never given twice; ``mark`` is the fingerprint that keeps a second
    import from adding the row again. ``group`` is the lowest number of the opinions on the same
    sentence. ``before``/``after`` are the whole paragraph or cell without and with the suggestion.
    """

    number: int
    mark: str
    source: str  # who: --from, else the author
    author: str
    date: str
    file: str
    draft: str  # the number of the draft it was made on, "" where unknown
    mark_kind: MarkKind
    placing: Placing
    block: str = ""
    row: int = 0
    column: int = 0
    start: int = -1
    end: int = -1
    part: str = ""
    heading: str = ""
    place: str = ""  # 第2段, 表2-1第3行第2列, 图1-1
    page: str = ""
    quoted: str = ""
    opinion: str = ""
    kind: OpinionKind = "文字"
    suggested: str = ""
    before: str = ""
    after: str = ""
    thread: int = 0  # the number of the opinion it replies to
    resolved: bool = False
    group: int = 0
    remark: str = ""
    sent_block: str = ""  # its block in the draft it was made on; ``block`` is the current draft's
    disposition: Disposition = Disposition()
    extra: Mapping[str, str] = field(default_factory=dict)  # columns that editors added


@dataclass(frozen=True, slots=True)
class Imported:
    """A file whose opinions are in the ledger."""

    name: str
    sha256: str
    draft: str
    source: str
    marks: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field of an opinion that two sides changed differently: both values are kept and shown."""

    number: int
    field: str
    base: str
    excel: str
    text: str
