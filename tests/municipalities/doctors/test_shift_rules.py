"""What storing counts of shifts will do, and what looks odd."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from municipalities.doctors.shift_rules import Counts, Key, Refusal, Row, oddities, plan

APRIL = date(2025, 4, 1)
JANUARY = Key(1, date(2025, 1, 1), date(2025, 2, 1))
FEBRUARY = Key(1, date(2025, 2, 1), date(2025, 3, 1))
TEN = Counts(10, 8, 1, 1)
FIRST = date(2025, 1, 1)
KEYS = st.builds(
    lambda municipality, start, length: Key(
        municipality, FIRST + timedelta(start), FIRST + timedelta(start + length)
    ),
    st.integers(1, 2),
    st.integers(0, 30),
    st.integers(1, 10),
)


def test_a_new_a_changed_and_the_same_row_are_told_apart():
    other = Counts(10, 9, 1, 0)
    march = Key(1, date(2025, 3, 1), date(2025, 4, 1))
    rows = [Row(2, JANUARY, TEN), Row(3, FEBRUARY, other), Row(4, march, TEN)]

    planned = plan(rows, stored={JANUARY: TEN, FEBRUARY: TEN})

    assert (planned.unchanged, planned.updated, planned.created) == (
        [rows[0]],
        [rows[1]],
        [rows[2]],
    )
    assert planned.changes
    assert not planned.refused


def test_a_row_twice_in_the_file_counts_once():
    planned = plan([Row(2, JANUARY, TEN), Row(3, JANUARY, TEN)], stored={JANUARY: TEN})
    assert planned.unchanged == [Row(2, JANUARY, TEN)]
    assert planned.refused == [Refusal(3, "from", "duplicate_in_file")]


def test_another_municipality_may_have_the_same_days():
    other = JANUARY._replace(municipality_id=2)
    assert not plan([Row(2, other, TEN)], stored={JANUARY: TEN}).refused


@given(st.lists(KEYS, max_size=12))
def test_of_rows_that_overlap_the_first_counts(keys):
    kept = []
    for key in keys:
        if not any(
            key.municipality_id == other.municipality_id
            and key.starts_date < other.ends_date
            and other.starts_date < key.ends_date
            for other in kept
        ):
            kept.append(key)
    planned = plan([Row(n, key, TEN) for n, key in enumerate(keys)], stored={})
    assert [row.key for row in planned.created] == kept
    assert len(planned.refused) == len(keys) - len(kept)


@pytest.mark.parametrize(
    ("key", "counts", "codes"),
    [
        (JANUARY, Counts(10, 8, 1, 1), []),
        (JANUARY, Counts(10, 12), ["extra_duty"]),
        (JANUARY, Counts(10, 8, 2, 1), ["more_than_owed"]),
        (JANUARY, Counts(10, 8), ["not_accounted_for"]),
        (Key(1, FIRST, date(2025, 2, 2)), Counts(1, 1), ["ends_on_the_first"]),
        (Key(1, FIRST, date(2025, 1, 2)), Counts(1, 1), []),
        (Key(1, date(2025, 3, 1), APRIL), Counts(1, 1), []),
        (Key(1, date(2025, 3, 2), date(2025, 4, 2)), Counts(1, 1), ["not_over"]),
    ],
)
def test_what_looks_odd_is_told(key, counts, codes):
    assert [found.code for found in oddities(Row(2, key, counts), today=APRIL)] == codes
