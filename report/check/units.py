"""Units in prose: words typed behind a number that repeat its unit or give it another one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from report.assessment.results import Results
from report.check.findings import Finding
from report.check.sentences import Piece, Sentence
from report.document.model import Number
from report.document.quantity import Quantity
from report.i18n import _

RULE = "unit"
POINTS = "个百分点"
_GENERAL = ("个百分点", "百分点", "%", "‰", "倍")
# what may follow a one-character unit that is the beginning of another word: 52.3分 分布, 3个 个别
_WORDS = {
    "分": "别布为析散工类成享化数",
    "个": "别性人体",
    "点": "面位",
    "位": "于居列次置",
    "家": "庭具电",
}


class Units:
    """Checks the words behind each number of a sentence."""

    def __init__(self, results: Results) -> None:
        units = {value.unit for value in results.values.values()} - {"", "none"}
        self._units = sorted({*units, *_GENERAL}, key=lambda unit: (-len(unit), unit))

    def check(self, sentence: Sentence) -> Iterator[Finding]:
        """Find 5.2%个百分点, 3个个, 12.3亿元 where the value is in 万元."""
        for first, second in pairwise(sentence.pieces):
            if not isinstance(first.inline, Number) or second.condition is None:
                continue
            found = self._wrong(first.inline.quantity, second.text)
            if found:
                yield self._finding(sentence, first, second, *found)

    def _wrong(self, q: Quantity, after: str) -> tuple[str, str, str] | None:
        """Return the words at fault, what is wrong, and what would be right; None if nothing is."""
        typed = next((unit for unit in self._units if after.startswith(unit)), "")
        shown = q.text.lstrip("0123456789.,+−-")
        if not typed or after[len(typed) : len(typed) + 1] in tuple(_WORDS.get(typed, "")):
            return None
        if shown:
            if typed == shown or shown.endswith(typed):
                return typed, _("the unit stands twice: {text}").format(text=q.text + typed), q.text
            if shown in _GENERAL and typed in _GENERAL:
                return typed, _("two units in a row: {text}").format(text=q.text + typed), q.text
            return None
        right = {q.unit, "百分点" if q.unit == POINTS else q.unit}
        if q.scale != 1.0 or not q.unit or typed in right or (typed == "%" and q.unit == "%"):
            return None
        return (
            typed,
            _("the value is in {unit}, not in {typed}").format(unit=q.unit, typed=typed),
            q.text + q.unit,
        )

    def _finding(
        self, sentence: Sentence, first: Piece, second: Piece, typed: str, found: str, right: str
    ) -> Finding:
        return Finding(
            RULE,
            second.origin,
            sentence.block.id,
            sentence.text,
            found,
            right,
            _("let the number print its unit, or write unit=false and the right one"),
            span=sentence.span(first.start, second.start + len(typed)),
            part=sentence.section,
        )
