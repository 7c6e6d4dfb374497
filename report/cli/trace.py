"""``iireport trace``: where a value comes from, why it changed, and where a printed number stands."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from report.cli.help import Command
from report.i18n import _
from report.project import DEFAULT_EDITION, Project, find_project

if TYPE_CHECKING:
    from report.cli.traced import Told
    from report.ledger import Graph


def command() -> click.Command:
    """Describe the command in the user's language."""
    return Command(
        name="trace",
        help=_(
            "Show where a value comes from, down to the cells of the input files.\n\n"
            "KEY is the address of a value (docs/formats.md), or a formula over addresses such as "
            "change(index.total.2022,index.total.2021). Other questions: --why a value changed "
            "between two years, what changed it --between two editions, and where a printed number "
            "stands and comes from: --text."
        ),
        short_help=_("Show where a number comes from."),
        example=(
            "iireport trace index.total.2022\n"
            "iireport trace --evaluate\n"
            "iireport trace --why index.total 2021 2022\n"
            "iireport trace index.total.2021 --between 2022 2023\n"
            "iireport trace --text 146.6"
        ),
        callback=_run,
        params=[
            click.Argument(["key"], required=False, default=""),
            click.Option(
                ["--edition"],
                default=DEFAULT_EDITION,
                metavar=_("EDITION"),
                help=_("The edition that is asked (else {default}).").format(
                    default=DEFAULT_EDITION
                ),
            ),
            click.Option(
                ["--evaluate"],
                is_flag=True,
                help=_(
                    "Compute the value again from the cells alone and say how far it differs; "
                    "without KEY, every value of the edition."
                ),
            ),
            click.Option(
                ["--why"],
                nargs=3,
                type=(str, int, int),
                metavar=_("KEY YEAR YEAR"),
                help=_("Say what changed a value between two years; the effects add up."),
            ),
            click.Option(
                ["--between"],
                nargs=2,
                metavar=_("EDITION EDITION"),
                help=_("Say what changed KEY between two editions: data, weights or method."),
            ),
            click.Option(
                ["--text"],
                metavar=_("NUMBER"),
                help=_("Find where a number is printed in the report and where it comes from."),
            ),
            click.Option(
                ["--depth"],
                type=click.IntRange(0, 50),
                help=_("How many levels of a tree are shown (else 2)."),
            ),
            click.Option(
                ["--leaves"], is_flag=True, help=_("List every cell that the value depends on.")
            ),
            click.Option(["--json", "as_json"], is_flag=True, help=_("Print one JSON object.")),
        ],
    )


def _run(
    key: str,
    edition: str,
    why: tuple[str, int, int] | None,
    between: tuple[str, str] | None,
    text: str | None,
    depth: int | None,
    *,
    evaluate: bool,
    leaves: bool,
    as_json: bool,
) -> int:
    project = find_project(Path.cwd())
    asked = [name for name, on in (("--why", why), ("--between", between), ("--text", text)) if on]
    if len(asked) > 1:
        raise click.UsageError(
            _("{options}: ask for one at a time.").format(options=", ".join(asked))
        )
    told = _told(project, edition, key, why, between, text, depth, evaluate=evaluate, leaves=leaves)
    if as_json:
        described: dict[str, Any] = {"ok": told.ok, **told.described}
        sys.stdout.write(json.dumps(described, ensure_ascii=False, indent=2) + "\n")
    else:
        told.show()
    return 0 if told.ok else 1


def _told(
    project: Project,
    edition: str,
    key: str,
    why: tuple[str, int, int] | None,
    between: tuple[str, str] | None,
    text: str | None,
    depth: int | None,
    *,
    evaluate: bool,
    leaves: bool,
) -> Told:
    from report.cli import changes, traced  # noqa: PLC0415 - --help needs none of it

    key = key.replace(" ", "")
    if why is not None:
        stem, first, second = why
        results = _graph(project, edition, previous=False).results
        return changes.tell_why(results, stem, first, second, 2 if depth is None else depth)
    if text is not None:
        return _printed(project, edition, text)
    if not key and not evaluate:
        raise click.UsageError(_("Which value? Give a key such as index.total.2022."))
    if between is not None:
        before, after = (_graph(project, name, previous=False).results for name in between)
        return changes.tell_between(before, after, key)
    graph = _graph(project, edition, previous=":" in key)
    if evaluate:
        return traced.tell_evaluation(graph, key)
    return traced.tell_tree(graph, key, 2 if depth is None else depth, every=leaves)


def _printed(project: Project, edition: str, text: str) -> Told:
    """Compose the report and look for a number in its ledger."""
    from report.cli.printed import tell_text  # noqa: PLC0415
    from report.ledger import Sources, ledger  # noqa: PLC0415
    from report.pipeline import prepare  # noqa: PLC0415

    ready = prepare(project.edition(edition), project)
    sources = Sources(ready.results, ready.previous)
    return tell_text(ledger(ready.document, sources), sources.graph, text)


def _graph(project: Project, name: str, *, previous: bool) -> Graph:
    """Assess an edition, and the one before it where a key names its values."""
    from report.ledger import Graph  # noqa: PLC0415 - --help needs none of it
    from report.pipeline.preparing import assess_both, load  # noqa: PLC0415

    edition, before = load(project.edition(name))
    return Graph(*assess_both(edition, before if previous else None))
