"""What is wrong with a template's syntax, in the words of an editor instead of Jinja's."""

from __future__ import annotations

import re
from collections.abc import Callable

from report.i18n import _
from report.manuscript.keys import similar

TAGS = ("if", "elif", "else", "endif", "for", "endfor", "set", "include", "from", "import", "macro",
        "endmacro", "claim", "endclaim", "when", "endwhen", "needs", "endneeds", "otherwise", "raw",
        "endraw")  # fmt: skip
_INNERMOST = re.compile(r"innermost block that needs to be closed is '(\w+)'")


def explain(message: str) -> tuple[str, str, str]:
    """Return what was found, what was expected and how to mend it, for a message of Jinja."""
    for pattern, words in _MESSAGES:
        match = re.search(pattern, message)
        if match:
            return words(match)
    return message, "", _pairs()


def _pairs() -> str:
    return _("check that braces, quotes and {% … %} pairs are closed")


def _end(match: re.Match[str]) -> tuple[str, str, str]:
    inner = _INNERMOST.search(match.string)
    if inner is None:
        return _("the template ends in the middle of something"), "", _pairs()
    found = _("the passage “{tag}” is not closed").format(tag=inner[1])
    return found, f"{{% end{inner[1]} %}}", _pairs()


def _tag(match: re.Match[str]) -> tuple[str, str, str]:
    tag, inner = match[1], _INNERMOST.search(match.string)
    if tag in TAGS and inner:
        found = _("“{tag}” stands before the passage “{inner}” is closed")
        return found.format(tag=tag, inner=inner[1]), f"{{% end{inner[1]} %}}", _pairs()
    if tag in TAGS:
        return _("“{tag}” closes nothing").format(tag=tag), "", _pairs()
    known = _("the tags are: if, for, set, include, macro, claim, when, needs")
    return _("unknown tag: {tag}").format(tag=tag), similar(tag, TAGS), known


def _token(match: re.Match[str]) -> tuple[str, str, str]:
    found = _("“{text}” is out of place").format(text=_shown(match[2]))
    return found, _("“{text}” is expected here").format(text=_shown(match[1])), _pairs()


def _character(match: re.Match[str]) -> tuple[str, str, str]:
    text = match[1] or match[2]
    return _("“{text}” is out of place").format(text=_shown(text)), "", _pairs()


def _filter(match: re.Match[str]) -> tuple[str, str, str]:
    remedy = _("the words of the language do what filters would; see docs/templates.zh-CN.md")
    return _("no such filter: {name}").format(name=match[1]), "", remedy


def _shown(token: str) -> str:
    return {
        "end of print statement": "}}",
        "end of statement block": "%}",
        "begin of statement block": "{%",
    }.get(token, token)


_MESSAGES: tuple[tuple[str, Callable[[re.Match[str]], tuple[str, str, str]]], ...] = (
    (r"^Unexpected end of template|^unexpected end of template|^Missing end of", _end),
    (r"^Encountered unknown tag '([^']+)'", _tag),
    (r"^expected token '(.+?)', got '(.+?)'", _token),
    (r"""^unexpected (?:char )?(?:'(.+?)'|"(.+?)")""", _character),
    (r"^No (?:filter|test) named '([^']+)'", _filter),
)
