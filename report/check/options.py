"""Options: a survey answer quoted by hand beside a percentage must be the answer that the number is of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from report.assessment.results import Results
from report.check.findings import Finding
from report.check.sentences import Piece, Sentence
from report.document.model import Number
from report.i18n import _

RULE = "survey-answer"
_KEY = re.compile(r"^survey\.([\w-]+)\.([\w-]+)")
_QUOTE = re.compile(r"“([^“”]+)”")
_FAR = 12  # characters between an answer and its percentage: “大幅增加”的企业占20.0%


class Options:
    """Checks sentence after sentence against the labels of the survey's options."""

    def __init__(self, results: Results) -> None:
        self._labels = {
            (option.parent, option.id): {option.name, option.short} - {""}
            for option in results.registry.options
        }

    def check(self, sentence: Sentence) -> Iterator[Finding]:
        """Find “减少”占20.0% where the number is that of another answer."""
        for piece in sentence.pieces:
            if not isinstance(piece.inline, Number):
                continue
            match = _KEY.match(piece.inline.quantity.key)
            labels = self._labels.get((match[1], match[2])) if match else None
            if not labels:
                continue
            quote = self._quoted(sentence, piece)
            if quote is None or any(quote[1] in label for label in labels):
                continue
            if sentence.piece_at(quote.start(1)).condition is None:
                continue
            yield self._finding(sentence, quote, labels)

    def _quoted(self, sentence: Sentence, piece: Piece) -> re.Match[str] | None:
        """Return the last quotation that stands closely before a number, in its clause."""
        found = None
        for match in _QUOTE.finditer(sentence.raw, 0, piece.start):
            between = sentence.raw[match.end() : piece.start]
            if len(between) <= _FAR and not re.search(r"[，。；：0-9]", between):
                found = match
        return found

    def _finding(self, sentence: Sentence, quote: re.Match[str], labels: set[str]) -> Finding:
        return Finding(
            RULE,
            sentence.piece_at(quote.start(1)).origin,
            sentence.block.id,
            sentence.text,
            _("the percentage is that of another answer: “{text}”").format(text=quote[1]),
            "、".join(f"“{label}”" for label in sorted(labels)),
            _("print the answers with top_options(…), or mend the words in quotation marks"),
            span=sentence.span(quote.start(1), quote.end(1)),
            part=sentence.section,
        )
