"""Figures of the forms and the typical paths: quadrant, radars, profiles, who belongs where."""

from __future__ import annotations

from figures.spec import FigureSpec, Point, Series
from report.assessment.results import Entry, Results
from report.exhibits.errors import NoData
from report.exhibits.figures.parts import (
    NO_FORMS,
    Sources,
    bad_value,
    chosen,
    group_of,
    groups,
    origin,
    point,
    short,
    spec,
    subject,
    with_x,
    year_or,
)
from report.exhibits.tables import names


def form_quadrant(sources: Sources, id_: str, *, year: int = 0) -> FigureSpec:
    """Set growth against level, the forms by mark and colour, with the limits their rules use."""
    results, at = sources.results, year_or(sources.results, year)
    _members(results)
    level, growth = subject(results, "level.total"), subject(results, "growth.total")
    made = []
    for region in results.registry.regions:
        if level.key(region.id, at) in results and growth.key(region.id, at) in results:
            entry = point(
                results,
                growth.key(region.id, at),
                short(region),
                group=group_of(results, region, "form"),
                code=region.id,
            )
            made.append(with_x(results, entry, level.key(region.id, at)))
    if not made:
        raise NoData("没有各地区的总体水平得分和增速")
    limits = _limits(results) if at == results.assessment_year else []
    series = [Series("地区", tuple(made))]
    if limits:
        series.append(Series("界限", tuple(limits), "reference"))
    return spec(
        "quadrant",
        id_,
        f"{at}年各地区总体水平得分与年均增速",
        series,
        unit=growth.unit,
        x_unit=level.unit,
        y_label="年均增速",
        x_label="总体水平得分",
        source=origin(results),
        groups=groups(results, "form"),
    )


def form_radar(sources: Sources, id_: str, *, form: str = "", year: int = 0) -> FigureSpec:
    """Draw the mean levels by dimension of a form (all forms when ``form`` is empty) against the mean."""
    results, at = sources.results, year_or(sources.results, year)
    series = [_profile(results, f.id, f.name, at) for f in _forms(results, form)]
    series = [s for s in series if any(p.value is not None for p in s.points)]
    if not series:
        raise NoData(NO_FORMS)
    mean = _profile(results, "mean", names.GROUPS["mean"], at, "reference")
    title = f"{series[0].name}地区" if form else "各形态地区"
    return spec(
        "radar", id_, f"{title}分维度水平得分", [*series, mean], unit="分", source=origin(results)
    )


def form_profile(sources: Sources, id_: str, *, form: str = "", year: int = 0) -> FigureSpec:
    """Draw the levels by dimension of a form's regions, the first six, against the mean."""
    results, at = sources.results, year_or(sources.results, year)
    chosen = _forms(results, form)[0]
    codes = _members(results).get(chosen.id, [])
    ranked = sorted(codes, key=lambda code: -results.number(f"level.total.{code}.{at}"))
    title = f"{chosen.name}地区分维度水平得分"
    return _dots(sources, id_, title, ranked[:6], at)


def form_dimensions(
    sources: Sources, id_: str, *, family: str = "level", year: int = 0
) -> FigureSpec:
    """Compare the forms' mean levels (or growth) in total and by dimension."""
    results, at = sources.results, year_or(sources.results, year)
    if family not in {"level", "growth"}:
        bad_value("family", family, ["level", "growth"])
    columns = [("total", "总体"), *((d.id, short(d)) for d in results.registry.dimensions)]
    series = []
    for form in _forms(results, ""):
        made = tuple(point(results, f"{family}.{c}.{form.id}.{at}", name) for c, name in columns)
        if any(p.value is not None for p in made):
            series.append(Series(form.name, made))
    if not series:
        raise NoData(NO_FORMS)
    unit = subject(results, f"{family}.total").unit
    title = f"{at}年各形态地区分维度{names.FAMILIES[family]}"
    return spec("columns", id_, title, series, unit=unit, source=origin(results))


def form_matrix(sources: Sources, id_: str) -> FigureSpec:
    """List which regions of which zone belong to which form."""
    results = sources.results
    members = _members(results)
    forms = _forms(results, "")
    rows = []
    for zone in results.registry.zones:
        cells = []
        for form in forms:
            inside = [
                short(r)
                for r in results.registry.regions
                if r.parent == zone.id and r.id in members.get(form.id, [])
            ]
            cells.append(Point(form.name, float(len(inside)), "、".join(inside)))
        if any(cell.text for cell in cells):
            rows.append(Series(zone.name, tuple(cells)))
    return spec("matrix", id_, "各区域地区的形态分布", rows, source=origin(results))


def path_profile(sources: Sources, id_: str, *, path: str = "", year: int = 0) -> FigureSpec:
    """Draw the levels by dimension of a path's representative regions against the mean."""
    results, at = sources.results, year_or(sources.results, year)
    entry = chosen(results.registry.paths, path, "典型路径")
    codes: list[str] = []
    while f"path.{path}.{len(codes) + 1}" in results:
        codes.append(results.text(f"path.{path}.{len(codes) + 1}"))
    if not codes:
        raise NoData(f"没有地区符合“{entry.name}”路径的条件")
    declared = (
        next((p for p in sources.edition.paths if p.id == path), None) if sources.edition else None
    )
    count = declared.representatives if declared else 5
    return _dots(
        sources, id_, f"“{entry.name}”路径代表地区分维度水平得分", codes[: min(count, 6)], at
    )


def _dots(sources: Sources, id_: str, title: str, codes: list[str], at: int) -> FigureSpec:
    results = sources.results
    series = [_profile(results, code, names.member(results.registry, code), at) for code in codes]
    series = [s for s in series if any(p.value is not None for p in s.points)]
    if not series:
        raise NoData("没有这些地区的水平得分")
    mean = _profile(results, "mean", names.GROUPS["mean"], at, "reference")
    return spec("dots", id_, title, [*series, mean], unit="分", source=origin(results))


def _profile(results: Results, place: str, name: str, at: int, role: str = "") -> Series:
    made = tuple(
        point(results, f"level.{d.id}.{place}.{at}", short(d)) for d in results.registry.dimensions
    )
    return Series(name, made, role)


def _forms(results: Results, form: str) -> list[Entry]:
    listed = list(results.registry.forms)
    if not listed or not _members(results):
        raise NoData(NO_FORMS)
    if not form:
        return listed
    return [chosen(listed, form, "形态")]


def _members(results: Results) -> dict[str, list[str]]:
    """Return the codes of each form's regions; NoData when no region is classified."""
    found: dict[str, list[str]] = {}
    for region in results.registry.regions:
        if f"form.{region.id}" in results:
            found.setdefault(results.text(f"form.{region.id}"), []).append(region.id)
    if not found:
        raise NoData(NO_FORMS)
    return found


def _limits(results: Results) -> list[Point]:
    """Return the limits on total level and growth that the forms' rules compare with, each once.

    A region's ``form`` has as parents, in pairs, its own value and the limit it was held against.
    """
    made: dict[tuple[str, float], Point] = {}
    by_name = {f.id: f.name for f in results.registry.forms}
    for region in results.registry.regions:
        key = f"form.{region.id}"
        if key not in results:
            continue
        parents = results[key].parents
        for own, limit in zip(parents[::2], parents[1::2], strict=False):
            family, _, rest = own.partition(".")
            if family not in {"level", "growth"} or not rest.startswith("total."):
                continue
            words = limit.split(".")
            label = by_name.get(words[2] if len(words) > 2 else "", "") + "界限"
            value = point(results, limit, label, decimals=1)
            if value.value is None or (family, value.value) in made:
                continue
            if family == "level":
                value = Point(label, None, x=value.value, x_text=value.text, x_key=value.key)
                made[family, value.x or 0.0] = value
            else:
                made[family, value.value or 0.0] = value
    return list(made.values())
