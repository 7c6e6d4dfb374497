"""Chinese spacing in the print page: squeezed punctuation, thin gaps round Latin, breaks at quotes.

The renderers write plain text; this pass walks the finished tree and wraps what needs it in spans
whose classes ``print.css`` sets: ``h`` halves a full-width mark, ``gl``/``gr`` put a thin gap left
or right of a Latin run, ``k`` keeps a range of figures, a paragraph's last word or a name in a bare list
of names on one line. Margins and font features add no
character, so copied text stays as written. After the W3C's Requirements for Chinese Text Layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from report.output.html.markup import Element, el

OPENING = frozenset("（《〈「『【〔［｛“‘")
CLOSING = frozenset("）》〉」』】〕］｝”’")
STOPS = frozenset("，。、；：！？．")
OTHER_WIDE = frozenset("—…·～％＋－×÷＝／")
WIDE = OPENING | CLOSING | STOPS | OTHER_WIDE
INLINE = frozenset({"span", "a", "strong", "em", "sup", "sub"})
SKIPPED = frozenset({"style", "script", "colgroup", "head", "title"})

ATOM = "\ufffc"  # stands for a drawing or a footnote call within a run of text
LONG = 30  # characters: a run with more may end in a line of one character
_NAMES = re.compile(r"(?:[^、，。；：（）\s\ufffc]{2,4}、){3,}[^、，。；：（）\s\ufffc]{2,4}")
_UNIT = re.compile(r"（[^（）]{1,7}）$")
_RANGE = re.compile(r"(?<=[0-9A-Za-z%])[—–～](?=[0-9A-Za-z])")
_BEFORE_GAP = re.compile(r"[0-9A-Za-z%‰°℃+\u0370-\u03ff]")
_AFTER_GAP = re.compile(r"[0-9A-Za-z+\-−$¥≥≤\u0370-\u03ff]")


def is_han(character: str) -> bool:
    """Whether ``character`` is an ideograph or kana."""
    return (
        "\u3400" <= character <= "\u9fff"
        or character == "〇"
        or "\u3040" <= character <= "\u30ff"
        or "\uf900" <= character <= "\ufaff"
        or "\U00020000" <= character <= "\U0003ffff"
    )


@dataclass(slots=True)
class _Piece:
    """A text slot of the tree: the ``text`` of ``owner`` or what follows it; ``start`` in its run."""

    owner: Element
    tail: bool
    start: int
    text: str


def space(root: Element) -> None:
    """Set the spacing of every run of text below ``root``, in place."""
    for pieces, text in list(_runs(root)):
        _set(pieces, text)


# ---------------------------------------------------------------- finding runs of text


def _runs(block: Element) -> Iterator[tuple[list[_Piece], str]]:
    """Yield each run of inline text with its slots; footnotes and blocks are runs of their own."""
    collected: list[tuple[list[_Piece], str]] = []
    pieces: list[_Piece] = []
    parts: list[str] = []

    def flush() -> None:
        nonlocal pieces, parts
        if pieces:
            collected.append((pieces, "".join(parts)))
        pieces, parts = [], []

    def slot(owner: Element, *, tail: bool) -> None:
        text = owner.tail if tail else owner.text
        if text:
            pieces.append(_Piece(owner, tail, sum(map(len, parts)), text))
            parts.append(text)

    def walk(element: Element) -> None:
        slot(element, tail=False)
        for child in element:
            if not isinstance(child.tag, str) or child.tag in SKIPPED:
                pass
            elif child.tag.endswith("}svg"):
                parts.append(ATOM)
            elif child.tag == "span" and child.get("class") == "fn":
                collected.extend(_runs(child))
                parts.append(ATOM)
            elif child.tag in INLINE:
                walk(child)
            else:
                flush()
                collected.extend(_runs(child))
            slot(child, tail=True)

    walk(block)
    flush()
    yield from collected


# ---------------------------------------------------------------- deciding


def halved(text: str) -> set[int]:
    """Return the positions of full-width marks that lose their blank half next to another mark."""
    found = set()
    for i, (a, b) in enumerate(pairwise(text)):
        if a in CLOSING | STOPS and b in CLOSING | STOPS | OPENING:
            found.add(i)
        elif a in OPENING and b in OPENING:
            found.add(i + 1)
    return found


def gaps(text: str) -> set[int]:
    """Return the positions before which a Han–Latin boundary wants a thin gap."""
    return {
        i
        for i in range(1, len(text))
        if (is_han(text[i - 1]) and _AFTER_GAP.match(text[i]))
        or (is_han(text[i]) and _BEFORE_GAP.match(text[i - 1]))
    }


def quote_breaks(text: str) -> set[int]:
    """Return the positions before which a line may break at a quotation mark.

    Unicode's rules forbid every break at “ and ”, being the same in Latin; Chinese breaks before an
    opening and after a closing one.
    """
    found = set()
    for i in range(1, len(text)):
        a, b = text[i - 1], text[i]
        opens = b in "“‘" and (is_han(a) or a in STOPS | CLOSING)
        closes = a in "”’" and (is_han(b) or b in OPENING)
        if opens or closes:
            found.add(i)
    return found


def kept(text: str) -> list[tuple[int, int]]:
    """Return the spans of Chinese that stay on one line.

    The unit in brackets that ends a short run, as in a table's head. The last two characters of a long run with its full stop, so that no line holds one character
    alone; and each name where the run is nothing but a list of names, as in a table's cell.
    """
    if _NAMES.fullmatch(text):
        ends = [i + 1 for i, character in enumerate(text) if character == "、"]
        return list(pairwise([0, *ends, len(text)]))
    if len(text) <= LONG and (unit := _UNIT.search(text)) and unit.start():
        return [unit.span()]
    end = text[-3:]
    if len(text) > LONG and len(end) == 3 and end[2] in "。；：！？" and all(map(is_han, end[:2])):
        return [(len(text) - 3, len(text))]
    return []


def _latin_runs(text: str) -> list[tuple[int, int]]:
    """Return the spans of ``text`` that are neither Han nor full-width marks."""
    ranged = {match.start() for match in _RANGE.finditer(text)}
    runs: list[tuple[int, int]] = []
    start = None
    for i, character in enumerate(f"{text}。"):
        inside = i in ranged or not (
            is_han(character)
            or character in WIDE
            or character == ATOM
            or "\u3000" <= character <= "\u303f"
        )
        if inside and start is None:
            start = i
        elif not inside and start is not None:
            runs.append((start, i))
            start = None
    return runs


# ---------------------------------------------------------------- writing


def _set(pieces: Iterable[_Piece], text: str) -> None:
    half, gap, breaks = halved(text), gaps(text), quote_breaks(text)
    ranges = {match.start() for match in _RANGE.finditer(text)}
    together = kept(text)
    if not (half or gap or breaks or ranges or together):
        return
    latin = _latin_runs(text)
    for piece in pieces:
        end = piece.start + len(piece.text)
        marks: dict[int, tuple[int, str]] = {
            i: (i + 1, "h") for i in half if piece.start <= i < end
        }
        for a, b in latin:
            first, last = max(a, piece.start), min(b, end)
            if first >= last:
                continue
            names = [
                name
                for name, wanted in (
                    ("gl", first == a and a in gap),
                    ("gr", last == b and b in gap),
                    ("k", any(first < i < last for i in ranges) and " " not in text[first:last]),
                )
                if wanted
            ]
            if names:
                marks[first] = (last, " ".join(names))
        for first, last in together:
            taken = any(first < b and a < last for a, (b, _names) in marks.items())
            if not taken and piece.start <= first and last <= end:
                marks[first] = (last, "k")
        _rewrite(piece, marks, {i for i in breaks if piece.start <= i < end})


def _rewrite(piece: _Piece, marks: dict[int, tuple[int, str]], breaks: set[int]) -> None:
    owner = piece.owner
    if not breaks and len(marks) == 1 and not piece.tail and not len(owner) and owner.tag == "span":
        ((first, (last, names)),) = marks.items()
        if first == piece.start and last == first + len(piece.text) and owner.get("class") == "n":
            owner.set("class", f"n {names}")
            return
    if not breaks and not marks:
        return
    nodes: list[Element] = []
    lead = ""
    position = piece.start

    def plain(until: int) -> None:
        nonlocal lead, position
        chunk = piece.text[position - piece.start : until - piece.start]
        if nodes:
            nodes[-1].tail = (nodes[-1].tail or "") + chunk
        else:
            lead += chunk
        position = until

    for i in sorted(marks.keys() | breaks):
        plain(i)
        if i in breaks:
            nodes.append(el("wbr"))
        if i in marks:
            last, names = marks[i]
            nodes.append(el("span", piece.text[i - piece.start : last - piece.start], class_=names))
            position = last
    plain(piece.start + len(piece.text))
    if piece.tail:
        parent = owner.getparent()
        assert parent is not None
        index = parent.index(owner) + 1
        owner.tail = lead or None
    else:
        parent, index = owner, 0
        owner.text = lead or None
    for offset, node in enumerate(nodes):
        parent.insert(index + offset, node)
