"""draw and describe: from a FigureSpec to a Drawing (SVG, PNG) and to its alt text, by kind."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from figures.canvas import Canvas, DrawnText
from figures.errors import DrawingError
from figures.frame import require_data
from figures.spec import FigureSpec
from figures.svg import tidy

# kind → module under figures.kinds; a module has draw(spec) -> Canvas and describe(spec) -> str
KINDS: Final = {
    "lines": "lines",
    "fan": "fan",
    "bars": "bars",
    "lollipop": "lollipop",
    "columns": "columns",
    "waterfall": "waterfall",
    "multiples": "multiples",
    "tile-map": "tilemap",
    "quadrant": "quadrant",
    "scatter": "scatter",
    "radar": "radar",
    "heatmap": "heatmap",
    "slope": "slope",
    "survey": "survey",
    "stacked": "stacked",
    "dumbbell": "dumbbell",
    "dots": "dots",
    "strip": "strip",
    "intervals": "intervals",
    "weights": "weights",
    "flow": "flow",
    "matrix": "matrix",
}
_WITHOUT_VALUES = frozenset({"flow", "matrix"})


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn figure: vector bytes, size in cm, and every text on it with the key of its number.

    ``texts`` of role ``tick`` belong to the axes, of role ``value`` to the data.
    """

    spec: FigureSpec
    svg: bytes
    width: float
    height: float
    alt: str
    texts: tuple[DrawnText, ...]

    def png(self, dpi: int = 220) -> bytes:
        """Return the same drawing as PNG; made anew on each call."""
        return _canvas(self.spec).png(dpi)


def draw(spec: FigureSpec) -> Drawing:
    """Draw ``spec``; DrawingError when its kind is unknown or its data cannot be drawn."""
    canvas = _canvas(spec)
    alt = describe(spec)
    return Drawing(
        spec, tidy(canvas.svg(), alt), canvas.width, canvas.height, alt, tuple(canvas.texts)
    )


def describe(spec: FigureSpec) -> str:
    """Return the Chinese alt text of ``spec``, made of the numbers it prints."""
    teller: Callable[[FigureSpec], str] = _module(spec).describe
    _check(spec)
    return teller(spec)


def _canvas(spec: FigureSpec) -> Canvas:
    painter: Callable[[FigureSpec], Canvas] = _module(spec).draw
    _check(spec)
    return painter(spec)


def _check(spec: FigureSpec) -> None:
    if spec.kind not in _WITHOUT_VALUES:
        require_data(spec)


def _module(spec: FigureSpec) -> Any:
    if spec.kind not in KINDS:
        near = difflib.get_close_matches(spec.kind, KINDS, 3, 0.4) or sorted(KINDS)
        raise DrawingError("unknown-kind", spec.id, f"there is no kind {spec.kind!r}", near)
    return import_module(f"figures.kinds.{KINDS[spec.kind]}")
