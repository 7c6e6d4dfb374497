"""Formulae: LaTeX to MathML by latex2mathml, MathML to Office Math by the emitter in ``omml``."""

from __future__ import annotations

import re

import latex2mathml.converter

from report.errors import OutputError, Place, Problem
from report.i18n import _
from report.output.docx.omml import emit
from report.output.docx.oxml import Element, el, parse

# Lines aligned at their signs: the converter knows the starred environments only.
_LINES = re.compile(r"\\(begin|end)\{(?:align|aligned|split|alignat)\}")


def inline_math(latex: str) -> Element:
    """Return ``m:oMath`` for a formula within a line."""
    return _convert(latex, display=False, origin=None)


def display_math(latex: str, origin: Place | None = None) -> Element:
    """Return ``m:oMath`` for a formula on a line of its own: limits above and below their sign."""
    return _convert(latex, display=True, origin=origin)


def _convert(latex: str, *, display: bool, origin: Place | None) -> Element:
    try:
        tree = parse(latex2mathml.converter.convert(_LINES.sub(r"\\\1{align*}", latex)))
    except Exception as error:  # the library raises its own exceptions and plain ones alike
        raise OutputError(
            Problem(
                origin,
                _("The formula {latex} cannot be read").format(latex=repr(latex)),
                _("LaTeX mathematics"),
            )
        ) from error
    return el("m:oMath", *emit(tree, display=display))
