"""Figures by name: what an editor calls as ``figure("national-index", id="fig-…")``."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from figures.spec import FigureSpec
from report.assessment.results import Results
from report.edition.model import Edition
from report.errors import Problem, TemplateError
from report.exhibits.errors import NoData
from report.exhibits.figures import forms, national, regional, survey, system
from report.exhibits.figures.parts import Sources
from report.i18n import _

BUILDERS: Mapping[str, Callable[..., FigureSpec]] = MappingProxyType(
    {
        "contribution-waterfall": national.contribution_waterfall,
        "dimension-indices": national.dimension_indices,
        "dispersion": regional.dispersion,
        "form-dimensions": forms.form_dimensions,
        "form-matrix": forms.form_matrix,
        "form-profile": forms.form_profile,
        "form-quadrant": forms.form_quadrant,
        "form-radar": forms.form_radar,
        "framework": system.framework,
        "growth-lollipop": regional.growth_lollipop,
        "indicator-growth": national.growth_of_indicators,
        "indicator-indices": national.indicator_indices,
        "indicator-ranking": regional.indicator_ranking,
        "indicator-scatter": regional.indicator_scatter,
        "indicator-trends": national.indicator_trends,
        "level-heatmap": regional.level_heatmap,
        "national-index": national.national_index,
        "path-profile": forms.path_profile,
        "rank-slope": regional.rank_slope,
        "ranking": regional.ranking,
        "region-profile": regional.dimension_profile,
        "robustness": regional.robustness,
        "scenario-fan": national.scenario_fan,
        "share-stack": survey.share_stack,
        "survey-bars": survey.survey_bars,
        "survey-groups": survey.survey_groups,
        "tile-map": regional.tile_map,
        "weights": system.weights,
        "zone-comparison": regional.zone_comparison,
        "zone-dumbbell": regional.zone_dumbbell,
    }
)


def figure_spec(
    kind: str,
    id: str,  # noqa: A002 - the word an editor writes
    results: Results,
    *,
    edition: Edition | None = None,
    previous: Results | None = None,
    **params: Any,
) -> FigureSpec:
    """Build the spec of the figure called ``kind``; its title is a plain default for the caption.

    Raises NoData where this edition cannot fill it, TemplateError (without a place, which the caller
    knows) for an unknown kind, parameter or value.
    """
    builder = BUILDERS.get(kind)
    if builder is None:
        near = difflib.get_close_matches(kind, BUILDERS, n=3, cutoff=0.4) or sorted(BUILDERS)
        raise TemplateError(
            Problem(
                None,
                _("no figure is called {name}").format(name=repr(kind)),
                _("the name of a figure"),
                _("the nearest: {names}").format(names=", ".join(near)),
            )
        )
    accepted = dict(list(inspect.signature(builder).parameters.items())[2:])
    known = list(accepted)
    problems = [
        Problem(
            None,
            _("figure {kind} has no parameter {name}").format(kind=repr(kind), name=repr(name)),
            _("one of: {names}").format(names=", ".join(known)) if known else "",
        )
        for name in params
        if name not in known
    ]
    problems += [
        Problem(
            None,
            _("{name}={value} is not a value this figure knows").format(
                name=name, value=repr(value)
            ),
            _wanted(accepted[name].default),
        )
        for name, value in params.items()
        if name in accepted and type(value) is not type(accepted[name].default)
    ]
    if problems:
        raise TemplateError(problems)
    return builder(Sources(results, edition, previous), id, **params)


def _wanted(default: object) -> str:
    if isinstance(default, bool):
        return _("true or false")
    return _("a whole number") if isinstance(default, int) else _("a text in quotes")


__all__ = ["BUILDERS", "NoData", "figure_spec"]
