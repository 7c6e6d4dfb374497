"""Figures, tables and formulae: asked for by kind, captioned by the template."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from figures.spec import FigureSpec
from report.assessment.results import Results
from report.document.derived import parse
from report.document.model import Figure, Formula, Inline, Number, Structural, Table, Text
from report.edition.model import Survey
from report.exhibits.tables.grid import MARKS
from report.i18n import _
from report.manuscript.context import Context, Named, YearPiece
from report.manuscript.keys import WordingProblem
from report.manuscript.store import BlockPiece, Piece, here, plain_text

LABEL = "模拟数据"


@dataclass(frozen=True, slots=True)
class Exhibits:
    """Where figures and tables come from."""

    figure_spec: Callable[..., FigureSpec]
    table: Callable[..., Table]
    describe: Callable[[FigureSpec], str]


def shipped() -> Exhibits:
    """Return the exhibits of the report package."""
    from figures import describe  # noqa: PLC0415 - figures load fonts; only who draws pays
    from report.exhibits import figure_spec, table  # noqa: PLC0415

    return Exhibits(figure_spec, table, describe)


class ExhibitWords:
    """Helpers that put a figure, a table or a formula on a line of its own."""

    def __init__(
        self,
        context: Context,
        exhibits: Exhibits,
    ) -> None:
        self._context = context
        self._exhibits = exhibits

    def words(self) -> dict[str, Callable[..., Any]]:
        """Return the helpers by name."""
        return {"figure": self.figure, "table": self.table, "formula": self.formula}

    def figure(
        self,
        kind: str,
        *,
        id: Any,  # noqa: A002 - the editors' word
        caption: Any = "",
        notes: Any = (),
        source: str = "",
        **params: Any,
    ) -> BlockPiece:
        """Put in a figure of a kind; parameters beyond caption, notes and source are the kind's."""
        made = self._make(self._exhibits.figure_spec, kind, _plain(id), params)
        assert isinstance(made, FigureSpec)
        caption_inlines = _labelled(self._caption(caption, made.title), made.simulated)
        spec = replace(made, title=plain_text(caption_inlines))
        block = Figure(
            _plain(id),
            caption_inlines,
            spec,
            self._exhibits.describe(spec),
            source or made.source,
            (
                *_rounding(made, self._context.edition.survey),
                *_treated(made, self._context.results),
                *self._notes(notes),
            ),
        )
        return BlockPiece(self._context.store, block)

    def table(
        self,
        kind: str,
        *,
        id: Any,  # noqa: A002 - the editors' word
        caption: Any = "",
        notes: Any = (),
        source: str = "",
        landscape: bool | None = None,
        **params: Any,
    ) -> BlockPiece:
        """Put in a table of a kind."""
        made = self._make(self._exhibits.table, kind, _plain(id), params)
        assert isinstance(made, Table)
        block = replace(
            made,
            id=_plain(id),
            caption=_labelled(self._caption(caption, "") or made.caption, self._simulated(made)),
            notes=(*made.notes, *self._notes(notes)),
            source=source or made.source,
            landscape=made.landscape if landscape is None else landscape,
        )
        return BlockPiece(self._context.store, block)

    def formula(self, latex: str, *, id: Any) -> BlockPiece:  # noqa: A002 - the editors' word
        """Put in a displayed formula (or write it between $$ lines)."""
        return BlockPiece(self._context.store, Formula(_plain(id), latex))

    def _make(self, maker: Callable[..., Any], kind: str, id_: str, params: dict[str, Any]) -> Any:
        context = self._context
        values = {name: _value(value) for name, value in params.items()}
        known = inspect.signature(maker).parameters
        if "edition" in known:
            values.setdefault("edition", context.edition)
        if "previous" in known:
            values.setdefault("previous", context.previous)
        return maker(kind, id_, context.results, **values)

    def _simulated(self, table: Table) -> bool:
        """Whether a table shows a value that is simulated."""
        results = self._context.results
        keys = {
            leaf
            for row in table.body
            for cell in row
            for inline in cell.inlines
            if isinstance(inline, Number)
            for leaf in parse(inline.quantity.key).leaves()
        }
        return any(key in results and "simulated" in results[key].flags for key in keys)

    def _caption(self, caption: Any, default: str) -> tuple[Inline, ...]:
        if not caption:
            return _own(default)
        context = self._context
        return context.inline(context.filled(str(caption)), here(context.store))

    def _notes(self, notes: Any) -> tuple[tuple[Inline, ...], ...]:
        listed: Sequence[Any] = notes if isinstance(notes, (list, tuple)) else (notes,)
        context, place = self._context, here(self._context.store)
        return tuple(context.inline(context.filled(str(one)), place) for one in listed if one)


def _labelled(caption: tuple[Inline, ...], simulated: bool) -> tuple[Inline, ...]:
    """Label the caption of simulated data, so that the lists of figures and tables carry it too."""
    if not simulated or LABEL in plain_text(caption):
        return caption
    return (*caption, Text(f"（{LABEL}）"))


def _own(title: str) -> tuple[Inline, ...]:
    """Return the title that the program gives an exhibit: its years are structure, nobody typed them."""
    parts = re.split(r"((?<!\d)\d{4}(?!\d))", title)
    return tuple(
        Structural(part, "year") if at % 2 else Text(part) for at, part in enumerate(parts) if part
    )


def _treated(spec: FigureSpec, results: Results) -> tuple[tuple[Inline, ...], ...]:
    """Say that a figure shows figures of the statistics that were mended or are doubtful; tables mark each."""
    keys = {
        leaf
        for series in spec.series
        for point in series.points
        for key in (point.key, point.x_key)
        if key
        for leaf in parse(key).leaves()
        if leaf.partition(".")[0] in {"indicator", "index"}
    }
    if not any(key in results and MARKS.keys() & set(results[key].flags) for key in keys):
        return ()
    return ((Text("图中部分数值的基础数据存在缺失或异常，处理方法见数据说明。"),),)


def _rounding(spec: FigureSpec, survey: Survey | None) -> tuple[tuple[Inline, ...], ...]:
    """Say that the shares of a whole do not add up as shown, where they do not.

    A whole is a stacked bar, or all answers to a question that allows one.
    """
    totals: dict[str, Decimal] = {}
    shown: dict[str, int] = {}
    options = {
        question.id: len(question.options)
        for question in (survey.questions if survey is not None else ())
        if question.kind == "single"
    }
    for series in spec.series:
        for point in series.points:
            if not point.text:
                continue
            family, _dot, rest = point.key.partition(".")
            question, *more = rest.split(".")
            if spec.kind == "stacked":
                whole = point.label
            elif family == "survey" and question in options:
                whole = ".".join((question, *more[1:]))
            else:
                continue
            number = Decimal(point.text.removesuffix("%").replace("−", "-"))
            totals[whole] = totals.get(whole, Decimal(0)) + number
            shown[whole] = shown.get(whole, 0) + 1
    off = [
        whole
        for whole, total in totals.items()
        if total != 100
        and (spec.kind == "stacked" or shown[whole] == options[whole.partition(".")[0]])
    ]
    if not off:
        return ()
    words = Text("因四舍五入，各项占比之和可能不等于"), Structural("100%", "whole"), Text("。")
    return (words,)


def _plain(id_: Any) -> str:
    if isinstance(id_, Piece):
        return id_.plain()
    if not isinstance(id_, str) or not id_:
        raise WordingProblem(_("an exhibit has no id"), _("id= with a name in quotes"))
    return id_


def _value(value: Any) -> Any:
    """Turn template objects into what exhibits understand: ids, years, lists of them."""
    if isinstance(value, Named):
        return value.id
    if isinstance(value, YearPiece):
        return value.number()
    if isinstance(value, Piece):
        return value.plain()
    if isinstance(value, (list, tuple)):
        return [_value(one) for one in value]
    return value
