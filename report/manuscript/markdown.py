"""From a rendered template to blocks: Markdown read with the template line of every source line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from markdown_it.tree import SyntaxTreeNode

from report.document.model import (
    Align,
    Block,
    Callout,
    Claim,
    Figure,
    Formula,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Table,
    TableCell,
    Text,
)
from report.errors import Place, Problem
from report.i18n import _
from report.manuscript.ids import IdBook
from report.manuscript.inlines import InlineReader
from report.manuscript.places import placed
from report.manuscript.reader import markdown, split_attributes
from report.manuscript.store import (
    OBJECT,
    PLACE,
    BlockPiece,
    Boundary,
    Guard,
    Missing,
    Printable,
    Store,
    plain_text,
    with_origin,
)

CALLOUTS = ("finding", "case", "note", "method")
STYLES = ("body", "lead", "source", "colophon", "notice")
_DEEPEST_HEADING = 4


@dataclass(frozen=True, slots=True)
class _Edge:
    """The beginning (``guard``) or end of a guarded passage among blocks."""

    guard: Guard | None
    place: Place | None


Found: TypeAlias = "Block | _Edge"


class BlockReader:
    """Reads rendered templates of one document; ids and notices run through all of them."""

    def __init__(self, store: Store, ids: IdBook) -> None:
        self._store = store
        self._ids = ids
        self._markdown = markdown()
        self._places: list[Place | None] = []
        self._notes: dict[int, SyntaxTreeNode] = {}

    def read(self, rendered: str, start: Place | None) -> tuple[Block, ...]:
        """Convert a rendered template; ``start`` is the place of text before the first mark."""
        source, self._places = placed(self._store, rendered, start)
        tree = SyntaxTreeNode(self._markdown.parse(source))
        self._notes = {
            int(node.meta["id"]): node for node in tree.walk() if node.type == "footnote"
        }
        return self._grouped(self._children(tree))

    def inline(self, text: str, place: Place | None) -> tuple[Inline, ...]:
        """Convert a caption, a note or a title given to a helper."""
        tree = SyntaxTreeNode(self._markdown.parseInline(PLACE.sub("", text)))
        reader = InlineReader(self._store, [place])
        return reader.read(child for node in tree.children for child in node.children)

    # ------------------------------------------------------------ blocks

    def _children(self, node: SyntaxTreeNode) -> list[Found]:
        found: list[Found] = []
        for child in node.children:
            found.extend(self._block(child))
        return found

    def _block(self, node: SyntaxTreeNode) -> Iterable[Found]:
        place = self._place(node)
        match node.type:
            case "heading":
                return [self._heading(node, place)]
            case "paragraph":
                return self._paragraph(node)
            case "bullet_list" | "ordered_list":
                return self._list(node, place)
            case "container_box":
                return self._box(node, place)
            case "footnote_block":
                return []
            case "math_block_label":
                block_id = self._ids.take(self._store.plain(node.info), place)
                return [Formula(block_id, self._store.plain(node.content).strip(), origin=place)]
            case "math_block":
                remedy = _("write its id in round brackets after the closing $$: $$ (eq-index)")
                return self._refuse(place, _("a formula has no id"), remedy)
            case "table":
                remedy = _("put it between ::: table Caption {#id} and :::")
                return self._refuse(place, _("a table has no caption and id"), remedy)
            case "hr":
                return self._refuse(place, _("a ruled line has no place in the report"), "")
            case "blockquote":
                remedy = _("use a box: ::: note Title … :::")
                return self._refuse(place, _("a quotation block has no style"), remedy)
            case _:
                kind = _("unexpected markup: {kind}").format(kind=node.type)
                return self._refuse(place, kind, "")

    def _refuse(self, place: Place | None, found: str, remedy: str) -> list[Found]:
        self._store.problems.append(Problem(place, found, "", remedy))
        return []

    def _heading(self, node: SyntaxTreeNode, place: Place | None) -> Heading:
        level = int(node.tag[1:])
        if level > _DEEPEST_HEADING:
            self._refuse(
                place,
                _("a heading is too deep: {marks}").format(marks="#" * level),
                _("part #, chapter ##, section ###, item ####"),
            )
        block_id = self._ids.heading(self._store.plain(node.meta.get("id", "")), place)
        inlines, _missing = self._inlines(node.children[0])
        return Heading(
            block_id,
            min(level, _DEEPEST_HEADING),
            inlines,
            origin=place,
            numbered=node.meta.get("class") != "unnumbered",
        )

    def _paragraph(self, node: SyntaxTreeNode) -> list[Found]:
        inline = node.children[0]
        lines = inline.content.split("\n")
        alone = [self._alone(line) for line in lines]
        if not any(alone):
            return self._prose(inline, node.meta, self._place(node))
        # Figures and passages on lines of their own cut the paragraph where they stand.
        found: list[Found] = []
        first = self._first_line(inline)
        run: list[str] = []
        for offset, (line, item) in enumerate([*zip(lines, alone, strict=True), ("", None)]):
            if item is None and offset < len(lines):
                run.append(line)
                continue
            if run:
                found.extend(self._run(run, first + offset - len(run), node.meta))
                run = []
            if item is not None:
                found.extend(self._object(item, self._places[first + offset]))
        return found

    def _run(self, lines: list[str], first: int, attributes: dict[str, str]) -> list[Found]:
        tree = SyntaxTreeNode(self._markdown.parseInline("\n".join(lines)))
        reader = self._reader(self._places[first : first + len(lines)])
        inlines = reader.read(child for one in tree.children for child in one.children)
        return self._finished(inlines, reader.missing, attributes, self._places[first])

    def _prose(
        self, inline: SyntaxTreeNode, attributes: dict[str, str], place: Place | None
    ) -> list[Found]:
        inlines, missing = self._inlines(inline)
        return self._finished(inlines, missing, attributes, place)

    def _finished(
        self,
        inlines: tuple[Inline, ...],
        missing: Sequence[str],
        attributes: dict[str, str],
        place: Place | None,
    ) -> list[Found]:
        if missing:
            return self._notice(missing[0], place)
        if not inlines:
            return []
        style = attributes.get("class", "body")
        if style not in STYLES:
            self._refuse(
                place,
                _("unknown paragraph style: {style}").format(style=style),
                _("the styles are: {styles}").format(styles=" ".join(STYLES)),
            )
        wanted = self._store.plain(attributes.get("id", ""))
        block_id = self._ids.take(wanted, place) if wanted else self._ids.next(place)
        return [Paragraph(block_id, inlines, style, place)]

    def _notice(self, reason: str, place: Place | None) -> list[Found]:
        """One line in place of what cannot be said, once a section for each reason."""
        if not reason or not self._ids.first_notice(reason):
            return []
        text = Text(f"（本版报告缺少{reason}数据，相关内容从略。）", place)
        return [Paragraph(self._ids.next(place), (text,), "notice", place)]

    def _alone(self, line: str) -> Printable | None:
        """Return the block, passage edge or missing exhibit that a line consists of, if it does."""
        match = OBJECT.fullmatch(PLACE.sub("", line).strip())
        item = self._store.objects[int(match[1])] if match else None
        if isinstance(item, (BlockPiece, Missing)) or (isinstance(item, Boundary) and item.whole):
            return item
        return None

    def _object(self, item: Printable, place: Place | None) -> list[Found]:
        if isinstance(item, Boundary):
            return [_Edge(item.guard, place)]
        if isinstance(item, Missing):
            return self._notice(item.reason, place)
        assert isinstance(item, BlockPiece)
        block = item.block()
        assert isinstance(block, (Figure, Table, Formula))
        return [with_origin(replace(block, id=self._ids.take(block.id, place)), place)]

    def _list(self, node: SyntaxTreeNode, place: Place | None) -> list[Found]:
        block_id = self._ids.next(place)
        items = [self._grouped(self._children(item)) for item in node.children]
        kept = tuple(item for item in items if item)
        if not kept:
            return []
        if all(isinstance(b, Paragraph) and b.style == "notice" for item in kept for b in item):
            return [block for item in kept for block in item]
        return [ListBlock(block_id, node.type == "ordered_list", kept, place)]

    def _box(self, node: SyntaxTreeNode, place: Place | None) -> list[Found]:
        title, attributes = split_attributes(node.info.strip())
        kind, _space, title = title.partition(" ")
        kind = PLACE.sub("", kind)
        if kind == "table":
            return self._table(node, title, attributes, place)
        if kind not in CALLOUTS:
            return self._refuse(
                place,
                _("unknown box: {kind}").format(kind=kind),
                _("the boxes are: {kinds}").format(kinds=" ".join((*CALLOUTS, "table"))),
            )
        wanted = self._store.plain(attributes.get("id", ""))
        block_id = self._ids.take(wanted, place) if wanted else self._ids.next(place)
        blocks = self._grouped(self._children(node))
        if not blocks:
            return []
        return [Callout(block_id, kind, self.inline(title.strip(), place), blocks, place)]

    def _table(
        self, node: SyntaxTreeNode, title: str, attributes: dict[str, str], place: Place | None
    ) -> list[Found]:
        """Read a table typed in the template: for words, not for numbers."""
        inner = [child for child in node.children if child.type == "table"]
        if len(inner) != 1 or len(node.children) != 1:
            return self._refuse(
                place,
                _("a table box holds something else than one table"),
                _("write the rows as | cell | cell | between ::: table and :::"),
            )
        if not attributes.get("id"):
            return self._refuse(place, _("a table has no id"), _("add {#tab-…} after its caption"))
        block_id = self._ids.take(self._store.plain(attributes["id"]), place)
        rows = [row for part in inner[0].children for row in part.children]
        cells = [tuple(self._cell(cell) for cell in row.children) for row in rows]
        widths = _widths(cells)
        return [
            Table(
                block_id,
                self.inline(title.strip(), place),
                (cells[0],),
                tuple(cells[1:]),
                widths,
                unit=attributes.get("unit", ""),
                source=attributes.get("source", ""),
                origin=place,
            )
        ]

    def _cell(self, node: SyntaxTreeNode) -> TableCell:
        style = str(node.attrs.get("style", ""))
        align: Align = "right" if "right" in style else "center" if "center" in style else "left"
        inlines, _missing = self._inlines(node.children[0]) if node.children else ((), [])
        return TableCell(inlines, align=align, header=node.type == "th")

    # ------------------------------------------------------------ inlines and places

    def _inlines(self, node: SyntaxTreeNode) -> tuple[tuple[Inline, ...], list[str]]:
        first, last = node.map or (0, len(self._places))
        reader = self._reader(self._places[first : max(last, first + 1)])
        return reader.read(node.children), reader.missing

    def _reader(self, places: Sequence[Place | None]) -> InlineReader:
        return InlineReader(self._store, places, footnote=self._footnote)

    def _footnote(self, number: int) -> tuple[Inline, ...]:
        node = self._notes.get(number)
        found: list[Inline] = []
        for child in node.children if node else ():
            if child.type == "paragraph":
                found.extend(self._inlines(child.children[0])[0])
        return tuple(found)

    def _first_line(self, node: SyntaxTreeNode) -> int:
        return node.map[0] if node.map else 0

    def _place(self, node: SyntaxTreeNode) -> Place | None:
        first = self._first_line(node)
        return self._places[first] if first < len(self._places) else None

    # ------------------------------------------------------------ guarded passages

    def _grouped(self, found: Sequence[Found]) -> tuple[Block, ...]:
        """Put what stands between the edges of a passage into claims, headings and exhibits beside them."""
        blocks: list[Block] = []
        guards: list[tuple[Guard, Place | None]] = []
        run: list[Block] = []
        named: set[str] = set()

        def close() -> None:
            if run and guards:
                guard, place = guards[-1]
                fresh = guard.id and guard.id not in named
                named.add(guard.id)
                block_id = self._ids.take(guard.id, place) if fresh else self._ids.next(place)
                blocks.append(Claim(block_id, tuple(run), guard.condition, guard.keys, place))
            else:
                blocks.extend(run)
            run.clear()

        for one in found:
            if isinstance(one, _Edge):
                close()
                if one.guard is not None:
                    guards.append((one.guard, one.place))
                elif guards:
                    guards.pop()
            elif isinstance(one, (Paragraph, ListBlock, Callout)) and guards:
                run.append(one)
            else:
                close()
                blocks.append(one)
        close()
        return tuple(blocks)


def _widths(rows: Sequence[tuple[TableCell, ...]]) -> tuple[float, ...]:
    """Relative widths by the longest cell of each column, within reason."""
    columns = max(len(row) for row in rows)
    return tuple(
        float(min(24, max(4, *(len(plain_text(r[c].inlines)) for r in rows if c < len(r)))))
        for c in range(columns)
    )
