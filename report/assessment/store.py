"""Results as JSON: one value a line, keys sorted, exact round trip; strangers' files are checked.

Floats are written as Python's shortest text that reads back to the same number.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import partial
from typing import Any, TypeVar

from report.assessment.operations import LEAVES, OPERATIONS
from report.assessment.results import Datum, Entry, Registry, Results, Scalar, Value
from report.assessment.workbook import write_xlsx
from report.errors import AssessmentError, Place, Problem
from report.i18n import _

FORMAT = "iireport-results"
VERSION = 1
MAX_CHARACTERS = 100_000_000
MAX_PROBLEMS = 20
_PLACE_FIELDS = 4

__all__ = ["from_json", "to_json", "write_xlsx"]

_T = TypeVar("_T")


def to_json(results: Results) -> str:
    """Return the results as JSON text, the same text for the same results."""
    head = {
        "format": FORMAT,
        "version": VERSION,
        "edition": results.edition,
        "assessment_year": results.assessment_year,
        "base_year": results.base_year,
        "years": list(results.years),
    }
    lines = ["{"]
    lines += [f"{_dump(name)}: {_dump(value)}," for name, value in head.items()]
    lines.append('"registry": {')
    groups = []
    for group in fields(Registry):
        entries = [f"  {_dump(_entry(e))}" for e in getattr(results.registry, group.name)]
        body = "[\n" + ",\n".join(entries) + "\n ]" if entries else "[]"
        groups.append(f" {_dump(group.name)}: {body}")
    lines.append(",\n".join(groups))
    lines.append("},")
    lines.append('"values": {')
    values = sorted(results.values.items())
    lines.append(",\n".join(f"{_dump(key)}: {_dump(_value(value))}" for key, value in values))
    lines.append("}\n}\n")
    return "\n".join(lines)


def from_json(text: str, name: str = "results.json") -> Results:
    """Return results read from JSON text; ``name`` is the file named in errors.

    AssessmentError naming every fault: not JSON, another format, unknown operations, parents that
    are missing or go in a circle, numbers that aren't finite, wrong types.
    """
    if len(text) > MAX_CHARACTERS:
        raise _error(name, _("the file is too large"), _("at most 100 million characters"))
    try:
        raw = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise _error(name, str(error), _("a results file in JSON")) from error
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise _error(name, _("this is no results file"), f'"format": "{FORMAT}"')
    if raw.get("version") != VERSION:
        found = _("results of version {version}").format(version=raw.get("version"))
        raise _error(name, found, _("version {version}").format(version=VERSION))
    return _Reader(name).results(raw)


def _dump(value: object) -> str:
    return json.dumps(
        value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(", ", ": ")
    )


def _entry(entry: Entry) -> Mapping[str, Scalar]:
    """Return an entry without the fields that have their default."""
    items = ((f.name, getattr(entry, f.name), f.default) for f in fields(Entry))
    return {name: value for name, value, default in items if value != default}


def _value(value: Value) -> Mapping[str, object]:
    found: dict[str, object] = {"op": value.op, "value": value.datum}
    if value.unit:
        found["unit"] = value.unit
    if value.parents:
        found["from"] = list(value.parents)
    if value.params:
        found["params"] = dict(value.params)
    if value.place is not None:
        place = value.place
        found["place"] = [place.file, place.sheet, place.cell, place.line]
    if value.flags:
        found["flags"] = sorted(value.flags)
    return found


def _refuse(constant: str) -> float:
    raise ValueError(_("{constant} is no finite number").format(constant=constant))


def _error(name: str, found: str, expected: str = "") -> AssessmentError:
    return AssessmentError(Problem(Place(name), found, expected))


class _Reader:
    """Reads one file's parsed JSON and gathers what is wrong with it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []

    def results(self, raw: Mapping[str, Any]) -> Results:
        """Return the results, or raise AssessmentError with all problems."""
        registry = self._registry(raw.get("registry"))
        values: dict[str, Value] = {}
        body = raw.get("values")
        if not isinstance(body, dict):
            self._wrong("values", body, _("an object of values by key"))
            body = {}
        for key in sorted(body):
            value = self._attempt(f"values.{key}", partial(_read_value, key, body[key]))
            if value is not None:
                values[key] = value
        for key, value in values.items():
            for parent in value.parents:
                if parent not in body:
                    self._wrong(f"values.{key}", parent, _("parents that are in the file"))
        years = self._attempt("years", lambda: tuple(_whole(y) for y in _list(raw.get("years"))))
        base = self._attempt("base_year", lambda: _whole(raw.get("base_year")))
        now = self._attempt("assessment_year", lambda: _whole(raw.get("assessment_year")))
        edition = self._attempt("edition", lambda: _text(raw.get("edition")))
        if not self.problems and (circle := _circle(values)):
            self._wrong(
                f"values.{circle}", circle, _("parents that don't come from the value itself")
            )
        if self.problems or years is None or base is None or now is None or edition is None:
            raise AssessmentError(self.problems[:MAX_PROBLEMS])
        return Results(edition, now, base, years, registry, values)

    def _wrong(self, where: str, found: object, expected: str) -> None:
        shown = repr(found)
        shown = shown if len(shown) <= 80 else f"{shown[:77]}..."
        problem = Problem(Place(self.name, cell=where[:120]), shown, expected)
        self.problems.append(problem)

    def _attempt(self, where: str, read: Callable[[], _T]) -> _T | None:
        try:
            return read()
        except _Unfit as unfit:
            self._wrong(where, unfit.found, unfit.expected)
            return None

    def _registry(self, raw: object) -> Registry:
        known = {group.name for group in fields(Registry)}
        if not isinstance(raw, dict) or not set(raw) <= known:
            self._wrong("registry", raw, ", ".join(sorted(known)))
            return Registry()
        groups: dict[str, tuple[Entry, ...]] = {}
        for name, entries in raw.items():
            found = self._attempt(f"registry.{name}", partial(_read_entries, entries))
            groups[name] = found or ()
        return Registry(**groups)


class _Unfit(Exception):
    def __init__(self, found: object, expected: str) -> None:
        super().__init__(expected)
        self.found, self.expected = found, expected


def _list(raw: object) -> list[Any]:
    if not isinstance(raw, list):
        raise _Unfit(raw, _("a list"))
    return raw


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise _Unfit(raw, _("text"))
    return raw


def _whole(raw: object) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool):
        raise _Unfit(raw, _("a whole number"))
    return raw


def _scalar(raw: object) -> Scalar:
    if isinstance(raw, float) and not math.isfinite(raw):
        raise _Unfit(raw, _("a finite number"))
    if raw is None or (isinstance(raw, (int, float, str)) and not isinstance(raw, bool)):
        return raw
    raise _Unfit(raw, _("a number or text"))


def _datum(raw: object) -> Datum:
    return tuple(_scalar(item) for item in raw) if isinstance(raw, list) else _scalar(raw)


def _read_entries(raw: object) -> tuple[Entry, ...]:
    return tuple(_read_entry(entry) for entry in _list(raw))


def _read_entry(raw: object) -> Entry:
    known = {f.name for f in fields(Entry)}
    if not isinstance(raw, dict) or not set(raw) <= known or not {"id", "name"} <= set(raw):
        raise _Unfit(raw, ", ".join(sorted(known)))
    read = {k: _whole(v) if k == "decimals" else _text(v) for k, v in raw.items()}
    return Entry(**read)  # type: ignore[arg-type]


def _read_value(key: str, raw: object) -> Value:
    known = {"op", "value", "unit", "from", "params", "place", "flags"}
    if not isinstance(raw, dict) or not set(raw) <= known or not {"op", "value"} <= set(raw):
        raise _Unfit(raw, ", ".join(sorted(known)))
    op = _text(raw["op"])
    if op not in OPERATIONS and op not in LEAVES:
        raise _Unfit(op, _("a known operation"))
    params = raw.get("params", {})
    if not isinstance(params, dict):
        raise _Unfit(params, _("an object of parameters"))
    parents = tuple(_text(p) for p in _list(raw.get("from", [])))
    if op in LEAVES and parents:
        raise _Unfit(op, _("no parents for a value that was read"))
    datum = _datum(raw["value"])
    if datum is None:
        raise _Unfit(datum, _("a value"))
    return Value(
        key,
        datum,
        _text(raw.get("unit", "")),
        op,
        parents,
        {name: _scalar(value) for name, value in params.items()},
        _read_place(raw["place"]) if "place" in raw else None,
        frozenset(_text(flag) for flag in _list(raw.get("flags", []))),
    )


def _read_place(raw: object) -> Place:
    parts = _list(raw)
    if len(parts) != _PLACE_FIELDS:
        raise _Unfit(raw, _("file, sheet, cell and line"))
    return Place(_text(parts[0]), _text(parts[1]), _text(parts[2]), _whole(parts[3]))


def _circle(values: Mapping[str, Value]) -> str:
    """Return a key that is its own ancestor, or nothing."""
    done: set[str] = set()
    for start in values:
        open_keys: set[str] = set()
        stack = [(start, False)]
        while stack:
            key, leaving = stack.pop()
            if leaving:
                open_keys.discard(key)
                done.add(key)
            elif key in open_keys:
                return key
            elif key not in done:
                open_keys.add(key)
                stack.append((key, True))
                stack.extend((parent, False) for parent in values[key].parents)
    return ""
