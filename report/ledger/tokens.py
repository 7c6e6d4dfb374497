"""Numeric tokens: how a number looks in running Chinese text, Arabic or in Chinese numerals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Digits with thousands separators and decimals; the sign counts only where it can be a sign, not
# in a range (2019-2022) or a label (图1-1).
ARABIC = re.compile(
    r"(?<![0-9.A-Za-z%％\])）-])[−+\-＋－]?\d+(?:,\d{3})*(?:\.\d+)?|\d+(?:,\d{3})*(?:\.\d+)?"
)

_NARROW = str.maketrans("０１２３４５６７８９．", "0123456789.")
_DIGIT = "[〇零一二两三四五六七八九十百千]"
_MEASURE = (
    "个|位|项|条|类|种|倍|成|年|月|日|省|家|名|次|大|省份|地区|分之|部分|章|节|级|档|季度|点|"
    "户|人|台|件|元|万|亿|步|批|线|轮|层|端|方面"
)
# Chinese numerals count as numbers where they count something; 一方面, 统一 and 十分 do not.
CHINESE = re.compile(
    rf"百分之{_DIGIT}+(?:点{_DIGIT}+)?"
    rf"|{_DIGIT}+分之{_DIGIT}+"
    rf"|第{_DIGIT}+(?!方)"
    rf"|前{_DIGIT}+(?=[位名个强、，。；]|$)"
    rf"|{_DIGIT}+(?=(?:{_MEASURE}))"
    r"|[过超近]半(?=[数的、，。；]|$)|半数|翻(?:一|两|三)?番"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A number found in text: what it says and where it starts."""

    text: str
    start: int


def arabic(text: str) -> Iterator[Token]:
    """Yield the Arabic numbers of a text, full-width digits included."""
    folded = text.translate(_NARROW)  # a character for a character: positions stay true
    for match in ARABIC.finditer(folded):
        yield Token(match.group(), match.start())


def chinese(text: str, idioms: Iterable[str] = ()) -> Iterator[Token]:
    """Yield the Chinese numerals that state a number, leaving out set phrases (``idioms``)."""
    masked = text
    for idiom in sorted(idioms, key=len, reverse=True):
        masked = masked.replace(idiom, "□" * len(idiom))
    for match in CHINESE.finditer(masked):
        yield Token(match.group(), match.start())


def numbers(text: str, idioms: Iterable[str] = ()) -> Iterator[Token]:
    """Yield every number of a text in order of appearance."""
    yield from sorted((*arabic(text), *chinese(text, idioms)), key=lambda token: token.start)


def digits(text: str) -> str:
    """Return the canonical digits of a token: no separators, ASCII sign; for comparing printed numbers."""
    folded = unicodedata.normalize("NFKC", text)
    return folded.replace(",", "").replace("−", "-").replace("+", "").strip()
