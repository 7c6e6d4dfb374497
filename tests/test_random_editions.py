"""Random valid editions: the shipped templates make reports of them in which nothing is to be mended."""

from __future__ import annotations

import pytest

from bench.mutating.random_editions import alarms_of, shape


@pytest.mark.parametrize("seed", range(5))
def test_a_random_edition_is_true_and_raises_no_alarm(project, seed):
    assert alarms_of(seed, project) == []


def test_their_shapes_differ():
    shapes = [shape(seed) for seed in range(50)]
    for name in ("dimensions", "indicators", "regions", "survey"):
        assert len({one[name] for one in shapes}) > 1
    assert len({len(one["years"]) for one in shapes}) > 1  # type: ignore[arg-type]
