"""What helpers hand to a template: objects printed as sentinels that lead back to inlines and blocks."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

from report.document.model import Block, Emphasis, Footnote, Inline, Link, Ref, Strong
from report.document.quantity import Quantity
from report.errors import Place, Problem

OBJECT_OPEN, OBJECT_CLOSE = "\ue200", "\ue201"
PLACE_OPEN, PLACE_CLOSE = "\ue202", "\ue203"
SENTINELS = frozenset((OBJECT_OPEN, OBJECT_CLOSE, PLACE_OPEN, PLACE_CLOSE))
OBJECT = re.compile(f"{OBJECT_OPEN}(\\d+){OBJECT_CLOSE}")
PLACE = re.compile(f"{PLACE_OPEN}(\\d+):(\\d+){PLACE_CLOSE}")

T = TypeVar("T")


class Store:
    """Everything printed while one manuscript is composed, and every problem met on the way."""

    def __init__(self, root: str) -> None:
        self.root = root  # the templates' folder as it is named in places
        self.objects: list[Printable] = []
        self.problems: list[Problem] = []
        self.claims: list[Problem] = []  # claims that no longer hold
        self.facts: dict[str, str] = {}  # fact id → citation, in order of first use
        self.decided: dict[tuple[str, int], dict[str, None]] = {}  # template, line → keys
        self._files: list[str] = []

    def add(self, item: Printable) -> str:
        """Keep an object and return the sentinel that stands for it in the rendered text."""
        self.objects.append(item)
        return f"{OBJECT_OPEN}{len(self.objects) - 1}{OBJECT_CLOSE}"

    def mark(self, name: str, line: int) -> str:
        """Return the sentinel saying that what follows stands in template ``name`` at ``line``."""
        if name not in self._files:
            self._files.append(name)
        return f"{PLACE_OPEN}{self._files.index(name)}:{line}{PLACE_CLOSE}"

    def place(self, match: re.Match[str]) -> Place:
        """Return the place that a PLACE match stands for."""
        return self.place_in(self._files[int(match[1])], int(match[2]))

    def place_in(self, name: str, line: int) -> Place:
        """Return the place of a line of a template, named from the templates' folder down."""
        return Place(f"{self.root}/{name}", line=line)

    def decide(self, keys: Iterable[str]) -> None:
        """Note that what is being rendered is printed, or left out, because of ``keys``.

        It hangs on the line of a macro as on that of its caller.
        """
        noted = dict.fromkeys(keys)
        if noted:
            innermost: dict[str, int] = {}
            for name, line in _rendering():
                innermost.setdefault(name, line)  # further out stand the blocks around the line
            for found in innermost.items():
                self.decided.setdefault(found, {}).update(noted)

    def plain(self, text: str) -> str:
        """Return ``text`` with objects as their words and places left out."""
        text = PLACE.sub("", text)
        return OBJECT.sub(lambda match: self.objects[int(match[1])].plain(), text)


class Printable:
    """Anything a template may print between double braces."""

    __slots__ = ("_store",)

    def __init__(self, store: Store) -> None:
        self._store = store

    def __str__(self) -> str:
        return self._store.add(self)

    def plain(self) -> str:
        """Return the words as a reader sees them, without any markup."""
        return ""


class Piece(Printable):
    """A run of inlines: a number with its key, a word with its reason, a name."""

    __slots__ = ("_inlines",)

    def __init__(self, store: Store, *inlines: Inline) -> None:
        super().__init__(store)
        self._inlines = inlines

    def inlines(self) -> tuple[Inline, ...]:
        """Return the inlines this stands for."""
        return self._inlines

    def plain(self) -> str:
        """Return the text of all inlines."""
        return plain_text(self.inlines())

    def __bool__(self) -> bool:
        """Whether anything is printed, so that empty texts of YAML files are false."""
        return bool(self.inlines()) and (bool(self.plain()) or self.has_notes())

    def has_notes(self) -> bool:
        """Whether it holds anything but text, such as a footnote or a reference."""
        return any(isinstance(inline, (Footnote, Ref)) for inline in self.inlines())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, (str, Piece)):
            return self.plain() == (other if isinstance(other, str) else other.plain())
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.plain())


class NumberPiece(Piece):
    """A printed quantity; two of them compare as they are shown."""

    __slots__ = ("_quantity",)

    def __init__(self, store: Store, quantity: Quantity, *inlines: Inline) -> None:
        super().__init__(store, *inlines)
        self._quantity = quantity

    def quantity(self) -> Quantity:
        """Return the quantity that is printed."""
        return self._quantity

    def _shown(self, other: object) -> tuple[float, float]:
        others = (other.quantity().key,) if isinstance(other, NumberPiece) else ()
        self._store.decide((self._quantity.key, *others))
        if isinstance(other, NumberPiece):
            return self._quantity.shown, other.quantity().shown
        if isinstance(other, (int, float)):
            return self._quantity.shown, float(other)
        raise TypeError

    def __lt__(self, other: object) -> bool:
        mine, theirs = self._shown(other)
        return mine < theirs

    def __le__(self, other: object) -> bool:
        mine, theirs = self._shown(other)
        return mine <= theirs

    def __gt__(self, other: object) -> bool:
        mine, theirs = self._shown(other)
        return mine > theirs

    def __ge__(self, other: object) -> bool:
        mine, theirs = self._shown(other)
        return mine >= theirs

    def __eq__(self, other: object) -> bool:
        if isinstance(other, (NumberPiece, int, float)):
            mine, theirs = self._shown(other)
            return mine == theirs
        return super().__eq__(other)

    def __hash__(self) -> int:
        return hash(self._quantity.shown)


class BlockPiece(Printable):
    """A figure, a table or a formula: printed on a line of its own."""

    __slots__ = ("_block",)

    def __init__(self, store: Store, block: Block) -> None:
        super().__init__(store)
        self._block = block

    def block(self) -> Block:
        """Return the block this stands for (without origin)."""
        return self._block


class Missing(Piece):
    """What a helper gives when the edition has no such data: its paragraph becomes a notice.

    It is false, empty, and neither more nor less than anything, so that conditions and loops on it
    simply do not run.
    """

    __slots__ = ("reason",)

    def __init__(self, store: Store, reason: str) -> None:
        super().__init__(store)
        self.reason = reason

    def __getattr__(self, name: str) -> Missing:
        if name.startswith("_"):
            raise AttributeError(name)
        return self

    def __bool__(self) -> bool:
        return False

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __getitem__(self, _item: object) -> Missing:
        return self

    def __lt__(self, _other: object) -> bool:
        return False

    __le__ = __gt__ = __ge__ = __lt__

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


class Broken(Missing):
    """What a helper gives after a problem was noted: lets rendering go on and find the others."""

    __slots__ = ()

    def __init__(self, store: Store) -> None:
        super().__init__(store, "")


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition that was evaluated: as written, and with the keys and values it was true by."""

    condition: str
    keys: tuple[str, ...]
    id: str = ""


class Boundary(Printable):
    """The beginning (``guard``) or the end (None) of a guarded passage.

    ``whole`` passages hold blocks and stand between blank lines; others are part of a sentence.
    """

    __slots__ = ("guard", "whole")

    def __init__(self, store: Store, guard: Guard | None, *, whole: bool) -> None:
        super().__init__(store)
        self.guard = guard
        self.whole = whole


def plain_text(inlines: tuple[Inline, ...]) -> str:
    """Return the text of inlines as a reader sees it, footnotes left out."""
    parts: list[str] = []
    for inline in inlines:
        if isinstance(inline, (Strong, Emphasis, Link)):
            parts.append(plain_text(inline.inlines))
        elif hasattr(inline, "quantity"):
            parts.append(inline.quantity.text)
        elif not isinstance(inline, Footnote):
            parts.append(getattr(inline, "text", ""))
    return "".join(parts)


def with_origin(item: T, place: Place | None) -> T:
    """Return an inline or block, and what it holds, with ``place`` where it has no origin yet."""
    if place is None or not is_dataclass(item) or isinstance(item, (Place, Quantity)):
        return item
    changes: dict[str, Any] = {}
    for field in fields(item):
        value = getattr(item, field.name)
        if field.name == "origin" and value is None:
            changes["origin"] = place
        elif field.name in ("inlines", "caption", "notes", "title", "blocks"):
            changes[field.name] = _each(value, place)
    return replace(item, **changes) if changes else item  # type: ignore[type-var]


def _each(value: Any, place: Place) -> Any:
    if isinstance(value, tuple):
        return tuple(_each(one, place) for one in value)
    return with_origin(value, place)


class Typed(Piece):
    """A string that an editor typed between the braces: static prose like any other."""

    __slots__ = ()


def here(store: Store) -> Place | None:
    """Return the template line that is being rendered, or None outside of rendering."""
    found = next(_rendering(), None)
    return store.place_in(*found) if found else None


def mark_here(store: Store) -> str:
    """Return the mark of the template line that is being rendered."""
    found = next(_rendering(), None)
    return store.mark(*found) if found else ""


def _rendering() -> Iterator[tuple[str, int]]:
    """Yield the templates and lines whose code is on the stack, the innermost first.

    There is no other way from a helper to its caller.
    """
    current: Any = sys._getframe(1)  # noqa: SLF001
    while current is not None:
        template = current.f_globals.get("__jinja_template__")
        if template is not None and template.name:
            yield template.name, template.get_corresponding_lineno(current.f_lineno)
        current = current.f_back
