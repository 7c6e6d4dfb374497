"""The DOCX writer: a Word file as a careful typist would have made it, from the one Document."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from report.document.model import Document
from report.output.docx.bookmarks import block_name, cell_name
from report.output.docx.context import Drawing
from report.output.docx.pages import measure_pages
from report.output.docx.writer import write_once

__all__ = ["block_name", "cell_name", "measure_pages", "write_docx"]


def write_docx(
    document: Document,
    drawings: Mapping[str, Drawing],
    reference: Path,
    *,
    pages: Mapping[str, int | str] | None = None,
    draft: str = "",
) -> bytes:
    """Return the report as DOCX, in the styles of the house file ``reference``.

    ``pages`` gives the page label of each heading, figure and table by block id, for the contents.
    Without it the labels are measured with LibreOffice where it is installed, else left blank.
    ``draft`` is the draft's id, kept in the document's properties. OutputError names every style the
    house file lacks.
    """
    if pages is not None:
        given = {key: str(page) for key, page in pages.items()}
        return write_once(document, drawings, reference, pages=given, draft=draft)
    kept = {key: _Kept(drawing) for key, drawing in drawings.items()}
    data = write_once(document, kept, reference, pages={}, draft=draft)
    measured = measure_pages(data, document)
    if not measured:
        return data
    return write_once(document, kept, reference, pages=measured, draft=draft)


class _Kept:
    """A drawing whose PNG is made once for both passes."""

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
