"""Two Word files side by side: their parts, and old parts taken over into the new file."""

from __future__ import annotations

import hashlib
import io
import posixpath
import zipfile

from report.errors import OutputError, Problem
from report.i18n import _
from report.output.docx.oxml import NS, Element, el, parse, q, to_bytes
from report.output.docx.package import pack

DOCUMENT = "word/document.xml"
FOOTNOTES = "word/footnotes.xml"
NUMBERING = "word/numbering.xml"
_MOST = 256 * 1024 * 1024
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_R = "{" + NS["r"] + "}"


class File:
    """The parts of one Word file; trees are parsed once and written back when asked for."""

    def __init__(self, data: bytes) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                if sum(entry.file_size for entry in archive.infolist()) > _MOST:
                    raise OutputError(Problem(None, _("The Word file unpacks to too much.")))
                self.parts = {name: archive.read(name) for name in archive.namelist()}
            self.document = parse(self.parts[DOCUMENT])
        except (zipfile.BadZipFile, KeyError, SyntaxError) as error:
            raise OutputError(
                Problem(None, _("A draft's Word file cannot be read: {why}").format(why=error))
            ) from error
        self.trees: dict[str, Element] = {}

    @property
    def body(self) -> Element:
        """The body of the main document."""
        found = self.document.find(q("w:body"))
        assert found is not None
        return found

    def tree(self, name: str) -> Element | None:
        """Parse a part once; None where there is none."""
        if name not in self.trees and name in self.parts:
            self.trees[name] = parse(self.parts[name])
        return self.trees.get(name)

    def relations(self, part: str) -> Element:
        """Return the relationships of a part, empty where it has none."""
        found = self.tree(relations_name(part))
        if found is None:
            found = parse(f'<Relationships xmlns="{_RELATIONS}"/>')
            self.trees[relations_name(part)] = found
        return found

    def target(self, part: str, relation: str) -> str:
        """Return the name of the part that a relationship leads to; empty for an outside address."""
        for one in self.relations(part):
            if one.get("Id") == relation and one.get("TargetMode") != "External":
                return resolved(part, one.get("Target", ""))
        return ""

    def digest(self, node: Element) -> str:
        """Return a digest of what a drawing or chart shows: the parts it leads to."""
        shown = hashlib.sha256()
        for one in node.iter():
            for name, value in one.attrib.items():
                if str(name).startswith(_R):
                    shown.update(self.parts.get(self.target(DOCUMENT, str(value)), b""))
        return shown.hexdigest()[:16]

    def notes(self) -> dict[str, Element]:
        """Return the footnotes by id."""
        tree = self.tree(FOOTNOTES)
        found = tree.findall(q("w:footnote")) if tree is not None else []
        return {one.get(q("w:id"), ""): one for one in found}

    def save(self) -> bytes:
        """Write the file: what was parsed anew, the rest as it was."""
        files = dict(self.parts)
        for name, tree in self.trees.items():
            if len(tree) or name in self.parts:
                files[name] = to_bytes(tree)
        files[DOCUMENT] = to_bytes(self.document)
        return pack(files)


class Importer:
    """Takes parts of the old file into the new one, each once, under a name of its own."""

    def __init__(self, old: File, new: File) -> None:
        self._old, self._new = old, new
        self._parts: dict[str, str] = {}
        self._relations: dict[str, str] = {}
        self._notes: dict[str, str] = {}
        self._numbers: dict[str, str] = {}

    def drawing(self, node: Element) -> None:
        """Point the relationships in a deleted drawing to copies of the old parts."""
        for one in node.iter():
            for name, value in list(one.attrib.items()):
                if str(name).startswith(_R):
                    one.set(name, self._relation(str(value)))

    def note(self, identity: str) -> str:
        """Copy an old footnote and return its new id."""
        if identity not in self._notes:
            tree = self._new.tree(FOOTNOTES)
            notes = self._new.notes()
            fresh = str(max((int(one) for one in notes), default=0) + 1)
            source = self._old.notes().get(identity)
            if tree is None or source is None:
                return identity
            copy = parse(to_bytes(source))
            copy.set(q("w:id"), fresh)
            unlinked(copy)
            tree.append(copy)
            self._notes[identity] = fresh
        return self._notes[identity]

    def number(self, identity: str) -> str:
        """Copy an old list's numbering and return its new id; lists numbered alike share theirs."""
        old, new = self._old.tree(NUMBERING), self._new.tree(NUMBERING)
        if identity in self._numbers or old is None or new is None:
            return self._numbers.get(identity, identity)
        number = _by_id(old, "w:num", "w:numId", identity)
        kind = number.find(q("w:abstractNumId")) if number is not None else None
        name = kind.get(q("w:val"), "") if kind is not None else ""
        shape = _by_id(old, "w:abstractNum", "w:abstractNumId", name)
        if number is None or shape is None:
            return identity
        held = _by_id(new, "w:num", "w:numId", identity)
        same = _by_id(new, "w:abstractNum", "w:abstractNumId", name)
        if (
            held is not None
            and same is not None
            and to_bytes(held) == to_bytes(number)
            and to_bytes(same) == to_bytes(shape)
        ):
            self._numbers[identity] = identity
            return identity
        shape, number = parse(to_bytes(shape)), parse(to_bytes(number))
        shape_id = _next(new, "w:abstractNum", "w:abstractNumId")
        fresh = _next(new, "w:num", "w:numId")
        shape.set(q("w:abstractNumId"), shape_id)
        number.set(q("w:numId"), fresh)
        number.replace(number.find(q("w:abstractNumId")), el("w:abstractNumId", val=shape_id))  # type: ignore[arg-type]
        last = len(new.findall(q("w:abstractNum"))) + len(new.findall(q("w:numPicBullet")))
        new.insert(last, shape)
        after = [n for n, one in enumerate(new) if one.tag == q("w:num")]
        new.insert(after[-1] + 1 if after else len(new), number)
        self._numbers[identity] = fresh
        return fresh

    def _relation(self, identity: str) -> str:
        if identity not in self._relations:
            source = next(
                (one for one in self._old.relations(DOCUMENT) if one.get("Id") == identity), None
            )
            if source is None:
                return identity
            fresh = f"rIdOld{len(self._relations) + 1}"
            copy = parse(to_bytes(source))
            copy.set("Id", fresh)
            if copy.get("TargetMode") != "External":
                copy.set("Target", "/" + self._part(self._old.target(DOCUMENT, identity)))
            self._new.relations(DOCUMENT).append(copy)
            self._relations[identity] = fresh
        return self._relations[identity]

    def _part(self, name: str) -> str:
        """Copy a part and what it leads to."""
        if name in self._parts or name not in self._old.parts:
            return self._parts.get(name, name)
        folder, base = posixpath.split(name)
        fresh = f"{folder}/old-{base}"
        self._parts[name] = fresh
        self._new.parts[fresh] = self._old.parts[name]
        self._declare(name, fresh)
        if relations_name(name) in self._old.parts:
            relations = parse(self._old.parts[relations_name(name)])
            for one in relations:
                if one.get("TargetMode") != "External":
                    one.set("Target", "/" + self._part(resolved(name, one.get("Target", ""))))
            self._new.parts[relations_name(fresh)] = to_bytes(relations)
        return fresh

    def _declare(self, name: str, fresh: str) -> None:
        """Say in the new file what kind of part a copy is."""
        types, known = self._new.tree("[Content_Types].xml"), self._old.tree("[Content_Types].xml")
        if types is None or known is None:
            return
        override = f"{{{_TYPES}}}Override"
        for one in known:
            if one.tag == override and one.get("PartName") == f"/{name}":
                copy = parse(to_bytes(one))
                copy.set("PartName", f"/{fresh}")
                types.append(copy)
                return
        extension = name.rpartition(".")[2]
        if all(one.get("Extension") != extension for one in types):
            types[:0] = [parse(to_bytes(o)) for o in known if o.get("Extension") == extension]


def unlinked(node: Element) -> None:
    """Take outside links off a copy: their relationships belong to the old file."""
    for link in list(node.iter(q("w:hyperlink"))):
        holder = link.getparent()
        if holder is not None:
            place = holder.index(link)
            holder[place : place + 1] = list(link)


def relations_name(part: str) -> str:
    """Return the name of the part that holds a part's relationships."""
    folder, base = posixpath.split(part)
    return f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"


def resolved(part: str, target: str) -> str:
    """Return the name of a part that ``target`` names from ``part``."""
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def _by_id(tree: Element, tag: str, name: str, identity: str) -> Element | None:
    return next((one for one in tree.findall(q(tag)) if one.get(q(name)) == identity), None)


def _next(tree: Element, tag: str, name: str) -> str:
    return str(max((int(one.get(q(name), "0")) for one in tree.findall(q(tag))), default=0) + 1)
