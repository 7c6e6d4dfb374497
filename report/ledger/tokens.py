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
_DIGIT = "〇零一二两三四五六七八九十百千"
_NUMERAL = f"[{_DIGIT}]+(?:[万亿]+[{_DIGIT}]*)*"
_DECIMAL = f"{_NUMERAL}(?:点[〇零一二三四五六七八九]+)?"
_MEASURE = (
    "个|位|项|条|类|种|倍|成(?![为果效就本长立员熟品分交都型绩功套体形因])|年|月|日|省|市|家|名|次|大|"
    "分之|部分|章|节|级|档|季度|户|人|台|件|元|万|亿|步|批|线|轮|层|端|方面|组|期|套|例|张|幅|地(?!位|方|点|理|区)|"
    "份|座|所|处|岁|天|周|支|只|款|门|版|重|维度|指标|形态|路径|地区|区域|省份|行业|领域|环节|公里|吨|百分点"
)
# Chinese numerals count as numbers where they count something; 一方面, 统一 and 十分 do not. One (and
# two) of something is an article more often than a number: see Counting.
CHINESE = re.compile(
    rf"百分之{_DECIMAL}"
    rf"|[{_DIGIT}]+分之{_NUMERAL}"
    rf"|第{_NUMERAL}(?!方)"
    rf"|前{_NUMERAL}(?=[位名个强大家者甲项种类，、。；）]|$)"
    rf"|{_DECIMAL}(?=[余多几来]?(?:{_MEASURE}))"
    rf"|[{_DIGIT}]{{2,}}分(?![之位布析别类组工散层化数成享段支为解开配摊歧母子量项])"
    r"|[过超近逾大]半(?=[数的以、，。；）企地省]|$)|[一]?半数|一半|翻(?:了)?[一两三几]?番"
)
_FEW = re.compile(rf"[一两](?=(?!两)(?:{_MEASURE}))")
_ALWAYS = re.compile(r"[一两](?:倍|成|万|亿|分之|季度|百分点|个百分点|位数)")
_ONLY = re.compile(r"(?:仅|只|唯)(?:有|剩|见|为|占)?(?:了)?$")

_VALUES = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True, slots=True)
class Token:
    """A number found in text: what it says and where it starts."""

    text: str
    start: int


class Counting:
    """Which Chinese numerals state no number: set phrases, and one or two of what nobody counts.

    ``idioms`` are set phrases (统一, 一方面). 一个 and 两个 are numbers only before one of the nouns
    ``counted`` (两个地区), after 仅 and 只, or with a measure of size (两倍, 一成); without ``counted``
    every 两个 is a number.
    """

    def __init__(self, idioms: Iterable[str] = (), counted: Iterable[str] = ()) -> None:
        ordered = sorted(set(idioms), key=lambda word: (-len(word), word))
        # 十分重要 counts nothing, 二十分 does: a phrase does not begin within a numeral
        self._idioms = re.compile(
            "|".join(
                (f"(?<![{_DIGIT}])" if word[0] in _DIGIT else "") + re.escape(word)
                for word in ordered
            )
            or r"(?!)"
        )
        nouns = sorted(set(counted), key=lambda word: (-len(word), word))
        self._counted = re.compile(
            rf"两[余多几]?(?:{_MEASURE})?(?:不同的?|主要|关键)?(?:{'|'.join(map(re.escape, nouns))})"
        )
        self._all = not nouns

    def masked(self, text: str) -> str:
        """Mask the set phrases, character for character."""
        return self._idioms.sub(lambda match: "□" * len(match.group()), text)

    def states(self, text: str, match: re.Match[str]) -> bool:
        """Whether a numeral states a number where it stands."""
        start = match.start()
        if match.group() not in ("一", "两") or not _FEW.match(text, start):
            return True
        if _ALWAYS.match(text, start) or _ONLY.search(text, max(0, start - 4), start):
            return True
        if match.group() == "一":
            return False
        return self._all or bool(self._counted.match(text, start))


def arabic(text: str) -> Iterator[Token]:
    """Yield the Arabic numbers of a text, full-width digits included."""
    folded = text.translate(_NARROW)  # a character for a character: positions stay true
    for match in ARABIC.finditer(folded):
        yield Token(match.group(), match.start())


def chinese(text: str, idioms: Iterable[str] | Counting = ()) -> Iterator[Token]:
    """Yield the Chinese numerals that state a number, leaving out set phrases (``idioms``)."""
    counting = idioms if isinstance(idioms, Counting) else Counting(idioms)
    masked = counting.masked(text)
    for match in CHINESE.finditer(masked):
        if counting.states(masked, match):
            yield Token(match.group(), match.start())


def numbers(text: str, idioms: Iterable[str] | Counting = ()) -> Iterator[Token]:
    """Yield every number of a text in order of appearance."""
    yield from sorted((*arabic(text), *chinese(text, idioms)), key=lambda token: token.start)


def digits(text: str) -> str:
    """Return the canonical digits of a token: no separators, ASCII sign; for comparing printed numbers."""
    folded = unicodedata.normalize("NFKC", text)
    return folded.replace(",", "").replace("−", "-").replace("+", "").strip()


def values(text: str) -> set[float]:
    """Return the values a token may stand for: 前三 3, 三成 30, 过半 50, 翻番 2 and 100; empty if none."""
    plain = digits(text)
    try:
        return {float(plain)}
    except ValueError:
        pass
    if "半" in text:
        return {50.0, 0.5}
    if "番" in text:
        times = 2.0 ** _numeral(text.strip("翻了番几") or "一")
        return {times, (times - 1) * 100, times * 100}
    if "分之" in text:
        below, _of, above = text.partition("分之")
        share = _numeral(above) / (_numeral(below) or 1)
        return {share, share * 100}
    number = _numeral(text.strip("第前分"))
    return {number, number * 10} if number <= 10 else {number}  # 三[成] is 30 %, 两[倍] 2


def _numeral(text: str) -> float:
    """Read a Chinese numeral: 三十一, 两千零五, 一点五, 二〇二二."""
    whole, _point, part = text.partition("点")
    if part:
        return float(f"{_numeral(whole):.0f}.{''.join(str(_VALUES.get(c, 0)) for c in part)}")
    if len(whole) > 1 and all(char in _VALUES for char in whole):
        return float("".join(str(_VALUES[char]) for char in whole))
    total = section = digit = 0
    for char in whole:
        if char in _VALUES:
            digit = _VALUES[char]
        elif char in _TENS:
            section += (digit or 1) * _TENS[char]
            digit = 0
        elif char in _MYRIADS:
            total = (total + section + digit) * _MYRIADS[char]
            section = digit = 0
    return float(total + section + digit)
