"""Set-up: locked, complete, without addresses; make's targets as the documents name them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tomllib

import pytest


@pytest.mark.parametrize("name", ["run.lock", "dev.lock"])
def test_locks_hold_versions_and_hashes_and_no_address(project, name):
    text = (project / "requirements" / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index" not in text
    pinned = re.findall(r"^([A-Za-z0-9._-]+)==", text, re.MULTILINE)
    assert len(pinned) > 20
    for block in re.split(r"\n(?=[A-Za-z0-9])", text.strip()):
        assert "--hash=sha256:" in block, block.splitlines()[0]


@pytest.mark.parametrize(("name", "extra"), [("run.lock", ""), ("dev.lock", "dev")])
def test_locks_hold_every_dependency(project, name, extra):
    declared = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = declared["dependencies"] + declared["optional-dependencies"].get(extra, [])
    text = (project / "requirements" / name).read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([A-Za-z0-9._-]+)==", text, re.MULTILINE))
    for requirement in wanted:
        match = re.match(r"[A-Za-z0-9._-]+", requirement)
        assert match
        assert re.sub(r"[._-]+", "-", match[0].lower()) in pinned


def test_npm_lock_has_integrity_and_no_address(project):
    lock = json.loads((project / ".ci/ooxml/package-lock.json").read_text(encoding="utf-8"))
    assert "resolved" not in json.dumps(lock)
    installed = {name: said for name, said in lock["packages"].items() if name}
    assert installed
    assert all(said["integrity"] for said in installed.values())


@pytest.mark.parametrize("script", ["setup/packages.sh", "setup/venv.sh", ".ci/run"])
def test_scripts_are_executable_and_well_formed(project, script):
    path = project / script
    assert os.access(path, os.X_OK)
    shell = "bash" if "bash" in path.read_text(encoding="utf-8").splitlines()[0] else "sh"
    subprocess.run([shutil.which(shell), "-n", str(path)], check=True)


def test_a_second_set_up_has_nothing_to_do(project, tmp_path):
    """The stamps of a finished set-up keep `make setup` from touching the network."""
    copy = tmp_path / "project"
    (copy / "requirements").mkdir(parents=True)
    for name in ("Makefile", "pyproject.toml", "requirements/run.lock"):
        shutil.copy(project / name, copy / name)
    shutil.copytree(project / "setup", copy / "setup")
    (copy / ".venv").mkdir()
    for stamp in (".made", ".run"):
        (copy / ".venv" / stamp).touch()
    done = subprocess.run(
        ["make", "-C", str(copy), "--dry-run", "setup"], capture_output=True, text=True, check=True
    )
    assert "pip" not in done.stdout


def test_an_old_python_is_refused_with_a_remedy(project, tmp_path):
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = -V ] && echo "Python 3.9.2" && exit 0\nexit 1\n')
    old.chmod(0o755)
    done = subprocess.run(
        [str(project / "setup/venv.sh"), str(tmp_path / "venv")],
        env={"PATH": os.environ["PATH"], "PYTHON": str(old)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "3.11" in done.stderr
    assert "PYTHON=" in done.stderr


def test_missing_packages_without_rights_are_named(project, tmp_path):
    for name, text in {
        "apt-get": "exit 1",
        "dpkg-query": "exit 1",
        "id": "echo 1000",
        "sudo": "exit 1",
    }.items():
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\n{text}\n")
        program.chmod(0o755)
    done = subprocess.run(
        [str(project / "setup/packages.sh"), "libpango-1.0-0", "fonts-noto-cjk"],
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "apt-get install -y --no-install-recommends libpango-1.0-0 fonts-noto-cjk" in done.stderr


def test_make_targets_are_those_the_documents_name(project):
    makefile = (project / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    for page in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "docs/editors.zh-CN.md"):
        text = (project / page).read_text(encoding="utf-8")
        for target in re.findall(r"`make ([a-z]+)|^make ([a-z]+)", text, re.MULTILINE):
            assert (target[0] or target[1]) in targets, (page, target)


def test_links_between_documents_lead_somewhere(project):
    pages = [*project.glob("*.md"), *(project / "docs").glob("*.md")]
    for page in pages:
        for link in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
            if "://" not in link:
                assert (page.parent / link).exists(), f"{page.name}: {link}"
