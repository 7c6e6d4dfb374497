"""What every helper works with: the edition, its results, the store, and how things are said and refused."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from report.assessment.results import Entry, Results
from report.document import format as formats
from report.document.model import Inline, Number, Structural, Text, Word
from report.document.quantity import Quantity
from report.edition.model import Edition
from report.errors import Place, Problem, ReportError
from report.exhibits.errors import NoData
from report.i18n import _
from report.manuscript.environment import Helper
from report.manuscript.keys import Addresses, MissingData, WordingProblem, similar
from report.manuscript.store import Broken, Missing, NumberPiece, Piece, Store, here


class YearPiece(Piece):
    """A year of the report's own time frame: printed as a structural number."""

    __slots__ = ("_year",)

    def __init__(self, store: Store, year: int, what: str) -> None:
        super().__init__(store, Structural(str(year), what))
        self._year = year

    def number(self) -> int:
        """Return the year as a number, for keys."""
        return self._year


class Named(Piece):
    """Something with an id and a name: prints its name."""

    __slots__ = ("_context", "_entry")

    def __init__(self, context: Context, entry: Entry, shown: str = "") -> None:
        super().__init__(context.store, Word(shown or entry.name, "name", (), entry.id))
        self._context = context
        self._entry = entry

    @property
    def id(self) -> str:
        """The id that stands in keys; for conditions, not for print."""
        return self._entry.id

    @property
    def name(self) -> Piece:
        """The full name."""
        return self._context.name(self._entry.name, self._entry.id)

    @property
    def short(self) -> Piece:
        """The short name, or the name where there is none."""
        return self._context.name(self._entry.short or self._entry.name, self._entry.id)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Named):
            return self.id == other.id
        return isinstance(other, str) and other in (self.id, self._entry.name, self._entry.short)

    def __hash__(self) -> int:
        return hash(self.id)


@dataclass(frozen=True)
class Context:
    """The inputs of one composition and the ways to turn them into printable pieces."""

    edition: Edition
    results: Results
    previous: Results | None
    store: Store
    addresses: Addresses
    inline: Callable[[str, Place | None], tuple[Inline, ...]]  # reads a caption, note or title
    years: Mapping[str, YearPiece]  # year, prev_year, base_year …

    # ------------------------------------------------------------ keys and numbers

    def key(self, key: Any, of: Any = None, year: Any = None) -> str:
        """Return the address for what an editor wrote; see ``Addresses.resolve``."""
        if isinstance(key, NumberPiece):
            return key.quantity().key
        if not isinstance(key, str):
            raise WordingProblem(
                _("not a key: {value}").format(value=type(key).__name__),
                _("a key in quotes, such as “index.total”"),
            )
        if "(" in key:
            return key  # a derived key is written in full
        ids = () if of is None else (self.id_of(of),)
        return self.addresses.resolve(key, *ids, year=self.year(year))

    def year(self, year: Any) -> int | None:
        """Return a year as a number; None for the assessment year."""
        if year is None:
            return None
        if isinstance(year, YearPiece):
            return year.number()
        if isinstance(year, int) and not isinstance(year, bool):
            return year
        raise WordingProblem(
            _("not a year: {value}").format(value=str(year)),
            _("year, prev_year or base_year"),
        )

    def since(self, since: Any, key_year: Any = None) -> int:
        """Return the year compared with: ``since``, or the year before."""
        found = self.year(since)
        if found is not None:
            return found
        return (self.year(key_year) or self.results.assessment_year) - 1

    def id_of(self, thing: Any) -> str:
        """Return the id for an object, an id or a Chinese name."""
        if isinstance(thing, Named):
            return thing.id
        if isinstance(thing, (str, Piece)):
            return self.addresses.spell(thing if isinstance(thing, str) else thing.plain())
        raise WordingProblem(
            _("not a name: {value}").format(value=type(thing).__name__),
            _("a region, zone, dimension, form or path"),
        )

    def quantity(self, key: str, **how: Any) -> Quantity:
        """Format a value; a division by zero means that there is nothing to say."""
        return formats.quantity(self.results, key, **how)

    def number(self, quantity: Quantity, *before: Inline) -> NumberPiece:
        """Return a printable number, with ``before`` in front of it."""
        return NumberPiece(self.store, quantity, *before, Number(quantity))

    def printed(self, key: str) -> str:
        """Return a key with its value as shown, for the record of a condition."""
        try:
            return f"{key} ({self.quantity(key).text})"
        except TypeError:
            return f"{key} ({self.results.text(key)})"

    # ------------------------------------------------------------ words

    def word(self, text: str, kind: str, keys: Sequence[str] = (), why: str = "") -> Piece:
        """Return words chosen by data, with the keys and the reason behind them."""
        return Piece(self.store, Word(text, kind, tuple(keys), why))

    def name(self, text: str, id_: str = "") -> Piece:
        """Return a name from the registry."""
        return Piece(self.store, Word(text, "name", (), id_))

    def structural(self, text: str, what: str) -> Piece:
        """Return a number of the report's own structure."""
        return Piece(self.store, Structural(text, what))

    def piece(self, *parts: Any) -> Piece:
        """Join strings (static words of a helper), inlines and pieces into one piece."""
        inlines: list[Inline] = []
        for part in parts:
            if isinstance(part, str):
                inlines.append(Word(part, "comparison"))
            elif isinstance(part, Piece):
                inlines.extend(part.inlines())
            else:
                inlines.append(part)
        return Piece(self.store, *inlines)

    def editorial(self, text: str, origin: Any) -> Piece:
        """Return prose written in an edition's YAML, with the place it stands at."""
        return Piece(self.store, Text(text, origin))

    def filled(self, text: str) -> str:
        """Fill {year}, {prev_year} … in a text in quotes, which cannot hold double braces."""
        for name, year in self.years.items():
            if "{" + name + "}" in text:
                text = text.replace("{" + name + "}", str(year))
        return text

    # ------------------------------------------------------------ refusals

    def attempt(self, ask: Callable[[], Any]) -> Any:
        """Return what ``ask`` gives, a Missing where there are no data, a Broken after a problem."""
        try:
            return ask()
        except MissingData as missing:
            return Missing(self.store, str(missing))
        except NoData as missing:
            return Missing(self.store, missing.reason)
        except WordingProblem as problem:
            found = Problem(here(self.store), problem.found, problem.expected, problem.remedy)
        except formats.UnknownKey as unknown:
            found = Problem(
                here(self.store),
                _("unknown key: {key}").format(key=unknown.key),
                _("did you mean {names}?").format(names=" / ".join(unknown.nearest))
                if unknown.nearest
                else "",
            )
        except formats.Undefined as undefined:
            if "zero" in str(undefined):
                return Missing(self.store, "可比")
            found = Problem(here(self.store), str(undefined))
        except ReportError as error:
            place = here(self.store)
            self.store.problems.extend(
                Problem(p.place or place, p.found, p.expected, p.remedy) for p in error.problems
            )
            return Broken(self.store)
        except TypeError as error:
            found = Problem(here(self.store), str(error))
        self.store.problems.append(found)
        return Broken(self.store)

    def helper(self, name: str, function: Callable[..., Any]) -> Helper:
        """Make a word of the vocabulary out of a function: arguments checked, refusals noted."""
        signature = inspect.signature(function)

        def call(*args: Any, **kwargs: Any) -> Any:
            for value in (*args, *kwargs.values()):
                if isinstance(value, Missing):
                    return value
            return self.attempt(lambda: _checked(name, function, signature, args, kwargs))

        return Helper(name, call)


def _checked(
    name: str,
    function: Callable[..., Any],
    signature: inspect.Signature,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> Any:
    """Call a helper; arguments that do not fit are a problem that names those that would."""
    try:
        signature.bind(*args, **kwargs)
    except TypeError as error:
        known = [
            p
            for p in signature.parameters.values()
            if p.kind not in (p.VAR_KEYWORD, p.VAR_POSITIONAL)
        ]
        shown = ", ".join(p.name if p.default is p.empty else f"{p.name}=" for p in known)
        unknown = [word for word in kwargs if word not in signature.parameters]
        near = similar(unknown[0], [p.name for p in known]) if unknown else ""
        raise WordingProblem(
            _("wrong arguments for {name}: {error}").format(name=name, error=error),
            near or f"{name}({shown})",
        ) from None
    return function(*args, **kwargs)
