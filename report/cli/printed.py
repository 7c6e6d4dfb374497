"""Where a printed number stands in the report and where it comes from: ``iireport trace --text``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.text import Text

from report.assessment.labels import names
from report.cli.traced import Told, console_for, short, speech, valued
from report.errors import AssessmentError, Problem
from report.i18n import _
from report.ledger import Graph, Index, Row, formula, label

MOST_PLACES = 12  # of one key


def tell_text(rows: Sequence[Row], graph: Graph, text: str) -> Told:
    """Tell where a number is printed and where it comes from; AssessmentError when nowhere."""
    found = [row for row in Index(rows).rows(text) if row.kind != "mark"]
    if not found:
        raise AssessmentError(
            Problem(
                None,
                _("The report prints “{text}” nowhere.").format(text=text),
                _("a number as it is printed, rounded and without its unit"),
                _("Look in numbers.csv of the built report, or ask for the value by its key."),
            )
        )
    known = names(graph.results)

    def show() -> None:
        console = console_for()
        console.print(_("{count} places print “{text}”:").format(count=len(found), text=text))
        for group in _by_key(found).values():
            console.print()
            console.print(_origin(graph, group[0], known))
            if group[0].source:
                console.print(
                    Text("  " + _("cells: {places}").format(places=group[0].source), "dim")
                )
            for row in group[:MOST_PLACES]:
                console.print(_printed_place(row))
            if len(group) > MOST_PLACES:
                rest = _("… and {count} more").format(count=len(group) - MOST_PLACES)
                console.print(Text(f"  {rest}", "dim"))

    columns = ("part", "block", "where", "context", "text", "key", "value", "unit", "source", "origin", "kind")  # fmt: skip
    described = {"text": text, "rows": [{c: getattr(row, c) for c in columns} for row in found]}
    return Told(described, show)


def _by_key(rows: Iterable[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.key, []).append(row)
    return groups


def _printed_place(row: Row) -> Text:
    text = Text(f"  {row.text}", "green")
    text.append(f"  {row.part} · {row.block} · {row.where}", "default")
    if row.origin:
        text.append(f"  {row.origin}", "cyan")
    if row.context:
        text.append(f"\n      {short(row.context)}", "dim")
    return text


def _origin(graph: Graph, row: Row, known: Mapping[str, str]) -> Text:
    if row.key not in graph:
        return Text(row.key, "bold")
    text = Text(label(graph, row.key, known), "bold")
    text.append(f"  {short(row.key)}", "cyan")
    text.append(f" = {valued(graph, row.key)}", "green")
    text.append(f"\n  {formula(graph, row.key, speech())}", "dim")
    return text
