"""How many calls a target lacked, against counting them one by one, and parts against the whole."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstats.gaps.rules import (
    calls_short,
    calls_to_spare,
    parted,
    regrouped,
    shortfall,
    summed_counts,
    tells_of_few,
    told,
)
from callstats.indicators.rules import meets_target

TARGETS = st.integers(1, 100)
COUNTS = st.integers(0, 400).flatmap(lambda calls: st.tuples(st.integers(0, calls), st.just(calls)))
CELLS = st.dictionaries(st.integers(0, 30), COUNTS, max_size=20)


@pytest.mark.parametrize(
    ("numerator", "denominator", "target", "short", "spare", "lacking"),
    [
        (0, 0, 80, 0, 0, "0"),
        (0, 1, 80, 1, 0, "0.8"),
        (1, 1, 80, 0, 0, "-0.2"),
        (8, 10, 80, 0, 0, "0"),
        (8, 11, 80, 1, 0, "0.8"),
        (9, 11, 80, 0, 0, "-0.2"),
        (10, 10, 80, 0, 2, "-2"),
        (2660, 3402, 80, 62, 0, "61.6"),
        (84, 100, 85, 1, 0, "1"),
        (16, 19, 85, 1, 0, "0.15"),
    ],
)
def test_calls_that_were_lacking_or_to_spare(numerator, denominator, target, short, spare, lacking):
    assert calls_short(numerator, denominator, target) == short
    assert calls_to_spare(numerator, denominator, target) == spare
    assert shortfall(numerator, denominator, target) == Decimal(lacking)


@given(COUNTS, TARGETS)
def test_calls_short_are_found_by_trying_one_more_at_a_time(counts, target):
    """The slow second way."""
    numerator, denominator = counts
    more = 0
    while meets_target(numerator + more, denominator, target) is False:
        more += 1

    assert calls_short(numerator, denominator, target) == more


@given(COUNTS, TARGETS)
def test_calls_to_spare_are_found_by_taking_one_away_at_a_time(counts, target):
    numerator, denominator = counts
    fewer = 0
    while numerator > fewer and meets_target(numerator - fewer - 1, denominator, target):
        fewer += 1

    assert calls_to_spare(numerator, denominator, target) == fewer


@given(CELLS, TARGETS)
def test_the_parts_sum_to_the_whole_exactly(cells, target):
    numerator, denominator = summed_counts(cells.values())

    lacks = parted(cells, target_percent=target)

    whole = Fraction(target * denominator, 100) - numerator
    assert sum(Fraction(each.shortfall) for each in lacks) == whole
    assert {each.key: (each.numerator, each.denominator) for each in lacks} == cells


@given(CELLS, TARGETS)
def test_the_largest_shortfall_is_first_and_ties_go_by_key(cells, target):
    lacks = parted(cells, target_percent=target)

    places = [(-each.shortfall, each.key) for each in lacks]
    assert places == sorted(places)
    assert lacks == parted(dict(reversed(cells.items())), target_percent=target)


@given(CELLS, TARGETS, st.integers(1, 5))
def test_whatever_way_the_cells_are_grouped_the_sum_is_the_same(cells, target, size):
    groups = regrouped(cells, groups={cell: cell // size for cell in cells})

    before = sum(each.shortfall for each in parted(cells, target_percent=target))
    assert sum(each.shortfall for each in parted(groups, target_percent=target)) == before


@given(CELLS)
def test_parts_of_few_are_told_together_and_all_sum_to_the_whole(cells):
    rows = told(cells, target_percent=80)

    assert summed_counts((row.numerator, row.denominator) for row in rows) == summed_counts(
        cells.values()
    )
    named = [(row.numerator, row.denominator) for row in rows if row.key is not None]
    assert not any(map(tells_of_few, named))
    together = len(cells) - len(named)
    assert together != 1 or not any(map(any, named)) or tells_of_few(summed_counts(cells.values()))
