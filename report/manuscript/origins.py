"""Lexing: lines of tags and comments leave no trace, and every literal text carries its template line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from report.i18n import _
from report.manuscript.store import SENTINELS

if TYPE_CHECKING:
    from report.manuscript.environment import TemplateEnvironment


class OriginExtension(Extension):
    """Mark literal text with its place, and drop the lines that hold nothing but tags.

    A mark says where the text after it stands; it opens each run of literal text and follows each
    newline. Jinja's own trimming also eats the newline after an inline tag at a line's end, which
    would glue paragraphs together, so whole-line tags are recognised here.
    """

    environment: TemplateEnvironment

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Refuse a template that holds the characters used for marks."""
        for number, line in enumerate(source.split("\n"), start=1):
            if not SENTINELS.isdisjoint(line):
                raise TemplateSyntaxError(
                    _("private-use characters U+E200…U+E203 cannot be used in a template"),
                    number,
                    name,
                    filename,
                )
        return source

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens with whole-line tags trimmed and places marked."""
        name = stream.name or "<string>"
        tokens = list(stream)
        dropped = _tag_lines(tokens)
        for index, token in enumerate(tokens):
            if token.type != "data":
                yield token
                continue
            marked = "".join(
                self.environment.store.mark(name, token.lineno + offset) + piece
                for offset, piece in enumerate(_pieces(token.value))
                if (index, offset) not in dropped
            )
            if marked:
                yield Token(token.lineno, "data", marked)


def _pieces(text: str) -> list[str]:
    """Split after each newline; what follows the last one is a piece too, even when empty."""
    *whole, rest = text.split("\n")
    return [piece + "\n" for piece in whole] + [rest]


def _tag_lines(tokens: list[Token]) -> set[tuple[int, int]]:
    """Find the pieces (token, piece) of lines that hold only tags, comments and blanks."""
    dropped: set[tuple[int, int]] = set()
    line: list[tuple[int, int]] = []
    tags = words = False

    def close() -> None:
        nonlocal line, tags, words
        if tags and not words:
            dropped.update(line)
        line, tags, words = [], False, False

    before = ""
    for index, token in enumerate(tokens):
        if token.type == "data":
            tags = tags or before == "data"  # comments leave no token of their own
            for offset, piece in enumerate(_pieces(token.value)):
                line.append((index, offset))
                words = words or bool(piece.strip())
                if piece.endswith("\n"):
                    close()
        elif token.type in ("block_begin", "raw_begin"):
            tags = True
        elif token.type == "variable_begin":
            words = True
        before = token.type
    close()
    return dropped
