"""Setting type: line breaking by Chinese rules, keeping labels apart along a line and on a plane."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from figures import style

XY = tuple[float, float]

_NOT_FIRST = set("，。、；：？！）》」』】”’％%·—…-")
_NOT_LAST = set("（《「『【“‘")


def wrap(text: str, width: float, size: float = style.SIZE, *, bold: bool = False) -> list[str]:
    """Break ``text`` into lines no wider than ``width`` cm; Latin words and numbers stay whole.

    No line starts with closing punctuation or ends with an opening bracket (kinsoku).
    """
    lines: list[list[str]] = [[]]
    for token in _tokens(text):
        line = lines[-1]
        if not line or style.width_of("".join(line) + token, size, bold=bold) <= width:
            line.append(token)
            continue
        carried: list[str] = []
        if token[0] in _NOT_FIRST and len(line) > 1:
            carried.append(line.pop())
        while len(line) > 1 and line[-1] in _NOT_LAST:
            carried.insert(0, line.pop())
        lines.append([*carried, token] if carried or not token.isspace() else [])
    return [joined for line in lines if (joined := "".join(line).strip())]


def wrap_list(text: str, width: float, size: float = style.SIZE) -> list[str]:
    """Break a list joined by 、 into lines no wider than ``width`` cm, never inside a name."""
    lines: list[str] = []
    for name in text.split("、") if text else []:
        if lines and style.width_of(f"{lines[-1]}、{name}、", size) <= width:
            lines[-1] += f"、{name}"
        else:
            if lines:
                lines[-1] += "、"
            lines.append(name)
    return lines


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    for char in text:
        narrow = char.isascii() and not char.isspace()
        if tokens and narrow and tokens[-1][-1].isascii() and not tokens[-1][-1].isspace():
            tokens[-1] += char
        else:
            tokens.append(char)
    return tokens


def clip(text: str, width: float, size: float = style.SIZE, *, bold: bool = False) -> str:
    """Return ``text`` cut with an ellipsis when it is wider than ``width`` cm."""
    if style.width_of(text, size, bold=bold) <= width:
        return text
    while text and style.width_of(text + "…", size, bold=bold) > width:
        text = text[:-1]
    return text + "…"


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return positions near ``wanted``, at least ``gap`` apart within low–high, in the same order.

    Pool-adjacent-violators: labels that crowd are moved as a block whose mean shift is zero. When they
    cannot all fit, the gap shrinks evenly.
    """
    count = len(wanted)
    if count == 0:
        return []
    if count > 1:
        gap = min(gap, (high - low) / (count - 1))
    order = sorted(range(count), key=lambda i: (wanted[i], i))
    blocks: list[tuple[float, int]] = []  # (sum of wanted minus offset, members)
    for rank, index in enumerate(order):
        blocks.append((wanted[index] - rank * gap, 1))
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] >= blocks[-1][0] / blocks[-1][1]:
            total, members = blocks.pop()
            blocks[-1] = (blocks[-1][0] + total, blocks[-1][1] + members)
    placed = [0.0] * count
    rank = 0
    for total, members in blocks:
        base = min(max(total / members, low), high - (count - 1) * gap)
        for _ in range(members):
            placed[order[rank]] = base + rank * gap
            rank += 1
    return placed


@dataclass(frozen=True, slots=True)
class Label:
    """Where the middle of a point's label goes, and whether a leader line should tie it to the point."""

    x: float
    y: float
    leader: bool


def place(
    points: Sequence[XY],
    sizes: Sequence[XY],
    bounds: tuple[float, float, float, float],
    *,
    radius: float = 0.13,
    barriers: Sequence[tuple[float, float, float, float]] = (),
) -> list[Label]:
    """Place one label a point so that no label meets another, a marker or a barrier.

    ``sizes`` are (width, height), ``bounds`` and ``barriers`` (left, top, right, bottom), all in cm.
    Candidates lie on rings round each point; the most crowded point chooses first, then all choose again
    while that lowers the cost. Deterministic.
    """
    rings = [_candidates(points[i], sizes[i], radius, bounds) for i in range(len(points))]
    fixed = [
        _fixed_costs(i, rings[i], sizes[i], points, radius, barriers) for i in range(len(points))
    ]
    order = sorted(
        range(len(points)), key=lambda i: (-_crowd(points[i], points), points[i][0], points[i][1])
    )
    chosen: list[int | None] = [None] * len(points)
    for _ in range(12):
        moved = False
        for i in order:
            best = min(
                range(len(rings[i])),
                key=lambda c: (
                    fixed[i][c] + _conflicts(i, rings[i][c], sizes, rings, chosen, points),
                    c,
                ),
            )
            moved = moved or best != chosen[i]
            chosen[i] = best
        if not moved:
            break
    labels = []
    for i, (px, py) in enumerate(points):
        x, y = rings[i][chosen[i] or 0]
        reach = max(abs(x - px) - sizes[i][0] / 2, abs(y - py) - sizes[i][1] / 2)
        labels.append(Label(x, y, reach > radius * 2.2))
    return labels


def _crowd(point: XY, points: Sequence[XY]) -> int:
    return sum(abs(x - point[0]) < 1.0 and abs(y - point[1]) < 0.7 for x, y in points)


def _candidates(
    point: XY, size: XY, radius: float, bounds: tuple[float, float, float, float]
) -> list[XY]:
    x, y = point
    half_w, half_h = size[0] / 2, size[1] / 2
    found: list[XY] = []
    for distance in (radius + 0.03, 0.3, 0.5, 0.75, 1.0, 1.3, 1.7, 2.1, 2.6, 3.2):
        turns = 8 if distance < 0.4 else 24
        for turn in range(turns):
            angle = 2 * math.pi * turn / turns
            cx = x + math.cos(angle) * (distance + half_w)
            cy = y - math.sin(angle) * (distance + half_h)
            if (
                bounds[0] <= cx - half_w
                and cx + half_w <= bounds[2]
                and bounds[1] <= cy - half_h
                and cy + half_h <= bounds[3]
            ):
                found.append((cx, cy))
    return found or [(min(max(x, bounds[0] + half_w), bounds[2] - half_w), y)]


def _fixed_costs(
    own: int,
    ring: Sequence[XY],
    size: XY,
    points: Sequence[XY],
    radius: float,
    barriers: Sequence[tuple[float, float, float, float]],
) -> list[float]:
    half_w, half_h = size[0] / 2, size[1] / 2
    px, py = points[own]
    costs = []
    for rank, (cx, cy) in enumerate(ring):
        reach = math.hypot(max(0.0, abs(cx - px) - half_w), max(0.0, abs(cy - py) - half_h))
        cost = reach * 4 + rank * 0.0005
        for other, (x, y) in enumerate(points):
            if abs(cx - x) < half_w + radius and abs(cy - y) < half_h + radius:
                cost += 30
            elif (
                reach > radius * 2.2 and other != own and _near((px, py), (cx, cy), (x, y), radius)
            ):
                cost += 5
        for left, top, right, bottom in barriers:
            if (
                cx - half_w < right
                and left < cx + half_w
                and cy - half_h < bottom
                and top < cy + half_h
            ):
                cost += 8
        costs.append(cost)
    return costs


def _conflicts(
    own: int,
    spot: XY,
    sizes: Sequence[XY],
    rings: Sequence[Sequence[XY]],
    chosen: Sequence[int | None],
    points: Sequence[XY],
) -> float:
    cost = 0.0
    for other, pick in enumerate(chosen):
        if other == own or pick is None:
            continue
        x, y = rings[other][pick]
        if (
            abs(spot[0] - x) < (sizes[own][0] + sizes[other][0]) / 2 + 0.05
            and abs(spot[1] - y) < (sizes[own][1] + sizes[other][1]) / 2 + 0.02
        ):
            cost += 100
        elif _cross(points[own], spot, points[other], (x, y)):
            cost += 12
    return cost


def _near(start: XY, end: XY, point: XY, radius: float) -> bool:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    if length == 0:
        return False
    t = min(1.0, max(0.0, ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length))
    return math.hypot(start[0] + t * dx - point[0], start[1] + t * dy - point[1]) < radius


def _cross(a: XY, b: XY, c: XY, d: XY) -> bool:
    def side(p: XY, q: XY, r: XY) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
