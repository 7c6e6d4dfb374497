"""YAML with line numbers: plain data, no tags, no aliases, no duplicate keys, every problem at its line."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from report.edition.sources import Sources
from report.errors import Place
from report.i18n import _

Path_ = tuple[str | int, ...]
_TAG = "tag:yaml.org,2002:"
_KINDS = {"map", "seq", "str", "int", "float", "bool", "null", "timestamp"}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Yaml:
    """A YAML file's plain data and the line on which each of its parts begins."""

    file: str
    data: object
    lines: Mapping[Path_, int]

    def place(self, *path: str | int) -> Place:
        """Return the place of a part; of the nearest part around it where it does not exist."""
        while path and path not in self.lines:
            path = path[:-1]
        return Place.of(self.file, line=self.lines.get(path, 1))


def read_yaml(sources: Sources, path: Path) -> Yaml | None:
    """Read a YAML file; None after noting that it cannot be read as YAML at all."""
    text = sources.read_text(path)
    return None if text is None else parse_yaml(sources, text, sources.shown(path))


def parse_yaml(sources: Sources, text: str, file: str) -> Yaml | None:
    """Parse YAML text; problems other than syntax leave the data usable, so that checks go on."""
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        sources.add(
            Place.of(file, line=mark.line + 1 if mark else 0),
            _("this is not valid YAML: {reason}").format(reason=error.problem or error.context),
            _("“key: value” lines, indented with spaces"),
            _("Look at this line and the one before: a missing space after “:”, a tab, a quote?"),
        )
        return None
    except ReaderError as error:
        sources.add(
            Place.of(file, line=text.count("\n", 0, error.position) + 1),
            _("a character that no text may hold: U+{code:04X}").format(
                code=error.character if isinstance(error.character, int) else ord(error.character)
            ),
            remedy=_("Delete it."),
        )
        return None
    except (YAMLError, RecursionError, ValueError) as error:
        sources.add(
            Place.of(file),
            _("this is not valid YAML: {reason}").format(reason=type(error).__name__),
            _("“key: value” lines, indented with spaces"),
        )
        return None
    if root is None:
        sources.add(
            Place.of(file), _("the file is empty"), remedy=_("Fill it, or remove its name.")
        )
        return None
    walk = _Walk(sources, file)
    return Yaml(file, walk.plain(root, ()), walk.lines)


class _Walk:
    """One pass over the nodes of a file, turning them into plain data."""

    def __init__(self, sources: Sources, file: str) -> None:
        self.sources = sources
        self.file = file
        self.lines: dict[Path_, int] = {}
        self.seen: set[int] = set()

    def note(self, node: Node, found: str, expected: str = "", remedy: str = "") -> None:
        self.sources.add(
            Place.of(self.file, line=node.start_mark.line + 1), found, expected, remedy
        )

    def plain(self, node: Node, path: Path_) -> object:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in self.seen:
            self.note(
                node,
                _("an alias (*) repeats an anchored part"),
                _("the part written out"),
                _("Copy the part instead of referring to it."),
            )
            return None
        self.seen.add(id(node))
        kind = str(node.tag or "").removeprefix(_TAG)
        if kind not in _KINDS:
            self.note(
                node,
                _("a tag (!) is not allowed here: {tag}").format(tag=kind),
                _("plain text, numbers, dates and lists"),
                _("Delete the tag."),
            )
        if isinstance(node, MappingNode):
            return self.mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.plain(item, (*path, n)) for n, item in enumerate(node.value)]
        return self.scalar(node) if isinstance(node, ScalarNode) else None

    def mapping(self, node: MappingNode, path: Path_) -> dict[str, object]:
        data: dict[str, object] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                self.note(key_node, _("a key that is not plain text"), _("“key: value”"))
                continue
            key = str(key_node.value)
            if key in data:
                first = self.lines[(*path, key)]
                self.note(
                    key_node,
                    _("“{key}” stands here again; the first is on line {line}").format(
                        key=key, line=first
                    ),
                    _("each key once"),
                    _("Delete one of the two."),
                )
                continue
            self.lines[(*path, key)] = key_node.start_mark.line + 1
            data[key] = self.plain(value_node, (*path, key))
        return data

    def scalar(self, node: ScalarNode) -> object:
        text, kind = str(node.value), str(node.tag or "").removeprefix(_TAG)
        if kind == "null":
            return None
        if kind == "bool":
            return text.lower() == "true"
        if kind == "int" and _INTEGER.fullmatch(text) and len(text) <= 18:
            return int(text)
        if kind in {"int", "float"}:
            number = float(text) if _FLOAT.fullmatch(text) else math.nan
            return number if math.isfinite(number) else text
        if kind == "timestamp":
            try:
                return dt.date.fromisoformat(text)
            except ValueError:
                return text
        return text
