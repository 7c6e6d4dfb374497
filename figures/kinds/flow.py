"""Flow: the report's framework as tiers of boxes joined by arrows.

Series: one tier each (name at the left); points are its boxes (label = head, text = small print below).
"""

from __future__ import annotations

from figures import style
from figures.canvas import Canvas
from figures.frame import open_frame
from figures.layout import wrap, wrap_list
from figures.spec import FigureSpec, Series
from figures.words import fit, listing

_TAG = 2.1
_ARROW = 0.62
_PAD = 0.16


def draw(spec: FigureSpec) -> Canvas:
    """Draw the tiers from top to bottom."""
    tiers = [s for s in spec.series if s.points]
    heights = [_height(s) for s in tiers]
    frame = open_frame(spec, sum(heights) + _ARROW * (len(tiers) - 1) + 0.1)
    y = frame.top + 0.03
    for index, (tier, tall) in enumerate(zip(tiers, heights, strict=True)):
        _tier(frame.canvas, tier, y, tall, style.ramp(0.08 + 0.16 * (index % 2)))
        y += tall
        if index + 1 < len(tiers):
            _arrow(frame.canvas, (_TAG + 0.25 + frame.width) / 2, y + 0.06, y + _ARROW - 0.06)
            y += _ARROW
    return frame.canvas


def describe(spec: FigureSpec) -> str:
    """Say the tiers and what each holds."""
    tiers = [s for s in spec.series if s.points]
    sentences = [f"自上而下共{len(tiers)}层：" + "、".join(s.name for s in tiers)]
    sentences += [f"{s.name}包括{listing((p.label for p in s.points), 6)}" for s in tiers]
    return fit(spec, "框架图", sentences)


def _box_width(tier: Series) -> float:
    count = len(tier.points)
    return (style.TEXT_WIDTH - _TAG - 0.25 - 0.22 * (count - 1)) / count


def _lines(tier: Series) -> list[tuple[list[str], list[str]]]:
    wide = _box_width(tier) - 2 * _PAD
    return [(wrap(p.label, wide, style.SIZE, bold=True), _break(p.text, wide)) for p in tier.points]


def _break(text: str, width: float) -> list[str]:
    """Break small print: lists between names where they fit, other text anywhere."""
    lines = wrap_list(text, width, style.SMALL)
    if all(style.width_of(line, style.SMALL) <= width for line in lines):
        return lines
    return wrap(text, width, style.SMALL)


def _height(tier: Series) -> float:
    return max(len(h) * 0.37 + len(t) * 0.33 + (0.06 if t else 0) for h, t in _lines(tier)) + 0.36


def _tier(canvas: Canvas, tier: Series, y: float, tall: float, colour: str) -> None:
    canvas.rect(0.02, y, _TAG, y + tall, style.ACCENT)
    canvas.paragraph(
        _TAG / 2,
        y + tall / 2,
        wrap(tier.name, _TAG - 0.3, bold=True),
        colour=style.PAPER,
        bold=True,
        align="center",
    )
    wide = _box_width(tier)
    for index, (head, text) in enumerate(_lines(tier)):
        left = _TAG + 0.25 + index * (wide + 0.22)
        canvas.rect(left, y, left + wide - 0.02, y + tall, colour, edge=style.ACCENT, width=0.6)
        inner = len(head) * 0.37 + len(text) * 0.33 + (0.06 if text else 0)
        at = y + (tall - inner) / 2
        canvas.paragraph(left + wide / 2, at + len(head) * 0.185, head, bold=True, align="center")
        if text:
            canvas.paragraph(
                left + wide / 2,
                at + len(head) * 0.37 + 0.06 + len(text) * 0.165,
                text,
                size=style.SMALL,
                align="center",
                colour=style.mix(style.INK, style.PAPER, 0.15),
            )


def _arrow(canvas: Canvas, x: float, top: float, bottom: float) -> None:
    canvas.line([(x, top), (x, bottom - 0.18)], style.ACCENT, 1.6)
    canvas.polygon(
        [(x - 0.16, bottom - 0.22), (x + 0.16, bottom - 0.22), (x, bottom)], style.ACCENT
    )
