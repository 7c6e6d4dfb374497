"""Versions of a small edition for tests: composed once, then changed in one place and composed again."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from report.assessment import assess
from report.edition import load_edition
from report.manuscript import compose
from report.review.causes_of_change import Version

ROOT = Path(__file__).resolve().parents[2]


def sources(folder: Path, templates: Path) -> Mapping[str, str]:
    """Read the templates and the edition's YAML under the names that places give them."""
    found = {
        f"{templates.name}/{path.relative_to(templates).as_posix()}": path.read_text("utf-8")
        for path in sorted(templates.rglob("*"))
        if path.suffix in (".j2", ".yaml")
    }
    return found | {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.yaml"))}


def version(folder: Path, templates: Path) -> Version:
    """Assess and compose an edition."""
    edition = load_edition(folder)
    results = assess(edition)
    return Version(compose(edition, results, None, templates), results, sources(folder, templates))


def changed(base: Path, tmp: Path, name: str, change: Callable[[Path], None]) -> Path:
    """Copy ``base`` (with ``data`` and ``templates``) to ``tmp/name`` and change the copy."""
    target = tmp / name
    shutil.copytree(base, target)
    change(target)
    return target
