"""Read a chart of Word's own: the values it draws, and every text that it shows, labels as formatted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from lxml import etree

from report.check.outputs.items import Drawn, exact

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_QUOTED = re.compile(r'"([^"]*)"')
_DIGITS = re.compile(r"(#,##0|0)(?:\.(0+))?")


def charted(chart: etree._Element, where: str = "") -> Drawn:
    """Return what the root of a chart part shows."""
    cached = [v.text or "" for cache in chart.iter(f"{C}numCache") for v in cache.iter(f"{C}v")]
    values = tuple(exact(float(text)) for text in cached if text)
    return Drawn(tuple(text for text in _texts(chart) if text.strip()), where, values=values)


def _texts(chart: etree._Element) -> Iterator[str]:
    """Yield titles, names of series and categories, and the labels of points."""
    for rich in chart.iter(f"{C}rich"):
        for paragraph in rich.iter(f"{A}p"):
            yield "".join(text.text or "" for text in paragraph.iter(f"{A}t"))
    for cache in chart.iter(f"{C}strCache"):
        yield from (v.text or "" for v in cache.iter(f"{C}v"))
    for series in chart.iter(f"{C}ser"):
        yield from _labels(series)


def _labels(series: etree._Element) -> Iterator[str]:
    """Yield the values that the labels of a series print, in the format of each."""
    values = series.find(f"{C}val")
    values = series.find(f"{C}yVal") if values is None else values
    labels = series.find(f"{C}dLbls")
    if values is None or labels is None:
        return
    own = {_of(label, "idx"): label for label in labels.findall(f"{C}dLbl")}
    for point in values.iter(f"{C}pt"):
        label = own.get(str(point.get("idx")), labels)
        code = label.find(f"{C}numFmt")
        text = point.findtext(f"{C}v")
        if text and _of(label, "showVal") == "1" and label.find(f"{C}tx") is None:
            general = "General" if code is None else str(code.get("formatCode"))
            yield formatted(float(text), general)


def _of(element: etree._Element, name: str) -> str:
    child = element.find(f"{C}{name}")
    return "" if child is None else str(child.get("val"))


def formatted(value: float, code: str) -> str:
    """Return ``value`` as a spreadsheet's number format prints it: signs by section, half up."""
    sections = code.split(";")
    plain = _DIGITS.search(_QUOTED.sub("", sections[0]))
    if plain is None:
        return f"{value:.15g}"
    places = len(plain[2] or "")
    number = Decimal(repr(abs(value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    which = 0 if value > 0 and number else 2 if not number else 1
    section = sections[which] if which < len(sections) else sections[0]
    digits = f"{number:,f}" if "," in plain[1] else f"{number:f}"
    parts = _QUOTED.split(section)  # what is quoted stands at odd places
    shown = (p if at % 2 else _DIGITS.sub(digits, p, count=1) for at, p in enumerate(parts))
    return "".join(shown)
