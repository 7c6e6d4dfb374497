"""Write the PDF: set the print page with WeasyPrint, check what came out, add labels and metadata."""

from __future__ import annotations

import hashlib
import importlib
import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from report.document.model import Document
from report.errors import MachineError, OutputError, Problem
from report.i18n import _
from report.output.html.press import FIRST_BODY
from report.output.pdf.arrange import arrange
from report.output.pdf.attach import Attachment, embed
from report.output.pdf.fetch import project_fetcher
from report.output.pdf.fonts import missing_characters, missing_problems
from report.output.pdf.typography import chinese_justification

COVER_LABEL = "封面"
VARIANT = "pdf/ua-1"


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished PDF: its bytes, number of pages, the printed page label of each id, WeasyPrint's warnings."""

    data: bytes
    pages: int
    labels: Mapping[str, str]
    warnings: tuple[str, ...] = ()


def write_pdf(
    print_html: str,
    document: Document,
    page_dir: Path,
    *,
    roots: Sequence[Path] = (),
    variant: str | None = VARIANT,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """Return the bytes of ``set_pdf``."""
    return set_pdf(
        print_html, document, page_dir, roots=roots, variant=variant, attachments=attachments
    ).data


def set_pdf(
    print_html: str,
    document: Document,
    page_dir: Path,
    *,
    roots: Sequence[Path] = (),
    variant: str | None = VARIANT,
    attachments: Sequence[Attachment] = (),
) -> Pdf:
    """Set ``print_html`` (from ``write_print``) in pages; the same page gives the same bytes.

    ``attachments`` are embedded with the edition's date. Only files under ``page_dir`` and ``roots`` may be loaded. Raises OutputError for a refused
    address, a missing glyph or an empty page; MachineError when WeasyPrint cannot run here.
    """
    weasyprint = load_weasyprint()
    refused: list[str] = []
    fetcher = project_fetcher((page_dir, *roots), refused)
    identity = hashlib.sha256(print_html.encode())
    for attachment in attachments:
        identity.update(attachment.data)

    def finish(rendered: Any, pdf: Any) -> None:
        _finish(rendered, pdf)
        embed(pdf, attachments, document.meta.date)

    with chinese_justification(), _heard() as messages:
        page = weasyprint.HTML(
            string=print_html, base_url=page_dir.resolve().as_uri() + "/", url_fetcher=fetcher
        )
        images: dict[str, Any] = {}
        arrange(page, images)
        rendered = page.render(pdf_variant=variant, cache=images)
        _check_pages(rendered)
        data: bytes = rendered.write_pdf(
            finisher=finish,
            pdf_variant=variant,
            pdf_identifier=identity.hexdigest()[:32].encode(),
        )
    problems = [
        Problem(
            None,
            _("The page asks for {url}, which lies outside the project").format(url=url),
            _("files of the page templates' folder"),
            _("Take the address out of the style sheet or template."),
        )
        for url in dict.fromkeys(refused)
    ]
    problems += missing_problems(document, missing_characters(messages))
    if problems:
        raise OutputError(problems)
    return Pdf(data, len(rendered.pages), _labels(rendered), tuple(dict.fromkeys(messages)))


def load_weasyprint() -> Any:
    """Return the weasyprint module; raise MachineError when Pango is missing."""
    try:
        import weasyprint  # noqa: PLC0415  slow to import, and it fails without Pango
    except OSError as error:
        raise MachineError(
            Problem(
                None,
                _("WeasyPrint cannot find the Pango library: {error}").format(
                    error=str(error).splitlines()[0]
                ),
                "Pango ≥ 1.44",
                _("Run “iireport doctor”; it says how to install Pango on this system."),
            )
        ) from error
    return weasyprint


@contextmanager
def _heard() -> Iterator[list[str]]:
    """Collect what WeasyPrint logs in this thread."""
    messages: list[str] = []
    thread = threading.get_ident()

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.thread == thread:
                messages.append(record.getMessage())

    logger, ear = logging.getLogger("weasyprint"), Ear()
    logger.addHandler(ear)
    try:
        yield messages
    finally:
        logger.removeHandler(ear)


def _check_pages(rendered: Any) -> None:
    """Raise OutputError when a page has no text or drawing of its own."""
    empty = [i for i, page in enumerate(rendered.pages, 1) if not _has_content(page)]
    if empty:
        raise OutputError(
            Problem(
                None,
                _("Empty pages in the PDF: {pages}").format(pages=", ".join(map(str, empty))),
                _("text or a figure on every page"),
                _("Look for forced page breaks in the style sheet."),
            )
        )


def _has_content(page: Any) -> bool:
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415

    for child in page._page_box.children:  # noqa: SLF001  pages have no public tree
        if isinstance(child, boxes.MarginBox):
            continue
        for box in child.descendants():
            if isinstance(box, boxes.ReplacedBox):
                return True
            if isinstance(box, boxes.TextBox) and box.text.strip() and box.style["font_size"]:
                return True
    return False


def _finish(rendered: Any, pdf: Any) -> None:
    """Add page labels (cover, roman, arabic) and open the bookmarks beside the page."""
    pydyf: Any = importlib.import_module("pydyf")  # comes with WeasyPrint

    pages = rendered.pages
    first = _first_body(pages)
    numbers = pydyf.Array()
    numbers.extend([0, pydyf.Dictionary({"P": pydyf.String(COVER_LABEL)})])
    if first > 1:
        numbers.extend([1, pydyf.Dictionary({"S": "/r", "St": 1})])
    if 0 < first < len(pages):
        numbers.extend([first, pydyf.Dictionary({"S": "/D", "St": 1})])
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": numbers})
    pdf.catalog["PageMode"] = "/UseOutlines"


def _first_body(pages: Sequence[Any]) -> int:
    return next((i for i, page in enumerate(pages) if FIRST_BODY in page.anchors), len(pages))


def _labels(rendered: Any) -> dict[str, str]:
    """Return the label of the page on which each id stands first, as the page's foot prints it."""
    first = _first_body(rendered.pages)
    labels: dict[str, str] = {}
    for index, page in enumerate(rendered.pages):
        number = index - first + 1
        label = "" if index == 0 else str(number) if number > 0 else _roman(index)
        for anchor in page.anchors:
            labels.setdefault(anchor, label)
    return labels


def _roman(number: int) -> str:
    """Return a small roman numeral."""
    text = ""
    for value, letters in zip(
        (100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    ):
        count, number = divmod(number, value)
        text += letters * count
    return text
