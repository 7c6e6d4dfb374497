"""Parity: the finished PDF and Word file say what the Document says, item by item and number by number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from report.check.findings import Finding
from report.check.outputs.compare import Difference, differences, first_difference
from report.check.outputs.expected import expected, typeset
from report.check.outputs.items import Drawn, Item, Reading, bare, exact, letters
from report.check.outputs.pdf import read_pdf
from report.check.outputs.shapes import drawn_of
from report.check.outputs.word import read_word
from report.document.model import Document, Figure
from report.errors import Place
from report.i18n import _

if TYPE_CHECKING:
    from figures import Drawing

RULE = "parity"
_LONGEST = 60  # characters of a text in a finding


def parity(
    document: Document, pdf: bytes, docx: bytes, *, drawings: Mapping[str, bytes] | None = None
) -> tuple[Finding, ...]:
    """Compare both files with ``document``; no finding means that all three say the same.

    ``drawings`` are the figures as SVG by block id; without them they are drawn anew from the Document.
    Headings, paragraphs, cells, captions, notes, footnotes, alternatives, formulae, entries of the
    generated lists, the texts and the outlines of figures are compared.
    OutputError when a file cannot be read.
    """
    if drawings is None:
        svgs: Mapping[str, bytes] = {
            name: drawing.svg for name, drawing in draw_figures(document).items()
        }
    else:
        svgs = drawings
    return compare_pdf(document, pdf, svgs) + compare_word(document, docx, svgs)


def compare_pdf(
    document: Document, pdf: bytes, drawings: Mapping[str, bytes]
) -> tuple[Finding, ...]:
    """Compare a PDF alone with ``document`` and its ``drawings``."""
    return tuple(compare(wanted(document, drawings), read_pdf(pdf).reading, "PDF"))


def compare_word(
    document: Document, docx: bytes, drawings: Mapping[str, bytes]
) -> tuple[Finding, ...]:
    """Compare a Word file alone with ``document`` and its ``drawings``."""
    return tuple(compare(wanted(document, drawings), read_word(docx), "Word", outlines=True))


def wanted(document: Document, drawings: Mapping[str, bytes]) -> Reading:
    """Return what the document says, drawings included."""
    shown = {name: drawn_of(svg) for name, svg in drawings.items()}
    for block in document.blocks():
        if isinstance(block, Figure) and block.id in shown:
            values = [p.value for series in block.spec.series for p in series.points]
            known = tuple(exact(value) for value in values if value is not None)
            shown[block.id] = replace(shown[block.id], values=known)
    return expected(document, shown)


def draw_figures(document: Document) -> dict[str, Drawing]:
    """Draw every figure of the document anew, by block id."""
    from figures import draw  # noqa: PLC0415 - matplotlib

    return {block.id: draw(block.spec) for block in document.blocks() if isinstance(block, Figure)}


def compare(
    ours: Reading, read: Reading, form: str, *, outlines: bool = False
) -> Iterator[Finding]:
    """Yield where what was read from a form differs from ``ours``; with ``outlines``, to the last line."""
    for name, left, right in (
        (_("text"), ours.body, read.body),
        (_("footnote"), _numbered(ours.footnotes), read.footnotes),
        (_("alternative text"), ours.alternatives, read.alternatives),
    ):
        for each in differences(left, right):
            yield _finding(form, name, each)
    yield from _entries(ours.contents, read.contents, form)
    yield from _formulas(ours.formulas, read.formulas, form)
    yield from _drawings(ours, read.drawings, form, outlines=outlines)


def _numbered(notes: Iterable[Item]) -> list[Item]:
    return [
        Item(
            note.kind,
            note.where.strip("[]") + " " + note.text,
            note.where,
            0,
            note.block,
            note.place,
        )
        for note in notes
    ]


def _finding(form: str, what: str, each: Difference) -> Finding:
    item, found = each.expected, each.found
    if item is None:
        assert found is not None
        near = each.near
        return _told(
            None if near is None else near.place,
            "" if near is None else near.block,
            found.text,
            _("the {form} file has a {what} that the document lacks ({where}): “{text}”").format(
                form=form, what=what, where=found.where, text=_short(found.text)
            ),
        )
    if found is None:
        problem = _("the {form} file lacks a {what}: “{text}”").format(
            form=form, what=_place_in(what, item), text=_short(item.text)
        )
        return _told(item.place, item.block, item.text, problem)
    if item.bare == found.bare:
        problem = _(
            "a heading of level {level} is of level {found} in the {form} file ({where})"
        ).format(level=item.level, found=found.level or "—", form=form, where=found.where)
        return _told(item.place, item.block, item.text, problem)
    ours, theirs = first_difference(item.bare, found.bare)
    problem = _("the {form} file has another {what} ({where}): “{text}”").format(
        form=form, what=_place_in(what, item), where=found.where, text=theirs
    )
    return _told(item.place, item.block, item.text, problem, _("“{text}”").format(text=ours))


def _place_in(what: str, item: Item) -> str:
    return f"{what} {item.where}" if item.kind == "cell" else what


def _told(place: Place | None, block: str, sentence: str, found: str, wanted: str = "") -> Finding:
    return Finding(
        RULE,
        place,
        block,
        sentence,
        found,
        wanted,
        _("build the report again; if the difference stays, the writer of this format is at fault"),
    )


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _entries(wanted: list[Item], read: list[Item], form: str) -> Iterator[Finding]:
    """Compare the generated lists as sets: a form may list a part's chapters once more."""
    known = {item.bare for item in wanted}
    there = {item.bare for item in read}
    for item in wanted:
        if item.bare not in there:
            found = _("the contents of the {form} file lack “{text}”").format(
                form=form, text=item.text
            )
            yield _told(item.place, item.block, item.text, found)
    for item in read:
        if item.bare not in known:
            found = _("the contents of the {form} file name what is not there: “{text}” ({where})")
            yield _told(
                None, "", item.text, found.format(form=form, text=item.text, where=item.where)
            )


def _formulas(wanted: list[Item], read: list[Item], form: str) -> Iterator[Finding]:
    """Compare formulae: by their LaTeX where the form keeps it, else by their letters and digits."""
    if len(wanted) != len(read):
        found = _("the {form} file has {count} formulae, the document {wanted}")
        yield _told(None, "", "", found.format(form=form, count=len(read), wanted=len(wanted)))
        return
    for item, other in zip(wanted, read, strict=True):
        if item.bare == other.bare or typeset(item.text) == letters(other.text):
            continue
        found = _("the {form} file has another formula ({where}): “{text}”")
        yield _told(
            item.place,
            item.block,
            item.text,
            found.format(form=form, where=other.where, text=other.text),
            item.text,
        )


def _drawings(
    wanted: Reading, read: list[Drawn], form: str, *, outlines: bool
) -> Iterator[Finding]:
    if len(wanted.drawings) != len(read):
        found = _("the {form} file has {count} figures, the document {wanted}")
        yield _told(
            None, "", "", found.format(form=form, count=len(read), wanted=len(wanted.drawings))
        )
        return
    for item, ours, theirs in zip(wanted.alternatives, wanted.drawings, read, strict=True):
        if theirs.values is not None and ours.values is not None:
            if lacking := sorted((Counter(ours.values) - Counter(theirs.values)).elements()):
                found = _("the chart in the {form} file ({where}) lacks {values}").format(
                    form=form, where=theirs.where, values=_short("、".join(lacking))
                )
                yield _told(item.place, item.block, item.text, found)
            continue
        said, shown = (
            Counter(ours.texts),
            Counter(bare(text) for text in theirs.texts if bare(text)),
        )
        if said != shown:
            lacking, extra = sorted((said - shown).elements()), sorted((shown - said).elements())
            found = _(
                "the figure in the {form} file ({where}) shows “{extra}” for “{lacking}”"
            ).format(
                form=form,
                where=theirs.where,
                extra=_short("、".join(extra)),
                lacking=_short("、".join(lacking)),
            )
            yield _told(item.place, item.block, item.text, found)
        elif (outlines and theirs.shapes != ours.shapes) or (
            not outlines and not (ours.points <= theirs.points and ours.fills <= theirs.fills)
        ):
            found = _("the figure in the {form} file ({where}) is drawn from other data").format(
                form=form, where=theirs.where
            )
            yield _told(item.place, item.block, item.text, found)
