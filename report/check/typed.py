"""Typed numbers: digits and counting words in prose that come neither from data nor from a declaration."""

from __future__ import annotations

from collections.abc import Iterator

from report.check.backing import literals
from report.check.findings import Finding
from report.check.lexicon import alternatives
from report.check.sentences import MASK, Sentence
from report.check.style import Style
from report.i18n import _
from report.ledger.tokens import Counting, numbers, values

RULE = "typed-number"


class TypedNumbers:
    """Checks sentence after sentence against one style."""

    def __init__(self, style: Style) -> None:
        self._names = alternatives((*style.terms, *style.literals))
        self._counting = Counting(style.idioms, style.counted)

    def check(self, sentence: Sentence) -> Iterator[Finding]:
        """Find the numbers of a sentence that stand in prose.

        Under a condition a number may stand that the condition compares with (稳居前三, rank <= 3).
        """
        if all(piece.condition is None for piece in sentence.pieces):
            return
        text = self._names.sub(lambda match: MASK * len(match.group()), sentence.untitled())
        around = [claim.condition for claim in sentence.claims]
        for piece in sentence.pieces:
            if piece.condition is None:
                continue
            conditions = [one for one in (piece.condition, *around) if one]
            known = set().union(*map(literals, conditions)) if conditions else set()
            for token in numbers(text[piece.start : piece.end], self._counting):
                if known.intersection(values(token.text)):
                    continue
                start = piece.start + token.start
                yield Finding(
                    RULE,
                    piece.origin,
                    sentence.block.id,
                    sentence.text,
                    _("a number typed by hand: {text}").format(text=token.text),
                    _("a number from results, a cited fact or a declared literal"),
                    _remedy(piece.origin is not None and piece.origin.file.endswith(".yaml")),
                    span=sentence.span(start, start + len(token.text)),
                    part=sentence.section,
                )


def _remedy(in_yaml: bool) -> str:
    if in_yaml:
        return _("leave it out here; say it in a template with n(…), count(…) or fact(…)")
    return _("use n(…), count(…), fact(…), ref(…) or literal(…, reason)")
