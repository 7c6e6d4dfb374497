"""A small made-up edition with results written by hand, and a way to compose texts with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from figures.spec import FigureSpec, Point, Series
from report.assessment.results import Entry, Registry, Results, Value
from report.document.format import quantity
from report.document.model import Block, Document, Inline, Number, Table, TableCell, Text
from report.edition.model import Band, Dimension, Edition, Fact, Method
from report.errors import Place, Problem, ReportError
from report.exhibits.errors import NoData
from report.manuscript.compose import compose
from report.manuscript.helpers.exhibits import Exhibits
from report.manuscript.store import plain_text

PLACE = Place("data/x/edition.yaml", line=1)
REGIONS = {
    "110000": ("北京市", "北京", "east"),
    "320000": ("江苏省", "江苏", "east"),
    "420000": ("湖北省", "湖北", "central"),
    "510000": ("四川省", "四川", "west"),
    "540000": ("西藏自治区", "西藏", "west"),
}
LEVELS = {"110000": 80.0, "320000": 70.0, "420000": 50.0, "510000": 50.0, "540000": 20.0}
UNITS = {"level": "分", "growth": "%", "rank": "位", "rankchange": "位", "survey": "%"}


def registry(dimensions: tuple[str, ...] = ("基础设施建设", "技术创新能力")) -> Registry:
    ids = ("infrastructure", "innovation", "security", "talent", "green")
    return Registry(
        regions=tuple(Entry(c, n, s, z) for c, (n, s, z) in REGIONS.items()),
        zones=tuple(
            Entry(i, n, n) for i, n in (("east", "东部"), ("central", "中部"), ("west", "西部"))
        ),
        dimensions=tuple(
            Entry(i, n, n[:4], note="定义。") for i, n in zip(ids, dimensions, strict=False)
        ),
        indicators=(Entry("ports", "接入端口", "接入端口", "infrastructure", "万个", "年鉴", 1),),
        forms=(Entry("leading", "示范引领", note="走在前列。"), Entry("emerging", "孕育起步")),
        questions=(Entry("use", "用不用？", "应用情况", "innovation"),),
        options=(Entry("yes", "用", parent="use"), Entry("no", "不用", parent="use")),
        groups=(
            Entry("large", "大型企业", parent="size"),
            Entry("small", "小微企业", parent="size"),
        ),
    )


def values() -> dict[str, float | str]:
    found: dict[str, float | str] = {
        "index.total.2020": 100.0,
        "index.total.2021": 110.04,
        "index.total.2022": 120.06,
        "index.infrastructure.2021": 105.0,
        "index.infrastructure.2022": 104.0,
        "index.innovation.2021": 110.04,
        "index.innovation.2022": 110.01,
        "indicator.ports.nation.2021": 400.0,
        "indicator.ports.nation.2022": 500.0,
        "indicator.ports.320000.2022": 150.0,
        "indicator.ports.110000.2022": 150.0,
        "level.total.mean.2022": 54.0,
        "level.total.east.2022": 75.0,
        "level.total.central.2022": 50.0,
        "level.total.west.2022": 35.0,
        "dispersion.total.2021": 0.42,
        "dispersion.total.2022": 0.4,
        "count.leading": 2.0,
        "count.emerging": 3.0,
    }
    for n, (code, level) in enumerate(LEVELS.items(), 1):
        found[f"level.total.{code}.2022"] = level
        found[f"rank.total.{code}.2022"] = 3 if level == 50.0 else n
        found[f"form.{code}"] = "leading" if n < 3 else "emerging"
        found[f"rankchange.total.{code}.2022"] = {2: 2, 4: -1, 5: -1}.get(n, 0)
        for dimension, offset in (("infrastructure", 5.0), ("innovation", -n)):
            found[f"level.{dimension}.{code}.2022"] = level + offset
            found[f"rank.{dimension}.{code}.2022"] = n if dimension == "innovation" else 6 - n
    for group, (yes, no) in {
        "": (60.0, 40.0),
        ".large": (80.0, 20.0),
        ".small": (50.0, 50.0),
    }.items():
        for option, share in (("yes", yes), ("no", no)):
            found[f"survey.use.{option}{group}"] = share
            found[f"survey-low.use.{option}{group}"] = share - 4
            found[f"survey-high.use.{option}{group}"] = share + 4
    found["survey-n.use"] = 200.0
    return found


def results(
    given: Mapping[str, float | str] | None = None, known: Registry | None = None
) -> Results:
    def unit(key: str) -> str:
        family = key.partition(".")[0]
        if family == "indicator":
            return "万个"
        return UNITS.get(family.partition("-")[0] if family != "survey-n" else "", "none")

    found = values() if given is None else given
    return Results(
        "x", 2022, 2020, (2020, 2021, 2022), known or registry(),
        {key: Value(key, datum, unit(key), "given") for key, datum in found.items()},
    )  # fmt: skip


def edition() -> Edition:
    return Edition(
        id="x", folder=Path("data/x"), title="测算报告（2023年）", subtitle="", notice="示例报告",
        running_title="", authors=("甲", "乙"), publisher="", date=dt.date(2023, 12, 1),
        assessment_year=2022, base_year=2020, first_year=2020, previous="", regions=(), zones=(),
        dimensions=(Dimension("infrastructure", "基础设施建设", "", 0.5, PLACE),), indicators=(),
        series={}, cells={}, method=Method(), forms=(), paths=(),
        bands={
            "index-change": (Band(10.0, "大幅提升", PLACE), Band(0.5, "稳步提升", PLACE),
                             Band(float("-inf"), "有所回落", PLACE)),
            "level-gap": (Band(10.0, "明显领先", PLACE), Band(float("-inf"), "大体相当", PLACE)),
        },
        facts={"f1": Fact("f1", "指数为146.6", "《公开报告》", dt.date(2021, 11, 21))},
        outlook={}, scenarios=(), scenario_horizon=3, survey=None, given=(), vintages={}, inputs=(),
        editorial={"cases": {"cases": [{"title": "案例甲", "text": "正文。"}]}},
    )  # fmt: skip


def figure_spec(kind: str, id_: str, results: Results, **params: object) -> FigureSpec:
    if kind == "none":
        raise NoData("企业问卷调查")
    if kind == "unknown":
        raise ReportError(Problem(None, "no figure is called 'unknown'"))
    points = (Point("甲", 1.0, "1.0", str(params["of"])),) if kind == "values" else ()
    return FigureSpec(
        kind, id_, "缺省图题", (Series("甲", points),) if points else (), source="年鉴",
        options=params, simulated=kind == "simulated",
    )  # fmt: skip


def table(kind: str, id_: str, results: Results, **params: object) -> Table:
    cell = TableCell((Text("甲"),))
    if kind == "survey":
        cell = TableCell((Number(quantity(results, "survey.use.yes")),))
    return Table(id_, (Text("缺省表题"),), ((cell,),), ((cell,),), (1.0,), source="年鉴")


EXHIBITS = Exhibits(figure_spec, table, lambda spec: f"图：{spec.title}")


@dataclass
class Press:
    """Composes texts; ``results`` and ``edition`` may be changed beforehand."""

    folder: Path
    results: Results = field(default_factory=results)
    edition: Edition = field(default_factory=edition)

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def document(self) -> Document:
        return compose(self.edition, self.results, None, self.folder, exhibits=EXHIBITS)

    def __call__(self, text: str, **parts: str) -> tuple[Block, ...]:
        """Compose one part whose template is ``text``; return its blocks after the heading."""
        self.write("parts/p.md.j2", "# 题 {#p}\n\n" + text)
        if not (self.folder / "report.yaml").exists():
            self.write("report.yaml", "parts:\n  - {id: p, content: parts/p.md.j2}\n")
        return tuple(self.document().blocks())[1:]

    def say(self, text: str) -> str:
        """Compose a text and return the words of its first paragraph."""
        return plain_text(self.inlines(text))

    def inlines(self, text: str) -> tuple[Inline, ...]:
        return self(text)[0].inlines  # type: ignore[union-attr]

    def problems(self, text: str) -> tuple[Problem, ...]:
        with pytest.raises(ReportError) as caught:
            self(text)
        return caught.value.problems

    def problem(self, text: str) -> Problem:
        """Compose a text with one mistake; its place is relative to the text."""
        (found,) = self.problems(text)
        assert found.place is not None
        return replace(found, place=replace(found.place, line=found.place.line - 2))


@pytest.fixture
def press(tmp_path: Path) -> Press:
    folder = tmp_path / "templates"
    folder.mkdir()
    return Press(folder)
