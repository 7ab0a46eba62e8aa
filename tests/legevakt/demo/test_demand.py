from datetime import date

import pytest

from legevakt.demo import demand


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (2000, date(2000, 4, 23)),
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter_is_on_its_sunday(year, sunday):
    assert demand.easter_sunday(year) == sunday


def test_easter_is_a_sunday_in_its_five_weeks_for_two_centuries():
    for year in range(1900, 2100):
        easter = demand.easter_sunday(year)

        assert easter.weekday() == 6
        assert date(year, 3, 22) <= easter <= date(year, 4, 25)


def test_the_day_of_a_year_adds_up_to_the_calls_of_its_inhabitants():
    expected = 46_648 * demand.CALLS_PER_INHABITANT_AND_YEAR
    hours = (
        demand.calls_per_hour(day=date.fromordinal(day), hour=hour, inhabitants=46_648)
        for day in range(date(2025, 1, 1).toordinal(), date(2026, 1, 1).toordinal())
        for hour in range(24)
    )

    assert sum(hours) == pytest.approx(expected, rel=0.1)


def test_christmas_eve_is_busier_than_an_ordinary_wednesday():
    christmas_eve, wednesday = date(2025, 12, 24), date(2025, 12, 10)

    assert demand.day_factor(christmas_eve) > 1.5 * demand.day_factor(wednesday)
    assert demand.is_day_off(christmas_eve)
