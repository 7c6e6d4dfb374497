"""Step 0, results computed elsewhere: entered as they are, under their own keys."""

from __future__ import annotations

from report.assessment.book import Book
from report.edition.model import Edition


def enter(book: Book, edition: Edition) -> None:
    """Enter every given result; later steps leave them alone and compute what follows from them."""
    for given in edition.given:
        book.leaf(given.key, given.value, given.unit, given.place, op="given")
