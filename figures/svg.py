"""Tidy matplotlib's SVG: flat, without ids, styles or metadata, so that it can stand inside any page."""

from __future__ import annotations

import re

from lxml import etree

from figures import style

_NS = "{http://www.w3.org/2000/svg}"
_STILL = re.compile(r"rotate\(-?0 [^)]*\)")
_NUMBER = re.compile(r"-?\d+\.\d+")
_STACK = ", ".join([*(f"'{name}'" for name in style.FAMILIES), "sans-serif"])


def tidy(svg: bytes, alt: str) -> bytes:
    """Return ``svg`` flattened to paths and texts under one root that carries fonts and ``alt``.

    Several figures may stand in one HTML page: ids would collide and a style sheet leak, so there are
    neither; a printed number keeps its address as ``data-key``.
    """
    source = etree.fromstring(svg)  # our own bytes, written a moment ago
    root = etree.Element(
        _NS + "svg",
        {
            "width": source.get("width", ""),
            "height": source.get("height", ""),
            "viewBox": source.get("viewBox", ""),
            "role": "img",
            "aria-label": alt,
            "font-family": _STACK,
            "stroke-linejoin": "round",
        },
        nsmap={None: _NS[1:-1]},  # type: ignore[dict-item]  # the stubs forget the default namespace,
    )
    for element in source.iter(_NS + "path", _NS + "text"):
        root.append(_flat(element))
    return etree.tostring(root, encoding="utf-8") + b"\n"


def _flat(element: etree._Element) -> etree._Element:
    flat = etree.Element(element.tag)
    for name in ("d", "x", "y", "transform"):
        value = element.get(name)
        if value is not None and not (name == "transform" and _STILL.fullmatch(value)):
            flat.set(name, _NUMBER.sub(_shorter, " ".join(value.split())))
    for rule in element.get("style", "").split(";"):
        name, _, value = rule.partition(":")
        name, value = name.strip(), value.strip()
        if name and name != "font-family":
            flat.set(name, value)
    parent = element.getparent()
    mark = parent.get("id", "") if parent is not None else ""
    if mark.startswith("key:"):
        flat.set("data-key", mark[4:])
    flat.text = element.text
    return flat


def _shorter(match: re.Match[str]) -> str:
    return f"{float(match.group()):.2f}".rstrip("0").rstrip(".")
