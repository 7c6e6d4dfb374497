"""Setting type: line breaking by Chinese rules, keeping labels apart along a line."""

from __future__ import annotations

from collections.abc import Sequence

from figures import style

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

    When they cannot all fit, the gap shrinks evenly.
    """
    if len(wanted) > 1:
        gap = min(gap, (high - low) / (len(wanted) - 1))
    return _pooled(wanted, [gap * rank for rank in range(len(wanted))], low, high)


def spread_boxes(
    wanted: Sequence[float], widths: Sequence[float], gap: float, low: float, high: float
) -> list[float]:
    """Return the middles of boxes near ``wanted``, ``gap`` apart within low–high, in the same order.

    The caller sees to it that they fit together.
    """
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    offsets = [0.0] * len(order)
    for rank in range(1, len(order)):
        before, own = widths[order[rank - 1]], widths[order[rank]]
        offsets[rank] = offsets[rank - 1] + (before + own) / 2 + gap
    if not order:
        return []
    return _pooled(wanted, offsets, low + widths[order[0]] / 2, high - widths[order[-1]] / 2)


def _pooled(
    wanted: Sequence[float], offsets: Sequence[float], low: float, high: float
) -> list[float]:
    """Keep the ``rank``-th position at least its offset from the first one.

    Pool-adjacent-violators: labels that crowd are moved as a block whose mean shift is zero.
    """
    count = len(wanted)
    order = sorted(range(count), key=lambda i: (wanted[i], i))
    blocks: list[tuple[float, int]] = []  # (sum of wanted minus offset, members)
    for rank, index in enumerate(order):
        blocks.append((wanted[index] - offsets[rank], 1))
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] >= blocks[-1][0] / blocks[-1][1]:
            total, members = blocks.pop()
            blocks[-1] = (blocks[-1][0] + total, blocks[-1][1] + members)
    placed = [0.0] * count
    rank = 0
    for total, members in blocks:
        base = min(max(total / members, low), high - offsets[-1])
        for _ in range(members):
            placed[order[rank]] = base + offsets[rank]
            rank += 1
    return placed
