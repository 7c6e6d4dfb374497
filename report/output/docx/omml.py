"""The Office Math emitter: MathML's presentation elements as OMML."""

from __future__ import annotations

from collections.abc import Sequence

from report.output.docx.oxml import XML_SPACE, Element, el

NARY = frozenset("∑∏∐∫∬∭∮⋃⋂⋁⋀⨁⨂")
_INTEGRALS = frozenset("∫∬∭∮")
_ENDS = frozenset("=<>≤≥≠≈≡∝→∈+−-±,，;；")  # what closes the body of a sum
_ACCENTS = {"^": "\u0302", "ˆ": "\u0302", "~": "\u0303", "˜": "\u0303", "→": "\u20d7", "⃗": "\u20d7",
            "˙": "\u0307", "¨": "\u0308", "ˇ": "\u030c", ".": "\u0307"}  # fmt: skip
_BARS = frozenset("¯―‾_‗\u0304\u0305")
_FENCES = {"(": ")", "[": "]", "{": "}", "|": "|", "‖": "‖", "⌊": "⌋", "⌈": "⌉", "⟨": "⟩"}
_FUNCTIONS = frozenset(
    {"max", "min", "lim", "sup", "inf", "argmax", "argmin", "arg max", "arg min"}
)


def emit(math: Element, *, display: bool) -> list[Element]:
    """Return the OMML of a MathML tree; ``display`` puts limits above and below."""
    return _Emitter(display=display).sequence(list(math))


def _tag(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _text(node: Element) -> str:
    return "".join(str(piece) for piece in node.itertext())


def _run(text: str, style: str = "") -> Element:
    if text == "~":  # the converter's word for "is distributed as"
        text = "∼"
    content = el("m:t", text=text)
    if text != text.strip():
        content.set(XML_SPACE, "preserve")
    properties = None
    if style == "text":
        properties = el("m:rPr", el("m:nor"))
    elif style:
        properties = el("m:rPr", el("m:sty", val=style))
    fonts = el("w:rPr", el("w:rFonts", ascii="Cambria Math", hAnsi="Cambria Math"))
    return el("m:r", properties, fonts, content)


class _Emitter:
    def __init__(self, *, display: bool) -> None:
        self.display = display

    def sequence(self, nodes: Sequence[Element]) -> list[Element]:
        """Emit siblings: sums take what follows as their body, fences what they hold."""
        nodes = self._unwrap(nodes)
        out: list[Element] = []
        at = 0
        while at < len(nodes):
            node = nodes[at]
            base = node[0] if len(node) else node
            if _tag(node) in {"mo", *_SCRIPTS} and _text(base) in NARY:
                stop = at + 1
                while stop < len(nodes) and not (
                    _tag(nodes[stop]) == "mo" and _text(nodes[stop]) in _ENDS
                ):
                    stop += 1
                out.append(self._nary(node, self.sequence(nodes[at + 1 : stop])))
                at = stop
                continue
            close = self._closing(nodes, at)
            if close:
                held = nodes[at + 1 : close]
                after = _text(nodes[close]) if close < len(nodes) else ""
                out.append(self._delimited(_text(node), after, held))
                at = close + 1
                continue
            out += self.node(node)
            at += 1
        return out

    def _unwrap(self, nodes: Sequence[Element]) -> list[Element]:
        """Open up rows that only group, so that a sum sees what follows it."""
        flat: list[Element] = []
        for node in nodes:
            if _tag(node) in {"mrow", "mstyle", "mpadded", "semantics"}:
                flat += self._unwrap(list(node))
            else:
                flat.append(node)
        return flat

    def _closing(self, nodes: Sequence[Element], at: int) -> int:
        """Return the index that closes the stretchy fence (or matrix bracket) at ``at``; 0 if none."""
        node = nodes[at]
        if _tag(node) != "mo":
            return 0
        if node.get("form") == "prefix" and node.get("fence") == "true":
            depth = 0
            for index in range(at, len(nodes)):
                other = nodes[index]
                if _tag(other) == "mo" and other.get("fence") == "true":
                    depth += 1 if other.get("form") == "prefix" else -1
                    if depth == 0:
                        return index
            return len(nodes)  # cases: a brace that nothing closes
        bracketed = at + 2 < len(nodes) and _tag(nodes[at + 1]) == "mtable"
        if bracketed and _text(node) in _FENCES and _tag(nodes[at + 2]) == "mo":
            return at + 2
        return 0

    def node(self, node: Element) -> list[Element]:
        """Emit one element."""
        tag = _tag(node)
        match tag:
            case "mi":
                return [_run(_text(node), self._style(node))]
            case "mn":
                return [_run(_text(node), "p" if node.get("mathvariant") != "bold" else "b")]
            case "mo":
                return [_run(_text(node), "p")] if _text(node) else []
            case "mtext":
                return [_run(_text(node), "text")] if _text(node) else []
            case "mspace":
                return [_run(" ", "text")] if node.get("width", "0")[:1] not in "0-" else []
            case "mfrac":
                return [self._fraction(node)]
            case "msqrt":
                hide = el("m:radPr", el("m:degHide", val="1"))
                return [el("m:rad", hide, el("m:deg"), self._arg("m:e", list(node)))]
            case "mroot":
                root, degree = self._arg("m:e", _part(node, 0)), self._arg("m:deg", _part(node, 1))
                return [el("m:rad", degree, root)]
            case "msub" | "msup" | "msubsup" | "munder" | "mover" | "munderover":
                return [self._script(node, tag)]
            case "mtable":
                return [self._matrix(node)]
            case _:
                return self.sequence(list(node)) if len(node) else self._leaf(node)

    def _leaf(self, node: Element) -> list[Element]:
        return [_run(_text(node))] if _text(node) else []

    @staticmethod
    def _style(node: Element) -> str:
        variant = node.get("mathvariant", "")
        if "bold" in variant:
            return "bi" if "italic" in variant else "b"
        return "p" if variant == "normal" or len(_text(node)) > 1 else ""

    def _arg(self, name: str, nodes: Sequence[Element]) -> Element:
        return el(name, *self.sequence(list(nodes)))

    def _fraction(self, node: Element) -> Element:
        flat = node.get("linethickness", "") in {"0", "0pt", "0px"}
        properties = el("m:fPr", el("m:type", val="noBar")) if flat else None
        return el(
            "m:f",
            properties,
            self._arg("m:num", _part(node, 0)),
            self._arg("m:den", _part(node, 1)),
        )

    def _script(self, node: Element, tag: str) -> Element:
        base = node[0]
        word = _text(base)
        if word in NARY:
            return self._nary(node, [])
        if tag == "mover":
            mark = _text(node[1])
            if mark in _BARS:
                properties = el("m:barPr", el("m:pos", val="top"))
                return el("m:bar", properties, self._arg("m:e", [base]))
            if mark in _ACCENTS:
                properties = el("m:accPr", el("m:chr", val=_ACCENTS[mark]))
                return el("m:acc", properties, self._arg("m:e", [base]))
        limits = word in _FUNCTIONS and self.display
        if tag == "munder" or (tag == "msub" and limits):
            return el("m:limLow", self._arg("m:e", [base]), self._arg("m:lim", _part(node, 1)))
        if tag == "mover":
            return el("m:limUpp", self._arg("m:e", [base]), self._arg("m:lim", _part(node, 1)))
        if tag == "munderover":
            low = el("m:limLow", self._arg("m:e", [base]), self._arg("m:lim", _part(node, 1)))
            return el("m:limUpp", el("m:e", low), self._arg("m:lim", _part(node, 2)))
        names = {"msub": ("m:sSub", "m:sub"), "msup": ("m:sSup", "m:sup")}
        if tag in names:
            name, part = names[tag]
            return el(name, self._arg("m:e", [base]), self._arg(part, _part(node, 1)))
        return el(
            "m:sSubSup",
            self._arg("m:e", [base]),
            self._arg("m:sub", _part(node, 1)),
            self._arg("m:sup", _part(node, 2)),
        )

    def _nary(self, node: Element, body: list[Element]) -> Element:
        tag = _tag(node)
        sign = _text(node[0]) if len(node) else _text(node)
        low = _part(node, 1) if tag in {"msub", "munder", "msubsup", "munderover"} else []
        high = _part(node, 1) if tag in {"msup", "mover"} else _part(node, 2)
        place = "undOvr" if self.display and sign not in _INTEGRALS else "subSup"
        properties = el(
            "m:naryPr",
            el("m:chr", val=sign),
            el("m:limLoc", val=place),
            el("m:subHide", val="0" if len(low) else "1"),
            el("m:supHide", val="0" if len(high) else "1"),
        )
        return el(
            "m:nary",
            properties,
            self._arg("m:sub", low),
            self._arg("m:sup", high),
            el("m:e", *body),
        )

    def _delimited(self, before: str, after: str, held: Sequence[Element]) -> Element:
        marks = el("m:dPr", el("m:begChr", val=_mark(before)), el("m:endChr", val=_mark(after)))
        return el("m:d", marks, self._arg("m:e", held))

    def _matrix(self, node: Element) -> Element:
        rows = [list(row) for row in node]
        width = max((len(row) for row in rows), default=1)
        columns = [
            el("m:mc", el("m:mcPr", el("m:count", val="1"), el("m:mcJc", val=side)))
            for side in _sides(rows[0] if rows else [], width)
        ]
        matrix = el("m:m", el("m:mPr", el("m:plcHide", val="1"), el("m:mcs", *columns)))
        for row in rows:
            cells = [self._arg("m:e", list(cell)) for cell in row]
            cells += [el("m:e") for _ in range(width - len(row))]
            matrix.append(el("m:mr", *cells))
        return matrix


_SCRIPTS = frozenset({"msub", "msup", "msubsup", "munder", "mover", "munderover"})


def _sides(first: Sequence[Element], width: int) -> list[str]:
    """Return how each column of a matrix (or of lines aligned at their signs) is set."""
    sides = [cell.get("columnalign", "center") for cell in first[:width]]
    return sides + ["center"] * (width - len(sides))


def _part(node: Element, index: int) -> list[Element]:
    """Return the child at ``index`` as a list; empty where there is none."""
    return list(node)[index : index + 1]


def _mark(text: str) -> str:
    return "" if text == "." else text
