"""The DOCX writer: a Word file as a careful typist would have made it, from the one Document."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from report.document.model import Document
from report.output.docx.bookmarks import block_name, cell_name
from report.output.docx.context import Drawing
from report.output.docx.pages import measure_pages, office
from report.output.docx.rasters import Blank, Kept, rasterise
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
    kept = {key: Kept(drawing) for key, drawing in drawings.items()}
    if pages is not None:
        labels = {key: str(page) for key, page in pages.items()}
    elif not office():
        labels = {}
    else:
        # For the layout only the pictures' sizes matter: they are drawn while LibreOffice measures.
        blank = {key: Blank(drawing) for key, drawing in drawings.items()}
        data = write_once(document, blank, reference, pages={}, draft=draft)
        with ThreadPoolExecutor(1) as aside:
            measured = aside.submit(measure_pages, data, document)
            rasterise(document, kept)
            labels = measured.result()
    return write_once(document, kept, reference, pages=labels, draft=draft)
