from datetime import time, timedelta

import pytest
from django.urls import reverse

from legevakt.lib.outbox import read_outbox
from reporting.deliveries import operations as deliveries
from reporting.deliveries import tasks
from reporting.deliveries.models import Delivery, DeliveryState, Schedule
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.factories.reporting import AFTER_THE_YEAR, PDF

PAGE = "/deliveries/"
pytestmark = pytest.mark.usefixtures("after_the_year")


@pytest.fixture
def after_the_year(clock):
    """It is 21 January 2026."""
    clock.move_to(AFTER_THE_YEAR + timedelta(days=1))


@pytest.fixture
def outbox(settings):
    """The demo's mail backend."""
    settings.EMAIL_BACKEND = "legevakt.lib.outbox.OutboxBackend"


def send_url(report):
    return reverse("deliveries_send", args=[report.cooperation.slug, report.pk])


def schedule_url(cooperation):
    return reverse("delivery_schedule", args=[cooperation.slug])


def test_the_host_sees_the_deliveries_and_others_get_404(
    as_person, plan, report, host_director, leader, auditor, partner_director, outsider
):
    deliveries.release(schedule=plan, report=report, at=AFTER_THE_YEAR)
    for person in (host_director, leader, auditor):
        told = as_person(person).get(PAGE).content.decode()
        assert partner_director.email in told
    for person in (partner_director, outsider):
        assert as_person(person).get(PAGE).status_code == 404


def test_each_state_is_told_with_its_reason(as_person, plan, report, leader, partner_director):
    deliveries.release(schedule=plan, report=report, at=AFTER_THE_YEAR)
    first, second = Delivery.objects.order_by("pk")
    Delivery.objects.filter(pk=first.pk).update(state="failed", error_code="smtp_550")
    Delivery.objects.filter(pk=second.pk).update(attempts=1, error_code="no_connection")
    told = as_person(leader).get(PAGE).content.decode()
    assert "the mail server answered 550" in told
    assert "could not be reached; tried again" in told


def test_the_leader_sends_the_report_now_and_each_person_once(
    as_person, plan, report, leader, partner_director, outbox, django_capture_on_commit_callbacks
):
    browser = as_person(leader)
    assert send_url(report).encode() in browser.get(PAGE).content
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            assert browser.post(send_url(report)).url == PAGE
    assert {message.to for message in read_outbox()} == {
        partner_director.email,
        report.approved_by.email,
    }
    assert len(read_outbox()) == 2
    told = browser.get(PAGE).content
    assert b"Everybody has been sent" in told
    assert send_url(report).encode() not in told


@pytest.mark.parametrize("person", ["auditor", "controller", "partner_director", "outsider"])
def test_who_may_not_send_gets_404(person, request, as_person, plan, report, cooperation):
    browser = as_person(request.getfixturevalue(person))
    assert browser.post(send_url(report)).status_code == 404
    assert browser.get(schedule_url(cooperation)).status_code == 404
    assert not Delivery.objects.exists()


def test_sending_needs_a_post_and_a_schedule(as_person, report, leader):
    browser = as_person(leader)
    assert browser.get(send_url(report)).status_code == 405
    assert browser.post(send_url(report)).status_code == 404


def test_the_schedule_is_set_and_changed(as_person, cooperation, secretary):
    browser = as_person(secretary)
    assert b'value="08:00"' in browser.get(schedule_url(cooperation)).content
    given = {"month": 2, "day": 28, "local_time": "07:30", "is_active": "on"}
    assert browser.post(schedule_url(cooperation), given).url == PAGE
    plan = Schedule.objects.get()
    assert (plan.month, plan.day, plan.local_time, plan.is_active) == (2, 28, time(7, 30), True)
    assert b"07:30" in browser.get(PAGE).content
    browser.post(schedule_url(cooperation), {"month": 4, "day": 1, "local_time": "09:00"})
    plan.refresh_from_db()
    assert (plan.month, plan.is_active) == (4, False)


@pytest.mark.parametrize("day", ["0", "29", "x"])
def test_a_day_that_not_every_year_has_is_refused(as_person, cooperation, secretary, day):
    given = {"month": 2, "day": day, "local_time": "07:30"}
    answer = as_person(secretary).post(schedule_url(cooperation), given)
    assert answer.status_code == 200
    assert not Schedule.objects.exists()


def test_the_outbox_shows_the_mail_and_its_pdf(as_person, plan, report, leader, outbox):
    (delivery,) = deliveries.release(schedule=plan, report=report, at=AFTER_THE_YEAR)
    tasks.send_delivery(delivery_id=delivery.pk)
    browser = as_person(leader)
    told = browser.get(reverse("outbox")).content.decode()
    assert delivery.email in told
    assert "arsrapport-2025-nn.pdf" in told
    name = read_outbox()[0].name
    answer = browser.get(reverse("outbox_attachment", args=[name, 0]))
    assert (answer.content, answer["Content-Type"]) == (PDF, "application/pdf")
    assert browser.get(reverse("outbox_attachment", args=[name, 1])).status_code == 404
    assert browser.get(reverse("outbox_attachment", args=["..%2Fx.eml", 0])).status_code == 404


def test_there_is_no_outbox_outside_the_demo(
    as_person, leader, partner_director, outsider, settings
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert as_person(leader).get(reverse("outbox")).status_code == 404
    settings.EMAIL_BACKEND = "legevakt.lib.outbox.OutboxBackend"
    assert as_person(leader).get(reverse("outbox")).status_code == 200
    for person in (partner_director, outsider):
        assert as_person(person).get(reverse("outbox")).status_code == 404


def test_the_list_takes_as_many_queries_for_ten_as_for_one(
    as_person, plan, report, leader, cooperation, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = as_person(leader)
    deliveries.release(schedule=plan, report=report, at=AFTER_THE_YEAR)
    browser.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        browser.get(PAGE)
    for number in range(9):
        MembershipFactory(
            cooperation=cooperation,
            municipality=MunicipalityFactory(number=f"95{number:02d}"),
            role="partner_director",
        )
    deliveries.release(schedule=plan, report=report, at=AFTER_THE_YEAR)
    with django_assert_num_queries(len(one)):
        assert browser.get(PAGE).content.count(b"@municipality.example") == 9
    assert len(one) <= 22


def test_states_are_all_presented(as_person, plan, report, leader):
    deliveries.release(schedule=plan, report=report, at=AFTER_THE_YEAR)
    for state in ("waiting", "sending", "failed", "unknown"):
        Delivery.objects.update(state=state)
        label = DeliveryState(state).label
        leader.language = "en"
        assert str(label) in as_person(leader).get(PAGE).content.decode()


@pytest.mark.parametrize("language", ["nn", "nb", "en"])
def test_the_pages_are_there_in_every_language(
    as_person, plan, report, leader, cooperation, outbox, language
):
    leader.language = language
    leader.save()
    for url in (PAGE, schedule_url(cooperation), reverse("outbox")):
        assert as_person(leader).get(url).status_code == 200
