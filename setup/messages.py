"""Collect the messages of the code into the Chinese catalogue, keeping the translations there are.

`make messages` writes the catalogue; with ``--missing`` the messages without a translation are printed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "report/locale/zh_CN/LC_MESSAGES/iireport.po"
KEYWORDS = {"_": None, "ngettext": (1, 2)}


def collect() -> Catalog:
    """Every message of the ``report`` package, by the order of files."""
    found = Catalog(project="iireport", charset="utf-8")
    # Positions and dates are left out: a catalogue should change only when a message does.
    for _file, _line, message, comments, _context in extract_from_dir(
        ROOT / "report", keywords=KEYWORDS, comment_tags=("Translators:",)
    ):
        found.add(message, None, [], auto_comments=comments)
    return found


def catalogue() -> Catalog:
    """Read the Chinese catalogue as it stands."""
    with CATALOGUE.open("rb") as source:
        return read_po(source, locale="zh_CN")


def translated(message: Message) -> bool:
    """Whether every form of a message has a translation."""
    forms = (message.string,) if isinstance(message.string, str) else message.string
    return bool(forms) and all(forms)


def untranslated() -> list[str]:
    """Messages of the code that the catalogue lacks or leaves empty, in the order of files."""
    have = catalogue()
    missing = []
    for message in collect():
        known = have.get(message.id) if message.id else None
        if message.id and (known is None or not translated(known) or known.fuzzy):
            missing.append(message.id if isinstance(message.id, str) else message.id[0])
    return missing


def main() -> None:
    """Bring the catalogue up to date, or print what is missing."""
    if "--missing" not in sys.argv:
        have = catalogue()
        have.update(collect(), no_fuzzy_matching=True)
        have.obsolete.clear()
        with CATALOGUE.open("wb") as target:
            write_po(target, have, no_location=True, omit_header=False, width=100, sort_output=True)
    for message in untranslated():
        sys.stdout.write(f"{message!r}\n")


if __name__ == "__main__":
    main()
