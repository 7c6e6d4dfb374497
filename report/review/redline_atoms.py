"""A paragraph of a Word file as words, fields, pictures and notes: what is compared, and how it is written."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from report.output.docx.oxml import XML_SPACE, Element, el, q
from report.review.redline_package import File
from report.review.words import words

_T, _R, _TAB, _BR = q("w:t"), q("w:r"), q("w:tab"), q("w:br")
_FIELD, _RPR, _PPR = q("w:fldChar"), q("w:rPr"), q("w:pPr")
_LINK, _DRAWING, _NOTE = q("w:hyperlink"), q("w:drawing"), q("w:footnoteReference")
_ZERO = frozenset({q("w:bookmarkStart"), q("w:bookmarkEnd")})
_MATH = frozenset({q("m:oMath"), q("m:oMathPara")})
PICTURE = "［图］"
NOTE = "［注］"


@dataclass(frozen=True, slots=True)
class Part:
    """Something in a paragraph. ``key`` decides what is equal; empty for what has no width.

    ``nodes`` are the elements as they stand; for a word, the one run it is part of, and ``text`` the
    word. ``link`` is the hyperlink around it, ``note`` the id of a footnote.
    """

    key: str
    text: str
    nodes: tuple[Element, ...]
    link: Element | None = None
    note: str = ""
    word: bool = False


def parts(paragraph: Element, file: File) -> list[Part]:
    """Take a paragraph apart, in reading order."""
    flat = list(_flat(paragraph))
    spans = _fields(flat)
    found: list[Part] = []
    place = 0
    while place < len(flat):
        node, link = flat[place]
        if place in spans:
            last = spans[place]
            nodes = tuple(one for one, _link in flat[place : last + 1])
            text = "".join(_result(nodes))
            found.append(Part(f"field {text}", text, nodes, link))
            place = last + 1
            continue
        found += _single(node, link, file)
        place += 1
    return found


def _flat(paragraph: Element) -> Iterator[tuple[Element, Element | None]]:
    """Yield runs with one thing in each, and what stands between runs; with the link around."""
    for child in paragraph:
        if child.tag == _PPR:
            continue
        held = child if child.tag == _LINK else None
        for node in child if held is not None else (child,):
            if node.tag != _R:
                yield node, held
                continue
            face = node.find(_RPR)
            inner = [one for one in node if one.tag != _RPR]
            if len(inner) == 1:
                yield node, held
                continue
            for one in inner:
                yield el("w:r", deepcopy(face) if face is not None else None, deepcopy(one)), held


def _fields(flat: list[tuple[Element, Element | None]]) -> dict[int, int]:
    """Find the outermost fields that begin and end here: first place → last place."""
    spans: dict[int, int] = {}
    open_at: list[int] = []
    for place, (node, _link) in enumerate(flat):
        mark = node.find(_FIELD) if node.tag == _R else None
        kind = mark.get(q("w:fldCharType")) if mark is not None else ""
        if kind == "begin":
            open_at.append(place)
        elif kind == "end" and open_at:
            first = open_at.pop()
            spans = {a: b for a, b in spans.items() if not first < a < place}
            spans[first] = place
    return spans


def _single(node: Element, link: Element | None, file: File) -> Iterator[Part]:
    if node.tag in _MATH:
        text = "".join(str(one) for one in node.itertext())
        yield Part(f"math {text}", text, (node,), link)
    elif node.tag != _R:
        yield Part("", "", (node,), link)
    else:
        for child in node:
            if child.tag == _RPR:
                continue
            if child.tag == _T:
                for word in words(child.text or ""):
                    yield Part(word, word, (node,), link, word=True)
            elif child.tag in (_TAB, _BR):
                sign = "\t" if child.tag == _TAB else "\n"
                yield Part(f"sign {sign} {child.get(q('w:type'), '')}", sign, (node,), link)
            elif child.tag == _NOTE:
                yield Part("note", NOTE, (node,), link, note=child.get(q("w:id"), ""))
            elif child.tag == _DRAWING:
                yield Part(f"drawing {file.digest(child)}", PICTURE, (node,), link)
            else:  # a mark of a field that goes on elsewhere, a soft page break …
                yield Part("", "", (node,), link)


def _result(nodes: tuple[Element, ...]) -> Iterator[str]:
    """Yield the texts of a field's result."""
    depth: list[bool] = []  # per open field: whether its result has begun
    for node in nodes:
        for child in node:
            if child.tag == _FIELD:
                kind = child.get(q("w:fldCharType"))
                if kind == "begin":
                    depth.append(False)
                elif kind == "separate" and depth:
                    depth[-1] = True
                elif depth:
                    depth.pop()
            elif child.tag == _T and all(depth):
                yield child.text or ""


def shown(part: Part) -> Part:
    """Return a field as the text it shows: what it points at is not in the new file any more."""
    if not part.key.startswith("field "):
        return part
    faces = [node.find(_RPR) for node in part.nodes if node.find(_T) is not None]
    face = deepcopy(faces[-1]) if faces and faces[-1] is not None else None
    run = el("w:r", face, el("w:t", text=part.text))
    return Part(part.key, part.text, (run,), part.link, word=True)


def text_of(paragraph: Element, file: File) -> str:
    """Return a paragraph's text, pictures and notes as marks."""
    return "".join(part.text for part in parts(paragraph, file))


def runs(held: list[Part], *, deleted: bool = False) -> list[Element]:
    """Write parts as runs again; words of one look become one run."""
    found: list[Element] = []
    face = b""
    for part in held:
        if not part.word:
            found += [deepcopy(node) for node in part.nodes]
            face = b""
            continue
        own = part.nodes[0].find(_RPR)
        look = etree.tostring(own) if own is not None else b"-"
        if look == face:
            text = found[-1][-1]
            text.text = (text.text or "") + part.text
        else:
            found.append(
                el("w:r", deepcopy(own) if own is not None else None, el("w:t", text=part.text))
            )
            face = look
    for node in found:
        for text in node.iter(_T):
            if text.text != (text.text or "").strip() or "  " in (text.text or ""):
                text.set(XML_SPACE, "preserve")
        if deleted:
            _as_deleted(node)
    return found


def _as_deleted(node: Element) -> None:
    for one in node.iter(_T, q("w:instrText")):
        one.tag = q("w:delText") if one.tag == _T else q("w:delInstrText")
        one.set(XML_SPACE, "preserve")
