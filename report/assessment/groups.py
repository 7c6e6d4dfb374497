"""Groups of regions: zones, forms, all regions' mean and median, and the spread between regions."""

from __future__ import annotations

from report.assessment.book import Book
from report.assessment.derive import years
from report.assessment.growth import growth
from report.assessment.national import aggregate_regions, panel
from report.edition.model import TOTAL, Edition


def zone_indicators(book: Book, edition: Edition) -> None:
    """Enter indicators of zones as the nation's: sums, or sums over sums for intensities."""
    for indicator in edition.indicators:
        codes = panel(book, edition, indicator)
        for zone in edition.zones:
            everyone = [r.code for r in edition.regions if r.zone == zone.id]
            own = [code for code in everyone if code in codes]
            partial = len(own) < len(everyone)
            for year in years(edition):
                aggregate_regions(book, indicator, zone.id, year, own, partial=partial)


def _groups(book: Book, edition: Edition) -> dict[str, list[str]]:
    """Zones and forms with the codes of their members (forms as of the assessment year)."""
    groups = {z.id: [r.code for r in edition.regions if r.zone == z.id] for z in edition.zones}
    for form in edition.forms:
        name = f"members.{form.id}"
        found = book[name].datum if name in book else ()
        groups[form.id] = [str(code) for code in found] if isinstance(found, tuple) else []
    return groups


def levels(book: Book, edition: Edition) -> None:
    """Enter levels and growth of zones, forms, mean and median, and ``dispersion.…``.

    The level of a group is the simple mean of its members' and its growth that of the group's level;
    the growth of ``median`` is the median of the regions' growth, where a quadrant is cut.
    """
    groups = _groups(book, edition)
    for name in (TOTAL, *(d.id for d in edition.dimensions)):
        for year in range(edition.base_year, edition.assessment_year + 1):
            for group, codes in groups.items():
                found = book.present(f"level.{name}.{code}.{year}" for code in codes)
                if found:
                    book.put(f"level.{name}.{group}.{year}", "mean", found, "分")
            _all_regions(book, edition, name, year)
        for group in (*groups, "mean"):
            growth(book, edition, name, group)


def _all_regions(book: Book, edition: Edition, name: str, year: int) -> None:
    pool = f"level.{name}.{year}"
    if book.pool(pool, (f"level.{name}.{r.code}.{year}" for r in edition.regions)):
        parents = (f"pool.{pool}",)
        book.put(f"level.{name}.mean.{year}", "mean", parents, "分")
        book.put(f"level.{name}.median.{year}", "median", parents, "分")
        if book.number(f"level.{name}.mean.{year}") > 0:
            book.put(f"dispersion.{name}.{year}", "variation", parents, "")
    pool = f"growth.{name}.{year}"
    if book.pool(pool, (f"growth.{name}.{r.code}.{year}" for r in edition.regions)):
        unit = book[f"pool.{pool}"].unit
        book.put(f"growth.{name}.median.{year}", "median", (f"pool.{pool}",), unit)
