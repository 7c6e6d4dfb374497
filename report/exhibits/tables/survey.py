"""Tables of the enterprise survey: answers to a question, in all and by group, and who answered."""

from __future__ import annotations

from report.assessment.results import Entry, Registry, Results
from report.document.derived import compose
from report.document.model import Inline, Structural, Table, TableCell, Text
from report.edition.model import Survey
from report.exhibits.errors import NoData
from report.exhibits.tables import names
from report.exhibits.tables.grid import Grid, Sources, head, name, row_head

NO_SURVEY = "本年度版没有企业问卷调查"
WHOLE = Structural("100%", "whole")


def survey_table(
    sources: Sources, id_: str, question: str = "", by: str = "", *, limits: bool = True
) -> Table:
    """Options × share of answers with 95 % limits, or, with ``by`` (a group column), × categories."""
    results, registry = sources.results, sources.results.registry
    entry, options = _question(results, question)
    grid = Grid(results)
    stem = f"survey.{question}"
    groups = _groups(registry, by) if by else ()
    groups = tuple(g for g in groups if f"survey-n.{question}.{g.id}" in results)
    if by and not groups:
        raise names.unknown(by, dict.fromkeys(g.parent for g in registry.groups))
    header, widths = [head("选项"), head("全部企业" if by else "占比")], [4.0, 1.5]
    show_limits = limits and not by
    if show_limits:
        header += [head("置信区间下限"), head("置信区间上限")]
        widths += [1.8, 1.8]
    header += [head(name(group.name)) for group in groups]
    widths += [1.5] * len(groups)
    body = []
    for option in options:
        cells = [row_head(name(option.name)), grid.num(f"{stem}.{option.id}")]
        if show_limits:
            cells += [grid.num(f"survey-{end}.{question}.{option.id}") for end in ("low", "high")]
        cells += [grid.num(f"{stem}.{option.id}.{group.id}") for group in groups]
        body.append(cells)
    sums = [grid.shown_sum(row[column] for row in body) for column in _share_columns(by, groups)]
    sizes = [row_head("有效样本（份）"), grid.num(f"survey-n.{question}")]
    if show_limits:
        sizes += [TableCell(()), TableCell(())]
    sizes += [grid.num(f"survey-n.{question}.{group.id}") for group in groups]
    body.append(sizes)
    notes: list[str | tuple[Inline, ...]] = list(
        _notes(sources.edition.survey if sources.edition else None, question)
    )
    if show_limits:
        notes.append((Structural("95%", "confidence level"), Text("置信区间，采用威尔逊法。")))
    single = _single(sources, question, results, options)
    if single and any(total != 100 for total in sums):
        notes.append((Text("因四舍五入，各项占比之和可能不等于"), WHOLE, Text("。")))
    if not single:
        notes.append((Text("本题为多选题，各项占比之和可以大于"), WHOLE, Text("。")))
    return grid.table(
        id_,
        (name(entry.name),),
        [header],
        body,
        widths,
        unit="%",
        source=_source(results, question),
        notes=notes,
    )


def survey_profile(sources: Sources, id_: str) -> Table:
    """Group categories × number of answers and share of the sample."""
    results, registry = sources.results, sources.results.registry
    asked = [q.id for q in registry.questions if f"survey-n.{q.id}" in results]
    if not asked:
        raise NoData(NO_SURVEY)
    # The question most of them answered stands for the sample.
    question = max(asked, key=lambda q: results.number(f"survey-n.{q}"))
    total = f"survey-n.{question}"
    grid = Grid(results)
    survey = sources.edition.survey if sources.edition else None
    body: list[list[TableCell]] = []
    for column in dict.fromkeys(group.parent for group in registry.groups):
        groups = [g for g in _groups(registry, column) if f"{total}.{g.id}" in results]
        for n, group in enumerate(groups):
            cells = [
                row_head(name(group.name)),
                grid.num(f"{total}.{group.id}"),
                grid.num(compose("share", f"{total}.{group.id}", total)),
            ]
            if n == 0:
                label = survey.group_names.get(column, column) if survey else column
                cells.insert(0, row_head(name(label), rowspan=len(groups)))
            body.append(cells)
    whole = TableCell((Text("合计"),), colspan=2, header=True)
    body.append([whole, grid.num(total), grid.num(compose("share", total, total))])
    header = [head("分组"), head("类别"), head("样本数（份）"), head("占比（%）")]
    return grid.table(
        id_,
        "问卷调查样本构成",
        [header],
        body,
        [2.2, 3.6, 2, 2],
        source=_source(results, question),
        notes=["样本数和占比未加权。", *([survey.note] if survey and survey.note else [])],
    )


def _question(results: Results, question: str) -> tuple[Entry, tuple[Entry, ...]]:
    registry = results.registry
    if not registry.questions:
        raise NoData(NO_SURVEY)
    entry = names.find(registry.questions, question)
    if entry is None:
        raise names.unknown(question, (q.id for q in registry.questions))
    if f"survey-n.{question}" not in results:
        raise NoData(f"问题“{entry.short or entry.name}”没有收到回答")
    return entry, tuple(o for o in registry.options if o.parent == question)


def _groups(registry: Registry, column: str) -> tuple[Entry, ...]:
    return tuple(group for group in registry.groups if group.parent == column)


def _share_columns(by: str, groups: tuple[Entry, ...]) -> range:
    return range(1, 2 + len(groups)) if by else range(1, 2)


def _single(sources: Sources, question: str, results: Results, options: tuple[Entry, ...]) -> bool:
    """Whether the question is single-choice: by the codebook, else because its shares make up 100 %."""
    survey = sources.edition.survey if sources.edition else None
    for asked in survey.questions if survey else ():
        if asked.id == question:
            return asked.kind == "single"
    keys = [f"survey.{question}.{option.id}" for option in options]
    return abs(sum(results.number(key) for key in keys if key in results) - 100) < 1e-6


def _notes(survey: Survey | None, question: str) -> tuple[str, ...]:
    if survey is None or all(asked.id != question for asked in survey.questions):
        return ()
    return (f"{survey.note.rstrip('。')}。",) if survey.note else ()


def _source(results: Results, question: str) -> str:
    simulated = "simulated" in results[f"survey-n.{question}"].flags
    return "企业问卷调查（模拟数据）" if simulated else "企业问卷调查"
