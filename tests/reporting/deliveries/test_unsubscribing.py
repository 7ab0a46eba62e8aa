"""Declining what is optional by the link in its mail, without a login."""

from datetime import timedelta
from email import message_from_bytes, policy
from urllib.parse import urlsplit

import pytest
from django.test import Client

from reporting.deliveries import operations as deliveries
from reporting.deliveries import unsubscribing
from reporting.deliveries.models import Declined, Delivery, DeliveryState
from reporting.deliveries.recipients import recipients
from tests.factories.reporting import AFTER_THE_YEAR, schedule
from tests.factories.reporting import letter as made_letter

NOW = AFTER_THE_YEAR + timedelta(days=40)


@pytest.fixture
def monthly(cooperation):
    """The monthly letter, to the directors and nobody else."""
    return schedule(cooperation, kind="monthly_letter", months_after=1, day=15, is_attached=False)


@pytest.fixture
def delivery(monthly, cooperation, host_director):
    """A monthly letter to the host's director."""
    letter = made_letter(cooperation=cooperation)
    (found,) = deliveries.release_letter(schedule=monthly, letter=letter, at=NOW)
    return found


@pytest.fixture
def url(delivery):
    return urlsplit(unsubscribing.link_to_decline(delivery)).path


@pytest.fixture
def strict():
    """A browser, or mail program, that is logged in nowhere and has no CSRF token."""
    return Client(enforce_csrf_checks=True)


def test_the_mail_offers_to_decline_with_one_click(smtp, delivery, settings):
    deliveries.send(delivery=delivery, at=NOW)
    message = message_from_bytes(smtp.inbox.received[0].as_bytes(), policy=policy.default)
    link = unsubscribing.link_to_decline(delivery)
    assert message["List-Unsubscribe"].replace("\n", "").replace(" ", "") == f"<{link}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"]
    assert delivery.email not in link
    assert link in message.get_body(["html"]).get_content()
    assert link in message.get_body(["plain"]).get_content().replace("\n", "")


def test_what_is_owed_to_all_cannot_be_declined(smtp, plan, report, strict):
    (owed,) = deliveries.release(schedule=plan, report=report, at=NOW)
    deliveries.send(delivery=owed, at=NOW)
    assert smtp.inbox.received[0]["List-Unsubscribe"] is None
    link = unsubscribing.link_to_decline(owed)
    assert strict.post(urlsplit(link).path).status_code == 404
    deliveries.decline(schedule=plan, email=owed.email, at=NOW)
    assert not Declined.objects.exists()


def test_looking_at_the_link_changes_nothing(strict, url):
    for method in (strict.get, strict.head):
        assert method(url).status_code == 200
    assert not Declined.objects.exists()


def test_one_click_declines_and_a_second_one_does_no_harm(strict, url, monthly, delivery):
    for _ in range(2):
        answer = strict.post(url, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert b"You do not receive this any more" in answer.content
    assert [row.email for row in Declined.objects.all()] == [delivery.email]
    assert recipients(monthly) == []


def test_it_is_wanted_again(strict, url, monthly, host_director):
    strict.post(url, {"wanted": "no"})
    assert b"You receive this again" in strict.post(url, {"wanted": "yes"}).content
    assert [each.user for each in recipients(monthly)] == [host_director]


def test_an_address_is_declined_in_capitals_too(monthly, host_director):
    deliveries.decline(schedule=monthly, email=host_director.email.upper(), at=NOW)
    assert recipients(monthly) == []


@pytest.mark.parametrize("token", ["1", "1:forged", ":", "x:y:z"])
def test_a_forged_link_is_not_found(strict, delivery, token):
    for method in (strict.get, strict.post):
        assert method(f"/deliveries/unsubscribe/{token}").status_code == 404
    assert not Declined.objects.exists()


def test_a_link_of_another_delivery_does_not_fit(strict, delivery, url):
    signature = url.rpartition(":")[2]
    wrong = f"/deliveries/unsubscribe/{delivery.pk + 1}:{signature}"
    assert strict.post(wrong).status_code == 404


def test_the_page_tells_nothing_that_the_mail_did_not(strict, url, delivery):
    told = strict.get(url).content.decode()
    assert delivery.email not in told
    assert delivery.recipient.name not in told


def test_a_complaint_about_what_is_optional_declines_it(delivery, monthly):
    Delivery.objects.update(state=DeliveryState.SENT, sent_at=NOW)
    deliveries.note(delivery=delivery, state=DeliveryState.COMPLAINED, at=NOW)
    assert monthly.declined.count() == 1


@pytest.mark.parametrize("language", ["nn", "nb", "en"])
def test_the_page_is_in_the_language_of_the_mail(strict, url, language):
    Delivery.objects.update(language=language)
    assert strict.get(url).status_code == 200
