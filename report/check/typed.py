"""Typed numbers: digits and counting words in prose that come neither from data nor from a declaration."""

from __future__ import annotations

from collections.abc import Iterator

from report.check.findings import Finding
from report.check.sentences import Sentence
from report.check.style import Style
from report.document.model import Text
from report.i18n import _
from report.ledger.tokens import numbers

RULE = "typed-number"


def typed_numbers(sentence: Sentence, style: Style) -> Iterator[Finding]:
    """Find the numbers of a sentence that stand in static text."""
    for piece in sentence.pieces:
        if not isinstance(piece.inline, Text):
            continue
        for token in numbers(piece.text, style.idioms):
            yield Finding(
                RULE,
                piece.inline.origin,
                sentence.block.id,
                sentence.text,
                _("a number typed by hand: {text}").format(text=token.text),
                _("a number from results, a cited fact or a declared literal"),
                _("use n(…), count(…), fact(…), ref(…) or literal(…, reason)"),
            )
