"""Periods in addresses, and the periods they are held against."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstats.gaps.addresses import NoPeriod, address_of, period_of
from callstats.gaps.earlier import earlier_periods
from legevakt.lib.periods import Period


@st.composite
def spans(draw) -> Period:
    first = Period.month(draw(st.integers(2000, 2090)), draw(st.integers(1, 12)))
    months = draw(st.integers(1, 60))
    end = first
    for _ in range(months - 1):
        end = Period.month(end.ends_on.year, end.ends_on.month)
    return Period(first.starts_on, end.ends_on)


@given(spans())
def test_an_address_names_the_period_it_was_made_of(period):
    assert period_of(address_of(period)) == period


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025-13",
        "2025-00",
        "2025-1",
        "1999",
        "1999-12",
        "9999",
        "0000",
        "25",
        "2025-10-01",
        "2025-10--2025-09",
        "2020-01--2025-01",
        "2000-01--9998-11",
        "2025--2026",
        "２０２５",
        "2025-10\n",
        "x",
    ],
)
def test_what_names_no_period_is_refused(text):
    with pytest.raises(NoPeriod):
        period_of(text)


def test_a_month_is_held_against_the_one_before_and_three_years():
    assert [address_of(each) for each in earlier_periods(Period.month(2025, 1))] == [
        "2024-12",
        "2024-01",
        "2023-01",
        "2022-01",
    ]


def test_a_year_is_held_against_the_years_before():
    assert [address_of(each) for each in earlier_periods(Period.year(2025))] == [
        "2024",
        "2023",
        "2022",
    ]


def test_twelve_months_are_held_against_the_same_months():
    latest, *_others = earlier_periods(period_of("2024-11--2025-10"))

    assert address_of(latest) == "2023-11--2024-10"


def test_more_than_a_year_is_held_against_nothing():
    assert earlier_periods(period_of("2024-01--2025-01")) == []
