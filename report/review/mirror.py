"""The ledger as text: one opinion after another, a field a line, so that two versions compare by eye."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from report.errors import OutputError, Place, Problem
from report.i18n import _
from report.review.fields import HEADINGS, Row, clean, field_of, heading_of
from report.review.model import Conflict

LARGEST = 64_000_000
_PLAIN = re.compile(
    r"[\w（《“][\w（）《》“”，。；：、！？%．·—→…/+ .()-]*[\w（）《》“”，。；、！？%…)]|\w"
)
_WORDS = re.compile(r"(?i)y|n|yes|no|on|off|true|false|null|none")
HEAD = (
    "# 意见台账（文本）。与 ledger.xlsx 内容相同，可直接修改：类别、处置、理由、负责人、落实稿次、落实情况、备注等。\n"
    "# 两处都改了同一项且不一致时，两个值都保留，以“# 冲突”标出；改成一致后冲突消失。\n"
)


def to_text(rows: Iterable[Row], conflicts: Iterable[Conflict]) -> str:
    """Write rows as YAML that a person would have typed; conflicts stand as comments at their field."""
    clash: Mapping[tuple[int, str], Conflict] = {(one.number, one.field): one for one in conflicts}
    lines = [HEAD.rstrip("\n")]
    for row in rows:
        number = row.get("number", "0")
        lead = "- "
        names = [name for name in HEADINGS if name in row]
        names += sorted(name for name in row if name not in HEADINGS)
        owed = [field for no, field in clash if str(no) == number and field not in names]
        lines.append("")
        for name in (*names, *owed):
            if one := clash.get((int(number) if number.isdecimal() else 0, name)):
                lines.append(
                    f"  # 冲突：ledger.xlsx 中“{heading_of(name)}”为 {json.dumps(one.excel, ensure_ascii=False)}"
                )
            lines.append(f"{lead}{_scalar(heading_of(name))}: {_value(row.get(name, ''))}")
            lead = "  "
    return "\n".join(lines) + "\n"


def _scalar(text: str) -> str:
    if (
        _PLAIN.fullmatch(text)
        and not _WORDS.fullmatch(text)
        and ": " not in text
        and " #" not in text
    ):
        return text
    return json.dumps(text, ensure_ascii=False)


def _value(text: str) -> str:
    if "\n" in text and all(line and line.isprintable() for line in text.split("\n")):
        return "|-\n" + "\n".join(f"    {line}" for line in text.split("\n"))
    return _scalar(text)


def from_text(text: str, file: str) -> dict[str, Row]:
    """Read the text ledger: rows by mark; OutputError with the line where it cannot be read."""
    if len(text) > LARGEST:
        raise _unreadable(file, 0, _("the file is too large"))
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except (YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or type(error).__name__
        raise _unreadable(file, mark.line + 1 if mark else 0, str(reason)) from None
    rows: dict[str, Row] = {}
    if root is None:
        return rows
    if not isinstance(root, SequenceNode):
        raise _unreadable(file, 1, _("a list of opinions is expected"))
    for node in root.value:
        row = _row(node, file)
        mark = row.get("mark") or f"typed:{row.get('opinion', '')}"
        if mark in rows:
            raise _unreadable(file, node.start_mark.line + 1, _("an opinion stands here twice"))
        rows[mark] = row
    return rows


def _row(node: Node, file: str) -> Row:
    if not isinstance(node, MappingNode):
        raise _unreadable(file, node.start_mark.line + 1, _("“key: value” lines are expected"))
    row: Row = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, ScalarNode) or not isinstance(value, ScalarNode):
            raise _unreadable(file, line, _("“key: value” lines are expected"))
        name = field_of(clean(str(key.value)))
        if name in row:
            raise _unreadable(
                file, line, _("the field stands twice: {name}").format(name=key.value)
            )
        text = clean(str(value.value))
        row[name] = "" if str(value.tag).endswith(":null") and text in {"~", "null"} else text
    return {name: text for name, text in row.items() if text}


def _unreadable(file: str, line: int, found: str) -> OutputError:
    return OutputError(
        Problem(
            Place.of(file, line=line),
            found,
            _("the ledger's text as the program writes it"),
            _("Mend this line; your other edits are kept."),
        )
    )
