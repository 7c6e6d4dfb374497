"""What ``iireport trace`` answers: for scripts a description, for people trees and tables."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from report.assessment import trace
from report.assessment.labels import names
from report.assessment.results import Datum, Value
from report.document.derived import Undefined, UnknownKey, evaluate, is_derived, parse
from report.errors import AssessmentError, Problem
from report.i18n import _, language, ngettext
from report.ledger import Graph, Sources, formula, label

MOST_PARENTS = 8  # of a value, in the tree


@dataclass(frozen=True, slots=True)
class Told:
    """An answer: ``described`` for scripts, ``show`` prints it; ``ok`` decides the exit code."""

    described: dict[str, Any]
    show: Callable[[], None]
    ok: bool = True


def console_for() -> Console:
    """Return the screen, or a wide page where there is none."""
    console = Console(highlight=False)
    # A file or another program has no width: lines as long as a wide screen's.
    return console if console.is_terminal else Console(highlight=False, width=160)


def speech() -> trace.Language:
    """Return the language formulae are told in."""
    return "zh" if language().startswith("zh") else "en"


def unknown(key: str, nearest: Iterable[str] = ()) -> AssessmentError:
    """Say that there is no such value, naming the nearest keys."""
    near = ", ".join(nearest)
    return AssessmentError(
        Problem(
            None,
            _("There is no value “{key}” in this edition.").format(key=key),
            _("the nearest keys: {keys}").format(keys=near) if near else "",
            _("List keys with: iireport results EDITION 'index.*'"),
        )
    )


def require(graph: Graph, key: str) -> None:
    """Raise AssessmentError unless every value that ``key`` speaks of exists."""
    try:
        for leaf in parse(key).leaves():
            graph.value(leaf)
    except UnknownKey as error:
        raise unknown(error.key, error.nearest) from None
    except Undefined as error:
        raise AssessmentError(
            Problem(
                None,
                str(error),
                remedy=_("The grammar of derived keys is in docs/formats.md."),
            )
        ) from None


# ---------------------------------------------------------------- the tree of a value


def tell_tree(graph: Graph, key: str, depth: int, *, every: bool) -> Told:
    """Tell where ``key`` comes from, ``depth`` levels deep; with ``every`` leaf cell, listed."""
    require(graph, key)
    known = names(graph.results)
    sources = Sources(graph.results, graph.previous)
    leaves = sources.listed(key)

    def show() -> None:
        console = console_for()
        root = Tree(_line(graph, key, known), guide_style="dim")
        _grow(root, sources, key, known, depth, {key})
        console.print(root)
        if depth > 0 and graph.parents(key):
            console.print(_cells(sources, key))
        if every:
            console.print(_leaf_table(graph, leaves, known))

    described = {
        "key": key,
        "tree": _described(graph, key, known, depth, set()),
        "source": sources.text(key),
        "leaves": [_leaf(graph, leaf) for leaf in leaves] if every else len(leaves),
    }
    return Told(described, show)


def _line(graph: Graph, key: str, known: Mapping[str, str]) -> Text:
    text = Text(label(graph, key, known), "bold")
    text.append(f"  {short(key)}", "cyan")
    text.append(f" = {valued(graph, key)}", "green")
    text.append(f"\n{formula(graph, key, speech())}", "dim")
    return text


def _cells(sources: Sources, key: str) -> Text:
    count = sources.bits(key).bit_count()
    text = ngettext("{count} cell: {places}", "{count} cells: {places}", count)
    return Text(text.format(count=count, places=sources.text(key)), "dim")


def valued(graph: Graph, key: str) -> str:
    """Return a value with its unit, ten digits of it."""
    try:
        return f"{trace.show(graph.datum(key))}{graph.unit(key)}"
    except Undefined as error:
        return f"– ({error})"


def short(key: str, most: int = 100) -> str:
    """Return a key (a count of 31 regions is long) or a sentence cut to a line."""
    return key if len(key) <= most else f"{key[:most]}…"


def _grow(
    node: Tree, sources: Sources, key: str, known: Mapping[str, str], depth: int, seen: set[str]
) -> None:
    graph = sources.graph
    parents = graph.parents(key)
    if not parents:
        return
    if depth <= 0:
        node.add(_cells(sources, key))
        return
    shown = parents if len(parents) <= MOST_PARENTS else parents[: MOST_PARENTS - 2]
    for parent in shown:
        branch = node.add(_line(graph, parent, known))
        if parent in seen:
            if graph.parents(parent):
                branch.add(Text(_("… as above"), "dim"))
            continue
        seen.add(parent)
        _grow(branch, sources, parent, known, depth - 1, seen)
    if len(shown) < len(parents):
        rest = _("… and {count} more").format(count=len(parents) - len(shown))
        node.add(Text(rest, "dim"))


def _described(
    graph: Graph, key: str, known: Mapping[str, str], depth: int, seen: set[str]
) -> dict[str, Any]:
    parents = graph.parents(key)
    described: dict[str, Any] = {
        "key": key,
        "label": label(graph, key, known),
        "value": graph.datum(key),
        "unit": graph.unit(key),
        "formula": formula(graph, key, speech()),
    }
    if not is_derived(key) and (place := graph.value(key).place) is not None:
        described["place"] = str(place)
    if parents and (depth <= 0 or key in seen):
        described["parents"] = len(parents)
    elif parents:
        seen.add(key)
        described["from"] = [_described(graph, p, known, depth - 1, seen) for p in parents]
    return described


def _leaf(graph: Graph, leaf: str) -> dict[str, Any]:
    value = graph.value(leaf)
    return {
        "key": leaf,
        "value": value.datum,
        "unit": value.unit,
        "place": str(value.place) if value.place else "",
    }


def _leaf_table(graph: Graph, leaves: Sequence[str], known: Mapping[str, str]) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in (_("place"), _("value"), _("key"), _("name")):
        table.add_column(heading, justify="right" if heading == _("value") else "left")
    for leaf in leaves:
        value = graph.value(leaf)
        table.add_row(str(value.place or ""), valued(graph, leaf), leaf, label(graph, leaf, known))
    return table


# ---------------------------------------------------------------- computing again


def tell_evaluation(graph: Graph, key: str) -> Told:
    """Tell how far ``key`` (or every value) is from what its leaves give when computed again."""
    if key:
        require(graph, key)
    wanted = tuple(parse(key).leaves()) if key else tuple(graph.results)
    worst, name, count, leaves = 0.0, "", 0, 0
    again: dict[str, Value] = {}
    for edition, results in graph.editions.items():
        prefix = f"{edition}:" if edition else ""
        own = [k.rpartition(":")[2] for k in wanted if k.rpartition(":")[0] == edition]
        for plain, datum in trace.replay(results, own).items() if own else ():
            value = results[plain]
            again[prefix + plain] = replace(value, datum=datum)
            leaves += trace.is_leaf(value)
            count += 1
            gap = _gap(value.datum, datum)
            if gap > worst:
                worst, name = gap, prefix + plain
    if key and is_derived(key):
        gap = _gap(graph.datum(key), evaluate(replace(graph.results, values=again), key))
        worst, name = max((gap, key), (worst, name))
    ok = worst <= trace.TOLERANCE

    def show() -> None:
        console = console_for()
        line = _("{count} values computed again from {leaves} leaves; largest difference {gap:.1e}")
        console.print(line.format(count=count - leaves, leaves=leaves, gap=worst))
        if not ok:
            console.print(
                Text(_("“{key}” does not follow from its leaves.").format(key=name), "red")
            )

    described = {
        "key": key, "values": count - leaves, "leaves": leaves, "difference": worst, "at": name,
    }  # fmt: skip
    return Told(described, show, ok)


def _gap(stored: Datum, again: Datum) -> float:
    """Return how far two values are apart, relative to 1 or the value, whichever is larger."""
    if isinstance(stored, tuple) and isinstance(again, tuple) and len(stored) == len(again):
        return max((_gap(a, b) for a, b in zip(stored, again, strict=True)), default=0.0)
    if isinstance(stored, int | float) and isinstance(again, int | float):
        return abs(stored - again) / max(1.0, abs(stored))
    return 0.0 if stored == again else math.inf
