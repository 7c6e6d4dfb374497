"""Applying opinions of the ledger: wording into templates, the rest into questions for the analysts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from report.assessment.results import Results
from report.assessment.trace import formula, leaves
from report.document.derived import Undefined, parse
from report.errors import OutputError, Place, Problem
from report.i18n import _
from report.project import Project
from report.review.apply import Applier, Outcome, Wanted
from report.review.drafts import draft_document, draft_input, find_draft
from report.review.ledger import ledger_folder, load, locked, save
from report.review.model import Opinion
from report.review.sentence import Refused

QUESTIONS = "questions.md"
ACCEPTED = ("采纳", "部分采纳")
_MOST_LEAVES = 12
REASONS = {
    "number": "此处是测算得出的数字，模板不能改写",
    "claim": "此处是由条件核对的论断用语",
    "word": "此处的词语、名称或次序由数据选定",
    "fact": "此处是引用的公开事实，出自 facts.yaml",
    "reference": "此处是图、表、章节的编号，由程序排定",
    "structure": "此处是年份、个数等由程序填写的数",
    "typed": "改后的文字含有手写的数字或模板不能容纳的字符",
    "formula": "此处是公式",
    "break": "此处是换行",
    "place": "此处文字不在模板里",
}


def wanted_of(one: Opinion) -> Wanted | None:
    """Return the change that an opinion asks for; None where it says no wording.

    An editor's own wording (``suggested`` in place of ``quoted``) is taken where the mark itself holds
    no changed paragraph.
    """
    before, after = one.before, one.after
    if before == after or not after:
        if not (one.suggested and one.quoted) or before.count(one.quoted) != 1:
            return None
        after = before.replace(one.quoted, one.suggested)
    return Wanted(one.number, one.block, before, after, one.row, one.column)


def apply_opinions(
    project: Project,
    edition: str,
    numbers: Sequence[int],
    compose: Callable[[Path], object],
    results: Results,
) -> tuple[Outcome, ...]:
    """Apply the accepted opinions ``numbers`` one after another and note in the ledger what became of each.

    OutputError, before anything is written, names every opinion that is not accepted, has no place or
    asks for no wording.
    """
    folder = ledger_folder(project, edition)
    with locked(folder):
        ledger = load(folder)
        opinions = ledger.named(numbers)
        wanted = _checked(opinions, edition)
        outcomes: list[Outcome] = []
        applier, draft = None, ""
        for one, change in zip(opinions, wanted, strict=True):
            if applier is None or one.draft != draft:  # it knows how the templates read now
                applier, draft = _applier(project, edition, one, compose), one.draft
            outcomes.append(applier.apply(change))
        told = [_noted(one, outcome) for one, outcome in zip(opinions, outcomes, strict=True)]
        save(folder, ledger.with_opinions(told))
        _ask(folder, opinions, outcomes, results)
    return tuple(outcomes)


def _checked(opinions: Iterable[Opinion], edition: str) -> list[Wanted]:
    wanted: list[Wanted] = []
    problems: list[Problem] = []
    for one in opinions:
        change = wanted_of(one)
        place = Place.of(f"review/{edition}")
        if one.disposition.verdict not in ACCEPTED:
            found = _("Opinion {number} is not accepted.").format(number=one.number)
            remedy = _("Choose 采纳 or 部分采纳 in the ledger first.")
            problems.append(Problem(place, found, "", remedy))
        elif not one.block or change is None:
            found = _("Opinion {number} asks for no wording at a known place.")
            remedy = _("Edit the template by hand and say in the ledger what was done.")
            problems.append(Problem(place, found.format(number=one.number), "", remedy))
        else:
            wanted.append(change)
    if problems:
        raise OutputError(problems)
    return wanted


def _applier(
    project: Project, edition: str, one: Opinion, compose: Callable[[Path], object]
) -> Applier:
    """Make the applier of the draft that an opinion was made on."""
    draft = find_draft(project, edition, one.draft)
    sources = {
        name: draft_input(draft, name).decode("utf-8")
        for name in draft.inputs
        if name.endswith(".j2")
    }
    return Applier(draft_document(draft), sources, project.templates, compose)  # type: ignore[arg-type]


def _noted(one: Opinion, outcome: Outcome) -> Opinion:
    """Say in the ledger what became of an opinion."""
    disposition = one.disposition
    if outcome.status in ("applied", "already"):
        applied = outcome.status == "applied"
        said = "已按意见修改" if applied else "现有文字已如此"
        remark = _joined(one.remark, f"已写入模板 {outcome.place}") if applied else one.remark
        return replace(one, remark=remark, disposition=replace(disposition, settled_change=said))
    if outcome.status == "refused":
        reasons = "；".join(dict.fromkeys(REASONS[refused.why] for refused in outcome.refused))
        return replace(
            one, kind="数据", remark=_joined(one.remark, f"未写入：{reasons}，已转为数据问题")
        )
    said = (
        "模板此处已另行修改，未能并入" if outcome.status == "conflict" else "找不到可改的模板文字"
    )
    return replace(one, remark=_joined(one.remark, said))


def _joined(remark: str, said: str) -> str:
    return remark if said in remark else f"{remark}；{said}" if remark else said


# ---------------------------------------------------------------- questions


def _ask(
    folder: Path, opinions: Iterable[Opinion], outcomes: Iterable[Outcome], results: Results
) -> None:
    """Add the questions to ``questions.md``: an opinion's is written once and never taken away."""
    path = folder / QUESTIONS
    text = path.read_text("utf-8") if path.is_file() else "# 数据问题\n"
    for one, outcome in zip(opinions, outcomes, strict=True):
        title = f"## 意见第{outcome.opinion}号"
        if outcome.status == "refused" and f"{title}\n" not in text:
            lines = [title, "", *_question(one, outcome, results)]
            text += "\n" + "\n".join(lines) + "\n"
    if text.count("\n") > 1:
        path.write_text(text, encoding="utf-8", newline="\n")


def _question(one: Opinion, outcome: Outcome, results: Results) -> Iterator[str]:
    place = " ".join(part for part in (one.part, one.heading, one.place) if part)
    yield f"{place}（`{one.block}`），{one.source or one.author}提出："
    yield ""
    yield f"- 现文：{outcome.text}"
    for refused in outcome.refused:
        yield f"- “{refused.text}”拟改为“{refused.wanted}”：{REASONS[refused.why]}。"
        yield from trace_lines(results, refused)


def trace_lines(results: Results, refused: Refused) -> Iterator[str]:
    """Yield where the refused number comes from: its formula, then the cells it is computed from."""
    for key in refused.keys:
        try:
            plain = tuple(parse(key).leaves())
        except Undefined:
            continue
        yield f"  - 地址 `{key}`"
        for one in plain:
            if one not in results:
                continue
            yield f"    - {formula(results, one)}"
            cells = leaves(results, one)
            for cell in cells[:_MOST_LEAVES]:
                value = results[cell]
                yield f"      - `{cell}` {value.place or ''}".rstrip()
            if len(cells) > _MOST_LEAVES:
                yield f"      - 等{len(cells)}个数据"
