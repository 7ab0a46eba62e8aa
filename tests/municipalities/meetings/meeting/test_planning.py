"""Planning, calling, moving and cancelling, and who may not."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from municipalities.meetings.forums.models import Duty
from municipalities.meetings.meeting import operations
from municipalities.meetings.meeting.models import (
    Answer,
    Invitee,
    Meeting,
    MeetingLetter,
    MeetingState,
)
from municipalities.meetings.meeting.queries import (
    next_meeting,
    summary_of,
    waiting_for,
)
from municipalities.refused import Refused
from tests.conftest import NOW
from tests.factories import meetings
from tests.municipalities.meetings.meeting.conftest import BEGINS_AT, ENDS_AT

TODAY = NOW.date()


def plan(forum, **changes):
    asked = {"starts_at": BEGINS_AT, "ends_at": ENDS_AT, "by": None, "at": NOW} | changes
    return operations.plan(forum=forum, **asked)


def todos(user, *, cooperation, today=TODAY):
    found = waiting_for(cooperation=cooperation, user=user, today=today)
    return [(todo.text.partition(",")[0], todo.due_date) for todo in found]


def test_numbers_run_in_the_forum_and_the_local_year(forum):
    new_year = BEGINS_AT.replace(month=12, day=31, hour=23, minute=30)  # 00:30 in Oslo
    made = [
        plan(forum),
        plan(forum),
        plan(forum, starts_at=new_year, ends_at=new_year + timedelta(hours=1)),
    ]
    assert [(each.number, each.year) for each in made] == [(1, 2025), (2, 2025), (1, 2026)]


def test_a_meeting_moved_to_the_next_year_gets_a_number_of_that(forum, meeting):
    later = timedelta(days=40)
    moved = operations.change(
        meeting=meeting, starts_at=BEGINS_AT + later, ends_at=ENDS_AT + later, at=NOW
    )
    assert (moved.number, moved.year) == (1, 2026)


def test_the_members_of_the_day_are_called_each_once_and_with_one_chair(
    forum, secretary, partner_director
):
    leaving = forum.members.get(duty=Duty.CHAIR)
    leaving.ends_date = date(2026, 1, 1)
    leaving.save()
    meetings.member(forum=forum, duty=Duty.CHAIR, name="Ny Leiar", email="ny@alver.example")
    forum.members.filter(user=partner_director).update(ends_date=date(2026, 1, 1))
    meetings.member(forum=forum, user=partner_director)
    gone = forum.members.get(user=secretary)
    gone.ends_date = date(2025, 12, 9)
    gone.save()

    meeting = plan(forum)

    duties = [(str(each), each.duty) for each in meeting.invitees.called()]
    assert duties[0] == (str(leaving), Duty.CHAIR)
    assert ("Ny Leiar", Duty.MEMBER) in duties
    assert str(secretary) not in dict(duties)
    assert len(duties) == len(dict(duties)) == 4


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ends_at": BEGINS_AT}, "ends_before_start"),
        ({"ends_at": BEGINS_AT + timedelta(hours=25)}, "too_long"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused(changes, code, forum):
    with pytest.raises(Refused) as refused:
        plan(forum, **changes)
    assert refused.value.code == code
    assert not Meeting.objects.exists()


def test_a_forum_that_has_ended_has_no_new_meeting(forum):
    forum.ends_date = date(2025, 12, 9)
    with pytest.raises(Refused, match="forum_has_ended"):
        plan(forum)


def test_calling_closes_the_agenda_and_again_changes_nothing(called):
    before = MeetingLetter.objects.count()
    operations.call(meeting=called, by=None, at=NOW)
    assert MeetingLetter.objects.count() == before == 4


def test_nobody_to_call_and_a_meeting_that_has_begun_are_refused(forum, meeting):
    with pytest.raises(Refused, match="meeting_has_begun"):
        operations.call(meeting=meeting, by=None, at=BEGINS_AT)
    meeting.invitees.all().delete()
    with pytest.raises(Refused, match="nobody_to_call"):
        operations.call(meeting=meeting, by=None, at=NOW)


def test_a_meeting_that_was_never_called_is_cancelled_without_a_letter(meeting):
    operations.cancel(meeting=meeting, reason="Sjukdom", by=None, at=NOW)
    assert not MeetingLetter.objects.exists()


def test_after_the_approval_nobody_is_called_answers_or_leaves(called, rita):
    meetings.approved(meeting=called)
    called.refresh_from_db()
    rita.refresh_from_db()
    for attempt in (
        lambda: operations.invite(
            meeting=called, duty="guest", name="Ola", email="ola@region.example", at=NOW
        ),
        lambda: operations.uninvite(invitee=rita, at=NOW),
        lambda: operations.answer(invitee=rita, answer=Answer.COMING, at=NOW),
    ):
        with pytest.raises(Refused, match="meeting_with_approved_minutes_stays"):
            attempt()


@pytest.mark.parametrize(
    "broken",
    [
        {"ends_at": BEGINS_AT},
        {"state": MeetingState.CANCELLED},
        {"state": MeetingState.CALLED, "called_at": None},
    ],
)
def test_the_database_itself_refuses_a_broken_meeting(broken, meeting):
    with pytest.raises(DatabaseError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(**broken)


def test_the_database_itself_refuses_two_chairs_and_one_who_is_called_twice(meeting, host_director):
    for broken in (
        {"name": "Ola", "email": "ola@region.example", "duty": Duty.CHAIR},
        {"user": host_director},
        {"name": "Ola"},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Invitee.objects.bulk_create([Invitee(meeting=meeting, **broken)])


def test_what_waits_is_the_answer_and_for_who_manages_the_call_and_what_did_not_arrive(
    cooperation, forum, meeting, secretary, partner_director, auditor
):
    assert todos(secretary, cooperation=cooperation) == []
    soon = date(2025, 11, 20)
    call = ("Call Kommunedirektørmøtet", date(2025, 11, 25))
    assert todos(secretary, cooperation=cooperation, today=soon) == [call]
    assert todos(partner_director, cooperation=cooperation, today=soon) == []

    operations.call(meeting=meeting, by=None, at=NOW)
    MeetingLetter.objects.filter(invitee__user=None).update(failure="refused")

    answer = ("Say whether you come to Kommunedirektørmøtet", date(2025, 12, 8))
    failed = ("A letter about Kommunedirektørmøtet", None)
    assert todos(partner_director, cooperation=cooperation) == [answer]
    assert todos(secretary, cooperation=cooperation) == [answer, failed]
    assert todos(auditor, cooperation=cooperation) == []


def test_what_waits_and_the_summary_take_two_queries_each(
    cooperation, called, secretary, django_assert_num_queries
):
    with django_assert_num_queries(2):
        waiting_for(cooperation=cooperation, user=secretary, today=TODAY)
    with django_assert_num_queries(2):
        found = summary_of(cooperation=cooperation, user=secretary, today=TODAY)
    assert (found.held, found.next_at) == (0, BEGINS_AT)


def test_the_next_meeting_is_one_that_the_person_may_see(
    cooperation, partner, called, secretary, outsider
):
    sooner = meetings.bilateral(cooperation=cooperation, partner=partner)
    meetings.planned(
        forum=sooner,
        starts_at=BEGINS_AT - timedelta(days=1),
        state="cancelled",
        cancelled_at=NOW,
        cancel_reason="Sjukdom",
    )
    found = next_meeting(cooperation=cooperation, user=secretary, now=NOW)
    assert (found.meeting, found.answer) == (called, Answer.NONE)
    assert next_meeting(cooperation=cooperation, user=outsider, now=NOW) is None
