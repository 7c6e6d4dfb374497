"""What an operation is: a named pure function of its parents' values, with its formula in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from report.assessment.results import Datum, Scalar

Compute: TypeAlias = Callable[[Sequence[Datum], Mapping[str, Scalar]], Datum]


@dataclass(frozen=True, slots=True)
class Operation:
    """A step of calculation: ``compute(parents' values, params)`` and the formula a reader sees.

    ``zh`` and ``en`` may name parents by position (``{0}``, ``{1}``) and parameters by name
    (``{years}``); ``step`` is the step of the OECD/JRC Handbook on Constructing Composite
    Indicators (2008) it belongs to, empty where the Handbook has none.
    """

    name: str
    compute: Compute
    zh: str
    en: str
    step: str = ""
    paired: bool = False  # first half of the parents are values, second half their weights


def operation(
    name: str, *, zh: str, en: str, step: str = "", paired: bool = False
) -> Callable[[Compute], Operation]:
    """Turn a function into an Operation; used as a decorator."""

    def wrap(function: Compute) -> Operation:
        return Operation(name, function, zh, en, step, paired)

    return wrap


def numbers(values: Iterable[Datum]) -> list[float]:
    """Flatten values and tuples of values into floats; TypeError when one is not a number."""
    found: list[float] = []
    for value in values:
        if isinstance(value, tuple):
            found.extend(numbers(value))
        elif isinstance(value, (int, float)):
            found.append(value)
        else:
            raise TypeError(f"not a number: {value!r}")
    return found


def number(value: Datum) -> float:
    """Return one value as a float; TypeError when it is not a number."""
    if isinstance(value, (int, float)):
        return float(value)
    raise TypeError(f"not a number: {value!r}")


def items(value: Datum) -> tuple[Scalar, ...]:
    """Return a tuple value as it is; TypeError when it is something else."""
    if isinstance(value, tuple):
        return value
    raise TypeError(f"not a list of values: {value!r}")
