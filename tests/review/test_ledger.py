"""The ledger loses nothing: imports, edits in the workbook, edits in the text, in any order."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from report.errors import OutputError
from report.project import Project
from report.review.deciding import Choice, decide
from report.review.fields import clean, from_row, heading_of, to_row
from report.review.importing import import_files
from report.review.ledger import TEXT, WORKBOOK, Ledger, load, save
from report.review.mirror import from_text, to_text
from report.review.model import KINDS, VERDICTS, Disposition, Imported, Opinion
from report.review.respond import respond
from report.review.workbook import from_workbook, to_workbook
from tests.returned.sample import EDITION, FILES, ROOT, TEXTS, archive, document

WORDS = st.text(
    st.characters(exclude_categories=("Cs",)) | st.sampled_from("=+-@'\"#:：|\n\t _x0041_是否1"), max_size=30
)  # fmt: skip
FIELDS = ("verdict", "kind", "reason", "assignee", "settled_change", "remark", "extra.会签")
CHOICES = {"verdict": ("", *VERDICTS), "kind": KINDS}
DECIDED = {"verdict", "reason", "assignee"}


def opinion(number: int, text: str = "意见") -> Opinion:
    return Opinion(
        number, f"m{number}", "某企业", "甲", "2099-01-01", "a.docx", "1", "comment", "bookmark",
        "net-01", opinion=f"{text}{number}",
    )  # fmt: skip


@given(st.lists(WORDS, min_size=3, max_size=3), WORDS)
@settings(max_examples=60, deadline=None)
def test_both_forms_keep_every_text(texts: list[str], extra: str) -> None:
    made = replace(opinion(1), opinion=clean(texts[0]), quoted=clean(texts[1]), disposition=Disposition("采纳", clean(texts[2])), extra={"会签": clean(extra)})  # fmt: skip
    row = to_row(made)
    assert from_text(to_text([row], ()), "t") == {"m1": row}
    assert from_workbook(to_workbook([row], ()), "x") == {"m1": row}
    assert to_row(from_row(row)) == row


def edit_workbook(path: Path, number: int, field: str, value: str) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["意见"]
    head = [cell.value for cell in sheet[1]]
    heading = heading_of(field)
    if heading not in head:
        head.append(heading)
        sheet.cell(1, len(head), heading)
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, 1).value == number:
            cell = sheet.cell(row, head.index(heading) + 1)
            cell.value = value
            cell.data_type = "s"
    book.save(path)


def edit_text(path: Path, number: int, field: str, value: str) -> None:
    rows = from_text(path.read_text("utf-8"), "t")
    for row in rows.values():
        if row["number"] == str(number):
            row[field] = clean(value)
            if not row[field]:
                del row[field]
    path.write_text(to_text(rows.values(), ()), "utf-8")


STEP = st.tuples(
    st.sampled_from(["import", "excel", "text", "run", "decide"]),
    st.integers(1, 4),
    st.sampled_from(FIELDS),
    st.sampled_from(["", "甲", "乙：已改", "=1+1", "多行\n文字"]),
)


@given(st.lists(STEP, min_size=1, max_size=9))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_interleaving_loses_anything(tmp_path_factory, steps) -> None:
    """A model of what each side last said is kept beside; the files must agree with it throughout."""
    root = tmp_path_factory.mktemp("ledger")
    folder = root / "review" / EDITION
    save(folder, Ledger(EDITION, (opinion(1), opinion(2))))
    count = 2
    agreed: dict[tuple[int, str], str] = {(n, "kind"): "文字" for n in (1, 2)}
    excel: dict[tuple[int, str], str] = {}
    text: dict[tuple[int, str], str] = {}
    for act, number, field, value in [*steps, ("run", 1, "reason", "")]:
        key = (min(number, count), field)
        if field in CHOICES:
            value = CHOICES[field][len(value) % len(CHOICES[field])]
        if act == "excel":
            edit_workbook(folder / WORKBOOK, key[0], field, value)
            excel[key] = clean(value)
        elif act == "text":
            edit_text(folder / TEXT, key[0], field, value)
            text[key] = clean(value)
        else:
            ledger = load(folder)
            clashes = set()
            for each in {*excel, *text}:
                was = agreed.get(each, "")
                one, other = excel.get(each, was), text.get(each, was)
                if one not in (other, was) and other != was:
                    clashes.add((*each, one, other))
                else:
                    agreed[each] = other if one in (other, was) else one
                    excel.pop(each, None)
                    text.pop(each, None)
            assert {(c.number, c.field, c.excel, c.text) for c in ledger.conflicts} == clashes
            if act == "decide":
                torn = any(n == key[0] and name in DECIDED for n, name, *_rest in clashes)
                decided = VERDICTS[len(value) % 3]
                choice = Choice((key[0],))
                if torn:
                    with pytest.raises(OutputError, match="differs"):
                        decide(Project(root), EDITION, choice, decided, reason="另议")
                else:
                    decide(Project(root), EDITION, choice, decided, reason="另议")
                    agreed[key[0], "verdict"] = decided
                    agreed[key[0], "reason"] = "另议"
                    continue
            if act == "import":
                count += 1
                agreed[count, "kind"] = "文字"
                ledger = replace(ledger.with_opinions([opinion(count)]), files=(*ledger.files, Imported("f", str(count), "1", "", 1)))  # fmt: skip
            save(folder, ledger)
    ledger = load(folder)
    assert [one.number for one in ledger.opinions] == list(range(1, count + 1))
    rows = {one.number: to_row(one) for one in ledger.opinions}
    for (number, field), value in agreed.items():
        assert rows[number].get(field, "") == value
    assert not ledger.restored


def test_what_is_not_for_editing_is_put_back_and_rows_return(tmp_path: Path) -> None:
    folder = tmp_path / EDITION
    save(folder, Ledger(EDITION, (opinion(1), opinion(2))))
    edit_text(folder / TEXT, 1, "date", "1999")
    rows = from_text((folder / TEXT).read_text("utf-8"), "t")
    (folder / TEXT).write_text(to_text([rows["m1"]], ()), "utf-8")
    ledger = load(folder)
    assert [one.date for one in ledger.opinions] == ["2099-01-01", "2099-01-01"]
    assert set(ledger.restored) == {(1, "date"), (2, "")}


def test_an_opinion_typed_by_hand_gets_a_number(tmp_path: Path) -> None:
    folder = tmp_path / EDITION
    save(folder, Ledger(EDITION, (opinion(1),)))
    book = openpyxl.load_workbook(folder / WORKBOOK)
    sheet = book["意见"]
    head = [cell.value for cell in sheet[1]]
    sheet.cell(3, head.index("意见内容") + 1, "会上提出：补充案例。")
    sheet.cell(3, head.index("意见来源") + 1, "座谈会")
    book.save(folder / WORKBOOK)
    ledger = load(folder)
    save(folder, ledger)
    assert [(one.number, one.source) for one in load(folder).opinions] == [
        (1, "某企业"),
        (2, "座谈会"),
    ]


def test_the_workbook_offers_lists(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_workbook([to_row(opinion(1))], ())))
    lists = {str(one.formula1) for one in book["意见"].data_validations.dataValidation}
    assert lists == {'"采纳,部分采纳,不采纳"', '"数据,方法,结论,文字"'}


# ---------------------------------------------------------------- importing and answering


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "templates" / "docx").mkdir(parents=True)
    (tmp_path / "data").mkdir()
    (tmp_path / "templates" / "docx" / "reference.docx").write_bytes(
        (ROOT / "templates" / "docx" / "reference.docx").read_bytes()
    )
    archive(tmp_path)
    return Project(tmp_path)


def test_importing_again_adds_nothing_and_sentences_are_grouped(project: Project) -> None:
    files = [FILES / "word-comments.docx", FILES / "word-copied.docx"]
    done = import_files(project, EDITION, files)
    numbers = len(done.ledger.opinions)
    assert numbers == sum(one.marks for one in done.files)
    again = import_files(project, EDITION, files)
    assert len(again.ledger.opinions) == numbers
    assert all(one.known for one in again.files)
    copy = project.root / "copy.docx"
    copy.write_bytes(files[0].read_bytes() + b"")
    assert len(import_files(project, EDITION, [copy]).ledger.opinions) == numbers
    on_sentence = {
        one.source
        for one in done.ledger.opinions
        if one.block == "net-02" and one.group and one.mark_kind == "comment"
    }
    assert on_sentence == {"甲企业", "丙研究院", "戊企业"}
    kinds = {one.opinion: one.kind for one in done.ledger.opinions}
    assert kinds["指数的测算方法中权重如何确定？"] == "方法"
    assert kinds["结论依据不足。"] == "结论"
    assert kinds["该数值与年鉴不符，请核实。"] == "数据"


def test_an_older_drafts_file_is_carried_to_the_current_one(project: Project) -> None:
    texts = {"net-01": TEXTS["net-01"] + "各地进度不一。", "app-03": ""}
    archive(project.root, document(texts), 2)
    done = import_files(
        project, EDITION, [FILES / "word-comments.docx", FILES / "word-copied.docx"]
    )
    found = {one.opinion: one for one in done.ledger.opinions}
    assert found["整段需要补充近三年的数据。"].placing == "carried"
    assert found["整段需要补充近三年的数据。"].draft == "1"
    assert "已不存在" in found["请说明排名的依据。"].remark
    assert not any(one.placing == "unplaced" for one in done.ledger.opinions)


def test_respond_refuses_what_is_open_or_forged(project: Project) -> None:
    import_files(project, EDITION, [FILES / "word-copied.docx"], source="戊企业")
    with pytest.raises(OutputError) as refused:
        respond(project, EDITION)
    assert all("no disposition" in one.found for one in refused.value.problems)
    folder = project.root / "review" / EDITION
    ledger = load(folder)
    # One is truly accepted: its paragraph changes in the second draft; the others are declined.
    texts = {"net-02": TEXTS["net-02"].replace("重点行业", "部分重点行业")}
    for one in ledger.opinions:
        verdict = "采纳" if one.block == "net-02" else "不采纳"
        edit_workbook(folder / WORKBOOK, one.number, "verdict", verdict)
        edit_text(folder / TEXT, one.number, "reason", "另有安排")
    with pytest.raises(OutputError) as refused:
        respond(project, EDITION)
    assert ["nothing changed at net-02" in one.found for one in refused.value.problems] == [True]
    archive(project.root, document(texts), 2)
    response, files = respond(project, EDITION)
    assert response.total.verdicts == (1, 0, len(ledger.opinions) - 1)
    settled = [one for one in load(folder).opinions if one.block == "net-02"]
    assert [one.disposition.settled_draft for one in settled] == ["2"]
    first = [path.read_bytes() for path in files]
    assert [path.read_bytes() for path in respond(project, EDITION)[1]] == first
    forged = next(one for one in ledger.opinions if one.block == "app-03")
    edit_workbook(folder / WORKBOOK, forged.number, "verdict", "采纳")
    with pytest.raises(OutputError) as refused:
        respond(project, EDITION)
    assert len(refused.value.problems) == 1


def test_a_file_of_something_else_is_refused(project: Project, tmp_path: Path) -> None:
    other = tmp_path / "other.docx"
    other.write_bytes(b"PK nonsense")
    with pytest.raises(OutputError):
        import_files(project, EDITION, [other])
    assert not (project.root / "review" / EDITION / WORKBOOK).exists()


# ---------------------------------------------------------------- all of it together

RETURNED = tuple(sorted(path.name for path in FILES.glob("*.docx")))
ACT = st.one_of(
    st.tuples(st.just("import"), st.sampled_from(RETURNED), st.just("")),
    st.tuples(st.just("excel"), st.integers(0, 60), st.sampled_from(["甲组", "=1+1", ""])),
    st.tuples(st.just("decide"), st.integers(0, 60), st.sampled_from(VERDICTS)),
    st.tuples(st.just("settle"), st.sampled_from(["format", "untracked"]), st.just("不采纳")),
)


@pytest.fixture(scope="module")
def archived(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("archived")
    archive(root)
    return root


@given(st.lists(ACT, min_size=2, max_size=8))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_imports_edits_and_disposals_in_any_order_lose_nothing(
    archived, tmp_path_factory, acts
) -> None:
    """Real returned files come in between edits in the workbook and dispositions, some of them twice."""
    root = tmp_path_factory.mktemp("loop") / "project"
    shutil.copytree(archived, root)
    project, folder = Project(root), root / "review" / EDITION
    said: dict[str, dict[str, str]] = {}  # by mark: what each opinion must still say
    numbers: dict[str, int] = {}
    seen: set[str] = set()
    for act, what, value in acts:
        opinions = load(folder).opinions
        if act == "import":
            done = import_files(project, EDITION, [FILES / what], source=f"由{what}")
            assert done.files[0].known == (what in seen)
            assert done.files[0].added == (0 if what in seen else done.files[0].marks)
            seen.add(what)
            for one in done.ledger.opinions:
                said.setdefault(one.mark, {"opinion": one.opinion, "quoted": one.quoted})
                assert numbers.setdefault(one.mark, one.number) == one.number
        elif not opinions:
            continue
        elif act == "excel":
            one = opinions[what % len(opinions)]
            edit_workbook(folder / WORKBOOK, one.number, "assignee", value)
            said[one.mark]["assignee"] = value
        else:
            fits = [
                one for one in opinions if one.mark_kind == what and not one.disposition.verdict
            ]
            picked = [opinions[what % len(opinions)]] if act == "decide" else fits
            if not picked:
                continue
            choice = Choice((picked[0].number,)) if act == "decide" else Choice(marks=(what,))
            decide(project, EDITION, choice, value, reason="已研究")
            for one in picked:
                said[one.mark] |= {"verdict": value, "reason": "已研究"}
    ledger = load(folder)
    rows = {one.mark: to_row(one) for one in ledger.opinions}
    assert set(rows) == set(said)
    assert not ledger.conflicts
    assert len({one.number for one in ledger.opinions}) == len(ledger.opinions)
    for mark, fields in said.items():
        assert {name: rows[mark].get(name, "") for name in fields} == fields
    for verdict in VERDICTS:
        counted = sum(fields.get("verdict") == verdict for fields in said.values())
        assert sum(one.disposition.verdict == verdict for one in ledger.opinions) == counted


def test_deciding_by_kind_leaves_what_is_decided(archived, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(archived, root)
    project = Project(root)
    ledger = import_files(project, EDITION, [FILES / "word-tracked.docx"]).ledger
    formats = [one.number for one in ledger.opinions if one.mark_kind == "format"]
    assert len(formats) > 1
    decide(project, EDITION, Choice(formats[:1]), "采纳")
    done = decide(project, EDITION, Choice(marks=("format",)), "不采纳", reason="版式统一编排")
    assert [one.number for one in done] == formats[1:]
    with pytest.raises(OutputError, match="No undecided opinion fits"):
        decide(project, EDITION, Choice(marks=("format",)), "不采纳", reason="版式统一编排")
    with pytest.raises(OutputError) as refused:
        decide(project, EDITION, Choice((998, 999)), "采纳")
    assert len(refused.value.problems) == 2
    with pytest.raises(OutputError, match="without a reason"):
        decide(project, EDITION, Choice((formats[0],)), "部分采纳")
