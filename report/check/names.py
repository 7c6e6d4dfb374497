"""Names: regions as the house style has them, and names of the registry spelt as the registry spells them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from report.assessment.results import Results
from report.check.findings import Finding
from report.check.lexicon import alternatives
from report.check.sentences import MASK, Sentence
from report.check.style import Style
from report.document.model import Figure, Table
from report.i18n import _

RULE = "name"
_SHORTEST = 4  # characters of a name that is looked for misspelt
_HAN = "[\u4e00-\u9fff]"
_CITY_WORDS = "场值级民政面区县"  # 北京市场 names no city


class Names:
    """Checks sentence after sentence against a registry and the house style."""

    def __init__(self, style: Style, results: Results) -> None:
        registry = results.registry
        self._regions = _forbidden(style, results)
        self._known = alternatives(
            name
            for entries in (
                registry.dimensions, registry.indicators, registry.forms, registry.paths,
                registry.zones, registry.regions, registry.questions, registry.options, registry.groups,
            )
            for entry in entries
            for name in (entry.name, entry.short)
            if name
        )  # fmt: skip
        self._terms = alternatives(style.terms)
        names = {
            entry.name
            for entries in (registry.forms, registry.paths, registry.dimensions)
            for entry in entries
            if len(entry.name) >= _SHORTEST and re.fullmatch(f"{_HAN}+", entry.name)
        }
        self._names = [(name, _near(name)) for name in sorted(names)]

    def check(self, sentence: Sentence) -> Iterator[Finding]:
        """Find long names of regions (or short ones) in prose, and names one character off."""
        text = sentence.untitled()
        if not isinstance(sentence.block, Table | Figure):
            for match in self._regions.finditer(text):
                yield self._region(sentence, match)
        if all(piece.condition is None for piece in sentence.pieces):
            return
        bare = self._known.sub(_masked, self._terms.sub(_masked, text))
        for name, near in self._names:
            for match in near.finditer(bare):
                start, end = match.span()
                if (
                    sentence.piece_at(start).condition is None
                    or sentence.piece_at(end - 1).condition is None
                ):
                    continue
                found = text[start:end]
                yield Finding(
                    RULE,
                    sentence.piece_at(start).origin,
                    sentence.block.id,
                    sentence.text,
                    _("almost a name: {found}").format(found=found),
                    name,
                    _("write the name, print it with form(…), path(…) or dimension(…), or list "
                      "these words under terms in style.yaml if they are meant"),
                    span=sentence.span(start, end),
                    part=sentence.section,
                )  # fmt: skip

    def _region(self, sentence: Sentence, match: re.Match[str]) -> Finding:
        return Finding(
            RULE,
            sentence.piece_at(match.start()).origin,
            sentence.block.id,
            sentence.text,
            _("a region's name in the form that the house style avoids: {name}").format(
                name=match.group()
            ),
            _("the short name (江苏)")
            if match.group()[-1:] in "省市区"
            else _("the full name (江苏省)"),
            _("print the region itself or its .short; see names.regions in style.yaml"),
            span=sentence.span(match.start(), match.end()),
            part=sentence.section,
        )


def _forbidden(style: Style, results: Results) -> re.Pattern[str]:
    """Return a pattern for the form of the regions' names that the style forbids."""
    pairs = [(e.name, e.short) for e in results.registry.regions if e.short and e.short != e.name]
    if style.regions == "short":
        names = sorted((name for name, _short in pairs), key=len, reverse=True)
        parts = [
            re.escape(name) + (f"(?![{_CITY_WORDS}])" if name.endswith("市") else "")
            for name in names
        ]
    elif style.regions == "name":
        parts = [
            rf"{re.escape(short)}(?!{re.escape(name.removeprefix(short))})"
            for name, short in pairs
            if name.startswith(short)
        ]
    else:
        parts = []
    return re.compile("|".join(parts) or r"(?!)")


def _near(name: str) -> re.Pattern[str]:
    """Return a pattern for a name with one character changed or two neighbours swapped."""
    changed = [f"{name[:at]}{_HAN}{name[at + 1 :]}" for at in range(len(name))]
    swapped = [name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in range(len(name) - 1)]
    return re.compile("|".join((*changed, *swapped)))


def _masked(match: re.Match[str]) -> str:
    return MASK * len(match.group())
