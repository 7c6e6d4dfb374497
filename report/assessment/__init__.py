"""The assessment: Edition → Results, step by step as the OECD/JRC Handbook (2008) orders them."""

from __future__ import annotations

from report.assessment import (
    aggregate,
    derive,
    forms,
    given,
    groups,
    growth,
    missing,
    national,
    normalise,
    paths,
    rank,
    robustness,
    scenario,
    survey,
    weights,
)
from report.assessment.book import Book
from report.assessment.registry import registry
from report.assessment.results import Results
from report.edition.model import Edition


def assess(edition: Edition) -> Results:
    """Compute every value the edition supports; AssessmentError when its figures don't allow it."""
    book = Book()
    given.enter(book, edition)
    weights.enter(book, edition)

    derive.enter_data(book, edition)
    derive.derive(book, edition)
    missing.fill(book, edition)

    national.indicators(book, edition)
    national.indices(book, edition)
    national.contributions(book, edition)
    national.growth(book, edition)

    normalise.bounds(book, edition)
    normalise.scores(book, edition)
    aggregate.levels(book, edition)
    growth.regions(book, edition)
    rank.ranks(book, edition)
    rank.changes(book, edition)

    robustness.perturb(book, edition)
    robustness.alternatives(book, edition)
    forms.classify(book, edition)
    groups.zone_indicators(book, edition)
    groups.levels(book, edition)
    paths.select(book, edition)

    survey.shares(book, edition)
    scenario.project(book, edition)
    return Results(
        edition=edition.id,
        assessment_year=edition.assessment_year,
        base_year=edition.base_year,
        years=tuple(range(edition.base_year, edition.assessment_year + 1)),
        registry=registry(edition),
        values=book.values(),
    )


__all__ = ["Results", "assess"]
