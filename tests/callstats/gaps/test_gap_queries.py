"""What is read of the stored months: every way of parting sums to the whole, nothing is guessed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from callstats.gaps.blocks import Block, Rest
from callstats.gaps.days import Kind
from callstats.gaps.queries import gap_of
from callstats.gaps.rules import calls_short
from callstats.models import CallHour
from callstats.periods import operations
from callstats.periods.operations import fingerprint
from legevakt.lib.periods import Period
from tests.factories.municipalities import CentralFactory, MunicipalityFactory, PublicNumberFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

OCTOBER = Period.month(2025, 10)
WAYS = ("hours", "weekdays", "days", "numbers", "municipalities")


def rows(lacks):
    return [(each.key, each.numerator, each.denominator, each.shortfall) for each in lacks]


def test_the_month_is_parted_in_five_ways(central, october):
    gap = gap_of(central=central, period=OCTOBER)

    tally = gap.counted.tally
    assert (tally.numerator, tally.denominator, gap.counted.state) == (150, 200, "figures")
    assert calls_short(tally.numerator, tally.denominator, 80) == 10
    assert rows(gap.hours) == [
        (Block(6, 10, 12), 30, 59, Decimal("17.2")),
        # Saturday 15, of three calls, is told with Monday 9.
        (Rest.OTHER, 120, 141, Decimal("-7.2")),
    ]
    assert rows(gap.weekdays) == [
        (6, 31, 62, Decimal("18.6")),
        (1, 119, 138, Decimal("-8.6")),
    ]
    assert rows(gap.days) == [
        (Kind.SATURDAY, 31, 62, Decimal("18.6")),
        (Kind.WORKING_DAY, 119, 138, Decimal("-8.6")),
    ]
    assert rows(gap.numbers) == [("116117", 150, 200, Decimal(10))]
    # Fedje's three calls are told with Alver's, who would else be found by a subtraction.
    assert rows(gap.municipalities) == [(None, 150, 200, Decimal(10))]


def test_every_way_sums_to_the_whole(central, called, computed):
    local = central.numbers.get(line_class="lokal8")
    MunicipalityFactory(number="1515", name="Herøy")
    MunicipalityFactory(number="1818", name="Herøy")
    for n in range(31):
        called(
            date(2025, 12, 1) + timedelta(days=n),
            n % 24,
            within=n % 5,
            late=n % 3,
            unanswered=n % 2,
            municipality=("1515", "1818", "", "9999")[n % 4],
            line=local if n % 2 else None,
        )
    computed(Period.month(2025, 12))

    gap = gap_of(central=central, period=Period.month(2025, 12))

    tally = gap.counted.tally
    whole = Decimal(80 * tally.denominator - 100 * tally.numerator) / 100
    for way in WAYS:
        lacks = getattr(gap, way)
        assert sum(each.denominator for each in lacks) == tally.denominator, way
        assert sum(each.shortfall for each in lacks) == whole, way
    names = {each.key for each in gap.municipalities}
    assert names == {"Herøy (1515)", "Herøy (1818)", "", "9999"}


def test_a_year_is_the_sum_of_its_stored_months_and_names_the_others(
    central, called, computed, feed
):
    called(date(2025, 3, 1), 10, within=6, late=4)
    computed(Period.month(2025, 3))
    called(date(2025, 4, 5), 10, within=6, late=14)
    computed(Period.month(2025, 4))
    feed(Period.month(2025, 5))

    gap = gap_of(central=central, period=Period.year(2025))

    assert (gap.counted.tally.numerator, gap.counted.tally.denominator) == (12, 30)
    assert rows(gap.hours) == [(Block(6, 10, 11), 12, 30, Decimal(12))]
    assert gap.counted.tally.hours_in_period == Period.year(2025).hours()
    missing = {each.period.starts_on.month: each.is_waiting for each in gap.counted.missing}
    assert missing == {1: False, 2: False, 5: True} | dict.fromkeys(range(6, 13), False)


def test_a_published_month_is_explained_as_it_was_published(
    central, october, called, leader, host_director
):
    now = timezone.now()
    operations.check(period=october, seen=fingerprint(october), by=leader, at=now)
    operations.publish(period=october, by=host_director, at=now)
    before = gap_of(central=central, period=OCTOBER)
    CallHour.objects.all().delete()
    called(date(2025, 10, 8), 3, unanswered=50)
    operations.compute(central=central, period=OCTOBER, at=now)

    assert gap_of(central=central, period=OCTOBER) == before


@pytest.mark.parametrize(
    ("stage", "state"),
    [("nothing", "no_data"), ("feed", "waiting"), ("computed", "no_calls")],
)
def test_without_figures_the_state_says_why(central, feed, computed, stage, state):
    if stage == "feed":
        feed(OCTOBER)
    if stage == "computed":
        computed(OCTOBER)

    gap = gap_of(central=central, period=OCTOBER)

    assert gap.counted.state == state
    assert all(getattr(gap, way) == [] for way in WAYS)


def test_the_months_it_is_held_against_have_their_own_gaps(central, october, called, computed):
    called(date(2024, 10, 5), 10, within=7, late=3)
    computed(Period.month(2024, 10))

    gap = gap_of(central=central, period=OCTOBER)

    assert [(str(each.period.starts_on), each.state) for each in gap.earlier] == [
        ("2025-09-01", "no_data"),
        ("2024-10-01", "figures"),
        ("2023-10-01", "no_data"),
        ("2022-10-01", "no_data"),
    ]
    assert (gap.earlier[1].tally.numerator, gap.earlier[1].tally.denominator) == (7, 10)


def test_the_doubled_hour_is_one_hour_of_the_week(central, called, computed):
    """26 October 2025, 02 to 03, comes twice; an hour stored in each of them."""
    called(date(2025, 10, 26), 2, late=3)
    hour = CallHour.objects.get()
    hour.pk, hour.hour_at = None, hour.hour_at + timedelta(hours=1)
    hour.save()
    computed(OCTOBER)

    gap = gap_of(central=central, period=OCTOBER)

    assert rows(gap.hours) == [(Block(7, 2, 3), 0, 6, Decimal("4.8"))]
    assert gap.counted.tally.hours_in_period == 31 * 24 + 1


def test_a_line_without_a_number_is_told_by_what_it_is_for(central, called, computed):
    called(date(2025, 10, 6), 9, within=6, line=central.numbers.get(line_class="lokal8"))
    computed(OCTOBER)

    with translation.override("en"):
        (number,) = gap_of(central=central, period=OCTOBER).numbers

    assert number.key == "local 8-digit number"


def test_another_central_is_not_in_it(central, october):
    other = CentralFactory(cooperation=central.cooperation)
    PublicNumberFactory(central=other)

    assert gap_of(central=other, period=OCTOBER).counted.state == "no_data"
