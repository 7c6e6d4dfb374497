"""Draw a document's figures, and tell every figure that cannot be drawn at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from report.document.model import Document, Figure
from report.errors import FigureError, Place, Problem
from report.i18n import _

if TYPE_CHECKING:
    from figures import Drawing, DrawingError


def figures_of(document: Document) -> tuple[Figure, ...]:
    """Every figure block, in reading order."""
    return tuple(block for block in document.blocks() if isinstance(block, Figure))


def draw_all(figures: Sequence[Figure], stepped: Callable[[], None]) -> dict[str, Drawing]:
    """Draw every figure, by its block id and in the order given; FigureError names all failures.

    One process: a figure takes about 0.05 s, starting another process with matplotlib over a second.
    """
    from figures import DrawingError, draw  # noqa: PLC0415 - matplotlib, only where figures are drawn

    drawings: dict[str, Drawing] = {}
    problems: list[Problem] = []
    for figure in figures:
        try:
            drawings[figure.id] = draw(figure.spec)
        except DrawingError as error:
            problems.append(_problem(figure, error))
        stepped()
    if problems:
        raise FigureError(problems)
    return drawings


def _problem(figure: Figure, error: DrawingError) -> Problem:
    found = {
        "unknown-kind": _("The figure “{id}” is of a kind that does not exist."),
        "no-font": _("The figure “{id}” needs a Chinese font, and none is installed."),
        "missing-glyph": _("The figure “{id}” has characters that the font lacks."),
        "bad-data": _("The figure “{id}” cannot be drawn from these data."),
        "bad-option": _("The figure “{id}” has an option it does not know."),
    }[error.reason].format(id=figure.id)
    remedy = {
        "no-font": _("Run “iireport doctor”: it says how to get the fonts."),
        "missing-glyph": _("Look for unusual characters in the names it prints."),
        "bad-data": _("Look at the values it names in results.xlsx, or take the figure out."),
    }.get(error.reason, _("Mend the line of the template that asks for the figure."))
    expected = ""
    if error.allowed:
        expected = _("one of: {names}").format(names=", ".join(error.allowed))
    place = figure.origin or Place.of(_("figure {id}").format(id=figure.id))
    return Problem(place, f"{found} ({error.detail})", expected, remedy)
