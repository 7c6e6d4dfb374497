"""Read a tagged PDF by its structure tree: headings, paragraphs, cells, footnotes, alternatives."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from report.check.outputs.items import FORMULA, Drawn, Item, Kind, Reading, bare, call
from report.check.outputs.pdf_text import Fonts, PageText, Run, page_text
from report.errors import OutputError, Place, Problem
from report.i18n import _

_HEADING = re.compile(r"/H([1-6])")
_BLOCKS = frozenset(
    [
        "/Document",
        "/Part",
        "/Art",
        "/Sect",
        "/Div",
        "/BlockQuote",
        "/Caption",
        "/TOC",
        "/TOCI",
        "/P",
        "/H",
        "/L",
        "/LI",
        "/LBody",
        "/Lbl",
        "/Table",
        "/THead",
        "/TBody",
        "/TFoot",
        "/TR",
        "/TH",
        "/TD",
        "/H1",
        "/H2",
        "/H3",
        "/H4",
        "/H5",
        "/H6",
    ]
)
_ENTRY = re.compile(r"^(.*?)[.\u2026\u00b7\s]*([0-9]+|[ivxlc]+)$", re.DOTALL)
_CONTINUED = re.compile(r"续(表[0-9A-Z]+(?:-[0-9]+)?)((?:单位：.*)?)")
SMALL = 0.8  # of the size around it: a footnote's call
DEEPEST = 200


@dataclass(slots=True)
class _Node:
    """An element of the structure tree; children are nodes or (page, marked-content id)."""

    tag: str
    alternative: str = ""
    children: list[_Node | tuple[int, int]] = field(default_factory=list)
    blocks: bool = False  # whether a block stands somewhere below

    def nodes(self) -> Iterator[_Node]:
        for child in self.children:
            if isinstance(child, _Node):
                yield child

    def leaves(self) -> Iterator[tuple[int, int]]:
        for child in self.children:
            if isinstance(child, _Node):
                yield from child.leaves()
            else:
                yield child


@dataclass(frozen=True, slots=True)
class PdfReading:
    """What a PDF says; ``labels`` are its pages' labels, ``furniture`` each page's heads and feet."""

    reading: Reading
    labels: tuple[str, ...]
    furniture: tuple[tuple[str, ...], ...]


def read_pdf(data: bytes) -> PdfReading:
    """Read a PDF; OutputError when it is broken or carries no structure tree."""
    try:
        return _read(data)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise OutputError(
            Problem(
                Place.of("report.pdf"),
                _("The PDF cannot be read: {error}").format(error=error),
                _("a tagged PDF, as iireport build writes it"),
                _("Build the report again."),
            )
        ) from error


def _read(data: bytes) -> PdfReading:
    pdf = PdfReader(io.BytesIO(data))
    root: Any = pdf.trailer["/Root"]
    if "/StructTreeRoot" not in root:
        raise ValueError("no structure tree")
    fonts = Fonts()
    pages = [page_text(page, fonts) for page in pdf.pages]
    numbers = {
        page.indirect_reference.idnum: index
        for index, page in enumerate(pdf.pages)
        if page.indirect_reference is not None
    }
    limit = sys.getrecursionlimit()
    try:
        sys.setrecursionlimit(max(limit, 10 * DEEPEST))
        tree = _node(root["/StructTreeRoot"], numbers, None, 0)
        teller = _Teller(pages, tuple(pdf.page_labels))
        teller.tell(tree)
    finally:
        sys.setrecursionlimit(limit)
    used = set(tree.leaves())
    furniture = tuple(
        (*page.loose, *(run.text for mark, run in page.marked.items() if (n, mark) not in used))
        for n, page in enumerate(pages)
    )
    return PdfReading(teller.reading, teller.labels, furniture)


def _node(element: Any, pages: dict[int, int], page: int | None, depth: int) -> _Node:
    if depth > DEEPEST:
        raise ValueError("the structure tree is too deep")
    if "/Pg" in element:
        page = pages.get(element.raw_get("/Pg").idnum, page)
    node = _Node(str(element.get("/S", "")), str(element.get("/Alt", "")))
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(kid, int):
            if page is not None:
                node.children.append((page, int(kid)))
        elif "/MCID" in kid:
            own = pages.get(kid.raw_get("/Pg").idnum, page) if "/Pg" in kid else page
            if own is not None:
                node.children.append((own, int(kid["/MCID"])))
        elif kid.get("/Type") != "/OBJR":
            child = _node(kid, pages, page, depth + 1)
            node.children.append(child)
            node.blocks = node.blocks or child.blocks or child.tag in _BLOCKS
    return node


class _Teller:
    """Goes through the structure tree and notes the items."""

    def __init__(self, pages: list[PageText], labels: tuple[str, ...]) -> None:
        self.reading = Reading()
        self.labels = labels
        self._pages = pages
        self._head: tuple[str, ...] = ()  # the last table head, repeated on its next page
        self._title = ""  # the last table's caption
        self._page_opened = False

    def tell(self, root: _Node) -> None:
        for document in root.nodes():
            for part in document.nodes():
                if part.tag == "/NonStruct" and part.children and not part.blocks:
                    for note in part.nodes():
                        self._footnote(note)
                else:
                    self._page_opened = True
                    self._block(part, "text")

    def _block(self, node: _Node, kind: Kind) -> None:
        level = 0
        if match := _HEADING.fullmatch(node.tag):
            kind, level = "heading", int(match[1])
        elif node.tag == "/Caption":
            kind = "caption"
        elif node.tag in {"/TH", "/TD"}:
            kind = "cell"
        elif node.tag == "/Table":
            self._table(node)
            return
        elif node.tag == "/Lbl" or (node.tag == "/LI" and self._entry(node)):
            return
        run: list[_Node | tuple[int, int]] = []
        for child in node.children:
            if isinstance(child, _Node) and (child.blocks or child.tag in _BLOCKS):
                self._item(run, kind, level)
                run = []
                self._block(child, kind)
            else:
                run.append(child)
        self._item(run, kind, level)

    def _table(self, node: _Node) -> None:
        captions = [child for child in node.nodes() if child.tag == "/Caption"]
        title = bare(self._plain(captions[0])) if captions else ""
        continued = _continues(title, self._title) if title else self._page_opened
        if title and not continued:
            self._title = title
        for child in node.nodes():
            if continued and child.tag == "/Caption":
                continue
            if child.tag == "/THead":
                head = tuple(
                    bare(self._plain(cell)) for row in child.nodes() for cell in row.nodes()
                )
                if continued and head == self._head:
                    continue
                self._head = head
            self._block(child, "text")

    def _entry(self, node: _Node) -> bool:
        """Note an entry of a generated list: an item that is one link ending in a page number."""
        inner = node
        for tag in ("/LBody", "/Link"):
            nodes = list(inner.nodes())
            if len(nodes) != 1 or nodes[0].tag != tag:
                return False
            inner = nodes[0]
        match = _ENTRY.match(self._plain(inner).strip())
        if match is None:
            return False
        self.reading.contents.append(Item("text", match[1], self._where(inner)))
        return True

    def _footnote(self, node: _Node) -> None:
        text = self._text(list(node.children)).strip()
        self.reading.footnotes.append(Item("text", text, self._where(node)))

    def _item(self, parts: list[_Node | tuple[int, int]], kind: Kind, level: int) -> None:
        if not parts:
            return
        text = self._text(parts)
        if bare(text):
            holder = _Node("", children=parts)
            self.reading.body.append(Item(kind, text, self._where(holder), level))
            self._page_opened = False

    def _text(self, parts: list[_Node | tuple[int, int]]) -> str:
        """Return the text of inline parts, calls of footnotes marked and drawings noted."""
        said: list[tuple[str, float]] = []
        self._inline(parts, said)
        largest = max((size for text, size in said if bare(text)), default=0.0)
        return "".join(
            call(bare(text)) if 0 < size < SMALL * largest and bare(text).isdigit() else text
            for text, size in said
        )

    def _inline(self, parts: list[_Node | tuple[int, int]], said: list[tuple[str, float]]) -> None:
        for part in parts:
            if isinstance(part, tuple):
                run = self._run(part)
                said.append((run.text, run.size))
            elif part.tag in {"/Figure", "/Formula"} and part.alternative:
                self._picture(part, said)
            else:
                self._inline(part.children, said)

    def _picture(self, node: _Node, said: list[tuple[str, float]]) -> None:
        runs = [self._run(leaf) for leaf in node.leaves()]
        texts = tuple(text for run in runs for text in run.drawn if bare(text))
        item = Item("text", node.alternative, self._where(node))
        if texts:
            self.reading.alternatives.append(item)
            points = frozenset(point for run in runs for point in run.points)
            fills = frozenset(filled for run in runs for filled in run.fills)
            where = self._where(node)
            self.reading.drawings.append(Drawn(texts, where, points=points, fills=fills))
        else:
            self.reading.formulas.append(item)
            said.append((FORMULA, 0.0))

    def _plain(self, node: _Node) -> str:
        return "".join(self._run(leaf).text for leaf in node.leaves())

    def _run(self, leaf: tuple[int, int]) -> Run:
        page, identity = leaf
        return self._pages[page].marked.get(identity) or Run()

    def _where(self, node: _Node) -> str:
        page = next((page for page, _identity in node.leaves()), None)
        if page is None:
            return ""
        label = self.labels[page] if page < len(self.labels) else str(page + 1)
        return _("page {label}").format(label=label)


def _continues(title: str, before: str) -> bool:
    """Whether a caption says 续表2-10 of the table before it; nothing but its unit may follow."""
    match = _CONTINUED.fullmatch(title)
    return match is not None and before.startswith(match[1]) and before.endswith(match[2])
