"""What a build shows on the screen: its progress while it runs, a summary when it is done."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Table
from rich.text import Text

from report.i18n import _, ngettext
from report.pipeline import BuildReport, Stage

DOCUMENTS = ("report.pdf", "report.docx", "report.html")


def stage_name(stage: str) -> str:
    """Name a stage in the user's language."""
    return {
        "load": _("Read the edition"),
        "assess": _("Assess"),
        "compose": _("Compose the text"),
        "check": _("Check the sentences"),
        "figures": _("Draw the figures"),
        "html": _("Write HTML"),
        "pdf": _("Write PDF"),
        "docx": _("Write Word"),
        "results": _("Write the results"),
        "ledger": _("Account for every number"),
        "publish": _("Put in place"),
    }.get(stage, stage)


class BuildScreen:
    """A ``report.pipeline.Progress`` on standard error; ``silent`` shows nothing."""

    def __init__(self, *, silent: bool) -> None:
        self._silent = silent
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            console=Console(stderr=True, highlight=False),
            transient=True,
            disable=silent,
        )
        self._task = self._bar.add_task("", total=None, visible=False)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def started(self, stage: str, steps: int) -> None:
        """Show the stage that begins."""
        self._bar.reset(
            self._task, total=steps or None, description=stage_name(stage), visible=True
        )

    def stepped(self) -> None:
        """Move the bar."""
        self._bar.advance(self._task)

    def finished(self, stage: Stage) -> None:
        """Leave a line for the stage that is over."""
        if self._silent:
            return
        self._bar.console.print(
            Text("✓ ", "green").append(stage_name(stage.name), "default"),
            Text(f"{stage.seconds:.1f} s", "dim"),
        )


def show_build(report: BuildReport, console: Console | None = None) -> None:
    """Print what a build made: the files to open first, what is in them, time and memory."""
    console = console or Console(highlight=False)
    console.print(Text(report.title, "bold"))
    console.print(
        _("{pages} pages, {figures} figures, {tables} tables").format(
            pages=report.pages, figures=report.figures, tables=report.tables
        )
    )
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 2))
    others = 0
    for file in report.files:
        if file.name in DOCUMENTS:
            table.add_row(_shown(report.out / file.name), _size(file.size))
        else:
            others += 1
    console.print(table)
    console.print(
        _("and {count} more files in {folder}").format(count=others, folder=_shown(report.out)),
        soft_wrap=True,
    )
    if report.findings:
        warning = ngettext(
            "{count} sentence to look at: run “iireport check {edition}”",
            "{count} sentences to look at: run “iireport check {edition}”",
            report.findings,
        )
        console.print(Text(warning.format(count=report.findings, edition=report.edition), "yellow"))
    timing = _("{seconds:.1f} s").format(seconds=report.seconds)
    if report.peak_mb:
        timing += _(", at most {peak:.0f} MB of memory").format(peak=report.peak_mb)
    console.print(Text(timing, "dim"))


def _shown(path: Path) -> str:
    path, here = path.resolve(), Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, size // 1000)} kB"
