"""Figures: SVG with a PNG of the same drawing behind it for older programs, alt text, caption below."""

from __future__ import annotations

import re

from docx.opc.constants import RELATIONSHIP_TYPE

from report.document.model import Figure
from report.errors import OutputError, Problem
from report.i18n import _
from report.output.docx.captions import below, caption
from report.output.docx.charts import add_chart, is_native
from report.output.docx.context import Context, Drawing, Surroundings
from report.output.docx.oxml import Element, clean, el
from report.output.docx.paragraphs import paragraph
from report.output.docx.rasters import DPI, Blank

EMU_TWIP = 635
EMU_POINT = 12700
SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_SIZE = {
    name: re.compile(rf'\b{name}="([0-9.]+)(pt|px|cm|mm|in)?"'.encode())
    for name in ("width", "height")
}
_UNITS = {"pt": 1.0, "px": 0.75, "cm": 72 / 2.54, "mm": 7.2 / 2.54, "in": 72.0, "": 0.75}
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?[^>]*>\s*", re.DOTALL)


def figure(context: Context, block: Figure, around: Surroundings) -> list[Element]:
    """Return the picture, its caption, notes and source line."""
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
    picture = paragraph(
        context.styles["figure"], [el("w:r", _drawing(context, block, drawing, around))]
    )
    title = caption(context, block, "figure-caption")
    context.bookmarks.wrap_block([picture, title], block.id)
    simulated = block.spec.simulated
    lines = below(context, block.notes, block.source, simulated=simulated, kind="figure-")
    if lines:
        properties = title[0]
        properties.insert(1, el("w:keepNext"))
    return [picture, title, *lines]


def svg_size(svg: bytes) -> tuple[float, float]:
    """Return width and height in points from an SVG's root element."""
    start = svg.find(b"<svg")
    opening = svg[start : svg.find(b">", start)] if start >= 0 else b""
    sizes = []
    for name in ("width", "height"):
        match = _SIZE[name].search(opening)
        if match is None:
            box = re.search(rb'viewBox="([-0-9. ]+)"', opening)
            if box is None:
                return 425.0, 240.0
            values = [float(value) for value in box[1].split()]
            return values[2] * 0.75, values[3] * 0.75
        sizes.append(float(match[1]) * _UNITS[(match[2] or b"").decode()])
    return sizes[0], sizes[1]


def _extent(context: Context, svg: bytes, around: Surroundings) -> tuple[int, int]:
    """Return the size in EMU: as drawn, but within the text area and leaving room for a caption."""
    width, height = (size * EMU_POINT for size in svg_size(svg))
    room = around.width * EMU_TWIP
    tallest = context.geometry.text_height() * EMU_TWIP * 0.8
    factor = min(1.0, room / width, tallest / height)
    return round(width * factor), round(height * factor)


def _drawing(context: Context, block: Figure, drawing: Drawing, around: Surroundings) -> Element:
    context.pictures += 1
    number = context.pictures
    package = context.package
    name, words = clean(block.number or block.id), clean(block.alt)
    # Laying out needs the size alone: no chart in place of a blank.
    native = context.document.meta.charts == "native" and not isinstance(drawing, Blank)
    if native and is_native(block.spec):
        extent = _extent(context, drawing.svg, around)
        graphic = add_chart(package, number, block.spec, extent)
        return inline_drawing(number, name, words, (str(extent[0]), str(extent[1])), graphic)
    svg = _DOCTYPE.sub(b"", drawing.svg, count=1)
    vector = package.add(
        f"/word/media/figure{number}.svg", "image/svg+xml", svg, RELATIONSHIP_TYPE.IMAGE
    )
    raster = package.add(
        f"/word/media/figure{number}.png", "image/png", drawing.png(DPI), RELATIONSHIP_TYPE.IMAGE
    )
    width, height = (str(size) for size in _extent(context, svg, around))
    blip = el(
        "a:blip",
        el("a:extLst", el("a:ext", el("asvg:svgBlip", r__embed=vector[1]), uri=SVG_EXTENSION)),
        r__embed=raster[1],
    )
    picture = el(
        "pic:pic",
        el(
            "pic:nvPicPr",
            el("pic:cNvPr", id=str(number), name=name, descr=words),
            el("pic:cNvPicPr"),
        ),
        el("pic:blipFill", blip, el("a:stretch", el("a:fillRect"))),
        el(
            "pic:spPr",
            el("a:xfrm", el("a:off", x="0", y="0"), el("a:ext", cx=width, cy=height)),
            el("a:prstGeom", el("a:avLst"), prst="rect"),
        ),
    )
    return inline_drawing(
        number,
        name,
        words,
        (width, height),
        el(
            "a:graphicData", picture, uri="http://schemas.openxmlformats.org/drawingml/2006/picture"
        ),
    )


def inline_drawing(
    number: int, name: str, words: str, size: tuple[str, str], content: Element
) -> Element:
    """Wrap a picture or a chart as ``w:drawing``, in line with text, described by ``words``."""
    return el(
        "w:drawing",
        el(
            "wp:inline",
            el("wp:extent", cx=size[0], cy=size[1]),
            el("wp:docPr", id=str(number), name=name, descr=words),
            el("wp:cNvGraphicFramePr", el("a:graphicFrameLocks", noChangeAspect="1")),
            el("a:graphic", content),
            distT="0",
            distB="0",
            distL="0",
            distR="0",
        ),
    )
