"""Hours that lacked calls beside each other become one block, and few calls are never told."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from callstats.gaps.blocks import Block, Rest, by_block
from callstats.gaps.rules import shortfall, summed_counts, tells_of_few

SATURDAY, SUNDAY = 6 * 24, 7 * 24
WEEK = st.dictionaries(
    st.integers(24, 8 * 24 - 1),
    st.integers(1, 12).flatmap(lambda calls: st.tuples(st.integers(0, calls), st.just(calls))),
)


def told(cells):
    return [(each.key, each.shortfall) for each in by_block(cells, target_percent=80)]


def test_neighbouring_hours_that_lacked_calls_are_one_block():
    cells = {
        SATURDAY + 9: (100, 100),
        SATURDAY + 10: (20, 100),
        SATURDAY + 11: (0, 50),
        SATURDAY + 12: (70, 100),
        SATURDAY + 14: (70, 100),
    }

    assert told(cells) == [
        (Block(6, 10, 13), Decimal(110)),
        (Block(6, 14, 15), Decimal(10)),
        (Rest.MET, Decimal(-20)),
    ]


def test_a_block_ends_at_midnight():
    cells = {SATURDAY + 23: (0, 5), SUNDAY: (0, 5)}

    assert told(cells) == [(Block(6, 23, 24), Decimal(4)), (Block(7, 0, 1), Decimal(4))]


def test_an_hour_without_calls_parts_two_blocks():
    cells = {SATURDAY + 1: (0, 5), SATURDAY + 3: (0, 5)}

    assert [key for key, _ in told(cells)] == [Block(6, 1, 2), Block(6, 3, 4)]


def test_blocks_of_fewer_than_five_calls_are_told_together():
    cells = {SATURDAY + 1: (0, 4), SUNDAY + 1: (0, 2), SATURDAY + 5: (0, 3), SATURDAY + 6: (0, 2)}

    assert told(cells) == [(Block(6, 5, 7), Decimal(4)), (Rest.FEW, Decimal("4.8"))]


def test_few_that_are_few_together_are_told_with_the_hours_that_met_the_target():
    cells = {SATURDAY + 1: (0, 3), SATURDAY + 5: (0, 50), SUNDAY: (95, 100)}

    assert told(cells) == [(Block(6, 5, 6), Decimal(40)), (Rest.OTHER, Decimal("-12.6"))]


def test_hours_that_met_the_target_with_few_late_are_told_with_the_smallest_block():
    cells = {SATURDAY + 1: (0, 9), SATURDAY + 5: (0, 50), SUNDAY: (98, 100)}

    assert told(cells) == [(Block(6, 5, 6), Decimal(40)), (Rest.OTHER, Decimal("-10.8"))]


def test_an_hour_exactly_on_the_target_lacked_nothing():
    assert told({SATURDAY: (8, 10)}) == [(Rest.MET, Decimal(0))]


def test_no_calls_have_no_rows():
    assert told({}) == []


@given(WEEK, st.integers(1, 100))
def test_the_rows_hold_every_call_once_and_sum_to_the_whole(cells, target):
    rows = by_block(cells, target_percent=target)

    whole = summed_counts(cells.values())
    assert summed_counts((row.numerator, row.denominator) for row in rows) == whole
    assert sum(row.shortfall for row in rows) == shortfall(*whole, target)


@given(WEEK, st.integers(1, 100))
def test_a_block_is_as_long_as_it_can_be_and_of_calls_enough(cells, target):
    """The second way: hour by hour."""
    lacking = {cell for cell in cells if shortfall(*cells[cell], target) > 0}
    for row in by_block(cells, target_percent=target):
        if isinstance(row.key, Block):
            first = 24 * row.key.weekday + row.key.from_hour
            end = 24 * row.key.weekday + row.key.to_hour
            assert lacking >= set(range(first, end))
            assert first % 24 == 0 or first - 1 not in lacking
            assert end % 24 == 0 or end not in lacking


@given(WEEK, st.integers(1, 100))
def test_no_row_tells_of_few_unless_it_is_the_whole_week(cells, target):
    rows = by_block(cells, target_percent=target)

    assert len(rows) < 2 or not any(tells_of_few((row.numerator, row.denominator)) for row in rows)
