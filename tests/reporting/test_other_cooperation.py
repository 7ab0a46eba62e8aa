"""What the leader of another cooperation finds of the first one's: nothing, on any page."""

import pytest
from django.urls import reverse

from legevakt.lib.outbox import read_outbox
from municipalities.rules import Role
from reporting.deliveries import operations as deliveries
from reporting.deliveries import tasks
from reporting.deliveries.models import Delivery, DeliveryState, Schedule
from reporting.models import AnnualReport
from tests.factories.municipalities import (
    CentralFactory,
    CooperationFactory,
    MembershipFactory,
    MunicipalityFactory,
    UserFactory,
)
from tests.factories.reporting import AFTER_THE_YEAR, calls_in_year, draft, issued, schedule

SECRETS = (
    "nordhordland",
    "Nordhordland",
    "Alver",
    "Fedje",
    "alver.example",
    "Kari Direktor",
)


@pytest.fixture
def first(cooperation, central, host_director, settings, clock):
    """Reports of two years, a draft, deliveries in every state, and a mail in the outbox."""
    clock.move_to(AFTER_THE_YEAR)
    settings.EMAIL_BACKEND = "legevakt.lib.outbox.OutboxBackend"
    cooperation.name, central.name, host_director.name = (
        "Nordhordland",
        "Nordhordland",
        "Kari Direktor",
    )
    for row in (cooperation, central, host_director):
        row.save()
    calls_in_year(central=central, months=(1,))
    calls_in_year(central=central, year=2024, months=(1,))
    report = issued(cooperation=cooperation, by=host_director)
    draft(cooperation=cooperation, year=2024, by=host_director)
    (delivery,) = deliveries.release(
        schedule=schedule(cooperation), report=report, at=AFTER_THE_YEAR
    )
    tasks.send_delivery(delivery_id=delivery.pk)
    assert len(read_outbox()) == 1
    return cooperation


@pytest.fixture
def stranger(db):
    """Leads a cooperation with its own central, schedule and nothing else."""
    host = MunicipalityFactory(number="1103", name="Stavanger")
    other = CooperationFactory(slug="rogaland", name="Rogaland", host=host)
    CentralFactory(slug="rogaland", name="Rogaland", cooperation=other)
    schedule(other)
    user = UserFactory(email="leader@stavanger.example")
    MembershipFactory(user=user, cooperation=other, municipality=host, role=Role.LEADER)
    return user


def test_no_list_of_another_leader_tells_of_the_first_cooperation(first, stranger, as_person):
    browser = as_person(stranger)
    for name in ("dashboard", "annual_reports", "deliveries", "outbox"):
        answer = browser.get(reverse(name))
        told = answer.content.decode()
        assert answer.status_code == 200, name
        assert [secret for secret in SECRETS if secret in told] == [], name
        assert "2024" not in told, name
    assert "Rogaland" in browser.get(reverse("dashboard")).content.decode()


def test_the_first_leader_does_see_them(first, leader, as_person):
    browser = as_person(leader)
    for name in ("dashboard", "annual_reports", "deliveries", "outbox"):
        assert "Nordhordland" in browser.get(reverse(name)).content.decode(), name


def pages():
    """Every page of the first cooperation that is read."""
    yield reverse("dashboard") + "?cooperation=nordhordland"
    yield reverse("figure", args=["nordhordland", "2025-01"])
    for name in ("trend", "hour_of_week"):
        yield reverse(name, args=["nordhordland"])
        yield reverse(name, args=["nordhordland"]) + "?format=csv"
    for report in AnnualReport.objects.all():
        for name in ("annual_report", "annual_report_documents", "annual_report_approve"):
            yield reverse(name, args=[report.pk])
        for language in ("nn", "nb"):
            yield reverse("annual_report_document", args=[report.pk, language])
    yield reverse("delivery_schedule", args=["nordhordland", "annual_report"])
    yield reverse("dispatch", args=[Delivery.objects.get().dispatch_id])
    yield reverse("outbox_attachment", args=[read_outbox()[0].name, 0])


def test_no_page_of_the_first_cooperation_is_found(first, stranger, as_person):
    browser = as_person(stranger)
    assert {url: browser.get(url).status_code for url in pages()} == dict.fromkeys(pages(), 404)


def test_no_action_on_the_first_cooperation_is_found(first, stranger, as_person):
    browser, delivery = as_person(stranger), Delivery.objects.get()
    Delivery.objects.update(state=DeliveryState.FAILED, sent_at=None)
    waiting = AnnualReport.objects.get(year=2024)
    actions = {
        reverse("annual_report_prepare", args=["nordhordland"]): {"year": 2025},
        reverse("annual_report_again", args=[waiting.pk, "nn"]): {},
        reverse("annual_report_approve", args=[waiting.pk]): {
            "content_sha256": waiting.content_sha256
        },
        reverse("delivery_schedule", args=["nordhordland", "annual_report"]): {
            "months_after": 2,
            "day": 2,
            "local_time": "07:00",
        },
        reverse("deliveries_send", args=["nordhordland", "annual_report", 2025, 1]): {},
        reverse("deliveries_send", args=["rogaland", "annual_report", 2025, 1]): {},
        reverse("delivery_again", args=[delivery.pk]): {"is_checked": "1", "reason": "Why"},
        reverse("delivery_note", args=[delivery.pk]): {"state": "sent"},
    }
    found = {url: browser.post(url, given).status_code for url, given in actions.items()}
    assert found == dict.fromkeys(actions, 404)
    assert Schedule.objects.get(cooperation=first).months_after == 3
    assert Delivery.objects.get().state == DeliveryState.FAILED
