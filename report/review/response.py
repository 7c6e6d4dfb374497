"""What both forms of the response table share: its columns and its words."""

from __future__ import annotations

from report.review.model import Opinion

NAME = "征求意见汇总处理表"
HEAD = ("序号", "位置", "原文", "意见", "类别", "处置", "理由及落实情况")
COUNTS = ("提出方", "意见数", "采纳", "部分采纳", "不采纳")


def where(one: Opinion) -> str:
    """Say where an opinion stands, with the printed page."""
    parts = [one.part, one.heading if one.heading != one.part else "", one.place]
    text = " ".join(part for part in parts if part)
    return f"{text}（第{one.page}页）" if one.page else text


def outcome(one: Opinion) -> str:
    """Say why it was decided so, and what was done."""
    settled = one.disposition.settled_change
    if settled and one.disposition.settled_draft:
        settled = f"第{one.disposition.settled_draft}稿：{settled}"
    elif one.disposition.settled_draft:
        settled = f"已在第{one.disposition.settled_draft}稿修改"
    elif one.disposition.verdict in {"采纳", "部分采纳"} and not settled:
        settled = "已修改"
    return "\n".join(part for part in (one.disposition.reason, settled) if part)


def cells(one: Opinion) -> tuple[str, ...]:
    """Return an opinion's row under ``HEAD``."""
    return (
        str(one.number), where(one), _cut(one.quoted), _cut(one.opinion), one.kind,
        one.disposition.verdict or "（随所答复意见）", outcome(one),
    )  # fmt: skip


def _cut(text: str) -> str:
    return text if len(text) <= 600 else text[:599] + "…"
