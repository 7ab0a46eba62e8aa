"""Who is responsible is reminded once before the deadline, and once when it has passed."""

from datetime import UTC, date, datetime

import pytest
from celery.exceptions import Retry
from django.core import mail as outbox
from django.db import IntegrityError, transaction

from legevakt.lib.mail import MailRefused
from municipalities.access.rules import Role
from municipalities.meetings.follow_up import operations, reminders, tasks
from municipalities.meetings.follow_up.models import FollowUpReminder
from tests.conftest import NOW, person
from tests.factories import meetings

DEADLINE = date(2025, 11, 30)


@pytest.fixture
def forum(cooperation):
    return meetings.forum(cooperation=cooperation)


@pytest.fixture
def found(forum, partner_director):
    return meetings.follow_up(forum=forum, user=partner_director, deadline_date=DEADLINE)


def day(month, number):
    return datetime(2025, month, number, 7, tzinfo=UTC)


def sent():
    return [(message.to[0], message.subject) for message in outbox.outbox]


def remind_on(clock, *moments):
    """Two beats at each moment."""
    for moment in moments:
        clock.move_to(moment)
        for _beat in range(2):
            tasks.remind()


def test_one_fourteen_days_before_and_one_the_day_after(found, partner_director, clock):
    remind_on(clock, day(11, 15))
    assert sent() == []
    remind_on(clock, day(11, 16), day(11, 30))
    assert len(sent()) == 1

    remind_on(clock, day(12, 1), day(12, 20))

    text = "Leggje fram plan for bemanning"
    assert [(to, subject.replace("\N{NO-BREAK SPACE}", " ")) for to, subject in sent()] == [
        (partner_director.email, f"To be done by 30 November 2025: {text}"),
        (partner_director.email, f"Overdue: {text}"),
    ]
    for message in outbox.outbox:
        assert f"/meetings/nordhordland/follow-ups/{found.pk}/" in message.body
        assert "Responsible:" not in message.body


def test_the_letter_is_in_the_readers_language(found, partner_director, clock):
    partner_director.language = "nn"
    partner_director.save()
    remind_on(clock, day(11, 20))
    (message,) = outbox.outbox
    assert message.extra_headers["Content-Language"] == "nn"
    assert "30. november 2025" in message.subject


def test_a_changed_deadline_is_reminded_of_anew(found, clock):
    remind_on(clock, day(12, 1))
    operations.change(follow_up=found, deadline_date=date(2025, 12, 31), reason="Meir tid")
    remind_on(clock, day(12, 2), day(12, 16))
    assert [subject.partition(" ")[0] for _, subject in sent()] == ["Overdue:", "To"]


def test_who_has_no_login_is_told_of_to_those_who_keep_the_meetings(
    forum, leader, secretary, host_director, clock
):
    meetings.follow_up(forum=forum, deadline_date=DEADLINE, responsible="vaktleiaren")
    remind_on(clock, day(11, 20))
    assert {to for to, _ in sent()} == {leader.email, secretary.email}
    assert "Responsible: vaktleiaren" in outbox.outbox[0].body


@pytest.mark.parametrize("how", ["is closed out", "takes part no more"])
def test_where_the_one_responsible_has_left_the_host_is_reminded(
    how, found, partner_director, secretary, clock
):
    if how == "is closed out":
        partner_director.is_active = False
        partner_director.save()
    else:
        partner_director.memberships.get().delete()
    remind_on(clock, day(11, 20))
    assert [to for to, _ in sent()] == [secretary.email]
    assert f"Responsible: {partner_director.name}" in outbox.outbox[0].body


@pytest.mark.parametrize(
    "end",
    [
        lambda found, _: operations.report(
            follow_up=found, text="Gjort", is_done=True, by=None, at=NOW
        ),
        lambda found, _: operations.give_up(follow_up=found, reason="Nei", at=NOW),
        lambda found, _: operations.change(follow_up=found, deadline_date=date(2026, 6, 1)),
        lambda found, other: operations.change(follow_up=found, user=other),
    ],
)
def test_a_claimed_reminder_that_is_needless_is_not_sent(
    end, found, cooperation, partner, partner_director, clock
):
    other = person(cooperation=cooperation, municipality=partner, role=Role.MEDICAL_OFFICER)
    clock.move_to(day(11, 20))
    (claimed,) = reminders.claim(at=day(11, 20))

    end(found, other)
    tasks.send_reminder(reminder_id=claimed)

    assert sent() == []


def test_a_mail_server_that_is_away_leaves_the_reminder_to_be_sent(found, clock, monkeypatch):
    def away(**_):
        raise MailRefused(permanent=False, code=None)

    clock.move_to(day(11, 20))
    with monkeypatch.context() as patched:
        patched.setattr(reminders.letters, "send", away)
        with pytest.raises(Retry):
            tasks.remind()
    assert FollowUpReminder.objects.get().sent_at is None
    tasks.remind()
    assert len(sent()) == 1


def test_the_database_itself_lets_a_reminder_in_once(found, partner_director):
    row = {
        "follow_up": found,
        "kind": "before",
        "user": partner_director,
        "deadline_date": DEADLINE,
        "claimed_at": NOW,
    }
    FollowUpReminder.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUpReminder.objects.create(**row)
