"""The report's figures: pure functions from a figure's data to a drawing, in one house style."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from figures.errors import DrawingError
from figures.spec import FigureSpec, Point, Series

if TYPE_CHECKING:
    from figures.canvas import DrawnText
    from figures.drawing import KINDS, Drawing, describe, draw

__all__ = [
    "KINDS",
    "Drawing",
    "DrawingError",
    "DrawnText",
    "FigureSpec",
    "Point",
    "Series",
    "describe",
    "draw",
]


def __getattr__(name: str) -> object:
    """Import the drawing half on first use: specs alone must not cost matplotlib's import time."""
    if name in {"KINDS", "Drawing", "describe", "draw"}:
        return getattr(import_module("figures.drawing"), name)
    if name == "DrawnText":
        return import_module("figures.canvas").DrawnText
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
