"""When competence expires and a follow-up is due, by worked examples and by properties."""

import doctest
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from municipalities.competence import rules
from municipalities.competence.rules import State
from municipalities.competence.standard import standard

TODAY = date(2025, 11, 10)
DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 1, 1))


def test_the_worked_examples_hold():
    assert doctest.testmod(rules).failed == 0


@pytest.mark.parametrize(
    ("expires", "state"),
    [
        (None, State.FULFILLED),
        (date(2026, 2, 9), State.FULFILLED),
        (date(2026, 2, 8), State.EXPIRING),
        (date(2025, 11, 11), State.EXPIRING),
        (date(2025, 11, 10), State.EXPIRED),
        (date(2020, 1, 1), State.EXPIRED),
    ],
)
def test_it_expires_soon_within_ninety_days_and_counts_until_the_day(expires, state):
    assert rules.state_on(TODAY, expires=expires) is state


@given(day=DAYS, months=st.integers(min_value=0, max_value=600))
def test_months_are_stepped_one_by_one_in_the_slow_way(day, months):
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    found = rules.months_after(day, months=months)
    assert (found.year, found.month) == (year, month)
    assert found.day == day.day or (
        found.day < day.day and (found + timedelta(days=1)).month != month
    )


@given(expiries=st.lists(st.none() | DAYS, min_size=1))
def test_the_best_of_several_qualifications_counts(expiries):
    last = rules.last_expiry(expiries)
    if None in expiries:
        assert last is None
    else:
        assert last == sorted(expiries)[-1]


@pytest.mark.parametrize(
    ("experienced", "volume", "due"),
    [
        (None, "usual", date(2025, 12, 1)),
        (date(2026, 1, 1), "low", date(2025, 12, 1)),
        (date(2024, 1, 1), "usual", date(2026, 9, 1)),
        (date(2024, 1, 1), "low", date(2026, 3, 1)),
    ],
)
def test_a_follow_up_is_due_by_experience_and_shifts(experienced, volume, due):
    facts = {"started": date(2023, 1, 1), "experienced": experienced, "volume": volume}
    assert rules.follow_up_due(last_held=date(2025, 9, 1), today=TODAY, **facts) == due


def test_on_the_day_itself_it_is_due_and_not_late():
    assert (rules.is_late(TODAY, today=TODAY), rules.is_soon(TODAY, today=TODAY)) == (False, True)
    yesterday = TODAY - timedelta(days=1)
    assert (rules.is_late(yesterday, today=TODAY), rules.is_soon(yesterday, today=TODAY)) == (
        True,
        False,
    )


def test_the_standard_set_names_each_requirement_once_in_both_languages():
    for language in ("nn", "nb"):
        names = [each.name(language) for each in standard()]
        assert all(names)
        assert len(set(names)) == len(names)
