"""How an opinion reads in the ledger: what was done, where, and of what kind it probably is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from report.review.model import BlockEntry, Mark, Match, OpinionKind

_ACTS = {
    "insertion": "插入“{text}”",
    "deletion": "删去“{quoted}”",
    "replacement": "将“{quoted}”改为“{text}”",
    "move": "移动“{quoted}”",
    "paragraph-insertion": "新增一段：{text}",
    "paragraph-deletion": "删去整段：{quoted}",
    "split": "将本段拆为两段",
    "merge": "将本段与下一段合并",
    "row-insertion": "表中新增一行：{text}",
    "row-deletion": "删去表中一行：{quoted}",
    "cell-insertion": "表中新增单元格：{text}",
    "cell-deletion": "删去单元格：{quoted}",
    "format": "调整格式：{quoted}",
    "untracked": "（未留痕迹）将“{quoted}”改为“{text}”",
    "untracked-insertion": "（未留痕迹）新增一段：{text}",
    "untracked-deletion": "（未留痕迹）删去整段：{quoted}",
}
_SILENT = {True: "（未留痕迹）插入“{text}”", False: "（未留痕迹）删去“{quoted}”"}
_DATA = re.compile(r"数据|数字|口径|统计|来源|出处|数值|单位|年份|核实|核对|有误|\d")
_METHOD = re.compile(r"方法|权重|测算|标准化|归一|模型|公式|指标体系|稳健|算法|基期|缺失值|插补")
_CONCLUSION = re.compile(
    r"结论|判断|评价|排名|名次|位次|形态|归为|原因|领先|落后|是否成立|依据不足|论证"
)
_SHORT = 400


def opinion_text(mark: Mark) -> str:
    """Say in words what a mark asks for."""
    if mark.kind == "comment":
        return mark.text or "（空白批注）"
    act = _ACTS[mark.kind]
    if mark.kind == "untracked" and not (mark.quoted and mark.text):
        act = _SILENT[bool(mark.text)]
    text = act.format(text=_cut(mark.text), quoted=_cut(mark.quoted))
    return f"{text}（{mark.note}）" if mark.note else text


def _cut(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"


def guess_kind(mark: Mark, match: Match, entry: BlockEntry | None) -> OpinionKind:
    """Guess 数据, 方法, 结论 or 文字; editors put it right by the list in the workbook."""
    if mark.kind == "comment":
        if _METHOD.search(mark.text):
            return "方法"
        if _DATA.search(mark.text):
            return "数据"
        if _CONCLUSION.search(mark.text):
            return "结论"
        return "数据" if entry is not None and entry.kind == "figure" else "文字"
    if mark.kind == "format":
        return "文字"
    in_cell = bool(match.spans and match.spans[0].row)
    digits = re.findall(r"\d+", mark.quoted), re.findall(r"\d+", mark.text)
    return "数据" if in_cell or digits[0] != digits[1] else "文字"


def place_text(
    mark: Mark, match: Match, blocks: Mapping[str, BlockEntry], entry: BlockEntry | None
) -> str:
    """Say where an opinion stands, as one would by telephone: 第2段, 表2-1第3行第2列."""
    if entry is None:
        return "（未能定位）" if not match.spans else "（该段已不存在）"
    span = match.spans[0]
    if entry.kind in {"table", "figure", "formula"}:
        text = entry.label or entry.text[:12]
        if span.row:
            text += f"第{span.row}行第{span.column}列"
    elif entry.kind == "heading":
        text = "标题"
    elif entry.kind in {"paragraph", "list", "callout", "claim"}:
        same = [
            one.id
            for one in blocks.values()
            if one.heading == entry.heading and one.kind == "paragraph"
        ]
        text = (
            f"第{same.index(entry.id) + 1}段"
            if entry.id in same
            else "要点框"
            if entry.kind == "callout"
            else "列表"
        )
    else:
        text = "封面、目录" if entry.kind == "contents" else entry.kind
    if match.placing == "after":
        text += "之后"
    if mark.part == "footnotes":
        text += "脚注"
    elif mark.part in {"header", "footer"}:
        text += "页眉页脚"
    return text
