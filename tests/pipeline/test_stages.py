"""Timing and memory of stages."""

from __future__ import annotations

import pickle
import sys

import pytest

from report.errors import EditionError, Place, Problem
from report.pipeline.stages import Silent, Stage, Stopwatch


class Heard(Silent):
    """Notes what it is told."""

    def __init__(self) -> None:
        self.news: list[str] = []

    def started(self, stage: str, steps: int) -> None:
        self.news.append(f"start {stage} {steps}")

    def finished(self, stage: Stage) -> None:
        self.news.append(f"end {stage.name}")


def test_stages_are_told_in_order():
    heard = Heard()
    watch = Stopwatch(heard)
    with watch.stage("load"):
        pass
    with watch.stage("figures", 3):
        pass
    watch.add(Stage("docx", 1.5, 100.0))
    assert heard.news == ["start load 0", "end load", "start figures 3", "end figures", "end docx"]
    assert [stage.name for stage in watch.stages] == ["load", "figures", "docx"]
    assert watch.seconds < 1.5  # the stage that ran elsewhere took none of this process' time


@pytest.mark.skipif(sys.platform != "linux", reason="the peak can only be reset on Linux")
def test_the_peak_is_the_stages_own():
    watch = Stopwatch(Silent())
    with watch.stage("greedy"):
        filled = bytearray(b"x") * 150_000_000
        del filled
    with watch.stage("modest"):
        pass
    greedy, modest = watch.stages
    assert greedy.peak_mb - modest.peak_mb > 100


def test_errors_cross_processes_with_their_problems():
    problems = [Problem(Place.of("a.csv", cell="B2"), "found", "expected", "remedy")] * 2
    error = pickle.loads(pickle.dumps(EditionError(problems)))
    assert type(error) is EditionError
    assert error.problems == tuple(problems)
