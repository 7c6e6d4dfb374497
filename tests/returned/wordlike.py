"""Edit a draft's XML the way Word writes comments and tracked changes."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable, Sequence

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PKG = "http://schemas.openxmlformats.org/package/2006"


def q(name: str) -> str:
    return f"{{{W}}}{name}"


def el(name: str, /, **attributes: str):
    node = etree.Element(q(name), nsmap={"w": W})
    for key, value in attributes.items():
        node.set(q(key), value)
    return node


class Word:
    """One open file; every method makes one mark and, where it can be told, says nothing else changed."""

    def __init__(
        self, data: bytes, author: str = "审阅人", date: str = "2099-02-01T09:00:00Z"
    ) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        self.root = etree.fromstring(self.files["word/document.xml"])
        self.author, self.date = author, date
        self._ids = 900
        self._comments: list[tuple[str, str, str, str, bool]] = []  # id, author, text, parent, done

    # ------------------------------------------------------------ finding

    def paragraph(self, name: str):
        start = next(
            node
            for node in self.root.iter(q("bookmarkStart"))
            if node.get(q("name")) == f"_blk_{name}"
        )
        node = start
        while node.tag != q("p"):
            node = node.getparent()
        return node

    def row(self, name: str):
        node = self.paragraph(name)
        while node.tag != q("tr"):
            node = node.getparent()
        return node

    def runs(self, paragraph, quote: str) -> list:
        """Cut runs so that ``quote`` fills whole ones, and return those."""
        runs = [run for run in paragraph.iter(q("r")) if run.find(q("t")) is not None]
        text = "".join(run.findtext(q("t")) or "" for run in runs)
        if quote not in text and paragraph.getnext() is not None:
            return self.runs(
                paragraph.getnext(), quote
            )  # a figure's bookmark begins at its picture
        start = text.index(quote)
        for edge in (start, start + len(quote)):
            self._cut(paragraph, edge)
        found, at = [], 0
        for run in paragraph.iter(q("r")):
            words = run.findtext(q("t"))
            if words is None:
                continue
            if start <= at and at + len(words) <= start + len(quote) and words:
                found.append(run)
            at += len(words)
        return found

    def _cut(self, paragraph, edge: int) -> None:
        at = 0
        for run in list(paragraph.iter(q("r"))):
            words = run.findtext(q("t"))
            if words is None:
                continue
            if at < edge < at + len(words):
                second = copy.deepcopy(run)
                _set(run, words[: edge - at])
                _set(second, words[edge - at :])
                run.addnext(second)
                return
            at += len(words)

    def change(self, kind: str, author: str = "", **more: str):
        self._ids += 1
        return el(kind, id=str(self._ids), author=author or self.author, date=self.date, **more)

    # ------------------------------------------------------------ words

    def delete(self, name: str, quote: str, author: str = "") -> None:
        runs = self.runs(self.paragraph(name), quote)
        _wrap(runs, self.change("del", author))
        for run in runs:
            for node in run.iter(q("t")):
                node.tag = q("delText")

    def insert(self, name: str, after: str, text: str, author: str = "") -> None:
        run = self.runs(self.paragraph(name), after)[-1]
        node = self.change("ins", author)
        node.append(_run(text))
        run.addnext(node)

    def insert_runs(self, name: str, after: str, texts: Sequence[str], author: str = "") -> None:
        """Insert several runs in one mark, as words of different fonts are."""
        run = self.runs(self.paragraph(name), after)[-1]
        node = self.change("ins", author)
        node.extend(_run(text) for text in texts)
        run.addnext(node)

    def cut(self, name: str, *quotes: str) -> None:
        """Cut the runs of a paragraph, as a change of font or a spelling mark does."""
        for quote in quotes:
            self.runs(self.paragraph(name), quote)

    def replace(self, name: str, quote: str, text: str, author: str = "") -> None:
        runs = self.runs(self.paragraph(name), quote)
        gone = _wrap(runs, self.change("del", author))
        for node in gone.iter(q("t")):
            node.tag = q("delText")
        come = self.change("ins", author)
        come.append(_run(text))
        gone.addnext(come)

    def bold(self, name: str, quote: str) -> None:
        for run in self.runs(self.paragraph(name), quote):
            properties = run.find(q("rPr"))
            if properties is None:
                properties = el("rPr")
                run.insert(0, properties)
            before = copy.deepcopy(properties)
            properties.append(el("b"))
            change = self.change("rPrChange")
            change.append(before)
            properties.append(change)

    def align(self, name: str) -> None:
        properties = _properties(self.paragraph(name))
        before = el("pPr")
        change = self.change("pPrChange")
        change.append(before)
        properties.append(el("jc", val="center"))
        properties.append(change)

    def move(self, name: str, quote: str, target: str, after: str) -> None:
        self._ids += 2
        label, first, second = f"move{self._ids}", str(self._ids - 1), str(self._ids)
        runs = self.runs(self.paragraph(name), quote)
        words = "".join(run.findtext(q("t")) or "" for run in runs)
        source = _wrap(runs, self.change("moveFrom"))
        start = el("moveFromRangeStart", id=first, author=self.author, date=self.date, name=label)
        source.addprevious(start)
        source.addnext(el("moveFromRangeEnd", id=first))
        place = self.runs(self.paragraph(target), after)[-1]
        gone = self.change("moveTo")
        gone.append(_run(words))
        place.addnext(gone)
        gone.addprevious(
            el("moveToRangeStart", id=second, author=self.author, date=self.date, name=label)
        )
        gone.addnext(el("moveToRangeEnd", id=second))

    # ------------------------------------------------------------ paragraphs

    def _mark(self, paragraph, kind: str) -> None:
        properties = _properties(paragraph)
        run = properties.find(q("rPr"))
        if run is None:
            run = el("rPr")
            properties.append(run)
        run.insert(0, self.change(kind))

    def new_paragraph(self, after: str, text: str) -> None:
        """As Word does it when Enter is pressed at a paragraph's end: its own end becomes the new one."""
        old = self.paragraph(after)
        fresh = el("p")
        style = old.find(q("pPr"))
        if style is not None:
            fresh.append(copy.deepcopy(style))
        self._mark(old, "ins")
        node = self.change("ins")
        node.append(_run(text))
        fresh.append(node)
        old.addnext(fresh)

    def delete_paragraph(self, name: str) -> None:
        paragraph = self.paragraph(name)
        runs = [run for run in paragraph.iter(q("r")) if run.find(q("t")) is not None]
        gone = _wrap(runs, self.change("del"))
        for node in gone.iter(q("t")):
            node.tag = q("delText")
        self._mark(paragraph, "del")

    def split(self, name: str, after: str) -> None:
        first = self.paragraph(name)
        run = self.runs(first, after)[-1]
        second = el("p")
        style = first.find(q("pPr"))
        if style is not None:
            second.append(copy.deepcopy(style))
        for node in list(run.itersiblings()):
            second.append(node)
        self._mark(first, "ins")
        first.addnext(second)

    def merge(self, name: str) -> None:
        self._mark(self.paragraph(name), "del")

    # ------------------------------------------------------------ tables

    def new_row(self, after: str, texts: Sequence[str]) -> None:
        old = self.row(after)
        fresh = copy.deepcopy(old)
        for node in [*fresh.iter(q("bookmarkStart")), *fresh.iter(q("bookmarkEnd"))]:
            node.getparent().remove(node)
        for paragraph, text in zip(fresh.iter(q("p")), texts, strict=True):
            for run in list(paragraph.iter(q("r"))):
                run.getparent().remove(run)
            node = self.change("ins")
            node.append(_run(text))
            paragraph.append(node)
        self._row(fresh, "ins")
        old.addnext(fresh)

    def delete_row(self, name: str) -> None:
        row = self.row(name)
        self._row(row, "del")
        for paragraph in row.iter(q("p")):
            runs = [run for run in paragraph.iter(q("r")) if run.find(q("t")) is not None]
            if runs:
                for node in _wrap(runs, self.change("del")).iter(q("t")):
                    node.tag = q("delText")

    def _row(self, row, kind: str) -> None:
        properties = row.find(q("trPr"))
        if properties is None:
            properties = el("trPr")
            row.insert(0, properties)
        properties.append(self.change(kind))

    def cell(self, name: str, kind: str) -> None:
        node = self.paragraph(name)
        while node.tag != q("tc"):
            node = node.getparent()
        node.find(q("tcPr")).append(self.change(kind))

    # ------------------------------------------------------------ comments

    def comment(
        self,
        first: str,
        quote: str,
        text: str,
        *,
        last: str = "",
        author: str = "",
        parent: str = "",
        done: bool = False,
    ) -> str:
        """Comment on words; ``quote`` may be ``from…to`` when ``last`` names another paragraph."""
        self._ids += 1
        identity = str(self._ids)
        begin, _dots, finish = quote.partition("…")
        start, end = el("commentRangeStart", id=identity), el("commentRangeEnd", id=identity)
        if not quote:
            self.paragraph(first).append(_reference(identity))
        else:
            opening = self.runs(self.paragraph(first), begin)
            closing = self.runs(self.paragraph(last), finish) if last else opening
            self._open_mark(opening[0], before=True).addprevious(start)
            self._open_mark(closing[-1], before=False).addnext(end)
            end.addnext(_reference(identity))
        self._comments.append((identity, author or self.author, text, parent, done))
        return identity

    def _open_mark(self, run, *, before: bool):
        """Part a tracked change beside a run, as Word does where a comment begins or ends within it."""
        mark = run.getparent()
        if mark.tag not in (q("ins"), q("del")):
            return run
        siblings = list(run.itersiblings(preceding=before))
        if siblings:
            other = self.change(mark.tag.rpartition("}")[2], mark.get(q("author")))
            for node in siblings:
                other.insert(0, node) if before else other.append(node)
            mark.addprevious(other) if before else mark.addnext(other)
        return mark

    def comment_on_picture(self, name: str, text: str) -> str:
        self._ids += 1
        identity = str(self._ids)
        run = next(
            run for run in self.paragraph(name).iter(q("r")) if run.find(q("drawing")) is not None
        )
        run.addprevious(el("commentRangeStart", id=identity))
        end = el("commentRangeEnd", id=identity)
        run.addnext(end)
        end.addnext(_reference(identity))
        self._comments.append((identity, self.author, text, "", False))
        return identity

    def reply(self, parent: str, text: str, author: str) -> str:
        """Reply as Word does: a comment on the same words, joined by the extended part."""
        self._ids += 1
        identity = str(self._ids)
        for name in ("commentRangeStart", "commentRangeEnd"):
            node = next(
                (one for one in self.root.iter(q(name)) if one.get(q("id")) == parent), None
            )
            if node is not None:
                node.addnext(el(name, id=identity))
        mark = next(
            one for one in self.root.iter(q("commentReference")) if one.get(q("id")) == parent
        )
        mark.getparent().addnext(_reference(identity))
        self._comments.append((identity, author, text, parent, False))
        return identity

    # ------------------------------------------------------------ without tracking

    def retype(self, name: str, quote: str, text: str) -> None:
        runs = self.runs(self.paragraph(name), quote)
        _set(runs[0], text)
        for run in runs[1:]:
            run.getparent().remove(run)

    def drop(self, name: str) -> None:
        node = self.paragraph(name)
        node.getparent().remove(node)

    def type_paragraph(self, after: str, text: str) -> None:
        old = self.paragraph(after)
        fresh = el("p")
        fresh.append(_run(text))
        old.addnext(fresh)

    def break_paragraph(self, name: str, after: str) -> None:
        first = self.paragraph(name)
        run = self.runs(first, after)[-1]
        second = el("p")
        start = next(node for node in first.iter(q("bookmarkStart")))
        for node in list(run.itersiblings()):
            second.append(node)
        again = copy.deepcopy(start)
        again.set(q("id"), "7777")
        second.insert(0, again)
        second.append(el("bookmarkEnd", id="7777"))
        first.append(el("bookmarkEnd", id=start.get(q("id"))))
        for node in list(second.iter(q("bookmarkEnd"))):
            if node.get(q("id")) == start.get(q("id")):
                node.getparent().remove(node)
        first.addnext(second)

    def strip_bookmarks(self) -> None:
        for name in ("bookmarkStart", "bookmarkEnd"):
            for node in list(self.root.iter(q(name))):
                node.getparent().remove(node)
        self.files["docProps/custom.xml"] = (
            b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
        )
        core = etree.fromstring(self.files["docProps/core.xml"])
        for node in list(core):
            if node.tag.endswith("}identifier"):
                core.remove(node)
        self.files["docProps/core.xml"] = etree.tostring(core)

    def rename_bookmark(self, name: str, fresh: str) -> None:
        node = next(
            one
            for one in self.root.iter(q("bookmarkStart"))
            if one.get(q("name")) == f"_blk_{name}"
        )
        node.set(q("name"), fresh)

    # ------------------------------------------------------------ saving

    def save(self) -> bytes:
        if self._comments:
            self._comment_parts()
        self.files["word/document.xml"] = etree.tostring(
            self.root, xml_declaration=True, encoding="UTF-8", standalone=True
        )
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.files.items():
                if name.endswith((".svg",)):
                    content = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
                archive.writestr(
                    zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED
                )
        return target.getvalue()

    def _comment_parts(self) -> None:
        comments = etree.Element(q("comments"), nsmap={"w": W, "w14": W14})
        extended = etree.Element(f"{{{W15}}}commentsEx", nsmap={"w15": W15})
        for identity, author, text, parent, done in self._comments:
            node = el("comment", id=identity, author=author, date=self.date, initials=author[:1])
            lines = text.split("\n")
            for number, line in enumerate(lines):
                paragraph = el("p")
                if number == len(lines) - 1:
                    paragraph.set(f"{{{W14}}}paraId", f"{int(identity):08X}")
                paragraph.append(_run(line))
                node.append(paragraph)
            comments.append(node)
            entry = etree.SubElement(extended, f"{{{W15}}}commentEx")
            entry.set(f"{{{W15}}}paraId", f"{int(identity):08X}")
            if parent:
                entry.set(f"{{{W15}}}paraIdParent", f"{int(parent):08X}")
            entry.set(f"{{{W15}}}done", "1" if done else "0")
        self.files["word/comments.xml"] = etree.tostring(
            comments, xml_declaration=True, encoding="UTF-8"
        )
        self.files["word/commentsExtended.xml"] = etree.tostring(
            extended, xml_declaration=True, encoding="UTF-8"
        )
        types = etree.fromstring(self.files["[Content_Types].xml"])
        rels = etree.fromstring(self.files["word/_rels/document.xml.rels"])
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
        for part, content, relation in (
            ("comments", f"{kind}.comments+xml", f"{_REL}/comments"),
            (
                "commentsExtended",
                f"{kind}.commentsExtended+xml",
                "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
            ),
        ):
            override = etree.SubElement(types, f"{{{_PKG}/content-types}}Override")
            override.set("PartName", f"/word/{part}.xml")
            override.set("ContentType", content)
            link = etree.SubElement(rels, f"{{{_PKG}/relationships}}Relationship")
            link.set("Id", f"rIdReview{part}")
            link.set("Type", relation)
            link.set("Target", f"{part}.xml")
        self.files["[Content_Types].xml"] = etree.tostring(
            types, xml_declaration=True, encoding="UTF-8"
        )
        self.files["word/_rels/document.xml.rels"] = etree.tostring(
            rels, xml_declaration=True, encoding="UTF-8"
        )


Edit = Callable[[Word], None]


def _set(run, text: str) -> None:
    node = run.find(q("t"))
    node.text = text
    node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _run(text: str):
    run = el("r")
    run.append(el("t"))
    _set(run, text)
    return run


def _reference(identity: str):
    run = el("r")
    run.append(el("commentReference", id=identity))
    return run


def _wrap(runs: Sequence, node):
    runs[0].addprevious(node)
    for run in runs:
        node.append(run)
    return node


def _properties(paragraph):
    found = paragraph.find(q("pPr"))
    if found is None:
        found = el("pPr")
        paragraph.insert(0, found)
    return found
