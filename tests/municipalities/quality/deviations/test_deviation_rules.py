"""Months that are over, missing or nought, and what sums rest on."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from municipalities.quality.deviations import rules
from municipalities.quality.deviations.rules import MonthFigures, Sum, summed

HUSTADVIKA = (4, 2, 8, 68, 36, 42, 77, 65, 65, 84)  # March to December 2020


def figures(month, count):
    if count is None:
        return MonthFigures(month=month, is_reported=False)
    return MonthFigures(
        month=month,
        is_reported=True,
        by_category={1: count},
        by_severity={None: count},
        by_state={"closed": count},
    )


def test_the_sum_of_hustadvika_says_that_it_rests_on_ten_of_twelve_months():
    counts = [None, None, *HUSTADVIKA]
    months = [figures(date(2020, n, 1), count) for n, count in enumerate(counts, 1)]

    assert summed(months) == Sum(451, 10, 12)


@given(st.lists(st.none() | st.integers(0, 500), min_size=1, max_size=24))
def test_a_missing_month_is_neither_nought_nor_counted(counts):
    months = [figures(date(2020 + n // 12, n % 12 + 1, 1), each) for n, each in enumerate(counts)]
    told = [each for each in counts if each is not None]

    found = summed(months)

    assert (found.reported, found.months) == (len(told), len(counts))
    assert found.count == (sum(told) if told else None)
    assert [each.count for each in months] == counts


def test_open_are_all_that_are_not_closed():
    month = MonthFigures(
        month=date(2025, 1, 1),
        is_reported=True,
        by_category={1: 9},
        by_state={"new": 1, "in_progress": 2, "measures": 3, "closed": 3},
    )

    assert (month.open, month.closed, month.count) == (6, 3, 9)


@pytest.mark.parametrize(
    ("today", "asked"),
    [
        (date(2025, 11, 15), (date(2025, 9, 1), date(2025, 10, 15))),
        (date(2025, 11, 16), (date(2025, 10, 1), date(2025, 11, 15))),
        (date(2026, 1, 16), (date(2025, 12, 1), date(2026, 1, 15))),
        (date(2026, 1, 2), (date(2025, 11, 1), date(2025, 12, 15))),
    ],
)
def test_a_month_is_asked_for_after_the_fifteenth(today, asked):
    assert rules.asked_for_by(today) == asked


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 900))
def test_months_between_are_those_with_a_day_in_it(since, days):
    until = date.fromordinal(since.toordinal() + days)
    slow = {date.fromordinal(n).replace(day=1) for n in range(since.toordinal(), until.toordinal())}

    assert set(rules.months_between(since, until)) - {since.replace(day=1)} == slow - {
        since.replace(day=1)
    }
