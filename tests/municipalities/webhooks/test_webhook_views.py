"""The pages: setting up, the secret once, the log, and what is done by hand."""

import re
import socket

import pytest
from django.urls import reverse
from kombu.exceptions import OperationalError
from standardwebhooks import Webhook

from municipalities.access.rules import Role
from municipalities.webhooks import queries, tasks
from municipalities.webhooks.models import MessageState, WebhookEndpoint, WebhookMessage
from tests.factories.municipalities import CooperationFactory, MembershipFactory
from tests.factories.webhooks import WebhookEndpointFactory, WebhookMessageFactory

ADD = {"url": "https://receiver.example/hooks", "event_types": ["import.completed"]}
SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]+")
POSTED = (
    "webhook_change",
    "webhook_renew_secret",
    "webhook_send_test",
    "webhook_pause",
    "webhook_resume",
    "webhook_delete",
)


@pytest.fixture
def browser(as_person, leader):
    return as_person(leader)


@pytest.fixture
def names(monkeypatch):
    """`names(addresses)`: every name leads there, and no resolver is asked."""

    def lead_to(*addresses):
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: told(addresses))

    def told(addresses):
        if not addresses:
            raise OSError("no such name")
        return [(None, None, None, "", (each, 443)) for each in addresses]

    return lead_to


def page(browser, endpoint) -> str:
    return browser.get(reverse("webhook", args=[endpoint.pk])).content.decode()


def act(browser, name, pk, **data) -> str:
    """Post, follow to the page, and what it says."""
    answer = browser.post(reverse(name, args=[pk]), data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """Inside `with sent():` what is queued is sent at once."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_an_empty_list_says_what_to_do_next(browser, cooperation):
    told = browser.get(reverse("webhooks")).content.decode()
    assert "No webhooks yet" in told
    assert reverse("webhook_add", args=[cooperation.slug]) in told


def test_a_webhook_is_added_and_its_secret_shown_once(browser, cooperation, leader):
    answer = browser.post(reverse("webhook_add", args=[cooperation.slug]), ADD, follow=True)
    endpoint = WebhookEndpoint.objects.get()

    assert SECRET.search(answer.content.decode())[0] == queries.current_secret(endpoint)
    assert "no-store" in answer["Cache-Control"]
    assert not SECRET.search(page(browser, endpoint))
    assert (endpoint.url, endpoint.event_types) == (ADD["url"], ADD["event_types"])
    assert (endpoint.cooperation, endpoint.created_by) == (cooperation, leader)
    assert ADD["url"] in browser.get(reverse("webhooks")).content.decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"url": "http://receiver.example/"}, "must begin with https://"),
        ({"url": "https://me:word@receiver.example/"}, "Leave name and password out"),
        ({"url": "https://receiver.example:25/"}, "Use port 443"),
        ({"url": "receiver"}, "Write a whole address"),
        ({"url": "https://receiver.example/" + "a" * 500}, "at most 500 characters"),
        ({"event_types": []}, "This field is required"),
        ({"event_types": ["unheard.of"]}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_refused_in_words(browser, cooperation, data, words):
    answer = browser.post(reverse("webhook_add", args=[cooperation.slug]), ADD | data)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not WebhookEndpoint.objects.exists()


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/hook",
        "https://localhost/hook",
        "https://hooks.localhost./hook",
        "https://192.168.1.4/h",
        "https://[::1]/hook",
        "https://2130706433/hook",
    ],
)
def test_an_address_in_a_private_network_is_refused_in_words(browser, cooperation, url, settings):
    add = reverse("webhook_add", args=[cooperation.slug])
    answer = browser.post(add, ADD | {"url": url})
    assert answer.status_code == 422
    assert "leads into a private network" in answer.content.decode()
    assert not WebhookEndpoint.objects.exists()

    settings.WEBHOOKS_MAY_BE_PRIVATE = True
    assert browser.post(add, ADD | {"url": url}).status_code == 302


@pytest.mark.parametrize(
    ("addresses", "status"),
    [(["1.1.1.1"], 302), (["1.1.1.1", "10.0.0.4"], 422), (["fd00::4"], 422), ([], 302)],
)
def test_a_name_is_refused_when_it_leads_into_a_private_network(
    browser, cooperation, names, addresses, status
):
    names(*addresses)
    answer = browser.post(reverse("webhook_add", args=[cooperation.slug]), ADD)
    assert answer.status_code == status
    assert WebhookEndpoint.objects.exists() == (status == 302)


def test_the_list_says_whose_last_attempt_failed(browser, cooperation):
    endpoint = WebhookEndpointFactory(cooperation=cooperation)
    words = "the last attempt failed"
    WebhookMessageFactory(endpoint=endpoint, attempts=1, last_status=503, last_error="status")
    WebhookMessageFactory(endpoint=endpoint)  # it waits, and has not been tried
    assert words in browser.get(reverse("webhooks")).content.decode()

    WebhookMessageFactory(endpoint=endpoint, attempts=1, last_status=204)
    assert words not in browser.get(reverse("webhooks")).content.decode()


def test_address_and_events_are_changed_and_the_secret_stays(browser, endpoint):
    before = queries.current_secret(endpoint)
    shown = browser.get(reverse("webhook_change", args=[endpoint.pk])).content.decode()
    assert endpoint.url in shown
    assert shown.count("checked") == len(endpoint.event_types)

    told = act(browser, "webhook_change", endpoint.pk, **ADD)
    assert "The webhook is changed." in told
    endpoint.refresh_from_db()
    assert (endpoint.url, endpoint.event_types) == (ADD["url"], ADD["event_types"])
    assert queries.current_secret(endpoint) == before


def test_a_new_secret_is_shown_once_and_the_overlap_told(browser, endpoint):
    former = queries.current_secret(endpoint)
    told = act(browser, "webhook_renew_secret", endpoint.pk)
    endpoint.refresh_from_db()

    assert SECRET.search(told)[0] == queries.current_secret(endpoint) != former
    assert "the former one signs as well until" in told
    assert not SECRET.search(page(browser, endpoint))


def test_a_test_event_arrives_signed_and_stands_in_the_log(browser, endpoint, receiver, sent):
    with sent():
        act(browser, "webhook_send_test", endpoint.pk)

    [(headers, body)] = receiver.got
    told = Webhook(queries.current_secret(endpoint)).verify(body, headers)
    assert (told["type"], told["data"]) == ("webhook.test", {"webhook": endpoint.pk})
    log = page(browser, endpoint)
    assert headers["webhook-id"] in log
    assert "delivered" in log
    assert "HTTP 204" in log
    assert "a test event" in log
    assert "webhook.test" not in log


def test_the_log_tells_why_a_message_did_not_arrive(browser, endpoint):
    WebhookMessageFactory(endpoint=endpoint, attempts=2, last_error="certificate")
    WebhookMessageFactory(
        endpoint=endpoint, state="failed", attempts=12, last_status=503, last_error="status"
    )
    log = page(browser, endpoint)
    assert "certificate is not valid" in log
    assert "HTTP 503: the receiver did not take it" in log
    assert "failed" in log


def test_a_message_that_failed_is_sent_again_by_hand(browser, endpoint, receiver, sent):
    message = WebhookMessageFactory(endpoint=endpoint, state="failed", attempts=12)
    with sent():
        told = act(browser, "webhook_send_again", message.pk)

    assert "on its way" in told
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.DELIVERED, 1)
    assert receiver.got[0][0]["webhook-id"] == message.message_id


def test_without_a_broker_the_pages_answer_and_the_beat_sends(
    browser, endpoint, receiver, sent, monkeypatch
):
    def broker_is_down(**_):
        raise OperationalError("no broker")

    failed = WebhookMessageFactory(endpoint=endpoint, state="failed", attempts=12)
    with monkeypatch.context() as away:
        away.setattr(tasks.send, "apply_async", broker_is_down)
        with sent():
            assert "on its way" in act(browser, "webhook_send_test", endpoint.pk)
        with sent():
            assert "on its way" in act(browser, "webhook_send_again", failed.pk)
    assert receiver.got == []
    with sent():
        tasks.send_due()
    assert len(receiver.got) == 2


def test_a_paused_webhook_sends_nothing_until_it_is_resumed(browser, endpoint, receiver, sent):
    message = WebhookMessageFactory(endpoint=endpoint)
    with sent():
        assert "is paused" in act(browser, "webhook_pause", endpoint.pk)
        assert "Resume it first" in act(browser, "webhook_send_test", endpoint.pk)
        assert "Resume it first" in act(browser, "webhook_send_again", message.pk)
    assert receiver.got == []
    with sent():
        act(browser, "webhook_resume", endpoint.pk)
        act(browser, "webhook_send_again", message.pk)
    assert len(receiver.got) == 1


def test_a_receiver_that_is_gone_is_told_of_and_can_be_resumed(browser, endpoint, receiver, sent):
    receiver.answers = [410]
    with sent():
        act(browser, "webhook_send_test", endpoint.pk)
    assert "It answered 410 Gone" in page(browser, endpoint)

    act(browser, "webhook_resume", endpoint.pk)
    assert "410 Gone" not in page(browser, endpoint)


def test_a_webhook_is_deleted_after_it_was_asked(browser, endpoint):
    WebhookMessageFactory(endpoint=endpoint)
    asked = browser.get(reverse("webhook_delete", args=[endpoint.pk])).content.decode()
    assert endpoint.url in asked
    assert WebhookEndpoint.objects.exists()

    assert "The webhook is deleted." in act(browser, "webhook_delete", endpoint.pk)
    assert not WebhookEndpoint.objects.exists()
    assert not WebhookMessage.objects.exists()


def test_a_leader_of_another_cooperation_finds_nothing(as_person, endpoint, cooperation):
    other = MembershipFactory(cooperation=CooperationFactory(), role=Role.LEADER).user
    browser, message = as_person(other), WebhookMessageFactory(endpoint=endpoint)

    assert endpoint.url not in browser.get(reverse("webhooks")).content.decode()
    assert browser.get(reverse("webhook", args=[endpoint.pk])).status_code == 404
    added = browser.post(reverse("webhook_add", args=[cooperation.slug]), ADD)
    again = browser.post(reverse("webhook_send_again", args=[message.pk]))
    assert (added.status_code, again.status_code) == (404, 404)
    for name in POSTED:
        assert browser.post(reverse(name, args=[endpoint.pk]), ADD).status_code == 404, name


def test_who_may_not_set_up_feeds_finds_no_webhooks(
    as_person, endpoint, host_director, partner_director, controller, auditor, outsider
):
    for person in (host_director, partner_director, controller, auditor, outsider):
        browser = as_person(person)
        assert browser.get(reverse("webhooks")).status_code == 404
        assert browser.get(reverse("webhook", args=[endpoint.pk])).status_code == 404


def test_a_look_changes_nothing(browser, endpoint):
    for name in POSTED[1:-1]:
        assert browser.get(reverse(name, args=[endpoint.pk])).status_code == 405


@pytest.mark.parametrize("count", [1, 40])
def test_the_pages_cost_the_same_however_long_the_list(
    browser, cooperation, count, django_assert_max_num_queries
):
    endpoints = WebhookEndpointFactory.create_batch(count, cooperation=cooperation)
    WebhookMessageFactory.create_batch(count, endpoint=endpoints[0])
    for url in (reverse("webhooks"), reverse("webhook", args=[endpoints[0].pk])):
        with django_assert_max_num_queries(12):
            browser.get(url)
