"""A small made-up assessment for the tables' tests: figures simple enough to reckon by hand."""

import datetime as dt
from pathlib import Path

from report.assessment.results import Entry, Registry, Results, Value
from report.edition.model import (
    Aggregate,
    Condition,
    Edition,
    Fact,
    Form,
    Indicator,
    Method,
    Question,
    Scenario,
    Series,
    Survey,
    Treatment,
    TypicalPath,
)
from report.errors import Place

ZONES = ("east", "west")
FORMS = ("leading", "rising", "chasing", "emerging")


def entries(prefix, count, label, **more):
    return tuple(
        Entry(f"{prefix}{n}", f"{label}{n}", f"{label[0]}{n}", **more) for n in range(1, count + 1)
    )


def small(
    regions=4,
    dimensions=2,
    years=(2019, 2020, 2021, 2022),
    *,
    survey=True,
    indicators=True,
    given=False,
    edition="t",
):
    """Level of region n in year y, dimension d: 10 n + (y − 2019) + d; total: 10 n + (y − 2019).

    So region 1 is last and its rank is ``regions``; index: 100 + 10 (y − 2019) (+ d).
    """
    base, last = years[0], years[-1]
    values = {}

    def put(key, datum, unit="", flags=()):
        op = "given" if given else "made"
        values[key] = Value(key, datum, unit, op, flags=frozenset(flags))

    areas = entries("r", regions, "地区", parent="east")
    dims = entries("d", dimensions, "维度")
    marks = []
    for d in dims:
        marks += [
            Entry(f"{d.id}-{x}", f"{d.name}指标{x}", "", d.id, unit, "统计年鉴", 2)
            for x, unit in (("a", "亿元"), ("b", "件/万人"))
        ]
    subjects = [("total", 0), *((d.id, n) for n, d in enumerate(dims, 1))]
    for year in years:
        for subject, n in subjects:
            put(f"index.{subject}.{year}", 100 + 10.25 * (year - base) + n * (year > base))
    for n, (subject, _) in enumerate(subjects[1:], 1):
        put(f"contribution.{subject}.{last}", 31.05 / dimensions + (n - (dimensions + 1) / 2), "点")
    if indicators:
        for d in dims:
            put(f"weight.{d.id}", 1 / dimensions)
        for m in marks:
            put(f"weight.{m.id}", 0.55 if m.id.endswith("a") else 0.45)
            put(f"index.{m.id}.{last}", 130.0)
            for year in years:
                put(f"indicator.{m.id}.nation.{year}", 1000.0 + year - base, m.unit)
                for k, area in enumerate(areas, 1):
                    if m.id == "d1-b" and k == 1:
                        continue  # never published for the first region
                    carried = ("carried",) if m.id == "d1-a" and year == last else ()
                    put(
                        f"indicator.{m.id}.{area.id}.{year}", 5.0 * k + year - base, m.unit, carried
                    )
            for k, area in enumerate(areas, 1):
                put(f"rank.{m.id}.{area.id}.{last}", regions + 1 - k, "位")
    if regions:
        for year in years:
            for subject, n in subjects:
                for k, area in enumerate(areas, 1):
                    put(f"level.{subject}.{area.id}.{year}", 10.0 * k + year - base + n, "分")
                    rank = regions + 1 - k
                    if year == last - 1 and k in (1, 2) and regions > 1:
                        rank = regions - 2 + k  # the two lowest have changed places since
                    put(f"rank.{subject}.{area.id}.{year}", rank, "位")
                    if year == last:
                        put(f"growth.{subject}.{area.id}.{year}", float(k), "%")
                for group in ("east", "west", "mean", "median", *FORMS):
                    put(f"level.{subject}.{group}.{year}", 30.0 + n, "分")
                    if year == last:
                        put(f"growth.{subject}.{group}.{year}", 2.5, "%")
        for subject, _n in subjects:
            for k, area in enumerate(areas, 1):
                gained = {1: -1, 2: 1}.get(k, 0) if regions > 1 else 0
                put(f"rankchange.{subject}.{area.id}.{last}", gained, "位")
        for k, area in enumerate(areas, 1):
            put(f"form.{area.id}", FORMS[(regions - k) * 4 // regions])
            put(f"robust-low.{area.id}", max(1, regions - k), "位")
            put(f"robust-median.{area.id}", regions + 1 - k, "位")
            put(f"robust-high.{area.id}", regions + 2 - k, "位")
            put(f"robust-rank.geometric.{area.id}", regions + 1 - k, "位")
        put("robust-shift.geometric", 0.0, "位")
        for form in FORMS:
            members = sum(values[f"form.{a.id}"].datum == form for a in areas)
            put(f"count.{form}", members, "个")
        put("count.pull", 2, "个")
        put("path.pull.1", areas[-1].id)
        put("path.pull.2", areas[0].id)
    put("scenario.steady.2023", 141.0)
    put("scenario.steady.2024", 151.5)
    if survey:
        for option, low, share, high in (("yes", 30.04, 33.34, 36.6), ("no", 60.0, 66.66, 70.0)):
            for end, value in (("-low", low), ("", share), ("-high", high)):
                put(f"survey{end}.cloud.{option}", value, "%", {"simulated"})
            for group in ("small", "large"):
                put(f"survey.cloud.{option}.{group}", share, "%", {"simulated"})
        put("survey-n.cloud", 300, "份", {"simulated"})
        put("survey-n.cloud.small", 200, "份", {"simulated"})
        put("survey-n.cloud.large", 100, "份", {"simulated"})
    registry = Registry(
        regions=areas,
        zones=(Entry("east", "东部"), Entry("west", "西部")),
        dimensions=dims,
        indicators=tuple(marks) if indicators else (),
        forms=tuple(Entry(f, f"形态{n}") for n, f in enumerate(FORMS)) if regions else (),
        paths=(Entry("pull", "应用拉动"),) if regions else (),
        questions=(Entry("cloud", "是否上云？", "上云"),) if survey else (),
        options=(Entry("yes", "是", parent="cloud"), Entry("no", "否", parent="cloud"))
        if survey
        else (),
        groups=(Entry("small", "小型", parent="size"), Entry("large", "大型", parent="size"))
        if survey
        else (),
        series=(Entry("gdp", "地区生产总值", unit="亿元", source="年鉴"),) if indicators else (),
    )
    return Results(edition, last, base, tuple(years), registry, values)


def small_edition(results, tmp=Path()):
    """Return an Edition that fits ``small()``: rules of forms and paths, facts, scenarios, a survey."""
    place = Place("edition.yaml")

    def form(id_, *conditions, **features):
        return Form(id_, id_, conditions, features, "", place)

    indicators = tuple(
        Indicator(
            id=i.id,
            name=i.name,
            dimension=i.parent,
            unit=i.unit,
            series="gdp",
            per="population" if i.id.endswith("b") else "",
            factor=10000.0 if i.id.endswith("b") else 1.0,
            direction="negative" if i.id == "d1-b" else "positive",
            weight=0.5,
            aggregate=Aggregate("sum") if i.id.endswith("a") else Aggregate("weighted-mean", "gdp"),
            missing="omit" if i.id == "d1-b" else "carry",
            source=i.source,
            decimals=2,
            place=place,
            treatments=(Treatment("r2", 2021, "keep", "较常年高出数倍", place),)
            if i.id == "d2-a"
            else (),
        )
        for i in results.registry.indicators
    )
    return Edition(
        id="t",
        folder=tmp,
        title="",
        subtitle="",
        notice="",
        running_title="",
        authors=(),
        publisher="",
        date=dt.date(2023, 12, 1),
        assessment_year=2022,
        base_year=2019,
        first_year=2019,
        previous="",
        regions=(),
        zones=(),
        dimensions=(),
        indicators=indicators,
        series={
            "gdp": Series("gdp", "地区生产总值", "亿元", "年鉴"),
            "population": Series("population", "常住人口", "万人", "年鉴"),
        },
        cells={},
        method=Method(),
        forms=(
            form("leading", Condition("level.total", ">=", quantile=0.75), d1="超前布局"),
            form("rising", Condition("growth.total", ">", value=2.0), d1="速度快", d2="推广快"),
            form("chasing", Condition("rank.total", "<=", value=3)),
            form("emerging"),
        ),
        paths=(
            TypicalPath(
                "pull",
                "应用拉动",
                (
                    Condition("level.d1 - level.d2", ">=", quantile=0.5),
                    Condition("indicator.d1-a", ">", value=1),
                ),
                "level.d1",
                1,
                "",
                place,
            ),
        ),
        bands={},
        facts={
            "f": Fact("f", "2020年指数为146.6", "某报告", dt.date(2021, 11, 21), place=place),
        },
        outlook={},
        scenarios=(Scenario("steady", "平稳情景", 0.8, place, note="增速为近年的八成"),),
        scenario_horizon=2,
        survey=Survey(
            "调查",
            True,
            "企业",
            "本调查数据为模拟数据",
            (Question("cloud", "是否上云？", "上云", "multiple", ()),),
            {},
            {},
            (),
            {},
            group_names={"size": "企业规模"},
        ),
        given=(),
        vintages={"figures.csv": "2023年版", "hitech.xlsx": "2023年版"},
        inputs=(),
    )
