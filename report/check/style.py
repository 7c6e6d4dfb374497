"""The house style's word lists (templates/style.yaml): which words claim, which numerals count nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from report.errors import Place, Problem, TemplateError
from report.i18n import _

FILE = "style.yaml"
_LARGEST = 1_000_000
_NAMES = {"": "", "short": "short", "name": "name"}


@dataclass(frozen=True, slots=True)
class Directed:
    """Words of one kind by where they point: up (more, better), down, or plain (neither)."""

    up: tuple[str, ...] = ()
    down: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Style:
    """Word lists of the checks; ``file`` is where an editor changes them.

    ``ranks``, ``comparisons`` and ``events`` claim wherever they stand; ``changes`` (增长, 下降) claim
    beside a number or one of ``adverbs``, ``results`` or ``since``. ``modal`` words exempt the rest of
    their clause, ``conditional`` ones the rest of the sentence, ``endings`` (…时) the clause they end,
    ``definitions`` their clause and, at its beginning, the one before it. Before one of the ``nouns``
    (居前的地区) a rank only describes, as long as nobody is named. ``amounts`` (最多) after a change say how much, not which way.
    ``terms`` are names that contain such words or numbers, ``idioms`` numerals that count nothing,
    ``counted`` nouns that 一个 and 两个 do count. ``future`` names the files that tell what is to come.
    """

    file: str
    ranks: Directed = Directed()
    comparisons: Directed = Directed()
    events: Directed = Directed()
    changes: Directed = Directed()
    amounts: tuple[str, ...] = ()
    adverbs: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    negations: tuple[str, ...] = ()
    modal: tuple[str, ...] = ()
    conditional: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    future: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    idioms: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    literals: Mapping[str, str] = field(default_factory=dict)
    regions: str = ""


_CLAIMS = ("ranks", "comparisons", "events", "changes")
_BESIDE = ("amounts", "adverbs", "results", "since", "negations", "modal", "conditional",
           "definitions", "endings", "nouns", "future")  # fmt: skip
_LISTS = ("terms", "idioms", "counted")


def read_style(templates: Path) -> Style:
    """Read ``style.yaml`` of the templates folder; TemplateError tells every problem of it."""
    path = templates / FILE
    name = f"{templates.name}/{FILE}"
    if not path.is_file():
        return Style(name)
    if path.stat().st_size > _LARGEST:
        raise TemplateError(Problem(Place(name), _("the file is too large")))
    try:
        data = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except (YAMLError, UnicodeDecodeError) as error:
        raise TemplateError(Problem(Place(name), str(error))) from None
    reading = _Reading(name)
    style = reading.style({} if data is None else data)
    if reading.problems:
        raise TemplateError(reading.problems)
    return style


class _Reading:
    """Reads the lists and notes what does not fit."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.problems: list[Problem] = []

    def style(self, data: object) -> Style:
        top = self._mapping(data, "", {"claims", "literals", "names", *_LISTS})
        claims = self._mapping(top.get("claims"), "claims", {*_CLAIMS, *_BESIDE})
        names = self._mapping(top.get("names"), "names", {"regions"})
        regions = str(names.get("regions") or "")
        if regions not in _NAMES:
            self._problem(f"names.regions: {regions}", "short / name")
        found: dict[str, object] = {key: self._words(top.get(key), key) for key in _LISTS}
        found |= {key: self._words(claims.get(key), f"claims.{key}") for key in _BESIDE}
        found |= {key: self._directed(claims.get(key), f"claims.{key}") for key in _CLAIMS}
        found["literals"] = self._literals(top.get("literals"))
        return Style(self._name, **found, regions=regions)  # type: ignore[arg-type]

    def _mapping(self, data: object, key: str, known: set[str]) -> dict[str, object]:
        if data is None:
            return {}
        if not isinstance(data, dict):
            self._problem(key or self._name, _("names with lists of words"))
            return {}
        for unknown in sorted(str(one) for one in data if one not in known):
            self._problem(f"{key}.{unknown}".lstrip("."), " / ".join(sorted(known)))
        return {str(one): value for one, value in data.items()}

    def _words(self, data: object, key: str) -> tuple[str, ...]:
        if data is None:
            return ()
        if not isinstance(data, list) or not all(isinstance(one, str) and one for one in data):
            self._problem(key, _("a list of words: [甲, 乙]"))
            return ()
        return tuple(dict.fromkeys(data))

    def _directed(self, data: object, key: str) -> Directed:
        ways = [one.name for one in fields(Directed)]
        found = self._mapping(data, key, set(ways))
        return Directed(*(self._words(found.get(way), f"{key}.{way}") for way in ways))

    def _literals(self, data: object) -> dict[str, str]:
        if data is None:
            return {}
        if not isinstance(data, dict) or not all(
            isinstance(text, str) and isinstance(why, str) and text and why
            for text, why in data.items()
        ):
            self._problem("literals", _("a text and the reason for it: {以基期为100: 定义}"))
            return {}
        return dict(data)

    def _problem(self, found: str, expected: str) -> None:
        self.problems.append(Problem(Place(self._name), found, expected))
