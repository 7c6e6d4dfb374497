"""From Markdown's inline tokens to the Document's inlines, each with its key, guard and template line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from markdown_it.tree import SyntaxTreeNode

from report.document.model import (
    Break,
    Emphasis,
    Footnote,
    Inline,
    Link,
    Math,
    Strong,
    Text,
    Word,
)
from report.errors import Place, Problem
from report.i18n import _
from report.manuscript.store import (
    OBJECT,
    PLACE,
    BlockPiece,
    Boundary,
    Guard,
    Missing,
    Piece,
    Store,
    Typed,
    plain_text,
    with_origin,
)

_MARKS = re.compile(f"{OBJECT.pattern}|{PLACE.pattern}")
_SOFT = Text("\n")  # where a source line ends, until the neighbours are known
_SAFE_LINK = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)


class InlineReader:
    """Reads the inlines of one paragraph, heading or caption.

    ``places`` are the template lines of the paragraph's source lines; ``footnote`` gives the text of
    a ``[^label]``. Afterwards ``missing`` holds the reasons why a helper had nothing to say.
    """

    def __init__(
        self,
        store: Store,
        places: Sequence[Place | None],
        guards: Sequence[Guard] = (),
        footnote: Callable[[int], tuple[Inline, ...]] | None = None,
    ) -> None:
        self._store = store
        self._places = places
        self._line = 0
        self._place = places[0] if places else None
        self._guards = list(guards)
        self._footnote = footnote
        self.missing: list[str] = []

    def read(self, nodes: Iterable[SyntaxTreeNode]) -> tuple[Inline, ...]:
        """Convert the children of an inline node."""
        found: list[Inline] = []
        for node in nodes:
            self._node(node, found)
        return _trimmed(_joined(found))

    def _node(self, node: SyntaxTreeNode, found: list[Inline]) -> None:
        match node.type:
            case "text":
                self._text(node.content, found)
            case "softbreak":
                self._next_line()
                found.append(_SOFT)
            case "hardbreak":
                self._next_line()
                found.append(Break())
            case "strong":
                found.append(Strong(self._nested(node)))
            case "em":
                found.append(Emphasis(self._nested(node)))
            case "link":
                self._link(node, found)
            case "footnote_ref":
                if self._footnote is not None:
                    found.append(Footnote(self._footnote(int(node.meta["id"]))))
            case "math_inline":
                found.append(Math(self._store.plain(node.content)))
            case "image":
                self._problem(
                    _("a picture is put in by hand"), _("figures are drawn: use figure(…)")
                )
            case _:
                self._problem(_("unexpected markup: {kind}").format(kind=node.type), "")

    def _nested(self, node: SyntaxTreeNode) -> tuple[Inline, ...]:
        inner: list[Inline] = []
        for child in node.children:
            self._node(child, inner)
        return tuple(_joined(inner))

    def _link(self, node: SyntaxTreeNode, found: list[Inline]) -> None:
        url = str(node.attrs.get("href", ""))
        if not _SAFE_LINK.match(url):
            self._problem(
                _("not a web address: {url}").format(url=self._store.plain(url)),
                _("links begin with http:// or https://; use ref(…) for places in the report"),
            )
        found.append(Link(self._nested(node), url))

    def _next_line(self) -> None:
        self._line += 1
        if self._line < len(self._places):
            self._place = self._places[self._line]

    def _text(self, content: str, found: list[Inline]) -> None:
        end = 0
        for match in _MARKS.finditer(content):
            self._literal(content[end : match.start()], found)
            end = match.end()
            if match[1] is None:
                self._place = self._store.place(PLACE.fullmatch(match.group()) or match)
            else:
                self._object(int(match[1]), found)
        self._literal(content[end:], found)

    def _literal(self, text: str, found: list[Inline]) -> None:
        if not text:
            return
        if "[^" in text:
            self._problem(
                _("a footnote has no text: {text}").format(text=text[text.index("[^") :][:20]),
                _("write [^name]: text in the same template, or use note(…)"),
            )
        if self._guards:
            # A passage within a passage stands under both conditions.
            keys = dict.fromkeys(key for guard in self._guards for key in guard.keys)
            condition = " and ".join(dict.fromkeys(guard.condition for guard in self._guards))
            found.append(Word(text, "claim", tuple(keys), condition, self._place))
        else:
            found.append(Text(text, self._place))

    def _object(self, index: int, found: list[Inline]) -> None:
        item = self._store.objects[index]
        if isinstance(item, Missing):
            self.missing.append(item.reason)
        elif isinstance(item, Boundary):
            if item.guard is not None:
                self._guards.append(item.guard)
            elif self._guards:
                self._guards.pop()
        elif isinstance(item, Piece):
            for inline in item.inlines():
                if isinstance(inline, Text) and isinstance(item, Typed):
                    self._literal(inline.text, found)
                elif isinstance(inline, Text) and inline.origin is None:
                    # A helper's own words stand in no template: nobody can edit them there.
                    found.append(Word(inline.text, "phrase", origin=self._place))
                else:
                    found.append(with_origin(inline, self._place))
        elif isinstance(item, BlockPiece):
            self._problem(
                _("a figure, table or formula stands inside a sentence"),
                _("put it on a line of its own"),
            )

    def _problem(self, found: str, remedy: str) -> None:
        self._store.problems.append(Problem(self._place, found, "", remedy))


def _joined(inlines: list[Inline]) -> list[Inline]:
    """Merge text of one origin, and turn line ends into a space only between Latin words."""
    result: list[Inline] = []
    for position, inline in enumerate(inlines):
        if inline is _SOFT:
            before, after = plain_text(tuple(result)), plain_text(tuple(inlines[position + 1 :]))
            if _needs_space(before[-1:], after.lstrip("\n")[:1]):
                inline = Text(" ", getattr(result[-1], "origin", None))
            else:
                continue
        last = result[-1] if result else None
        if isinstance(inline, (Text, Word)) and last is not None and _same_run(last, inline):
            assert isinstance(last, (Text, Word))
            result[-1] = replace(last, text=last.text + inline.text)
        else:
            result.append(inline)
    return result


def _same_run(last: Inline, inline: Inline) -> bool:
    """Whether two inlines are the same kind of prose from the same place."""
    if isinstance(last, Text) and isinstance(inline, Text):
        return last.origin == inline.origin
    if isinstance(last, Word) and isinstance(inline, Word) and inline.kind == "claim":
        return replace(last, text="") == replace(inline, text="")
    return False


def _needs_space(before: str, after: str) -> bool:
    return bool(before and after) and _narrow(before) and _narrow(after)


def _narrow(char: str) -> bool:
    return (
        not char.isspace()
        and unicodedata.east_asian_width(char) not in "WF"
        and (char not in "“”‘’…—·、")
    )


def _trimmed(inlines: list[Inline]) -> tuple[Inline, ...]:
    """Drop blanks at both ends, and empty text."""
    if inlines and isinstance(inlines[0], Text):
        inlines[0] = replace(inlines[0], text=inlines[0].text.lstrip())
    if inlines and isinstance(inlines[-1], Text):
        inlines[-1] = replace(inlines[-1], text=inlines[-1].text.rstrip())
    return tuple(one for one in inlines if not (isinstance(one, (Text, Word)) and not one.text))
