"""Cited facts, notes, literals, data defects, and prose kept in an edition's YAML files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from report.document.model import FactUse, Footnote, Inline, Ref, Structural, Text, Verbatim, Word
from report.edition.model import Fact
from report.errors import Place
from report.exhibits.tables.defects import Defect
from report.exhibits.tables.defects import defects as find_defects
from report.exhibits.tables.grid import Sources
from report.i18n import _
from report.manuscript.context import Context
from report.manuscript.helpers.regions import listed
from report.manuscript.keys import MissingData, WordingProblem, similar
from report.manuscript.store import Piece, here


class Editorial(Piece):
    """A mapping of an editorial YAML file: its entries are attributes."""

    __slots__ = ("_context", "_data", "_place")

    def __init__(self, context: Context, data: Mapping[str, object], place: Place | None) -> None:
        words = data.get("name") or data.get("title") or data.get("term") or ""
        super().__init__(context.store, Text(str(words), place))
        self._context = context
        self._data = data
        self._place = place

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._data:
            raise AttributeError(name)
        return wrap(self._context, self._data[name], self._place)

    def __bool__(self) -> bool:
        return bool(self._data)

    def raw(self, name: str) -> object:
        """Return an entry as it stands in the file."""
        return self._data.get(name)


def wrap(context: Context, value: object, place: Place | None) -> Any:
    """Make what stands in a YAML file printable: texts, lists of them, mappings."""
    if isinstance(value, Mapping):
        return Editorial(context, value, place)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [wrap(context, one, place) for one in value]
    return Piece(context.store, Text("" if value is None else str(value), place))


def editorial_list(context: Context, name: str) -> list[Editorial]:
    """Return the entries of an editorial file's only list (cases.yaml: ``cases: [...]``)."""
    found: object = context.edition.editorial.get(name)
    if isinstance(found, Mapping):
        lists = [one for one in found.values() if isinstance(one, Sequence)]
        found = lists[0] if lists else ()
    if not isinstance(found, Sequence) or isinstance(found, str):
        return []
    place = file_place(context, name)
    return [Editorial(context, one, place) for one in found if isinstance(one, Mapping)]


def file_place(context: Context, name: str) -> Place | None:
    """Return the place of an edition's YAML file, as far as it is known."""
    path = next((p for p in context.edition.inputs if p.stem == name), None)
    if path is None:
        return None
    beside = [d.place.file for d in context.edition.dimensions] or [context.edition.folder.name]
    return Place(f"{PurePosixPath(beside[0]).parent}/{path.name}")


class Facts:
    """Helpers for everything that is cited, noted, declared or told about the data."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._cited: set[str] = set()
        self._found: list[Defect] | None = None

    def words(self) -> dict[str, Callable[..., Any]]:
        """Return the helpers by name."""
        return {
            "fact": self.fact,
            "note": self.note,
            "literal": self.literal,
            "ref": self.ref,
            "serial": self.serial,
            "defects": self.defects,
            "has_defects": self.has_defects,
            "editorial": self.editorial,
        }

    def fact(self, id: str, *, note: bool = True) -> Piece:  # noqa: A002 - the editors' word
        """Print a cited fact; a footnote gives its source, in full the first time."""
        context = self._context
        fact = context.edition.facts.get(id)
        if fact is None:
            raise WordingProblem(
                _("unknown fact: {id}").format(id=id),
                similar(id, context.edition.facts),
                _("facts stand in facts.yaml, with source and date"),
            )
        citation = _citation(fact)
        context.store.facts.setdefault(id, citation)
        use = FactUse(fact.text, id)
        if not note:
            return Piece(context.store, use)
        text = citation if id not in self._cited else f"同前引：{fact.source}。"
        self._cited.add(id)
        return Piece(context.store, use, Footnote((FactUse(text, id),)))

    def note(self, text: Any) -> Piece:
        """Set a footnote."""
        context = self._context
        place = here(context.store)
        return Piece(context.store, Footnote(context.inline(context.filled(str(text)), place)))

    def literal(self, text: str, reason: str) -> Piece:
        """Print digits or comparative words that are meant literally, with the reason."""
        if not str(reason).strip():
            raise WordingProblem(_("literal(…) without a reason"), _("why this is not a number"))
        return Piece(self._context.store, Verbatim(str(text), str(reason)))

    def ref(self, id: Any) -> Piece:  # noqa: A002 - the editors' word
        """Print a cross-reference: 图2-3, 表1-1, 第二章."""
        return Piece(self._context.store, Ref(id.plain() if isinstance(id, Piece) else str(id)))

    def serial(self, number: int) -> Piece:
        """Print a running number, such as a loop's."""
        return Piece(self._context.store, Structural(str(int(number)), "serial"))

    def editorial(self, name: str) -> Any:
        """Return what stands in an editorial YAML file of the edition."""
        context = self._context
        if name not in context.edition.editorial:
            if not context.edition.editorial:
                raise MissingData("编辑文字")
            raise WordingProblem(
                _("no such editorial file: {name}").format(name=name),
                similar(name, context.edition.editorial),
                _("editorial files are named in edition.yaml"),
            )
        entries = editorial_list(context, name)
        if entries:
            return entries
        return wrap(context, context.edition.editorial[name], file_place(context, name))

    # ------------------------------------------------------------ defects of the data

    def _defects(self, of: Any) -> list[Defect]:
        context = self._context
        registry = context.results.registry
        if not registry.indicators:
            raise MissingData("分项指标")
        if self._found is None:
            sources = Sources(context.results, context.edition, context.previous)
            self._found = list(find_defects(sources))
        if of is None:
            return self._found
        wanted = context.id_of(of)
        known = {*(d.id for d in registry.dimensions), *(i.id for i in registry.indicators)}
        if wanted not in known:
            raise WordingProblem(
                _("no such dimension or indicator: {id}").format(id=wanted), similar(wanted, known)
            )
        names = {i.name for i in registry.indicators if wanted in (i.id, i.parent)}
        return [defect for defect in self._found if defect.indicator in names]

    def has_defects(self, of: Any = None) -> bool:
        """Whether there is anything to tell about the data of a dimension or indicator."""
        registry = self._context.results.registry
        known = {*(d.id for d in registry.dimensions), *(i.id for i in registry.indicators)}
        if of is not None and self._context.id_of(of) not in known:
            return False  # as has(…) says of what an edition does not know
        return bool(registry.indicators) and bool(self._defects(of))

    def defects(self, of: Any = None) -> Piece:
        """Tell what is missing or doubtful in the data and what was done about it, in sentences."""
        context = self._context
        inlines: list[Inline] = []
        for (region, years, problem, remedy), found in _grouped(self._defects(of)):
            action, _stop, reason = remedy.rstrip("。").partition("。")
            where = f"{region}的" if region else "各地区的"
            why = f"，{reason}" if reason else ""
            inlines += [
                Structural(_years(years), "years"),
                Word(where, "name", (), "data defect"),
                Word(_several(found), "name", (), "data defect"),
                Verbatim(f"{problem}{why}，{action}。", "data defect"),
            ]
        if not inlines:
            inlines = [Word("各项指标数据完整，没有缺失或异常。", "comparison", (), "no flags")]
        return Piece(context.store, *inlines)


def _grouped(
    found: Sequence[Defect],
) -> Iterable[tuple[tuple[str, tuple[int, ...], str, str], list[str]]]:
    """Bring the indicators together that share regions, years, problem and remedy."""
    groups: dict[tuple[str, tuple[int, ...], str, str], list[str]] = {}
    for defect in found:
        key = (listed(defect.regions), tuple(defect.years), defect.problem, defect.remedy)
        groups.setdefault(key, []).append(defect.indicator)
    return groups.items()


def _several(names: Sequence[str]) -> str:
    """Join names that may hold 和 or 与 themselves: 甲、乙以及丙与丁之比."""
    if len(names) < 2:
        return "".join(names)
    return f"{'、'.join(names[:-1])}以及{names[-1]}"


def _citation(fact: Fact) -> str:
    day = fact.date
    address = f"，{fact.url}" if fact.url else ""
    return f"{fact.source}，{day.year}年{day.month}月{day.day}日{address}。"


def _years(years: Sequence[int]) -> str:
    """Write years: 2021年, 2020年和2022年, 2019—2022年."""
    if len(years) > 2 and years[-1] - years[0] == len(years) - 1:
        return f"{years[0]}—{years[-1]}年"
    return listed([f"{year}年" for year in years])
