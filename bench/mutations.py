"""Mutate data, prose and finished files in many ways and count what is caught.

``python bench/mutations.py --n 500 --seed 1`` prints a table by kind, every miss, and the ratio; it exits
with 1 below 98 %. ``--clean`` looks for false alarms instead: on the shipped editions and on random ones;
with ``--outputs`` the PDF and Word file of each are built and checked as well.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.mutating.data import DataMutations
from bench.mutating.ground import ROOT, Ground, Mutation, Outcome
from bench.mutating.outputs import CELL, FIGURE, ROW, OutputMutations
from bench.mutating.prose import ProseMutations
from bench.mutating.random_editions import false_alarms

WANTED = 0.98
WITHOUT = "without effect"  # changes that reach no reader: another is made, they do not count
# Kind → how many of a hundred.
DATA = {
    "swap two regions' values": 10,
    "flip a sign": 8,
    "move a decimal point": 10,
    "change a unit": 6,
    "change a weight": 4,
    "number in editorial text": 4,
}
PROSE = {
    "edit a number in prose": 12,
    "edit a comparative": 12,
    "type over a chosen word": 5,
    "rename a region in prose": 5,
}
OUTPUTS = {ROW: 8, CELL: 8, FIGURE: 8}


def counts(n: int) -> dict[str, int]:
    """Return how many mutations of each kind make up ``n`` (at least one of each)."""
    parts = {**DATA, **PROSE, **OUTPUTS}
    total = sum(parts.values())
    found = {kind: max(1, round(n * part / total)) for kind, part in parts.items()}
    while sum(found.values()) < n:
        found[max(parts, key=parts.__getitem__)] += 1
    return found


def mutate(
    wanted: dict[str, int], seed: int, edition: str = "2023", *, pdf: bool = True
) -> Iterator[Outcome]:
    """Make the ``wanted`` number of mutations of each kind and judge them."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        ground = Ground(Path(folder), edition)
        makers = {}
        if any(wanted.get(kind) for kind in DATA):
            makers |= DataMutations(ground, rng).kinds()
        if any(wanted.get(kind) for kind in PROSE):
            makers |= ProseMutations(ground, rng).kinds()
        for kind, make in makers.items():
            left = wanted.get(kind, 0)
            while left:
                outcome = make()
                if outcome is None:
                    yield Outcome(Mutation(kind, "", ""), True, WITHOUT)
                else:
                    left -= 1
                    yield outcome
        rows, cells, figures = (wanted.get(kind, 0) for kind in (ROW, CELL, FIGURE))
        if rows or cells or figures:
            outputs = OutputMutations(ground, rng)
            half = (rows // 2, cells // 2, figures // 2) if pdf else (0, 0, 0)
            yield from outputs.word(rows - half[0], cells - half[1], figures - half[2])
            yield from outputs.pdf(*half)


def _task(task: tuple[dict[str, int], int]) -> list[Outcome]:
    return list(mutate(*task))


def run(n: int, seed: int, jobs: int) -> list[Outcome]:
    """Make ``n`` mutations on ``jobs`` processes."""
    wanted = counts(n)
    outputs = {kind: wanted[kind] for kind in OUTPUTS}
    shares: list[dict[str, int]] = [defaultdict(int) for _each in range(jobs)]
    for kind in (*DATA, *PROSE):
        for each in range(wanted[kind]):
            shares[each % jobs][kind] += 1
    tasks = [(dict(share), seed * 1000 + at) for at, share in enumerate(shares)]
    tasks.append((outputs, seed * 1000 + jobs))
    with ProcessPoolExecutor(jobs) as pool:
        return [outcome for outcomes in pool.map(_task, tasks) for outcome in outcomes]


def show(outcomes: Sequence[Outcome], seconds: float) -> float:
    """Print the table and the misses; return the ratio caught."""
    without = [outcome for outcome in outcomes if outcome.by == WITHOUT]
    outcomes = [outcome for outcome in outcomes if outcome.by != WITHOUT]
    kinds = dict.fromkeys(outcome.mutation.kind for outcome in outcomes)
    print(f"{'kind':28} {'made':>5} {'caught':>6}  by")
    for kind in kinds:
        those = [outcome for outcome in outcomes if outcome.mutation.kind == kind]
        by = Counter(outcome.by for outcome in those if outcome.caught)
        told = ", ".join(f"{name} {count}" for name, count in by.most_common())
        print(f"{kind:28} {len(those):5} {sum(by.values()):6}  {told}")
    misses = [outcome for outcome in outcomes if not outcome.caught]
    for outcome in misses:
        print(
            f"\nMISS {outcome.mutation.kind} · {outcome.mutation.place}\n  {outcome.mutation.what}\n  {outcome.detail}"
        )
    ratio = 1 - len(misses) / len(outcomes)
    print(f"\n{len(without)} more reached no reader and were made anew")
    print(f"{len(outcomes)} mutations, {len(misses)} missed: {ratio:.1%} caught, {seconds:.0f} s")
    return ratio


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--clean", action="store_true", help="look for false alarms")
    parser.add_argument("--editions", type=int, default=50, help="random editions for --clean")
    parser.add_argument("--outputs", action="store_true", help="with --clean: build and compare")
    options = parser.parse_args()
    start = time.perf_counter()
    if options.clean:
        alarms = false_alarms(
            ROOT, options.editions, options.seed, options.jobs, outputs=options.outputs
        )
        print(f"{len(alarms)} false alarms, {time.perf_counter() - start:.0f} s")
        return 1 if alarms else 0
    outcomes = run(options.n, options.seed, options.jobs)
    return 0 if show(outcomes, time.perf_counter() - start) >= WANTED else 1


if __name__ == "__main__":
    os.environ.setdefault("IIREPORT_LANG", "en")
    sys.exit(main())
