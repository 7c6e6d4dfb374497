"""The doctor: what is missing, and how to get it on three systems."""

from __future__ import annotations

import json
import subprocess

import matplotlib.font_manager
import pytest

from report import doctor
from report.cli.shell import run
from report.doctor import checks
from report.doctor.checks import Check, missing_fonts

FC_LIST = """\
Noto Sans CJK SC:style=Bold
Noto Sans CJK SC:style=Regular
Noto Serif CJK SC,Noto Serif CJK SC SemiBold:style=SemiBold,Regular
Noto Serif CJK SC:style=Regular
"""


def test_a_face_without_a_real_bold_is_missing():
    present = frozenset(checks._faces(FC_LIST.splitlines()))
    # SemiBold counts as bold: it is a drawn weight that bold text falls back to.
    assert missing_fonts(present) == ()
    assert missing_fonts(present - {("Noto Sans CJK SC", True)}) == ("Noto Sans CJK SC Bold",)
    assert missing_fonts([]) == ("Noto Serif CJK SC", "Noto Sans CJK SC")


def test_the_same_designs_under_their_other_name_serve():
    other = [
        (f"Source Han {kind} SC", bold) for kind in ("Serif", "Sans") for bold in (False, True)
    ]
    assert missing_fonts(other) == ()


def test_files_tell_where_there_is_no_fontconfig(monkeypatch):
    files = [
        "C:/f/NotoSansCJK-Bold.ttc",
        "C:/f/NotoSansCJK-Regular.ttc",
        "C:/f/arial.ttf",
        "/L/SourceHanSerifSC-VF.otf",
    ]
    monkeypatch.setattr(matplotlib.font_manager, "findSystemFonts", lambda: files)
    monkeypatch.setattr(checks.shutil, "which", lambda name: None)
    assert missing_fonts(doctor.fonts()) == ()


@pytest.mark.parametrize("present", [True, False])
def test_the_exit_code_says_whether_a_report_can_be_built(monkeypatch, capsys, present):
    found = (
        Check("pango", "Pango", present=present, needed=True, detail="", purpose="lays out"),
        Check("libreoffice", "LibreOffice", present=False, needed=False, detail="", purpose="opt"),
    )
    monkeypatch.setattr(doctor, "examine", lambda: found)
    assert run(["doctor"], "iireport") == (0 if present else 4)
    out = capsys.readouterr().out
    assert "LibreOffice" in out
    assert run(["doctor", "--json"], "iireport") == (0 if present else 4)
    described = json.loads(capsys.readouterr().out)
    assert described["ok"] is present
    assert described["checks"][1]["remedy"]


def test_all_systems_are_told(monkeypatch, capsys):
    missing = tuple(
        Check(name, name, present=False, needed=True, detail="", purpose="")
        for name in ("pango", "harfbuzz-subset", "fonts", "libreoffice", "poppler")
    )
    monkeypatch.setattr(doctor, "examine", lambda: missing)
    run(["doctor", "--all"], "iireport")
    out = capsys.readouterr().out
    assert out.count("apt-get install") == 5
    assert out.count("brew install") == 5
    assert "MSYS2" in out


def test_a_program_that_hangs_or_is_broken_is_not_there(monkeypatch):
    def hang(*_arguments, **_settings):
        raise subprocess.TimeoutExpired("x", 1)

    monkeypatch.setattr(checks.subprocess, "run", hang)
    assert checks._output(["x"]) == ""


def test_this_machine_can_be_examined():
    found = {check.id: check for check in doctor.examine()}
    assert found["python"].present
    assert set(found) == {"python", "pango", "harfbuzz-subset", "fonts", "libreoffice", "poppler"}
