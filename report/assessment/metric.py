"""Metrics and thresholds of the rules for forms and paths: from their grammar to entered values."""

from __future__ import annotations

from report.assessment.book import Book
from report.edition.model import Condition, Edition
from report.errors import AssessmentError, Place, Problem
from report.i18n import _

MINUS = " - "  # with spaces: ids may hold hyphens
KINDS = ("level", "growth", "rank", "rankchange", "indicator", "score", "robust-low",
         "robust-median", "robust-high")  # fmt: skip


def _key(book: Book, metric: str, code: str, year: int) -> str:
    """Key of a plain metric for a region; metrics without a year (robustness) have none."""
    dated = f"{metric}.{code}.{year}"
    return dated if dated in book else f"{metric}.{code}"


def check(edition: Edition, metric: str, place: Place) -> None:
    """Raise AssessmentError for a metric that no edition of this shape can have."""
    known = {"total", *(d.id for d in edition.dimensions), *(i.id for i in edition.indicators)}
    for part in metric.split(MINUS):
        kind, _dot, name = part.partition(".")
        if kind not in KINDS or (name and name not in known):
            raise AssessmentError(
                Problem(
                    place,
                    _("unknown metric: {metric}").format(metric=part),
                    _(
                        "one of {kinds}, a dot, and the id of a dimension or indicator, or total"
                    ).format(kinds=", ".join(KINDS)),
                )
            )


def enter(book: Book, edition: Edition, metric: str, code: str, name: str) -> str | None:
    """Return the key of a metric for a region in the assessment year; None where it has none.

    A difference of two metrics is entered as ``metric.<name>.<region>``.
    """
    parts = [_key(book, p, code, edition.assessment_year) for p in metric.split(MINUS)]
    if not book.has(*parts):
        return None
    if len(parts) == 1:
        return parts[0]
    key = f"metric.{name}.{code}"
    book.put(key, "difference", parts[:2], book[parts[0]].unit)
    return key


def threshold(book: Book, edition: Edition, condition: Condition, name: str) -> str | None:
    """Enter ``threshold.<name>``: the condition's value, or a quantile over all regions.

    None when no region has the metric, so that there is nothing to take a quantile of.
    """
    key = f"threshold.{name}"
    if condition.value is not None:
        book.leaf(key, condition.value, "", condition.place)
        return key
    if condition.quantile is None:
        raise AssessmentError(
            Problem(
                condition.place,
                _("the condition on {metric} has no threshold").format(metric=condition.metric),
                _("a value or a quantile"),
            )
        )
    members = [enter(book, edition, condition.metric, r.code, name) for r in edition.regions]
    plain = MINUS not in condition.metric
    pool = f"{condition.metric}.{edition.assessment_year}" if plain else f"metric.{name}"
    if not book.pool(pool, (m for m in members if m is not None)):
        return None
    book.leaf(f"quantile.{name}", condition.quantile, "", condition.place)
    unit = book[f"pool.{pool}"].unit
    book.put(key, "quantile", (f"pool.{pool}", f"quantile.{name}"), unit)
    return key
