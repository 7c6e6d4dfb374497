"""The changes between two drafts as one page: by part, old and new figures side by side, reasons of numbers."""

from __future__ import annotations

import base64
import html
from collections.abc import Iterator

from report.review.causes_of_change import Explained
from report.review.changes_text import causes_line, edit_title, summary, title_of
from report.review.compared import Compared
from report.review.edits import Edit, Shift, shifts

_STYLE = """
:root{--ink:#1b2733;--rule:#d5dde5;--in:#0b6b3a;--out:#a3262a;--mark:#12395b}
body{margin:0 auto;max-width:64rem;padding:2rem 1.25rem;color:var(--ink);background:#fff;
font:16px/1.75 "Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei",sans-serif}
h1{font-size:1.6rem}h2{margin-top:2.5rem;border-bottom:2px solid var(--mark);font-size:1.25rem}
h3{margin:0;font-size:1rem}article{margin:1rem 0;padding:.9rem 1rem;border:1px solid var(--rule);
border-left:4px solid var(--mark);border-radius:4px}.why{color:#4a5a68;font-size:.875rem;margin:.15rem 0 .5rem}
ins{color:var(--in);background:#e6f4ec;text-decoration:underline}
del{color:var(--out);background:#fbeaea;text-decoration:line-through}
table{border-collapse:collapse;font-size:.875rem;margin:.5rem 0;width:100%}
th,td{border:1px solid var(--rule);padding:.25rem .5rem;text-align:left;vertical-align:top}
td.n{white-space:nowrap}.pair{display:grid;grid-template-columns:1fr 1fr;gap:1rem}
.pair figure{margin:0}.pair img{width:100%;height:auto;border:1px solid var(--rule)}
figcaption{font-size:.875rem;color:#4a5a68}code{font-size:.8125rem;overflow-wrap:anywhere}
nav ul{columns:2;padding-left:1.2rem}@media(max-width:40rem){.pair{grid-template-columns:1fr}nav ul{columns:1}}
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_OPEN = 12  # edits of a block that are shown without unfolding


def write_changes_page(compared: Compared) -> str:
    """Return ``changes.html``: one file that needs no network and runs nothing."""
    title = f"修改对照：{compared.old.name} → {compared.new.name}"
    head = (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{_e(title)}</title><style>{_STYLE}</style></head><body>"
    )
    return head + "".join(_body(compared, title)) + "</body></html>\n"


def _body(compared: Compared, title: str) -> Iterator[str]:
    meta = compared.new.version.document.meta
    yield f"<header><h1>{_e(title)}</h1><p>{_e(meta.title)}</p>"
    counts = "，".join(f"{name}{count}处" for name, count in summary(compared))
    yield f"<p>共{len(compared.changes)}处修改" + (f"（按原因：{_e(counts)}）" if counts else "")
    yield "。<ins>新增</ins>、<del>删除</del>；一处修改有几个原因的，分别计数。</p></header><nav><ul>"
    for number, (part, changes) in enumerate(compared.parts):
        yield f'<li><a href="#part-{number}">{_e(part)}</a>（{len(changes)}）</li>'
    yield "</ul></nav><main>"
    for number, (part, changes) in enumerate(compared.parts):
        yield f'<section id="part-{number}"><h2>{_e(part)}</h2>'
        for one in changes:
            yield from _change(compared, one)
        yield "</section>"
    yield "</main>"


def _change(compared: Compared, one: Explained) -> Iterator[str]:
    change = one.change
    yield f'<article id="{_e(change.id)}"><h3>{_e(title_of(one))}</h3>'
    yield f'<p class="why">原因：{_e(causes_line(one))}　编号：<code>{_e(change.id)}</code></p>'
    if change.what == "figure":
        yield from _figures(compared, one)
    many = len(change.edits) > _OPEN
    for edit in change.edits[:_OPEN]:
        yield _edit(edit)
    if many:
        yield f"<details><summary>其余{len(change.edits) - _OPEN}处</summary>"
        yield from (_edit(edit) for edit in change.edits[_OPEN:])
        yield "</details>"
    moved = [shift for edit in change.edits for shift in shifts(edit)]
    if moved:
        yield from _numbers(compared, moved)
    yield "</article>"


def _edit(edit: Edit) -> str:
    name = edit_title(edit)
    return f"<p>{f'<strong>{_e(name)}</strong>：' if name else ''}{_pieces(edit)}</p>"


def _pieces(edit: Edit) -> str:
    wrapped = {"=": "{}", "-": "<del>{}</del>", "+": "<ins>{}</ins>"}
    return "".join(wrapped[piece.sign].format(_e(piece.text)) for piece in edit.pieces)


def _figures(compared: Compared, one: Explained) -> Iterator[str]:
    """Set the old and the new drawing beside each other."""
    sides = ((compared.old, one.change.old), (compared.new, one.change.new))
    shown = [(side.name, side.figures[b.id]) for side, b in sides if b and b.id in side.figures]
    if not shown:
        return
    yield '<div class="pair">'
    for name, svg in shown:
        data = base64.b64encode(svg).decode()
        label = _e(f"{one.change.label}（{name}）")
        yield f'<figure><img alt="{label}" src="data:image/svg+xml;base64,{data}">'
        yield f"<figcaption>{_e(name)}</figcaption></figure>"
    yield "</div>"


def _numbers(compared: Compared, moved: list[Shift]) -> Iterator[str]:
    """List the numbers that changed, each with what moved it."""
    rows = list(dict.fromkeys(moved))
    yield f"<details{' open' if len(rows) <= _OPEN else ''}><summary>变动的数字（{len(rows)}个）</summary>"
    yield "<table><thead><tr><th>地址</th>"
    yield f"<th>{_e(compared.old.name)}</th><th>{_e(compared.new.name)}</th><th>缘由</th></tr></thead><tbody>"
    for shift in rows:
        why = compared.why(shift.key) if shift.old and shift.new else ""
        yield f"<tr><td><code>{_e(shift.key)}</code></td><td class=n>{_e(shift.old or '—')}</td>"
        yield f"<td class=n>{_e(shift.new or '—')}</td><td>{_e(why)}</td></tr>"
    yield "</tbody></table></details>"


def _e(text: str) -> str:
    return html.escape(text)
