"""Claims: comparative, superlative and trend words must be carried by data chosen in the same clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from report.assessment.results import Results
from report.check.backing import condition_ways, speaks_of_change, ways
from report.check.extremes import Extremes
from report.check.findings import Finding
from report.check.lexicon import OPPOSITE, Claiming, Lexicon, Way, alternatives
from report.check.sentences import Clause, Piece, Sentence
from report.check.style import Style
from report.document.model import Number, Word
from report.i18n import _

RULE = "unguarded-claim"
CONTRARY = "contrary-claim"
_NEAR = 8  # characters between a change and its number: 提高到, 增长速度达到
_IS = re.compile("(?:分别|依次|就)?[是为有]")  # 增速最快的地区，是甲
_REST = re.compile("其余|其他|别的")
_NOMINAL = re.compile(r"[的率额量值幅速点极、和与及及其]|$")


class Claims:
    """Checks sentence after sentence against one style."""

    def __init__(
        self, style: Style, results: Results | None = None, negative: AbstractSet[str] = frozenset()
    ) -> None:
        self._style = style
        self._lexicon = Lexicon(style)
        self._extremes = Extremes(results)
        self._negative = negative
        entries = results.registry.regions if results is not None else ()
        self._regions = alternatives(entry.short or entry.name for entry in entries)

    def check(self, sentence: Sentence) -> Iterator[Finding]:
        """Find claim words in prose that nothing in their clause backs, or that the data contradict."""
        if all(piece.condition is None for piece in sentence.pieces):
            return
        text = self._lexicon.masked(sentence.unquoted())
        if not self._lexicon.pattern.search(text):
            return
        clauses = sentence.clauses()
        hypothesis = self._lexicon.conditional.search(text)
        for at, clause in enumerate(clauses):
            for word in self._lexicon.words(text, clause.start, clause.end):
                if hypothesis and word.start > hypothesis.start():
                    break
                piece = sentence.piece_at(word.start)
                condition = piece.condition
                if condition is None:
                    continue
                exempt = self._exempt(text, clauses, at, word)
                if condition:
                    named = self._ranking(sentence, clause, word)
                    if _contrary(word.way, named):
                        yield _finding(CONTRARY, sentence, word)
                    elif not named and not (exempt and word.kind == "changes"):
                        yield from self._guarded(sentence, word, condition)
                elif exempt:
                    continue
                elif self._describes(sentence, text, clause, word):
                    yield from self._described(sentence, clauses, at, word)
                elif self._claims(sentence, text, clause, word):
                    yield from self._free(sentence, clauses, at, word)

    def _exempt(self, text: str, clauses: tuple[Clause, ...], at: int, word: Claiming) -> bool:
        """Whether a clause wishes, supposes or defines instead of claiming."""
        clause = clauses[at]
        if self._lexicon.modal.search(text, clause.start, word.start):
            return True
        if self._lexicon.definitions.search(text, clause.start, clause.end):
            return True
        if self._lexicon.supposed(text, clause.start, clause.end):
            return True
        following = clauses[at + 1] if at + 1 < len(clauses) else None
        return following is not None and bool(
            self._lexicon.definitions.match(text, following.start, following.end)
        )

    def _describes(self, sentence: Sentence, text: str, clause: Clause, word: Claiming) -> bool:
        """Whether a word only describes a group (居前的地区), and neither names nor numbers belong to it."""
        if not self._lexicon.describes(text, word, clause.end):
            return False
        if any(_chosen(piece) for piece in clause.pieces):
            return False
        return not any(
            piece.condition is not None and self._regions.search(piece.text)
            for piece in sentence.pieces
        )

    def _described(
        self, sentence: Sentence, clauses: tuple[Clause, ...], at: int, word: Claiming
    ) -> Iterator[Finding]:
        """Check a description (前移较多的地区中，) against the names that follow in the next clause."""
        if at + 1 < len(clauses):
            following = clauses[at + 1]
            named = ways(filter(_ranked, following.pieces), "ranks", self._negative)
            if _contrary(word.way, named):
                yield _finding(CONTRARY, sentence, word)
            elif (
                not named
                and _IS.match(sentence.raw, following.start)
                and any(map(_chosen, following.pieces))
            ):
                yield _finding(RULE, sentence, word)

    def _claims(self, sentence: Sentence, text: str, clause: Clause, word: Claiming) -> bool:
        """Whether a word claims where it stands: a change only beside a number, or stressed."""
        if word.kind != "changes":
            return True
        if self._lexicon.stressed(text, word, clause.start, clause.end):
            return True
        place = sentence.piece_at(word.start).origin
        if place is not None and place.file.endswith(self._style.future):
            return False
        return any(
            isinstance(piece.inline, Number)
            and (
                (
                    0 <= piece.start - word.end <= _NEAR
                    and all(
                        p.condition is not None for p in _between(clause, word.end, piece.start)
                    )
                )
                or (
                    0 <= word.start - piece.end <= 1
                    and not _NOMINAL.match(text, word.end, clause.end)
                )
            )
            for piece in clause.pieces
        )

    def _ranking(self, sentence: Sentence, clause: Clause, word: Claiming) -> set[Way]:
        """Return the ways of the names by rank in a guarded clause: they go before its condition."""
        if word.kind != "ranks":
            return set()
        named = [piece for piece in clause.pieces if _ranked(piece)]
        beside = [piece for piece in named if _beside(piece, word, sentence.raw)]
        return ways(beside or named, word.kind, self._negative)

    def _free(
        self, sentence: Sentence, clauses: tuple[Clause, ...], at: int, word: Claiming
    ) -> Iterator[Finding]:
        """Check a word of free prose against the data of its clause, or of the one it leans on."""
        beside = [piece for piece in clauses[at].pieces if _beside(piece, word, sentence.raw)]
        # 有所下降的是甲（下降1.3分）: where the change itself is claimed, it must be the one beside it
        claimed = word.kind == "changes" and self._lexicon.stressed(
            self._lexicon.masked(sentence.unquoted()), word, clauses[at].start, clauses[at].end
        )
        found = ways(beside or clauses[at].pieces, word.kind, self._negative, leaning=claimed)
        way = word.way
        if not found and at and _leans(clauses[at]):
            found = ways(clauses[at - 1].pieces, word.kind, self._negative, leaning=True)
            if _REST.search(sentence.raw, clauses[at].start, word.start):
                way = OPPOSITE[way]  # 高于平均的有甲、乙，其余地区不高于平均
        if not found and clauses[at].opens and at + 1 < len(clauses):
            found = ways(clauses[at + 1].pieces, word.kind, self._negative)
        if not found and word.kind == "ranks" and self._between_extremes(clauses[at]):
            return
        around = [claim.condition for claim in sentence.claims]
        if not found and around:
            for condition in around:
                yield from self._guarded(sentence, word, condition)
        elif not found:
            yield _finding(RULE, sentence, word)
        elif _contrary(way, found):
            yield _finding(CONTRARY, sentence, word)

    def _between_extremes(self, clause: Clause) -> bool:
        """Whether a clause sets the highest against the lowest with a number that does so."""
        text = self._lexicon.masked(
            "".join(p.text[max(0, clause.start - p.start) :] for p in clause.pieces)
        )
        ways_said = {
            word.way for word in self._lexicon.words(text, 0, len(text)) if word.kind == "ranks"
        }
        return {"up", "down"} <= ways_said and any(
            isinstance(piece.inline, Number) and self._extremes.between(piece.inline.quantity.key)
            for piece in clause.pieces
        )

    def _guarded(self, sentence: Sentence, word: Claiming, condition: str) -> Iterator[Finding]:
        """Check a word under a condition: it must not point the other way."""
        if word.kind == "events" or (word.kind == "changes" and not speaks_of_change(condition)):
            return
        if _contrary(word.way, condition_ways(condition)):
            yield _finding(CONTRARY, sentence, word, condition)


def _contrary(way: Way, found: set[Way]) -> bool:
    return way != "any" and bool(found) and "any" not in found and way not in found


def _chosen(piece: Piece) -> bool:
    """Whether a piece is a number or a name: something that a description could be told of."""
    inline = piece.inline
    return isinstance(inline, Number) or (
        isinstance(inline, Word) and inline.kind in ("name", "ranking", "count")
    )


def _ranked(piece: Piece) -> bool:
    return isinstance(piece.inline, Word) and piece.inline.kind == "ranking"


def _beside(piece: Piece, word: Claiming, text: str) -> bool:
    """Whether a name chosen by data follows a rank immediately: 最高的甲与最低的乙."""
    between = text[word.end : piece.start]
    return (
        word.kind == "ranks"
        and _ranked(piece)
        and piece.start >= word.end
        and between in ("", "的", "的是", "的有", "的为", "是", "为", "的地区是", "的地区为")
    )


def _leans(clause: Clause) -> bool:
    """Whether a clause leans on the one before it: it has no data of its own but counts."""
    return not any(
        _chosen(piece) and not getattr(piece.inline, "text", "").isdigit()
        for piece in clause.pieces
    )


def _between(clause: Clause, start: int, end: int) -> Iterator[Piece]:
    return (piece for piece in clause.pieces if piece.start < end and piece.end > start)


def _finding(rule: str, sentence: Sentence, word: Claiming, condition: str = "") -> Finding:
    if rule == RULE:
        found = _("a claim without data behind it: {word}")
        expected = _("a word that the data choose, or a sentence within a checked claim")
    elif condition:
        found = _("the condition of this passage says the opposite: {word}")
        expected = condition
    else:
        found = _("the data chosen in this clause say the opposite: {word}")
        expected = _("a word that points the same way as the data beside it")
    return Finding(
        rule,
        sentence.piece_at(word.start).origin,
        sentence.block.id,
        sentence.text,
        found.format(word=word.text),
        expected,
        _remedy(word, condition),
        span=sentence.span(word.start, word.end),
        part=sentence.section,
    )


def _remedy(word: Claiming, condition: str) -> str:
    if condition:
        return _("turn the word or the condition round")
    return {
        "ranks": _("name who it is with leaders(…), highest(…), rank(…), or use {% claim %}"),
        "comparisons": _("use compare(…), above(…) or choose(…), or {% when %}…{% endwhen %}"),
        "events": _("put the sentence within {% claim %} or {% when %} with its condition"),
        "changes": _(
            "use change(…), growth(…) or trend(…); or name the number without a direction"
        ),
    }[word.kind]
