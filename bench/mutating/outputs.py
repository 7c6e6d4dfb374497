"""Mutations of one writer's work: rows dropped, cells and figures changed in the PDF or the Word file.

The finished files take long to make, so many mutations go into one file, each in a block of its own;
a mutation is caught when parity names its block.
"""

from __future__ import annotations

import base64
import io
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property

from lxml import etree, html

from bench.mutating.ground import Ground, Mutation, Outcome
from figures import draw
from figures.spec import FigureSpec
from report.check.outputs.parity import compare_pdf, compare_word
from report.document.model import Table
from report.output.docx import write_docx
from report.output.docx.bookmarks import block_name
from report.output.html import write_print
from report.output.html.svg import embed
from report.output.pdf import write_pdf
from report.output.text import plain
from report.pipeline.drawing import draw_all, figures_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ROW, CELL, FIGURE = "drop a table row", "change a printed cell", "change a figure's data"


class OutputMutations:
    """Writes the clean document with mutations in one format and compares it with the Document."""

    def __init__(self, ground: Ground, rng: random.Random) -> None:
        self._ground = ground
        self._rng = rng
        self._document = ground.document
        self._tables = [
            block for block in self._document.blocks()
            if isinstance(block, Table) and len(block.body) > 2 and block.head
        ]  # fmt: skip
        self._numbered = {
            t.id
            for t in self._tables
            if any(c.colspan == c.rowspan == 1 and _has_digit(plain(c.inlines)) for c in t.body[-1])
        }
        self._figures = [f for f in figures_of(self._document) if _movable(f.spec)]
        self._drawings = draw_all(figures_of(self._document), lambda: None)
        self._svgs = {name: drawing.svg for name, drawing in self._drawings.items()}

    def word(self, rows: int, cells: int, figures: int) -> Iterator[Outcome]:
        """Make mutations of the Word file, in as many files as it takes."""
        yield from self._batches("Word", rows, cells, figures, self._word)

    def pdf(self, rows: int, cells: int, figures: int) -> Iterator[Outcome]:
        """Make mutations of the print page and set it, in as many files as it takes."""
        yield from self._batches("PDF", rows, cells, figures, self._pdf)

    def clean(self) -> list[str]:
        """Return what parity says of the clean files: nothing, or false alarms."""
        pdf = compare_pdf(self._document, self._set(self._print), self._svgs)
        word = compare_word(self._document, self._docx, self._svgs)
        return [finding.found for finding in (*pdf, *word)]

    def _batches(
        self,
        form: str,
        rows: int,
        cells: int,
        figures: int,
        make: Callable[[list[str], list[str], list[str]], tuple[set[str], dict[str, Mutation]]],
    ) -> Iterator[Outcome]:
        while rows or cells or figures:
            tables = self._rng.sample([t.id for t in self._tables], len(self._tables))
            some_rows = tables[: min(rows, len(tables) // 2)]
            some_cells = [t for t in tables if t in self._numbered and t not in some_rows][:cells]
            drawn = [
                f.id for f in self._rng.sample(self._figures, min(figures, len(self._figures)))
            ]
            rows, cells, figures = (
                rows - len(some_rows),
                cells - len(some_cells),
                figures - len(drawn),
            )
            blocks, made = make(some_rows, some_cells, drawn)
            for block, mutation in made.items():
                caught = block in blocks
                detail = "" if caught else f"{form}: parity does not name {block}"
                yield Outcome(mutation, caught, f"parity ({form})" if caught else "", detail)

    # ------------------------------------------------------------ Word

    @cached_property
    def _docx(self) -> bytes:
        reference = self._ground.project.templates / "docx" / "reference.docx"
        return write_docx(self._document, self._drawings, reference, pages={})

    def _word(
        self, rows: list[str], cells: list[str], figures: list[str]
    ) -> tuple[set[str], dict[str, Mutation]]:
        with zipfile.ZipFile(io.BytesIO(self._docx)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        root = etree.fromstring(parts["word/document.xml"])
        bookmarks = {str(b.get(f"{W}name")): b for b in root.iter(f"{W}bookmarkStart")}
        made: dict[str, Mutation] = {}
        for block in (*rows, *cells):
            paragraph = bookmarks[block_name(block)].getparent()
            table = next(paragraph.itersiblings(f"{W}tbl"))
            body = [
                row for row in table.iter(f"{W}tr") if row.find(f"{W}trPr/{W}tblHeader") is None
            ]
            if block in rows:
                row = self._rng.choice(body)
                made[block] = Mutation(ROW, f"Word: {block}", "".join(row.itertext())[:60])
                row.getparent().remove(row)
            else:
                texts = [t for row in body for t in row.iter(f"{W}t") if _has_digit(t.text)]
                if not texts:
                    continue
                text = self._rng.choice(texts)
                new = self._digit(text.text)
                made[block] = Mutation(CELL, f"Word: {block}", f"{text.text} → {new}")
                text.text = new
        parts["word/document.xml"] = etree.tostring(
            root, xml_declaration=True, encoding="UTF-8", standalone=True
        )
        numbers = {figure.id: n for n, figure in enumerate(figures_of(self._document), start=1)}
        for block in figures:
            spec, told = self._moved(block)
            parts[f"word/media/figure{numbers[block]}.svg"] = draw(spec).svg
            made[block] = Mutation(FIGURE, f"Word: {block}", told)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        findings = compare_word(self._document, buffer.getvalue(), self._svgs)
        return {finding.block for finding in findings}, made

    # ------------------------------------------------------------ PDF

    @cached_property
    def _print(self) -> str:
        return write_print(self._document, self._drawings, self._ground.project.templates / "page")

    def _set(self, page: str) -> bytes:
        return write_pdf(page, self._document, self._ground.project.templates / "page")

    def _pdf(
        self, rows: list[str], cells: list[str], figures: list[str]
    ) -> tuple[set[str], dict[str, Mutation]]:
        root = html.document_fromstring(self._print)
        made: dict[str, Mutation] = {}
        for block in (*rows, *cells):
            body = root.xpath("//*[@id=$id]//tbody/tr[not(*[@rowspan])]", id=block)
            if block in rows and body:
                row = self._rng.choice(body)
                made[block] = Mutation(ROW, f"PDF: {block}", row.text_content()[:60])
                row.getparent().remove(row)
            texts = [cell for row in body for cell in row.iter() if _has_digit(cell.text)]
            if block in cells and texts:
                cell = self._rng.choice(texts)
                new = self._digit(cell.text)
                made[block] = Mutation(CELL, f"PDF: {block}", f"{cell.text} → {new}")
                cell.text = new
        for block in figures:
            spec, told = self._moved(block)
            svg = etree.tostring(embed(draw(spec).svg, prefix=block, title=self._alt(block)))
            picture = root.xpath("//*[@id=$id]/img", id=block)[0]
            picture.set("src", "data:image/svg+xml;base64," + base64.b64encode(svg).decode("ascii"))
            made[block] = Mutation(FIGURE, f"PDF: {block}", told)
        page = html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>")
        findings = compare_pdf(self._document, self._set(page), self._svgs)
        return {finding.block for finding in findings}, made

    # ------------------------------------------------------------ parts

    def _alt(self, block: str) -> str:
        return next(figure.alt for figure in self._figures if figure.id == block)

    def _moved(self, block: str) -> tuple[FigureSpec, str]:
        """Return the figure's spec with one datum changed so that it looks different, and what was changed.

        Not every text of a spec is printed (points of a scatter), nor does every value move something.
        """
        while True:
            spec, told = self._changed(block)
            if draw(spec).svg != self._svgs[block]:
                return spec, told

    def _changed(self, block: str) -> tuple[FigureSpec, str]:
        spec = next(figure.spec for figure in self._figures if figure.id == block)
        places = [
            (s, p)
            for s, series in enumerate(spec.series)
            for p, point in enumerate(series.points)
            if point.value
        ]
        s, p = self._rng.choice(places)
        series = spec.series[s]
        point = series.points[p]
        assert point.value is not None
        moved = replace(point, value=point.value * 0.9)
        told = f"{series.name} {point.label}: {point.value:g} → {moved.value:g}"
        if _has_digit(point.text) and self._rng.random() < 0.5:
            moved = replace(point, text=self._digit(point.text))
            told = f"{series.name} {point.label}: {point.text} → {moved.text}"
        points = (*series.points[:p], moved, *series.points[p + 1 :])
        changed = (*spec.series[:s], replace(series, points=points), *spec.series[s + 1 :])
        return replace(spec, series=changed), told

    def _digit(self, text: str) -> str:
        at = self._rng.choice([at for at, each in enumerate(text) if each in "0123456789"])
        return text[:at] + str((int(text[at]) + self._rng.randint(1, 9)) % 10) + text[at + 1 :]


def _has_digit(text: str | None) -> bool:
    return any(each in "0123456789" for each in text or "")


def _movable(spec: FigureSpec) -> bool:
    return any(point.value for series in spec.series for point in series.points)
