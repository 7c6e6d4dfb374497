"""The Book: the only way to make a value, by naming an operation and the values it is computed from."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from report.assessment.operations import OPERATIONS
from report.assessment.results import Datum, Scalar, Value
from report.errors import AssessmentError, Place, Problem
from report.i18n import _

NO_FLAGS: frozenset[str] = frozenset()
_SOURCES_NAMED = 3


class Book:
    """Values by key while an assessment grows; each is computed as it is entered.

    Steps enter values only when all parents are there (``has``), so whatever the edition brings,
    figures or results computed elsewhere, everything that follows from it is computed, nothing else.
    A value given from elsewhere stands: entering its key again does nothing.
    """

    def __init__(self) -> None:
        self._values: dict[str, Value] = {}

    def __contains__(self, key: object) -> bool:
        return key in self._values

    def __getitem__(self, key: str) -> Value:
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def has(self, *keys: str) -> bool:
        """Tell whether all ``keys`` are entered."""
        return all(key in self._values for key in keys)

    def present(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Return those of ``keys`` that are entered, in order."""
        return tuple(key for key in keys if key in self._values)

    def number(self, key: str) -> float:
        """Return an entered value as a float."""
        datum = self._values[key].datum
        if isinstance(datum, (int, float)):
            return float(datum)
        raise AssessmentError(
            Problem(
                self._values[key].place,
                _("{key} is not a number: {value}").format(key=key, value=datum),
                _("a number"),
            )
        )

    def leaf(
        self,
        key: str,
        datum: Datum,
        unit: str,
        place: Place | None,
        flags: frozenset[str] = NO_FLAGS,
        *,
        op: str = "input",
    ) -> None:
        """Enter a value that was read (``op`` input, or given for a result computed elsewhere)."""
        if key not in self._values:
            self._check(key, datum, (), place)
            self._values[key] = Value(key, datum, unit, op, place=place, flags=flags)

    def put(
        self,
        key: str,
        op: str,
        parents: Sequence[str],
        unit: str,
        flags: frozenset[str] = NO_FLAGS,
        **params: Scalar,
    ) -> None:
        """Compute a value from its parents, all of them entered, and enter it under ``key``.

        AssessmentError, naming the inputs, when the result isn't a finite number or text.
        """
        if key in self._values:
            return
        values = self._values
        parents = tuple(parents)
        try:
            datum = OPERATIONS[op].compute([values[p].datum for p in parents], params)
        except (ArithmeticError, ValueError, TypeError) as error:
            raise AssessmentError(self._problem(key, str(error), parents, None)) from error
        self._check(key, datum, parents, None)
        values[key] = Value(key, datum, unit, op, parents, params, None, flags)

    def pool(self, key: str, members: Iterable[str]) -> bool:
        """Gather the members that exist into one list ``pool.<key>``; tell whether there are any."""
        name = f"pool.{key}"
        if name not in self._values:
            found = self.present(members)
            if not found:
                return False
            self.put(name, "pool", found, self._values[found[0]].unit)
        return True

    def flags(self, keys: Iterable[str]) -> frozenset[str]:
        """Return what any of ``keys`` is flagged with."""
        found = [f for f in (self._values[key].flags for key in keys) if f]
        return frozenset().union(*found) if found else NO_FLAGS

    def values(self) -> Mapping[str, Value]:
        """Return everything entered, ordered by key."""
        return dict(sorted(self._values.items()))

    def sources(self, parents: Iterable[str]) -> tuple[str, ...]:
        """Return the input cells that ``parents`` come from, as ``key (place)``."""
        seen: set[str] = set()
        found: list[str] = []
        queue = list(parents)
        while queue:
            key = queue.pop(0)
            if key in seen:
                continue
            seen.add(key)
            value = self._values[key]
            if value.place is not None:
                found.append(f"{key} = {value.datum} ({value.place})")
            queue.extend(value.parents)
        return tuple(found)

    def _check(self, key: str, datum: Datum, parents: Sequence[str], place: Place | None) -> None:
        if datum is None or (isinstance(datum, float) and not math.isfinite(datum)):
            raise AssessmentError(self._problem(key, str(datum), parents, place))

    def _problem(
        self, key: str, found: str, parents: Sequence[str], place: Place | None
    ) -> Problem:
        sources = self.sources(parents)
        named = "; ".join(sources[:_SOURCES_NAMED])
        if len(sources) > _SOURCES_NAMED:
            named += _("; and {n} more").format(n=len(sources) - _SOURCES_NAMED)
        if place is None:
            place = next((self._values[p].place for p in parents if self._values[p].place), None)
        return Problem(
            place,
            _("{key} has no finite value ({found}); it comes from: {sources}").format(
                key=key, found=found, sources=named or _("nothing")
            ),
            _("a finite number"),
            _("check these figures, or declare how the doubtful one is to be treated"),
        )
