from datetime import time, timedelta

import pytest
from django.urls import reverse

from legevakt.lib import mail
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
    slug = report.cooperation.slug
    return reverse("deliveries_send", args=[slug, "annual_report", report.year, 1])


def schedule_url(cooperation, kind="annual_report"):
    return reverse("delivery_schedule", args=[cooperation.slug, kind])


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
    given = {"months_after": 2, "day": 28, "local_time": "07:30", "is_active": "on"}
    assert browser.post(schedule_url(cooperation), given).url == PAGE
    plan = Schedule.objects.get()
    assert (plan.months_after, plan.day, plan.local_time, plan.is_active) == (
        2,
        28,
        time(7, 30),
        True,
    )
    assert b"07:30" in browser.get(PAGE).content
    browser.post(schedule_url(cooperation), {"months_after": 4, "day": 1, "local_time": "09:00"})
    plan.refresh_from_db()
    assert (plan.months_after, plan.is_active) == (4, False)


@pytest.mark.parametrize("day", ["0", "29", "x"])
def test_a_day_that_not_every_year_has_is_refused(as_person, cooperation, secretary, day):
    given = {"months_after": 2, "day": day, "local_time": "07:30"}
    answer = as_person(secretary).post(schedule_url(cooperation), given)
    assert answer.status_code == 422
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


def test_the_outbox_shows_no_other_mail_than_deliveries(as_person, leader, plan, report, outbox):
    mail.send(
        to="somebody@alver.example",
        subject="New password",
        text="https://legevakt.example/accounts/password/reset/key/secret/",
        html="<p>secret</p>",
        message_id="<account@legevakt.example>",
        language="en",
        attachments=[("a.txt", b"secret", "text/plain")],
    )
    browser = as_person(leader)
    assert b"secret" not in browser.get(reverse("outbox")).content
    url = reverse("outbox_attachment", args=[read_outbox()[0].name, 0])
    assert browser.get(url).status_code == 404


def again_url(delivery):
    return reverse("delivery_again", args=[delivery.pk])


@pytest.fixture
def failed(plan, report):
    """A delivery that the mail server refused for good."""
    deliveries.release(schedule=plan, report=report, at=AFTER_THE_YEAR)
    Delivery.objects.update(state=DeliveryState.FAILED, error_code="smtp_550", attempts=1)
    return Delivery.objects.get()


def test_a_failed_delivery_is_sent_again_from_the_page(
    as_person, failed, leader, outbox, django_capture_on_commit_callbacks
):
    browser = as_person(leader)
    assert again_url(failed) in browser.get(PAGE).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(again_url(failed), {"reason": "Full."}).url == PAGE
    failed.refresh_from_db()
    assert failed.state == DeliveryState.SENT
    assert [message.message_id for message in read_outbox()] == [failed.message_id]
    assert again_url(failed) not in browser.get(PAGE).content.decode()


def test_an_unknown_delivery_is_sent_again_only_when_the_recipient_was_asked(
    as_person, failed, leader, outbox
):
    Delivery.objects.update(state=DeliveryState.UNKNOWN)
    browser = as_person(leader)
    assert b"the mail did not arrive" in browser.get(PAGE).content
    answer = browser.post(again_url(failed), follow=True)
    assert b"Ask the recipient first" in answer.content
    failed.refresh_from_db()
    assert failed.state == DeliveryState.UNKNOWN
    browser.post(again_url(failed), {"is_checked": "1", "reason": "Full."})
    failed.refresh_from_db()
    assert failed.state == DeliveryState.WAITING


def test_a_reason_of_a_letter_that_no_database_takes_is_none(as_person, failed, leader):
    given = {"reason": "\0"}
    answer = as_person(leader).post(reverse("delivery_again", args=[failed.pk]), given)
    assert answer.status_code == 302
    failed.refresh_from_db()
    assert failed.state == DeliveryState.FAILED


def test_what_is_sent_already_is_refused_in_words(as_person, failed, leader):
    Delivery.objects.update(state=DeliveryState.SENT, sent_at=AFTER_THE_YEAR)
    answer = as_person(leader).post(again_url(failed), {"reason": "Full."}, follow=True)
    assert b"sent already, or is on its way" in answer.content


@pytest.mark.parametrize("person", ["auditor", "controller", "partner_director", "outsider"])
def test_who_may_not_send_sends_nothing_again(person, request, as_person, failed):
    browser = as_person(request.getfixturevalue(person))
    assert browser.post(again_url(failed), {"reason": "Full."}).status_code == 404
    failed.refresh_from_db()
    assert failed.state == DeliveryState.FAILED


def test_sending_again_needs_a_post(as_person, failed, leader, auditor):
    assert as_person(leader).get(again_url(failed)).status_code == 405
    assert again_url(failed) not in as_person(auditor).get(PAGE).content.decode()


def test_saving_a_schedule_after_its_day_sends_nothing_and_says_so(
    as_person, report, cooperation, leader, clock, outbox
):
    clock.move_to(AFTER_THE_YEAR + timedelta(days=60))
    browser = as_person(leader)
    assert b"waits for the next time" in browser.get(schedule_url(cooperation)).content
    given = {"months_after": 3, "day": 1, "local_time": "08:00", "is_active": "on"}
    browser.post(schedule_url(cooperation), given)
    tasks.send_due()
    assert not Delivery.objects.exists()
    assert b"2027" in browser.get(PAGE).content


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


def note_url(delivery):
    return reverse("delivery_note", args=[delivery.pk])


def test_a_mail_that_came_back_is_noted_by_hand(as_person, failed, leader):
    Delivery.objects.update(state=DeliveryState.SENT, sent_at=AFTER_THE_YEAR, error_code="")
    browser = as_person(leader)
    assert note_url(failed) in browser.get(PAGE).content.decode()
    assert browser.post(note_url(failed), {"state": "returned"}).url == PAGE
    failed.refresh_from_db()
    assert (failed.state, failed.error_code) == (DeliveryState.RETURNED, "by_hand")
    assert "noted by hand" in browser.get(PAGE).content.decode()
    answer = browser.post(note_url(failed), {"state": "sent"}, follow=True)
    assert b"is known already" in answer.content


@pytest.mark.parametrize("state", ["", "failed", "waiting", "x"])
def test_only_what_can_become_of_a_mail_is_noted(as_person, failed, leader, state):
    as_person(leader).post(note_url(failed), {"state": state})
    failed.refresh_from_db()
    assert failed.state == DeliveryState.FAILED


@pytest.mark.parametrize("person", ["auditor", "controller", "partner_director", "outsider"])
def test_who_may_not_send_notes_nothing(person, request, as_person, failed):
    browser = as_person(request.getfixturevalue(person))
    assert browser.post(note_url(failed), {"state": "sent"}).status_code == 404


def test_sending_again_needs_a_reason(as_person, failed, leader):
    answer = as_person(leader).post(again_url(failed), follow=True)
    assert b"Say why it is sent once more" in answer.content
    failed.refresh_from_db()
    assert failed.state == DeliveryState.FAILED
