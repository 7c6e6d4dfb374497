"""Results as an Excel workbook for analysts: one sheet a subject, and every value with its formula."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from report.assessment.labels import VARIANTS, label, names
from report.assessment.operations import OPERATIONS
from report.assessment.results import Datum, Entry, Results, Value
from report.assessment.trace import is_leaf, show

CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed stamp: same results, same bytes
MAX_CELL = 32_000  # Excel holds 32 767 characters a cell


def write_xlsx(results: Results) -> bytes:
    """Return the workbook; the same bytes for the same results. No cell is ever a formula."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": f"测算结果 {results.edition}", "created": CREATED})
    writer = _Writer(book, results)
    writer.about()
    writer.national()
    writer.levels()
    writer.growth_and_ranks()
    writer.indicators()
    writer.weights()
    writer.forms()
    writer.survey()
    writer.robustness()
    writer.everything()
    book.close()
    return buffer.getvalue()


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Any, results: Results) -> None:
        self.book, self.results = book, results
        self.registry = results.registry
        self.names = names(results)
        self.year = results.assessment_year
        self.head = book.add_format(
            {"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self.formats = {n: book.add_format({"num_format": _places(n)}) for n in range(5)}
        self.general = book.add_format({"num_format": "General"})

    def sheet(
        self, title: str, columns: Sequence[str], *, fixed: int, widths: Sequence[int]
    ) -> Any:
        """Add a sheet whose header row and first ``fixed`` columns stay in view."""
        sheet = self.book.add_worksheet(title)
        sheet.freeze_panes(1, fixed)
        for column, text in enumerate(columns):
            self.put(sheet, 0, column, text, self.head)
            width = widths[column] if column < len(widths) else widths[-1]
            sheet.set_column(column, column, width)
        return sheet

    def put(self, sheet: Any, row: int, column: int, datum: Datum, style: Any = None) -> None:
        """Write one cell: numbers as numbers, all else as text, whatever it begins with."""
        if datum is None or datum == "":
            return
        if isinstance(datum, (int, float)):
            sheet.write_number(row, column, datum, style)
            return
        text = show(datum) if isinstance(datum, tuple) else datum
        sheet.write_string(row, column, text[:MAX_CELL], style)

    def rows(
        self, sheet: Any, rows: Iterable[Sequence[str]], *, decimals: int | None = None, texts: int
    ) -> None:
        """Write rows whose first ``texts`` items are words and the others keys of values."""
        for number, row in enumerate(rows, 1):
            for column, item in enumerate(row):
                if column < texts:
                    self.put(sheet, number, column, item)
                elif item in self.results:
                    value = self.results[item]
                    self.put(sheet, number, column, value.datum, self._style(value, decimals))

    def _style(self, value: Value, decimals: int | None) -> Any:
        if isinstance(value.datum, int):
            return self.formats[0]
        return self.general if decimals is None else self.formats[decimals]

    def about(self) -> None:
        """说明: what the workbook holds."""
        sheet = self.sheet("说明", ("项目", "内容"), fixed=0, widths=(18, 96))
        years = self.results.years
        lines = [
            ("年度版", self.results.edition),
            ("评估年", str(self.year)),
            ("基期", f"{self.results.base_year}（指数＝100）"),
            ("年份", "、".join(str(year) for year in years)),
            ("数值个数", str(len(self.results.values))),
            (
                "全部数值",
                "每个数值一行：地址、名称、数值、单位、公式、来源数值、所在文件与单元格、标记。",
            ),
            ("单元格", "本工作簿只有数值和文字，没有公式；数值未经四舍五入，仅显示时保留小数。"),
        ]
        if any("simulated" in value.flags for value in self.results.values.values()):
            lines.append(("问卷", "问卷为模拟数据，仅用于演示。"))
        if any(value.op == "given" for value in self.results.values.values()):
            lines.append(("结果来源", "含别处测算、直接引入的结果，公式栏注明“别处算得”。"))
        for number, (name, text) in enumerate(lines, 1):
            self.put(sheet, number, 0, name)
            self.put(sheet, number, 1, text)

    def _measures(self) -> list[Entry]:
        return [Entry("total", "总体"), *self.registry.dimensions]

    def national(self) -> None:
        """全国指数: indices, growth and contributions by year."""
        years, later = self.results.years, self.results.years[1:]
        heads = [*(f"指数 {y}" for y in years), *(f"年均增速 {y}（%）" for y in later)]
        heads += [f"贡献 {y}（点）" for y in later]
        sheet = self.sheet("全国指数", ("层级", "名称", *heads), fixed=2, widths=(8, 30, 13))
        entries = [("总体", Entry("total", "总指数"))]
        entries += [("维度", entry) for entry in self.registry.dimensions]
        entries += [("指标", entry) for entry in self.registry.indicators]
        rows = [
            (
                level,
                entry.name,
                *(f"index.{entry.id}.{y}" for y in years),
                *(f"indexgrowth.{entry.id}.{y}" for y in later),
                *(f"contribution.{entry.id}.{y}" for y in later),
            )
            for level, entry in entries
        ]
        self.rows(sheet, rows, decimals=1, texts=2)

    def _areas(self) -> list[Entry]:
        groups = [Entry("mean", "地区均值"), Entry("median", "地区中位数")]
        return [*self.registry.regions, *groups, *self.registry.zones, *self.registry.forms]

    def levels(self) -> None:
        """分省水平: levels of regions and groups, all years side by side."""
        columns = [(m, y) for m in self._measures() for y in self.results.years]
        heads = [f"{m.short or m.name} {y}" for m, y in columns]
        sheet = self.sheet("分省水平", ("代码", "地区", *heads), fixed=2, widths=(10, 18, 12))
        rows = [
            (area.id, area.name, *(f"level.{m.id}.{area.id}.{y}" for m, y in columns))
            for area in self._areas()
        ]
        self.rows(sheet, rows, decimals=2, texts=2)

    def growth_and_ranks(self) -> None:
        """增速与位次: growth, rank and rank change in the assessment year."""
        measures = self._measures()
        kinds = (("growth", "增速"), ("rank", "位次"), ("rankchange", "位次变化"))
        columns = [(kind, word, m) for m in measures for kind, word in kinds]
        heads = [f"{m.short or m.name}{word}" for _kind, word, m in columns]
        sheet = self.sheet("增速与位次", ("代码", "地区", *heads), fixed=2, widths=(10, 18, 12))
        rows = [
            (area.id, area.name, *(f"{k}.{m.id}.{area.id}.{self.year}" for k, _w, m in columns))
            for area in self._areas()
        ]
        self.rows(sheet, rows, decimals=2, texts=2)

    def indicators(self) -> None:
        """指标值: indicators of nation, zones and regions, year by year."""
        heads = [f"{i.name}（{i.unit}）" for i in self.registry.indicators]
        columns = ("年份", "代码", "地区", *heads)
        sheet = self.sheet("指标值", columns, fixed=3, widths=(8, 10, 18, 16))
        found = {key.rsplit(".", 1)[1] for key in self.results if key.startswith("indicator.")}
        areas = [Entry("nation", "全国"), *self.registry.zones, *self.registry.regions]
        rows = [
            (
                year,
                a.id,
                a.name,
                *(f"indicator.{i.id}.{a.id}.{year}" for i in self.registry.indicators),
            )
            for year in sorted(found)
            for a in areas
        ]
        self.rows(sheet, rows, decimals=2, texts=3)

    def weights(self) -> None:
        """权重: weights, factors, goalposts and where they stand."""
        heads = ("层级", "编号", "名称", "单位", "来源", "权重", "换算系数", "标杆下限", "标杆上限")
        sheet = self.sheet("权重", heads, fixed=3, widths=(8, 24, 32, 12, 32, 12))
        rows: list[Sequence[str]] = []
        for dimension in self.registry.dimensions:
            rows.append(("维度", dimension.id, dimension.name, "", "", f"weight.{dimension.id}"))
            rows.extend(
                (
                    "指标", i.id, i.name, i.unit, i.source, f"weight.{i.id}", f"factor.{i.id}",
                    f"bound.{i.id}.low", f"bound.{i.id}.high",
                )
                for i in self.registry.indicators
                if i.parent == dimension.id
            )  # fmt: skip
        self.rows(sheet, rows, decimals=4, texts=5)

    def forms(self) -> None:
        """形态与路径: the form of each region, the regions of each path."""
        paths = self.registry.paths
        heads = ("代码", "地区", "形态", *(path.name for path in paths))
        sheet = self.sheet("形态与路径", heads, fixed=2, widths=(10, 18, 14))
        for row, region in enumerate(self.registry.regions, 1):
            self.put(sheet, row, 0, region.id)
            self.put(sheet, row, 1, region.name)
            key = f"form.{region.id}"
            if key in self.results:
                form = self.results.text(key)
                self.put(sheet, row, 2, self.names.get(form, form))
            for column, path in enumerate(paths, 3):
                name = f"members.{path.id}"
                members = self.results[name].datum if name in self.results else ()
                if isinstance(members, tuple) and region.id in members:
                    self.put(sheet, row, column, members.index(region.id) + 1, self.formats[0])

    def survey(self) -> None:
        """问卷: shares with limits, for all and by group."""
        heads = ("问题", "选项", "分组", "有效份数", "占比（%）", "置信下限", "置信上限")
        sheet = self.sheet("问卷", heads, fixed=3, widths=(40, 24, 16, 12))
        rows = []
        for question in self.registry.questions:
            options = [o for o in self.registry.options if o.parent == question.id]
            for group in (Entry("", "全部"), *self.registry.groups):
                end = f".{group.id}" if group.id else ""
                if f"survey-n.{question.id}{end}" not in self.results:
                    continue
                rows += [
                    (
                        question.name, option.name, group.name,
                        f"survey-n.{question.id}{end}",
                        *(f"{f}.{question.id}.{option.id}{end}"
                          for f in ("survey", "survey-low", "survey-high")),
                    )
                    for option in options
                ]  # fmt: skip
        self.rows(sheet, rows, decimals=1, texts=3)

    def robustness(self) -> None:
        """稳健性: ranks under perturbed weights and other methods."""
        used = [v for v in VARIANTS if f"robust-shift.{v}" in self.results]
        heads = (
            "代码",
            "地区",
            "位次",
            "5%分位",
            "中位数",
            "95%分位",
            *(VARIANTS[v] for v in used),
        )
        sheet = self.sheet("稳健性", heads, fixed=2, widths=(10, 18, 12))
        rows: list[Sequence[str]] = [
            (
                r.id, r.name, f"rank.total.{r.id}.{self.year}", f"robust-low.{r.id}",
                f"robust-median.{r.id}", f"robust-high.{r.id}",
                *(f"robust-rank.{v}.{r.id}" for v in used),
            )
            for r in self.registry.regions
        ]  # fmt: skip
        rows.append(("", "位次平均绝对变动", "", "", "", "", *(f"robust-shift.{v}" for v in used)))
        self.rows(sheet, rows, decimals=2, texts=2)

    def everything(self) -> None:
        """全部数值: every value with formula, parents and source."""
        heads = ("地址", "名称", "数值", "单位", "公式", "来源数值", "出处", "标记")
        sheet = self.sheet("全部数值", heads, fixed=1, widths=(40, 44, 16, 10, 40, 60, 40, 14))
        values = sorted(self.results.values.items())
        for row, (key, value) in enumerate(values, 1):
            cells: tuple[Datum, ...] = (
                key,
                label(key, self.names),
                value.datum,
                value.unit,
                _formula(value),
                "; ".join(value.parents),
                str(value.place) if value.place else "",
                ", ".join(sorted(value.flags)),
            )
            for column, datum in enumerate(cells):
                self.put(sheet, row, column, datum)
        sheet.autofilter(0, 0, max(len(values), 1), len(heads) - 1)


def _formula(value: Value) -> str:
    if is_leaf(value):
        return "读入" if value.op == "input" else "别处算得"
    words = {name: show(item) for name, item in value.params.items()}
    return OPERATIONS[value.op].zh.format(*value.parents, **words)


def _places(decimals: int) -> str:
    return "0" if decimals == 0 else f"0.{'0' * decimals}"
