"""Those responsible are reminded once before, and once after."""

import threading
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest
from celery.exceptions import Retry
from django.core import mail as outbox
from django.db import connection
from django.utils import timezone
from kombu.exceptions import OperationalError

from legevakt.lib.mail import MailRefused
from municipalities.access.rules import Role
from municipalities.obligations import operations, reminders, tasks
from municipalities.obligations.models import Due, Reminder
from tests.conftest import person
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory, UserFactory
from tests.factories.obligations import due, obligation


def day(month, number):
    return datetime(2025, month, number, 7, tzinfo=UTC)


def sent():
    return [(message.to[0], message.subject) for message in outbox.outbox]


def test_one_before_the_deadline_and_one_when_it_has_passed(cooperation, leader, clock):
    found = due(cooperation=cooperation)
    for moment in (day(11, 8), day(11, 9), day(11, 30), day(12, 1), day(12, 20)):
        clock.move_to(moment)
        for _beat in range(2):
            tasks.remind()
    assert sent() == [
        (leader.email, "Due 30 November 2025: Drill"),
        (leader.email, "Overdue: Drill"),
    ]
    assert f"/agreement/nordhordland/obligations/due/{found.pk}/" in outbox.outbox[0].body
    assert list(Reminder.objects.order_by("pk").values_list("sent_at", flat=True)) == [
        day(11, 9),
        day(12, 1),
    ]


def test_nobody_is_reminded_too_early(cooperation, leader, clock):
    due(cooperation=cooperation)
    clock.move_to(day(11, 8))
    tasks.remind()
    assert sent() == []


@pytest.mark.parametrize("what", ["kept", "waived"])
def test_what_is_kept_or_waived_needs_no_reminder(what, cooperation, leader, clock):
    found = due(cooperation=cooperation)
    row = Reminder.objects.create(due=found, kind="before", user=leader, claimed_at=timezone.now())
    if what == "kept":
        operations.hand_in_for(
            due=found, title="Minutes", on=day(11, 1).date(), by=leader, at=timezone.now()
        )
    else:
        operations.waive(due=found, reason="Storm.")
    tasks.remind()
    tasks.send_reminder(reminder_id=row.pk)
    assert sent() == []


def test_the_hosts_people_are_reminded_also_of_what_is_with_each_participant(
    cooperation, partner, leader, clock
):
    fedjes = UserFactory()
    MembershipFactory(
        user=fedjes, cooperation=cooperation, municipality=partner, role=Role.MEDICAL_OFFICER
    )
    alvers = UserFactory(language="nn", email="lege@alver.example")
    MembershipFactory(user=alvers, cooperation=cooperation, role=Role.MEDICAL_OFFICER)
    due(cooperation=cooperation, scope="each_partner", responsible="medical_officer")
    tasks.remind()
    (message,) = outbox.outbox
    assert message.to == [alvers.email]
    assert message.extra_headers["Content-Language"] == "nn"
    assert "Drill: Fedje" in message.subject


def test_where_nobody_has_the_role_those_who_follow_up_are_reminded(
    cooperation, leader, secretary, clock
):
    due(cooperation=cooperation, responsible="controller")
    tasks.remind()
    assert {to for to, _ in sent()} == {leader.email, secretary.email}


def test_without_a_broker_the_next_beat_sends(cooperation, leader, clock, monkeypatch):
    def no_broker(**_):
        raise OperationalError

    due(cooperation=cooperation)
    with monkeypatch.context() as away:
        away.setattr(tasks.send_reminder, "delay", no_broker)
        tasks.remind()
    assert (Reminder.objects.get().sent_at, sent()) == (None, [])
    clock.shift(86_400)
    tasks.remind()
    assert len(sent()) == 1


def test_a_mail_server_that_is_away_leaves_the_reminder_to_be_sent(
    cooperation, leader, clock, monkeypatch
):
    def away(**_):
        raise MailRefused(permanent=False, code=None)

    due(cooperation=cooperation)
    with monkeypatch.context() as patched:
        patched.setattr(reminders.letters, "send", away)
        with pytest.raises(Retry):
            tasks.remind()
    assert Reminder.objects.get().sent_at is None
    tasks.remind()
    assert len(sent()) == 1


def test_a_hundred_dues_are_claimed_in_few_queries(
    cooperation, leader, clock, django_assert_max_num_queries
):
    partners = [MunicipalityFactory() for _ in range(7)]
    for each in partners:
        cooperation.participants.create(municipality=each, joined_date=day(1, 1).date())
    obligation(cooperation=cooperation, scope="each_partner", due_days=["11-15", "11-30"])
    assert Due.objects.count() == 16
    with django_assert_max_num_queries(8):
        assert len(reminders.claim(at=timezone.now())) == 16


@pytest.mark.django_db(transaction=True)
def test_beats_at_once_send_one(cooperation, leader, clock):
    due(cooperation=cooperation)
    gate = threading.Barrier(4)

    def beat():
        try:
            gate.wait()
            tasks.remind()
        finally:
            connection.close()

    running = [threading.Thread(target=beat) for _ in range(4)]
    for each in running:
        each.start()
    for each in running:
        each.join()
    assert len(sent()) == 1


@pytest.mark.broker
@pytest.mark.django_db(transaction=True, serialized_rollback=False)
def test_the_reminder_arrives_in_the_readers_language(
    cooperation, host, worker, mailbox, until, clock
):
    director = person(cooperation=cooperation, municipality=host, role=Role.HOST_DIRECTOR)
    director.language = "nn"
    director.save()
    found = due(
        cooperation=cooperation, title="Orientation of the mayors", responsible="host_director"
    )
    for _beat in range(2):
        tasks.remind.delay()
    until(lambda: Reminder.objects.filter(sent_at__isnull=False).count() == 1)
    tasks.remind.delay()
    until(lambda: len(mailbox.received) == 1)
    message = message_from_bytes(mailbox.received[0].content, policy=default)
    assert message["To"] == director.email
    assert "30. november 2025" in message["Subject"]
    text = message.get_body(("plain",)).get_content()
    assert f"/agreement/nordhordland/obligations/due/{found.pk}/" in text
