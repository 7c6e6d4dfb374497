"""The manifest of a build: what went in, what came out, and what made it, all by hash and version."""

from __future__ import annotations

import hashlib
import json
import platform
import re
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import report
from report.edition.model import Edition
from report.project import Project


def manifest(
    edition: Edition,
    project: Project,
    inputs: Iterable[Path],
    outputs: Mapping[str, bytes],
    *,
    fonts: Iterable[Mapping[str, str]] = (),
) -> bytes:
    """Describe a build as JSON text.

    Names are relative to the project, hashes SHA-256; there is no time but the edition's date and
    nothing of the machine but versions, so that equal inputs give equal manifests on one machine.
    """
    files = sorted({path.resolve() for path in inputs})
    described = {
        "edition": edition.id,
        "title": edition.title,
        "date": edition.date.isoformat(),
        "inputs": {project.shown(path): _sha256(path.read_bytes()) for path in files},
        "vintages": dict(sorted(edition.vintages.items())),
        "outputs": {
            name: {"sha256": _sha256(content), "bytes": len(content)}
            for name, content in sorted(outputs.items())
        },
        "versions": versions(),
        "fonts": sorted((dict(font) for font in fonts), key=lambda font: sorted(font.items())),
    }
    return (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()


def versions() -> dict[str, str]:
    """Return the versions of this package, Python and every library it asks for."""
    found = {"iireport": report.__version__, "python": platform.python_version()}
    try:
        required = distribution("iireport").requires or []
    except PackageNotFoundError:  # run from a bare source tree
        required = []
    for requirement in required:
        if "extra ==" in requirement:
            continue
        match = re.match(r"[A-Za-z0-9._-]+", requirement)
        if match is None:
            continue
        try:
            found[match[0].lower()] = distribution(match[0]).version
        except PackageNotFoundError:
            continue
    return dict(sorted(found.items()))


def template_files(templates: Path) -> tuple[Path, ...]:
    """Every file under ``templates`` that can decide a byte of the report."""
    return tuple(
        sorted(
            path
            for path in templates.rglob("*")
            if path.is_file()
            and not any(part.startswith((".", "~$")) for part in path.relative_to(templates).parts)
        )
    )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
