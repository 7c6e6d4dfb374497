"""The package: the house file opened with care, parts added to it, written with the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path, PurePosixPath

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package as WordPackage
from lxml import etree

from report.errors import OutputError, Place, Problem
from report.i18n import _
from report.output.docx.oxml import Element, escape, parse, to_bytes

MOST_BYTES = 64 * 1024 * 1024  # a house file unpacked; far above any real one
MOST_FILES = 2000
EPOCH = (1980, 1, 1, 0, 0, 0)
# No part of a Word file has a document type; one that has may hold entities.
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_STORED = (".png", ".jpg", ".jpeg")
_DEFAULTS = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
    "png": "image/png",
    "svg": "image/svg+xml",
    "jpeg": "image/jpeg",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# Parts the writer makes itself; the house file's own are left out.
_REPLACED = frozenset(
    {
        RELATIONSHIP_TYPE.HEADER,
        RELATIONSHIP_TYPE.FOOTER,
        RELATIONSHIP_TYPE.FOOTNOTES,
        RELATIONSHIP_TYPE.ENDNOTES,
        RELATIONSHIP_TYPE.COMMENTS,
        RELATIONSHIP_TYPE.HYPERLINK,
        RELATIONSHIP_TYPE.IMAGE,
        RELATIONSHIP_TYPE.CHART,
    }
)


class PartRelations:
    """Relationships of one part; an address asked for twice has one relationship."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._links: dict[str, str] = {}

    def link(self, url: str) -> str:
        """Return the relationship id for an outside address."""
        if url not in self._links:
            self._links[url] = str(
                self._part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            )
        return self._links[url]

    def to(self, part: Part, kind: str) -> str:
        """Return the relationship id for another part."""
        return str(self._part.relate_to(part, kind))


class Package:
    """An open package: the main document, its styles and numbering, and room for new parts."""

    def __init__(self, reference: Path) -> None:
        _check(reference)
        try:
            opened = docx.Document(str(reference))
        except (ValueError, KeyError, etree.XMLSyntaxError, zipfile.BadZipFile) as error:
            raise OutputError(_unreadable(reference)) from error
        self.opc: WordPackage = opened.part.package
        self.main: Part = opened.part
        for identity, relation in list(self.main.rels.items()):
            if relation.reltype in _REPLACED:
                del self.main.rels[identity]
        self.body: Element = parse(self.main.blob)[0]
        self.styles: Element = self._xml(RELATIONSHIP_TYPE.STYLES)
        self._settings: Element = self._xml(RELATIONSHIP_TYPE.SETTINGS)
        self.relations = PartRelations(self.main)
        self.replaced: dict[str, bytes] = {}

    @property
    def settings(self) -> Element:
        """The settings part; changes to it are kept."""
        return self._settings

    def numbering(self) -> Element:
        """Return the numbering part's content, empty where the house file has none."""
        for relation in self.main.rels.values():
            if relation.reltype == RELATIONSHIP_TYPE.NUMBERING:
                return parse(relation.target_part.blob)
        return parse(
            '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
        )

    def add(self, name: str, content_type: str, data: bytes, kind: str) -> tuple[Part, str]:
        """Add a part and relate the main document to it; return both."""
        part = self.part(name, content_type, data)
        return part, self.relations.to(part, kind)

    def part(self, name: str, content_type: str, data: bytes) -> Part:
        """Make a part that nothing is related to yet."""
        return Part(PackURI(name), content_type, data, self.opc)

    def put(self, kind: str, name: str, content_type: str, root: Element) -> None:
        """Write the part of relationship ``kind``, in place of the house file's where it has one."""
        for relation in self.main.rels.values():
            if relation.reltype == kind:
                self.replaced[str(relation.target_part.partname)] = to_bytes(root)
                return
        self.add(name, content_type, to_bytes(root), kind)

    def properties(self, core: bytes, app: bytes, custom: bytes) -> None:
        """Set the three property parts."""
        wanted = (
            (RELATIONSHIP_TYPE.CORE_PROPERTIES, "/docProps/core.xml", CONTENT_TYPE.OPC_CORE_PROPERTIES, core),
            (RELATIONSHIP_TYPE.EXTENDED_PROPERTIES, "/docProps/app.xml", CONTENT_TYPE.OFC_EXTENDED_PROPERTIES, app),
            (RELATIONSHIP_TYPE.CUSTOM_PROPERTIES, "/docProps/custom.xml", CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, custom),
        )  # fmt: skip
        kinds = {kind for kind, *_ in wanted}
        for identity, relation in list(self.opc.rels.items()):
            if relation.reltype in kinds or relation.reltype.endswith("/thumbnail"):
                del self.opc.rels[identity]
        for kind, name, content_type, data in wanted:
            self.opc.relate_to(self.part(name, content_type, data), kind)

    def save(self, document: Element) -> bytes:
        """Return the file with ``document`` as its main part: sorted entries, fixed times."""
        self.replaced[str(self.main.partname)] = to_bytes(document)
        for relation in self.main.rels.values():
            if relation.reltype == RELATIONSHIP_TYPE.SETTINGS:
                self.replaced[str(relation.target_part.partname)] = to_bytes(self._settings)
        files: dict[str, bytes] = {}
        overrides: list[tuple[str, str]] = []
        for part in self.opc.iter_parts():
            name = str(part.partname)
            files[name[1:]] = self.replaced.get(name, part.blob)
            extension = PurePosixPath(name).suffix[1:].lower()
            if extension == "xml" or _DEFAULTS.get(extension) != part.content_type:
                overrides.append((name, str(part.content_type)))
            if len(part.rels):
                path = PurePosixPath(name[1:])
                files[f"{path.parent}/_rels/{path.name}.rels"] = part.rels.xml
        files["_rels/.rels"] = self.opc.rels.xml
        return pack({"[Content_Types].xml": _content_types(sorted(overrides))} | files)

    def _xml(self, kind: str) -> Element:
        for relation in self.main.rels.values():
            if relation.reltype == kind:
                return parse(relation.target_part.blob)
        raise OutputError(
            Problem(
                None,
                _("The reference file has no part “{kind}”").format(
                    kind=kind.rsplit("/", maxsplit=1)[-1]
                ),
            )
        )


def pack(files: dict[str, bytes]) -> bytes:
    """Zip ``files``: content types first, the rest by name, no time and no machine in it."""
    target = io.BytesIO()
    order = sorted(
        files, key=lambda name: (name != "[Content_Types].xml", name != "_rels/.rels", name)
    )
    with zipfile.ZipFile(target, "w") as archive:
        for name in order:
            info = zipfile.ZipInfo(name, EPOCH)
            info.create_system = 0
            info.compress_type = (
                zipfile.ZIP_STORED if name.endswith(_STORED) else zipfile.ZIP_DEFLATED
            )
            archive.writestr(info, files[name])
    return target.getvalue()


def _content_types(overrides: list[tuple[str, str]]) -> bytes:
    rows = [
        f'<Default Extension="{extension}" ContentType="{kind}"/>'
        for extension, kind in sorted(_DEFAULTS.items())
    ]
    rows += [
        f'<Override PartName="{escape(name)}" ContentType="{escape(kind)}"/>'
        for name, kind in overrides
    ]
    start = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Types xmlns="{_TYPES}">'
    return f"{start}{''.join(rows)}</Types>".encode()


def _check(reference: Path) -> None:
    """Refuse what is no Word file, unpacks to more than any house file would, or declares entities."""
    try:
        with zipfile.ZipFile(reference) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            size = sum(entry.file_size for entry in entries)
            if len(entries) > MOST_FILES or size > MOST_BYTES:
                raise OutputError(_too_large(reference))
            declared = any(
                mark in data
                for entry in entries
                if entry.filename.lower().endswith((".xml", ".rels"))
                for data in (archive.read(entry),)
                for mark in _DOCTYPES
            )
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise OutputError(_unreadable(reference)) from error
    if declared or "word/document.xml" not in names:
        raise OutputError(_unreadable(reference))


def _too_large(reference: Path) -> Problem:
    return Problem(
        Place.of(reference.name),
        _("The reference file unpacks to too much"),
        _("at most {mb} MB").format(mb=MOST_BYTES // 2**20),
        _("Save it anew in Word, without pictures and text."),
    )


def _unreadable(reference: Path) -> Problem:
    return Problem(
        Place.of(reference.name),
        _("The reference file cannot be read as a Word document"),
        _("a .docx file with the report's styles"),
        _("Restore templates/docx/reference.docx, or save the house file as .docx."),
    )
