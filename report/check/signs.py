"""Signs: a change or comparison written by hand before a number must go the way that the number went."""

from __future__ import annotations

import re
from collections.abc import Iterator

from report.assessment.results import Results
from report.check.findings import Finding
from report.check.lexicon import Claiming, Lexicon
from report.check.sentences import Clause, Piece, Sentence
from report.check.style import Style
from report.document.derived import Node, Undefined, UnknownKey, is_derived, parse, value_of
from report.document.model import Number
from report.i18n import _

RULE = "contrary-number"
_NEAR = 14  # characters between a comparison and its number: 低于全国平均水平30.3分
_SIGNED = re.compile(r"(?:rankchange|growth|indexgrowth)\.")
_WIDER = frozenset({"扩大", "拉大"})
_GAP = re.compile(
    r"(差距|差异|离散程度|分差|变异系数)(?:[^，。；：、（）]{0,6}(?:比|与)[^，。；：、（）]{1,5})?"
    r"(?:有所|略有|明显|继续|进一步|又|已|则|仍在)?(扩大|拉大|收窄|缩小)(?!的)"
)
_STEM = re.compile(r"^(.*)\.(\d{4})$")


class Signs:
    """Checks sentence after sentence; ``results`` hold the previous edition's too."""

    def __init__(self, style: Style, results: Results) -> None:
        self._lexicon = Lexicon(style)
        self._results = results

    def check(self, sentence: Sentence) -> Iterator[Finding]:
        """Find 下降12.8点 where the value rose, and 由0.42变为0.40，差距扩大."""
        yield from self._gaps(sentence)
        if not any(isinstance(piece.inline, Number) for piece in sentence.pieces):
            return
        text = self._lexicon.masked(sentence.unquoted())
        went: float | None = None  # how the last pair of values went, for the clause behind it
        for clause in sentence.clauses():
            words = [
                word
                for word in self._lexicon.words(text, clause.start, clause.end)
                if word.kind in {"changes", "comparisons"} and word.way != "any"
            ]
            numbers = [piece for piece in clause.pieces if isinstance(piece.inline, Number)]
            pair = self._pair(numbers)
            for word in words:
                if sentence.piece_at(word.start).condition is None:
                    continue
                if self._lexicon.modal.search(text, clause.start, word.start):
                    continue
                sign = self._sign(word, numbers)
                if sign is None and word.kind == "changes" and not self._own(numbers):
                    sign = pair if pair is not None else went if not numbers else None
                if sign is not None and (sign > 0) != (word.way == "up"):
                    yield _finding(sentence, clause, word)
            went = pair

    def _sign(self, word: Claiming, numbers: list[Piece]) -> float | None:
        """Return the value of the difference that follows a word closely, with its sign."""
        for piece in numbers:
            apart = piece.start - word.end
            if 0 <= apart <= (_NEAR if word.kind == "comparisons" else 2):
                return self._difference(piece)
        return None

    def _own(self, numbers: list[Piece]) -> bool:
        return any(self._difference(piece) is not None for piece in numbers)

    def _difference(self, piece: Piece) -> float | None:
        assert isinstance(piece.inline, Number)
        key = piece.inline.quantity.key
        if not is_derived(key) and not _SIGNED.match(key):
            return None
        try:
            node = parse(key)
            if node.op == "abs":
                node = node.operands[0]
            if node.op not in {"diff", "change"} and not _SIGNED.match(node.text):
                return None
            value = value_of(self._results, node)
        except (Undefined, UnknownKey):
            return None
        return (value or None) if not _ranked(node) else None

    def _gaps(self, sentence: Sentence) -> Iterator[Finding]:
        """Find a gap that widens or narrows by hand: only the values of its spread may back it."""
        text = sentence.unquoted()
        for match in _GAP.finditer(text):
            piece = sentence.piece_at(match.start(2))
            if piece.condition is None or _of_spread(piece.condition):
                continue
            if self._lexicon.modal.search(text, 0, match.start()):
                continue
            if self._lexicon.conditional.search(text, 0, match.start()):
                continue
            spread = [
                each
                for each in sentence.pieces
                if isinstance(each.inline, Number)
                and each.inline.quantity.key.startswith(("dispersion.", "diff(", "abs(diff("))
            ]
            pair = self._pair(spread)
            up = match[2] in _WIDER
            if pair is None and any(claim.condition for claim in sentence.claims):
                continue
            if pair is None or (pair > 0) != up:
                way: Claiming = Claiming(
                    match[2], "changes", "up" if up else "down", match.start(2)
                )
                clause = next(each for each in sentence.clauses() if each.end >= match.end())
                yield _finding(sentence, clause, way)

    def _pair(self, numbers: list[Piece]) -> float | None:
        """Return how far the second of two values of one key lies above the first, later one."""
        found: list[tuple[str, int, float]] = []
        for piece in numbers:
            assert isinstance(piece.inline, Number)
            match = _STEM.match(piece.inline.quantity.key)
            if match and "(" not in match[1]:
                found.append((match[1], int(match[2]), piece.inline.quantity.value))
        if len(found) != 2 or found[0][0] != found[1][0] or found[0][1] == found[1][1]:
            return None
        (_a, first, before), (_b, last, after) = found
        return ((after - before) if last > first else (before - after)) or None


def _of_spread(condition: str) -> bool:
    """Whether a condition compares spreads: then it backs the word, and claims are checked against it."""
    return "dispersion." in condition or ("max(" in condition and "min(" in condition)


def _ranked(node: Node) -> bool:
    """Whether a difference is one of places, where less is better."""
    return any(leaf.startswith(("rank.", "robust-")) for leaf in node.leaves())


def _finding(sentence: Sentence, clause: Clause, word: Claiming) -> Finding:
    said = sentence.text[slice(*sentence.span(clause.start, clause.end))]
    return Finding(
        RULE,
        sentence.piece_at(word.start).origin,
        sentence.block.id,
        sentence.text,
        _("the number beside it went the other way: {word}").format(word=word.text),
        _("the way that the values went: {clause}").format(clause=said.strip()),
        _("let the data choose the word: change(…), growth(…), compare(…), spread(…)"),
        span=sentence.span(word.start, word.end),
        part=sentence.section,
    )
