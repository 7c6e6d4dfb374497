"""Step 6 (weighting) and the method's parameters: every choice that enters a formula, as a leaf."""

from __future__ import annotations

from report.assessment.book import Book
from report.edition.model import Edition


def enter(book: Book, edition: Edition) -> None:
    """Enter weights, factors and the parameters of the method, each with the line it stands on.

    A results-only edition has no weights of its own; nothing is entered for it but the method.
    """
    method = edition.method
    for name, unit in (
        ("normalise", ""),
        ("winsorise", ""),
        ("aggregate", ""),
        ("index_aggregate", ""),
        ("growth", ""),
        ("robustness_draws", "次"),
        ("robustness_spread", ""),
        ("seed", ""),
    ):
        book.leaf(f"method.{name}", getattr(method, name), unit, method.places.get(name))
    if not edition.indicators:
        return
    for dimension in edition.dimensions:
        place = dimension.places.get("weight", dimension.place)
        book.leaf(f"weight.{dimension.id}", dimension.weight, "", place)
    for indicator in edition.indicators:
        place = indicator.places.get("weight", indicator.place)
        book.leaf(f"weight.{indicator.id}", indicator.weight, "", place)
        place = indicator.places.get("factor", indicator.place)
        book.leaf(f"factor.{indicator.id}", indicator.factor, "", place)
