"""The tags claim, when and needs: passages that stand only while their condition holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

from report.i18n import _
from report.manuscript.store import PLACE, Boundary, Guard, Missing, mark_here

if TYPE_CHECKING:
    from report.manuscript.environment import TemplateEnvironment

_BLANK_LINE = re.compile(r"\n[ \t]*\n")


class PassageExtension(Extension):
    """``{% claim c %}…{% endclaim %}``, ``{% when c %}…{% otherwise %}…{% endwhen %}``, ``{% needs … %}``.

    The conditions are judged by functions that the composition sets: ``claim(condition, id, sentence)`` gives
    the guard or None after noting a broken claim; ``judge(condition)`` gives (holds, guard), both a
    Missing where there are no data;
    ``lacking(names)`` gives a printable notice, or None when everything needed is there.
    """

    tags = {"claim", "when", "needs"}  # noqa: RUF012 - Jinja's own declaration
    environment: TemplateEnvironment
    claim: Callable[[Any, str, str], Guard | Missing | None]
    judge: Callable[[Any], tuple[bool, Guard] | Missing]
    lacking: Callable[[tuple[Any, ...]], Any]

    def parse(self, parser: Parser) -> nodes.Node | list[nodes.Node]:
        """Parse one of the tags into blocks that call back here."""
        token = next(parser.stream)
        arguments, keywords = self._arguments(parser)
        body = parser.parse_statements(("name:otherwise", f"name:end{token.value}"))
        other: list[nodes.Node] | None = None
        if parser.stream.current.value == "otherwise":
            if token.value == "claim":
                parser.fail(_("claim has no otherwise: use when"), token.lineno)
            next(parser.stream)
            other = parser.parse_statements((f"name:end{token.value}",))
        next(parser.stream)
        blocks: list[nodes.Node] = [self._block(token, True, arguments, keywords, body)]
        if token.value == "needs":
            # Only whole paragraphs without an otherwise of their own are worth a notice.
            notice = other is None and any(
                "\n" in data.data for node in body for data in node.find_all(nodes.TemplateData)
            )
            keywords = [nodes.Keyword("notice", nodes.Const(notice))]
        if other is not None or token.value == "needs":
            blocks.append(self._block(token, False, arguments, keywords, other or []))
        return blocks

    def _arguments(self, parser: Parser) -> tuple[list[nodes.Expr], list[nodes.Keyword]]:
        arguments: list[nodes.Expr] = []
        keywords: list[nodes.Keyword] = []
        while parser.stream.current.type != "block_end":
            if arguments or keywords:
                parser.stream.expect("comma")
            if parser.stream.current.type == "name" and parser.stream.look().type == "assign":
                name = next(parser.stream)
                next(parser.stream)
                value = parser.parse_expression()
                keywords.append(nodes.Keyword(name.value, value, lineno=name.lineno))
            else:
                arguments.append(parser.parse_expression())
        if not arguments:
            parser.fail(_("a condition in quotes is expected"))
        return arguments, keywords

    def _block(
        self,
        token: Any,
        wanted: bool,
        arguments: list[nodes.Expr],
        keywords: list[nodes.Keyword],
        body: list[nodes.Node],
    ) -> nodes.Node:
        method = f"{token.value}_passage"
        call = self.call_method(method, [nodes.Const(wanted), *arguments], list(keywords))
        return nodes.CallBlock(call, [], [], body, lineno=token.lineno).set_lineno(token.lineno)

    def claim_passage(
        self,
        _wanted: bool,
        condition: Any,
        *,
        caller: Callable[[], str],
        id: str = "",  # noqa: A002 - the editors' word
    ) -> str:
        """Render a claim; one that does not hold is noted and stops the build afterwards."""
        text = caller()
        sentence = " ".join(self.environment.store.plain(text).split())
        guard = self.claim(condition, str(id), sentence)
        if isinstance(guard, Missing):
            mark = mark_here(self.environment.store)
            return f"\n\n{mark}{guard}\n\n" if _is_whole(text) else str(guard)
        return text if guard is None else self._guarded(text, guard)

    def when_passage(
        self,
        wanted: bool,
        condition: Any,
        *,
        caller: Callable[[], str],
        id: str = "",  # noqa: A002 - the editors' word
    ) -> str:
        """Render the passage if the condition holds (or, for ``otherwise``, if it does not).

        Without the data to judge by, neither is said.
        """
        judged = self.judge(condition)
        if isinstance(judged, Missing) or judged[0] is not wanted:
            return ""
        guard = judged[1]
        written = guard.condition if wanted else f"not ({guard.condition})"
        return self._guarded(caller(), Guard(written, guard.keys, str(id)))

    def needs_passage(
        self, wanted: bool, *names: Any, caller: Callable[[], str], notice: bool = False
    ) -> str:
        """Render the passage if the edition has all that is named, else the other or a notice."""
        lacking = self.lacking(names)
        if (lacking is None) is not wanted:
            return ""
        if wanted or not notice:
            return caller()
        return f"\n\n{mark_here(self.environment.store)}{lacking}\n\n"

    def _guarded(self, text: str, guard: Guard) -> str:
        store = self.environment.store
        if _is_whole(text):
            opening = f"{mark_here(store)}{Boundary(store, guard, whole=True)}"
            return f"\n\n{opening}\n\n{text}\n\n{Boundary(store, None, whole=True)}\n\n"
        return f"{Boundary(store, guard, whole=False)}{text}{Boundary(store, None, whole=False)}"


def _is_whole(text: str) -> bool:
    """Whether a passage holds whole paragraphs and not a part of a sentence."""
    bare = PLACE.sub("", text)
    return bare.startswith("\n") or bare.endswith("\n") or bool(_BLANK_LINE.search(bare.strip()))
