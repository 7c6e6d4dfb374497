"""Keep marks apart that touch across a paragraph's end.

LibreOffice joins two insertions (or deletions) of one author and one time when the first ends a paragraph and
the second begins the next: rejecting (accepting) them then takes the paragraph's end with it. A different
time keeps them apart; Word shows them the same way.
"""

from __future__ import annotations

import datetime as dt

from report.output.docx.oxml import Element, q

_AFTER = dt.timedelta(minutes=2)  # LibreOffice joins what lies a minute apart
_P, _PPR = q("w:p"), q("w:pPr")
_NO_WIDTH = frozenset({q("w:bookmarkStart"), q("w:bookmarkEnd"), _PPR})
_MARKS = frozenset({q("w:ins"), q("w:del"), q("w:moveFrom"), q("w:moveTo")})


def keep_apart(body: Element) -> None:
    """Date a mark that begins a paragraph two minutes after its like at the end of the one before."""
    for paragraph in body.iter(_P):
        following = paragraph.getnext()
        if following is None or following.tag != _P or _end_is_marked(paragraph):
            continue
        last, first = _edge(paragraph, last=True), _edge(following, last=False)
        if last is None or first is None or last.tag != first.tag:
            continue
        first.set(q("w:date"), _later(last.get(q("w:date"), "")))


def _edge(paragraph: Element, *, last: bool) -> Element | None:
    """Return the mark that ends (or begins) a paragraph's text, None where plain text does."""
    nodes = [one for one in paragraph if one.tag not in _NO_WIDTH]
    if not nodes:
        return None
    node = nodes[-1 if last else 0]
    return node if node.tag in _MARKS else None


def _end_is_marked(paragraph: Element) -> bool:
    """Whether the paragraph's end came or went itself: then the two belong together."""
    properties = paragraph.find(f"{_PPR}/{q('w:rPr')}")
    return properties is not None and any(one.tag in _MARKS for one in properties)


def _later(stamp: str) -> str:
    try:
        time = dt.datetime.fromisoformat(stamp)
    except ValueError:
        return stamp
    return (time + _AFTER).isoformat().replace("+00:00", "Z")
