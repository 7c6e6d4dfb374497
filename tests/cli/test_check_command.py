"""``iireport check`` from outside: what an editor sees, what a script gets, and the exit codes."""

from __future__ import annotations

import json
import shutil

import pytest

from report.cli.shell import run
from report.pipeline import build
from tests.support.editions import make_edition

TEMPLATE = '# 总体情况 {#p}\n\n总指数为{{ n("index.total") }}，位居前列。\n\n共有五项指标。\n'


@pytest.fixture
def folder(tmp_path, project):
    """A made-up edition with one small template that says two things it should not."""
    made = make_edition(tmp_path, survey=False)
    parts = tmp_path / "templates/parts"
    parts.mkdir(parents=True)
    (parts / "p.md.j2").write_text(TEMPLATE, "utf-8")
    (parts.parent / "report.yaml").write_text("parts:\n  - {id: p, content: parts/p.md.j2}\n")
    (parts.parent / "style.yaml").write_text(
        (project / "templates/style.yaml").read_text("utf-8"), "utf-8"
    )
    return made


def write(folder, text):
    (folder.parents[1] / "templates/parts/p.md.j2").write_text(text, "utf-8")


def test_an_editor_sees_sentence_words_place_and_remedy(folder, capsys):
    assert run(["check", str(folder)], "iireport") == 1
    shown = capsys.readouterr().out
    assert "第一部分 总体情况" in shown
    assert "templates/parts/p.md.j2:3" in shown
    assert "，位【居前列】。" in shown
    assert "a claim without data behind it: 居前列" in shown
    assert "leaders(…)" in shown
    assert "templates/parts/p.md.j2:5" in shown
    assert "共有【五】项指标。" in shown
    assert shown.rstrip().endswith("2 findings to mend")


def test_in_chinese(folder, capsys):
    assert run(["--lang", "zh", "check", str(folder)], "iireport") == 1
    shown = capsys.readouterr().out
    assert "处理：" in shown
    assert "expected" not in shown
    assert "what to do" not in shown


def test_a_script_gets_json(folder, capsys):
    assert run(["check", str(folder), "--json"], "iireport") == 1
    described = json.loads(capsys.readouterr().out)
    assert (described["ok"], described["errors"], described["warnings"]) == (False, 2, 0)
    first = described["findings"][0]
    assert (first["rule"], first["word"], first["part"]) == ("unguarded-claim", "居前列", "p")
    assert first["place"] == {"file": "templates/parts/p.md.j2", "sheet": "", "cell": "", "line": 3}
    start, end = first["span"]
    assert first["sentence"][start:end] == first["word"]


def test_quiet_prints_a_line_each(folder, capsys):
    assert run(["check", str(folder), "--quiet"], "iireport") == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[:2] for line in lines] == [
        ["templates/parts/p.md.j2:3", "unguarded-claim"],
        ["templates/parts/p.md.j2:5", "typed-number"],
    ]


def test_a_clean_edition_says_so(folder, capsys):
    write(folder, '# 总体情况 {#p}\n\n总指数为{{ n("index.total") }}。\n')
    assert run(["check", str(folder)], "iireport") == 0
    assert "Nothing to mend" in capsys.readouterr().out
    assert run(["check", str(folder), "--quiet"], "iireport") == 0
    assert capsys.readouterr().out == ""


def test_warnings_alone_leave_the_exit_code_at_nought(folder, capsys):
    facts = folder / "facts.yaml"
    facts.write_text(facts.read_text("utf-8").rstrip() + "\n    valid_until: 2029-12-31\n", "utf-8")
    write(folder, '# 总体情况 {#p}\n\n{{ fact("example") }}。\n')
    assert run(["check", str(folder)], "iireport") == 0
    shown = capsys.readouterr().out
    assert "(warning)" in shown
    assert "was valid until 2029-12-31" in shown
    assert shown.rstrip().endswith("1 warning")


def test_a_claim_that_no_longer_holds_is_a_problem(folder, capsys):
    write(folder, "# 总体情况 {#p}\n\n{% claim 'index.total < 1' %}指数很低{% endclaim %}。\n")
    assert run(["check", str(folder)], "iireport") == 2
    told = capsys.readouterr().err
    assert "a claim no longer holds: 指数很低" in told
    assert "p.md.j2:3" in told


def test_a_mistake_in_the_style_file_is_a_problem(folder, capsys):
    (folder.parents[1] / "templates/style.yaml").write_text("terms: 甲\n", "utf-8")
    assert run(["check", str(folder)], "iireport") == 2
    assert "style.yaml" in capsys.readouterr().err


def test_a_build_says_how_many_sentences_to_look_at(folder, project, tmp_path, capsys):
    shutil.copytree(project / "templates/page", tmp_path / "templates/page")
    report = build(folder, tmp_path / "out", formats=["html"])
    assert report.findings == 2
    assert run(["build", str(folder), "--format", "html"], "iireport") == 0
    assert "2 sentences to look at: run “iireport check 2030”" in " ".join(
        capsys.readouterr().out.split()
    )
