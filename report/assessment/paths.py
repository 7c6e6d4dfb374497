"""Typical paths: the regions that meet a path's criteria, in the order of its metric."""

from __future__ import annotations

from report.assessment import metric
from report.assessment.book import Book
from report.edition.model import NOWHERE, Edition, TypicalPath


def select(book: Book, edition: Edition) -> None:
    """Enter ``members.<path>``, ``path.<path>.<n>`` and ``count.<path>``.

    Ordered from the highest value of the metric, by rank from the first. A region may be on several
    paths; one that lacks a metric is on none that asks for it.
    """
    for path in edition.paths:
        for condition in path.conditions:
            metric.check(edition, condition.metric, condition.place)
        metric.check(edition, path.order_by, path.place or NOWHERE)
        _select(book, edition, path)


def _select(book: Book, edition: Edition, path: TypicalPath) -> None:
    names = [f"path.{path.id}.{n}" for n in range(1, len(path.conditions) + 1)]
    thresholds = [
        metric.threshold(book, edition, condition, name)
        for name, condition in zip(names, path.conditions, strict=True)
    ]
    limits = [t for t in thresholds if t is not None]
    if len(limits) < len(thresholds):
        return
    codes, parents = [], list(limits)
    for region in edition.regions:
        wanted = [
            metric.enter(book, edition, condition.metric, region.code, name)
            for name, condition in zip(names, path.conditions, strict=True)
        ]
        wanted.append(
            metric.enter(book, edition, path.order_by, region.code, f"path.{path.id}.order")
        )
        keys = [key for key in wanted if key is not None]
        if len(keys) == len(wanted):
            codes.append(region.code)
            parents += keys
    if not codes:
        return
    name = f"members.{path.id}"
    book.put(
        name,
        "select",
        parents,
        "",
        comparisons=" ".join(condition.comparison for condition in path.conditions),
        regions=",".join(codes),
        order="ascending" if path.order_by.startswith("rank.") else "descending",
    )
    book.put(f"count.{path.id}", "length", (name,), "个")
    found = book[name].datum
    for n in range(1, len(found) + 1 if isinstance(found, tuple) else 1):
        book.put(f"path.{path.id}.{n}", "pick", (name,), "", position=n)
