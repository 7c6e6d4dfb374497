"""The lexicon: finds the style's claim words in a sentence and says what kind they are and where they point."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from report.check.sentences import MASK
from report.check.style import Directed, Style

Way: TypeAlias = Literal["up", "down", "any"]
OPPOSITE: dict[Way, Way] = {"up": "down", "down": "up", "any": "any"}
_BETWEEN = 2  # characters that may stand between an adverb or a negation and its verb
_FAR = 10  # characters between 没有 and the comparison it denies


@dataclass(frozen=True, slots=True)
class Claiming:
    """A claim word found in a sentence: its kind (``ranks`` …), way and place."""

    text: str
    kind: str
    way: Way
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


class Lexicon:
    """The style's lists, compiled."""

    def __init__(self, style: Style) -> None:
        self._words: dict[str, tuple[str, Way]] = {}
        for kind in ("changes", "events", "comparisons", "ranks"):
            directed: Directed = getattr(style, kind)
            found: tuple[tuple[Way, tuple[str, ...]], ...] = (
                ("up", directed.up),
                ("down", directed.down),
                ("any", directed.plain),
            )
            for way, words in found:
                self._words |= dict.fromkeys(words, (kind, way))
        self._amounts = style.amounts
        self.pattern = alternatives(self._words)
        self.terms = alternatives((*style.terms, *style.literals))
        self.modal = alternatives(style.modal)
        self.conditional = alternatives(style.conditional)
        self.definitions = alternatives(style.definitions)
        self.since = alternatives(style.since)
        self._ending = re.compile(rf"{alternatives(style.endings).pattern}[，：。；！？]?$")
        ranks = alternatives((*style.ranks.up, *style.ranks.down)).pattern
        nouns = alternatives(style.nouns).pattern
        self._compared = re.compile(rf"[^，、的]{{0,14}}的{nouns}")
        self._described = re.compile(
            rf"(?:[、和与或及]{ranks})*(?:较多|较少|较大|较小|最多|最大)?的?(?:少数|几个|那些)?{nouns}"
        )
        self._negation = _before(style.negations)
        self._none = re.compile(
            rf"(?:没有|并未|并非)[^，不]{{1,{_FAR}}}$"
        )  # 没有一个地区的得分低于基期
        self._adverb = _before(style.adverbs)
        self._result = re.compile(
            rf"(?:得|了|更|较|也|都|均)?{alternatives(style.results).pattern}"
        )

    def masked(self, text: str) -> str:
        """Mask the names, character for character: 增加值 adds nothing."""
        return self.terms.sub(lambda match: MASK * len(match.group()), text)

    def words(self, text: str, start: int, end: int) -> Iterator[Claiming]:
        """Find the claim words that begin between two positions."""
        change: Claiming | None = None
        for match in self.pattern.finditer(text, start, end):
            kind, way = self._words[match.group()]
            if (
                match.group() in self._amounts
                and change is not None
                and match.start() - change.end <= _BETWEEN
            ):
                continue  # 下降最多: how much, not which way
            if self._negation.search(text, start, match.start()) or self._none.search(
                text, start, match.start()
            ):
                way = OPPOSITE[way]
            if kind == "changes" and self._least(text, match.end(), end):
                way = OPPOSITE[way]  # 增长最慢 leans to the other end than 增长最快
            found = Claiming(match.group(), kind, way, match.start())
            change = found if kind == "changes" else None
            yield found

    def _least(self, text: str, start: int, end: int) -> bool:
        """Whether a word for the least amount follows a change."""
        following = self.pattern.search(text, start, min(end, start + _BETWEEN + 2))
        return (
            following is not None
            and following.group() in self._amounts
            and self._words[following.group()][1] == "down"
        )

    def describes(self, text: str, word: Claiming, end: int) -> bool:
        """Whether a word only describes a group it stands before: 居前的地区, 高于平均的地区."""
        if word.kind == "comparisons":
            return bool(self._compared.match(text, word.end, end))
        return word.kind != "events" and bool(self._described.match(text, word.end, end))

    def supposed(self, text: str, start: int, end: int) -> bool:
        """Whether a clause ends as a supposition does: 得分相同时，."""
        return bool(self._ending.search(text, start, end))

    def stressed(self, text: str, word: Claiming, start: int, end: int) -> bool:
        """Whether a change is asserted: by an adverb before it, a degree behind it, or 比上年."""
        return bool(
            self._adverb.search(text, start, word.start)
            or self._result.match(text, word.end, end)
            or self.since.search(text, start, word.start)
            or text[word.end : word.end + 2] in self._amounts
        )


def alternatives(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of the words, the longest first; nothing where there are none."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return re.compile(f"(?:{'|'.join(map(re.escape, ordered)) or '(?!)'})")


def _before(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for one of the words at the end, with at most a particle behind it."""
    return re.compile(rf"{alternatives(words).pattern}(?:地|有|的|有所|再|仍|能|会)?$")
