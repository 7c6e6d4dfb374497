"""Words for what numbers did: wording bands, directions, trends over the years."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from report.document import format as formats
from report.document.derived import compose
from report.document.model import Word
from report.i18n import _
from report.manuscript.context import Context
from report.manuscript.helpers.numbers import Numbers
from report.manuscript.helpers.regions import listed
from report.manuscript.keys import MissingData, WordingProblem, similar
from report.manuscript.store import Piece

# scale → how the number that is looked up in its bands comes from the key; others take the value itself
_MEASURES = {
    "index-change": "growth",
    "level-gap": "difference",
    "share": "share",
    "dispersion-change": "change",
}
# family of the key → scale used when the template names none
_SCALES = {
    "growth": "annual-growth",
    "indexgrowth": "annual-growth",
    "survey": "survey-share",
    "rankchange": "rank-change",
    "dispersion": "dispersion-change",
}
_DEFAULT_SCALE = "index-change"
_UNBOUNDED = float("-inf")


class Words:
    """Helpers that choose words by the data and record why."""

    def __init__(self, context: Context, numbers: Numbers) -> None:
        self._context = context
        self._numbers = numbers

    def words(self) -> dict[str, Callable[..., Any]]:
        """Return the helpers by name."""
        return {
            "word": self.word,
            "dimension_words": self.dimension_words,
            "direction": self.direction,
            "trend": self.trend,
            "streak": self.streak,
        }

    def word(
        self,
        key: Any,
        of: Any = None,
        *,
        scale: str = "",
        than: Any = None,
        since: Any = None,
        year: Any = None,
    ) -> Piece:
        """Choose the word of a wording band (wording.yaml) for what a value is or did."""
        context = self._context
        now = context.key(key, of, year)
        scale = scale or _SCALES.get(now.partition(".")[0], _DEFAULT_SCALE)
        bands = context.edition.bands.get(scale)
        if bands is None:
            raise WordingProblem(
                _("unknown wording scale: {scale}").format(scale=scale),
                similar(scale, context.edition.bands),
                _("the scales stand in wording.yaml"),
            )
        measure = _MEASURES.get(scale, "value")
        if than is not None:
            other = context.key(than)
        elif measure in ("growth", "change"):
            other = context.key(key, of, context.since(since, year))
        elif measure == "value":
            other = ""
        else:
            raise WordingProblem(
                _("the scale {scale} compares two values").format(scale=scale),
                _("than= with the key of the other one"),
            )
        derived = {
            "value": now,
            "growth": compose("change", now, other),
            "change": compose("diff", now, other),
            "difference": compose("diff", now, other),
            "share": compose("share", now, other),
        }[measure]
        found = context.quantity(derived)
        for band in bands:
            if band.low == _UNBOUNDED or found.shown >= band.low:
                why = f"{scale}: {derived} = {found.text} >= {band.low:g}"
                return context.word(band.word, "band", (now, *((other,) if other else ())), why)
        raise MissingData("用词分级")

    def dimension_words(
        self, metric: str = "index", *, scale: str = "", since: Any = None, year: Any = None
    ) -> Piece:
        """Choose the band's word for every dimension, said once for those that share it: 各维度均较快提升."""
        context = self._context
        found: dict[str, list[str]] = {}
        keys: list[str] = []
        reasons: list[str] = []
        for dimension in context.results.registry.dimensions:
            if not context.addresses.has(metric, dimension.id, year=context.year(year)):
                continue
            piece = self.word(metric, dimension.id, scale=scale, since=since, year=year)
            for inline in piece.inlines():
                if isinstance(inline, Word):
                    found.setdefault(inline.text, []).append(dimension.name)
                    keys += inline.keys
                    reasons.append(inline.condition)
        if not found:
            raise MissingData("维度")
        several = len(found) == 1 and len(reasons) > 1
        said = (
            f"各维度均{next(iter(found))}"
            if several
            else "，".join(f"{listed(names)}{text}" for text, names in found.items())
        )
        return context.word(said, "band", keys, "; ".join(reasons))

    def direction(
        self,
        key: Any,
        of: Any = None,
        *,
        since: Any = None,
        year: Any = None,
        up: str = "上升",
        down: str = "下降",
        even: str = "持平",
    ) -> Piece:
        """Say which way a value went since last year: 上升, 下降, 持平."""
        context = self._context
        now, then = self._numbers.pair(key, of, since, year)
        signed = formats.difference(context.results, now, then).shown
        if now.startswith("rank."):
            signed = -signed
        text = up if signed > 0 else down if signed < 0 else even
        sign = ">" if signed > 0 else "<" if signed < 0 else "="
        why = f"{context.printed(now)} {sign} {context.printed(then)}"
        return context.word(text, "direction", (now, then), why)

    def series(self, key: Any, of: Any, since: Any) -> list[str]:
        """Return the addresses of a value in all years from ``since`` (the base year) on."""
        context = self._context
        results = context.results
        first = context.year(since) or results.base_year
        last = context.key(key, of)
        stem, _dot, year = last.rpartition(".")
        if year != str(results.assessment_year):
            raise WordingProblem(_("the key has no years: {key}").format(key=last))
        years = range(first, results.assessment_year + 1)
        return [f"{stem}.{at}" for at in years if f"{stem}.{at}" in results]

    def trend(self, key: Any, of: Any = None, *, since: Any = None) -> Piece:
        """Say what a value did over all years since the base year: 持续上升, 波动上升, 先升后降 …."""
        context = self._context
        keys = self.series(key, of, since)
        if len(keys) < 2:
            raise MissingData("历年")
        shown = [context.quantity(one).shown for one in keys]
        steps = [(b > a) - (b < a) for a, b in pairwise(shown)]
        why = " → ".join(context.quantity(one).text for one in keys)
        return context.word(_shape(steps, shown[-1] - shown[0]), "direction", keys, why)

    def streak(self, key: Any, of: Any = None, *, since: Any = None) -> Piece:
        """Say for how many years in a row a value has gone the same way: 连续3年上升."""
        context = self._context
        keys = self.series(key, of, since)
        if len(keys) < 2:
            raise MissingData("历年")
        shown = [context.quantity(one).shown for one in keys]
        steps = [(b > a) - (b < a) for a, b in pairwise(shown)]
        length = 0
        while length < len(steps) and steps[-1 - length] == steps[-1]:
            length += 1
        text = {1: "上升", -1: "下降", 0: "持平"}[steps[-1]]
        why = " → ".join(context.quantity(one).text for one in keys)
        if length > 1:
            text = f"连续{length}年{text}"
        return context.word(text, "direction", keys, why)


def _shape(steps: list[int], overall: float) -> str:
    """Name a series by its steps (+1, 0, −1) and by its end against its beginning."""
    ways = [step for step in steps if step]
    if not ways:
        return "保持平稳"
    turns = sum(1 for a, b in pairwise(ways) if a != b)
    if turns == 0:
        flat = len(ways) < len(steps)
        if ways[0] > 0:
            return "稳中有升" if flat else "持续上升" if len(steps) > 1 else "上升"
        return "稳中有降" if flat else "持续下降" if len(steps) > 1 else "下降"
    if turns == 1:
        return "先升后降" if ways[0] > 0 else "先降后升"
    if overall > 0:
        return "波动上升"
    return "波动下降" if overall < 0 else "有所波动"
