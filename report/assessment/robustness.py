"""Step 7, uncertainty and sensitivity: ranks under other weights and other methods.

Weights are perturbed at random (Monte Carlo); methods are exchanged one at a time, and the mean
absolute rank shift against the report's own ranking says how much each choice matters (Handbook
step 7; Saisana, Saltelli and Tarantola, 2005).
"""

from __future__ import annotations

from report.assessment.aggregate import LEVEL_OP, level
from report.assessment.book import Book
from report.assessment.normalise import score
from report.edition.model import TOTAL, Edition, Method

EQUAL = "equal-weights"


def variants(method: Method) -> tuple[str, ...]:
    """Return the alternatives to an edition's own method, in the order they are reported."""
    aggregations = tuple(v for v in ("geometric", "arithmetic") if v != method.aggregate)
    scores = tuple(v for v in ("z-score", "rank", "min-max") if v != method.normalise)
    return (*aggregations, *scores, EQUAL)


def perturb(book: Book, edition: Edition) -> None:
    """Enter ``robust-low|median|high.<region>``: 5, 50 and 95 % points of the rank over all draws."""
    ordered = [[i for i in edition.indicators if i.dimension == d.id] for d in edition.dimensions]
    ids = [i.id for group in ordered for i in group]
    year = edition.assessment_year
    rows, codes = [], []
    for region in edition.regions:
        keys = [f"score.{i}.{region.code}.{year}" for i in ids]
        mask = "".join("1" if key in book else "0" for key in keys)
        if "1" in mask:
            name = f"robust-row.{region.code}"
            book.put(name, "row", book.present(keys), "分", mask=mask)
            rows.append(name)
            codes.append(region.code)
    if not rows or edition.method.robustness_draws < 1:
        return
    settings = ("method.robustness_draws", "method.robustness_spread", "method.seed")
    weights = [f"weight.{d.id}" for d in edition.dimensions] + [f"weight.{i}" for i in ids]
    book.put(
        "robust-ranks",
        "perturbed-ranks",
        [*settings, *weights, *rows],
        "位",
        sizes=",".join(str(len(group)) for group in ordered),
        aggregate=edition.method.aggregate,
    )
    for position, code in enumerate(codes):
        for n, end in enumerate(("low", "median", "high"), 1):
            key = f"robust-{end}.{code}"
            book.put(key, "pick", ("robust-ranks",), "位", position=3 * position + n)


def alternatives(book: Book, edition: Edition) -> None:
    """Enter ``robust-rank.<variant>.<region>`` and ``robust-shift.<variant>``."""
    if not edition.indicators:
        return
    for variant in variants(edition.method):
        _levels(book, edition, variant)
        keys = [(r.code, f"robust-level.{variant}.{TOTAL}.{r.code}") for r in edition.regions]
        pool = f"robust-level.{variant}.{TOTAL}"
        if not book.pool(pool, (key for _code, key in keys)):
            continue
        pairs = []
        for code, key in keys:
            own = f"rank.{TOTAL}.{code}.{edition.assessment_year}"
            if book.has(key, own):
                target = f"robust-rank.{variant}.{code}"
                book.put(target, "rank", (key, f"pool.{pool}"), "位", direction="positive")
                pairs.append((target, own))
        parents = [target for target, _own in pairs] + [own for _target, own in pairs]
        if parents:
            book.put(f"robust-shift.{variant}", "mean-shift", parents, "位")


def _levels(book: Book, edition: Edition, variant: str) -> None:
    """Enter the levels of the assessment year under a variant, and the scores it needs."""
    year = edition.assessment_year
    rescored = variant in ("z-score", "rank", "min-max")
    aggregate = variant if variant in LEVEL_OP else edition.method.aggregate
    op, equal = LEVEL_OP[aggregate], variant == EQUAL
    for region in edition.regions:
        code = region.code
        for dimension in edition.dimensions:
            own = [i for i in edition.indicators if i.dimension == dimension.id]
            parts = [f"score.{i.id}.{code}.{year}" for i in own]
            if rescored:
                parts = [f"robust-score.{variant}.{i.id}.{code}" for i in own]
                for indicator, key in zip(own, parts, strict=True):
                    score(book, indicator, code, year, method=variant, key=key)
            target = f"robust-level.{variant}.{dimension.id}.{code}"
            level(book, target, parts, [i.id for i in own], op, equal=equal)
        parts = [f"robust-level.{variant}.{d.id}.{code}" for d in edition.dimensions]
        names = [d.id for d in edition.dimensions]
        level(book, f"robust-level.{variant}.{TOTAL}.{code}", parts, names, op, equal=equal)
