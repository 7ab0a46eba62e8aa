"""What must hold between counts, how they are summed, and what storing them will do."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstats.aggregates.rules import (
    Counts,
    Key,
    Level,
    Row,
    fault_of,
    levels,
    merged,
    plan,
    total,
)

DAY = datetime(2025, 10, 1, tzinfo=UTC)
BANDS = (20, 60, 120)


def key(begin, end, line=None):
    """A period in whole hours from the first of October."""
    return Key(line, DAY + timedelta(hours=begin), DAY + timedelta(hours=end))


@st.composite
def counts(draw, bands=BANDS):
    """Counts that can be true."""
    offered = draw(st.integers(0, 50))
    answered = draw(st.integers(0, offered))
    abandoned = draw(st.none() | st.integers(0, offered - answered))
    seconds = sorted(draw(st.sets(st.sampled_from(bands)))) if bands else []
    within = sorted(draw(st.integers(0, answered)) for _ in seconds)
    return Counts(offered, answered, abandoned, dict(zip(seconds, within, strict=True)))


@st.composite
def keys(draw):
    begin = draw(st.integers(0, 20))
    end = begin + draw(st.integers(1, 6))
    return key(begin, end, draw(st.sampled_from([None, "116117"])))


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        (Counts(10, 8, 2, {20: 5, 120: 8}), None),
        (Counts(0, 0, 0, {20: 0}), None),
        (Counts(10, 11), ("answered", "answered_over_offered")),
        (Counts(10, 8, 3), ("abandoned", "parts_over_offered")),
        (Counts(10, 8, None, {20: 9}), ("within_20", "band_over_answered")),
        (Counts(10, 8, None, {120: 4, 20: 5}), ("within_120", "band_shrinks")),
    ],
)
def test_counts_that_cannot_be_true_are_named(told, fault):
    assert fault_of(told) == fault


@given(counts())
def test_counts_that_can_be_true_have_no_fault(told):
    assert fault_of(told) is None


@given(st.lists(counts(), min_size=1, max_size=6))
def test_a_level_is_the_weighted_mean_of_its_parts(parts):
    whole = total(parts)
    assert fault_of(whole) is None
    for level in levels(whole):
        shares = [
            Fraction(part.bands[level.within_seconds], part.offered or 1) * part.offered
            for part in parts
        ]
        weight = sum(part.offered for part in parts)
        assert level.denominator == weight
        if weight:
            assert Fraction(level.numerator, weight) == sum(shares) / weight


def test_two_percentages_are_never_averaged():
    small, large = Counts(10, 10, bands={120: 10}), Counts(990, 500, bands={120: 395})
    (level,) = levels(total([small, large]))
    assert level.percent == Decimal("40.5")


def test_a_band_that_one_part_lacks_has_no_level():
    whole = total([Counts(10, 9, 1, {20: 5, 120: 8}), Counts(10, 9, None, {120: 8})])
    assert whole == Counts(20, 18, None, {120: 16})
    assert total([]) == Counts(0, 0, None, {})


def test_nothing_offered_has_no_percentage():
    assert Level(120, 0, 0).percent is None
    assert Level(120, 0, 0).share is None


def test_what_a_later_report_leaves_out_stays_beside_the_same_totals():
    old = Counts(10, 8, 1, {20: 5, 120: 7})
    assert merged(old=old, new=Counts(10, 8)) == old
    assert merged(old=old, new=Counts(10, 8, 2, {60: 6})) == Counts(
        10, 8, 2, {20: 5, 60: 6, 120: 7}
    )


def test_no_band_outlives_the_totals_it_was_counted_with():
    old = Counts(10, 8, 1, {20: 5, 120: 7})
    assert merged(old=old, new=Counts(100, 80, None, {60: 70})) == Counts(100, 80, None, {60: 70})


def test_a_day_beside_its_own_hours_is_refused():
    stored = {key(0, 24): Counts(10, 8)}
    rows = [
        Row(2, key(0, 1), Counts(1, 1)),
        Row(3, key(24, 25), Counts(1, 1)),
        Row(4, key(0, 1, "116117"), Counts(1, 1)),
    ]
    planned = plan(rows, stored=stored)
    assert [row.line for row in planned.created] == [3, 4]
    assert [(one.line, one.code) for one in planned.refused] == [(2, "overlapping_period")]


def test_a_row_that_contradicts_the_stored_bands_is_refused():
    stored = {key(0, 1): Counts(10, 8, None, {120: 7})}
    planned = plan([Row(2, key(0, 1), Counts(10, 8, None, {600: 6}))], stored=stored)
    assert [(one.field, one.code) for one in planned.refused] == [("within_600", "band_shrinks")]


def obviously(rows, stored):
    """What is stored afterwards, the slow way: every pair of periods compared."""
    kept = dict(stored)
    for row in rows:
        if row.key in kept:
            kept[row.key] = merged(old=kept[row.key], new=row.counts)
        elif not any(
            other.line_class == row.key.line_class
            and other.starts_at < row.key.ends_at
            and row.key.starts_at < other.ends_at
            for other in kept
        ):
            kept[row.key] = row.counts
    return kept


@given(st.dictionaries(keys(), counts(bands=())), st.dictionaries(keys(), counts(bands=())))
def test_the_plan_is_what_comparing_every_pair_gives(before, told):
    stored = obviously([Row(0, *one) for one in before.items()], {})
    rows = [Row(line, *one) for line, one in enumerate(told.items(), 2)]

    planned = plan(rows, stored=stored)

    after = stored | {row.key: row.counts for row in (*planned.created, *planned.updated)}
    assert after == obviously(rows, stored)
    parts = (planned.created, planned.updated, planned.unchanged, planned.refused)
    assert sum(map(len, parts)) == len(rows)
    again = plan([row for row in rows if row.key in after], stored=after)
    assert (len(again.created), len(again.updated), len(again.refused)) == (0, 0, 0)
