"""Missing characters: what no font on this machine can draw, and where the report uses it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from typing import Any

from report.document.model import Document, Section
from report.errors import Place, Problem
from report.i18n import _

_NOTDEF = re.compile(r"\.notdef glyph rendered .*\(U\+([0-9A-F]{4,6})\)", re.DOTALL)


def missing_characters(messages: Iterable[str]) -> list[str]:
    """Return the characters WeasyPrint's log ``messages`` say were drawn as missing-glyph boxes."""
    found = {chr(int(match.group(1), 16)) for text in messages if (match := _NOTDEF.search(text))}
    return sorted(found)


def missing_problems(document: Document, characters: Iterable[str]) -> list[Problem]:
    """Return one problem per character, with the first block that uses it."""
    problems = []
    for character in characters:
        block, place = _first_use(document, character)
        where = _("in block {id}").format(id=block) if block else ""
        problems.append(
            Problem(
                place,
                _("No font on this machine can draw “{character}” (U+{code:04X}) {where}")
                .format(character=character, code=ord(character), where=where)
                .strip(),
                _("a character of the report's fonts"),
                _("Install the Noto CJK fonts, or write the character another way."),
            )
        )
    return problems


def _first_use(document: Document, character: str) -> tuple[str, Place | None]:
    for block in document.blocks():
        if any(character in text for text in _strings(block)):
            return block.id, getattr(block, "origin", None)
    return "", None


def _strings(value: Any) -> Iterator[str]:
    """Yield every string within a block, its drawings' included, but not those of blocks inside it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, (Section, Place)):
        return
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _strings(getattr(value, field.name))


def subsetter_found() -> bool:
    """Whether WeasyPrint found HarfBuzz's subsetter; without it PDFs take twice the time and memory."""
    from weasyprint.text import ffi  # noqa: PLC0415  WeasyPrint is slow to import

    return getattr(ffi, "harfbuzz_subset", None) is not None
