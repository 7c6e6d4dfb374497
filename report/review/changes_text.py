"""The changes between two drafts as Markdown: by part, each with its causes, numbers with their reasons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from report.review.causes_of_change import Explained
from report.review.compared import Compared
from report.review.edits import Edit, shifts

KINDS = {"added": "新增", "removed": "删除", "moved": "移动", "changed": "修改"}
CAUSES = {
    "data": "数据",
    "weights": "权重",
    "method": "方法",
    "template": "模板文字",
    "opinion": "意见",
}
BLOCKS = {
    "heading": "标题", "paragraph": "段落", "table": "表", "figure": "图", "formula": "公式",
    "callout": "方框", "contents": "目录",
}  # fmt: skip
ASPECTS = {
    "text": "文字", "title": "标题", "caption": "题名", "cell": "单元格", "row": "行", "column": "列",
    "note": "注", "footnote": "脚注", "source": "资料来源", "unit": "单位", "formula": "公式",
    "entry": "条目", "point": "图中数据", "drawing": "图的画法",
}  # fmt: skip
_SIGNS = re.compile(r"([\\`*_\[\]<>#|~])")


def causes_line(one: Explained) -> str:
    """Return the causes of a change in words: ``数据、意见第3号``."""
    numbers = "、".join(f"第{number}号" for number in one.opinions)
    return "、".join(CAUSES[kind] + (numbers if kind == "opinion" else "") for kind in one.causes)


def title_of(one: Explained) -> str:
    """Return what a change is about: kind, block, where it stands."""
    change = one.change
    name = change.label or f"{change.heading} · {BLOCKS.get(change.what, change.what)}".strip(" ·")
    return f"{KINDS[change.kind]}　{name}"


def edit_title(edit: Edit) -> str:
    """Return which place of a block an edit is about; empty for the text itself."""
    name = "" if edit.aspect == "text" else ASPECTS.get(edit.aspect, edit.aspect)
    where = "" if edit.aspect == "entry" else "移动" if edit.where == "moved" else edit.where
    return " ".join(part for part in (name, where) if part)


def summary(compared: Compared) -> list[tuple[str, int]]:
    """Count the changes by cause."""
    counted = Counter(kind for one in compared.changes for kind in one.causes)
    return [(name, counted[kind]) for kind, name in CAUSES.items() if counted[kind]]  # type: ignore[index]


def write_text(compared: Compared) -> str:
    """Return ``changes.md``: additions bold, deletions struck through."""
    return "\n".join(_lines(compared)) + "\n"


def _lines(compared: Compared) -> Iterator[str]:
    yield f"# 修改对照：{compared.old.name} → {compared.new.name}"
    yield ""
    counts = "，".join(f"{name}{count}处" for name, count in summary(compared))
    yield f"共{len(compared.changes)}处修改" + (f"（按原因：{counts}）。" if counts else "。")
    for part, changes in compared.parts:
        yield ""
        yield f"## {_escaped(part)}"
        for one in changes:
            yield ""
            yield f"### {_escaped(title_of(one))}"
            yield ""
            yield f"原因：{causes_line(one)}。编号：`{one.change.id}`"
            for edit in one.change.edits:
                yield ""
                name = edit_title(edit)
                yield (f"- {_escaped(name)}：" if name else "") + _pieces(edit)
                for shift in shifts(edit):
                    why = compared.why(shift.key) if shift.old and shift.new else ""
                    line = f"  - `{shift.key}`：{shift.old or '—'} → {shift.new or '—'}"
                    yield line + (f"（{_escaped(why)}）" if why else "")


def _pieces(edit: Edit) -> str:
    wrapped = {"=": "{}", "-": "~~{}~~", "+": "**{}**"}
    return "".join(wrapped[p.sign].format(_escaped(p.text)) for p in edit.pieces if p.text.strip())


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\1", text.replace("\n", " "))
