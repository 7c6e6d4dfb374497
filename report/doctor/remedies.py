"""How to get each thing a report needs, by operating system."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from report.i18n import _

System: TypeAlias = Literal["debian", "macos", "windows"]

SYSTEMS: Final[Mapping[System, str]] = {
    "debian": "Debian / Ubuntu",
    "macos": "macOS",
    "windows": "Windows",
}

_COMMANDS: Final[Mapping[str, Mapping[System, str]]] = {
    "pango": {
        "debian": "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0",
        "macos": "brew install pango",
        "windows": "MSYS2: pacman -S mingw-w64-ucrt-x86_64-pango",
    },
    "harfbuzz-subset": {
        "debian": "sudo apt-get install libharfbuzz-subset0",
        "macos": "brew install harfbuzz",
        "windows": "MSYS2: pacman -S mingw-w64-ucrt-x86_64-harfbuzz",
    },
    "fonts": {
        "debian": "sudo apt-get install fonts-noto-cjk",
        "macos": "brew install --cask font-noto-sans-cjk font-noto-serif-cjk",
        "windows": "Noto Sans CJK SC, Noto Serif CJK SC: notofonts/noto-cjk (GitHub, Releases)",
    },
    "libreoffice": {
        "debian": "sudo apt-get install libreoffice-writer python3-uno",
        "macos": "brew install --cask libreoffice",
        "windows": "winget install TheDocumentFoundation.LibreOffice",
    },
    "poppler": {
        "debian": "sudo apt-get install poppler-utils",
        "macos": "brew install poppler",
        "windows": "MSYS2: pacman -S mingw-w64-ucrt-x86_64-poppler",
    },
}


def system(platform: str = sys.platform) -> System:
    """Return which of the described systems this is; other Unix systems count as Debian."""
    return {"darwin": "macos", "win32": "windows"}.get(platform, "debian")  # type: ignore[return-value]


def remedy(check: str, on: System) -> str:
    """Return how to get what ``check`` looks for on a system."""
    command = _COMMANDS[check][on]
    if on != "windows":
        return command
    if check == "fonts":
        return _("{command}; unpack, select all, right-click, install for all users").format(
            command=command
        )
    if command.startswith("MSYS2"):
        return _("{command}; then add C:\\msys64\\ucrt64\\bin to PATH").format(command=command)
    return command
