"""What a drawing shows: its texts, and a fingerprint of its outlines, from its SVG."""

from __future__ import annotations

import hashlib
import re

from lxml import etree

from report.check.outputs.items import Drawn, bare

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_COMMAND = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_START = re.compile(r"\s*M\s*([-+.\d]+)[\s,]+([-+.\d]+)")
_COLOUR = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", re.IGNORECASE)
_OUTLINES = (
    "d",
    "points",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "width",
    "height",
    "transform",
)


def drawn_of(svg: bytes, where: str = "") -> Drawn:
    """Return what an SVG drawing shows; raises etree.XMLSyntaxError when it is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(svg, parser)
    texts = []
    points: set[tuple[float, float]] = set()
    fills: set[tuple[float, ...]] = set()
    outlines = hashlib.sha256(
        root.get("aria-label", "").encode()
    )  # what it says to those who cannot see
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        name = etree.QName(element).localname
        if name == "text":
            texts.append("".join(str(part) for part in element.itertext()))
        if name == "path" and not _defined(element):
            points |= corners(element.get("d", ""))
            fills |= filling(element)
        for attribute in _OUTLINES:
            value = element.get(attribute)
            if value is not None and name not in {"svg", "clipPath", "use"}:
                numbers = [f"{float(each):.2f}" for each in _NUMBER.findall(value)]
                outlines.update(f"{name} {attribute} {' '.join(numbers)}\n".encode())
        for attribute in ("fill", "stroke"):
            outlines.update(f"{attribute} {element.get(attribute, '')}\n".encode())
    said = tuple(bare(text) for text in texts if bare(text))
    return Drawn(said, where, outlines.hexdigest(), frozenset(points), frozenset(fills))


def corners(path: str) -> set[tuple[float, float]]:
    """Return the points that the absolute commands M, L and C of a path's data name."""
    points: set[tuple[float, float]] = set()
    for command, numbers in _COMMAND.findall(path):
        if command in "MLC":
            values = [round(float(each), 2) for each in _NUMBER.findall(numbers)]
            points.update(zip(values[::2], values[1::2], strict=False))
    return points


def filling(path: etree._Element) -> set[tuple[float, ...]]:
    """Return the first corner of a filled path with its colour; nothing where it is not plainly filled."""
    start = _START.match(path.get("d", ""))
    colour = _COLOUR.fullmatch(path.get("fill", ""))
    if start is None or colour is None or float(path.get("fill-opacity", "1")) < 1:
        return set()
    parts = (round(int(part, 16) / 255, 2) for part in colour.groups())
    return {(round(float(start[1]), 2), round(float(start[2]), 2), *parts)}


def _defined(element: etree._Element) -> bool:
    """Whether an element is only drawn where another asks for it, or only cuts."""
    return any(
        isinstance(above.tag, str) and etree.QName(above).localname in {"defs", "clipPath"}
        for above in element.iterancestors()
    )
