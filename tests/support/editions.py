"""Small made-up editions for tests: any year, dimensions, regions, with or without a survey.

``make_edition(tmp_path, dimensions=5, regions=12)`` writes a whole valid edition below
``tmp_path/data`` and returns its folder. The figures are random but seeded and plausible: levels
differ by region, most indicators grow. ``copy_edition`` copies a shipped edition with all it reads.
``replace``, ``set_value`` and ``write_sheet`` break or change what was written.
"""

from __future__ import annotations

import csv
import io
import random
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from ruamel.yaml import YAML

DIMENSIONS = (
    ("infrastructure", "基础设施建设", "基础设施"),
    ("application", "融合应用发展", "融合应用"),
    ("innovation", "技术创新能力", "技术创新"),
    ("ecosystem", "产业发展生态", "产业生态"),
    ("security", "安全保障能力", "安全保障"),
    ("talent", "人才支撑能力", "人才支撑"),
    ("green", "绿色低碳水平", "绿色低碳"),
)
ZONES = (("east", "东部", "East"), ("central", "中部", "Central"), ("west", "西部", "West"))
FORMS = (
    ("leading", "示范引领", ["level.total >= quantile 0.75"]),
    ("rising", "快速崛起", ["level.total >= quantile 0.40", "growth.total >= quantile 0.50"]),
    ("chasing", "后发追赶", ["level.total >= quantile 0.25"]),
    ("emerging", "孕育起步", []),
)
SCALES = {
    "index-change": [(15, "大幅提升"), (3, "稳步提升"), (-1, "基本持平"), (None, "有所回落")],
    "annual-growth": [(8, "较快增长"), (0.5, "平稳增长"), (-0.5, "基本稳定"), (None, "有所下降")],
    "level-gap": [(8, "明显领先"), (2, "略为领先"), (-2, "大体相当"), (None, "落后")],
    "survey-share": [(50, "半数以上"), (15, "部分"), (None, "少数")],
    "share": [(50, "过半"), (10, "一成以上"), (None, "不足一成")],
    "rank-change": [(1, "有所前移"), (0, "保持不变"), (None, "有所后移")],
    "dispersion-change": [(0.005, "略有扩大"), (-0.005, "基本稳定"), (None, "有所收窄")],
}
FIGURES = "figures.csv"


def make_edition(
    tmp_path: Path,
    *,
    name: str = "2030",
    dimensions: int = 4,
    indicators: int = 3,
    regions: int = 12,
    years: Sequence[int] = (2026, 2027, 2028, 2029),
    base_year: int | None = None,
    survey: bool = True,
    respondents: int = 60,
    previous: str = "",
    seed: int = 1,
    xlsx: bool = False,
    method: Mapping[str, Any] | None = None,
    **settings: Any,
) -> Path:
    """Write a valid edition and return its folder.

    ``years`` are the years of the figures: the last is the assessment year, the first the base year
    unless ``base_year`` says otherwise. Each dimension gets ``indicators`` indicators: the first a
    scale one, the second per population, the third (if any) a weighted mean. ``settings`` are further
    keys of edition.yaml. The first dimensions have the ids of the shipped editions.
    """
    rng = random.Random(seed)
    folder = tmp_path / "data" / name
    folder.mkdir(parents=True)
    chosen = DIMENSIONS[:dimensions]
    assert len(chosen) == dimensions, f"at most {len(DIMENSIONS)} dimensions"
    codes = _registers(folder, regions)
    series = _indicators(folder, chosen, indicators)
    rows = _figures(rng, series, codes, years)
    if xlsx:
        write_sheet(folder / "figures.xlsx", "数据", rows)
    else:
        write_csv(folder / FIGURES, rows)
    _editorial(folder, [d for d, _name, _short in chosen])
    edition: dict[str, Any] = {
        "title": f"成效评估报告（{name}年）",
        "notice": "示例报告（依据模拟数据测算，非正式发布）",
        "authors": ["示例编写组"],
        "publisher": "示例报告，不对外发布",
        "date": f"{years[-1] + 1}-12-15",
        "assessment_year": years[-1],
        "base_year": base_year or years[0],
        "first_year": years[0],
        "previous": previous,
        "regions": "regions.csv",
        "zones": "zones.csv",
        "series": "series.csv",
        "statistics": [
            {"file": "figures.xlsx", "sheet": "数据", "vintage": "模拟数据"}
            if xlsx
            else {"file": FIGURES, "vintage": "模拟数据"}
        ],
        "indicators": "indicators.yaml",
        "forms": "forms.yaml",
        "paths": "paths.yaml",
        "wording": "wording.yaml",
        "facts": "facts.yaml",
        "outlook": "outlook.yaml",
        "editorial": {"glossary": "glossary.yaml"},
        "method": {"robustness_draws": 50, **(method or {})},
    }
    if survey:
        _survey(rng, folder, codes, chosen, respondents)
        edition["survey"] = {"file": "survey.csv", "codebook": "codebook.yaml"}
    edition |= settings
    text = dump(edition).replace(f"'{edition['date']}'", str(edition["date"]))
    (folder / "edition.yaml").write_text(text, encoding="utf-8")
    return folder


def make_results_only(tmp_path: Path, *, name: str = "given", dimensions: int = 4) -> Path:
    """Write a valid edition of results computed elsewhere and return its folder."""
    folder = tmp_path / "data" / name
    folder.mkdir(parents=True)
    chosen = DIMENSIONS[:dimensions]
    write_yaml(
        folder / "indicators.yaml",
        {"dimensions": [{"id": d, "name": long, "short": short} for d, long, short in chosen]},
    )
    rows = [["key", "value", "unit"]]
    for place, subject in enumerate(["total", *(d for d, _name, _short in chosen)]):
        rows += [[f"index.{subject}.2028", "100", ""]]
        rows += [[f"index.{subject}.2029", f"{110 + 7 * place}", ""]]
    write_csv(folder / "results.csv", rows)
    _scales(folder)
    edition = {
        "title": "成效评估报告（示例）",
        "notice": "示例报告（依据模拟数据测算，非正式发布）",
        "date": "2030-12-15",
        "assessment_year": 2029,
        "base_year": 2028,
        "indicators": "indicators.yaml",
        "wording": "wording.yaml",
        "given": "results.csv",
    }
    text = dump(edition).replace("'2030-12-15'", "2030-12-15")
    (folder / "edition.yaml").write_text(text, encoding="utf-8")
    return folder


def copy_edition(
    source: Path,
    tmp_path: Path,
    change: Callable[[tuple[str, str, str], str], str] | None = None,
) -> Path:
    """Copy an edition and all it reads below ``tmp_path`` and return its folder.

    ``change`` maps ((series, region, year), value as text) to the value to write in every .csv of
    the statistics: for random valid editions and for single mutations.
    """
    data = tmp_path / "data"
    shutil.copytree(source.parent, data, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    if change is not None:
        for path in sorted((data / "statistics").rglob("figures*.csv")):
            rows = read_csv(path)
            for row in rows[1:]:
                row[3] = change((row[0], row[1], row[2]), row[3])
            write_csv(path, rows)
    return data / source.name


def replace(path: Path, old: str, new: str, count: int = 1) -> None:
    """Replace text in a file; the text must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} has no {old!r}"
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def set_value(path: Path, key: Sequence[object], value: str, column: int = -1) -> None:
    """Set a cell of the first row of a .csv that begins with ``key``."""
    rows = read_csv(path)
    start = [str(part) for part in key]
    next(row for row in rows if row[: len(start)] == start)[column] = value
    write_csv(path, rows)


def read_csv(path: Path) -> list[list[str]]:
    """Read a .csv as lists of texts."""
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def write_csv(path: Path, rows: Sequence[Sequence[object]]) -> None:
    """Write lists as a .csv."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def write_sheet(path: Path, sheet: str, rows: Sequence[Sequence[object]]) -> None:
    """Write lists as the only sheet of an .xlsx; texts that are numbers become numbers."""
    with xlsxwriter.Workbook(
        path, {"strings_to_numbers": True, "strings_to_formulas": False}
    ) as book:
        page = book.add_worksheet(sheet)
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)


def dump(data: object) -> str:
    """Write data as block-style YAML."""
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = False
    writer.allow_unicode = True
    writer.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    target = io.StringIO()
    writer.dump(data, target)
    return target.getvalue()


def write_yaml(path: Path, data: object) -> None:
    """Write data as a YAML file."""
    path.write_text(dump(data), encoding="utf-8")


def _registers(folder: Path, regions: int) -> list[str]:
    codes = [f"{11 + n}0000" for n in range(regions)]
    rows: list[list[object]] = [
        ["code", "name", "short", "english", "zone", "tile_row", "tile_col"]
    ]
    for n, code in enumerate(codes):
        short = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"[n % 22] + "甲乙丙"[n // 22]
        zone = ZONES[n % len(ZONES)][0]
        rows.append([code, f"{short}省", short, f"Region {n + 1}", zone, n // 6, n % 6])
    write_csv(folder / "regions.csv", rows)
    write_csv(folder / "zones.csv", [["id", "name", "english"], *ZONES])
    return codes


def _indicators(
    folder: Path, chosen: Sequence[tuple[str, str, str]], count: int
) -> list[tuple[str, str]]:
    """Write indicators.yaml and series.csv; return the series with the kind of their values."""
    series = [("population", "population"), ("firms", "scale")]
    system: list[dict[str, Any]] = []
    shares = _shares(len(chosen))
    for (dimension, name, short), share in zip(chosen, shares, strict=True):
        members: list[dict[str, Any]] = []
        for n, weight in enumerate(_shares(count)):
            kind = ("scale", "per", "mean")[n % 3]
            own = f"{dimension}_{n + 1}"
            series.append((own, "share" if kind == "mean" else "scale"))
            members.append(
                {
                    "id": f"{own}_ind",
                    "name": f"{short}指标{n + 1}",
                    "unit": {"scale": "万个", "per": "个/人", "mean": "%"}[kind],
                    "series": own,
                    **({"per": "population"} if kind == "per" else {}),
                    "weight": weight,
                    "aggregate": {"method": "weighted-mean", "by": "firms"}
                    if kind == "mean"
                    else "sum",
                    "missing": "carry",
                    "goalposts": {"low": 0},
                    "note": f"{short}指标{n + 1}的说明。",
                }
            )
        system.append(
            {"id": dimension, "name": name, "short": short, "weight": share,
             "definition": f"反映{short}。", "indicators": members}
        )  # fmt: skip
    write_yaml(folder / "indicators.yaml", {"dimensions": system})
    rows = [["id", "name", "unit", "source", "note"]]
    units = {"population": "万人", "scale": "万个", "share": "%"}
    rows += [[name, f"序列{name}", units[kind], "模拟数据", ""] for name, kind in series]
    write_csv(folder / "series.csv", rows)
    return series


def _shares(count: int) -> list[float]:
    """Split 1 into shares of two decimals that add up exactly."""
    shares = [round(1 / count, 2)] * count
    shares[-1] = round(1 - sum(shares[:-1]), 2)
    return shares


def _figures(
    rng: random.Random,
    series: Sequence[tuple[str, str]],
    codes: Sequence[str],
    years: Sequence[int],
) -> list[list[object]]:
    strength = {code: rng.uniform(0.3, 1.5) for code in codes}
    rows: list[list[object]] = [["indicator", "region", "year", "value"]]
    for name, kind in series:
        for code in codes:
            pace = rng.uniform(1.02, 1.15)
            start = {"population": 3000.0, "scale": 900.0, "share": 22.0}[kind]
            value = start * strength[code] * rng.uniform(0.8, 1.25)
            for year in years:
                rows.append([name, code, year, f"{value:.2f}"])
                grown = {"population": 1.003, "scale": pace, "share": 1 + (pace - 1) / 3}[kind]
                value *= grown * rng.uniform(0.985, 1.02)
    return rows


def _scales(folder: Path) -> None:
    write_yaml(
        folder / "wording.yaml",
        {
            name: [
                {"else": word} if low is None else {"from": low, "word": word}
                for low, word in bands
            ]
            for name, bands in SCALES.items()
        },
    )


def _editorial(folder: Path, dimensions: Sequence[str]) -> None:
    _scales(folder)
    forms = [
        {
            "id": form,
            "name": name,
            **({"when": when} if when else {}),
            "features": dict.fromkeys(dimensions, "特征"),
            "summary": f"{name}的概述。",
        }
        for form, name, when in FORMS
    ]
    write_yaml(folder / "forms.yaml", {"forms": forms})
    first, last = dimensions[0], dimensions[-1]
    other = f"level.{first} - level.{last}" if first != last else "level.total"
    paths = [
        ("innovation-led", "创新策源牵引", [f"level.{last} >= quantile 0.5"], f"level.{last}"),
        ("foundation-first", "基础设施先行", [f"{other} >= quantile 0.6"], other),
        ("application-pull", "应用场景拉动", ["growth.total >= quantile 0.6"], "growth.total"),
        ("ecosystem-cluster", "产业生态集聚", ["level.total >= quantile 0.7"], "level.total"),
    ]
    write_yaml(
        folder / "paths.yaml",
        {
            "paths": [
                {"id": path, "name": name, "when": when, "order_by": order, "representatives": 4,
                 "summary": f"{name}的概述。"}
                for path, name, when, order in paths
            ]
        },
    )  # fmt: skip
    (folder / "facts.yaml").write_text(
        "facts:\n  - id: example\n    text: 示例事实\n    source: 示例来源\n    date: 2029-06-01\n",
        encoding="utf-8",
    )
    write_yaml(
        folder / "outlook.yaml",
        {
            "prospects": [{"id": "p1", "title": "前景一", "text": "说明。"}],
            "focus": [
                {"id": f"f{n}", "title": f"重点{'甲乙丙丁戊'[n - 1]}", "text": "说明。", "dimension": dimensions[0],
                 "actions": ["行动"]}
                for n in range(1, 6)
            ],
            "scenarios": [{"id": "steady", "name": "延续情景", "factor": 1.0, "note": "假设。"}],
            "horizon": 3,
        },
    )  # fmt: skip
    write_yaml(folder / "glossary.yaml", {"terms": [{"term": "基期", "text": "比较的基准。"}]})


def _survey(
    rng: random.Random,
    folder: Path,
    codes: Sequence[str],
    chosen: Sequence[tuple[str, str, str]],
    respondents: int,
) -> None:
    sizes = [("large", "大型企业"), ("medium", "中型企业"), ("small", "小微企业")]
    options = [("none", "没有"), ("some", "部分"), ("most", "大部分")]
    questions = [
        {
            "id": f"q_{dimension}",
            "text": f"{name}情况如何？",
            "short": short,
            "kind": "multiple" if n % 2 else "single",
            "dimension": dimension,
            "options": [{"id": o, "label": label} for o, label in options],
        }
        for n, (dimension, name, short) in enumerate(chosen)
    ]
    write_yaml(
        folder / "codebook.yaml",
        {
            "title": "企业调查（模拟数据）",
            "simulated": True,
            "population": "模拟总体",
            "note": "模拟数据。",
            "method": "按设计权数加权。",
            "weight": "weight",
            "respondent": "id",
            "region": "region",
            "groups": [
                {"column": "size", "name": "企业规模",
                 "options": [{"id": s, "label": label} for s, label in sizes]},
            ],
            "questions": questions,
        },
    )  # fmt: skip
    rows: list[list[object]] = [
        ["id", "region", "size", "weight", *(str(q["id"]) for q in questions)]
    ]
    for n in range(respondents):
        answers = []
        for question in questions:
            picked = rng.choices([o for o, _label in options], [2, 3, 2])
            if question["kind"] == "multiple" and picked != ["none"]:
                picked = ["some", "most"] if rng.random() < 0.5 else picked
            answers.append("|".join(picked))
        weight = f"{rng.uniform(0.5, 2):.3f}"
        rows.append([f"F{n + 1:03d}", rng.choice(codes), rng.choice(sizes)[0], weight, *answers])
    write_csv(folder / "survey.csv", rows)
