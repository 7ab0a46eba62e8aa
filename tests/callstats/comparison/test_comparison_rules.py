"""Two counts beside each other: worked vectors, and what must hold for any numbers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstats.comparison.rules import (
    Agreement,
    Counted,
    Difference,
    agreement,
    difference,
)

COUNTS = st.integers(0, 5000)
COUNTED = st.builds(Counted, COUNTS, COUNTS, st.one_of(st.none(), COUNTS))


@pytest.mark.parametrize(
    ("theirs", "ours", "expected"),
    [
        (Counted(200, 180, 130), Counted(200, 180, 130), Agreement.AGREES),
        (Counted(0, 0, 0), Counted(0, 0, 0), Agreement.AGREES),
        (Counted(200, 180), Counted(200, 180, 130), Agreement.AGREES),
        (Counted(200, 180, 130), Counted(198, 180, 130), Agreement.NEAR),
        (Counted(200, 180, 130), Counted(202, 180, 131), Agreement.NEAR),
        (Counted(200, 180, 130), Counted(197, 180, 130), Agreement.DIFFERS),
        (Counted(200, 180, 130), Counted(200, 180, 128), Agreement.DIFFERS),
        (Counted(99, 99), Counted(98, 98), Agreement.DIFFERS),
        (Counted(100, 100), Counted(99, 99), Agreement.NEAR),
        (Counted(0, 0), Counted(1, 0), Agreement.DIFFERS),
        (Counted(1, 1), Counted(0, 0), Agreement.DIFFERS),
    ],
)
def test_counts_agree_when_all_are_equal_and_are_near_within_one_percent(theirs, ours, expected):
    assert agreement(theirs=theirs, ours=ours) == expected


def test_the_difference_is_theirs_less_ours_in_calls_and_in_points():
    found = difference(theirs=Counted(200, 180, 130), ours=Counted(210, 178, 126))
    assert found == Difference(offered=-10, answered=2, in_time=4, points=Decimal("5.0"))


def test_without_the_band_there_are_no_points():
    found = difference(theirs=Counted(200, 180), ours=Counted(210, 178, 126))
    assert (found.in_time, found.points) == (None, None)


def test_nothing_offered_is_no_percentage_and_no_points():
    found = difference(theirs=Counted(0, 0, 0), ours=Counted(10, 10, 10))
    assert (found.in_time, found.points) == (-10, None)


@given(theirs=COUNTED, ours=COUNTED)
def test_theirs_is_ours_and_the_difference(theirs, ours):
    apart = difference(theirs=theirs, ours=ours)
    assert ours.offered + apart.offered == theirs.offered
    assert ours.answered + apart.answered == theirs.answered
    if apart.in_time is not None:
        assert ours.in_time + apart.in_time == theirs.in_time


@given(theirs=COUNTED, ours=COUNTED)
def test_they_agree_just_when_no_difference_is_told(theirs, ours):
    apart = difference(theirs=theirs, ours=ours)
    told = [apart.offered, apart.answered, apart.in_time]
    is_same = not any(told)
    assert (agreement(theirs=theirs, ours=ours) == Agreement.AGREES) is is_same


@given(theirs=COUNTED, ours=COUNTED)
def test_near_is_near_for_each_count_said_slowly(theirs, ours):
    """One by one with fractions, where the rule is on whole numbers together."""
    pairs = [(theirs.offered, ours.offered), (theirs.answered, ours.answered)]
    if theirs.in_time is not None and ours.in_time is not None:
        pairs.append((theirs.in_time, ours.in_time))
    are_near = all(
        their == our or (their > 0 and Decimal(abs(their - our)) / their <= Decimal("0.01"))
        for their, our in pairs
    )
    assert (agreement(theirs=theirs, ours=ours) != Agreement.DIFFERS) is are_near
