"""A returned Word file opened with care: limits before unpacking, no entities, nothing fetched."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field

from lxml import etree

from report.errors import OutputError, Place, Problem
from report.i18n import _
from report.output.docx.oxml import Element

MOST_PARTS = 4000
MOST_UNPACKED = 256 * 1024 * 1024  # pictures included; the default report has 30 MB
MOST_XML = 64 * 1024 * 1024  # of one XML part
MOST_RATIO = 400
RATIO_FROM = 4 * 1024 * 1024  # small parts may compress as they like

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = (
    "http://purl.oclc.org/ooxml/wordprocessingml/main"  # “Strict Open XML”, an option when saving
)
_DRAFT = "draft"
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_BROKEN = (
    zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, ValueError, EOFError,
    KeyError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opened:
    """The XML parts of a Word file by name (``word/document.xml``), and the draft's id it carries."""

    name: str
    parts: dict[str, Element] = field(repr=False)
    main: str = "word/document.xml"
    draft: str = ""

    def related(self, kind: str) -> list[str]:
        """Return the names of the parts of a kind (``comments``, ``footnotes``, ``header``), in order."""
        folder = posixpath.dirname(self.main)
        rels = self.parts.get(f"{folder}/_rels/{posixpath.basename(self.main)}.rels")
        found = []
        for relation in rels if rels is not None else ():
            target = relation.get("Target", "")
            if (
                isinstance(relation.tag, str)
                and relation.get("Type", "").rsplit("/", 1)[-1] == kind
                and relation.get("TargetMode") != "External"
            ):
                path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
                name = posixpath.normpath(path)
                if name in self.parts and name not in found:
                    found.append(name)
        return found


def open_returned(data: bytes, name: str) -> Opened:
    """Open a Word file; OutputError when it is none, or none that is safe to open."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _limit(entries, name)
            parts = {}
            for entry in entries:
                if entry.filename.lower().endswith((".xml", ".rels")):
                    parts[entry.filename] = _parse(archive.read(entry), name)
    except (*_BROKEN, etree.XMLSyntaxError) as error:
        raise refused(
            name, _("it cannot be read ({reason})").format(reason=type(error).__name__)
        ) from None
    main = _main(parts)
    if main not in parts:
        raise refused(name, _("it has no text of a Word document"))
    return Opened(name, parts, main, _draft(parts))


def refused(name: str, found: str) -> OutputError:
    """Say why a returned file is not read."""
    return OutputError(
        Problem(
            Place.of(name),
            found,
            _("a .docx file as Word, WPS or LibreOffice saves it"),
            _("Open it in Word or WPS and save it as .docx; ask its sender if that fails."),
        )
    )


def _limit(entries: list[zipfile.ZipInfo], name: str) -> None:
    dense = any(
        entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1)
        for entry in entries
    )
    large = any(
        entry.file_size > MOST_XML and entry.filename.lower().endswith((".xml", ".rels"))
        for entry in entries
    )
    names = [entry.filename for entry in entries]
    if (
        len(entries) > MOST_PARTS
        or sum(entry.file_size for entry in entries) > MOST_UNPACKED
        or dense
        or large
    ):
        raise refused(name, _("it unpacks to more than any report would"))
    if len(set(names)) != len(names):
        raise refused(name, _("it holds two parts of one name"))


def _parse(data: bytes, name: str) -> Element:
    if any(mark in data for mark in _DOCTYPES):
        raise refused(name, _("it declares a document type or entities"))
    data = data.replace(_STRICT.encode(), W.encode())
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    return etree.fromstring(data, parser)


def _main(parts: dict[str, Element]) -> str:
    rels = parts.get("_rels/.rels")
    for relation in rels if rels is not None else ():
        if isinstance(relation.tag, str) and relation.get("Type", "").endswith("/officeDocument"):
            return posixpath.normpath(relation.get("Target", "").lstrip("/"))
    return "word/document.xml"


def _draft(parts: dict[str, Element]) -> str:
    """Return the draft's id: a custom property, else the document's identifier."""
    custom = parts.get("docProps/custom.xml")
    for one in custom if custom is not None else ():
        if isinstance(one.tag, str) and one.get("name") == _DRAFT:
            return "".join(str(text) for text in one.itertext()).strip()
    core = parts.get("docProps/core.xml")
    for one in core if core is not None else ():
        if isinstance(one.tag, str) and one.tag.endswith("}identifier"):
            return (one.text or "").strip()
    return ""
