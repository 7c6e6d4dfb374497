"""Raster pictures of the drawings: made once, beside the layout, and blanks that only keep the size."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from report.document.model import Document, Figure
from report.output.docx.charts import is_native
from report.output.docx.context import Drawing

DPI = 220  # at least 200, so that print through the fallback is sharp
# A white pixel, as PNG.
_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg=="
)


class Kept:
    """A drawing whose PNG is made once, however often it is asked for."""

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self._made: dict[int, bytes] = {}

    @property
    def svg(self) -> bytes:
        """The drawing as SVG."""
        return self._drawing.svg

    def png(self, dpi: int) -> bytes:
        """Return the drawing as PNG."""
        if dpi not in self._made:
            self._made[dpi] = self._drawing.png(dpi)
        return self._made[dpi]


class Blank:
    """A stand-in of a drawing's size, for laying out: nothing is drawn."""

    def __init__(self, drawing: Drawing) -> None:
        # The opening tag has the size; the writer reads nothing else of it.
        opening = drawing.svg[: drawing.svg.find(b">", drawing.svg.find(b"<svg"))]
        self.svg = opening.rstrip(b"/") + b"/>"

    def png(self, _dpi: int) -> bytes:
        """Return a white pixel."""
        return _PIXEL


def rasterise(document: Document, drawings: Mapping[str, Drawing]) -> None:
    """Make the PNG of every figure that stays a picture."""
    native = document.meta.charts == "native"
    for block in document.blocks():
        if not isinstance(block, Figure) or (native and is_native(block.spec)):
            continue
        if block.id in drawings:
            drawings[block.id].png(DPI)
