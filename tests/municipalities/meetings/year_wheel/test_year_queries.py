"""What the year holds for whom."""

from datetime import UTC, date, datetime

import pytest

from municipalities.meetings.meeting.models import MeetingState
from municipalities.meetings.year_wheel import operations, queries
from municipalities.meetings.year_wheel.rules import State
from tests.factories import meetings, obligations
from tests.factories.cooperations import joined

TODAY = date(2025, 11, 10)


def year(cooperation, user, *, of=2025, today=TODAY):
    return queries.year_of(cooperation=cooperation, user=user, year=of, today=today)


def states(entries, code):
    return {each.day: each.state for each in entries if each.code == code}


def test_what_nobody_keeps_account_of_is_not_late(cooperation, secretary):
    found = year(cooperation, secretary)

    past = {each.state for each in found if each.day < TODAY}
    assert past == {State.UNMARKED}


def test_since_the_first_mark_the_laws_days_are_followed_up(cooperation, secretary, mark_kostra):
    mark_kostra()

    found = year(cooperation, secretary)

    assert states(found, "kostra-q1") == {date(2025, 4, 20): State.DONE}
    assert states(found, "kostra-q2") == {date(2025, 8, 5): State.LATE}
    assert states(found, "kostra-q4") == {date(2025, 1, 20): State.UNMARKED}
    assert states(found, "internal-control") == {date(2025, 12, 15): State.COMING}


def test_it_is_told_when_it_was_done_and_by_whom(cooperation, secretary, mark_kostra):
    mark_kostra()

    (done,) = [each.done for each in year(cooperation, secretary) if each.code == "kostra-q1"]

    assert done == f"Done 31 March 2025, marked by {secretary.name}: Sendt"


def test_marking_again_tells_it_anew_and_unmarking_takes_it_back(
    cooperation, secretary, mark_kostra
):
    mark_kostra()
    mark = mark_kostra(note="Sendt på nytt")
    assert mark.note == "Sendt på nytt"

    operations.unmark(mark=mark)

    assert State.DONE not in {each.state for each in year(cooperation, secretary)}


def test_own_events_are_of_every_year_from_the_first_to_the_last(cooperation, secretary, event):
    operations.change_event(event=event, ends_year=2026)
    code = f"own-{event.pk}"

    assert states(year(cooperation, secretary, of=2024), code) == {}
    assert states(year(cooperation, secretary), code) == {
        date(2025, 4, 10): State.LATE,
        date(2025, 11, 20): State.COMING,
    }
    assert len(states(year(cooperation, secretary, of=2026), code)) == 2
    assert states(year(cooperation, secretary, of=2027), code) == {}


def test_29_february_is_the_28th_in_other_years_and_no_day_comes_twice(cooperation, event):
    event.days, event.starts_year = ["02-28", "02-29"], 2024

    assert queries.days_of(event, year=2024) == [date(2024, 2, 28), date(2024, 2, 29)]
    assert queries.days_of(event, year=2025) == [date(2025, 2, 28)]


def test_an_event_of_one_day_is_of_that_year_alone(cooperation, event):
    event.days, event.once_date = [], date(2025, 6, 1)

    assert queries.days_of(event, year=2025) == [date(2025, 6, 1)]
    assert queries.days_of(event, year=2026) == []


def test_what_the_agreement_demands_stands_in_the_place_of_an_anchor(cooperation, secretary):
    due = {"code": "management-review", "due_days": ["12-15"]}
    obligations.obligation(cooperation=cooperation, **due)

    codes = [each.code for each in year(cooperation, secretary)]

    assert "system-review" not in codes
    assert sum(code.startswith("due-") for code in codes) == 1


def test_dues_are_kept_late_or_to_come(cooperation, secretary):
    obligations.shown_kept(cooperation=cooperation, code="kept", due_days=["03-31"])
    obligations.obligation(cooperation=cooperation, code="missed", due_days=["05-31"])
    obligations.obligation(cooperation=cooperation, code="ahead", due_days=["11-30"])

    found = [each for each in year(cooperation, secretary) if each.source == "due"]

    assert [each.state for each in found] == [State.DONE, State.LATE, State.COMING]
    assert found[0].done == "Done 3 March 2025"


def test_a_due_with_another_participant_is_not_ours(
    cooperation, partner_director, partner, secretary
):
    joined(cooperation)
    obligations.obligation(cooperation=cooperation, code="bilateral", scope="each_partner")

    def dues(user):
        return [each for each in year(cooperation, user) if each.source == "due"]

    assert len(dues(secretary)) == 2
    (own,) = dues(partner_director)
    assert partner.name in own.title


@pytest.mark.parametrize(
    ("when", "fields", "state"),
    [
        (datetime(2025, 10, 28, 8, tzinfo=UTC), {"state": "called"}, State.DONE),
        (datetime(2025, 10, 28, 8, tzinfo=UTC), {}, State.LATE),
        (datetime(2025, 11, 10, 8, tzinfo=UTC), {"state": "called"}, State.TODAY),
        (datetime(2025, 12, 9, 8, tzinfo=UTC), {}, State.COMING),
        (
            datetime(2025, 12, 9, 8, tzinfo=UTC),
            {"state": "cancelled", "cancel_reason": "Sjukdom", "cancelled_at": meetings.AT},
            State.CANCELLED,
        ),
    ],
)
def test_a_meeting_is_held_to_come_late_or_cancelled(cooperation, secretary, when, fields, state):
    if fields.get("state") == MeetingState.CALLED:
        fields = fields | {"called_at": meetings.AT}
    meetings.planned(forum=meetings.forum(cooperation=cooperation), starts_at=when, **fields)

    (found,) = [each for each in year(cooperation, secretary) if each.source == "meeting"]

    assert found.state == state


def test_a_meeting_late_on_new_years_eve_is_of_the_year_in_oslo(cooperation, secretary):
    forum = meetings.forum(cooperation=cooperation)
    meetings.planned(forum=forum, starts_at=datetime(2024, 12, 31, 23, 30, tzinfo=UTC), year=2025)

    (found,) = [each for each in year(cooperation, secretary) if each.source == "meeting"]

    assert found.day == date(2025, 1, 1)


def test_what_is_late_or_near_waits_for_who_is_responsible(
    cooperation, leader, secretary, controller, mark_kostra, event
):
    def waiting(user, today=TODAY):
        found = queries.waiting_for(cooperation=cooperation, user=user, today=today)
        return [(todo.text, todo.due_date) for todo in found]

    assert waiting(leader) == [
        ("Year wheel: Vernerunde", date(2025, 4, 10)),
        ("Year wheel: Vernerunde", date(2025, 11, 20)),
    ]
    assert len(waiting(leader, today=date(2025, 11, 5))) == 1
    assert waiting(controller) == []
    mark_kostra()
    assert ("Year wheel: KOSTRA: accounts of the third quarter", date(2025, 10, 20)) in waiting(
        controller
    )
    assert ("Year wheel: Vernerunde", date(2025, 11, 20)) in waiting(leader, today=date(2026, 1, 2))


def test_nothing_waits_for_who_has_no_role_for_the_host(
    cooperation, partner_director, outsider, event, mark_kostra, django_assert_num_queries
):
    mark_kostra()

    for user in (partner_director, outsider):
        with django_assert_num_queries(1):
            asked = {"cooperation": cooperation, "user": user, "today": TODAY}
            assert queries.waiting_for(**asked) == []


def test_the_to_dos_take_three_queries(cooperation, leader, event, django_assert_num_queries):
    with django_assert_num_queries(3):
        queries.waiting_for(cooperation=cooperation, user=leader, today=TODAY)


def test_the_summary_counts_the_fixed_days(cooperation, secretary, mark_kostra):
    mark_kostra()

    found = queries.summary_of(cooperation=cooperation, user=secretary, today=TODAY)

    assert (found.done, found.late, found.coming) == (1, 9, 2)
