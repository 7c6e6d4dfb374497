"""Fills, lines and type of charts, in the house's colours and faces."""

from __future__ import annotations

from report.output.docx.charts.model import Dash
from report.output.docx.oxml import Element, el

LATIN, EAST = "Arial", "黑体"
_POINT = 12700
_DASHES: dict[Dash, str] = {"dash": "dash", "dot": "sysDot"}


def solid(colour: str) -> Element:
    """Return a plain fill of ``#rrggbb``."""
    return el("a:solidFill", el("a:srgbClr", val=colour.lstrip("#").upper()))


def stroke(colour: str, width: float, dash: Dash = "") -> Element:
    """Return a line of ``width`` points."""
    node = el("a:ln", solid(colour), w=str(round(width * _POINT)), cap="flat")
    if dash:
        node.append(el("a:prstDash", val=_DASHES[dash]))
    node.append(el("a:round"))
    return node


def outline(colour: str, width: float, dash: Dash = "") -> Element:
    """Return shape properties that are a line only."""
    return el("c:spPr", stroke(colour, width, dash))


def area(colour: str, edge: str = "") -> Element:
    """Return shape properties that are a fill, with a thin ``edge`` where one is named."""
    return el("c:spPr", solid(colour), stroke(edge, 0.75) if edge else el("a:ln", el("a:noFill")))


def hidden() -> Element:
    """Return shape properties that draw nothing."""
    return el("c:spPr", el("a:ln", el("a:noFill"), w="19050"))


def _type(name: str, size: float, colour: str, *, bold: bool) -> Element:
    node = el(name, solid(colour), el("a:latin", typeface=LATIN), el("a:ea", typeface=EAST))
    node.set("sz", str(round(size * 100)))
    node.set("b", "1" if bold else "0")
    return node


def text_properties(size: float, colour: str, *, bold: bool = False, wrap: bool = True) -> Element:
    """Return the type of axis numbers, legends and labels; ``size`` in points."""
    body = el("a:bodyPr") if wrap else el("a:bodyPr", wrap="none")
    default = el("a:pPr", _type("a:defRPr", size, colour, bold=bold))
    end = el("a:endParaRPr", lang="zh-CN")
    return el("c:txPr", body, el("a:lstStyle"), el("a:p", default, end))


def text_run(text: str, size: float, colour: str, *, bold: bool = False) -> Element:
    """Return a run of rich text."""
    node = _type("a:rPr", size, colour, bold=bold)
    node.set("lang", "zh-CN")
    return el("a:r", node, el("a:t", text=text))
