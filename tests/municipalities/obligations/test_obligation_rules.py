"""When obligations are due, and how it stands with each time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from municipalities.obligations.principles import BadPrinciple, checked, principles, texts
from municipalities.obligations.rules import (
    Span,
    Status,
    day_in,
    due_dates,
    is_address,
    is_day,
    replanned,
    status_of,
)
from municipalities.obligations.words import PRINCIPLE_TEXTS

DUE = date(2025, 3, 31)
days = st.dates(date(2025, 1, 1), date(2025, 12, 31))


def status(*, today, kept=None, waived=False, due=DUE, remind=21):
    return status_of(
        due_date=due, remind_days=remind, kept_date=kept, is_waived=waived, today=today
    )


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"today": date(2025, 3, 9)}, Status.OPEN),
        ({"today": date(2025, 3, 10)}, Status.DUE_SOON),
        ({"today": DUE}, Status.DUE_SOON),
        ({"today": date(2025, 4, 1)}, Status.LATE),
        ({"today": DUE, "kept": DUE}, Status.KEPT),
        ({"today": date(2025, 5, 1), "kept": date(2025, 4, 1)}, Status.KEPT_LATE),
        ({"today": date(2025, 5, 1), "waived": True}, Status.WAIVED),
        ({"today": date(2025, 5, 1), "waived": True, "kept": DUE}, Status.KEPT),
        ({"today": DUE, "due": None}, Status.NOT_PLANNED),
        ({"today": date(2025, 3, 30), "remind": 0}, Status.OPEN),
    ],
)
def test_a_due_stands_as_its_day_and_its_evidence_say(told, expected):
    assert status(**told) == expected


@given(
    due=days, today=days, kept=st.none() | days, waived=st.booleans(), remind=st.integers(0, 180)
)
def test_what_is_neither_kept_nor_waived_is_late_exactly_after_its_day(
    due, today, kept, waived, remind
):
    found = status(today=today, kept=kept, waived=waived, due=due, remind=remind)
    assert (found in {Status.KEPT, Status.KEPT_LATE}) == (kept is not None)
    is_late = kept is None and not waived and (today - due).days > 0
    assert (found == Status.LATE) == is_late


def test_a_partner_that_joins_in_july_owes_only_what_comes_after():
    told = {"days": ["03-31", "06-30", "11-30"], "year": 2025}
    in_force = Span(date(2024, 1, 1))
    assert due_dates(**told, spans=[in_force, Span(date(2025, 7, 1))]) == {date(2025, 11, 30)}
    left = Span(date(2024, 1, 1), date(2025, 6, 30))
    assert due_dates(**told, spans=[in_force, left]) == {date(2025, 3, 31)}


@given(starts=days, ends=st.none() | days, chosen=st.lists(days, max_size=5))
def test_due_dates_are_those_of_a_walk_through_the_year(starts, ends, chosen):
    names = [f"{day:%m-%d}" for day in chosen]
    walked, day = set(), date(2025, 1, 1)
    while day.year == 2025:
        if f"{day:%m-%d}" in names and starts <= day and not (ends and ends <= day):
            walked.add(day)
        day += timedelta(days=1)
    assert due_dates(days=names, year=2025, spans=[Span(starts, ends)]) == walked


@given(
    wanted=st.sets(days, max_size=6),
    settled=st.lists(days, max_size=4, unique=True),
    movable=st.lists(days, max_size=4, unique=True),
    since=days,
)
def test_a_new_plan_never_asks_for_more_than_is_wanted(wanted, settled, movable, since):
    movable = [day for day in movable if day not in settled]
    change = replanned(wanted=wanted, settled=settled, movable=movable, since=since)
    after = {*settled, *movable, *change.add} - change.remove
    assert {*settled} <= after
    assert len(after) <= max(len(wanted), len(settled) + len(wanted & {*movable}))
    assert all(day >= since and day in wanted for day in change.add)
    again = replanned(
        wanted=wanted, settled=settled, movable=sorted(after - {*settled}), since=since
    )
    assert (again.add, again.remove) == ([], set()), "planning twice is planning once"


def test_what_was_kept_early_is_not_asked_for_again_when_its_day_is_moved():
    kept_for, moved_to = date(2025, 10, 31), date(2025, 11, 15)
    change = replanned(wanted={moved_to}, settled=[kept_for], movable=[], since=date(2025, 9, 1))
    assert change.add == []


def test_the_leap_day_is_the_28th_where_there_is_none():
    assert day_in(day="02-29", year=2024) == date(2024, 2, 29)
    assert day_in(day="02-29", year=2025) == date(2025, 2, 28)


@pytest.mark.parametrize("text", ["13-01", "02-30", "1-1", "0101", "", "31-03", "٠١-٠١"])
def test_what_is_no_day_of_the_year_is_refused(text):
    assert not is_day(text)


@pytest.mark.parametrize("text", ["javascript:alert(1)", "//elsewhere", "ftp://x", "/a b", ""])
def test_what_leads_nowhere_is_no_address(text):
    assert not is_address(text)


def test_the_principles_demand_what_the_agreement_says():
    by_code = {each.code: each for each in principles()}
    assert len(by_code) == 12
    meetings = by_code["director-meetings"]
    assert (len(meetings.due_days), len(meetings.topics)) == (3, 6)
    assert by_code["bilateral-meeting"].scope == "each_partner"
    by_event = {code for code, each in by_code.items() if each.rhythm == "on_event"}
    assert by_event == {"decision-notification", "strategic-decisions"}


def test_every_text_of_the_principles_is_there_for_the_translators():
    assert set(PRINCIPLE_TEXTS) == texts()


GOOD = {
    "code": "drill",
    "title": "Drill",
    "clause": "",
    "scope": "common",
    "rhythm": "yearly",
    "due_days": ["03-31"],
    "topics": [],
    "responsible": "leader",
}


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"scope": "some"}, "no such scope"),
        ({"rhythm": "weekly"}, "no such rhythm"),
        ({"responsible": "partner_director"}, "no role that the host has"),
        ({"due_days": ["31-03"]}, "not MM-DD"),
        ({"due_days": ["06-15", "03-31"]}, "not in order"),
        ({"due_days": []}, "has days"),
        ({"rhythm": "on_event"}, "has days"),
        ({"topics": ["Deviations", "Deviations"]}, "stands twice"),
    ],
)
def test_a_wrong_principle_is_told_by_its_code_when_loaded(wrong, why):
    with pytest.raises(BadPrinciple, match=f"drill: .*{why}"):
        checked([GOOD | wrong])


def test_two_principles_with_one_code_are_refused():
    assert checked([GOOD])[0].code == "drill"
    with pytest.raises(BadPrinciple, match="used twice"):
        checked([GOOD, GOOD])
