"""Grid: the cells, notes and widths of a table in the making, every number with its key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from report.assessment.results import Entry, Results
from report.document.derived import NoQuotient, parse
from report.document.format import quantity
from report.document.model import (
    Align,
    Emphasis,
    FactUse,
    Inline,
    Number,
    Structural,
    Table,
    TableCell,
    Text,
    Verbatim,
    Word,
)
from report.edition.model import Edition
from report.errors import Place
from report.exhibits.errors import NoData
from report.exhibits.tables import names

MISSING = "—"
COMPUTED = "依据公开统计数据测算"
GIVEN = "外部提供的测算结果"
PARTLY = "partly"
MARKS: Mapping[str, tuple[str, str]] = {
    "carried": ("*", "当年未公布，沿用相邻年份数据"),
    "interpolated": ("†", "按相邻年份插补"),
    "regional-mean": ("‡", "以所在区域平均值代替"),
    "omitted": ("§", "缺少部分指标，按其余指标的权重计算"),
    "doubtful": ("#", "公布数明显异常，按原值列示，使用时应谨慎"),
    PARTLY: ("※", "部分或全部地区数据缺失或异常，处理方法见数据说明"),
}


@dataclass(frozen=True, slots=True)
class Sources:
    """What a table may draw on: the results, and where there are any the edition and the last results."""

    results: Results
    edition: Edition | None = None
    previous: Results | None = None


@dataclass(slots=True)
class Grid:
    """Makes cells from results and remembers what the reader must be told below the table."""

    results: Results
    gaps: bool = False
    flags: set[str] = field(default_factory=set)
    keys: list[str] = field(default_factory=list)

    def num(
        self,
        key: str,
        *,
        decimals: int | None = None,
        unit: bool = False,
        sign: bool = False,
        scale: str | None = None,
        mark: bool = True,
    ) -> TableCell:
        """Make a number's cell, or a dash where there is no value; ``mark`` letters treated values."""
        try:
            # Asked first: looking for the nearest keys of every gap would take seconds.
            if any(leaf not in self.results for leaf in parse(key).leaves()):
                return self.gap()
            printed = quantity(
                self.results, key, decimals=decimals, unit=unit, sign=sign, scale=scale
            )
        except NoQuotient:
            return self.gap()
        self.keys.append(key)
        inlines: tuple[Inline, ...] = (Number(printed),)
        if mark and key in self.results:
            told = self._told(key)
            self.flags.update(told)
            if told:
                inlines += (Text("".join(MARKS[flag][0] for flag in told)),)
        return TableCell(inlines, align="decimal")

    def _told(self, key: str) -> list[str]:
        """Name the flags to mark a value with; what befell some regions is one mark on the nation."""
        found = [flag for flag in MARKS if flag in self.results[key].flags]
        family, _dot, rest = key.partition(".")
        if found and family in {"indicator", "index"}:
            regions = {region.id for region in self.results.registry.regions}
            if not regions.intersection(rest.split(".")):
                return [PARTLY]
        return found

    def gap(self) -> TableCell:
        """Make the cell of a value that does not exist."""
        self.gaps = True
        return TableCell((Text(MISSING),), align="decimal")

    def shown_sum(self, cells: Iterable[TableCell]) -> Decimal:
        """Add up the figures as the cells show them."""
        return sum((shown(cell) for cell in cells), Decimal(0))

    def table(
        self,
        id_: str,
        caption: str | tuple[Inline, ...],
        head: Sequence[Sequence[TableCell]],
        body: Sequence[Sequence[TableCell]],
        widths: Sequence[float],
        *,
        unit: str = "",
        source: str | None = None,
        notes: Iterable[str | tuple[Inline, ...]] = (),
        landscape: bool | None = None,
    ) -> Table:
        """Close the grid; NoData where it has no row. Wide tables (more than 11 columns) turn the page."""
        if not body:
            raise NoData("本年度版没有可列入此表的数据")
        lines = [(Text(note),) if isinstance(note, str) else note for note in notes]
        if self.flags:
            words = "；".join(
                f"{mark} {words}" for flag, (mark, words) in MARKS.items() if flag in self.flags
            )
            lines.append((Text(f"数值后的符号：{words}。"),))
        if self.gaps:
            lines.append((Text(f"“{MISSING}”表示没有数据或不适用。"),))
        return Table(
            id_,
            (Text(caption),) if isinstance(caption, str) else caption,
            tuple(tuple(row) for row in head),
            tuple(tuple(row) for row in body),
            tuple(widths),
            unit=unit,
            source=self.source() if source is None else source,
            notes=tuple(lines),
            landscape=len(widths) > 11 if landscape is None else landscape,
        )

    def source(self) -> str:
        """State where the numbers shown come from: simulated survey, given results, computation."""
        values = [self.results[key] for key in self.keys if key in self.results]
        if any("simulated" in value.flags for value in values):
            return "企业问卷调查（模拟数据）"
        if values and all(value.op == "given" for value in values):
            return GIVEN
        return COMPUTED


# ---------------------------------------------------------------- cells without numbers


def text(
    content: str | tuple[Inline, ...],
    align: Align = "left",
    *,
    rowspan: int = 1,
    colspan: int = 1,
    origin: Place | None = None,
) -> TableCell:
    """Make a cell of prose written by an editor or of this module's own words."""
    inlines = (Text(content, origin),) if isinstance(content, str) else content
    return TableCell(inlines, colspan, rowspan, align)


def head(content: str | Inline, *, rowspan: int = 1, colspan: int = 1) -> TableCell:
    """Make a header cell."""
    inline = Text(content) if isinstance(content, str) else content
    return TableCell((inline,), colspan, rowspan, "center", header=True)


def row_head(content: str | Inline, *, rowspan: int = 1) -> TableCell:
    """Make the header cell of a row."""
    inline = Text(content) if isinstance(content, str) else content
    return TableCell((inline,), 1, rowspan, "left", header=True)


def name(content: str, *keys: str) -> Word:
    """Make the printed name of a registry entry."""
    return Word(content, "name", keys)


def year(number: int) -> Structural:
    """Make a year as a heading prints it."""
    return Structural(f"{number}年", "year")


def ordinal(number: int) -> TableCell:
    """Make the running number of a row."""
    return TableCell((Structural(str(number), "row"),), align="center")


def cited(content: str, reason: str, origin: Place | None = None) -> Verbatim:
    """Make words that carry digits of their own: the name of a source, a rule's threshold."""
    return Verbatim(content, reason, origin)


def fact(content: str, id_: str, origin: Place | None = None) -> FactUse:
    """Make a cited fact."""
    return FactUse(content, id_, origin)


def strong(content: str) -> Emphasis:
    """Make the words that set a summary row apart."""
    return Emphasis((Text(content),))


def empty(*, colspan: int = 1) -> TableCell:
    """Make an empty cell."""
    return TableCell((), colspan)


def shown(cell: TableCell) -> Decimal:
    """Return the figure a cell shows, nought where it shows none."""
    for inline in cell.inlines:
        if isinstance(inline, Number):
            return Decimal(repr(inline.quantity.shown))
    return Decimal(0)


def exact_decimals(values: Iterable[float], least: int, most: int) -> int:
    """Find the fewest decimals from ``least`` to ``most`` that print all values without rounding."""
    listed = [Decimal(f"{value:.9f}").normalize() for value in values]
    needed = max((-int(value.as_tuple().exponent) for value in listed), default=least)
    return min(max(needed, least), most)


def dimension_ids(results: Results) -> tuple[str, ...]:
    """Return ``total`` and the ids of the dimensions."""
    return ("total", *(dimension.id for dimension in results.registry.dimensions))


def subject_head(
    results: Results, subject: str, total: str, *, rowspan: int = 1, colspan: int = 1
) -> TableCell:
    """Make the header cell of a total or a dimension, by its short name."""
    label = total if subject == "total" else names.subject(results.registry, subject, short=True)
    return head(name(label), rowspan=rowspan, colspan=colspan)


def cited_sources(listed: Iterable[str]) -> str:
    """Join the sources of several entries, each once."""
    return "；".join(dict.fromkeys(s for s in listed if s)) or COMPUTED


def entry_name(entry: Entry) -> str:
    """Return the short name of an entry, or its name."""
    return entry.short or entry.name
