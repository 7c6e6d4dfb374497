"""Reading Markdown: the rules an editor may use, with emphasis and attributes that suit Chinese prose."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

_ATTRIBUTES = re.compile(r"\s*\{([^{}\n]*)\}\s*$")
_ATTRIBUTE = re.compile(
    r"""#(?P<id>[^\s#.}]+)|\.(?P<class>[^\s#.}]+)|(?P<name>[\w-]+)=(?:"(?P<value>[^"]*)"|(?P<bare>\S+))"""
)


class _State(StateInline):
    """Emphasis marks open and close beside Chinese punctuation too: ``**要点：**正文``."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803
        scanned = super().scanDelims(start, canSplitWord)
        before = self.src[start - 1] if start > 0 else " "
        after = self.src[start + scanned.length : start + scanned.length + 1] or " "
        if not (_wide(before) or _wide(after)):
            return scanned
        return Scanned(not after.isspace(), not before.isspace(), scanned.length)


class _Inline(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _wide(char: str) -> bool:
    """Whether a character belongs to Chinese text (or stands for a printed object)."""
    return (
        unicodedata.east_asian_width(char) in "WF"
        or unicodedata.category(char) == "Co"
        or (char in "“”‘’…—·")
    )


def markdown() -> MarkdownIt:
    """Build the parser: paragraphs, headings, lists, emphasis, links, tables, footnotes, formulae, boxes."""
    parser = MarkdownIt("zero", {"html": False, "linkify": False, "typographer": False})
    parser.inline = _Inline()
    parser.inline.ruler.enableOnly(["text"])
    parser.inline.ruler2.enableOnly(["balance_pairs", "fragments_join"])
    parser.use(footnote_plugin, inline=False)
    parser.enable(
        ["heading", "list", "hr", "blockquote", "table", "emphasis", "link", "escape", "newline",
         "image", "balance_pairs", "fragments_join"]
    )  # fmt: skip
    parser.use(container_plugin, "box", validate=lambda params, _markup: bool(params.strip()))
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, allow_blank_lines=False)
    # All addresses pass here: a bad one is refused with its place, not left as text.
    parser.validateLink = _any_link  # type: ignore[method-assign]
    parser.core.ruler.before("inline", "attributes", _take_attributes)
    return parser


def _any_link(url: str) -> bool:
    return bool(url)


def _take_attributes(state: StateCore) -> None:
    """Move ``{#id .class}`` from the end of headings and paragraphs into their tokens."""
    for opening, inline in pairwise(state.tokens):
        if opening.type in ("heading_open", "paragraph_open") and inline.type == "inline":
            inline.content, opening.meta = split_attributes(inline.content)


def split_attributes(text: str) -> tuple[str, dict[str, str]]:
    """Split ``标题 {#id .class name="value"}`` into the text and its attributes."""
    match = _ATTRIBUTES.search(text)
    if not match:
        return text, {}
    found: dict[str, str] = {}
    for part in _ATTRIBUTE.finditer(match[1]):
        if part["id"]:
            found["id"] = part["id"]
        elif part["class"]:
            found["class"] = part["class"]
        else:
            found[part["name"]] = part["value"] if part["value"] is not None else part["bare"]
    return (text[: match.start()], found) if found else (text, {})
