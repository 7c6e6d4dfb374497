"""A sample of the mutations: nearly all must be caught (all of them: python bench/mutations.py)."""

from __future__ import annotations

import pytest

from bench.mutations import DATA, OUTPUTS, PROSE, WITHOUT, counts, mutate


@pytest.mark.slow
def test_a_sample_of_mutations_is_caught():
    wanted = dict.fromkeys(DATA, 2) | dict.fromkeys(PROSE, 5) | dict.fromkeys(OUTPUTS, 3)
    outcomes = [one for one in mutate(wanted, seed=7, pdf=False) if one.by != WITHOUT]
    assert len(outcomes) >= 40
    missed = [one for one in outcomes if not one.caught]
    assert len(missed) <= 1, missed


def test_the_kinds_make_up_what_was_asked_for():
    for n in (40, 500, 1000):
        made = counts(n)
        assert sum(made.values()) >= n
        assert set(made) == {*DATA, *PROSE, *OUTPUTS}
        assert min(made.values()) >= 1
