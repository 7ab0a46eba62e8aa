"""What meetings ask somebody to do: agreed, reported on, closed, and who sees it wait."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from municipalities.access.rules import Role
from municipalities.meetings.follow_up import operations, queries
from municipalities.meetings.follow_up.models import FollowUpState, MeetingFollowUp
from municipalities.refused import Refused
from tests.conftest import NOW, person
from tests.factories import meetings
from tests.factories.cooperations import joined

TODAY = date(2025, 11, 10)
LATE_IN_THE_EVENING = datetime(2025, 11, 10, 23, 30, tzinfo=UTC)  # 11 November in Oslo


@pytest.fixture
def forum(cooperation):
    return meetings.forum(cooperation=cooperation)


@pytest.fixture
def found(forum, partner_director):
    return meetings.follow_up(forum=forum, user=partner_director)


def reasons(found) -> list[str]:
    events = found.events.order_by("pgh_id").select_related("pgh_context")
    told = [each.pgh_context.metadata if each.pgh_context else {} for each in events]
    return [each.get("reason", "") for each in told]


@pytest.mark.parametrize("is_user", [True, False])
def test_one_is_responsible_a_user_or_somebody_named(is_user, forum, leader):
    who = {"user": leader} if is_user else {"responsible": "vaktleiaren"}
    made = operations.agree(
        forum=forum, text="Ringje leverandøren", deadline_date=TODAY, by=leader, at=NOW, **who
    )
    assert made.responsible_name == (leader.name if is_user else "vaktleiaren")


@pytest.mark.parametrize("both", [True, False])
def test_nobody_and_two_who_are_responsible_are_refused(both, forum, leader):
    who = {"user": leader, "responsible": "vaktleiaren"} if both else {}
    with pytest.raises(Refused, match="responsible_is_missing"):
        operations.agree(forum=forum, text="Ringje", deadline_date=TODAY, by=None, at=NOW, **who)
    assert not MeetingFollowUp.objects.exists()


def test_a_report_leaves_it_open_until_it_is_done_on_the_day_in_oslo(found, leader):
    operations.report(follow_up=found, text="Er i gang", is_done=False, by=leader, at=NOW)
    found.refresh_from_db()
    assert (found.state, found.closed_date) == (FollowUpState.OPEN, None)

    operations.report(
        follow_up=found, text="Gjort", is_done=True, by=leader, at=LATE_IN_THE_EVENING
    )

    found.refresh_from_db()
    assert (found.state, found.closed_date) == (FollowUpState.DONE, date(2025, 11, 11))
    assert found.reports.count() == 2


def test_what_is_changed_and_given_up_says_why_in_the_history(found):
    operations.change(follow_up=found, deadline_date=date(2026, 1, 15), reason="Budsjettet kom")
    operations.give_up(follow_up=found, reason="Overtatt av staten", at=NOW)

    found.refresh_from_db()
    assert (found.state, found.closed_date) == (FollowUpState.DROPPED, TODAY)
    assert found.deadline_date == date(2026, 1, 15)
    assert reasons(found)[1:] == ["Budsjettet kom", "Overtatt av staten"]


@pytest.mark.parametrize(
    "again",
    [
        lambda found: operations.change(follow_up=found, text="Noko anna"),
        lambda found: operations.give_up(follow_up=found, reason="Nei", at=NOW),
        lambda found: operations.report(
            follow_up=found, text="Meir", is_done=True, by=None, at=NOW
        ),
    ],
)
def test_what_is_closed_is_opened_again_first(again, found):
    operations.give_up(follow_up=found, reason="Ikkje no", at=NOW)
    with pytest.raises(Refused, match="follow_up_is_closed"):
        again(found)

    for _twice in range(2):
        operations.reopen(follow_up=found)
    again(found)

    found.refresh_from_db()
    assert found.text == "Noko anna" or found.closed_date == TODAY


@pytest.mark.parametrize(
    "broken",
    [
        {"responsible": "to stykk"},
        {"user": None},
        {"state": FollowUpState.DONE},
        {"closed_date": TODAY},
    ],
)
def test_the_database_itself_refuses_a_broken_follow_up(broken, found):
    with pytest.raises(IntegrityError), transaction.atomic():
        MeetingFollowUp.objects.filter(pk=found.pk).update(**broken)


@pytest.mark.parametrize(
    ("deadline", "closed", "is_late"),
    [
        (date(2025, 11, 9), {}, True),
        (date(2025, 11, 10), {}, False),
        (date(2025, 11, 9), {"state": FollowUpState.DONE, "closed_date": TODAY}, False),
    ],
)
def test_late_is_open_after_the_deadline(
    deadline, closed, is_late, forum, cooperation, leader, django_assert_num_queries
):
    found = meetings.follow_up(forum=forum, deadline_date=deadline, **closed)
    ask = partial(queries.summary_of, cooperation=cooperation, user=leader, today=TODAY)
    ask()  # the first question of a process also asks for the content types
    with django_assert_num_queries(1):
        told = ask()
    assert queries.is_late(found, today=TODAY) is is_late
    assert told == queries.Summary(open=0 if closed else 1, late=1 if is_late else 0)


@pytest.mark.parametrize(
    ("deadline", "waits"),
    [(date(2025, 10, 1), True), (date(2025, 12, 1), True), (date(2025, 12, 2), False)],
)
def test_the_own_ones_wait_when_late_or_due_within_three_weeks(
    deadline, waits, forum, cooperation, partner_director, leader, django_assert_num_queries
):
    found = meetings.follow_up(forum=forum, user=partner_director, deadline_date=deadline)
    asked = {"cooperation": cooperation, "today": TODAY}
    with django_assert_num_queries(1):
        todos = queries.waiting_for(user=partner_director, **asked)
    assert [(each.url, each.due_date) for each in todos] == (
        [(f"/meetings/nordhordland/follow-ups/{found.pk}/", deadline)] if waits else []
    )
    assert queries.waiting_for(user=leader, **asked) == []


def test_what_is_closed_waits_for_nobody(found, cooperation, partner_director):
    operations.report(follow_up=found, text="Gjort", is_done=True, by=None, at=NOW)
    assert queries.waiting_for(cooperation=cooperation, user=partner_director, today=TODAY) == []


def test_those_of_a_bilateral_meeting_are_the_twos_alone(
    cooperation, partner, partner_director, leader
):
    third = joined(cooperation)
    other = person(cooperation=cooperation, municipality=third, role=Role.PARTNER_DIRECTOR)
    forum = meetings.bilateral(cooperation=cooperation, partner=partner)
    made = meetings.follow_up(forum=forum, user=partner_director)
    for user, seen in ((partner_director, [made]), (leader, [made]), (other, [])):
        assert list(queries.listed(cooperation=cooperation, user=user)) == seen
        summary = queries.summary_of(cooperation=cooperation, user=user, today=TODAY)
        assert summary.open == len(seen)


def test_the_list_has_open_ones_by_deadline_and_then_what_was_closed_last(
    forum, cooperation, leader
):
    closed = {"state": FollowUpState.DONE}
    early, late, old, new = (
        meetings.follow_up(forum=forum, text=text, **fields)
        for text, fields in (
            ("early", {"deadline_date": date(2025, 11, 1)}),
            ("late", {"deadline_date": date(2025, 12, 1)}),
            ("old", closed | {"closed_date": date(2025, 1, 1)}),
            ("new", closed | {"closed_date": date(2025, 10, 1)}),
        )
    )
    rows = queries.listed(cooperation=cooperation, user=leader)
    assert list(rows) == [early, late, new, old]
    assert queries.open_of(forum=forum) == [early, late]
