"""Results: every value of an assessment under its address, with the formula and parents it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from report.errors import Place

Scalar: TypeAlias = float | int | str | None
Datum: TypeAlias = Scalar | tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """A value: ``datum`` in ``unit``, computed by operation ``op`` from the values under ``parents``.

    A leaf has op ``input`` (a cell of a file: ``place``) or ``given`` (a result computed elsewhere).
    ``flags`` says what the reader must be told: ``carried``, ``interpolated``, ``regional-mean``,
    ``omitted``, ``simulated``, ``doubtful``.
    """

    key: str
    datum: Datum
    unit: str
    op: str
    parents: tuple[str, ...] = ()
    params: Mapping[str, Scalar] = field(default_factory=dict)
    place: Place | None = None
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Entry:
    """What a registry knows of a dimension, indicator, region, zone, form, path or survey item."""

    id: str
    name: str
    short: str = ""
    parent: str = ""  # an indicator's dimension, a region's zone, an option's question
    unit: str = ""
    source: str = ""
    decimals: int = 1
    note: str = ""


@dataclass(frozen=True, slots=True)
class Registry:
    """The things the keys speak of, in their official order, so that Results stand on their own."""

    regions: tuple[Entry, ...] = ()
    zones: tuple[Entry, ...] = ()
    dimensions: tuple[Entry, ...] = ()
    indicators: tuple[Entry, ...] = ()
    forms: tuple[Entry, ...] = ()
    paths: tuple[Entry, ...] = ()
    questions: tuple[Entry, ...] = ()
    options: tuple[Entry, ...] = ()  # parent = question id
    groups: tuple[Entry, ...] = ()  # survey group categories; parent = group column
    series: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """All values of one edition by key. Grammar of the keys: docs/formats.md."""

    edition: str
    assessment_year: int
    base_year: int
    years: tuple[int, ...]
    registry: Registry
    values: Mapping[str, Value]

    def __getitem__(self, key: str) -> Value:
        """Return the value under ``key``; KeyError when there is none (callers name the nearest keys)."""
        return self.values[key]

    def __contains__(self, key: object) -> bool:
        return key in self.values

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    def number(self, key: str) -> float:
        """Return the value under ``key`` as a float; TypeError when it is not a number."""
        datum = self.values[key].datum
        if isinstance(datum, (int, float)):
            return float(datum)
        raise TypeError(f"{key} is not a number: {datum!r}")

    def text(self, key: str) -> str:
        """Return the value under ``key`` as text (a form's id, say); TypeError when it is not text."""
        datum = self.values[key].datum
        if isinstance(datum, str):
            return datum
        raise TypeError(f"{key} is not text: {datum!r}")
