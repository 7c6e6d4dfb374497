"""Tables by name: what an editor calls as ``table("indicator-system", id="tbl-…")``."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable, Mapping
from types import MappingProxyType

from report.assessment.results import Results
from report.document.model import Table
from report.edition.model import Edition
from report.errors import Problem, TemplateError
from report.exhibits.errors import NoData
from report.exhibits.tables import defects, forms, national, provincial, robustness, survey, system
from report.exhibits.tables.grid import Sources
from report.i18n import _

BUILDERS: Mapping[str, Callable[..., Table]] = MappingProxyType(
    {
        "contribution-table": national.contribution,
        "data-notes": defects.data_notes,
        "facts-list": system.facts_list,
        "form-features": forms.form_features,
        "form-means": forms.form_means,
        "form-membership": forms.form_membership,
        "growth-table": provincial.growth_table,
        "indicator-definitions": system.indicator_definitions,
        "indicator-index": national.indicator_index,
        "indicator-system": system.indicator_system,
        "indicator-matrix": provincial.indicator_matrix,
        "indicator-values": provincial.indicator_values,
        "level-matrix": provincial.level_matrix,
        "level-ranking": provincial.level_ranking,
        "national-index": national.national_index,
        "path-criteria": forms.path_criteria,
        "path-table": forms.path_table,
        "previous-comparison": national.previous_comparison,
        "rank-change": provincial.rank_change,
        "robustness-table": robustness.robustness_table,
        "scenario-table": national.scenarios,
        "sources": system.sources_table,
        "survey-profile": survey.survey_profile,
        "survey-table": survey.survey_table,
        "variants": robustness.variants,
        "weights": system.weights,
        "zone-table": provincial.zone_table,
    }
)


def table(
    kind: str,
    id: str,  # noqa: A002 - the word an editor writes
    results: Results,
    *,
    edition: Edition | None = None,
    previous: Results | None = None,
    **params: object,
) -> Table:
    """Build the table called ``kind``; its caption is a plain default that a template replaces.

    Raises NoData where this edition cannot fill it, TemplateError (without a place, which the caller
    knows) for an unknown kind or parameter.
    """
    builder = BUILDERS.get(kind)
    if builder is None:
        near = difflib.get_close_matches(kind, BUILDERS, n=3, cutoff=0.4) or sorted(BUILDERS)
        raise TemplateError(
            Problem(
                None,
                _("no table is called {name}").format(name=repr(kind)),
                _("the name of a table"),
                _("the nearest: {names}").format(names=", ".join(near)),
            )
        )
    known = list(inspect.signature(builder).parameters)[2:]
    problems = [
        Problem(
            None,
            _("table {kind} has no parameter {name}").format(kind=repr(kind), name=repr(name)),
            _("one of: {names}").format(names=", ".join(known)) if known else "",
        )
        for name in params
        if name not in known
    ]
    if problems:
        raise TemplateError(problems)
    return builder(Sources(results, edition, previous), id, **params)


__all__ = ["BUILDERS", "NoData", "table"]
