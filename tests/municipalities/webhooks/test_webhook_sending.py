"""Messages on their way to a real receiver, which checks them as its library does."""

import json
import socket
import threading
from datetime import UTC, datetime, timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection
from standardwebhooks import Webhook, WebhookVerificationError

from legevakt.lib import locks
from municipalities.operations import emit
from municipalities.rules import EventType
from municipalities.webhooks import operations, queries, sending, tasks
from municipalities.webhooks.models import MessageState, WebhookEndpoint, WebhookMessage
from tests.factories.webhooks import WebhookEndpointFactory, WebhookMessageFactory

START = datetime(2025, 11, 10, 12, 0, tzinfo=UTC)


@pytest.fixture
def beat(clock, django_capture_on_commit_callbacks):
    """`beat(at)` runs the half minute's task at the moment."""

    def run(at=START):
        clock.move_to(at)
        with django_capture_on_commit_callbacks(execute=True):
            tasks.send_due()

    return run


@pytest.fixture
def message(endpoint):
    """A message that was made at the start."""
    return WebhookMessageFactory(
        endpoint=endpoint,
        created_at=START,
        next_attempt_at=START,
        give_up_at=START + timedelta(days=3),
    )


def state_of(message):
    message.refresh_from_db()
    return message.state


def test_a_receiver_verifies_the_message_with_the_standards_library(
    endpoint, receiver, cooperation, beat
):
    data = {"import": "a", "source": "pbx", "counts": {"received": 5}, "affected_periods": []}
    [message] = emit(
        cooperation=cooperation, event_type=EventType.IMPORT_COMPLETED, data=data, at=START
    )
    beat()

    [(headers, body)] = receiver.got
    told = Webhook(queries.current_secret(endpoint)).verify(body, headers)
    assert told == {"type": "import.completed", "timestamp": "2025-11-10T12:00:00Z", "data": data}
    assert headers["webhook-id"] == message.message_id
    assert headers["content-type"] == "application/json"
    assert state_of(message) == MessageState.DELIVERED
    assert (message.last_status, message.attempts, message.delivered_at) == (204, 1, START)


def test_a_changed_body_or_another_secret_is_seen_through(endpoint, receiver, message, beat):
    beat()
    [(headers, body)] = receiver.got
    secret = queries.current_secret(endpoint)
    other = queries.current_secret(operations.renew_secret(endpoint=endpoint, at=START))
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body + b" ", headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(other).verify(body, headers)


def test_for_a_day_both_secrets_verify(endpoint, receiver, message, beat):
    former = queries.current_secret(endpoint)
    new = queries.current_secret(operations.renew_secret(endpoint=endpoint, at=START))
    beat()
    [(headers, body)] = receiver.got
    for secret in (former, new):
        assert Webhook(secret).verify(body, headers)["type"] == "import.completed"


def test_each_attempt_has_the_same_id_and_body_and_a_signature_of_its_own(
    endpoint, receiver, message, beat
):
    receiver.answers = [500, 503, 204]
    moments = [START, START + timedelta(seconds=5), START + timedelta(minutes=5, seconds=5)]
    for moment in moments:
        beat(moment)
        headers, body = receiver.got[-1]
        Webhook(queries.current_secret(endpoint)).verify(body, headers)

    assert len({body for _, body in receiver.got}) == 1
    assert {headers["webhook-id"] for headers, _ in receiver.got} == {message.message_id}
    stamps = [int(headers["webhook-timestamp"]) for headers, _ in receiver.got]
    assert stamps == [int(moment.timestamp()) for moment in moments]
    assert state_of(message) == MessageState.DELIVERED
    assert message.attempts == 3


def test_between_the_attempts_nothing_is_sent(receiver, message, beat):
    receiver.answers = [500]
    beat()
    beat(START + timedelta(seconds=4))
    assert len(receiver.got) == 1
    assert state_of(message) == MessageState.PENDING
    assert (message.last_status, message.last_error) == (500, "status")


def test_after_three_days_it_is_given_up(receiver, message, beat):
    receiver.answers = [500] * 100
    tried, at = 0, START
    while state_of(message) == MessageState.PENDING:
        at = message.next_attempt_at
        beat(at)
        tried += 1
    assert tried == len(receiver.got) == message.attempts == 12
    assert at == START + timedelta(days=3)
    assert state_of(message) == MessageState.FAILED
    beat(START + timedelta(days=4))
    assert len(receiver.got) == 12


def test_a_receiver_that_is_gone_pauses_the_webhook(endpoint, receiver, message, beat):
    waiting = WebhookMessageFactory(endpoint=endpoint, next_attempt_at=START + timedelta(seconds=9))
    receiver.answers = [410]
    beat()

    endpoint.refresh_from_db()
    assert (endpoint.is_active, endpoint.gone_at) == (False, START)
    assert state_of(message) == MessageState.FAILED
    beat(START + timedelta(minutes=1))
    assert len(receiver.got) == 1
    assert state_of(waiting) == MessageState.PENDING


def test_a_redirect_is_an_answer_that_delivers_nothing(receiver, message, beat):
    receiver.answers = [307]
    receiver.answer_headers = {"Location": receiver.url + "/elsewhere"}
    beat()
    assert receiver.paths == ["/hooks"]
    assert (state_of(message), message.last_status) == (MessageState.PENDING, 307)


def test_a_private_receiver_is_not_called_unless_the_installation_allows_it(
    receiver, message, beat, settings
):
    settings.WEBHOOKS_MAY_BE_PRIVATE = False
    WebhookEndpoint.objects.update(url=f"https://127.0.0.1:{receiver.server_port}/")
    beat()
    assert receiver.got == []
    assert (state_of(message), message.last_error) == (MessageState.PENDING, "private_address")
    assert message.last_status is None


def test_a_receiver_that_cannot_be_reached_is_tried_again(message, receiver, beat):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        WebhookEndpoint.objects.update(url=f"http://127.0.0.1:{nobody.getsockname()[1]}/")
        beat()
    assert (state_of(message), message.last_error) == (MessageState.PENDING, "no_connection")
    assert message.next_attempt_at == START + timedelta(seconds=5)


def test_a_worker_that_dies_has_counted_its_attempt(message, clock):
    clock.move_to(START)

    def dies(**_):
        raise SystemExit

    with pytest.raises(SystemExit):
        sending.send(message=message, at=START, post=dies)
    assert state_of(message) == MessageState.PENDING
    assert (message.attempts, message.next_attempt_at) == (1, START + timedelta(seconds=5))


def test_what_was_sent_again_while_it_was_on_its_way_is_sent_again(message):
    def meanwhile(**_):
        operations.send_again(message=message, at=START + timedelta(seconds=1))
        return 204

    sending.send(message=message, at=START, post=meanwhile)
    assert (state_of(message), message.attempts) == (MessageState.PENDING, 0)


def test_a_webhook_that_is_deleted_meanwhile_does_no_harm(message, endpoint):
    def meanwhile(**_):
        WebhookEndpoint.objects.all().delete()
        return 410

    assert sending.send(message=message, at=START, post=meanwhile)
    assert not WebhookMessage.objects.exists()


def test_a_slow_receiver_has_one_message_at_a_time(message, endpoint):
    other = WebhookMessageFactory(endpoint=endpoint, next_attempt_at=START)
    taken = []

    def slow(**_):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
        return 204

    def second():
        with locks.only_one(f"webhook {other.endpoint_id}") as got:
            taken.append(got)
        connection.close()

    sending.send(message=message, at=START, post=slow)
    assert taken == [False]


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_the_same_moment_send_it_once(message, receiver, clock):
    clock.move_to(START)
    start = threading.Barrier(2)

    def beat():
        start.wait(30)
        tasks.send_due()
        connection.close()

    threads = [threading.Thread(target=beat) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receiver.got) == 1
    assert state_of(message) == MessageState.DELIVERED


def waiting(endpoint, count):
    """So many messages that are due at the start."""
    return WebhookMessageFactory.create_batch(
        count, endpoint=endpoint, next_attempt_at=START, give_up_at=START + timedelta(days=3)
    )


def test_what_waits_for_one_webhook_is_sent_in_a_row(endpoint, receiver, beat):
    messages = waiting(endpoint, 30)
    beat()
    assert [headers["webhook-id"] for headers, _ in receiver.got] == [
        message.message_id for message in messages
    ]


def test_a_dead_webhook_keeps_no_other_waiting(endpoint, receiver, cooperation, leader, beat):
    dead = WebhookEndpointFactory(cooperation=cooperation, created_by=leader)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        WebhookEndpoint.objects.filter(pk=dead.pk).update(
            url=f"http://127.0.0.1:{nobody.getsockname()[1]}/"
        )
        waiting(dead, 600)
        message = waiting(endpoint, 1)[0]
        WebhookMessage.objects.filter(pk=message.pk).update(
            next_attempt_at=START + timedelta(seconds=1)
        )
        beat(START + timedelta(seconds=1))
    assert state_of(message) == MessageState.DELIVERED
    assert dead.messages.filter(attempts__gt=0).count() == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_receiver_in_trouble_is_asked_once_and_then_rests(endpoint, receiver, beat, status):
    waiting(endpoint, 5)
    receiver.answers = [status] * 9
    at = START
    for seconds in (0, 4, 5, 5 + 299, 5 + 300):
        at = START + timedelta(seconds=seconds)
        beat(at)
    assert len(receiver.got) == 3, "at once, after 5 s, after 5 min; and no other message between"
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1
    receiver.answers = []
    beat(at + timedelta(minutes=5))
    assert len({headers["webhook-id"] for headers, _ in receiver.got[3:]}) == 4


def test_a_message_that_is_not_taken_keeps_no_other_waiting(endpoint, receiver, beat):
    waiting(endpoint, 3)
    receiver.answers = [400]
    beat()
    assert len(receiver.got) == 3
    assert endpoint.messages.filter(state=MessageState.DELIVERED).count() == 2


def test_a_worker_leaves_a_webhook_after_its_time(endpoint, receiver):
    waiting(endpoint, 3)
    moments = iter([START, START + timedelta(seconds=19), START + timedelta(seconds=20)])
    sending.send_waiting(
        endpoint_id=endpoint.pk, now=lambda: next(moments), until=START + tasks.ROUND
    )
    assert len(receiver.got) == 2


def test_an_answer_that_never_ends_lets_the_webhook_rest(endpoint, beat, monkeypatch):
    def never_ends(**_):
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(tasks.webhooks, "send_waiting", never_ends)
    messages = waiting(endpoint, 3)
    beat()
    for message in messages:
        message.refresh_from_db()
        assert message.next_attempt_at == START + timedelta(minutes=5)


def test_a_task_for_a_message_that_is_gone_does_nothing(db):
    tasks.send(message_id=123)


def test_the_nightly_task_deletes_what_is_a_month_old(message, clock):
    clock.move_to(START + timedelta(days=30))
    tasks.delete_old()
    assert WebhookMessage.objects.exists()
    clock.move_to(START + timedelta(days=30, seconds=1))
    tasks.delete_old()
    assert not WebhookMessage.objects.exists()


def test_the_body_holds_only_what_the_event_tells(receiver, message, beat):
    beat()
    [(_, body)] = receiver.got
    assert set(json.loads(body)) == {"type", "timestamp", "data"}
