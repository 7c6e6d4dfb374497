"""How long each stage of a build takes and how much memory it needs, and who is told meanwhile."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Stage:
    """A finished stage: wall-clock seconds and the process' peak memory in MB (0 = unknown)."""

    name: str
    seconds: float
    peak_mb: float


class Progress(Protocol):
    """Who wants to know how a build is getting on (the command line, a test, nobody)."""

    def started(self, stage: str, steps: int) -> None:
        """Take note that a stage begins; ``steps`` is 0 where it cannot be counted."""

    def stepped(self) -> None:
        """Take note that one step of the current stage is done."""

    def finished(self, stage: Stage) -> None:
        """Take note that the current stage is over."""


class Silent:
    """Nobody wants to know."""

    def started(self, stage: str, steps: int) -> None:
        """Ignore it."""

    def stepped(self) -> None:
        """Ignore it."""

    def finished(self, stage: Stage) -> None:
        """Ignore it."""


@dataclass(slots=True)
class Stopwatch:
    """Measures the stages of one build and passes the news on to ``progress``."""

    progress: Progress
    stages: list[Stage] = field(default_factory=list)
    begun: float = field(default_factory=time.perf_counter)

    @property
    def seconds(self) -> float:
        """Wall-clock seconds since the build began; less than the sum of stages that overlap."""
        return round(time.perf_counter() - self.begun, 3)

    @contextmanager
    def stage(self, name: str, steps: int = 0) -> Iterator[None]:
        """Measure what runs inside as the stage ``name``."""
        reset_peak()
        self.progress.started(name, steps)
        start = time.perf_counter()
        yield
        self.add(Stage(name, round(time.perf_counter() - start, 3), round(peak_mb(), 1)))

    def add(self, stage: Stage) -> None:
        """Note a finished stage, measured here or by the process it ran in."""
        self.stages.append(stage)
        self.progress.finished(stage)


@contextmanager
def rare_collections() -> Iterator[None]:
    """Look for reference cycles rarely while a build runs.

    Layout makes millions of objects that live until the end; going through them again and again took
    30 % of the time of a 140-page PDF, and freed nothing.
    """
    thresholds = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()


def reset_peak() -> None:
    """Start counting the peak anew where the system can (Linux); elsewhere it only ever grows."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return


def peak_mb() -> float:
    """Return this process' peak memory in MB since ``reset_peak`` (0 = unknown)."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return _resource_peak_mb()
    for line in status.splitlines():
        if line.startswith("VmHWM:"):
            return float(line.split()[1]) / 1024
    return _resource_peak_mb()


def _resource_peak_mb() -> float:
    if sys.platform == "win32":
        return 0.0
    import resource  # noqa: PLC0415 - POSIX only

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
