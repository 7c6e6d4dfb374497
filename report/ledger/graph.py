"""The calculation as one graph: values of an edition, of the one before, and derived keys over both."""

from __future__ import annotations

from functools import cached_property

from report.assessment.results import Datum, Results, Value
from report.document.derived import (
    Node,
    Undefined,
    UnknownKey,
    evaluate,
    is_derived,
    nearest_keys,
    parse,
    with_edition,
)
from report.document.format import unit_of


class Graph:
    """Values by key: plain (``index.total.2022``), of another edition (``2022:…``) or derived (``diff(…)``)."""

    def __init__(self, results: Results, previous: Results | None = None) -> None:
        self.results = results
        self.previous = previous
        self.editions: dict[str, Results] = {"": results}
        if previous is not None:
            self.editions[previous.edition] = previous

    def __contains__(self, key: str) -> bool:
        if is_derived(key):
            try:
                return all(leaf in self for leaf in parse(key).leaves())
            except Undefined:
                return False
        edition, _, plain = key.rpartition(":")
        return edition in self.editions and plain in self.editions[edition]

    @cached_property
    def merged(self) -> Results:
        """The Results that derived keys are evaluated on: foreign values under ``<edition>:<key>``."""
        merged = self.results
        for name, other in self.editions.items():
            if name:
                merged = with_edition(merged, other)
        return merged

    def value(self, key: str) -> Value:
        """Return the value under a plain key, of whatever edition; UnknownKey when there is none."""
        edition, _, plain = key.rpartition(":")
        results = self.editions.get(edition)
        if results is None or plain not in results:
            raise UnknownKey(key, nearest_keys(self.merged, key))
        return results[plain]

    def datum(self, key: str) -> Datum:
        """Return the exact value of a plain or derived key."""
        return evaluate(self.merged, key) if is_derived(key) else self.value(key).datum

    def unit(self, key: str) -> str:
        """Return the unit of a plain or derived key, empty where it has none."""
        if not is_derived(key):
            unit = self.value(key).unit
            return "" if unit == "none" else unit
        return unit_of(self.merged, parse(key))

    def parents(self, key: str) -> tuple[str, ...]:
        """Return the keys that ``key`` is computed from directly; none for a leaf."""
        if is_derived(key):
            return tuple(dict.fromkeys(operand.text for operand in operands(parse(key))))
        edition, _, _plain = key.rpartition(":")
        parents = self.value(key).parents
        return tuple(f"{edition}:{parent}" for parent in parents) if edition else parents


def operands(node: Node) -> tuple[Node, ...]:
    """Return the keys a derived key works on, with the key it compares with; no literals."""
    than = (node.than,) if node.than is not None else ()
    return tuple(each for each in (*than, *node.operands) if each.literal is None)
