"""Figures of the enterprise survey: shares with confidence limits, by group, stacked."""

from __future__ import annotations

from figures.spec import FigureSpec, Point, Series
from report.assessment.results import Entry, Results
from report.exhibits.errors import NoData
from report.exhibits.figures.parts import Sources, bad_value, chosen, point, spec, with_limits

NO_SURVEY = "本年度版没有企业问卷调查"


def survey_bars(
    sources: Sources, id_: str, *, question: str = "", by: str = "", sort: str = "auto"
) -> FigureSpec:
    """Draw the share of each answer with its limits; ``by`` a group column: one colour a category.

    ``sort`` = ``yes`` orders the answers by share, ``no`` as in the codebook, ``auto`` orders those of
    a multiple choice only: the answers of a single choice are mostly a scale.
    """
    results = sources.results
    entry, options = _question(results, question)
    if sort not in {"auto", "yes", "no"}:
        bad_value("sort", sort, ["auto", "yes", "no"])
    several = sort == "yes" or (sort == "auto" and _is_multiple(sources, question, options))
    shown = _sorted(results, question, options) if several else options
    if by:
        series = [
            Series(g.name, tuple(_share(results, question, o, g.id) for o in shown))
            for g in _groups(results, by)
        ]
        series = [s for s in series if any(p.value is not None for p in s.points)]
    else:
        series = [Series("全部企业", tuple(_share(results, question, o) for o in shown))]
    if not any(p.value is not None for s in series for p in s.points):
        raise NoData(f"没有“{entry.short or entry.name}”的调查结果")
    return spec(
        "survey",
        id_,
        entry.short or entry.name,
        series,
        unit="%",
        source=_source(results, question),
        simulated=_simulated(results, question),
    )


def survey_groups(
    sources: Sources, id_: str, *, question: str = "", by: str = "", option: str = ""
) -> FigureSpec:
    """Compare the share of one answer (``option``) between the categories of a group column, with limits.

    Without an ``option`` all answers are shown, one colour a category.
    """
    results = sources.results
    entry, options = _question(results, question)
    if not option:
        return survey_bars(sources, id_, question=question, by=by)
    answer = chosen(options, option, "选项")
    made = []
    for group in _groups(results, by):
        share = _share(results, question, answer, group.id, label=group.name)
        if share.value is not None:
            made.append(share)
    if not made:
        raise NoData(f"没有“{entry.short or entry.name}”的分组结果")
    return spec(
        "survey",
        id_,
        f"{entry.short or entry.name}：选择“{answer.name}”的比重",
        [Series(answer.name, tuple(made))],
        unit="%",
        y_label=f"选择“{answer.name}”的比重",
        source=_source(results, question),
        simulated=_simulated(results, question),
    )


def share_stack(sources: Sources, id_: str, *, question: str = "", by: str = "") -> FigureSpec:
    """Stack the shares of a single-choice question: for all firms and by category of a group column."""
    results = sources.results
    entry, options = _question(results, question)
    rows = [("", "全部企业"), *((g.id, g.name) for g in (_groups(results, by) if by else []))]
    series = []
    for option in options:
        made = [_share(results, question, option, group, label=name) for group, name in rows]
        if any(p.value is not None for p in made):
            series.append(Series(option.name, tuple(made)))
    if not series:
        raise NoData(f"没有“{entry.short or entry.name}”的调查结果")
    return spec(
        "stacked",
        id_,
        entry.short or entry.name,
        series,
        unit="%",
        source=_source(results, question),
        simulated=_simulated(results, question),
    )


def _question(results: Results, question: str) -> tuple[Entry, tuple[Entry, ...]]:
    listed = results.registry.questions
    if not listed:
        raise NoData(NO_SURVEY)
    entry = chosen(listed, question, "问题")
    return entry, tuple(o for o in results.registry.options if o.parent == question)


def _groups(results: Results, by: str) -> list[Entry]:
    found = [g for g in results.registry.groups if g.parent == by]
    if not found:
        if not results.registry.groups:
            raise NoData("问卷没有分组信息")
        bad_value("by", by, dict.fromkeys(g.parent for g in results.registry.groups))
    return found


def _share(
    results: Results, question: str, option: Entry, group: str = "", label: str = ""
) -> Point:
    tail = f"{question}.{option.id}" + (f".{group}" if group else "")
    made = point(results, f"survey.{tail}", label or option.name)
    return with_limits(results, made, f"survey-low.{tail}", f"survey-high.{tail}")


def _is_multiple(sources: Sources, question: str, options: tuple[Entry, ...]) -> bool:
    """Whether several answers could be given: as the codebook says, else as shares beyond 100 % show."""
    if sources.edition and sources.edition.survey:
        kinds = {q.id: q.kind for q in sources.edition.survey.questions}
        if question in kinds:
            return kinds[question] == "multiple"
    keys = [f"survey.{question}.{o.id}" for o in options]
    return sum(sources.results.number(k) for k in keys if k in sources.results) > 101


def _sorted(results: Results, question: str, options: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Order answers from the most chosen; 其他, 无… and the like keep the end."""

    def place(option: Entry) -> tuple[bool, float]:
        key = f"survey.{question}.{option.id}"
        share = results.number(key) if key in results else 0.0
        return option.name.startswith(("其他", "以上", "无", "不清楚", "没有")), -share

    return tuple(sorted(options, key=place))


def _simulated(results: Results, question: str) -> bool:
    start = f"survey.{question}."
    return any("simulated" in v.flags for k, v in results.values.items() if k.startswith(start))


def _source(results: Results, question: str) -> str:
    return "企业问卷调查" + ("（模拟数据）" if _simulated(results, question) else "")
