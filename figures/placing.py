"""Names beside points on a plane: a place for each that hides nothing and is tied to its own point."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

XY = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom, in cm
_Array = npt.NDArray[np.float64]

_RINGS = ((0.05, 16), (0.2, 16), (0.4, 20), (0.65, 24), (0.95, 24), (1.3, 24), (1.8, 24))
# cm beyond the marker's edge, and how many places there
_TIED = 0.3  # cm beyond the marker's edge from which a thin line ties name and point
_ROUNDS = 16  # how often the worst names and their neighbours choose again

# What a place costs. A cm of distance is the measure; from _UNFIT on a name cannot stand there.
_DISTANCE = 3.0
_ON_LINE, _DOUBTFUL, _LEADER = 8.0, 15.0, 40.0
_UNFIT = 200.0


@dataclass(frozen=True, slots=True)
class Label:
    """Where the middle of a point's name goes, and whether a leader line should tie it to the point.

    ``clear`` says that it covers no marker and no other text, ``reach`` how far it stands off, in cm.
    """

    x: float
    y: float
    leader: bool
    clear: bool
    reach: float


@dataclass(frozen=True, slots=True)
class _Places:
    """The places open to one name: middles, where leaders end, cost by themselves, and which are tied."""

    middle: _Array
    foot: _Array
    cost: _Array
    tied: npt.NDArray[np.bool_]


def place(
    points: Sequence[XY],
    sizes: Sequence[XY],
    bounds: Box,
    *,
    radius: float = 0.13,
    barriers: Sequence[Box] = (),
    lines: Sequence[Box] = (),
    others: Sequence[XY] = (),
    reach: float = _RINGS[-1][0],
) -> list[Label]:
    """Place one name a point; deterministic.

    ``sizes`` are (width, height) in cm. ``barriers`` are texts that no name may cover, ``lines`` what it
    had better not, ``others`` points without a name, ``reach`` how far a name may stand off. Places lie on rings round each point; the most
    crowded choose first, then all again while that helps, then the worst and their neighbours anew.
    """
    if not points:
        return []
    markers = np.array([*points, *others], dtype=float)
    open_to = [
        _places(i, points[i], sizes[i], bounds, radius, markers, barriers, lines, reach)
        for i in range(len(points))
    ]
    search = _Search(points, sizes, open_to)
    chosen = search.best()
    labels = []
    for i, pick in enumerate(chosen):
        x, y = (float(v) for v in open_to[i].middle[pick])
        foot = open_to[i].foot[pick]
        reach = float(np.hypot(foot[0] - points[i][0], foot[1] - points[i][1])) - radius
        clear = search.cost_of(i, pick, chosen) < _UNFIT
        labels.append(Label(x, y, bool(open_to[i].tied[pick]), clear, reach))
    return labels


def fitting(
    points: Sequence[XY],
    sizes: Sequence[XY],
    bounds: Box,
    *,
    reach: float,
    kept: frozenset[int] = frozenset(),
    radius: float = 0.13,
    barriers: Sequence[Box] = (),
    lines: Sequence[Box] = (),
) -> dict[int, Label]:
    """Return, by index, the places of all names that find a clear one within ``reach`` cm of their point.

    The worst are given up first, so that the rest may find room; those in ``kept`` never are.
    """
    named = list(range(len(points)))
    while True:
        placed = place(
            [points[i] for i in named],
            [sizes[i] for i in named],
            bounds,
            radius=radius,
            barriers=barriers,
            lines=lines,
            others=[point for i, point in enumerate(points) if i not in named],
            reach=reach,
        )
        labels = dict(zip(named, placed, strict=True))
        lost = [i for i in named if i not in kept and not labels[i].clear]
        if not lost:
            return labels
        lost.sort(key=lambda i: (labels[i].clear, -labels[i].reach, i))
        gone = set(lost[: (len(lost) + 2) // 3])
        named = [i for i in named if i not in gone]


def _places(
    own: int,
    point: XY,
    size: XY,
    bounds: Box,
    radius: float,
    markers: _Array,
    barriers: Sequence[Box],
    lines: Sequence[Box],
    furthest: float,
) -> _Places:
    rings = [(ring, turns) for ring, turns in _RINGS if ring <= furthest]
    half = np.array(size) / 2
    at = np.array(point)
    angle = np.concatenate([2 * np.pi * np.arange(turns) / turns for _, turns in rings])
    reach = np.repeat([ring for ring, _ in rings], [turns for _, turns in rings])
    turn = np.stack([np.cos(angle), -np.sin(angle)], axis=1)
    lean = np.clip(1.6 * turn, -1, 1)
    middle = at + turn * (radius + reach)[:, None] + lean * half
    inside = (
        (middle[:, 0] - half[0] >= bounds[0] - 1e-9)
        & (middle[:, 0] + half[0] <= bounds[2] + 1e-9)
        & (middle[:, 1] - half[1] >= bounds[1] - 1e-9)
        & (middle[:, 1] + half[1] <= bounds[3] + 1e-9)
    )
    if not inside.any():
        middle = np.clip(at[None, :], np.array(bounds[:2]) + half, np.array(bounds[2:]) - half)
        inside, reach, turn = np.array([True]), np.zeros(1), np.zeros((1, 2))
    middle, reach, turn = middle[inside], reach[inside], turn[inside]
    foot = np.clip(at, middle - half, middle + half)
    tied = reach >= _TIED
    # Readers look for a name right of its mark first, then left, above and below.
    cost = _DISTANCE * reach + 0.08 * (1 - turn[:, 0]) + 0.1 * np.abs(turn[:, 1])
    nearest = np.hypot(*(foot - at).T)
    for index, marker in enumerate(markers):
        off = np.abs(middle - marker) - half
        covered = (off < radius).all(axis=1)
        cost += _UNFIT * covered
        if index == own:
            continue
        away = np.hypot(*np.maximum(off, 0).T)
        cost += np.where(tied, 3.0 * (away < radius + 0.06), _DOUBTFUL * (away < nearest + 0.06))
        cost += _LEADER * (tied & (_distance(at, foot, marker) < radius + 0.01) & ~covered)
    for boxes, each in ((barriers, _UNFIT * 2), (lines, _ON_LINE)):
        met = np.zeros(len(middle))
        for box in boxes:
            met += _meets(middle, half, box)
        cost += each * np.minimum(met, 2)
    for box in barriers:
        cost += _LEADER / 2 * (tied & _passes(at, foot, box))
    fit = cost < max(_UNFIT, float(cost.min()) + 1)
    return _Places(middle[fit], foot[fit], cost[fit], tied[fit])


class _Search:
    """Best response with restarts over the places of all names."""

    def __init__(
        self, points: Sequence[XY], sizes: Sequence[XY], places: Sequence[_Places]
    ) -> None:
        self.points = np.array(points, dtype=float)
        self.half = np.array(sizes, dtype=float) / 2
        self.places = places
        self.count = len(points)

    def best(self) -> list[int]:
        """Return the chosen place of each name."""
        crowd = [self._crowd(i) for i in range(self.count)]
        order = sorted(range(self.count), key=lambda i: (-crowd[i], *self.points[i]))
        chosen: list[int | None] = [None] * self.count
        current = self._settle(chosen, order)
        lowest = self._total(current)
        dice = random.Random(len(order))  # noqa: S311 - no secret: the same names, the same places
        for _ in range(_ROUNDS):
            costs = [self.cost_of(i, current[i], current) for i in range(self.count)]
            bad = [i for i in range(self.count) if costs[i] > _DISTANCE]
            if not bad:
                break
            start = dice.choice(bad)
            near = sorted(range(self.count), key=lambda i: (self._apart(start, i), i))
            loose = near[: min(self.count, dice.randint(3, 9))]
            dice.shuffle(loose)
            attempt: list[int | None] = list(current)
            for i in loose:
                attempt[i] = None
            settled = self._settle(attempt, loose)
            total = self._total(settled)
            if total < lowest - 1e-9:
                current, lowest = settled, total
        return current

    def _settle(self, chosen: list[int | None], order: Sequence[int]) -> list[int]:
        """Let the names in ``order`` choose, then all of them while someone moves."""
        for i in order:
            chosen[i] = int(np.argmin(self._costs(i, chosen)))
        for _ in range(5):
            moved = False
            for i in range(self.count):
                costs = self._costs(i, chosen)
                pick = int(np.argmin(costs))
                held = chosen[i]
                if held is None or costs[pick] < costs[held] - 1e-9:
                    chosen[i], moved = pick, True
            if not moved:
                break
        return [pick or 0 for pick in chosen]

    def cost_of(self, own: int, pick: int, chosen: Sequence[int | None]) -> float:
        """Return what the place ``pick`` costs the name ``own`` among the others' places."""
        return float(self._costs(own, chosen, pick)[0])

    def _total(self, chosen: Sequence[int]) -> float:
        return sum(self.cost_of(i, chosen[i], chosen) for i in range(self.count))

    def _costs(self, own: int, chosen: Sequence[int | None], pick: int | None = None) -> _Array:
        mine = self.places[own]
        part: slice = slice(None) if pick is None else slice(pick, pick + 1)
        middle, foot, tied = mine.middle[part], mine.foot[part], mine.tied[part]
        costs: _Array = mine.cost[part].copy()
        held = [(i, c) for i, c in enumerate(chosen) if i != own and c is not None]
        if not held:
            return costs
        other = np.array([i for i, _ in held])
        spot = np.array([self.places[i].middle[c] for i, c in held])
        end = np.array([self.places[i].foot[c] for i, c in held])
        bound = np.array([self.places[i].tied[c] for i, c in held])
        at, half, halves = self.points[own], self.half[own], self.half[other]
        apart = np.abs(middle[:, None, :] - spot[None, :, :])
        hit = (apart < halves + half + _AIR).all(axis=2)
        costs += _UNFIT * 5 * hit.sum(axis=1)
        if tied.any():
            far = np.nonzero(tied)[0]
            along = at + (foot[far] - at)[:, None, :] * _STEPS[None, :, None]
            off = np.abs(along[:, :, None, :] - spot[None, None, :, :])
            under = (off < halves + 0.02).all(axis=3).any(axis=1) & ~hit[far]
            costs[far] += _LEADER * under.sum(axis=1)
        if bound.any():
            there, end = self.points[other[bound]], end[bound]
            along = there[:, None, :] + (end - there)[:, None, :] * _STEPS[None, :, None]
            off = np.abs(along[None, :, :, :] - middle[:, None, None, :])
            over = (off < half + 0.02).all(axis=3).any(axis=2) & ~hit[:, bound]
            costs += _LEADER * over.sum(axis=1)
            crossed = _cross(at, foot[:, None, :], there[None, :, :], end[None, :, :])
            costs += 1.5 * _LEADER * (tied[:, None] & crossed).sum(axis=1)
        return costs

    def _crowd(self, own: int) -> int:
        off = np.abs(self.points - self.points[own])
        return int(((off[:, 0] < 1.0) & (off[:, 1] < 0.7)).sum())

    def _apart(self, a: int, b: int) -> float:
        return float(np.hypot(*(self.points[a] - self.points[b])))


_STEPS = np.linspace(0.15, 0.98, 6)  # where along a leader it is looked for
_AIR = np.array([0.06, 0.03])  # cm between names


def _meets(middle: _Array, half: _Array, box: Box) -> npt.NDArray[np.bool_]:
    low, high = np.array(box[:2]), np.array(box[2:])
    return np.asarray(((middle - half < high) & (low < middle + half)).all(axis=1), dtype=bool)


def _passes(start: _Array, ends: _Array, box: Sequence[float]) -> npt.NDArray[np.bool_]:
    """Tell which lines from ``start`` to ``ends`` pass a box."""
    along = start + (ends - start)[:, None, :] * _STEPS[None, :, None]
    within: npt.NDArray[np.bool_] = np.logical_and(
        np.array(box[:2]) < along, along < np.array(box[2:])
    )
    return np.asarray(np.any(np.all(within, axis=2), axis=1), dtype=bool)


def _distance(start: _Array, ends: _Array, point: _Array) -> _Array:
    """Return how far ``point`` is from the lines that lead from ``start`` to ``ends``."""
    way = ends - start
    length = np.maximum((way**2).sum(axis=1), 1e-12)
    share = np.clip(((point - start) * way).sum(axis=1) / length, 0, 1)
    off: _Array = np.hypot(*(start + share[:, None] * way - point).T)
    return off


def _cross(a: _Array, ends: _Array, c: _Array, d: _Array) -> npt.NDArray[np.bool_]:
    def side(p: Any, q: Any, r: Any) -> Any:
        return (q[..., 0] - p[..., 0]) * (r[..., 1] - p[..., 1]) - (q[..., 1] - p[..., 1]) * (
            r[..., 0] - p[..., 0]
        )

    crossed: npt.NDArray[np.bool_] = (side(a, ends, c) * side(a, ends, d) < 0) & (
        side(c, d, a) * side(c, d, ends) < 0
    )
    return crossed
