"""Canvas: a sheet measured in centimetres from its top left corner, drawn by matplotlib's artists."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from matplotlib import rc_context
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from figures import style
from figures.errors import DrawingError

Role = Literal["value", "label", "tick", "unit", "note", "stamp"]
Horizontal = Literal["left", "center", "right"]
XY = tuple[float, float]

_MIDDLE = (
    0.36  # of the type size: height of the optical middle of digits and Han above the baseline
)
_DASHES = {"dash": (4.0, 2.4), "dot": (1.0, 1.8)}


@dataclass(frozen=True, slots=True)
class DrawnText:
    """A line of text on the sheet: its role, the key of the number it prints, its box in cm (y down)."""

    text: str
    role: Role
    key: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: DrawnText, slack: float = 0.0) -> bool:
        """Whether the two boxes overlap by more than ``slack`` cm in both directions."""
        return (
            self.left + slack < other.right
            and other.left + slack < self.right
            and self.top + slack < other.bottom
            and other.top + slack < self.bottom
        )


class Canvas:
    """A sheet to draw one figure on. Later marks lie over earlier ones; all lengths are cm, type is pt."""

    def __init__(self, figure: str, width: float, height: float) -> None:
        self.figure = figure
        self.width = width
        self.height = height
        self.texts: list[DrawnText] = []
        self._sheet = Figure(figsize=(width / style.CM_PER_INCH, height / style.CM_PER_INCH))
        self._sheet.patch.set_facecolor(style.PAPER)
        scale = 1 / style.CM_PER_INCH
        self._place = (
            Affine2D().scale(scale, -scale).translate(0, height * scale)
            + self._sheet.dpi_scale_trans
        )
        self._order = 0

    # ------------------------------------------------------------ marks

    def rect(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        fill: str = "none",
        *,
        edge: str = "none",
        width: float = 0.5,
    ) -> None:
        """Draw a rectangle; ``width`` is that of its edge, in points."""
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        self.polygon(corners, fill, edge=edge, width=width)

    def polygon(
        self, points: Sequence[XY], fill: str = "none", *, edge: str = "none", width: float = 0.5
    ) -> None:
        """Draw a closed polygon."""
        path = Path(
            [*points, points[0]], [Path.MOVETO, *[Path.LINETO] * (len(points) - 1), Path.CLOSEPOLY]
        )
        self._add(
            PathPatch(
                path,
                facecolor=fill,
                edgecolor=edge,
                linewidth=width if edge != "none" else 0,
                transform=self._place,
                joinstyle="miter",
            )
        )

    def line(
        self,
        points: Sequence[XY],
        colour: str = style.INK,
        width: float = 0.8,
        dash: Literal["", "dash", "dot"] = "",
    ) -> None:
        """Draw an open line through ``points``."""
        artist = Line2D(
            [x for x, _ in points],
            [y for _, y in points],
            color=colour,
            linewidth=width,
            transform=self._place,
            solid_capstyle="butt",
            dash_capstyle="butt",
        )
        if dash:
            artist.set_linestyle((0, _DASHES[dash]))
        self._add(artist)

    def ruled(
        self,
        start: XY,
        end: XY,
        colour: str,
        width: float = 0.8,
        dash: Literal["", "dash", "dot"] = "dash",
        *,
        gaps: Sequence[tuple[float, float]] = (),
    ) -> None:
        """Draw an upright or level line that stops for ``gaps``: stretches along it with numbers on them."""
        upright = start[0] == end[0]
        low, high = sorted((start[1], end[1]) if upright else (start[0], end[0]))
        for left, right in [*sorted(gaps), (high, high)]:
            if left > low:
                stop = min(left, high)
                self.line(
                    [(start[0], low), (start[0], stop)]
                    if upright
                    else [(low, start[1]), (stop, start[1])],
                    colour,
                    width,
                    dash,
                )
            low = max(low, right)

    def hatch(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        """Fill a rectangle with slanted lines: the sign for 'no data', visible without colour."""
        step = 0.16
        count = math.ceil((right - left + bottom - top) / step)
        for i in range(1, count):
            start = left + i * step
            x0, y0 = min(start, right), top + max(0.0, start - right)
            x1, y1 = max(left, start - (bottom - top)), min(bottom, top + start - left)
            if x0 > x1:
                self.line([(x0, y0), (x1, y1)], colour, 0.4)

    def marker(
        self,
        x: float,
        y: float,
        shape: str = "circle",
        size: float = 0.11,
        fill: str = style.INK,
        *,
        edge: str = style.PAPER,
        width: float = 0.6,
    ) -> None:
        """Draw a marker of radius ``size`` cm: one of ``style.MARKERS``."""
        if shape == "circle":
            self._add(
                Circle(
                    (x, y),
                    size,
                    facecolor=fill,
                    edgecolor=edge,
                    linewidth=width,
                    transform=self._place,
                )
            )
            return
        self.polygon(
            [(x + size * dx, y + size * dy) for dx, dy in _SHAPES[shape]],
            fill,
            edge=edge,
            width=width,
        )

    # ------------------------------------------------------------ type

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = style.SIZE,
        colour: str = style.INK,
        align: Horizontal = "left",
        bold: bool = False,
        role: Role = "label",
        key: str = "",
        ground: str = "",
    ) -> float:
        """Set one line with its optical middle at ``y``; return its width in cm.

        ``ground`` paints its box first (keeps it readable across lines). DrawingError when the house
        face lacks a glyph: a reader would see an empty box.
        """
        if not text:
            return 0.0
        missing = style.missing_glyphs(text, bold=bold)
        if missing:
            raise DrawingError(
                "missing-glyph",
                self.figure,
                f"no glyph for {' '.join(f'U+{ord(c):04X}' for c in missing)} in {text!r}",
            )
        wide = style.width_of(text, size, bold=bold)
        left = x - {"left": 0.0, "center": wide / 2, "right": wide}[align]
        em = size / style.PT_PER_CM
        box = DrawnText(text, role, key, left, y - 0.46 * em, left + wide, y + 0.46 * em)
        self.texts.append(box)
        if ground:
            self.rect(box.left - 0.04, box.top, box.right + 0.04, box.bottom, ground)
        artist = Text(
            x,
            y + _MIDDLE * em,
            text,
            fontsize=size,
            color=colour,
            horizontalalignment=align,
            verticalalignment="baseline",
            fontfamily=style.face(bold=bold).family,
            fontweight="bold" if bold else "regular",
            transform=self._place,
            parse_math=False,
        )
        if key:
            artist.set_gid(f"key:{key}")
        self._add(artist)
        return wide

    def paragraph(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        *,
        size: float = style.SIZE,
        colour: str = style.INK,
        align: Horizontal = "left",
        bold: bool = False,
        role: Role = "label",
        leading: float = 1.25,
    ) -> None:
        """Set ``lines`` centred on ``y``, ``leading`` × size apart."""
        step = size * leading / style.PT_PER_CM
        top = y - step * (len(lines) - 1) / 2
        for i, text in enumerate(lines):
            self.text(
                x,
                top + i * step,
                text,
                size=size,
                colour=colour,
                align=align,
                bold=bold,
                role=role,
            )

    # ------------------------------------------------------------ output

    def svg(self) -> bytes:
        """Return the sheet as matplotlib writes it (SVG with live text), before tidying."""
        return self._save("svg", 72)

    def png(self, dpi: int) -> bytes:
        """Return the sheet as a PNG of ``dpi`` dots an inch."""
        return self._save("png", dpi)

    def _save(self, kind: Literal["svg", "png"], dpi: int) -> bytes:
        settings: dict[Any, Any] = {
            "svg.fonttype": "none",
            "svg.hashsalt": self.figure,
            "svg.id": None,
            "path.simplify": False,
            "font.family": [style.face().family],
        }
        metadata: dict[str, str | None] = (
            {"Date": None, "Creator": None, "Format": None, "Type": None}
            if kind == "svg"
            else {"Software": None}
        )
        buffer = io.BytesIO()
        with rc_context(settings):
            canvas = (FigureCanvasSVG if kind == "svg" else FigureCanvasAgg)(self._sheet)
            canvas.print_figure(buffer, format=kind, dpi=dpi, metadata=metadata)
        return buffer.getvalue()

    def _add(self, artist: Artist) -> None:
        self._order += 1
        artist.set_zorder(self._order)
        self._sheet.add_artist(artist)


def _cross() -> list[XY]:
    arm, half = 1.1, 0.38
    quarter = [(half, -arm), (half, -half), (arm, -half)]
    turned: list[XY] = []
    for _ in range(4):
        turned.extend(quarter)
        quarter = [(-y, x) for x, y in quarter]
    return turned


_SHAPES: dict[str, list[XY]] = {
    "diamond": [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)],
    "square": [(-0.95, -0.95), (0.95, -0.95), (0.95, 0.95), (-0.95, 0.95)],
    "triangle": [(0, -1.25), (1.15, 0.85), (-1.15, 0.85)],
    "inverted": [(0, 1.25), (1.15, -0.85), (-1.15, -0.85)],
    "plus": _cross(),
}
