"""Neighbouring bands are put together until none tells of so few calls."""

import doctest
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callstats.indicators import merging, suppression
from callstats.indicators.merging import merged, tells_of_few
from callstats.indicators.suppression import is_few

BANDS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12)
TIGHT = st.lists(st.integers(0, 8), max_size=3)


def spans(bands):
    return [(run.start, run.stop) for run in merged(bands)]


def test_the_worked_examples_hold():
    assert doctest.testmod(merging).failed == doctest.testmod(suppression).failed == 0


@pytest.mark.parametrize(
    ("bands", "told"),
    [
        ([], []),
        ([(5, 0), (0, 5)], [(0, 1), (1, 2)]),
        ([(3, 0), (2, 0), (9, 0)], [(0, 2), (2, 3)]),
        ([(9, 0), (3, 0)], [(0, 2)]),
        ([(9, 4), (0, 0), (3, 1), (0, 0)], [(0, 3), (3, 4)]),
        ([(2, 0), (1, 0)], [(0, 2)]),
        ([(0, 0), (0, 0)], [(0, 1), (1, 2)]),
    ],
)
def test_runs_worked_by_hand(bands, told):
    assert spans(bands) == told


@given(BANDS)
def test_every_band_is_in_one_run_in_order(bands):
    assert [place for run in merged(bands) for place in range(run.start, run.stop)] == list(
        range(len(bands))
    )


@given(BANDS)
def test_no_run_tells_of_few_unless_all_of_a_column_are_few(bands):
    runs = [bands[run] for run in merged(bands)]

    telling = [run for run in runs if tells_of_few(run)]
    assert not telling or tells_of_few(bands)
    assert not telling or all(not any(map(any, run)) for run in runs if run not in telling)


@settings(deadline=None)  # how long it takes says nothing
@given(TIGHT)
def test_a_reader_who_knows_the_rule_cannot_tell_any_band_of_few(bands):
    """The slow second way: every table of bands with the same runs and the same sums."""
    columns = [(calls,) for calls in bands]
    if is_few(sum(bands)):
        return
    told = shown(columns)
    alike = [
        counts
        for counts in product(range(sum(bands) + 1), repeat=len(bands))
        if sum(counts) == sum(bands) and shown([(calls,) for calls in counts]) == told
    ]
    for place, calls in enumerate(bands):
        if is_few(calls):
            assert len({counts[place] for counts in alike}) > 1


def shown(bands):
    return [(run.start, run.stop, sum(counts[0] for counts in bands[run])) for run in merged(bands)]
