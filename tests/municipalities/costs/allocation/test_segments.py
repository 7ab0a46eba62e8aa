"""A year cut where somebody joins or leaves, or the key changes."""

import doctest
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legevakt.lib.periods import DAY, Period, PeriodError
from municipalities.costs.allocation import segments
from municipalities.costs.allocation.errors import KeysOverlap, MemberTwice, NoKey, NoMembers
from municipalities.costs.allocation.segments import By, Held, Stay, cut

LONG_AGO = date(2000, 1, 1)
HOST = Stay("4631", LONG_AGO)
ONE_KEY = [Held(1, LONG_AGO)]
DAYS = st.dates(date(2023, 6, 1), date(2025, 6, 1))


def cuts(*stays, keys=ONE_KEY, by=By.MONTHS, year=2025, within=None):
    found = cut(year=year, stays=[HOST, *stays], keys=keys, by=by, within=within)
    return [(each.weight, each.key_id, each.codes) for each in found]


def test_the_example_holds():
    assert doctest.testmod(segments).failed == 0


@pytest.mark.parametrize("by", By)
def test_a_year_in_which_nothing_changes_is_one(by):
    (whole,) = cut(year=2025, stays=[Stay("b", LONG_AGO), Stay("a", LONG_AGO)], keys=ONE_KEY, by=by)

    assert (whole.starts, whole.ends) == (date(2025, 1, 1), date(2026, 1, 1))
    assert (whole.weight, whole.key_id, whole.codes) == (1, 1, ("a", "b"))


@pytest.mark.parametrize(
    ("by", "joined", "alone"),
    [
        (By.MONTHS, date(2025, 7, 1), Fraction(6, 12)),
        (By.MONTHS, date(2025, 7, 2), Fraction(7, 12)),
        (By.MONTHS, date(2025, 12, 1), Fraction(11, 12)),
        (By.DAYS, date(2025, 7, 1), Fraction(181, 365)),
        (By.DAYS, date(2025, 7, 15), Fraction(195, 365)),
        (By.DAYS, date(2025, 12, 31), Fraction(364, 365)),
    ],
)
def test_one_joins_within_the_year(by, joined, alone):
    found = cuts(Stay("4633", joined), by=by)

    assert found == [(alone, 1, ("4631",)), (1 - alone, 1, ("4631", "4633"))]


def test_by_days_a_leap_year_has_366():
    found = cuts(Stay("4633", date(2024, 3, 1)), by=By.DAYS, year=2024)

    assert found[0][0] == Fraction(60, 366)


@pytest.mark.parametrize(("left", "shared_months"), [(date(2025, 3, 1), 2), (date(2025, 3, 15), 3)])
def test_by_months_one_that_leaves_pays_for_the_month_it_began(left, shared_months):
    found = cuts(Stay("4633", LONG_AGO, left))

    assert found[0] == (Fraction(shared_months, 12), 1, ("4631", "4633"))


def test_by_months_a_stay_within_a_month_is_not_seen():
    assert cuts(Stay("4633", date(2025, 3, 2), date(2025, 3, 31))) == [(1, 1, ("4631",))]


@pytest.mark.parametrize("by", ["months", "days"])
def test_one_may_leave_and_come_back(by):
    first = Stay("4633", LONG_AGO, date(2025, 4, 1))
    again = Stay("4633", date(2025, 10, 1))

    assert [codes for _, _, codes in cuts(again, first, by=by)] == [
        ("4631", "4633"),
        ("4631",),
        ("4631", "4633"),
    ]


def test_stays_that_follow_each_other_are_one():
    parts = [Stay("4633", LONG_AGO, date(2025, 4, 1)), Stay("4633", date(2025, 4, 1))]

    assert cuts(*parts, by=By.DAYS) == [(1, 1, ("4631", "4633"))]


def test_one_cannot_share_twice_at_once():
    with pytest.raises(MemberTwice) as refused:
        cuts(Stay("4633", LONG_AGO), Stay("4633", date(2025, 4, 1)))

    assert refused.value.facts == {
        "member": "4633",
        "starts": date(2025, 4, 1),
        "ends": date(2025, 5, 1),
    }


def test_a_merger_changes_the_codes():
    merged = date(2025, 3, 1)

    found = cuts(
        Stay("1723", LONG_AGO, merged), Stay("1729", LONG_AGO, merged), Stay("1756", merged)
    )

    assert found == [
        (Fraction(2, 12), 1, ("1723", "1729", "4631")),
        (Fraction(10, 12), 1, ("1756", "4631")),
    ]


@pytest.mark.parametrize(
    ("by", "old"), [(By.MONTHS, Fraction(7, 12)), (By.DAYS, Fraction(195, 365))]
)
def test_a_new_key_cuts_the_year(by, old):
    changed = date(2025, 7, 15)
    keys = [Held(2, changed), Held(1, LONG_AGO, changed)]

    assert [(weight, key_id) for weight, key_id, _ in cuts(keys=keys, by=by)] == [
        (old, 1),
        (1 - old, 2),
    ]


@pytest.mark.parametrize(
    ("by", "starts", "ends"),
    [
        (By.MONTHS, date(2025, 4, 1), date(2025, 5, 1)),
        (By.DAYS, date(2025, 3, 20), date(2025, 4, 10)),
    ],
)
def test_days_without_a_key_are_refused(by, starts, ends):
    keys = [Held(1, LONG_AGO, date(2025, 3, 20)), Held(2, date(2025, 4, 10))]

    with pytest.raises(NoKey) as refused:
        cuts(keys=keys, by=by)

    assert refused.value.facts == {"starts": starts, "ends": ends}


def test_days_with_two_keys_are_refused():
    with pytest.raises(KeysOverlap) as refused:
        cuts(keys=[Held(2, date(2025, 6, 1)), *ONE_KEY], by=By.DAYS)

    assert refused.value.facts["keys"] == [1, 2]
    assert refused.value.facts["starts"] == date(2025, 6, 1)


def test_days_on_which_nobody_shares_are_refused():
    with pytest.raises(NoMembers) as refused:
        cut(year=2025, stays=[Stay("a", date(2025, 2, 1))], keys=ONE_KEY, by=By.DAYS)

    assert refused.value.facts == {"starts": date(2025, 1, 1), "ends": date(2025, 2, 1)}


@pytest.mark.parametrize(
    ("by", "first"), [(By.MONTHS, Fraction(3, 6)), (By.DAYS, Fraction(92, 184))]
)
def test_a_service_that_starts_on_1_july_is_cut_from_there(by, first):
    autumn = Period(date(2025, 7, 1), date(2030, 1, 1))
    stay, key = Stay("4633", date(2025, 10, 1)), Held(1, date(2025, 7, 1))

    found = cuts(stay, keys=[key], by=by, within=autumn)

    assert found == [(first, 1, ("4631",)), (1 - first, 1, ("4631", "4633"))]


def test_by_months_a_service_that_starts_within_a_month_has_that_month():
    found = cut(
        year=2025,
        stays=[Stay("a", date(2025, 11, 15))],
        keys=[Held(1, date(2025, 11, 15))],
        by=By.MONTHS,
        within=Period(date(2025, 11, 15), date(2026, 1, 1)),
    )

    assert [(each.starts, each.weight) for each in found] == [(date(2025, 11, 15), 1)]


def test_a_year_outside_the_service_has_nothing_to_cut():
    with pytest.raises(PeriodError):
        cuts(within=Period(date(2026, 1, 1), date(2027, 1, 1)))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(DAYS, DAYS).filter(lambda days: days[0] < days[1]), max_size=4),
    DAYS,
    st.sampled_from(By),
)
def test_day_by_day_the_second_way_agrees(stays, changed, by):
    stays = [HOST, *(Stay(f"{n}", *days) for n, days in enumerate(stays))]
    keys = [Held(1, LONG_AGO, changed), Held(2, changed)]

    found = cut(year=2024, stays=stays, keys=keys, by=by)

    assert sum(each.weight for each in found) == 1
    assert [each.ends for each in found[:-1]] == [each.starts for each in found[1:]]
    for day in days_of(2024):
        counted = day if by == By.DAYS else day.replace(day=1)
        (at,) = [each for each in found if each.starts <= day < each.ends]
        assert at.codes == tuple(
            sorted(
                s.code for s in stays if s.joined <= counted and (not s.left or counted < s.left)
            )
        )
        assert at.key_id == (1 if counted < changed else 2)
    for each in found:
        months, days = (
            Fraction(month_count(each), 12),
            Fraction((each.ends - each.starts).days, 366),
        )
        assert each.weight == (days if by == By.DAYS else months)


def days_of(year):
    return [date(year, 1, 1) + n * DAY for n in range(Period.year(year).days)]


def month_count(piece):
    return sum(piece.starts <= date(2024, month, 1) < piece.ends for month in range(1, 13))
