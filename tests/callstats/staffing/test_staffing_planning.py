"""From hours of the week to operators: averages, what if, and one more or fewer."""

from dataclasses import replace
from datetime import date

import pytest

from callstats.staffing.planning import (
    ENOUGH_TALKS,
    ONLY_A,
    ONLY_C,
    Assumptions,
    Week,
    WeekHour,
    busiest,
    needs,
    options,
)
from legevakt.lib.periods import Period

YEAR = Period(date(2024, 11, 11), date(2025, 11, 10))
ASKED = Assumptions(
    threshold_seconds=120, target_percent=80, after_call_seconds=100, patience_seconds=240
)


def week_of(*hours: WeekHour) -> Week:
    return Week(period=YEAR, hours=hours, waited_seconds=2400, abandoned=10)


def of_calls(calls_per_hour: float, *, weekday=1, hour=0, talk=200) -> WeekHour:
    """Fifty occurrences, with a talk of 200 s: 300 s with the work after it."""
    calls = round(50 * calls_per_hour)
    return WeekHour(weekday, hour, 50, calls, talks=calls, talk_seconds=talk * calls)


def need_of(hour: WeekHour, asked=ASKED):
    (need,) = needs(week=week_of(hour), assumptions=asked)
    return need


@pytest.mark.parametrize(
    ("calls", "by_a", "by_c"), [(3, 1, 1), (4, 2, 2), (8, 2, 2), (20, 3, 3), (40, 5, 5)]
)
def test_the_table_of_the_reference(calls, by_a, by_c):
    need = need_of(of_calls(calls))
    assert (need.load.calls_per_hour, need.load.handling_seconds) == (calls, 300)
    assert (need.by_a, need.by_c, need.operators) == (by_a, by_c, by_a)


def test_one_fewer_the_needed_and_one_more():
    found = options(need=need_of(of_calls(20)), assumptions=ASKED)
    assert [option.operators for option in found] == [2, 3, 4]
    assert [round(100 * option.share_c, 1) for option in found[:2]] == [33.7, 82.4]
    assert [round(100 * option.share_a) for option in found[:2]] == [67, 88]


def test_where_one_is_enough_none_is_no_choice():
    found = options(need=need_of(of_calls(1)), assumptions=ASKED)
    assert [option.operators for option in found] == [1, 2]


def test_an_hour_with_data_and_no_calls_needs_the_one_who_is_always_there():
    need = needs(week=week_of(WeekHour(1, 0, 50), of_calls(3, hour=1)), assumptions=ASKED)[0]
    assert (need.load.calls_per_hour, need.operators) == (0, 1)


def test_an_hour_without_data_is_not_computed():
    assert needs(week=week_of(of_calls(3), WeekHour(1, 1)), assumptions=ASKED)[1] is None


def test_an_hour_with_few_talks_takes_the_mean_of_the_central():
    few = WeekHour(1, 0, 50, 29, talks=ENOUGH_TALKS - 1, talk_seconds=29 * 1000)
    many = WeekHour(1, 1, 50, 71, talks=71, talk_seconds=71 * 200)
    first, second = needs(week=week_of(few, many), assumptions=ASKED)
    assert first.load.handling_seconds == pytest.approx((29 * 1000 + 71 * 200) / 100 + 100)
    assert second.load.handling_seconds == pytest.approx(300)


def test_enough_talks_are_the_hours_own():
    own = WeekHour(1, 0, 50, 30, talks=ENOUGH_TALKS, talk_seconds=30 * 1000)
    first, _ = needs(week=week_of(own, of_calls(20, hour=1)), assumptions=ASKED)
    assert first.load.handling_seconds == 1100


@pytest.mark.parametrize(
    ("changed", "calls", "handling"),
    [
        ({"calls_percent": 50}, 30, 300),
        ({"calls_percent": -50}, 10, 300),
        ({"talk_percent": 10}, 20, 320),
        ({"talk_seconds": 60}, 20, 160),
        ({"after_call_seconds": 0}, 20, 200),
    ],
)
def test_what_if(changed, calls, handling):
    load = need_of(of_calls(20), replace(ASKED, **changed)).load
    assert load.calls_per_hour == pytest.approx(calls)
    assert load.handling_seconds == pytest.approx(handling)


def test_without_any_talk_time_nothing_is_computed_unless_it_is_given():
    hour = WeekHour(1, 0, 50, 100)
    with pytest.raises(ValueError, match="talk time"):
        need_of(hour)
    assert need_of(hour, replace(ASKED, talk_seconds=200)).load.handling_seconds == 300


@pytest.mark.parametrize(
    ("changed", "has_a", "has_c"),
    [
        ({}, True, True),
        ({"models": ONLY_A}, True, False),
        ({"models": ONLY_C}, False, True),
        ({"patience_seconds": None}, False, True),
        ({"patience_seconds": None, "models": ONLY_A}, False, True),
    ],
)
def test_without_a_patience_there_is_only_erlang_c(changed, has_a, has_c):
    asked = replace(ASKED, **changed)
    need = need_of(of_calls(20), asked)
    option = options(need=need, assumptions=asked)[0]
    assert (need.by_a is not None, need.by_c is not None) == (has_a, has_c)
    assert (option.share_a is not None, option.share_c is not None) == (has_a, has_c)


def test_the_busiest_hour_is_that_with_the_most_work():
    week = week_of(WeekHour(1, 0, 50), of_calls(10, hour=1), of_calls(9, hour=2, talk=400))
    found = needs(week=week, assumptions=ASKED)
    assert busiest(found).hour == 2
    assert busiest([None, found[0]]) is None
