"""Who is told of what, and what of it is kept."""

import threading
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from municipalities.cooperations.models import Cooperation
from municipalities.operations import emit
from municipalities.rules import EventType
from municipalities.webhooks import operations, queries
from municipalities.webhooks.models import MessageState, WebhookEndpoint, WebhookMessage
from tests.factories.municipalities import CooperationFactory
from tests.factories.webhooks import WebhookEndpointFactory, WebhookMessageFactory

AT = datetime(2025, 11, 10, 12, 0, tzinfo=UTC)
IMPORT = UUID("018f2b6e-8a7b-7c3e-9d43-4b8f8d1c2a10")


def told(cooperation, event_type=EventType.IMPORT_COMPLETED, **data):
    return emit(cooperation=cooperation, event_type=event_type, data=data, at=AT)


def test_each_active_webhook_that_asked_is_told_in_a_message_of_its_own(cooperation):
    first = WebhookEndpointFactory(cooperation=cooperation)
    second = WebhookEndpointFactory(cooperation=cooperation, event_types=["import.completed"])
    WebhookEndpointFactory(cooperation=cooperation, event_types=["source.silent"])
    WebhookEndpointFactory(cooperation=cooperation, is_active=False)
    WebhookEndpointFactory(cooperation=CooperationFactory())

    messages = told(cooperation, **{"import": IMPORT, "counts": {"received": 5}})

    assert [message.endpoint for message in messages] == [first, second]
    assert len({message.message_id for message in messages}) == 2
    stored = WebhookMessage.objects.get(pk=messages[0].pk)
    assert stored.message_id.startswith("msg_")
    assert stored.state == MessageState.PENDING
    assert stored.next_attempt_at == AT
    assert stored.give_up_at == AT + timedelta(days=3)
    assert stored.payload == {
        "type": "import.completed",
        "timestamp": "2025-11-10T12:00:00Z",
        "data": {"import": str(IMPORT), "counts": {"received": 5}},
    }


def test_what_is_rolled_back_is_not_told(endpoint, cooperation):
    with transaction.atomic():
        told(cooperation)
        transaction.set_rollback(True)
    assert not WebhookMessage.objects.exists()


def test_where_nobody_asked_nobody_is_told(cooperation):
    assert told(cooperation) == []
    assert told(None) == []


def test_an_event_that_is_not_in_the_contract_is_an_error(endpoint, cooperation):
    with pytest.raises(ValueError, match="unheard"):
        told(cooperation, "unheard.of")


def test_a_webhook_keeps_its_events_once_and_in_order(cooperation, leader):
    made = operations.add_endpoint(
        cooperation=cooperation,
        url="https://receiver.example/",
        event_types=["source.silent", "import.completed", "source.silent"],
        by=leader,
        at=AT,
    )
    assert made.event_types == ["import.completed", "source.silent"]


def test_the_database_keeps_no_webhook_without_events(db):
    with pytest.raises(IntegrityError, match="webhook_asks_for_something"):
        WebhookEndpointFactory(event_types=[])


def test_a_change_is_kept_in_the_history(endpoint):
    operations.change_endpoint(
        endpoint=endpoint, url="https://new.example/", event_types=["source.silent"]
    )
    pk = endpoint.pk
    operations.delete_endpoint(endpoint)

    history = WebhookEndpoint.pgh_event_model.objects.filter(pgh_obj_id=pk).order_by("pgh_id")
    assert [each.pgh_label for each in history] == ["insert", "update", "delete"]
    assert history[1].url == "https://new.example/"


def test_a_new_secret_lets_the_former_sign_for_a_day(endpoint):
    former = queries.current_secret(endpoint)
    renewed = operations.renew_secret(endpoint=endpoint, at=AT)
    new = queries.current_secret(renewed)

    assert new != former
    assert queries.signing_secrets(renewed, at=AT) == [new, former]
    nearly = AT + timedelta(hours=24) - timedelta(seconds=1)
    assert queries.signing_secrets(renewed, at=nearly) == [new, former]
    assert queries.signing_secrets(renewed, at=AT + timedelta(hours=24)) == [new]


def test_no_secret_is_stored(endpoint):
    secret = queries.current_secret(endpoint).removeprefix("whsec_")
    row = WebhookEndpoint.objects.filter(pk=endpoint.pk).values().get()
    assert secret not in str(row)


@pytest.mark.parametrize("state", MessageState.values)
def test_a_message_can_be_sent_again_with_its_id_and_three_new_days(state, endpoint):
    message = WebhookMessageFactory(endpoint=endpoint, state=state, attempts=7)
    again = operations.send_again(message=message, at=AT)

    assert again.message_id == message.message_id
    assert (again.state, again.attempts, again.next_attempt_at) == (MessageState.PENDING, 0, AT)
    assert again.give_up_at == AT + timedelta(days=3)
    assert again.delivered_at is None


def test_nothing_is_sent_by_hand_to_a_webhook_that_is_paused(endpoint):
    message = WebhookMessageFactory(endpoint=endpoint)
    operations.pause(endpoint)

    with pytest.raises(operations.WebhookIsPaused):
        operations.send_again(message=message, at=AT)
    with pytest.raises(operations.WebhookIsPaused):
        operations.send_test(endpoint=endpoint, at=AT)


def test_messages_wait_while_a_webhook_is_paused(endpoint):
    message = WebhookMessageFactory(endpoint=endpoint)
    operations.pause(endpoint)
    assert queries.endpoints_due(at=AT) == []
    assert queries.next_message(endpoint_id=endpoint.pk, at=AT) is None
    operations.resume(endpoint)
    assert queries.endpoints_due(at=AT) == [endpoint.pk]
    assert queries.next_message(endpoint_id=endpoint.pk, at=AT) == message


def test_deleting_twice_does_no_harm(endpoint):
    twin = WebhookEndpoint.objects.get(pk=endpoint.pk)
    operations.delete_endpoint(endpoint)
    operations.delete_endpoint(twin)


def test_telling_costs_two_queries_however_many_are_told(
    cooperation, leader, django_assert_num_queries
):
    WebhookEndpointFactory.create_batch(5, cooperation=cooperation, created_by=leader)
    with transaction.atomic(), django_assert_num_queries(2):
        told(cooperation)


def in_thread(work):
    """Start the work with a connection of its own."""

    def run():
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


@pytest.mark.django_db(transaction=True)
def test_a_webhook_that_is_deleted_meanwhile_undoes_no_import(endpoint, cooperation):
    with transaction.atomic():
        [message] = told(cooperation)
        deleting = in_thread(lambda: operations.delete_endpoint(endpoint))
        while deleting.is_alive() and not waits_for_a_lock():
            deleting.join(0.01)
        assert deleting.is_alive(), "it waits for what is told"
        CooperationFactory(slug="imported")
    deleting.join()
    assert Cooperation.objects.filter(slug="imported").exists()
    assert not WebhookEndpoint.objects.exists()
    assert not WebhookMessage.objects.filter(pk=message.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_two_imports_tell_the_same_webhook_at_once(endpoint, cooperation):
    with transaction.atomic():
        told(cooperation)
        other = in_thread(lambda: told(cooperation))
        other.join(30)
        assert not other.is_alive()
    assert endpoint.messages.count() == 2


def test_the_log_is_shortened_by_age(endpoint):
    old, young = WebhookMessageFactory.create_batch(2, endpoint=endpoint)
    WebhookMessage.objects.filter(pk=young.pk).update(created_at=AT)

    assert operations.delete_messages(before_at=AT) == 1
    assert list(WebhookMessage.objects.all()) == [young]
    assert old != young
