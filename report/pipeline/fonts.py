"""Which font files a report was set in, by version and hash: other fonts give other pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from report.doctor.checks import ALIASES, FACES


def used_fonts() -> Iterator[dict[str, str]]:
    """Describe every house face installed here: family, style, file name, version, SHA-256."""
    from matplotlib.font_manager import FontProperties, findfont  # noqa: PLC0415 - 0.3 s

    for family, _bold in FACES:
        for weight in ("regular", "bold"):
            for name in (family, ALIASES[family]):
                face = FontProperties(family=name, weight=weight)
                try:
                    found = Path(findfont(face, fallback_to_default=False))
                except ValueError:
                    continue
                yield {
                    "family": name,
                    "style": weight,
                    "file": found.name,
                    "version": _version(found, name),
                    "sha256": hashlib.sha256(found.read_bytes()).hexdigest(),
                }
                break


def _version(path: Path, family: str) -> str:
    """Return the version a font file states, of the family's own face in a collection."""
    from fontTools.ttLib import TTCollection, TTFont  # noqa: PLC0415

    if path.suffix.lower() not in {".ttc", ".otc"}:
        with TTFont(path, lazy=True) as font:
            return str(font["name"].getDebugName(5) or "")
    with TTCollection(path, lazy=True) as collection:
        for font in collection.fonts:
            if font["name"].getDebugName(1) == family:
                return str(font["name"].getDebugName(5) or "")
    return ""
