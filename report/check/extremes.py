"""Extremes: whether a printed gap or ratio really lies between the highest and the lowest of a group."""

from __future__ import annotations

from collections.abc import Iterator

from report.assessment.results import Results
from report.document.derived import Undefined, is_derived, parse


class Extremes:
    """Looks a metric's regions (of all, a zone, a form) and zones up for their highest and lowest."""

    def __init__(self, results: Results | None) -> None:
        self._results = results
        self._groups = [] if results is None else list(_groups(results))

    def between(self, key: str) -> bool:
        """Whether ``key`` derives a difference or a ratio of the two extremes of some group."""
        results = self._results
        if results is None or not is_derived(key):
            return False
        try:
            node = parse(key)
        except Undefined:
            return False
        if node.op == "abs":
            node = node.operands[0]
        if node.op not in ("diff", "ratio") or any(operand.op for operand in node.operands):
            return False
        ends = {operand.text for operand in node.operands}
        first, second = (operand.text.split(".") for operand in node.operands)
        apart = [at for at, (a, b) in enumerate(zip(first, second, strict=False)) if a != b]
        if len(first) != len(second) or len(apart) != 1:
            return False
        for group in self._groups:
            keys = [".".join([*first[: apart[0]], one, *first[apart[0] + 1 :]]) for one in group]
            found = [(results.number(one), one) for one in keys if one in results]
            if ends <= set(keys) and found:
                low, high = min(found)[0], max(found)[0]
                if {results.number(one) for one in ends} == {low, high}:
                    return True
        return False


def _groups(results: Results) -> Iterator[list[str]]:
    """Yield the ids of the regions, of each zone's and each form's, of the zones and of the dimensions."""
    registry = results.registry
    regions = [region.id for region in registry.regions]
    yield regions
    for zone in registry.zones:
        yield [region.id for region in registry.regions if region.parent == zone.id]
    for form in registry.forms:
        members = [code for code in regions if f"form.{code}" in results]
        yield [code for code in members if results.text(f"form.{code}") == form.id]
    yield [zone.id for zone in registry.zones]
    yield [dimension.id for dimension in registry.dimensions]
