"""Why a value changed, between two years or two editions: what ``iireport trace`` answers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from report.assessment import causes, trace
from report.assessment.labels import names
from report.assessment.results import Results
from report.cli.traced import Told, console_for, require
from report.errors import AssessmentError, Problem
from report.i18n import _
from report.ledger import Graph, label

MOST_CAUSES = 10  # of one level
MOST_REVISED = 20


def tell_why(results: Results, key: str, year_a: int, year_b: int, depth: int) -> Told:
    """Tell what changed a value between two years; the effects add up to the change."""
    graph = Graph(results)
    stem = key.removesuffix(f".{year_a}").removesuffix(f".{year_b}")
    for each in (f"{stem}.{year_a}", f"{stem}.{year_b}"):
        require(graph, each)
    try:
        cause = causes.why(results, stem, year_a, year_b, depth)
    except TypeError:
        raise AssessmentError(
            Problem(
                None,
                _("“{key}” is a text; only numbers can be decomposed.").format(key=key),
                remedy=_("Ask for the values it depends on: iireport trace KEY"),
            )
        ) from None
    known = names(results)
    unit = graph.unit(cause.key_b)
    total = math.fsum(each.effect for each in cause.children)

    def show() -> None:
        console = console_for()
        console.print(Text(f"{label(graph, cause.key_b, known)}  {cause.key_b}", "bold"))
        table = Table(box=None, pad_edge=False)
        table.add_column(_("cause"))
        for heading in (str(year_a), str(year_b), _("effect"), _("share")):
            table.add_column(heading, justify="right", no_wrap=True)
        _cause_rows(table, graph, cause, known, cause.effect, 0)
        console.print(table)
        if cause.children:
            check = _("Check: the causes add up to {sum}, the change is {change}{unit}.")
            console.print(
                Text(
                    check.format(sum=_signed(total), change=_signed(cause.effect), unit=unit), "dim"
                )
            )
        else:
            console.print(_("This change cannot be taken apart further."))

    described = {
        "key": stem, "unit": unit, "sum": total if cause.children else cause.effect,
        **_described_cause(cause),
    }  # fmt: skip
    return Told(described, show)


def _cause_rows(
    table: Table,
    graph: Graph,
    cause: causes.Cause,
    known: Mapping[str, str],
    whole: float,
    level: int,
) -> None:
    name = label(graph, cause.key_b, known) if cause.key_b else _("time elapsed")
    text = Text("  " * level + name, "bold" if level == 0 else "")
    text.append(f"  {cause.key_b}", "cyan")
    table.add_row(
        text, trace.show(cause.before), trace.show(cause.after), _signed(cause.effect),
        _share(cause.effect, whole),
    )  # fmt: skip
    children = cause.children
    if len(children) > MOST_CAUSES:
        largest = sorted(children, key=lambda each: -abs(each.effect))[: MOST_CAUSES - 1]
        children = tuple(each for each in children if each in largest)
    for child in children:
        _cause_rows(table, graph, child, known, whole, level + 1)
    if len(children) < len(cause.children):
        rest = cause.effect - math.fsum(child.effect for child in children)
        count = len(cause.children) - len(children)
        left = _("{count} smaller causes together").format(count=count)
        table.add_row("  " * (level + 1) + left, "", "", _signed(rest), _share(rest, whole))


def _described_cause(cause: causes.Cause) -> dict[str, Any]:
    return {
        "from": cause.key_a,
        "to": cause.key_b,
        "before": cause.before,
        "after": cause.after,
        "effect": cause.effect,
        "causes": [_described_cause(child) for child in cause.children],
    }


def _share(effect: float, whole: float) -> str:
    return f"{effect / whole:.1%}".replace("-", "−") if whole else "–"


def _signed(number: float) -> str:
    return f"{number:+.6g}".replace("-", "−")


def tell_between(before: Results, after: Results, key: str) -> Told:
    """Tell what data, weights and method did to a value between two editions."""
    for results in (before, after):
        require(Graph(results), key)
    compared = causes.compare(before, after, key)
    known = names(after)
    graph = Graph(after)
    effects = {
        "data": _("data"), "weights": _("weights"), "method": _("method"),
    }  # fmt: skip

    def show() -> None:
        console = console_for()
        console.print(Text(f"{label(graph, key, known)}  {key}", "bold"))
        table = Table(box=None, pad_edge=False, show_header=False)
        table.add_column()
        table.add_column(justify="right")
        table.add_row(_("edition {id}").format(id=before.edition), trace.show(compared.before))
        for effect, name in effects.items():
            if compared.effects:
                table.add_row(f"  {name}", _signed(compared.effects[effect]))  # type: ignore[index]
        table.add_row(_("edition {id}").format(id=after.edition), trace.show(compared.after))
        console.print(table)
        if compared.effects:
            total = math.fsum(compared.effects.values())
            check = _("Check: the effects add up to {sum}.").format(sum=_signed(total))
            console.print(Text(check, "dim"))
        _show_revised(console, before, after, compared)

    described = {
        "key": key,
        "before": compared.before,
        "after": compared.after,
        "effects": dict(compared.effects),
        "revised": [
            {"key": k, "before": before[k].datum, "after": after[k].datum, "place": str(after[k].place or "")}
            for k in compared.revised
        ],
        "added": list(compared.added),
        "dropped": list(compared.dropped),
    }  # fmt: skip
    return Told(described, show)


def _show_revised(
    console: Console, before: Results, after: Results, compared: causes.Comparison
) -> None:
    if compared.revised:
        console.print(_("{count} figures or settings differ:").format(count=len(compared.revised)))
        table = Table(box=None, pad_edge=False)
        for heading in (_("key"), before.edition, after.edition, _("place")):
            table.add_column(heading)
        for key in compared.revised[:MOST_REVISED]:
            table.add_row(
                key, trace.show(before[key].datum), trace.show(after[key].datum),
                str(after[key].place or ""),
            )  # fmt: skip
        console.print(table)
        if len(compared.revised) > MOST_REVISED:
            more = len(compared.revised) - MOST_REVISED
            console.print(_("… and {count} more").format(count=more))
    if compared.added or compared.dropped:
        line = _("{added} cells are used only by {second}, {dropped} only by {first}.")
        console.print(
            line.format(
                added=len(compared.added), dropped=len(compared.dropped),
                first=before.edition, second=after.edition,
            )
        )  # fmt: skip
