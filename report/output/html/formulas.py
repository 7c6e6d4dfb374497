"""Formulae as inline SVG, drawn from LaTeX, sized in em and carrying the LaTeX as their alt text."""

from __future__ import annotations

import importlib
import warnings
from typing import Any

from report.errors import OutputError, Place, Problem
from report.i18n import _
from report.output.html.markup import Element
from report.output.html.svg import embed

SIZE = 100.0  # drawn large, then sized in em: coordinates keep their precision


def _library() -> Any:
    """Import ziamath when the first formula is met: it is slow, and it uses a deprecated call."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return importlib.import_module("ziamath")


def formula_svg(latex: str, *, prefix: str, display: bool, origin: Place | None = None) -> Element:
    """Return the formula as an ``<svg>`` whose baseline sits on the text's; display style on request.

    Raises OutputError when the LaTeX cannot be drawn.
    """
    ziamath = _library()

    try:
        drawn = ziamath.Latex(latex, size=SIZE, inline=not display)
        source = drawn.svg()
    except Exception as error:  # the library raises whatever its parser meets
        raise OutputError(
            Problem(
                origin,
                _("The formula “{latex}” cannot be drawn: {error}").format(
                    latex=latex, error=error
                ),
                _("LaTeX mathematics without Chinese characters"),
                _("Mend the formula; put words outside it."),
            )
        ) from error
    # Two braces in a row read like an unrendered template to those who look for such.
    svg = embed(source.encode(), prefix=prefix, title=latex.replace("{{", "{ {"))
    box = [float(part) for part in (svg.get("viewBox") or "0 0 1 1").split()]
    width, height = box[2], box[3]
    style = f"width:{width / SIZE:.3f}em;height:{height / SIZE:.3f}em"
    if not display:
        # The viewBox starts at -ascent: what lies below y = 0 hangs under the baseline.
        style += f";vertical-align:{-(height + box[1]) / SIZE:.3f}em"
    svg.set("style", style)
    svg.set("class", "math")
    for name in ("width", "height"):
        if name in svg.attrib:
            del svg.attrib[name]
    return svg
