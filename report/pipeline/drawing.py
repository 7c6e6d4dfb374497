"""Draw a document's figures, on two processes where that pays."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from os import cpu_count
from typing import TYPE_CHECKING

from report.document.model import Document, Figure
from report.errors import FigureError, Place, Problem
from report.i18n import _

if TYPE_CHECKING:
    from figures import Drawing
    from figures.errors import Reason
    from figures.spec import FigureSpec

# Below this, starting two processes costs more than they save.
WORTH_TWO_PROCESSES = 8
PROCESSES = 2


@dataclass(frozen=True, slots=True)
class _Failure:
    """Why a figure could not be drawn; an exception of several arguments cannot cross processes."""

    reason: Reason
    detail: str
    allowed: tuple[str, ...]


def figures_of(document: Document) -> tuple[Figure, ...]:
    """Every figure block, in reading order."""
    return tuple(block for block in document.blocks() if isinstance(block, Figure))


def draw_all(figures: Sequence[Figure], stepped: Callable[[], None]) -> dict[str, Drawing]:
    """Draw every figure, by its block id and in the order given.

    FigureError names all figures that cannot be drawn at once.
    """
    from figures import Drawing  # noqa: PLC0415 - matplotlib is imported where figures are drawn

    drawings: dict[str, Drawing] = {}
    problems: list[Problem] = []
    for figure, drawn in zip(figures, _drawn([f.spec for f in figures]), strict=True):
        if isinstance(drawn, Drawing):
            drawings[figure.id] = drawn
        else:
            problems.append(_problem(figure, drawn))
        stepped()
    if problems:
        raise FigureError(problems)
    return drawings


def _drawn(specs: Sequence[FigureSpec]) -> Iterator[Drawing | _Failure]:
    processes = min(PROCESSES, cpu_count() or 1)
    if len(specs) < WORTH_TWO_PROCESSES or processes == 1:
        yield from map(_draw, specs)
        return
    # Fresh processes: a forked one would inherit the threads that show the progress.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        yield from pool.map(_draw, specs, chunksize=2)


def _draw(spec: FigureSpec) -> Drawing | _Failure:
    from figures import DrawingError, draw  # noqa: PLC0415

    try:
        return draw(spec)
    except DrawingError as error:
        return _Failure(error.reason, error.detail, error.allowed)


def _problem(figure: Figure, failure: _Failure) -> Problem:
    found = {
        "unknown-kind": _("The figure “{id}” is of a kind that does not exist."),
        "no-font": _("The figure “{id}” needs a Chinese font, and none is installed."),
        "missing-glyph": _("The figure “{id}” has characters that the font lacks."),
        "bad-data": _("The figure “{id}” cannot be drawn from these data."),
        "bad-option": _("The figure “{id}” has an option it does not know."),
    }[failure.reason].format(id=figure.id)
    remedy = {
        "no-font": _("Run “iireport doctor”: it says how to get the fonts."),
        "missing-glyph": _("Look for unusual characters in the names it prints."),
        "bad-data": _("Look at the values it names in results.xlsx, or take the figure out."),
    }.get(failure.reason, _("Mend the line of the template that asks for the figure."))
    expected = ""
    if failure.allowed:
        expected = _("one of: {names}").format(names=", ".join(failure.allowed))
    place = figure.origin or Place.of(_("figure {id}").format(id=figure.id))
    return Problem(place, f"{found} ({failure.detail})", expected, remedy)
