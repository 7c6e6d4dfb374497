"""The operations registry: every way a value can come from its parents, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from report.assessment.operations import arithmetic, rules, sampling, scores
from report.assessment.operations.registry import Operation

LEAVES = frozenset({"input", "given"})
"""Operations of values that were read, not computed."""

OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {o.name: o for o in (*arithmetic.ALL, *scores.ALL, *rules.ALL, *sampling.ALL)}
)

__all__ = ["LEAVES", "OPERATIONS", "Operation"]
