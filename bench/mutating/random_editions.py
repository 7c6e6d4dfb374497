"""Random valid editions: any shape, plausible figures; the shipped templates must make true reports of them."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from report.check import Finding, Style, check, read_style
from report.check.outputs import finished
from report.errors import ReportError
from report.pipeline.build import build
from report.pipeline.preparing import Prepared, input_files, prepare
from report.project import Project
from tests.support.editions import make_edition


def shape(seed: int) -> dict[str, object]:
    """Return the shape of the random edition ``seed``: dimensions, regions, years, survey, method."""
    rng = random.Random(f"edition-{seed}")
    last = rng.randint(2024, 2035)
    return {
        "dimensions": rng.choice((3, 4, 4, 5, 6)),
        "indicators": rng.choice((2, 3, 3, 4)),
        "regions": rng.choice((8, 12, 18, 25, 31)),
        "years": tuple(range(last - rng.choice((1, 2, 3, 4)), last + 1)),
        "survey": rng.random() < 0.6,
        "respondents": rng.choice((60, 120, 300)),
        "method": {
            "normalise": rng.choice(("min-max", "min-max", "z-score", "rank")),
            "aggregate": rng.choice(("arithmetic", "geometric")),
        },
        "seed": seed,
    }


def alarms_of(seed: int, root: Path, *, outputs: bool = False) -> list[str]:
    """Compose the random edition ``seed`` with the templates of ``root``; return all that is said of it.

    With ``outputs`` its PDF and Word file are built too, compared, and all their numbers looked up.
    """
    project = Project(root)
    with tempfile.TemporaryDirectory() as folder:
        edition = make_edition(Path(folder), **shape(seed))  # type: ignore[arg-type]
        return list(_alarms(edition, project, f"random edition {seed}", outputs=outputs))


def false_alarms(
    root: Path, editions: int, seed: int, jobs: int, *, outputs: bool = False
) -> list[str]:
    """Return what is said of the shipped editions and of ``editions`` random ones; print it too."""
    project = Project(root)
    found: list[str] = []
    for folder in project.editions():
        said = list(_alarms(folder, project, folder.name, outputs=outputs))
        print(f"{folder.name}: {len(said)}", flush=True)
        found += said
    seeds = range(seed * 1000, seed * 1000 + editions)
    judge = partial(alarms_of, root=root, outputs=outputs)
    with ProcessPoolExecutor(jobs) as pool:
        for at, said in zip(seeds, pool.map(judge, seeds), strict=True):
            print(f"random edition {at}: {len(said)}", flush=True)
            found += said
    for text in found:
        print(text)
    return found


def _alarms(folder: Path, project: Project, name: str, *, outputs: bool = False) -> Iterator[str]:
    try:
        ready = prepare(folder, project)
        style = read_style(project.templates)
        found = [*check(ready.document, ready.results, ready.edition, style, ready.previous)]
        if outputs:
            found += _finished(folder, project, ready, style)
    except ReportError as error:
        for problem in error.problems:
            yield f"{name}: {type(error).__name__}: {problem.place} {problem.found} {problem.expected}"
        return
    for each in found:
        yield f"{name}: {each.rule}: {each.place} {each.block}: {each.found} — {each.sentence[:100]}"


def _finished(folder: Path, project: Project, ready: Prepared, style: Style) -> tuple[Finding, ...]:
    with tempfile.TemporaryDirectory() as out:
        target = Path(out) / "dist"
        build(folder, target, formats=("pdf", "docx"), project=project)
        files = input_files(ready.edition, ready.previous_edition, project)
        inputs = {project.shown(path): path for path in files}
        return finished(ready.document, ready.results, ready.previous, style, target, inputs)
