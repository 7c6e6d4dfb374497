"""Choose where figures and tables stand, so that no page is left half empty: a search over page fillings.

Pure arithmetic on measured blocks. An exhibit that does not fit on a page may wait until up to
``MOST_PASSED`` paragraphs that follow it have filled the page, a picture may shrink a little, a long
table may be divided between rows; headings and other exhibits are never passed, so an exhibit never
comes before its first reference, nor exhibits out of their order. Of all ways the one with the least
blank paper and the fewest interventions is taken (dynamic programming, with a bounded set of states).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["text", "heading", "figure", "table", "turned"]

MOST_PASSED = 3  # paragraphs an exhibit may wait for
SCALES = (1.0, 0.96, 0.92, 0.88, 0.85)  # of a picture
SLACK = 1.0  # px kept free, for what rounding adds
MOST_STATES = 160

# What each intervention costs; a page left a third empty costs about 5.
PASSED = 0.15
SHRUNK = 6.0  # times the share taken off
DIVIDED = 1.2
DIVIDED_SHORT = 2.5  # more, for a table that has room on one page
SHORT = 0.45  # of a page
PAGE = 0.8
SPARSE = 0.2  # of a page: a last page with less than this looks forgotten
SPARSE_COST = 4.0


@dataclass(frozen=True, slots=True)
class Block:
    """A measured block; lengths in px.

    ``parts`` are what a page can break between: lines, table rows, or one for what stays whole.
    ``cuts`` are the numbers of parts after which it may break. ``lead`` stands before the first part
    (a table's caption and head), ``again`` before the first on each further page. ``notes`` gives
    by part the height of the footnotes called in it. ``picture`` is the height that may shrink.
    """

    id: str
    kind: Kind
    parts: tuple[float, ...]
    cuts: frozenset[int] = frozenset()
    before: float = 0
    after: float = 0
    lead: float = 0
    again: float = 0
    notes: tuple[tuple[int, float], ...] = ()
    picture: float = 0
    pinned: bool = False  # what comes before announces it and nothing may come between

    @property
    def movable(self) -> bool:
        """Whether an exhibit may wait for this."""
        return self.kind == "text"

    @property
    def exhibit(self) -> bool:
        """Whether this may wait for what follows it."""
        return self.kind in {"figure", "table", "turned"} and not self.pinned


@dataclass(frozen=True, slots=True)
class Page:
    """The height of a page's text and what the first footnote on it takes besides itself, in px."""

    height: float
    note_rule: float = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """A block where it is to stand: its scale, and after which parts it is divided."""

    block: Block
    scale: float = 1.0
    cuts: tuple[int, ...] = ()
    page: int = 0  # on which it begins, 0-based, as far as foreseen


@dataclass(frozen=True, slots=True)
class _Cursor:
    """How far a page is filled: down to ``y``, with ``margin`` below it and ``notes`` at its foot."""

    page: int = 0
    y: float = 0
    margin: float = 0
    notes: float = 0
    cost: float = 0
    fresh: bool = True  # nothing stands on the page yet


@dataclass(frozen=True, slots=True)
class _State:
    cursor: _Cursor
    next: int  # the first unit not yet considered
    waiting: int = -1  # the exhibit that waits
    passed: int = 0
    placed: _Chain | None = None


@dataclass(frozen=True, slots=True)
class _Chain:
    placed: Placed
    before: _Chain | None = field(repr=False)


_Unit: TypeAlias = tuple[Block, ...]  # headings, and the block they belong to


def place(blocks: Sequence[Block], page: Page) -> tuple[Placed, ...]:
    """Return the blocks of one section, which begins on a new page, in the order they should stand."""
    units = list(_units(blocks))
    states = [_State(_Cursor(), 0)]
    for _step in units:
        following: dict[tuple[object, ...], _State] = {}
        for state in states:
            for new in _moves(state, units, page):
                key = _key(new)
                old = following.get(key)
                if old is None or new.cursor.cost < old.cursor.cost:
                    following[key] = new
        states = sorted(following.values(), key=lambda s: (s.cursor.cost, s.cursor.page, s.next))
        states = _pruned(states)
    best = min(states, key=lambda state: _total(state, page))
    return _listed(best.placed)


def foreseen(blocks: Sequence[Block], page: Page) -> tuple[Placed, ...]:
    """Return the blocks in their own order, with the pages they begin on when nothing is moved."""
    cursor, placed = _Cursor(), None
    for unit in _units(blocks):
        cursor, placed = _put_unit(cursor, unit, page, 1.0, placed, whole=False)
    return _listed(placed)


def _units(blocks: Sequence[Block]) -> Iterator[_Unit]:
    held: list[Block] = []
    for block in blocks:
        held.append(block)
        if block.kind != "heading":
            yield tuple(held)
            held = []
    if held:
        yield tuple(held)


def _key(state: _State) -> tuple[object, ...]:
    cursor = state.cursor
    return (state.next, state.waiting, state.passed, round(cursor.y), round(cursor.notes))


def _pruned(states: list[_State]) -> list[_State]:
    """Keep the cheapest states, and among them the cheapest with nothing waiting."""
    kept = states[:MOST_STATES]
    if all(state.waiting >= 0 for state in kept):
        kept += [state for state in states[MOST_STATES:] if state.waiting < 0][:4]
    return kept


def _total(state: _State, page: Page) -> float:
    filled = (state.cursor.y + state.cursor.notes) / page.height
    sparse = max(0.0, SPARSE - filled) / SPARSE * SPARSE_COST if state.cursor.page else 0.0
    return state.cursor.cost + sparse


def _listed(chain: _Chain | None) -> tuple[Placed, ...]:
    found = []
    while chain is not None:
        found.append(chain.placed)
        chain = chain.before
    return tuple(reversed(found))


# ---------------------------------------------------------------- moves


def _moves(state: _State, units: Sequence[_Unit], page: Page) -> Iterator[_State]:
    """Yield the states after one more unit has been placed."""
    if state.waiting >= 0:
        for cursor, placed in _ways(state, units[state.waiting], page):
            yield _State(cursor, state.next, placed=placed)
        if state.passed < MOST_PASSED and _passes(units, state.next):
            yield _passing(state, units, state.next, state.waiting, page)
        return
    unit = units[state.next]
    for cursor, placed in _ways(state, unit, page):
        yield _State(cursor, state.next + 1, placed=placed)
    if len(unit) == 1 and unit[0].exhibit and _passes(units, state.next + 1):
        yield _passing(state, units, state.next + 1, state.next, page)


def _passes(units: Sequence[_Unit], index: int) -> bool:
    return index < len(units) and len(units[index]) == 1 and units[index][0].movable


def _passing(state: _State, units: Sequence[_Unit], index: int, waiting: int, page: Page) -> _State:
    cursor = replace(state.cursor, cost=state.cursor.cost + PASSED)
    cursor, placed = _put_unit(cursor, units[index], page, 1.0, state.placed, whole=False)
    return _State(cursor, index + 1, waiting, state.passed + 1, placed)


def _ways(state: _State, unit: _Unit, page: Page) -> Iterator[tuple[_Cursor, _Chain]]:
    """Yield the ways to place a unit here: at full size or smaller, whole or divided."""
    block = unit[-1]
    scales = SCALES if block.picture else (1.0,)
    for scale in scales:
        yield _put_unit(state.cursor, unit, page, scale, state.placed, whole=False)
    if block.kind == "table" and block.cuts and block.lead + sum(block.parts) < page.height:
        yield _put_unit(state.cursor, unit, page, 1.0, state.placed, whole=True)


def _put_unit(
    cursor: _Cursor, unit: _Unit, page: Page, scale: float, placed: _Chain | None, *, whole: bool
) -> tuple[_Cursor, _Chain]:
    """Place headings and the block they belong to; they begin on the same page."""
    needed = _beginning(cursor, unit, page, scale, whole=whole)
    if not cursor.fresh and (unit[-1].kind == "turned" or not _fits(cursor, needed, page)):
        cursor = _turn(cursor, page)
    chain = placed
    for block in unit:
        chain = _Chain(Placed(block, scale, page=cursor.page), chain)
        cursor, cuts = _put(cursor, block, page, scale, whole=whole)
        chain = _Chain(replace(chain.placed, cuts=cuts), chain.before)
    if chain is None:
        raise ValueError("an empty unit")
    cost = (1 - scale) * SHRUNK
    return replace(cursor, cost=cursor.cost + cost), chain


def _beginning(cursor: _Cursor, unit: _Unit, page: Page, scale: float, *, whole: bool) -> float:
    """Return what must fit on the page for the unit to begin on it, its footnotes included."""
    y, margin, fresh, notes = 0.0, cursor.margin, cursor.fresh, 0.0
    for block in unit:
        y += 0.0 if fresh else max(margin, block.before)
        fresh, margin = False, block.after
        count = len(block.parts) if whole or not block.cuts else min(block.cuts)
        y += block.lead + sum(block.parts[:count]) - (1 - scale) * block.picture
        notes += _notes(block, 0, count)
    if notes and not cursor.notes:
        notes += page.note_rule
    return y + notes


def _fits(cursor: _Cursor, height: float, page: Page) -> bool:
    return cursor.y + height <= page.height - cursor.notes - SLACK


def _notes(block: Block, start: int, stop: int) -> float:
    return sum(height for part, height in block.notes if start <= part < stop)


def _turn(cursor: _Cursor, page: Page) -> _Cursor:
    """Go to the next page; what is left blank costs."""
    blank = max(0.0, (page.height - cursor.notes - cursor.y) / page.height - 0.04)
    cost = cursor.cost + 4 * blank + 40 * blank**2 + PAGE
    return _Cursor(page=cursor.page + 1, cost=cost)


def _put(
    cursor: _Cursor, block: Block, page: Page, scale: float, *, whole: bool
) -> tuple[_Cursor, tuple[int, ...]]:
    """Place one block, over several pages where it must; return also where it was divided."""
    y = cursor.y + (0.0 if cursor.fresh else max(cursor.margin, block.before)) + block.lead
    notes, start, divided = cursor.notes, 0, []
    if block.kind == "turned":  # on pages of its own, however many
        return replace(_turn(replace(cursor, y=page.height), page), fresh=True), ()
    cost = cursor.cost
    number = cursor.page
    while True:
        count = _room(block, start, page, y, notes, scale)
        if start + count >= len(block.parts):
            break
        stop = max((cut for cut in block.cuts if start < cut <= start + count), default=0)
        if not stop or whole:
            break  # taller than a page, or forced: it runs over
        y += sum(block.parts[start:stop])
        notes += _with_rule(_notes(block, start, stop), notes, page)
        turned = _turn(_Cursor(number, y, 0, notes, cost), page)
        number, cost = turned.page, turned.cost
        if block.kind == "table":
            short = block.lead + sum(block.parts) < SHORT * page.height
            cost += DIVIDED + (DIVIDED_SHORT if short else 0)
        divided.append(stop)
        start, y, notes = stop, block.again, 0.0
    y += sum(block.parts[start:]) - (1 - scale) * block.picture
    notes += _with_rule(_notes(block, start, len(block.parts)), notes, page)
    return _Cursor(number, y, block.after, notes, cost, fresh=False), tuple(divided)


def _with_rule(added: float, notes: float, page: Page) -> float:
    return added + (page.note_rule if added and not notes else 0)


def _room(block: Block, start: int, page: Page, y: float, notes: float, scale: float) -> int:
    """Return how many parts from ``start`` fit below ``y``."""
    y -= (1 - scale) * block.picture
    for index in range(start, len(block.parts)):
        y += block.parts[index]
        notes += _with_rule(_notes(block, index, index + 1), notes, page)
        if y + notes > page.height - SLACK:
            return index - start
    return len(block.parts) - start
