"""The enterprise survey: weighted shares of answers with 95 % confidence limits.

Limits are Wilson's score interval (1927), on Kish's effective sample size (1965) so that unequal
design weights widen it; recommended over the plain normal interval by Brown, Cai and DasGupta
(Statistical Science, 2001) and, for weighted surveys, Dean and Pagano (2015).
"""

from __future__ import annotations

from report.assessment.book import NO_FLAGS, Book
from report.edition.model import Edition, Question, Survey
from report.errors import AssessmentError, Problem
from report.i18n import _

SIMULATED = frozenset({"simulated"})
WEIGHTS = "answers.weight"


def shares(book: Book, edition: Edition) -> None:
    """Enter ``survey.…``, its limits and counts, for all respondents and each group category."""
    survey = edition.survey
    if survey is None:
        return
    flags = SIMULATED if survey.simulated else NO_FLAGS
    for column, cells in survey.columns.items():
        book.leaf(f"answers.{column}", tuple(cells), "", survey.ranges.get(column), flags)
    # The column of weights is the one that holds no answers; there is none when all weigh the same.
    place = next((p for name, p in survey.ranges.items() if name not in survey.columns), None)
    book.leaf(WEIGHTS, tuple(float(w) for w in survey.weights), "", place, flags)
    owners = _owners(survey)
    for question in survey.questions:
        if question.id not in survey.columns:
            continue
        _question(book, question, "", "", flags)
        for category, column in owners.items():
            _question(book, question, column, category, flags)


def _owners(survey: Survey) -> dict[str, str]:
    """Group column of each category; AssessmentError when two columns share a category's id."""
    owners: dict[str, str] = {}
    for column, categories in survey.groups.items():
        for category in categories:
            if category.id in owners:
                raise AssessmentError(
                    Problem(
                        survey.ranges.get(column),
                        _("survey groups {a} and {b} both have a category {id}").format(
                            a=owners[category.id], b=column, id=category.id
                        ),
                        _("ids of categories that differ between groups"),
                    )
                )
            owners[category.id] = column
    return owners


def _question(
    book: Book, question: Question, column: str, category: str, flags: frozenset[str]
) -> None:
    parents = [f"answers.{question.id}", WEIGHTS]
    params = {}
    suffix = ""
    if column:
        parents.append(f"answers.{column}")
        params = {"category": category}
        suffix = f".{category}"
        if parents[-1] not in book:
            return
    size = f"survey-n.{question.id}{suffix}"
    book.put(size, "answers", parents, "份", flags, **params)
    if not book.number(size):
        return
    effective = f"survey-effective.{question.id}{suffix}"
    book.put(effective, "effective-sample", parents, "份", flags, **params)
    for option in question.options:
        at = f"{question.id}.{option.id}{suffix}"
        book.put(f"survey.{at}", "share", parents, "%", flags, option=option.id, **params)
        for end in ("low", "high"):
            both = (f"survey.{at}", effective)
            book.put(f"survey-{end}.{at}", f"wilson-{end}", both, "%", flags)
