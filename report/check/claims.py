"""Claims: comparative, superlative and trend words must be carried by data chosen in the same clause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

from report.check.findings import Finding
from report.check.sentences import Piece, Sentence
from report.check.style import Style
from report.document.model import FactUse, Number, Text, Verbatim, Word
from report.i18n import _

RULE = "unguarded-claim"
CONTRARY = "contrary-claim"
Way: TypeAlias = Literal["up", "down", "any"]

_NAMES = "name"  # a name from the registry carries no judgement
_UP = re.compile(r"^(top|places gained)|>")
_DOWN = re.compile(r"^(bottom|places lost)|<")


def unguarded_claims(sentence: Sentence, style: Style) -> Iterator[Finding]:
    """Find claim words in static text that nothing in their clause backs, or that it contradicts."""
    if sentence.claims:
        return
    pattern = style.claims()
    clauses = list(sentence.clauses())
    for position, clause in enumerate(clauses):
        words = list(_words(clause, pattern, style))
        if not words:
            continue
        ways = _ways(clause)
        if not ways and position and _continues(clause):
            ways = _ways(clauses[position - 1])
        for piece, word, way in words:
            if not ways:
                yield _finding(RULE, sentence, piece, word)
            elif way != "any" and "any" not in ways and way not in ways:
                yield _finding(CONTRARY, sentence, piece, word)


def _words(
    clause: tuple[Piece, ...], pattern: re.Pattern[str], style: Style
) -> Iterator[tuple[Piece, str, Way]]:
    text = "".join(piece.text for piece in clause)
    if any(word in text for word in style.modal):
        return
    for piece in clause:
        if not isinstance(piece.inline, Text) or piece.inline.origin is None:
            continue
        for match in pattern.finditer(piece.text):
            word = match.group()
            way: Way = "up" if word in style.up else "down" if word in style.down else "any"
            before = piece.text[max(0, match.start() - 2) : match.start()]
            if any(before.endswith(negation) for negation in style.negations) and way != "any":
                way = "any"
            yield piece, word, way


def _ways(clause: Iterable[Piece]) -> set[Way]:
    """Return the directions for which a clause holds data, ``any`` for data without a direction."""
    ways: set[Way] = set()
    for piece in clause:
        inline = piece.inline
        if isinstance(inline, Word) and inline.kind != _NAMES:
            up, down = _UP.search(inline.condition), _DOWN.search(inline.condition)
            if up and not down:
                ways.add("up")
            elif down and not up:
                ways.add("down")
            else:
                ways.add("any")
        elif isinstance(inline, FactUse | Verbatim) or (
            isinstance(inline, Number) and "(" in inline.quantity.key
        ):
            ways.add("any")
    return ways


def _continues(clause: tuple[Piece, ...]) -> bool:
    """Whether a clause leans on the one before it: it names no data of its own."""
    return all(isinstance(piece.inline, Text) for piece in clause)


def _finding(rule: str, sentence: Sentence, piece: Piece, word: str) -> Finding:
    origin = piece.inline.origin if isinstance(piece.inline, Text) else None
    found = (
        _("a claim without data behind it: {word}")
        if rule == RULE
        else _("the data chosen here say the opposite: {word}")
    ).format(word=word)
    return Finding(
        rule,
        origin,
        sentence.block.id,
        sentence.text,
        found,
        _("a word that a helper chooses, or a sentence within a checked claim"),
        _("use leaders, compare, word … or {% claim %}/{% when %}; literal(…, reason) if no claim"),
    )
