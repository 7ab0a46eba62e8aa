"""A source falls silent: noticed once, told once to each leader, ended when it speaks again."""

import threading
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.db import connection
from kombu.exceptions import OperationalError

from callstats.feeds import operations as feeds
from callstats.feeds import queries, tasks
from callstats.feeds.models import FeedCursor, Source, SourceSilence
from legevakt.celery import app
from legevakt.lib import mail
from municipalities.rules import Role
from tests.conftest import NOW, person
from tests.factories.callstats import SourceFactory, TokenFactory
from tests.factories.municipalities import MembershipFactory, UserFactory
from tests.factories.webhooks import WebhookEndpointFactory

HOUR = timedelta(hours=1)


@pytest.fixture
def watched(source):
    """It is told as silent after an hour."""
    Source.objects.filter(pk=source.pk).update(silent_after_minutes=60)
    source.refresh_from_db()
    return source


@pytest.fixture
def endpoint(cooperation):
    return WebhookEndpointFactory(
        cooperation=cooperation, event_types=["source.silent", "source.resumed"]
    )


def told_types(endpoint) -> list[str]:
    return list(endpoint.messages.order_by("pk").values_list("event_type", flat=True))


@pytest.mark.usefixtures("clock")
def test_a_silence_is_noticed_once_and_told_to_webhooks(watched, heard, endpoint):
    heard(watched, NOW - 2 * HOUR)
    for _beat in range(2):
        tasks.watch_sources()
    silence = SourceSilence.objects.get()
    assert (silence.last_seen_at, silence.noticed_at) == (NOW - 2 * HOUR, NOW)
    message = endpoint.messages.get()
    assert message.event_type == "source.silent"
    assert message.payload["data"] == {
        "source": "pbx",
        "last_seen_at": "2025-11-10T10:00:00Z",
    }


@pytest.mark.usefixtures("clock")
def test_each_leader_gets_one_mail_in_their_own_language(
    watched, heard, leader, host_director, cooperation, host
):
    person(cooperation=cooperation, municipality=host, role=Role.MEDICAL_OFFICER)
    other = UserFactory(email="second@alver.example", language="en")
    MembershipFactory(user=other, cooperation=cooperation, municipality=host, role=Role.LEADER)
    heard(watched, NOW - 2 * HOUR)
    for _beat in range(2):
        tasks.watch_sources()
    assert sorted(message.to[0] for message in outbox.outbox) == sorted([leader.email, other.email])
    message = outbox.outbox[0]
    assert message.subject == "Nothing comes from The exchange"
    assert "/telephony/sources/pbx/" in message.body
    assert "after 60 minutes" in message.body
    assert "11:00" in message.body, "the time is Norwegian"
    assert message.extra_headers["Content-Language"] == "en"


@pytest.mark.usefixtures("clock")
def test_what_is_within_its_time_is_not_silent(watched, heard):
    heard(watched, NOW - HOUR)
    tasks.watch_sources()
    assert not SourceSilence.objects.exists()


@pytest.mark.usefixtures("clock")
def test_a_system_that_only_asks_is_silent_though_its_token_is_used(watched, heard, used):
    heard(watched, NOW - 5 * HOUR)
    used(TokenFactory(source=watched), NOW - timedelta(minutes=5))
    tasks.watch_sources()
    assert SourceSilence.objects.get().last_seen_at == NOW - 5 * HOUR


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize(
    "nothing",
    [
        {"state": "failed", "error_code": "unmapped_queues"},
        {"state": "cancelled", "is_dry_run": True},
        {"state": "checked", "channel": "page"},
        {"state": "importing"},
        {"state": "completed_with_errors", "received": 3, "created": 0, "rejected": 3},
    ],
    ids=lambda nothing: nothing["state"],
)
def test_what_stored_nothing_is_no_sign_of_life(watched, heard, nothing):
    heard(watched, NOW - 5 * HOUR)
    heard(watched, NOW - timedelta(minutes=5), **nothing)
    tasks.watch_sources()
    assert SourceSilence.objects.get().last_seen_at == NOW - 5 * HOUR


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize(
    "something",
    [
        {"channel": "api"},
        {"channel": "page"},
        {"state": "completed_with_errors", "rejected": 2},
        {"received": 0, "created": 0},
    ],
    ids=str,
)
def test_what_was_stored_is_a_sign_of_life_from_when_it_ended(watched, heard, something):
    ended_at = NOW - timedelta(minutes=5)
    heard(watched, NOW - 5 * HOUR, finished_at=ended_at, **something)
    tasks.watch_sources()
    assert not SourceSilence.objects.exists()
    assert queries.last_seen_at(watched) == ended_at


@pytest.mark.usefixtures("clock")
def test_stored_event_lines_are_a_sign_of_life(watched, heard):
    heard(watched, NOW - 5 * HOUR)
    FeedCursor.objects.create(
        source=watched, line_sha256="0" * 64, event_at=NOW - 2 * HOUR, stored_at=NOW - HOUR
    )
    assert queries.last_seen_at(watched) == NOW - HOUR


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize(
    "change", [{"silent_after_minutes": None}, {"is_expected": False}], ids=str
)
def test_what_is_not_watched_is_never_silent(watched, heard, change):
    Source.objects.filter(pk=watched.pk).update(**change)
    heard(watched, NOW - 9 * HOUR)
    tasks.watch_sources()
    assert not SourceSilence.objects.exists()


@pytest.mark.usefixtures("clock")
def test_what_never_sent_and_what_is_only_tried_out_are_not_told(watched, heard):
    copy = feeds.copy_to_sandbox(source=watched, at=NOW)
    Source.objects.filter(pk=copy.pk).update(silent_after_minutes=60, is_expected=True)
    heard(copy, NOW - 9 * HOUR)
    tasks.watch_sources()
    assert not SourceSilence.objects.exists()


def test_a_silence_ends_when_something_is_heard(watched, heard, endpoint, clock):
    heard(watched, NOW - 2 * HOUR)
    tasks.watch_sources()
    clock.shift(HOUR)
    heard(watched, NOW + HOUR / 2)
    for _beat in range(2):
        tasks.watch_sources()
    assert SourceSilence.objects.get().ended_at == NOW + HOUR / 2
    assert told_types(endpoint) == ["source.silent", "source.resumed"]
    resumed = endpoint.messages.get(event_type="source.resumed").payload["data"]
    assert resumed["last_seen_at"] == "2025-11-10T12:30:00Z"

    clock.shift(3 * HOUR)
    tasks.watch_sources()
    assert SourceSilence.objects.count() == 2, "the next silence is another one"


@pytest.mark.usefixtures("clock")
def test_who_watches_no_more_ends_the_silence_without_a_word(watched, heard, endpoint):
    heard(watched, NOW - 2 * HOUR)
    tasks.watch_sources()
    Source.objects.filter(pk=watched.pk).update(silent_after_minutes=None)
    tasks.watch_sources()
    assert SourceSilence.objects.get().ended_at == NOW
    assert told_types(endpoint) == ["source.silent"]


@pytest.mark.usefixtures("clock")
def test_an_unreachable_mail_server_hides_no_silence_and_is_tried_again(
    watched, heard, leader, monkeypatch
):
    tries = []

    def send(**message):
        tries.append(message["message_id"])
        if len(tries) < 3:
            raise mail.MailRefused(permanent=False, code=None)

    monkeypatch.setattr(mail, "send", send)
    app.conf.task_eager_propagates = False  # a retry is no failure
    heard(watched, NOW - 2 * HOUR)
    tasks.watch_sources()
    assert SourceSilence.objects.count() == 1
    assert len(tries) == 3
    assert len(set(tries)) == 1


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize(
    "failure",
    [mail.MailRefused(permanent=True, code=550), mail.MailUnknown("lost"), mail.InvalidMail("x")],
    ids=lambda failure: type(failure).__name__,
)
def test_a_mail_that_cannot_be_sent_is_not_tried_for_ever(
    watched, heard, leader, monkeypatch, failure
):
    tries = []

    def send(**message):
        tries.append(message)
        raise failure

    monkeypatch.setattr(mail, "send", send)
    heard(watched, NOW - 2 * HOUR)
    tasks.watch_sources()
    assert len(tries) == 1


@pytest.mark.usefixtures("clock")
def test_nobody_is_told_of_a_silence_that_is_over(watched, heard, leader):
    silence = SourceSilence.objects.create(
        source=watched, last_seen_at=NOW - 2 * HOUR, noticed_at=NOW - HOUR, ended_at=NOW
    )
    tasks.tell_leader(silence_id=silence.pk, user_id=leader.pk)
    assert outbox.outbox == []


@pytest.mark.usefixtures("clock", "db")
def test_a_central_of_no_cooperation_has_nobody_to_tell(heard):
    source = SourceFactory(central__cooperation=None, silent_after_minutes=60)
    heard(source, NOW - 2 * HOUR)
    tasks.watch_sources()
    assert SourceSilence.objects.count() == 1
    assert outbox.outbox == []


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_notice_one_silence(watched, heard):
    heard(watched, NOW - 2 * HOUR)
    gate = threading.Barrier(4)

    def beat():
        gate.wait()
        try:
            feeds.watch(source=watched, at=NOW)
        finally:
            connection.close()

    beats = [threading.Thread(target=beat) for _ in range(4)]
    for each in beats:
        each.start()
    for each in beats:
        each.join()
    assert SourceSilence.objects.count() == 1


def test_what_no_broker_took_is_told_by_the_next_beat(watched, heard, leader, monkeypatch):
    def no_broker(**_):
        raise OperationalError

    heard(watched, NOW - 2 * HOUR)
    with monkeypatch.context() as away:
        away.setattr(tasks.tell_leader, "delay", no_broker)
        with pytest.raises(OperationalError):
            tasks.watch_sources()
    assert len(outbox.outbox) == 0
    for _ in range(2):
        tasks.watch_sources()
    assert len(outbox.outbox) == 1
