"""Static prose in a template: which characters of a line are printed as they stand, and how to write new ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# Signs that Markdown may take for its own; a backslash keeps them as they are.
_SIGNS = re.compile(r"([\\`*_\[\]<>#$~^|&!{}])")
_BRACES = ("{{", "}}", "{%", "%}", "{##", "##}", "{#", "#}")
# Strings inside of a tag may hold what would end it.
_TAG = re.compile(
    r"""\{\#\#.*?\#\#\}|\{\{(?:"[^"]*"|'[^']*'|[^"'])*?\}\}|\{%(?:"[^"]*"|'[^']*'|[^"'])*?%\}""",
    re.DOTALL,
)
_PRIVATE = re.compile("[\ue000-\uf8ff]")


class Unwritable(ValueError):
    """Words that cannot stand in a template as prose; the message says why."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A printed character of a template line: the sign, and the span of the file that writes it."""

    sign: str
    start: int
    end: int


@lru_cache(maxsize=64)
def glyphs(source: str) -> dict[int, tuple[Glyph, ...]]:
    """Return, by line (from 1), the characters of a template outside of tags and comments.

    Markup is among them: what of it is printed is only known once the template is rendered.
    """
    lines: dict[int, list[Glyph]] = {}
    offset = 0
    line = 1
    for kind, text in _lexed(source):
        if kind == "data":
            place = 0
            while place < len(text):
                sign, size = text[place], 1
                if sign == "\\" and place + 1 < len(text) and text[place + 1] in _ESCAPABLE:
                    sign, size = text[place + 1], 2
                lines.setdefault(line + text[:place].count("\n"), []).append(
                    Glyph(sign, offset + place, offset + place + size)
                )
                place += size
        offset += len(text)
        line += text.count("\n")
    return {number: tuple(found) for number, found in lines.items()}


_ESCAPABLE = frozenset("\\`*_{}[]()#+-.!|<>$~^&\"'/:;=?@,%")


def _lexed(source: str) -> Iterator[tuple[str, str]]:
    """Cut a template into tags and data; joined they are the template again."""
    end = 0
    for match in _TAG.finditer(source):
        yield "data", source[end : match.start()]
        yield "tag", match.group()
        end = match.end()
    yield "data", source[end:]


def prose(words: str) -> str:
    """Write words for a template so that they are printed as they are; Unwritable if they cannot be."""
    if "\n" in words or "\r" in words:
        raise Unwritable("a line break")
    if _PRIVATE.search(words):
        raise Unwritable("private-use characters")
    if any(brace in words for brace in _BRACES):
        raise Unwritable("braces of the template language")
    return _SIGNS.sub(r"\\\1", words)
