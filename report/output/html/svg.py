"""SVG drawings made fit to stand inside a page: own ids, no scripts, no outside references, a title."""

from __future__ import annotations

import base64
import re

from lxml import etree

from report.errors import OutputError, Problem
from report.i18n import _
from report.output.html.markup import Element, attributes, clean

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
HREFS = ("href", f"{{{XLINK}}}href")
ALLOWED = re.compile(r"#|data:image/(?:png|jpeg);", re.IGNORECASE)
DROPPED = frozenset({"script", "foreignObject", "metadata", "title", "desc", "iframe", "a"})

_URL = re.compile(r"""url\(\s*(['"]?)#([^'")]+)\1\s*\)""")
_OUTSIDE = re.compile(r"""url\(\s*(?!['"]?#)|@import""", re.IGNORECASE)
# Properties SVG also takes as attributes. As a style they would be parsed as the page's CSS, element
# by element, which is slow in print.
PRESENTATION = frozenset(
    [
        "clip-path",
        "clip-rule",
        "color",
        "display",
        "dominant-baseline",
        "fill",
        "fill-opacity",
        "fill-rule",
        "font-family",
        "font-size",
        "font-style",
        "font-weight",
        "letter-spacing",
        "opacity",
        "stroke",
        "stroke-dasharray",
        "stroke-dashoffset",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "stroke-opacity",
        "stroke-width",
        "text-anchor",
        "visibility",
    ]
)
_UNIVERSAL = re.compile(r"^\s*\*\s*\{([^{}]*)\}\s*$")


def embed(source: bytes, *, prefix: str, title: str) -> Element:
    """Return the drawing as an ``<svg>`` element whose ids all start with ``prefix``.

    ``title`` is its text alternative. Scripts, event handlers, outside references and editor
    metadata are taken out; a ``* {…}`` style rule becomes the root's own style, because a style
    element would reach the whole page. Raises OutputError when the bytes are no SVG.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        raise _broken(prefix, str(error)) from error
    if root.tag != f"{{{SVG}}}svg":
        raise _broken(prefix, str(root.tag))
    _strip(root, prefix)
    for element in root.iter(f"{{{SVG}}}*"):
        _plain_attributes(element)
        _rename(element, prefix)
    root.set("role", "img")
    root.set("aria-label", clean(title))
    heading = etree.Element(f"{{{SVG}}}title")
    heading.text = clean(title)
    root.insert(0, heading)
    if "version" in root.attrib:
        del root.attrib["version"]
    etree.cleanup_namespaces(root, keep_ns_prefixes=["xlink"])
    return root


def add_marks(root: Element, drawing: object) -> None:
    """Lay an invisible field over every number on a drawing that tells its texts, with its key.

    The fields have no text of their own: the drawing reads as before.
    """
    texts = getattr(drawing, "texts", ())
    width, height = getattr(drawing, "width", 0.0), getattr(drawing, "height", 0.0)
    box = [float(part) for part in root.get("viewBox", "").split()]
    if not texts or not width or not height or len(box) != 4:
        return
    across, down = box[2] / width, box[3] / height
    for text in texts:
        if text.key:
            field = etree.SubElement(root, f"{{{SVG}}}rect")
            field.set("class", "mark")
            field.set("data-key", clean(text.key))
            field.set("data-text", clean(text.text))
            field.set("x", f"{box[0] + text.left * across:.1f}")
            field.set("y", f"{box[1] + text.top * down:.1f}")
            field.set("width", f"{(text.right - text.left) * across:.1f}")
            field.set("height", f"{(text.bottom - text.top) * down:.1f}")
            field.set("fill-opacity", "0")


def data_address(svg: Element) -> str:
    """Return a data URL of the drawing: for print, where inline elements would be styled one by one."""
    return "data:image/svg+xml;base64," + base64.b64encode(etree.tostring(svg)).decode("ascii")


def _strip(root: Element, prefix: str) -> None:
    for element in list(root.iter()):
        name = etree.QName(element)
        if name.namespace != SVG or name.localname in DROPPED:
            _remove(element)
        elif name.localname == "style":
            _lift_style(root, element, prefix)
        else:
            _clean_attributes(element)


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _lift_style(root: Element, style: Element, prefix: str) -> None:
    """Move a universal rule to the root; any other style sheet is refused."""
    text = (style.text or "").strip()
    rule = _UNIVERSAL.match(text)
    if text and (rule is None or _OUTSIDE.search(text)):
        raise _broken(prefix, text[:60])
    if rule is not None:
        own = root.get("style", "")
        root.set("style", ";".join(part for part in (rule.group(1).strip(" ;\n"), own) if part))
    _remove(style)


def _clean_attributes(element: Element) -> None:
    for name, value in attributes(element).items():
        outside = name in HREFS and not ALLOWED.match(value)
        if name.lower().startswith("on") or outside or _OUTSIDE.search(value):
            del element.attrib[name]


def _plain_attributes(element: Element) -> None:
    """Turn the declarations of a style attribute into attributes where SVG has them."""
    left = []
    style = element.get("style")
    if style is None:
        return
    del element.attrib["style"]
    for declaration in style.split(";"):
        name, colon, value = (part.strip() for part in declaration.partition(":"))
        if colon and name in PRESENTATION and "!" not in value:
            element.set(name, value)
        elif colon:
            left.append(f"{name}: {value}")
    if left:
        element.set("style", "; ".join(left))


def _rename(element: Element, prefix: str) -> None:
    for name, value in attributes(element).items():
        if name == "id":
            element.set(name, f"{prefix}-{value}")
        elif name in HREFS and value.startswith("#"):
            element.set(name, f"#{prefix}-{value[1:]}")
        elif "url(" in value:
            element.set(name, _URL.sub(rf"url(#{prefix}-\2)", value))


def _broken(prefix: str, found: str) -> OutputError:
    return OutputError(
        Problem(
            None,
            _("The drawing of {id} cannot be embedded: {found}").format(id=prefix, found=found),
            _("a plain SVG document"),
            _("Report this as a fault of the figure's module."),
        )
    )
