"""The page's viewer: the calculation behind the printed numbers as compact JSON, and its inlined script."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

from report.assessment.labels import FAMILIES, names
from report.assessment.operations import OPERATIONS
from report.assessment.trace import show
from report.document.derived import Undefined, UnknownKey, is_derived, parse
from report.errors import OutputError, Place, Problem
from report.i18n import _
from report.ledger import Graph, Row, Sources, words_of
from report.output.html.markup import Element, el
from report.output.html.style import read_style

FORMAT = 1
SCRIPT = "viewer.js"
STYLE = "viewer.css"
READ, GIVEN = "读入的数据", "别处算得的结果"

Scalar: TypeAlias = float | int | str | None
# value · unit · operation · parents · params · place; trailing empty fields are left out
Entry: TypeAlias = list[object]


class _Table:
    """Strings, each kept once and named by its number; 0 is the empty string."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {"": 0}

    def __call__(self, text: str) -> int:
        return self.numbers.setdefault(text, len(self.numbers))

    def texts(self) -> list[str]:
        return list(self.numbers)


def viewer_data(rows: Iterable[Row], sources: Sources) -> str:
    """Return JSON of every value behind the printed numbers, down to the cells; the form is in formats.md."""
    graph = sources.graph
    printed = _printed(rows, graph)
    keys = _reached(printed, graph)
    number = {key: i for i, key in enumerate(keys)}
    units, operations, texts, files = _Table(), _Table(), _Table(), _Table()
    values = []
    for key in keys:
        parents = [number[parent] for parent in graph.parents(key)]
        values.append(
            _derived(graph, key, units, operations, parents)
            if is_derived(key)
            else _plain(graph, key, units, operations, texts, files, parents)
        )
    data = {
        "format": FORMAT,
        "keys": _squeezed(keys),
        "values": values,
        "printed": [number[key] for key in printed],
        "units": units.texts(),
        "operations": operations.texts(),
        "texts": texts.texts(),
        "files": files.texts(),
        "families": dict(FAMILIES),
        "names": names(graph.results),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _printed(rows: Iterable[Row], graph: Graph) -> tuple[str, ...]:
    """Return the keys of printed numbers and chosen words that the calculation knows."""
    found: dict[str, None] = {}
    for row in rows:
        if row.kind in {"quantity", "figure", "mark", "alt"}:
            found[row.key] = None
        elif row.kind == "word" and row.source:
            found.update(dict.fromkeys(_listed(row.key)))
    return tuple(sorted(key for key in found if key in graph))


def _listed(keys: str) -> list[str]:
    """Split keys joined by commas, but not the operands of derived ones."""
    parts, depth, start = [], 0, 0
    for position, character in enumerate(keys):
        depth += (character == "(") - (character == ")")
        if character == "," and not depth:
            parts.append(keys[start:position])
            start = position + 1
    return [*parts, keys[start:]]


def _reached(printed: Iterable[str], graph: Graph) -> list[str]:
    found, stack = set(), list(printed)
    while stack:
        key = stack.pop()
        if key not in found:
            found.add(key)
            stack.extend(graph.parents(key))
    return sorted(found)


def _squeezed(keys: Sequence[str]) -> list[object]:
    """Write sorted keys as pairs: how many characters they share with the one before, and the rest."""
    squeezed: list[object] = []
    last = ""
    for key in keys:
        pairs = zip(last, key, strict=False)
        shared = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(last), len(key)))
        squeezed += [shared, key[shared:]]
        last = key
    return squeezed


def _plain(
    graph: Graph,
    key: str,
    units: _Table,
    operations: _Table,
    texts: _Table,
    files: _Table,
    parents: list[int],
) -> Entry:
    value = graph.value(key)
    datum: Scalar = show(value.datum) if isinstance(value.datum, tuple) else value.datum
    place: list[object] = []
    if value.place is not None and value.place.file:
        name = value.place.file + (f" [{value.place.sheet}]" if value.place.sheet else "")
        place = [files(name), value.place.cell or value.place.line or ""]
    if value.op in OPERATIONS:
        operation = operations(
            ("×" if OPERATIONS[value.op].paired else "") + OPERATIONS[value.op].zh
        )
    else:
        operation = operations(GIVEN if value.op == "given" else READ)
    params = [
        part for name, item in value.params.items() for part in (texts(name), texts(show(item)))
    ]
    return _trimmed([datum, units(graph.unit(key)), operation, parents, params, place])


def _derived(
    graph: Graph, key: str, units: _Table, operations: _Table, parents: list[int]
) -> Entry:
    node = parse(key)
    try:
        datum: Scalar = graph.datum(key)  # type: ignore[assignment]  # derived values are numbers
        unit = graph.unit(key)
    except (Undefined, UnknownKey, TypeError):
        datum, unit = None, ""
    return _trimmed([datum, units(unit), operations(words_of(node)), parents])


def _trimmed(entry: Entry) -> Entry:
    while entry[-1] in ([], 0):
        entry.pop()
    return entry


# ---------------------------------------------------------------- in the page


def read_script(page_dir: Path) -> str:
    """Return the viewer's script as it stands in the page, with the line ends a browser hashes."""
    text = read_style(page_dir, SCRIPT).replace("\r\n", "\n").replace("\r", "\n")
    if "</script" in text.lower() or "<!--" in text:
        raise OutputError(
            Problem(
                Place.of(SCRIPT),
                _("The page's script holds a closing script tag or the start of a comment"),
                _("plain JavaScript"),
                _("Restore the file from the project."),
            )
        )
    return text


def policy_source(script: str) -> str:
    """Return the source expression that lets exactly this script run."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    return f"'sha256-{digest}'"


def elements(trace: str, script: str) -> tuple[Element, Element]:
    """Return the data and the script as elements for the end of the page.

    The data is never run, and ``<`` is written as an escape, so that no text can end its element.
    """
    data = el("script", trace.replace("<", "\\u003c"), id="trace-data", type="application/json")
    return data, el("script", script)
