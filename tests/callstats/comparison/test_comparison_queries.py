"""Stored months summed: by central, together, and year by year; what is missing is named."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from callstats.comparison import queries
from callstats.comparison.words import months_listed
from callstats.indicators.definitions import default_definition
from legevakt.lib.periods import Period
from tests.factories.municipalities import CentralFactory, PublicNumberFactory

pytestmark = pytest.mark.django_db
LVS = default_definition()
YEAR = Period.year(2025)
JANUARY, FEBRUARY, MARCH = YEAR.months()[:3]


@pytest.fixture
def other(cooperation):
    central = CentralFactory(cooperation=cooperation, slug="other", name="Other")
    PublicNumberFactory(central=central)
    return central


def by_central(*centrals, period=YEAR):
    return queries.by_central(centrals=centrals, definition=LVS, period=period)


def test_the_stored_months_are_summed_and_the_others_named(central, computed):
    computed(central, months=(1, 3))
    (found,) = by_central(central)
    tally = found.months.tally
    assert (tally.numerator, tally.denominator) == (2 * 62, 4 * 62)
    assert found.months.stored == 2
    assert found.months.missing == tuple(
        month for month in YEAR.months() if month not in (JANUARY, MARCH)
    )


def test_a_missing_month_lacks_its_hours(central, computed):
    computed(central, months=(1,))
    (found,) = by_central(central, period=Period(JANUARY.starts_on, FEBRUARY.ends_on))
    tally = found.months.tally
    assert (tally.hours_with_feed, tally.hours_in_period) == (744, 744 + 672)


def test_only_months_that_are_computed_count(central, computed):
    computed(central, months=())
    (found,) = by_central(central)
    assert (found.months.state, found.months.stored) == ("waiting", 0)
    assert found.months.tally.percent is None


def test_the_sum_of_all_adds_calls_and_never_averages(central, other, computed):
    computed(central, months=(1,))
    computed(other, months=(1, 3))
    sums = by_central(central, other)
    together = queries.together(sums)
    assert together.denominator == sum(each.months.tally.denominator for each in sums) == 4 * 93
    assert together.percent == Decimal("50.0")
    assert together.hours_in_period == 2 * YEAR.hours()


def test_the_centrals_come_in_the_order_they_are_given(central, other):
    assert [each.central for each in by_central(other, central)] == [other, central]


def test_two_queries_are_not_needed_for_two_centrals(
    central, other, computed, django_assert_num_queries
):
    computed(central)
    computed(other)
    with django_assert_num_queries(1):
        by_central(central, other)


def test_years_up_to_the_month_under_way(central, computed):
    computed(central, year=2024, months=(12,))
    computed(central, months=(1, 2))
    found = queries.by_year(central=central, definition=LVS, since=2023, before=date(2025, 3, 15))
    assert {year: months.stored for year, months in found.items()} == {2023: 0, 2024: 1, 2025: 2}
    assert found[2025].period == Period(date(2025, 1, 1), date(2025, 3, 1))
    assert found[2025].missing == ()
    assert len(found[2024].missing) == 11


@pytest.mark.parametrize(
    ("before", "years"),
    [(date(2025, 1, 31), [2024]), (date(2025, 2, 1), [2024, 2025]), (date(2023, 5, 1), [])],
)
def test_a_year_without_a_complete_month_is_not_there_yet(central, before, years):
    found = queries.by_year(central=central, definition=LVS, since=2024, before=before)
    assert list(found) == years


def test_the_years_that_have_something(central, other, computed):
    computed(central, year=2024, months=(12,))
    computed(other, months=(1,))
    today = date(2025, 11, 10)
    assert queries.stored_years(centrals=[central, other], before=today) == [2025, 2024]
    assert queries.stored_years(centrals=[central], before=today) == [2024]


def test_months_in_a_row_are_told_as_one_span():
    with translation.override("en"):
        told = months_listed([JANUARY, FEBRUARY, YEAR.months()[4]])
    assert told == "January 2025 to February 2025, May 2025"
