"""Figures as HTML, and the notes and source lines that figures and tables share."""

from __future__ import annotations

from collections.abc import Sequence

from report.document.model import Figure, Inline
from report.errors import OutputError, Problem
from report.i18n import _
from report.output.html.context import Context
from report.output.html.inlines import fill
from report.output.html.markup import Element, add, el
from report.output.html.svg import add_marks, data_address, embed
from report.output.text import note_labels, separator, source_line


def figure(context: Context, block: Figure) -> Element:
    """Return ``<figure>``: the drawing, the caption below it, then notes and the source line."""
    drawing = context.drawings.get(block.id)
    if drawing is None:
        raise OutputError(
            Problem(
                block.origin,
                _("The figure {id} has not been drawn").format(id=block.id),
                _("a drawing for every figure"),
                _("Draw all figures of the document before writing it."),
            )
        )
    svg = embed(drawing.svg, prefix=block.id, title=block.alt)
    if not context.printing:
        add_marks(svg, drawing)
    caption = el("figcaption", el("span", block.number, class_="no"), separator(block.number))
    fill(context, caption, block.caption)
    picture = el("img", src=data_address(svg), alt=block.alt) if context.printing else svg
    element = el("figure", picture, caption, id=block.id)
    add(element, *below(context, block.notes, block.source, simulated=block.spec.simulated))
    return element


def below(
    context: Context,
    notes: Sequence[tuple[Inline, ...]],
    source: str,
    *,
    simulated: bool = False,
) -> list[Element]:
    """Return the note paragraphs and the source line that stand under a figure or table."""
    lines = [
        fill(context, el("p", label, class_="note"), note)
        for label, note in zip(note_labels(notes), notes, strict=True)
    ]
    if line := source_line(source, simulated=simulated):
        lines.append(el("p", line, class_="source"))
    return lines
