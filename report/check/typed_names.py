"""Typed regions: a region named by hand in a template stays when the data name another one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from report.assessment.results import Results
from report.check.findings import Finding
from report.check.lexicon import alternatives
from report.check.sentences import Sentence
from report.i18n import _

RULE = "typed-name"
_EDITORIAL = frozenset({".yaml", ".yml"})


class TypedNames:
    """Looks for regions in the static text of templates, sentence after sentence.

    Editorial texts (cases, outlook) may name regions. So may a template within a claim or a {% when %}
    whose condition is about that region: then the data are asked before it is printed.
    """

    def __init__(self, results: Results) -> None:
        regions = results.registry.regions
        self._pattern = alternatives(name for r in regions for name in (r.name, r.short) if name)
        self._ids = {name: entry.id for entry in regions for name in (entry.name, entry.short)}

    def check(self, sentence: Sentence) -> Iterator[Finding]:
        """Find the regions that no data have named."""
        if all(piece.condition is None for piece in sentence.pieces):
            return
        for match in self._pattern.finditer(sentence.untitled()):
            piece = sentence.piece_at(match.start())
            condition, origin = piece.condition, piece.origin
            if condition is None or match.end() > piece.end:
                continue
            if origin is not None and PurePosixPath(origin.file).suffix in _EDITORIAL:
                continue
            if self._ids[match.group()] in condition or match.group() in condition:
                continue
            yield Finding(
                RULE,
                origin,
                sentence.block.id,
                sentence.text,
                _("a region named by hand: {name}").format(name=match.group()),
                _("a region that a helper names, or a claim about this region"),
                _("print it with region(“…”), leaders(…) or a loop over regions"),
                span=sentence.span(match.start(), match.end()),
                part=sentence.section,
            )
