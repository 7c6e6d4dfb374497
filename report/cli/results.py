"""``iireport results``: the values of an assessment by key."""

from __future__ import annotations

import json
import sys
from fnmatch import fnmatchcase
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from report.cli.help import Command
from report.errors import AssessmentError, Problem
from report.i18n import _
from report.project import DEFAULT_EDITION, find_project


def command() -> click.Command:
    """Describe the command in the user's language."""
    return Command(
        name="results",
        help=_(
            "Print values of an edition's assessment by their keys, without building the report.\n\n"
            "PATTERN is a key in which * stands for anything; the grammar of the keys is in "
            "docs/formats.md. Without it all values are printed."
        ),
        short_help=_("Print values of an assessment by key."),
        example="iireport results 2023 'index.*.2022'",
        callback=_run,
        params=[
            click.Argument(["edition"], required=False, default=DEFAULT_EDITION),
            click.Argument(["pattern"], required=False, default="*"),
            click.Option(
                ["--json", "as_json"],
                is_flag=True,
                help=_("Print one JSON object: key → value, unit and flags."),
            ),
        ],
    )


def _run(edition: str, pattern: str, *, as_json: bool) -> None:
    from report.assessment import assess  # noqa: PLC0415 - --help needs none of it
    from report.edition import load_edition  # noqa: PLC0415

    results = assess(load_edition(find_project(Path.cwd()).edition(edition)))
    chosen = {key: results[key] for key in results if fnmatchcase(key, pattern)}
    if not chosen:
        raise AssessmentError(
            Problem(
                None,
                _("No key of this edition fits “{pattern}”.").format(pattern=pattern),
                remedy=_("Look at the grammar in docs/formats.md, or use * for the doubtful part."),
            )
        )
    if as_json:
        described = {
            key: {"value": value.datum, "unit": value.unit, "flags": sorted(value.flags)}
            for key, value in chosen.items()
        }
        sys.stdout.write(json.dumps(described, ensure_ascii=False, indent=2) + "\n")
        return
    table = Table(box=None, pad_edge=False)
    table.add_column(_("key"), no_wrap=True)
    table.add_column(_("value"), justify="right", no_wrap=True)
    table.add_column(_("unit"), no_wrap=True)
    table.add_column(_("remarks"))
    for key, value in chosen.items():
        datum = value.datum
        text = f"{datum:.4f}" if isinstance(datum, float) else str(datum)
        table.add_row(key, text, value.unit, ", ".join(sorted(value.flags)))
    Console(highlight=False).print(table)
