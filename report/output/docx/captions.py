"""Captions: number by a SEQ field, its printed label bookmarked for references."""

from __future__ import annotations

import re

from report.document.model import Figure, Inline, Table
from report.output.docx import fields
from report.output.docx.context import Context
from report.output.docx.oxml import Element, el
from report.output.docx.paragraphs import paragraph
from report.output.docx.runs import runs
from report.output.text import note_labels, separator, source_line

_LABEL = re.compile(r"(?P<name>[^\W\d_]+?)(?P<place>(?:[A-Z0-9]+[-–—.．])*)(?P<count>[0-9]+)\Z")


def label(context: Context, number: str) -> list[Element]:
    r"""Return the runs of a printed number such as ``图1-2``: ``图1-`` and a SEQ field of ``图``.

    The sequence counts on by itself; where the printed number does not follow (each part begins anew)
    the field says so with ``\r``. A number of another shape is typed.
    """
    match = _LABEL.match(number)
    if match is None:
        return [fields.run(number)] if number else []
    name, count = match["name"], int(match["count"])
    instruction = rf"SEQ {name} \* ARABIC"
    if context.sequences.get(name, 0) + 1 != count:
        instruction += rf" \r {count}"
    context.sequences[name] = count
    return [fields.run(name + match["place"]), *fields.field(instruction, match["count"])]


def caption(context: Context, block: Figure | Table, role: str) -> Element:
    """Return the caption paragraph; the bookmark ``_Ref…`` holds exactly the number."""
    parts = label(context, block.number)
    target = context.targets.get(block.id)
    if target is not None and parts:
        start, end = context.bookmarks.pair(target.bookmark)
        parts = [start, *parts, end]
    if gap := separator(block.number):
        parts.append(fields.run(gap))
    return paragraph(context.styles[role], [*parts, *runs(context, block.caption)])


def keep_together(lines: list[Element]) -> list[Element]:
    """Keep the last of ``lines`` from standing alone on a page.

    A chain through all of them makes LibreOffice break pages otherwise each time it lays the file out.
    """
    for line in lines[-2:-1]:
        line[0].insert(1, el("w:keepNext"))  # after the style's name
    return lines


def below(
    context: Context,
    notes: tuple[tuple[Inline, ...], ...],
    source: str,
    *,
    simulated: bool = False,
    kind: str = "",
) -> list[Element]:
    """Return the notes and the source line under a figure (``kind`` ``figure-``) or a table."""
    lines = []
    for text, note in zip(note_labels(notes), notes, strict=True):
        start = [fields.run(text)] if text else []
        lines.append(paragraph(context.styles[f"{kind}note"], [*start, *runs(context, note)]))
    if line := source_line(source, simulated=simulated):
        lines.append(paragraph(context.styles[f"{kind}source"], [fields.run(line)]))
    return keep_together(lines)
