"""Call-outs: a one-cell table whose style draws the box, so that lists and tables may stand inside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from report.document.model import Block, Callout
from report.output.docx import fields
from report.output.docx.bookmarks import block_name
from report.output.docx.context import Context, Surroundings
from report.output.docx.oxml import Element, el, q
from report.output.docx.paragraphs import paragraph
from report.output.docx.runs import runs
from report.output.text import CALLOUT_LABELS

PADDING = 200  # twips, left and right, as the box styles have it
BlockWriter = Callable[[Context, Block, Surroundings], list[Element]]


def callout(
    context: Context, block: Callout, around: Surroundings, write: BlockWriter
) -> list[Element]:
    """Return the box and the thin paragraph that keeps it from what follows."""
    styles = context.styles
    title = runs(context, block.title) or [fields.run(CALLOUT_LABELS.get(block.kind, block.kind))]
    heading = paragraph(styles["callout-title"], title)
    context.bookmarks.wrap([heading], block_name(block.id))
    inner = replace(around, body="callout-text", width=around.width - 2 * PADDING)
    content = [heading]
    for held in block.blocks:
        content += write(context, held, inner)
    if content[-1].tag != q("w:p"):  # a cell must end with a paragraph
        content.append(paragraph(styles["spacer"]))
    width = str(around.width)
    cell = el("w:tc", el("w:tcPr", el("w:tcW", w=width, type="dxa")), *content)
    box = el(
        "w:tbl",
        el(
            "w:tblPr",
            el("w:tblStyle", val=styles.role(f"callout-{block.kind}", "callout-note")),
            el("w:tblW", w=width, type="dxa"),
            el("w:jc", val="center"),
            el("w:tblLayout", type="fixed"),
        ),
        el("w:tblGrid", el("w:gridCol", w=width)),
        el("w:tr", cell),
    )
    # The thin paragraph above stays with the box, or a heading before it would stand alone.
    return [paragraph(styles["spacer"], (), el("w:keepNext")), box, paragraph(styles["spacer"])]
