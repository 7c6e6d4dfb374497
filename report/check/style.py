"""The house style's word lists (templates/style.yaml): which words claim, which numerals count nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from report.errors import Place, Problem, TemplateError
from report.i18n import _

FILE = "style.yaml"
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Style:
    """Word lists of the checks; ``file`` is where an editor changes them."""

    file: str
    up: tuple[str, ...] = ()
    down: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    negations: tuple[str, ...] = ()
    modal: tuple[str, ...] = ()
    idioms: tuple[str, ...] = ()
    regions: str = ""

    def claims(self) -> re.Pattern[str]:
        """Return a pattern that finds every claim word, longest first."""
        return _alternatives((*self.up, *self.down, *self.plain))


def read_style(templates: Path) -> Style:
    """Read ``style.yaml`` of the templates folder; TemplateError tells every problem of it."""
    path = templates / FILE
    name = f"{templates.name}/{FILE}"
    if not path.is_file():
        return Style(name)
    if path.stat().st_size > _LARGEST:
        raise TemplateError(Problem(Place(name), _("the file is too large")))
    try:
        data = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")) or {}
    except (YAMLError, UnicodeDecodeError) as error:
        raise TemplateError(Problem(Place(name), str(error))) from None
    problems: list[Problem] = []

    def words(holder: object, key: str) -> tuple[str, ...]:
        found = holder.get(key, []) if isinstance(holder, dict) else []
        if not isinstance(found, list) or not all(isinstance(one, str) and one for one in found):
            expected = _("a list of words: [甲, 乙]")
            problems.append(Problem(Place(name), _("not a list: {key}").format(key=key), expected))
            return ()
        return tuple(found)

    claims = data.get("claims", {}) if isinstance(data, dict) else {}
    names = data.get("names", {}) if isinstance(data, dict) else {}
    style = Style(
        name,
        words(claims, "up"),
        words(claims, "down"),
        words(claims, "plain"),
        words(data, "negations"),
        words(data, "modal"),
        words(data, "idioms"),
        str(names.get("regions") or "") if isinstance(names, dict) else "",
    )
    if problems:
        raise TemplateError(problems)
    return style


def _alternatives(words: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, ordered)) or r"(?!)")
