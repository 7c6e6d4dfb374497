"""Write a document in the formats asked for; Word in a process of its own while the PDF is set."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from os import cpu_count
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from report.document.model import Document
from report.i18n import language, speaking
from report.pipeline.stages import Stage, Stopwatch, peak_mb, rare_collections, reset_peak

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from figures import Drawing
    from report.output.pdf import Attachment

    Drawings: TypeAlias = Mapping[str, Drawing]


@dataclass(frozen=True, slots=True)
class Written:
    """Finished files by name, and how many pages the PDF has (0 without one)."""

    files: dict[str, bytes]
    pages: int


def write_documents(
    document: Document,
    drawings: Drawings,
    wanted: tuple[str, ...],
    templates: Path,
    watch: Stopwatch,
    *,
    trace: str = "",
    attachments: Sequence[Attachment] = (),
    draft: str = "",
) -> Written:
    """Write ``document`` as HTML, PDF and DOCX, those that are ``wanted``.

    ``trace`` is the data of the page's viewer (``report.output.html.viewer_data``), ``attachments``
    the files embedded in the PDF, ``draft`` the draft's id, which Word keeps.
    Word's page numbers are measured with LibreOffice where it is installed; elsewhere the PDF's stand
    in for them, so that Word has to wait for the PDF.
    """
    from report.output.docx.pages import office  # noqa: PLC0415 - lxml

    files: dict[str, bytes] = {}
    pages, labels = 0, None
    measured = bool(office())
    aside = "docx" in wanted and "pdf" in wanted and measured and (cpu_count() or 1) > 1
    reference = templates / "docx" / "reference.docx"
    with _aside(document, drawings, reference, draft) if aside else nullcontext() as word:
        if "html" in wanted:
            with watch.stage("html"):
                from report.output.html import write_page  # noqa: PLC0415

                files["report.html"] = write_page(
                    document, drawings, templates / "page", trace=trace
                ).encode()
        if "pdf" in wanted:
            with watch.stage("pdf"):
                from report.output.html import write_print  # noqa: PLC0415
                from report.output.pdf import set_pdf  # noqa: PLC0415

                page = write_print(document, drawings, templates / "page")
                pdf = set_pdf(page, document, templates / "page", attachments=attachments)
                files["report.pdf"], pages, labels = pdf.data, pdf.pages, pdf.labels
        if word is not None:
            watch.progress.started("docx", 0)
            files["report.docx"], stage = word()
            watch.add(stage)
        elif "docx" in wanted:
            with watch.stage("docx"):
                files["report.docx"] = _docx(
                    document, drawings, reference, None if measured else labels, draft
                )
    return Written(files, pages)


@contextmanager
def _aside(
    document: Document, drawings: Drawings, reference: Path, draft: str
) -> Iterator[Callable[[], tuple[bytes, Stage]]]:
    """Write the Word file in another process from here on; call what is given to wait for it."""
    # A fresh process: a forked one would inherit the threads that show the progress.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, initializer=_start_aside) as pool:
        future = pool.submit(_docx_aside, document, dict(drawings), reference, language(), draft)
        yield future.result


def _start_aside() -> None:
    """Leave Ctrl-C to the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _docx_aside(
    document: Document, drawings: Drawings, reference: Path, spoken: str, draft: str
) -> tuple[bytes, Stage]:
    reset_peak()
    start = time.perf_counter()
    with speaking(spoken), rare_collections():
        data = _docx(document, drawings, reference, None, draft)
    return data, Stage("docx", round(time.perf_counter() - start, 3), round(peak_mb(), 1))


def _docx(
    document: Document,
    drawings: Drawings,
    reference: Path,
    labels: Mapping[str, str] | None,
    draft: str,
) -> bytes:
    from report.output.docx import write_docx  # noqa: PLC0415

    return write_docx(document, drawings, reference, pages=labels, draft=draft)
