"""Editions for the assessment's tests, built in memory: a tiny one to compute by hand, a random one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from report.edition.model import (
    Aggregate,
    Cell,
    Condition,
    Dimension,
    Edition,
    Form,
    Indicator,
    Method,
    Option,
    Question,
    Region,
    Scenario,
    Series,
    Survey,
    TypicalPath,
    Zone,
)
from report.errors import Place

ZONES = (Zone("north", "北部", "North"), Zone("south", "南部", "South"))


def cells(table: Mapping[tuple[str, str], Mapping[int, float | None]]) -> dict[Any, Cell]:
    """{(series, region): {year: value}} → cells, each with a place of its own."""
    found = {}
    for (series, region), figures in table.items():
        for year, value in figures.items():
            place = Place("figures.csv", line=len(found) + 2)
            found[series, region, year] = Cell(value, place)
    return found


def indicator(name: str, dimension: str, weight: float, **more: Any) -> Indicator:
    settings: dict[str, Any] = {
        "name": name,
        "unit": "件",
        "series": name,
        "per": "",
        "factor": 1.0,
        "direction": "positive",
        "aggregate": Aggregate("sum"),
        "missing": "omit",
        "source": "年鉴",
        "decimals": 1,
        "place": Place("indicators.yaml", line=1),
    }
    return Indicator(id=name, dimension=dimension, weight=weight, **(settings | more))


def edition(**more: Any) -> Edition:
    settings: dict[str, Any] = {
        "id": "test",
        "folder": Path("data/test"),
        "title": "题名",
        "subtitle": "",
        "notice": "示例报告",
        "running_title": "题名",
        "authors": (),
        "publisher": "",
        "date": dt.date(2023, 11, 1),
        "assessment_year": 2021,
        "base_year": 2019,
        "first_year": 2019,
        "previous": "",
        "regions": (),
        "zones": ZONES,
        "dimensions": (),
        "indicators": (),
        "series": {},
        "cells": {},
        "method": Method(robustness_draws=200),
        "forms": (),
        "paths": (),
        "bands": {},
        "facts": {},
        "outlook": {},
        "scenarios": (),
        "scenario_horizon": 3,
        "survey": None,
        "given": (),
        "vintages": {},
        "inputs": (),
    }
    return Edition(**(settings | more))


def regions(codes: Sequence[str], zones: Sequence[str]) -> tuple[Region, ...]:
    return tuple(
        Region(code, f"地区{code}", f"区{code}", f"R{code}", zone, (0, n))
        for n, (code, zone) in enumerate(zip(codes, zones, strict=True))
    )


def dimension(name: str, weight: float) -> Dimension:
    return Dimension(name, name, name, weight, Place("indicators.yaml", line=2))


def tiny(**more: Any) -> Edition:
    """Two dimensions, three regions, 2019–2021: small enough to compute every number by hand.

    build: ports (scale, 0.6), lines (per people, × 10, 0.4); skill: energy (negative, 1.0).
    """
    table = {
        ("ports", "110000"): {2019: 10, 2020: 20, 2021: 40},
        ("ports", "120000"): {2019: 20, 2020: 20, 2021: 20},
        ("ports", "130000"): {2019: 30, 2020: 40, 2021: 60},
        ("lines", "110000"): {2019: 4, 2020: 6, 2021: 10},
        ("lines", "120000"): {2019: 9, 2020: 12, 2021: 15},
        ("lines", "130000"): {2019: 2, 2020: 4, 2021: 8},
        ("people", "110000"): {2019: 2, 2020: 2, 2021: 2},
        ("people", "120000"): {2019: 3, 2020: 3, 2021: 3},
        ("people", "130000"): {2019: 5, 2020: 5, 2021: 5},
        ("energy", "110000"): {2019: 8, 2020: 5, 2021: 4},
        ("energy", "120000"): {2019: 8, 2020: 8, 2021: 8},
        ("energy", "130000"): {2019: 16, 2020: 8, 2021: 4},
    }
    settings: dict[str, Any] = {
        "regions": regions(("110000", "120000", "130000"), ("north", "north", "south")),
        "dimensions": (dimension("build", 0.75), dimension("skill", 0.25)),
        "indicators": (
            indicator("ports", "build", 0.6),
            indicator("lines", "build", 0.4, per="people", factor=10.0),
            indicator("energy", "skill", 1.0, direction="negative", aggregate=Aggregate("mean")),
        ),
        "series": {s: Series(s, s, "件", "年鉴") for s in ("ports", "lines", "people", "energy")},
        "cells": cells(table),
        "forms": (
            Form(
                "leading",
                "领先",
                (
                    Condition("level.total", ">=", quantile=0.5, place=Place("forms.yaml", line=1)),
                    Condition("level.build - level.skill", ">", value=-30.0),
                ),
                {},
                "",
                Place("forms.yaml"),
            ),
            Form("rest", "其余", (), {}, "", Place("forms.yaml")),
        ),
        "paths": (
            TypicalPath(
                "fast",
                "快速",
                (Condition("growth.total", ">", value=0.0),),
                "level.build - level.skill",
                2,
                "",
                Place("paths.yaml"),
            ),
        ),
        "scenarios": (Scenario("steady", "稳健", 0.5, Place("outlook.yaml", line=3)),),
        "survey": survey(),
    }
    return edition(**(settings | more))


def survey() -> Survey:
    return Survey(
        title="调查",
        simulated=True,
        population="企业",
        note="",
        questions=(
            Question("q1", "是否上云", "上云", "single", (Option("yes", "是"), Option("no", "否"))),
            Question(
                "q2",
                "用途",
                "用途",
                "multiple",
                (Option("a", "甲"), Option("b", "乙"), Option("c", "丙")),
            ),
        ),
        groups={"size": (Option("large", "大"), Option("small", "小"))},
        columns={
            "q1": ("yes", "no", "yes", ""),
            "q2": ("a|b", "b", "", "a"),
            "size": ("large", "small", "small", "large"),
        },
        weights=(1.0, 2.0, 3.0, 4.0),
        ranges={
            "q1": Place("survey.csv", cell="B2:B5"),
            "q2": Place("survey.csv", cell="C2:C5"),
            "size": Place("survey.csv", cell="D2:D5"),
        },
    )


def random_edition(
    seed: int = 1,
    *,
    n_dimensions: int = 5,
    n_regions: int = 12,
    n_indicators: int = 3,
    missing: float = 0.0,
    **more: Any,
) -> Edition:
    """Positive random figures for any number of dimensions and regions, 2018–2022."""
    rng = np.random.Generator(np.random.PCG64(seed))
    codes = [f"{11 + n}0000" for n in range(n_regions)]
    table: dict[tuple[str, str], dict[int, float | None]] = {}
    indicators = []
    policies = ("omit", "carry", "interpolate", "regional-mean")
    for code in codes:
        table["people", code] = {y: float(rng.uniform(5, 50)) for y in range(2018, 2023)}
    for d in range(n_dimensions):
        for i in range(n_indicators):
            name = f"ind-{d}-{i}"
            for code in codes:
                start, growth = rng.uniform(10, 100), rng.uniform(0.95, 1.3)
                table[name, code] = {
                    y: None if rng.random() < missing else float(start * growth ** (y - 2018))
                    for y in range(2018, 2023)
                }
            indicators.append(
                indicator(
                    name,
                    f"dim-{d}",
                    1.0 / n_indicators,
                    per="people" if i == 1 else "",
                    direction="negative" if i == 2 else "positive",
                    aggregate=Aggregate("mean") if i == 2 else Aggregate("sum"),
                    missing=policies[(d + i) % 4],
                )
            )
    settings: dict[str, Any] = {
        "assessment_year": 2022,
        "first_year": 2018,
        "regions": regions(codes, [ZONES[n % 2].id for n in range(n_regions)]),
        "dimensions": tuple(dimension(f"dim-{d}", 1 / n_dimensions) for d in range(n_dimensions)),
        "indicators": tuple(indicators),
        "series": {s: Series(s, s, "件", "年鉴") for s, _code in table},
        "cells": cells(table),
        "forms": (
            Form(
                "leading",
                "领先",
                (Condition("level.total", ">=", quantile=0.75),),
                {},
                "",
                Place("forms.yaml"),
            ),
            Form(
                "rising",
                "崛起",
                (Condition("growth.total", ">=", quantile=0.5),),
                {},
                "",
                Place("forms.yaml"),
            ),
            Form("rest", "其余", (), {}, "", Place("forms.yaml")),
        ),
        "scenarios": (Scenario("steady", "稳健", 0.5, Place("outlook.yaml", line=3)),),
        "survey": survey(),
    }
    return edition(**(settings | more))
