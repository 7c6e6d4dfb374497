"""Tables of the four forms and the typical paths: members, means, features, criteria, representatives."""

from __future__ import annotations

from collections.abc import Sequence

from report.assessment.results import Entry, Results
from report.document.model import Inline, Structural, Table, TableCell, Text, Word
from report.document.numbering import chinese_numeral
from report.edition.model import Condition, TypicalPath
from report.exhibits.errors import NoData
from report.exhibits.tables import names
from report.exhibits.tables.criteria import criteria_cell
from report.exhibits.tables.grid import (
    MISSING,
    Grid,
    Sources,
    dimension_ids,
    entry_name,
    head,
    name,
    ordinal,
    row_head,
    subject_head,
    text,
)

NO_FORMS = "本年度版没有形态划分"
NO_PATHS = "本年度版没有典型路径"


def members_of(results: Results, form: str) -> tuple[Entry, ...]:
    """List the regions of a form from the highest total level."""
    at = results.assessment_year
    inside = [
        r
        for r in results.registry.regions
        if f"form.{r.id}" in results and results[f"form.{r.id}"].datum == form
    ]
    return tuple(
        sorted(
            inside,
            key=lambda r: (
                -results.number(f"level.total.{r.id}.{at}")
                if f"level.total.{r.id}.{at}" in results
                else 0.0
            ),
        )
    )


def path_regions(results: Results, path: str) -> tuple[Entry, ...]:
    """List the regions on a path, in its own order."""
    found: list[Entry] = []
    while (key := f"path.{path}.{len(found) + 1}") in results:
        region = names.find(results.registry.regions, results.text(key))
        if region is None:
            break
        found.append(region)
    return tuple(found)


def form_membership(sources: Sources, id_: str) -> Table:
    """Forms: number of regions, the regions by level, and the rule that put them there."""
    results = sources.results
    grid = Grid(results)
    forms = _forms(results)
    rules = {f.id: f for f in sources.edition.forms} if sources.edition else {}
    header = [head("形态"), head("数量（个）"), head("地区")]
    widths = [1.6, 1.2, 7.0]
    if rules:
        header.insert(1, head("划分标准"))
        widths = [1.6, 4.2, 1.2, 5.0]
    body = []
    for form in forms:
        regions = members_of(results, form.id)
        listed = Word(
            "、".join(entry_name(r) for r in regions) or MISSING,
            "ranking",
            tuple(f"form.{r.id}" for r in regions),
            f"form = {form.id}",
        )
        cells = [
            row_head(name(form.name)),
            grid.num(f"count.{form.id}"),
            TableCell((listed,)),
        ]
        if rules:
            cells.insert(1, criteria_cell(results, rules.get(form.id)))
        body.append(cells)
    notes = ["各形态内地区按总体水平得分由高到低排列。"]
    if rules:
        notes.insert(0, "自上而下依次判断，条件全部满足即归入该形态，不再向下判断。")
    return grid.table(
        id_, (*_forms_name(forms), Text("的地区构成")), [header], body, widths, notes=notes
    )


def form_means(sources: Sources, id_: str) -> Table:
    """Forms × mean level, in total and by dimension, and mean growth of the total."""
    results, at = sources.results, sources.results.assessment_year
    grid = Grid(results)
    subjects = dimension_ids(results)
    groups = [(f.id, f.name) for f in _forms(results) if f"level.total.{f.id}.{at}" in results]
    if not groups:
        raise NoData(NO_FORMS)
    if f"level.total.mean.{at}" in results:
        groups.append(("mean", names.GROUPS["mean"]))
    body = [
        [
            row_head(name(label)),
            *(grid.num(f"level.{s}.{group}.{at}") for s in subjects),
            grid.num(f"growth.total.{group}.{at}"),
        ]
        for group, label in groups
    ]
    header = [
        head("形态"),
        *(subject_head(results, s, "总体") for s in subjects),
        head("总体年均增速（%）"),
    ]
    return grid.table(
        id_,
        (Structural(f"{at}年", "year"), *_forms_name(results.registry.forms), Text("平均水平得分")),
        [header],
        body,
        [1.8, *[1.4] * len(subjects), 1.8],
        unit="分",
        notes=["形态得分为形态内各地区得分的简单平均。"],
    )


def form_features(sources: Sources, id_: str) -> Table:
    """Forms × dimensions: the phrases that sum up their features."""
    results = sources.results
    if sources.edition is None or not any(form.features for form in sources.edition.forms):
        raise NoData("本年度版没有各形态的特征表述")
    grid = Grid(results)
    dimensions = results.registry.dimensions
    body = []
    for form in sources.edition.forms:
        cells = [row_head(name(form.name))]
        for dimension in dimensions:
            phrase = form.features.get(dimension.id, "")
            cells.append(text(phrase, "center", origin=form.place) if phrase else _center_gap(grid))
        body.append(cells)
    header = [head("形态"), *(head(name(entry_name(d))) for d in dimensions)]
    return grid.table(
        id_,
        (*_forms_name(sources.edition.forms), Text("的主要特征")),
        [header],
        body,
        [1.4, *[2.2] * len(dimensions)],
        source="",
    )


def path_criteria(sources: Sources, id_: str) -> Table:
    """Paths: criteria, number of regions that meet them, representative regions."""
    results = sources.results
    grid = Grid(results)
    rules = {p.id: p for p in sources.edition.paths} if sources.edition else {}
    body = []
    for path in results.registry.paths:
        regions = path_regions(results, path.id)
        rule = rules.get(path.id)
        shown = regions[: rule.representatives] if rule and rule.representatives else regions
        listed = Word(
            "、".join(entry_name(r) for r in shown) or MISSING,
            "ranking",
            tuple(f"path.{path.id}.{n}" for n in range(1, len(shown) + 1)),
        )
        body.append(
            [
                row_head(name(path.name)),
                criteria_cell(results, rule),
                grid.num(f"count.{path.id}"),
                TableCell((listed,)),
            ]
        )
    if not body:
        raise NoData(NO_PATHS)
    header = [head("路径"), head("判定条件"), head("符合地区（个）"), head("代表地区")]
    return grid.table(
        id_,
        "典型路径的判定条件和代表地区",
        [header],
        body,
        [1.8, 4.6, 1.3, 4.0],
        notes=["各路径互不排斥，地区可以符合多条路径，也可以都不符合。"],
    )


def path_table(sources: Sources, id_: str, path: str = "", *, members: str = "all") -> Table:
    """Regions of a path in its order, with the figures its criteria look at.

    ``members`` is ``all`` or ``representatives`` (as many as the edition asks for).
    """
    results, at = sources.results, sources.results.assessment_year
    entry = names.find(results.registry.paths, path)
    if not results.registry.paths:
        raise NoData(NO_PATHS)
    if entry is None:
        raise names.unknown(path, (p.id for p in results.registry.paths))
    regions = path_regions(results, path)
    if not regions:
        raise NoData(f"没有地区符合“{entry.name}”的全部条件")
    grid = Grid(results)
    rule = _rule(sources, path)
    if rule and members == "representatives" and rule.representatives:
        regions = regions[: rule.representatives]
    metrics = _metrics(rule) or [f"level.{s}" for s in dimension_ids(results)]
    if "level.total" not in metrics:
        metrics.append("level.total")
    metrics = metrics[:7]
    body = []
    for n, region in enumerate(regions, 1):
        cells = [ordinal(n), row_head(Word(entry_name(region), "name", (f"path.{path}.{n}",)))]
        form = results[f"form.{region.id}"].datum if f"form.{region.id}" in results else None
        label = names.member(results.registry, form) if isinstance(form, str) else MISSING
        cells.append(TableCell((Word(label, "name", (f"form.{region.id}",)),), align="center"))
        cells += [grid.num(_metric_key(metric, region.id, at)) for metric in metrics]
        body.append(cells)
    header = [head("序号"), head("地区"), head("形态")]
    header += [head(name(_metric_head(results, metric))) for metric in metrics]
    return grid.table(
        id_,
        (name(f"“{entry.name}”路径的地区"),),
        [header],
        body,
        [0.9, 1.4, 1.7, *[1.8] * len(metrics)],
    )


def _forms(results: Results) -> tuple[Entry, ...]:
    if not results.registry.forms or not any(key.startswith("form.") for key in results):
        raise NoData(NO_FORMS)
    return results.registry.forms


def _forms_name(forms: Sequence[object]) -> tuple[Inline, ...]:
    """Say how many forms there are: 四种形态."""
    return (Structural(f"{chinese_numeral(len(forms))}种", "count of forms"), Text("形态"))


def _rule(sources: Sources, path: str) -> TypicalPath | None:
    paths = sources.edition.paths if sources.edition else ()
    return next((p for p in paths if p.id == path), None)


def _metrics(rule: TypicalPath | None) -> list[str]:
    """List the plain and difference metrics of a rule, the ordering one first, each once."""
    if rule is None:
        return []
    conditions: tuple[Condition, ...] = rule.conditions
    listed = [rule.order_by, *(condition.metric for condition in conditions)]
    parts = [part.strip() for metric in listed for part in metric.split(" - ")]
    return list(dict.fromkeys([*parts, *listed]))


def _metric_key(metric: str, region: str, at: int) -> str:
    if " - " in metric:
        first, second = (_metric_key(part.strip(), region, at) for part in metric.split(" - ", 1))
        return f"diff({first},{second})"
    return f"{metric}.{region}.{at}"


def _metric_head(results: Results, metric: str) -> str:
    registry = results.registry
    units = {"level": "（分）", "growth": "增速（%）", "rank": "位次"}
    if " - " in metric:
        parts = [part.strip() for part in metric.split(" - ", 1)]
        named = [names.subject(registry, p.split(".")[1], short=True) for p in parts]
        return f"{named[0]}减{named[1]}（分）"
    family, _, rest = metric.partition(".")
    entry = names.find(registry.indicators, rest)
    if family == "indicator" and entry is not None:
        return f"{entry.name}（{entry.unit}）"
    return names.subject(registry, rest, short=True) + units.get(family, "")


def _center_gap(grid: Grid) -> TableCell:
    gap = grid.gap()
    return TableCell(gap.inlines, align="center")
