"""The command line: one file per command, imported only when it is asked for."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from report.cli.shell import run

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None, program: str = "iireport") -> None:
    """Run the command line and leave the process with its exit code."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments, program))
