"""LibreOffice as a reader in tests: refresh everything, save, export; and what to compare afterwards."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from report.output.docx.oxml import NS, q
from tests.output.docx.readers import style_of, text_of

SCRIPT = Path(__file__).with_name("office_update.py")


@dataclass(frozen=True)
class Opened:
    """What LibreOffice showed before and after refreshing, what it saved, what it exported."""

    before: dict
    after: dict
    saved: bytes
    pdf: bytes


def refresh(soffice: str, data: bytes, folder: Path) -> Opened:
    """Open a file, save and export it, then update all fields and indexes."""
    python = next(
        (p for p in ("/usr/bin/python3", shutil.which("python3")) if p and _has_uno(p)), None
    )
    if python is None:
        pytest.skip("no Python here has LibreOffice's uno module")
    file = folder / "report.docx"
    file.write_bytes(data)
    done = subprocess.run(
        [python, str(SCRIPT), soffice, str(file), str(folder)],
        capture_output=True, text=True, timeout=400, check=True,
    )  # fmt: skip
    texts = json.loads(done.stdout)
    saved, pdf = ((folder / name).read_bytes() for name in ("saved.docx", "report.pdf"))
    return Opened(texts["before"], texts["after"], saved, pdf)


def _has_uno(python: str) -> bool:
    return (
        subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode
        == 0
    )


def unchanged(opened: Opened) -> None:
    """Refreshing changed no text of any field, index or paragraph."""
    assert opened.after["fields"] == opened.before["fields"]
    assert opened.after["indexes"] == opened.before["indexes"]
    body = [[text for _style, text in state["body"]] for state in (opened.before, opened.after)]
    assert body[0] == body[1]


def same_openings(opened: Opened, data: bytes) -> None:
    """The chapters listed on the parts' opening pages read as the file itself says."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    written = [text_of(p) for p in body.iter(q("w:p")) if style_of(p) == "PartEntry"]
    shown = [
        text.partition("|")[2] for style, text in opened.after["body"] if style == "Part Entry"
    ]
    assert shown == written
    assert written


def marks(data: bytes) -> dict:
    """What a load and save has to keep: block bookmarks, notes, alternative texts, paragraphs."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
        notes = etree.fromstring(archive.read("word/footnotes.xml"))
    names = {b.get(q("w:name")) for b in body.iter(q("w:bookmarkStart"))}
    return {
        "blocks": {name for name in names if name.startswith("_blk_")},
        "notes": [text_of(note).strip() for note in notes if note.get(q("w:type")) is None],
        "alts": [d.get("descr") for d in body.iter(q("wp:docPr"))],
        "texts": {text_of(p) for p in body.iter(q("w:p"))},
    }


def entries(data: bytes) -> list[tuple[str, str]]:
    """The lines of the generated lists: text and page label."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    lines = [
        text_of(p)
        for p in body.iter(q("w:p"))
        if p.find("w:hyperlink", NS) is not None and "\t" in text_of(p)
    ]
    return [(text, label) for text, _, label in (line.rpartition("\t") for line in lines)]


def pages_of(pdf: bytes, pdftotext: str) -> list[str]:
    """The text of each page without spaces, lines with leader dots left out."""
    done = subprocess.run(
        [pdftotext, "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    pages = done.stdout.decode().split("\f")
    return [
        "".join("".join(line.split()) for line in page.splitlines() if "....." not in line)
        for page in pages
    ]
