"""The command line from outside: help, languages, problems, exit codes."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from report.cli import build, shell
from report.cli.shell import COMMANDS, run
from report.errors import EditionError, MachineError, OutputError, Place, Problem


@pytest.fixture
def call(capfd):
    """Run the program and return exit code, standard output and standard error."""

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments, "iireport")
        out, err = capfd.readouterr()
        return code, out, err

    return call


def failing(error: BaseException):
    """Return a command that fails with ``error``."""

    def fail(**_options: object) -> None:
        raise error

    return fail


@pytest.fixture
def build_fails(monkeypatch):
    """Let ``iireport build`` fail with an error."""
    return lambda error: monkeypatch.setattr(build, "_run", failing(error))


def test_without_arguments_the_commands_are_listed(call):
    code, out, _err = call()
    assert code == 0
    for name in COMMANDS:
        assert re.search(rf"^  {name} ", out, re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_help_page_with_an_example(call, name):
    code, out, _err = call(name, "--help")
    assert code == 0
    assert f"Usage: iireport {name}" in out
    assert f"iireport {name}" in out.partition("Example:")[2]


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_every_command_is_documented(project, name, page):
    assert f"iireport {name}" in (project / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_help_speaks_chinese(call, name):
    _code, out, _err = call(name, "--help", "--lang", "zh")
    assert "用法" in out
    assert "Usage" not in out
    assert "Options" not in out


def test_an_unknown_command_names_those_there_are(call):
    code, _out, err = call("biuld")
    assert code == 2
    assert "biuld" in err
    assert "editions" in err


def test_an_unknown_option_names_the_nearest(call):
    code, _out, err = call("build", "--jsn")
    assert code == 2
    assert "--json" in err


def test_problems_are_numbered_with_place_expectation_and_remedy(call, build_fails):
    build_fails(
        EditionError(
            [
                Problem(
                    Place.of("data/x/figures.xlsx", sheet="数据", cell="D7"),
                    "found “abc” [not a number]",
                    "a number or an empty cell",
                    "correct the cell",
                ),
                Problem(Place.of("data/x/indicators.yaml", line=12), "weights add up to 0.9"),
            ]
        )
    )
    code, out, err = call("build")
    assert code == 2
    assert out == ""
    assert "2 problems" in err
    assert "  1. data/x/figures.xlsx [数据]!D7" in err
    assert "found “abc” [not a number]" in err
    assert "expected: a number or an empty cell" in err
    assert "what to do: correct the cell" in err
    assert "  2. data/x/indicators.yaml:12" in err
    assert "Traceback" not in err


def test_problems_as_json(call, build_fails):
    build_fails(EditionError(Problem(Place.of("a.csv", cell="B2"), "f", "e", "r")))
    code, out, err = call("build", "--json")
    assert code == 2
    assert err == ""
    assert json.loads(out) == {
        "ok": False,
        "error": "EditionError",
        "problems": [
            {
                "place": {"file": "a.csv", "sheet": "", "cell": "B2", "line": 0},
                "found": "f",
                "expected": "e",
                "remedy": "r",
            }
        ],
    }


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (EditionError(Problem(None, "x")), 2),
        (OutputError(Problem(None, "x")), 3),
        (MachineError(Problem(None, "x")), 4),
        (ZeroDivisionError("by zero"), 1),
        (KeyboardInterrupt(), 130),
    ],
)
def test_the_exit_code_tells_the_kind_of_error(call, build_fails, error, code):
    build_fails(error)
    got, _out, err = call("build")
    assert got == code
    assert "Traceback" not in err


def test_a_defect_shows_its_trace_only_with_debug(call, build_fails):
    build_fails(ZeroDivisionError("by zero"))
    _code, _out, err = call("build")
    assert "ZeroDivisionError" in err
    assert "--debug" in err
    with pytest.raises(ZeroDivisionError):
        run(["build", "--debug"], "iireport")


def test_problems_are_told_in_chinese(call, build_fails):
    build_fails(EditionError(Problem(Place.of("a.csv"), "f", "e", "r")))
    _code, _out, err = call("--lang", "zh", "build")
    assert "1 个问题" in err
    assert "应为" in err


def test_an_unknown_edition_names_those_there_are(call, project, monkeypatch):
    monkeypatch.chdir(project)
    code, _out, err = call("build", "1999")
    assert code == 2
    assert "1999" in err
    assert "published-2021" in err


def test_editions_as_json(call, project, monkeypatch):
    monkeypatch.chdir(project)
    code, out, _err = call("editions", "--json")
    assert code == 0
    editions = {row["id"]: row for row in json.loads(out)["editions"]}
    assert editions["2023"]["assessment_year"] == "2022"
    assert {"2022", "2023", "published-2021"} <= set(editions)


def test_listing_editions_survives_a_broken_one(call, tmp_path, monkeypatch):
    (tmp_path / "templates").mkdir()
    (tmp_path / "data/bad").mkdir(parents=True)
    (tmp_path / "data/bad/edition.yaml").write_text("title: [", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    code, out, _err = call("editions")
    assert code == 0
    assert "bad" in out


def test_only_the_named_command_is_imported():
    script = (
        "import sys; from report.cli.shell import run; run(['build', '--help'], 'x');"
        "print([m for m in ('weasyprint', 'matplotlib', 'pandas', 'docx') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_table_of_commands_is_true():
    for name in COMMANDS:
        command = shell.root().get_command(None, name)
        assert command.name == name
