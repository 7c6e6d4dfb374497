"""Scenario projections of the total index: labelled assumptions, no forecast."""

from __future__ import annotations

from report.assessment.book import Book
from report.edition.model import TOTAL, Edition


def project(book: Book, edition: Edition) -> None:
    """Enter ``scenario.<id>.<year>``: a share of the average growth since the base year goes on."""
    now = f"index.{TOTAL}.{edition.assessment_year}"
    base = f"index.{TOTAL}.{edition.base_year}"
    span = edition.assessment_year - edition.base_year
    if span < 1 or not book.has(now, base) or min(book.number(now), book.number(base)) <= 0:
        return
    for scenario in edition.scenarios:
        share = f"scenario-share.{scenario.id}"
        book.leaf(share, scenario.factor, "", scenario.place)
        for ahead in range(1, edition.scenario_horizon + 1):
            key = f"scenario.{scenario.id}.{edition.assessment_year + ahead}"
            book.put(key, "project", (now, base, share), "", years=span, ahead=ahead)
