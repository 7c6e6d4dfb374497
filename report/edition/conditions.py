"""The small language of rules: ``level.total >= quantile 0.75``, ``level.a - level.b > 5``."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import cast

from report.edition.model import TOTAL, Comparison, Condition
from report.edition.sources import Sources, nearest
from report.errors import Place
from report.i18n import _

MINUS = " - "  # with spaces: ids may hold hyphens
_CONDITION = re.compile(
    r"(?P<metric>[^<>=≥≤]+?)\s*(?P<sign>>=|<=|==|>|<|≥|≤|=)\s*(?P<quantile>quantile\s+)?"
    r"(?P<number>[-+]?(\d+\.?\d*|\.\d+))",
    re.ASCII,
)
_SIGNS = {"≥": ">=", "≤": "<=", "=": "=="}
_OF_LEVELS = ("level", "growth", "rankchange")
_OF_INDICATORS = ("indicator", "score")
_ALONE = ("robust-low", "robust-median", "robust-high")


@dataclass(frozen=True, slots=True)
class Terms:
    """The ids a metric may name."""

    dimensions: Collection[str]
    indicators: Collection[str]

    def metrics(self) -> list[str]:
        """Return every plain metric there is."""
        levels = (TOTAL, *self.dimensions)
        return [
            *(f"{kind}.{name}" for kind in _OF_LEVELS for name in levels),
            *(f"rank.{name}" for name in (*levels, *self.indicators)),
            *(f"{kind}.{name}" for kind in _OF_INDICATORS for name in self.indicators),
            *_ALONE,
        ]


def named_terms(system: object) -> Terms:
    """Return the ids in the data of an ``indicators.yaml``, whatever else is wrong with it."""
    dimensions = _items(system, "dimensions")
    indicators = [item for found in dimensions for item in _items(found, "indicators")]
    return Terms([str(d["id"]) for d in dimensions], [str(i["id"]) for i in indicators])


def _items(data: object, key: str) -> list[dict[str, object]]:
    items = data.get(key) if isinstance(data, dict) else None
    found = items if isinstance(items, list) else []
    return [item for item in found if isinstance(item, dict) and "id" in item]


def condition(sources: Sources, text: str, terms: Terms, place: Place) -> Condition | None:
    """Parse one condition; None after noting what is wrong with it."""
    match = _CONDITION.fullmatch(text.strip())
    if match is None:
        sources.add(
            place,
            _("“{text}” is no condition").format(text=text),
            _("for example: level.total >= quantile 0.75"),
            _("Write a metric, one of >= <= > < ==, and a number or “quantile” and a share."),
        )
        return None
    name = metric(sources, match["metric"], terms, place)
    number = float(match["number"])
    if match["quantile"] and not 0 <= number <= 1:
        sources.add(
            place,
            _("the quantile {number}").format(number=match["number"]),
            _("a share from 0 to 1"),
            _("Write quantile 0.75 for the upper quarter."),
        )
        return None
    if name is None:
        return None
    sign = cast("Comparison", _SIGNS.get(match["sign"], match["sign"]))
    if match["quantile"]:
        return Condition(name, sign, quantile=number, place=place)
    return Condition(name, sign, value=number, place=place)


def metric(sources: Sources, text: str, terms: Terms, place: Place) -> str | None:
    """Return a metric, or the difference of two, in its normal writing; None after noting why not."""
    parts = [part.strip() for part in text.strip().split(MINUS)]
    known = terms.metrics()
    good = True
    for part in parts:
        if part not in known:
            good = False
            sources.add(
                place,
                _("unknown metric “{metric}”").format(metric=part),
                _("level.…, growth.…, rank.… of total or a dimension, indicator.… of an indicator"),
                nearest(part, known),
            )
    if good and len(parts) > 2:
        good = False
        sources.add(place, _("a difference of more than two metrics"), _("a - b"))
    return MINUS.join(parts) if good else None
