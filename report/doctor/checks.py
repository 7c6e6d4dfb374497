"""The checks themselves: Python, Pango, harfbuzz-subset, Chinese fonts, LibreOffice, poppler."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from report.i18n import _

# What a face is asked for: family and whether a real bold is needed (a false one is not drawn).
FACES = (("Noto Serif CJK SC", True), ("Noto Sans CJK SC", True))
# Either of these names serves: the same designs under their other name.
ALIASES = {"Noto Serif CJK SC": "Source Han Serif SC", "Noto Sans CJK SC": "Source Han Sans SC"}

# Asked of WeasyPrint itself, in a process of its own: the answer is true on every system, and a
# failing import cannot hurt this one.
_PROBE = "import weasyprint.text.ffi as found; print('ok', found.harfbuzz_subset is not None)"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked for: whether it is there, and what for.

    ``needed`` things stop a build when missing; the others only limit it.
    """

    id: str
    label: str
    present: bool
    needed: bool
    detail: str
    purpose: str


def examine() -> tuple[Check, ...]:
    """Look for everything; nothing is changed and no network is used."""
    missing_faces = missing_fonts(fonts())
    libraries = _output([sys.executable, "-W", "ignore", "-c", _PROBE]).split()
    soffice = _libreoffice()
    pdftotext = shutil.which("pdftotext")
    return (
        Check(
            "python",
            "Python",
            present=sys.version_info >= (3, 11),
            needed=True,
            detail=platform.python_version(),
            purpose=_("runs everything; 3.11 or later"),
        ),
        Check(
            "pango",
            "Pango",
            present=libraries[:1] == ["ok"],
            needed=True,
            detail="",
            purpose=_("lays out the PDF"),
        ),
        Check(
            "harfbuzz-subset",
            "HarfBuzz (subset)",
            present=libraries == ["ok", "True"],
            needed=False,
            detail="",
            purpose=_("writes the PDF in half the time and memory"),
        ),
        Check(
            "fonts",
            _("Chinese fonts"),
            present=not missing_faces,
            needed=True,
            detail=", ".join(missing_faces) or ", ".join(family for family, _bold in FACES),
            purpose=_("Song and Hei faces, regular and bold, of text and figures"),
        ),
        Check(
            "libreoffice",
            "LibreOffice",
            present=bool(soffice),
            needed=False,
            detail=_version([soffice, "--version"]) if soffice else "",
            purpose=_("optional: checks the Word file by opening it"),
        ),
        Check(
            "poppler",
            "poppler",
            present=bool(pdftotext),
            needed=False,
            detail=_version([pdftotext, "-v"]) if pdftotext else "",
            purpose=_("optional: looks at finished PDF pages"),
        ),
    )


def fonts() -> frozenset[tuple[str, bool]]:
    """Every installed font family as (name, is bold), as fontconfig or, failing that, files say."""
    fc_list = shutil.which("fc-list")
    if fc_list:
        listed = _output([fc_list, ":lang=zh-cn", "family", "style"])
        if listed:
            return frozenset(_faces(listed.splitlines()))
    return frozenset(_faces_of_files())


def missing_fonts(present: Iterable[tuple[str, bool]]) -> tuple[str, ...]:
    """Name the faces that reports need and ``present`` lacks."""
    have = set(present)
    missing = []
    for family, with_bold in FACES:
        names = (family, ALIASES[family])
        if not any((name, False) in have for name in names):
            missing.append(family)
        elif with_bold and not any((name, True) in have for name in names):
            missing.append(f"{family} Bold")
    return tuple(missing)


def _faces(lines: Iterable[str]) -> Iterable[tuple[str, bool]]:
    """Read ``family,other name:style=Bold,…`` lines."""
    for line in lines:
        families, _separator, style = line.partition(":style=")
        bold = "bold" in style.lower().split(",")[0]
        for family in families.split(","):
            yield family.strip(), bold


def _faces_of_files() -> Iterable[tuple[str, bool]]:
    """Guess families from file names where there is no fontconfig (Windows, macOS)."""
    from matplotlib.font_manager import findSystemFonts  # noqa: PLC0415 - 0.5 s, only needed here

    wanted = {
        name.replace(" ", "").lower(): family
        for family in ALIASES
        for name in (family, family.removesuffix(" SC"), ALIASES[family])
    }
    for file in findSystemFonts():
        stem = Path(file).stem.replace(" ", "").lower()
        name, _separator, weight = stem.partition("-")
        if name in wanted:
            # A variable font holds every weight.
            if weight in ("regular", "") or weight.startswith("vf"):
                yield wanted[name], False
            if weight in ("bold", "") or weight.startswith("vf"):
                yield wanted[name], True


def _libreoffice() -> str:
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    for place in (
        Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
        Path("C:/Program Files/LibreOffice/program/soffice.exe"),
    ):
        if place.is_file():
            return str(place)
    return ""


def _version(command: list[str]) -> str:
    return (_output(command).splitlines() or [""])[0].strip()


def _output(command: list[str]) -> str:
    """Run a program found on this machine and return what it says on either stream."""
    try:
        done = subprocess.run(  # noqa: S603 - this interpreter, or a path found by shutil.which
            command, capture_output=True, check=False, timeout=30
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return (done.stdout or done.stderr).decode("utf-8", "replace")
