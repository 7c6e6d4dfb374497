"""The forms (形态): each region goes to the first form whose conditions all hold."""

from __future__ import annotations

from report.assessment import metric
from report.assessment.book import Book
from report.assessment.operations.rules import ABSENT
from report.edition.model import Edition
from report.errors import AssessmentError, Problem
from report.i18n import _


def classify(book: Book, edition: Edition) -> None:
    """Enter ``form.<region>``, ``members.<form>`` and ``count.<form>``, and the rules' thresholds.

    A condition on something a region lacks doesn't hold. Regions without a total level are not
    classified. AssessmentError when a region fits no form.
    """
    if not edition.forms:
        return
    thresholds: dict[tuple[str, int], str | None] = {}
    for form in edition.forms:
        for n, condition in enumerate(form.conditions, 1):
            metric.check(edition, condition.metric, condition.place)
            name = f"form.{form.id}.{n}"
            thresholds[form.id, n] = metric.threshold(book, edition, condition, name)
    problems = []
    for region in edition.regions:
        if f"level.total.{region.code}.{edition.assessment_year}" not in book:
            continue
        rules, parents = _rules(book, edition, region.code, thresholds)
        try:
            book.put(f"form.{region.code}", "classify", parents, "", rules=rules)
        except AssessmentError:
            problems.append(
                Problem(
                    edition.forms[-1].place,
                    _("{region} meets the conditions of no form").format(region=region.name),
                    _("a last form without conditions, for all regions that remain"),
                )
            )
    if problems:
        raise AssessmentError(problems)
    members(book, edition)


def _rules(
    book: Book, edition: Edition, code: str, thresholds: dict[tuple[str, int], str | None]
) -> tuple[str, list[str]]:
    rules, parents = [], []
    for form in edition.forms:
        words = [form.id]
        for n, condition in enumerate(form.conditions, 1):
            own = metric.enter(book, edition, condition.metric, code, f"form.{form.id}.{n}")
            limit = thresholds[form.id, n]
            if own is None or limit is None:
                words.append(ABSENT)
            else:
                words.append(condition.comparison)
                parents += [own, limit]
        rules.append(" ".join(words))
    return "; ".join(rules), parents


def members(book: Book, edition: Edition) -> None:
    """Enter each form's regions and their number."""
    codes = [r.code for r in edition.regions if f"form.{r.code}" in book]
    if not codes:
        return
    for form in edition.forms:
        parents = [f"form.{code}" for code in codes]
        listed = ",".join(codes)
        book.put(f"members.{form.id}", "members", parents, "", form=form.id, regions=listed)
        book.put(f"count.{form.id}", "length", (f"members.{form.id}",), "个")
