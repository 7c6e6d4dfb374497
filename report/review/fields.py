"""The columns of the ledger: every field of an opinion as text, under the name editors see."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, TypeAlias, cast, get_args

from report.review.model import (
    KINDS,
    VERDICTS,
    Disposition,
    MarkKind,
    Opinion,
    Placing,
    Verdict,
)

Row: TypeAlias = dict[str, str]

# Field → heading, in the order of the workbook; what follows “mark” is kept out of sight there.
HEADINGS: Mapping[str, str] = {
    "number": "序号",
    "source": "意见来源",
    "part": "部分",
    "heading": "章节",
    "place": "位置",
    "page": "页码",
    "quoted": "原文",
    "opinion": "意见内容",
    "suggested": "修改建议",
    "kind": "类别",
    "verdict": "处置",
    "reason": "理由",
    "assignee": "负责人",
    "settled_draft": "落实稿次",
    "settled_change": "落实情况",
    "remark": "备注",
    "group": "同句意见",
    "thread": "答复",
    "resolved": "已解决",
    "author": "作者",
    "date": "时间",
    "draft": "针对稿次",
    "mark_kind": "形式",
    "placing": "定位",
    "block": "段落编号",
    "file": "文件",
    "mark": "标识",
    "sent_block": "原段落编号",
    "row": "行",
    "column": "列",
    "start": "起",
    "end": "止",
    "before": "修改前",
    "after": "修改后",
}
EDITABLE = frozenset(
    {
        "source", "suggested", "kind", "verdict", "reason", "assignee", "settled_draft",
        "settled_change", "remark", "block", "opinion",
    }
)  # fmt: skip
HIDDEN = ("mark", "sent_block", "row", "column", "start", "end", "before", "after")
_NUMBERS = frozenset({"number", "row", "column", "start", "end", "thread", "group"})
_DISPOSED = frozenset(field.name for field in fields(Disposition))
_BY_HEADING = {heading: name for name, heading in HEADINGS.items()}
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
LONGEST = 30_000  # characters; a cell of a workbook takes 32767


def field_of(heading: str) -> str:
    """Return the field under a heading; headings that editors added are ``extra.<heading>``."""
    return _BY_HEADING.get(heading, f"extra.{heading}")


def heading_of(name: str) -> str:
    """Return the heading of a field."""
    return HEADINGS.get(name, name.removeprefix("extra."))


def is_editable(name: str) -> bool:
    """Whether editors may change a field."""
    return name in EDITABLE or name.startswith("extra.")


def clean(text: str) -> str:
    """Return a text as both files of the ledger can keep it: line ends alike, nothing unprintable."""
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n")
    )
    text = _ILLEGAL.sub("", text.replace("\x85", "\n"))
    return "\n".join(line.strip() for line in text.split("\n")).strip()[:LONGEST].strip()


def to_row(opinion: Opinion) -> Row:
    """Return an opinion as texts; empty ones are left out."""
    row: Row = {}
    for name in HEADINGS:
        value: Any = getattr(opinion.disposition if name in _DISPOSED else opinion, name)
        if name == "resolved":
            text = "是" if value else ""
        elif name in _NUMBERS:
            text = "" if value == _default(name) else str(value)
        else:
            text = clean(str(value))
        if text:
            row[name] = text
    for heading, value in opinion.extra.items():
        if text := clean(value):
            row[f"extra.{heading}"] = text
    return row


def from_row(row: Mapping[str, str]) -> Opinion:
    """Return the opinion of a row; values that no list allows become the first of the list."""
    given: dict[str, Any] = {}
    disposed: dict[str, Any] = {}
    extra: dict[str, str] = {}
    for name, text in row.items():
        if name.startswith("extra."):
            extra[name.removeprefix("extra.")] = text
        elif name in _DISPOSED:
            disposed[name] = text
        elif name in _NUMBERS:
            given[name] = int(text) if re.fullmatch(r"-?\d{1,9}", text) else _default(name)
        elif name == "resolved":
            given[name] = text == "是"
        elif name in HEADINGS:
            given[name] = text
    blank = {"number": 0} | dict.fromkeys(("mark", "source", "author", "date", "file", "draft"), "")
    blank |= {"mark_kind": "comment", "placing": "unplaced"}
    made = Opinion(**(blank | given))
    verdict = cast("Verdict", disposed.pop("verdict", ""))
    return replace(
        made,
        kind=made.kind if made.kind in KINDS else "文字",
        mark_kind=made.mark_kind if made.mark_kind in get_args(MarkKind) else "comment",
        placing=made.placing if made.placing in get_args(Placing) else "unplaced",
        disposition=Disposition(verdict if verdict in VERDICTS else "", **disposed),
        extra=extra,
    )


def _default(name: str) -> int:
    return -1 if name in {"start", "end"} else 0
