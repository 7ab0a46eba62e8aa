"""The scenario holds what it says, and the causes of a wrong moment are told apart."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstats.conformance import causes, words
from callstats.conformance.deliveries import DELIVERIES, EXPECTED, ids_of
from callstats.conformance.found import Found
from callstats.conformance.rules import CHECKS, judge
from callstats.conformance.scenario import wall_clock
from callstats.sources.frames import OUTCOMES
from legevakt.lib.periods import OSLO

YEARS = datetime(2024, 1, 1, tzinfo=UTC), timedelta(days=731)
MOMENTS = st.timedeltas(timedelta(), YEARS[1]).map(lambda since: YEARS[0] + since)


def test_both_calls_of_autumn_arrived_at_the_same_time_on_the_wall():
    walls = [wall_clock(EXPECTED[f"dst-autumn-{n}"].arrived_at) for n in (1, 2)]
    assert [(wall.text[11:], wall.fold, wall.offset) for wall in walls] == [
        ("02:30:00.000", 0, "+02:00"),
        ("02:30:00.000", 1, "+01:00"),
    ]


def test_no_call_of_spring_arrived_in_the_hour_that_was_left_out():
    walls = [wall_clock(EXPECTED[id].arrived_at).text for id in ids_of("dst-spring")]
    assert [wall[11:16] for wall in walls] == ["01:58", "03:00", "01:59", "03:30"]


def test_calls_are_told_apart_by_id_and_moment():
    arrivals = [told.arrived_at for told in EXPECTED.values()]
    assert len(EXPECTED) == len(set(arrivals)) == 31
    assert len({told.caller for told in EXPECTED.values()}) == 31


def test_every_telling_can_be_stored():
    for told in (told for each in DELIVERIES for told in each.tellings):
        assert told.outcome in OUTCOMES
        assert told.answered_at is None or told.outcome == "answered"


def test_everything_has_its_words():
    assert set(words.CHECK_TITLES) == set(CHECKS)
    assert set(words.INSTRUCTIONS) == {each.name for each in DELIVERIES}


def test_what_a_format_cannot_tell_is_not_required():
    by_file = judge(Found(may_version=False, is_api=False))
    optional = {check.code for check in by_file.checks if not check.is_required}
    assert optional == {"correction", "stale", "open-call", "quiet-hours", "idempotency-key"}


@given(MOMENTS)
def test_a_local_time_sent_as_utc_is_known_as_that(moment):
    found = moment.astimezone(OSLO).replace(tzinfo=UTC)
    assert causes.of_moment(found=found, expected=moment) == "local_as_utc"


@given(MOMENTS)
def test_utc_read_as_local_time_is_known_as_that(moment):
    found = moment - moment.astimezone(OSLO).utcoffset()
    code = causes.of_moment(found=found, expected=moment)
    half = {"resolved_to_first_half", "resolved_to_second_half"}
    assert code == "utc_as_local" or code in half


@given(MOMENTS, st.sampled_from([1, 2]))
def test_a_fixed_offset_is_known_as_the_wrong_one(moment, hours):
    wall = moment.astimezone(OSLO).replace(tzinfo=UTC)
    found = wall - timedelta(hours=hours)
    if found == moment:
        assert causes.is_near(found, moment)
        return
    known = {1: "winter_offset", 2: "summer_offset"}[hours]
    # An hour too early in winter is UTC read as local time just as well.
    same = {"resolved_to_first_half", "resolved_to_second_half", "utc_as_local"}
    assert causes.of_moment(found=found, expected=moment) in {known} | same


@pytest.mark.parametrize("seconds", [-90, 1, 5000])
def test_what_nothing_explains_is_only_told(seconds):
    right = EXPECTED["ordinary-1"].arrived_at
    found = right + timedelta(seconds=seconds)
    assert causes.of_moment(found=found, expected=right) == "moved"
