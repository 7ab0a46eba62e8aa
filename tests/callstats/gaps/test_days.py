"""Every date is of one kind of day, by the Norwegian calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstats.gaps.days import HOLIDAYS, Kind, by_kind, kind_of_day
from callstats.gaps.rules import summed_counts

DATES = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2025-01-01", Kind.NEW_YEAR),
        ("2025-04-12", Kind.SATURDAY),
        ("2025-04-13", Kind.SUNDAY),
        ("2025-04-16", Kind.WORKING_DAY),
        ("2025-04-17", Kind.EASTER),
        ("2025-04-18", Kind.EASTER),
        ("2025-04-19", Kind.EASTER),
        ("2025-04-20", Kind.EASTER),
        ("2025-04-21", Kind.EASTER),
        ("2025-04-22", Kind.WORKING_DAY),
        ("2025-05-01", Kind.LABOUR_DAY),
        ("2025-05-17", Kind.CONSTITUTION_DAY),
        ("2025-05-29", Kind.ASCENSION_DAY),
        ("2025-06-07", Kind.SATURDAY),
        ("2025-06-08", Kind.PENTECOST),
        ("2025-06-09", Kind.PENTECOST),
        ("2025-12-23", Kind.WORKING_DAY),
        ("2025-12-24", Kind.CHRISTMAS),
        ("2025-12-26", Kind.CHRISTMAS),
        ("2025-12-27", Kind.SATURDAY),
        ("2025-12-29", Kind.WORKING_DAY),
        ("2025-12-31", Kind.NEW_YEAR),
    ],
)
def test_a_date_is_of_its_kind(day, kind):
    assert kind_of_day(date.fromisoformat(day)) is kind


def test_two_holidays_on_one_date_are_the_one_that_the_phones_know():
    assert kind_of_day(date(2027, 5, 17)) is Kind.CONSTITUTION_DAY  # and Whit Monday
    assert kind_of_day(date(2008, 5, 1)) is Kind.LABOUR_DAY  # and Ascension Day


@given(st.integers(2000, 2099))
def test_easter_is_five_days_in_a_row_around_easter_sunday(year):
    """The second way: Easter Sunday by the anonymous Gregorian algorithm (Meeus)."""
    easter = easter_sunday(year)

    found = [easter + timedelta(days=n) for n in range(-5, 4)]

    kinds = [kind_of_day(day) is Kind.EASTER for day in found]
    assert kinds == [False, False, True, True, True, True, True, False, False]


@given(DATES)
def test_a_weekday_outside_the_holidays_is_told_by_the_calendar(day):
    kind = kind_of_day(day)

    if kind not in HOLIDAYS:
        expected = {6: Kind.SATURDAY, 7: Kind.SUNDAY}.get(day.isoweekday(), Kind.WORKING_DAY)
        assert kind is expected


def test_a_holiday_of_thirty_calls_is_named_and_a_smaller_one_is_not():
    cells = {
        date(2025, 5, 1): (20, 30),
        date(2025, 5, 17): (20, 29),
        date(2025, 5, 29): (1, 2),
        date(2025, 5, 2): (0, 3),
        date(2025, 5, 5): (1, 1),
    }

    assert by_kind(cells) == {
        Kind.LABOUR_DAY: (20, 30),
        Kind.OTHER_HOLIDAYS: (21, 31),
        Kind.WORKING_DAY: (1, 4),
    }


@given(st.dictionaries(DATES, st.just((1, 2)), max_size=40))
def test_every_call_is_on_one_kind_of_day(cells):
    assert summed_counts(by_kind(cells).values()) == summed_counts(cells.values())


def easter_sunday(year: int) -> date:
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
