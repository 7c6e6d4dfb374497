"""``iireport doctor``: what this machine lacks and how to get it."""

from __future__ import annotations

import json
import sys

import click
from rich.console import Console
from rich.text import Text

from report.cli.help import Command
from report.errors import MachineError
from report.i18n import _


def command() -> click.Command:
    """Describe the command in the user's language."""
    return Command(
        name="doctor",
        help=_(
            "Say what this machine lacks for making reports and how to get it: for this system, "
            "or with --all for Debian/Ubuntu, macOS and Windows. The exit code is 0 when a "
            "report can be built, {code} when not."
        ).format(code=MachineError.exit_code),
        short_help=_("Say what this machine lacks and how to get it."),
        example="iireport doctor --all",
        callback=_run,
        params=[
            click.Option(
                ["--all", "all_systems"],
                is_flag=True,
                help=_("Show how to get everything, on every system."),
            ),
            click.Option(["--json", "as_json"], is_flag=True, help=_("Print one JSON object.")),
        ],
    )


def _run(*, all_systems: bool, as_json: bool) -> int:
    from report.doctor import SYSTEMS, examine, remedy, system  # noqa: PLC0415

    checks = examine()
    able = all(check.present for check in checks if check.needed)
    here = system()
    if as_json:
        described = {
            "ok": able,
            "system": here,
            "checks": [
                {
                    "id": check.id,
                    "present": check.present,
                    "needed": check.needed,
                    "detail": check.detail,
                    "remedy": ""
                    if check.present or check.id == "python"
                    else remedy(check.id, here),
                }
                for check in checks
            ],
        }
        sys.stdout.write(json.dumps(described, ensure_ascii=False, indent=2) + "\n")
        return 0 if able else MachineError.exit_code
    console = Console(highlight=False)
    for check in checks:
        mark, style = (
            ("✓", "green") if check.present else ("✗", "red" if check.needed else "yellow")
        )
        line = Text(f"{mark} ", style).append(check.label, "bold").append(f"  {check.purpose}")
        if check.detail:
            line.append(f"  ({check.detail})", "dim")
        console.print(line, soft_wrap=True)
        if check.id == "python" or (check.present and not all_systems):
            continue
        for name, label in SYSTEMS.items() if all_systems else ((here, SYSTEMS[here]),):
            console.print(Text(f"    {label}: {remedy(check.id, name)}"), soft_wrap=True)
    console.print(
        _("Reports can be built here.") if able else _("Reports cannot be built here yet.")
    )
    return 0 if able else MachineError.exit_code
