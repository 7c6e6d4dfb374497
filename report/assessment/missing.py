"""Step 3, imputation: what fills an indicator's gaps, by the policy each indicator declares.

``omit`` leaves the gap (the region's weights are shared out within the dimension, flagged);
``carry`` takes the last earlier year; ``interpolate`` goes straight between the nearest years on both
sides, and carries where there is no later one; ``regional-mean`` takes the mean of the region's zone in
that year (of all regions when the zone has none). Only published values fill gaps, never filled
ones. A treated official value is filled as its treatment says, whatever the policy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from report.assessment.book import Book
from report.assessment.derive import years
from report.edition.model import NATION, Edition, Indicator, MissingPolicy


def fill(book: Book, edition: Edition) -> None:
    """Fill the gaps of every indicator, region by region (and of the nation where it is given)."""
    for indicator in edition.indicators:
        areas = [region.code for region in edition.regions]
        if indicator.aggregate.method == "given":
            areas.append(NATION)
        published = {
            (area, year)
            for area in areas
            for year in years(edition)
            if f"indicator.{indicator.id}.{area}.{year}" in book
        }
        treated: dict[tuple[str, int], MissingPolicy] = {
            (t.region, t.year): t.action for t in indicator.treatments if t.action != "keep"
        }
        peers = _peers(edition)
        for area in areas:
            known = [year for year in years(edition) if (area, year) in published]
            for year in years(edition):
                if (area, year) in published:
                    continue
                policy = treated.get((area, year), indicator.missing)
                if policy == "regional-mean":
                    _mean_of_peers(book, indicator, area, year, peers=peers, published=published)
                elif policy != "omit":
                    _in_time(book, indicator, area, year, known=known, policy=policy)


def _peers(edition: Edition) -> Mapping[str, Sequence[str]]:
    return {
        region.code: [other.code for other in edition.regions if other.zone == region.zone]
        for region in edition.regions
    }


def _mean_of_peers(
    book: Book,
    indicator: Indicator,
    area: str,
    year: int,
    *,
    peers: Mapping[str, Sequence[str]],
    published: set[tuple[str, int]],
) -> None:
    groups = (peers.get(area, ()), peers) if area != NATION else ()
    for group in groups:
        found = [f"indicator.{indicator.id}.{p}.{year}" for p in group if (p, year) in published]
        if found:
            key = f"indicator.{indicator.id}.{area}.{year}"
            book.put(key, "regional-mean", found, indicator.unit, frozenset({"regional-mean"}))
            return


def _in_time(
    book: Book, indicator: Indicator, area: str, year: int, *, known: Sequence[int], policy: str
) -> None:
    prefix = f"indicator.{indicator.id}.{area}"
    before = max((y for y in known if y < year), default=None)
    after = min((y for y in known if y > year), default=None)
    if before is None:
        return
    if policy == "interpolate" and after is not None:
        book.put(
            f"{prefix}.{year}",
            "interpolate",
            (f"{prefix}.{before}", f"{prefix}.{after}"),
            indicator.unit,
            frozenset({"interpolated"}),
            before=before,
            after=after,
            year=year,
        )
    else:
        parents = (f"{prefix}.{before}",)
        book.put(
            f"{prefix}.{year}",
            "carry",
            parents,
            indicator.unit,
            frozenset({"carried"}),
            year=before,
        )
