"""Page numbers: where each block stands when LibreOffice lays the file out, as the labels it prints."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import tempfile
import zipfile
from pathlib import Path

from report.document.model import Document, Matter
from report.output.docx.bookmarks import block_name

TIMEOUT = 240  # seconds for one conversion
_FILTER = (
    'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"false"},'
    '"UseLosslessCompression":{"type":"boolean","value":"false"},'
    '"ReduceImageResolution":{"type":"boolean","value":"true"},'
    '"MaxImageResolution":{"type":"long","value":"75"}}'
)
# One white point, which LibreOffice stretches to the size the text gives.
_BLANK = {
    ".png": bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b"
        "550000000a4944415478da63f80f00010101001cb08c990000000049454e44ae426082"
    ),
    ".svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
}


def office() -> str:
    """Return the path of LibreOffice's program, or an empty string."""
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


def convert(data: bytes, target: str = _FILTER) -> bytes:
    """Convert a DOCX with LibreOffice, headless, in a profile of its own; empty bytes when it fails.

    ``target`` is an export filter as the command line spells it (``pdf``, ``docx``, ``odt`` …).
    """
    program = office()
    if not program:
        return b""
    with tempfile.TemporaryDirectory(prefix="iireport-") as name:
        folder = Path(name)
        source = folder / "measure.docx"
        source.write_bytes(data)
        out = folder / "out"
        profile = (folder / "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore"]
        command += ["--nolockcheck", "--nodefault", "--nofirststartwizard", "--convert-to", target]
        command += ["--outdir", str(out), str(source)]
        if not _run(command, folder):
            return b""
        made = sorted(out.glob("measure.*")) if out.is_dir() else []
        return made[0].read_bytes() if made else b""


def _run(command: list[str], folder: Path) -> bool:
    """Run LibreOffice; when it takes too long, end it and the processes it started."""
    environment = {**os.environ, "HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    process = subprocess.Popen(  # noqa: S603 - our own arguments, no shell
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    try:
        return process.wait(timeout=TIMEOUT) == 0
    except subprocess.TimeoutExpired:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
        return False


def measure_pages(data: bytes, document: Document) -> dict[str, str]:
    """Return the printed page label of every block of ``document`` that has a bookmark in ``data``.

    Front matter counts in roman, body and back in arabic from one. Empty when LibreOffice is not there
    or fails.
    """
    pdf = convert(_without_pictures(data))
    return page_labels(_destinations(pdf), document) if pdf else {}


def _without_pictures(data: bytes) -> bytes:
    """Return the file with every picture blank: sizes stand in the text, so pages break as before.

    LibreOffice then takes two thirds of the time.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(written, "w") as target:
        for name in source.namelist():
            blank = _BLANK.get(Path(name).suffix) if name.startswith("word/media/") else None
            target.writestr(name, blank or source.read(name))
    return written.getvalue()


def page_labels(pages: dict[str, int], document: Document) -> dict[str, str]:
    """Turn page indices by bookmark name into printed labels by block id."""
    labels: dict[str, str] = {}
    firsts: dict[Matter, int] = {}
    for section in document.sections:
        matter: Matter = "body" if section.matter == "back" else section.matter
        for block in Document(document.meta, (section,)).blocks():
            name = block_name(block.id)
            page = pages.get(destination_name(name), pages.get(name))
            if page is None:
                continue
            first = firsts.setdefault(matter, page)
            count = page - first + 1
            labels[block.id] = roman(count) if matter == "front" else str(count)
    return labels


def destination_name(bookmark: str) -> str:
    """Return how LibreOffice writes a bookmark's name in a PDF: ``_`` as ``5F``, without any mark."""
    return "".join(
        c if c.isascii() and (c.isalnum() or c == "-") else f"{ord(c):02X}" for c in bookmark
    )


def roman(number: int) -> str:
    """Write a page number in lower-case roman numerals."""
    text = ""
    pairs = (
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
    )
    for value, letters in (*pairs, (1, "i")):
        count, number = divmod(number, value)
        text += letters * count
    return text


def _destinations(pdf: bytes) -> dict[str, int]:
    from pypdf import PdfReader  # noqa: PLC0415 - only who measures pays

    reader = PdfReader(io.BytesIO(pdf))
    found: dict[str, int] = {}
    for name, destination in reader.named_destinations.items():
        number = reader.get_destination_page_number(destination)
        if number is not None and number >= 0:
            found[name.lstrip("/")] = number
    return found
