"""Specs of every kind, made from a fixed seed: shared by the figures' tests."""

from __future__ import annotations

import csv
import random
from pathlib import Path

from figures.spec import FigureSpec, Point, Series

ROOT = Path(__file__).parents[2]
YEARS = ("2018", "2019", "2020", "2021", "2022")
DIMENSIONS = ("基础设施", "融合应用", "技术创新", "产业生态", "安全保障")
FORMS = (
    ("leading", "示范引领"),
    ("rising", "快速崛起"),
    ("chasing", "后发追赶"),
    ("emerging", "孕育起步"),
)
ZONES = ("东部", "中部", "西部", "东北")


def regions(count: int = 31) -> list[dict[str, str]]:
    with (ROOT / "data/regions.csv").open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))[:count]


def number(value: float | None, decimals: int = 1, *, sign: bool = False) -> str:
    if value is None:
        return ""
    text = f"{abs(value):.{decimals}f}"
    return ("−" if value < 0 else "+" if sign else "") + text


def point(
    label: str, value: float | None, *, key: str = "", decimals: int = 1, **more: object
) -> Point:
    return Point(label, value, number(value, decimals), key if value is not None else "", **more)  # type: ignore[arg-type]


def samples(dimensions: int = 4, count: int = 31) -> dict[str, FigureSpec]:
    """Return one spec or more for every kind, by a name of its own."""
    rng = random.Random(7)
    dims = DIMENSIONS[:dimensions]
    places = regions(count)
    levels = {r["code"]: min(96.0, 12 + rng.expovariate(1 / 16)) for r in places}
    growth = {r["code"]: rng.gauss(9, 3.2) for r in places}
    form = {
        code: "leading"
        if level > 45
        else "rising"
        if level > 25 and growth[code] > 9
        else "chasing"
        if level > 20
        else "emerging"
        for code, level in levels.items()
    }
    ranked = sorted(places, key=lambda r: -levels[r["code"]])
    rank = {r["code"]: i + 1 for i, r in enumerate(ranked)}
    specs: dict[str, FigureSpec] = {}

    def add(name: str, kind: str, series: list[Series], **more: object) -> None:
        specs[name] = FigureSpec(
            kind, f"fig-{name}", more.pop("title", f"{name}示意图样例"), tuple(series), **more
        )  # type: ignore[arg-type]

    runs = []
    for i, dim in enumerate(("总指数", *dims)):
        value, points = 100.0, []
        for year in YEARS[1:]:
            points.append(point(year, value, key=f"index.d{i}.{year}"))
            value *= 1.06 + rng.random() * 0.16
        runs.append(Series(dim, tuple(points), "total" if i == 0 else ""))
    base = Series("基期=100", (Point("基期", 100.0, "100"),), "reference")
    add(
        "lines",
        "lines",
        [*runs, base],
        y_label="2019年=100",
        title="全国工业互联网发展指数及分维度指数",
    )
    add("lines-one", "lines", [Series("综合水平", runs[1].points)], unit="分")
    add(
        "lines-gap",
        "lines",
        [Series("有缺口", (*runs[0].points[:2], Point("2021", None), runs[0].points[3]))],
    )
    future = [
        Series(
            name,
            tuple(
                point(
                    str(2022 + k),
                    (runs[0].points[-1].value or 0) * f**k,
                    key=f"scenario.{name}.{2022 + k}",
                )
                for k in (1, 2, 3)
            ),
            "scenario",
        )
        for name, f in (("延续情景", 1.1), ("放缓情景", 1.06), ("趋稳情景", 1.03))
    ]
    add("fan", "fan", [runs[0], *future], y_label="2019年=100")

    bars = [
        point(
            r["short"],
            levels[r["code"]],
            key=f"level.total.{r['code']}.2022",
            code=r["code"],
            group=r["zone"],
            x=float(rank[r["code"]]),
            x_text=str(rank[r["code"]]),
            x_key=f"rank.total.{r['code']}.2022",
        )
        for r in ranked
    ]
    mean = sum(levels.values()) / len(levels)
    average = Series(
        "各地区均值", (Point("均值", mean, number(mean), "level.total.mean.2022"),), "reference"
    )
    add(
        "bars",
        "bars",
        [Series("综合水平", tuple(bars)), average],
        unit="分",
        options={"highlight": [r["code"] for r in ranked[:3]]},
    )
    add(
        "bars-zone",
        "bars",
        [Series("综合水平", tuple(bars)), average],
        unit="分",
        groups=tuple((z, z) for z in dict.fromkeys(r["zone"] for r in places)),
    )
    add(
        "bars-gap",
        "bars",
        [Series("软件业务收入", (*bars[:9], Point("西藏", None, code="540000")))],
        unit="亿元",
    )
    add(
        "bars-long",
        "bars",
        [
            Series(
                "指标",
                tuple(
                    point(n, v)
                    for n, v in (
                        ("有电子商务交易活动的企业比重", 120.3),
                        ("每万人有效发明专利数", -8.2),
                        ("电子商务销售额与地区生产总值之比", 30.0),
                    )
                ),
            )
        ],
        unit="%",
    )
    moves = sorted(places, key=lambda r: -growth[r["code"]])
    add(
        "lollipop",
        "lollipop",
        [
            Series(
                "增速",
                tuple(
                    point(
                        r["short"],
                        growth[r["code"]] - 5,
                        key=f"growth.total.{r['code']}.2022",
                        code=r["code"],
                    )
                    for r in moves
                ),
            ),
            Series("均值", (point("均值", 4.1, key="growth.total.mean.2022"),), "reference"),
        ],
        unit="%",
        options={"highlight": [moves[0]["code"]]},
    )

    add(
        "columns",
        "columns",
        [
            Series(
                d, tuple(point(z, 20 + rng.random() * 50, key=f"level.{d}.{z}.2022") for z in ZONES)
            )
            for d in dims
        ],
        unit="分",
    )
    add(
        "columns-one",
        "columns",
        [Series("综合水平", tuple(point(z, 20 + rng.random() * 50) for z in ZONES)), average],
        unit="分",
    )
    add(
        "columns-many",
        "columns",
        [
            Series(
                d, tuple(point(z + "地区企业", 20 + rng.random() * 50) for z in "甲乙丙丁戊己庚")
            )
            for d in ("一", "二", "三", "四", "五")
        ],
        unit="分",
    )
    steps = [point("2019年", 100.0, group="start")] + [
        point(d, 3 + rng.random() * 20, key=f"contribution.{d}.2022") for d in dims
    ]
    end = sum(p.value or 0 for p in steps)
    add(
        "waterfall",
        "waterfall",
        [Series("总指数", (*steps, point("2022年", end, group="end")))],
        y_label="2019年=100",
    )
    many = [point("2019年", 100.0, group="start")] + [
        point(f"企业平均电子商务指标{i}", rng.gauss(2, 2)) for i in range(14)
    ]
    add(
        "waterfall-many",
        "waterfall",
        [Series("总指数", (*many, point("2022年", sum(p.value or 0 for p in many), group="end")))],
        y_label="2019年=100",
    )
    names = (
        "互联网宽带接入端口",
        "移动互联网接入流量",
        "每万人光缆线路长度",
        "固定宽带接入普及率",
        "移动互联网普及率",
        "软件业务收入",
    )
    units = ("万个", "亿GB", "公里/万人", "户/百人", "户/百人", "亿元")
    panels = []
    for name, unit in zip(names, units, strict=True):
        v = 1000 * rng.random() + 50
        pts = []
        for year in YEARS:
            pts.append(point(year, v, key=f"indicator.{name}.nation.{year}"))
            v *= 0.96 + rng.random() * 0.3
        panels.append(Series(name, tuple(pts), unit=unit))
    gap = panels[2].points
    panels[2] = Series(
        panels[2].name, (*gap[:2], Point("2020", None), *gap[3:]), unit=panels[2].unit
    )
    add("multiples", "multiples", panels)

    rows = {r["code"]: [i // 7, i % 7] for i, r in enumerate(places)}
    add(
        "tile-map",
        "tile-map",
        [Series("综合水平", tuple(bars))],
        unit="分",
        options={"tiles": rows},
    )
    add(
        "tile-map-gap",
        "tile-map",
        [Series("软件业务收入", (*bars[1:], Point(bars[0].label, None, code=bars[0].code)))],
        unit="分",
        options={"tiles": rows},
    )
    spots = [
        point(
            r["short"],
            growth[r["code"]],
            key=f"growth.total.{r['code']}.2022",
            x=levels[r["code"]],
            x_text=number(levels[r["code"]]),
            x_key=f"level.total.{r['code']}.2022",
            group=form[r["code"]],
            code=r["code"],
        )
        for r in places
    ]
    limits = Series(
        "阈值",
        (
            Point("水平均值", None, x=mean, x_text=number(mean), x_key="level.total.mean.2022"),
            point("增速中位数", 9.0, key="growth.total.median.2022"),
        ),
        "reference",
    )
    add(
        "quadrant",
        "quadrant",
        [Series("地区", tuple(spots)), limits],
        unit="%",
        x_unit="分",
        y_label="年均增速",
        x_label="综合水平",
        groups=FORMS,
    )
    add(
        "scatter",
        "scatter",
        [
            Series("地区", tuple(spots)),
            Series("相关", (point("相关系数 r =", -0.4321, decimals=2),), "statistic"),
        ],
        unit="%",
        x_unit="分",
        y_label="年均增速",
        x_label="综合水平",
    )

    def profile(name: str, role: str = "") -> Series:
        return Series(
            name,
            tuple(point(d, 15 + rng.random() * 70, key=f"level.{d}.{name}.2022") for d in dims),
            role,
        )

    add("radar", "radar", [profile("示范引领"), profile("各地区均值", "reference")], unit="分")
    add(
        "radar-four",
        "radar",
        [*(profile(n) for _, n in FORMS), profile("各地区均值", "reference")],
        unit="分",
    )
    table = [
        Series(
            r["short"],
            tuple(
                point(
                    d,
                    max(0, min(100, levels[r["code"]] + rng.gauss(0, 9))),
                    key=f"level.{d}.{r['code']}.2022",
                    group=r["zone"],
                )
                for d in dims
            ),
        )
        for r in places
    ]
    add(
        "heatmap",
        "heatmap",
        sorted(
            table,
            key=lambda s: (
                [z for z in ("东部", "中部", "西部", "东北") if True].index(s.points[0].group)
                if s.points[0].group in ZONES
                else 9
            ),
        ),
        unit="分",
        groups=tuple((z, z) for z in ZONES),
    )
    add(
        "heatmap-plain",
        "heatmap",
        [*table[:8], Series("缺口", (Point(dims[0], None), *(point(d, 30.0) for d in dims[1:])))],
        unit="分",
        options={"by": "column"},
    )
    old = sorted(places, key=lambda r: -(levels[r["code"]] + rng.gauss(0, 4)))
    before = {r["code"]: i + 1 for i, r in enumerate(old)}
    add(
        "slope",
        "slope",
        [
            Series(
                "位次",
                tuple(
                    Point(
                        r["short"],
                        float(rank[r["code"]]),
                        str(rank[r["code"]]),
                        f"rank.total.{r['code']}.2022",
                        x=float(before[r["code"]]),
                        x_text=str(before[r["code"]]),
                        x_key=f"rank.total.{r['code']}.2021",
                        code=r["code"],
                    )
                    for r in places
                ),
            )
        ],
        unit="位",
        options={"before": "2021年", "after": "2022年"},
    )
    answers = (
        "改造投入资金压力大",
        "缺少既懂工艺又懂数字技术的人才",
        "设备联网与数据采集困难",
        "投资回报不明确",
        "数据安全顾虑",
        "其他",
    )

    def share(name: str) -> Series:
        pts = []
        for a in answers:
            v = 8 + rng.random() * 55
            pts.append(
                point(
                    a,
                    v,
                    key=f"survey.q.{a}",
                    low=v - 4,
                    high=v + 4.5,
                    low_text=number(v - 4),
                    high_text=number(v + 4.5),
                )
            )
        return Series(name, tuple(pts))

    add(
        "survey",
        "survey",
        [share("全部企业")],
        unit="%",
        simulated=True,
        title="企业推进工业互联网面临的主要困难",
    )
    add(
        "survey-groups",
        "survey",
        [share(n) for n in ("大型企业", "中型企业", "小微企业")],
        unit="%",
        simulated=True,
    )
    stacks = [
        Series(
            n,
            tuple(
                point(z, v * (0.9 + 0.05 * i), key=f"survey.q.{n}.{z}")
                for i, z in enumerate(("大型", "中型", "小型", "微型"))
            ),
        )
        for n, v in (
            ("已规模化应用", 21.0),
            ("局部试点", 34.0),
            ("规划中", 25.0),
            ("暂无计划", 17.4),
            ("不了解", 2.6),
        )
    ]
    add("stacked", "stacked", stacks, unit="%", simulated=True)
    add(
        "dumbbell",
        "dumbbell",
        [
            Series(
                "水平",
                tuple(
                    point(
                        z,
                        30 + rng.random() * 40,
                        key=f"level.total.{z}.2022",
                        x=(b := 20 + rng.random() * 20),
                        x_text=number(b),
                        x_key=f"level.total.{z}.2019",
                    )
                    for z in ZONES
                ),
            )
        ],
        unit="分",
        options={"before": "2019年", "after": "2022年"},
    )
    add(
        "dots",
        "dots",
        [
            *(profile(n) for n in ("江苏", "广东", "浙江", "山东")),
            profile("各地区均值", "reference"),
        ],
        unit="分",
    )
    strips = [
        Series(
            d,
            tuple(
                point(
                    r["short"],
                    max(0, min(100, levels[r["code"]] + rng.gauss(0, 7))),
                    key=f"level.{d}.{r['code']}.2022",
                )
                for r in places
            ),
        )
        for d in dims
    ]
    add(
        "strip",
        "strip",
        [
            *strips,
            Series(
                "中位数",
                tuple(
                    point(
                        s.name,
                        sorted(p.value or 0 for p in s.points)[len(s.points) // 2],
                        key=f"level.{s.name}.median.2022",
                    )
                    for s in strips
                ),
                "reference",
            ),
            Series(
                "变异系数",
                tuple(
                    point(s.name, rng.random(), decimals=3, key=f"dispersion.{s.name}.2022")
                    for s in strips
                ),
                "statistic",
            ),
        ],
        unit="分",
    )
    spans = []
    for r in ranked:
        k = rank[r["code"]]
        lo, hi = max(1, k - rng.randrange(4)), min(count, k + rng.randrange(4))
        spans.append(
            Point(
                r["short"],
                float(k),
                str(k),
                f"robust-median.{r['code']}",
                x=float(k),
                x_text=str(k),
                x_key=f"rank.total.{r['code']}.2022",
                low=float(lo),
                high=float(hi),
                low_text=str(lo),
                high_text=str(hi),
                low_key=f"robust-low.{r['code']}",
                high_key=f"robust-high.{r['code']}",
                code=r["code"],
            )
        )
    add("intervals", "intervals", [Series("位次", tuple(spans))], unit="位")
    add(
        "weights",
        "weights",
        [
            Series(
                d,
                (
                    point(d, 25.0, key=f"weight.{d}", group="whole"),
                    *(
                        point(n, w, key=f"weight.{n}")
                        for n, w in zip(names, (20.0, 20.0, 15.0, 15.0, 15.0, 15.0), strict=True)
                    ),
                ),
            )
            for d in dims
        ],
        unit="%",
    )
    add(
        "flow",
        "flow",
        [
            Series(
                "数据来源",
                (
                    Point("官方统计", None, "国家统计局、统计年鉴"),
                    Point("企业调查", None, "模拟数据，分规模加权"),
                ),
            ),
            Series("指标体系", tuple(Point(d, None, f"{i + 4}项指标") for i, d in enumerate(dims))),
            Series(
                "测算方法",
                (
                    Point("标准化", None, "极差法"),
                    Point("加权合成", None, "算术平均"),
                    Point("稳健性检验", None, "权重扰动1000次"),
                ),
            ),
            Series(
                "结果",
                (
                    Point("全国指数", None, "定基，2019年=100"),
                    Point("地区水平与增速", None),
                    Point("四类形态", None),
                    Point("典型路径", None),
                ),
            ),
        ],
    )
    add(
        "matrix",
        "matrix",
        [
            Series(
                z,
                tuple(
                    Point(n, float(len(m)), "、".join(m))
                    for f, n in FORMS
                    if (
                        m := [r["short"] for r in places if r["zone"] == z and form[r["code"]] == f]
                    )
                    or True
                ),
            )
            for z in dict.fromkeys(r["zone"] for r in places)
        ],
    )
    return specs
