"""Shares by inhabitants, posts that are left, deadlines: by head, and a slow second way."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from municipalities.doctors.rules import (
    ExemptionFault,
    Ground,
    answer_due,
    appeal_deadline,
    check_days,
    is_told,
    percent_of,
    posts_left,
)
from municipalities.doctors.shares import shares_by_population, sums_to_whole

INHABITANTS = st.lists(st.integers(1, 800_000), min_size=1, max_size=12)


def one_at_a_time(inhabitants):
    """10 000 hundredths, dealt to whoever lacks most of the exact share."""
    total = sum(inhabitants.values())
    exact = {key: Fraction(10_000 * count, total) for key, count in inhabitants.items()}
    dealt = {key: int(share) for key, share in exact.items()}
    while sum(dealt.values()) < 10_000:
        dealt[max(dealt, key=lambda key: exact[key] - dealt[key])] += 1
    return {key: Decimal(count) / 100 for key, count in dealt.items()}


@given(INHABITANTS)
def test_shares_sum_to_exactly_a_hundred_and_are_dealt_by_remainder(counts):
    inhabitants = dict(enumerate(counts))
    shares = shares_by_population(inhabitants)
    assert sum(shares.values()) == 100
    assert shares == one_at_a_time(inhabitants)
    for key, share in shares.items():
        exact = Fraction(100 * inhabitants[key], sum(counts))
        assert abs(Fraction(share) - exact) < Fraction(1, 100)


def test_three_alike_are_dealt_in_order():
    shares = shares_by_population({"a": 1, "b": 1, "c": 1})
    assert list(map(str, shares.values())) == ["33.34", "33.33", "33.33"]


def test_where_nobody_lives_nothing_is_dealt():
    assert shares_by_population({"a": 0}) == shares_by_population({}) == {}


@pytest.mark.parametrize(
    ("shares", "expected"), [(["60.5", "39.5"], True), (["60.5", "39.49"], False), ([], False)]
)
def test_all_of_the_duty_is_a_hundred_per_cent(shares, expected):
    assert sums_to_whole(map(Decimal, shares)) is expected


@pytest.mark.parametrize(
    ("posts", "exempted", "left"),
    [(4, [], "4.00"), (4, [100, 50], "2.50"), (2, [25], "1.75"), (1, [100, 100], "0.00")],
)
def test_posts_are_left_after_exemptions_and_never_below_none(posts, exempted, left):
    assert posts_left(posts=posts, exempted_percent=exempted) == Decimal(left)


def test_extra_duty_is_more_than_a_hundred_per_cent_and_nothing_owed_is_none():
    assert percent_of(11, 10) == Decimal("110.0")
    assert percent_of(3, 0) is None


@pytest.mark.parametrize(
    ("told", "deadline"),
    [
        (date(2025, 10, 1), date(2025, 10, 22)),  # a Wednesday
        (date(2025, 10, 4), date(2025, 10, 27)),  # a Saturday goes on to Monday
        (date(2025, 12, 4), date(2025, 12, 29)),  # Christmas Day, then the 26th and a weekend
        (date(2026, 4, 10), date(2026, 5, 4)),  # 1 May, then a weekend
    ],
)
def test_an_appeal_has_three_weeks_and_never_ends_on_a_day_off(told, deadline):
    assert appeal_deadline(told) == deadline


def test_an_application_is_answered_within_a_month():
    assert answer_due(date(2025, 11, 10)) == date(2025, 12, 10)


@pytest.mark.parametrize("due", [answer_due, appeal_deadline])
def test_no_day_however_late_is_without_a_deadline(due):
    assert due(date(9999, 12, 30)) == due(date.max) == date.max


@pytest.mark.parametrize(
    ("ground", "ends", "code"),
    [
        (Ground.PREGNANCY, None, "passing_needs_end"),
        (Ground.BREASTFEEDING, date(2026, 1, 3), "passing_too_long"),
        (Ground.HEALTH, date(2025, 1, 1), "ends_before_start"),
    ],
)
def test_days_that_cannot_be_are_named(ground, ends, code):
    with pytest.raises(ExemptionFault) as refused:
        check_days(ground=ground, starts_date=date(2025, 1, 1), ends_date=ends)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("ground", "ends"),
    [(Ground.OVER_60, None), (Ground.HEALTH, None), (Ground.BREASTFEEDING, date(2026, 1, 1))],
)
def test_days_that_can_be_are_let_through(ground, ends):
    assert check_days(ground=ground, starts_date=date(2025, 1, 1), ends_date=ends) is None


def test_fewer_than_five_are_not_told():
    assert [is_told(count) for count in (0, 1, 4, 5)] == [False, False, False, True]
