"""Whether finished files come from today's inputs, as their manifest tells by hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from report.check.findings import Finding
from report.errors import Place
from report.i18n import _

RULE = "stale-output"
MANIFEST = "manifest.json"
LARGEST = 16_000_000  # bytes of a manifest
MOST_NAMED = 5


def stale(out: Path, inputs: Mapping[str, Path]) -> tuple[Finding, ...]:
    """Compare the folder ``out`` of a build with its manifest and with ``inputs`` (name → file).

    Tells inputs that changed, came or went since the build, and outputs that were changed after it.
    """
    described = _read(out / MANIFEST)
    if described is None:
        found = _("the folder has no manifest of a build")
        return (_finding(out, found, _("build the report first: iireport build")),)
    return tuple(_inputs(out, described, inputs)) + tuple(_outputs(out, described))


def _inputs(
    out: Path, described: Mapping[str, object], inputs: Mapping[str, Path]
) -> Iterator[Finding]:
    built = _table(described.get("inputs"))
    now = {name: _sha256(path) for name, path in inputs.items() if path.is_file()}
    changed = sorted(name for name in built.keys() | now.keys() if built.get(name) != now.get(name))
    if changed:
        found = _("the report was built from other inputs: {names}").format(names=_named(changed))
        yield _finding(out, found, _("build the report again, then check it"))


def _outputs(out: Path, described: Mapping[str, object]) -> Iterator[Finding]:
    outputs = described.get("outputs")
    for name, facts in sorted(outputs.items()) if isinstance(outputs, dict) else ():
        path = out / str(name)
        wanted = facts.get("sha256") if isinstance(facts, dict) else None
        if not path.resolve().is_relative_to(out.resolve()):
            continue
        if not path.is_file():
            found = _("the file {name} of the build is gone").format(name=name)
        elif _sha256(path) != wanted:
            found = _("the file {name} was changed after the build").format(name=name)
        else:
            continue
        yield _finding(out / str(name), found, _("build the report again"))


def _read(path: Path) -> dict[str, object] | None:
    try:
        if path.stat().st_size > LARGEST:
            return None
        described = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return described if isinstance(described, dict) else None


def _table(value: object) -> dict[str, str]:
    return {str(k): str(v) for k, v in value.items()} if isinstance(value, dict) else {}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _named(names: Iterable[str]) -> str:
    listed = list(names)
    more = f" … ({len(listed)})" if len(listed) > MOST_NAMED else ""
    return ", ".join(listed[:MOST_NAMED]) + more


def _finding(path: Path, found: str, remedy: str) -> Finding:
    return Finding(RULE, Place.of(path.name), "", "", found, "", remedy)
