"""templates/report.yaml: which templates make the report, in which order and matter."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from report.document.model import Matter
from report.errors import Place, Problem, TemplateError
from report.i18n import _
from report.manuscript.keys import similar

MANIFEST = "report.yaml"
_MATTERS: dict[str, Matter] = {"cover": "cover", "front": "front", "parts": "body", "back": "back"}
_LISTS = ("dimensions", "forms", "paths", "zones", "regions")
_CONTENTS = ("toc", "figures", "tables")
_SECTION_WORDS = {"id", "content", "contents", "title", "needs"}
_CHAPTER_WORDS = {"each", "template", "otherwise"}
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Chapters:
    """Templates one for each of a list: ``template`` holds ``{id}``; ``otherwise`` serves the rest."""

    each: Literal["dimensions", "forms", "paths", "zones", "regions"]
    template: str
    otherwise: str


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the report: its templates in order, or generated lists.

    ``needs`` names data without which the templates are left out, and ``title`` heads the notice.
    """

    id: str
    matter: Matter
    content: tuple[str | Chapters, ...]
    contents: tuple[str, ...]
    title: str
    needs: tuple[str, ...]
    place: Place


def load_manifest(folder: Path, root: str) -> tuple[Part, ...]:
    """Read and check ``report.yaml``; TemplateError lists every problem with its line."""
    file = Place(f"{root}/{MANIFEST}")
    path = folder / MANIFEST
    if not path.is_file():
        raise TemplateError(Problem(file, _("the list of the report's parts is missing")))
    if path.stat().st_size > _LARGEST:
        raise TemplateError(Problem(file, _("the file is too large")))
    try:
        data = YAML(typ="rt", pure=True).load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        place = Place(file.file, line=line)
        raise TemplateError(Problem(place, str(error.problem or error))) from None
    except (YAMLError, UnicodeDecodeError) as error:
        raise TemplateError(Problem(file, str(error))) from None
    reading = _Manifest(file.file)
    parts = reading.parts(data)
    if reading.problems:
        raise TemplateError(reading.problems)
    return parts


class _Manifest:
    """Turns the YAML into parts, noting every problem."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.problems: list[Problem] = []

    def parts(self, data: Any) -> tuple[Part, ...]:
        if not isinstance(data, dict):
            self._note(Place(self._file, line=1), _("the file holds no lists of parts"))
            return ()
        found: list[Part] = []
        for name in data:
            if name not in _MATTERS:
                place = self._line(data, name)
                self._note(place, _("unknown word: {word}").format(word=name), name, _MATTERS)
        for name, matter in _MATTERS.items():
            entries = data.get(name) or []
            if not isinstance(entries, list):
                self._note(
                    self._line(data, name), _("a list is expected: {word}").format(word=name)
                )
                continue
            for index, entry in enumerate(entries):
                part = self._part(entry, matter, self._line(entries, index))
                if part is not None:
                    found.append(part)
        if not found and not self.problems:
            self._note(Place(self._file, line=1), _("the file names no parts"))
        ids = [part.id for part in found]
        for part in found:
            if ids.count(part.id) > 1:
                self._note(part.place, _("the id is used twice: {id}").format(id=part.id))
        return tuple(found)

    def _part(self, entry: Any, matter: Matter, place: Place) -> Part | None:
        if not isinstance(entry, dict):
            self._note(place, _("a part is expected to have an id and content"))
            return None
        for word in entry:
            if word not in _SECTION_WORDS:
                self._note(place, _("unknown word: {word}").format(word=word), word, _SECTION_WORDS)
        if not entry.get("id"):
            self._note(place, _("a part has no id"))
            return None
        contents = tuple(str(one) for one in _listed(entry.get("contents")))
        for one in contents:
            if one not in _CONTENTS:
                self._note(place, _("unknown list: {word}").format(word=one), one, _CONTENTS)
        content = tuple(
            made
            for one in _listed(entry.get("content"))
            if (made := self._content(one, place)) is not None
        )
        return Part(
            str(entry["id"]),
            matter,
            content,
            contents,
            str(entry.get("title") or ""),
            tuple(str(one) for one in _listed(entry.get("needs"))),
            place,
        )

    def _content(self, one: Any, place: Place) -> str | Chapters | None:
        if isinstance(one, str):
            return self._template(one, place)
        if not isinstance(one, dict) or not {"each", "template"} <= set(one):
            self._note(place, _("a template's name is expected, or each: with template:"))
            return None
        for word in one:
            if word not in _CHAPTER_WORDS:
                self._note(place, _("unknown word: {word}").format(word=word), word, _CHAPTER_WORDS)
        if one["each"] not in _LISTS:
            word = str(one["each"])
            self._note(place, _("unknown list: {word}").format(word=word), word, _LISTS)
            return None
        if "{id}" not in str(one["template"]):
            self._note(place, _("the name of a template for each needs {id}"))
        template = self._template(str(one["template"]), place)
        otherwise = self._template(str(one.get("otherwise") or ""), place) or ""
        return Chapters(one["each"], template or "", otherwise)

    def _template(self, name: str, place: Place) -> str | None:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name:
            self._note(place, _("a template outside of the folder: {name}").format(name=name))
            return None
        return name

    def _line(self, holder: Any, key: Any) -> Place:
        try:
            return Place(self._file, line=holder.lc.data[key][0] + 1)
        except (AttributeError, KeyError, TypeError):
            return Place(self._file)

    def _note(self, place: Place, found: str, word: Any = "", known: Any = ()) -> None:
        self.problems.append(Problem(place, found, similar(str(word), known) if known else ""))


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]
