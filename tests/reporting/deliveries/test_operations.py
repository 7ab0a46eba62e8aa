import threading
from datetime import time, timedelta
from email import message_from_bytes, policy

import pytest
from django.db import connection

from legevakt.lib import locks, mail
from municipalities.rules import Role
from reporting.deliveries import operations as deliveries
from reporting.deliveries import queries, sending
from reporting.deliveries.models import Delivery, DeliveryState
from tests.factories.municipalities import MembershipFactory
from tests.factories.reporting import AFTER_THE_YEAR, PDF, document_of, draft, schedule

WHY = "The mailbox was full."
NOW = AFTER_THE_YEAR + timedelta(days=40)


@pytest.fixture
def delivery(plan, report):
    """The one delivery, to the host's director."""
    (found,) = deliveries.release(schedule=plan, report=report, at=NOW)
    return found


def sent(delivery, at=NOW):
    deliveries.send(delivery=delivery, at=at)
    delivery.refresh_from_db()
    return delivery


def test_every_director_gets_one_permit(plan, report, host_director, partner_director, leader):
    found = deliveries.release(schedule=plan, report=report, at=NOW)
    assert {(row.recipient, row.municipality.name, row.language) for row in found} == {
        (host_director, "Alver", "en"),
        (partner_director, "Fedje", "en"),
    }
    assert {row.state for row in found} == {DeliveryState.WAITING}
    assert len({row.message_id for row in found}) == 2


def test_a_person_with_two_roles_gets_one_permit(plan, report, host_director, partner, cooperation):
    MembershipFactory(
        user=host_director,
        cooperation=cooperation,
        municipality=partner,
        role=Role.PARTNER_DIRECTOR,
    )
    assert len(deliveries.release(schedule=plan, report=report, at=NOW)) == 1


def test_releasing_again_makes_no_more(plan, report, delivery):
    again = deliveries.release(schedule=plan, report=report, at=NOW + timedelta(days=1))
    assert [row.pk for row in again] == [delivery.pk]
    assert Delivery.objects.count() == 1


def test_a_draft_is_never_released(plan, cooperation, report, central):
    from tests.factories.reporting import calls_in_year

    calls_in_year(central=central, year=2024, months=(1,))
    unfinished = draft(cooperation=cooperation, year=2024)
    with pytest.raises(deliveries.ReportIsNotIssued):
        deliveries.release(schedule=plan, report=unfinished, at=NOW)


def test_a_report_is_released_only_by_its_own_cooperation(report):
    from tests.factories.municipalities import CooperationFactory

    other = schedule(CooperationFactory())
    with pytest.raises(deliveries.NotOfThisCooperation):
        deliveries.release(schedule=other, report=report, at=NOW)


def test_the_mail_has_words_link_and_the_pdf_in_the_recipients_form(
    smtp, delivery, host_director, settings
):
    Delivery.objects.update(language="nb")
    assert sent(delivery).state == DeliveryState.SENT
    assert (delivery.sent_at, delivery.attempts) == (NOW, 1)
    (raw,) = smtp.inbox.received
    message = message_from_bytes(raw.as_bytes(), policy=policy.default)
    assert message["To"] == host_director.email
    assert message["Message-ID"] == delivery.message_id
    assert message["Content-Language"] == "nb"
    text = message.get_body(["plain"]).get_content()
    assert f"{settings.SITE_URL}/annual-report/{delivery.dispatch.report_id}/" in text
    assert "62" in text
    assert "<html" in message.get_body(["html"]).get_content()
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "arsrapport-2025-nb.pdf"
    assert attached.get_content() == PDF


def test_who_reads_english_gets_the_pdf_in_the_municipalitys_form(smtp, delivery):
    sent(delivery)
    message = message_from_bytes(smtp.inbox.received[0].as_bytes(), policy=policy.default)
    assert [part.get_filename() for part in message.iter_attachments()] == [
        "arsrapport-2025-nn.pdf"
    ]
    assert message["Content-Language"] == "en"


def test_a_sent_mail_is_not_sent_again(smtp, delivery):
    sent(delivery)
    assert not deliveries.send(delivery=delivery, at=NOW + timedelta(days=1))
    assert len(smtp.inbox.received) == 1


def test_a_permanent_refusal_fails_at_once(smtp, delivery):
    smtp.inbox.at_recipient = ["550 no such person"]
    assert sent(delivery).state == DeliveryState.FAILED
    assert delivery.error_code == "smtp_550"
    assert smtp.inbox.received == []


def test_a_temporary_refusal_is_tried_again_later_and_not_before(smtp, delivery):
    smtp.inbox.at_recipient = ["450 try later"]
    assert sent(delivery).state == DeliveryState.WAITING
    assert delivery.next_attempt_at == NOW + timedelta(minutes=5)
    assert not deliveries.send(delivery=delivery, at=NOW + timedelta(minutes=4))
    assert sent(delivery, at=NOW + timedelta(minutes=5)).state == DeliveryState.SENT
    assert (delivery.attempts, delivery.error_code) == (2, "")


def test_the_seventh_temporary_refusal_is_the_last(smtp, delivery):
    smtp.inbox.at_recipient = ["450 try later"] * 9
    at = NOW
    for _ in range(7):
        sent(delivery, at=at)
        at = delivery.next_attempt_at
    assert (delivery.state, delivery.attempts) == (DeliveryState.FAILED, 7)
    assert len(smtp.inbox.at_recipient) == 2


def test_a_mail_server_that_is_away_is_tried_again(smtp, delivery):
    smtp.controller.stop()
    assert sent(delivery).state == DeliveryState.WAITING
    assert delivery.error_code == "no_connection"


def test_a_connection_lost_after_the_content_leaves_it_unknown(smtp, delivery):
    smtp.inbox.at_data = ["hang up"]
    assert sent(delivery).state == DeliveryState.UNKNOWN
    assert not deliveries.send(delivery=delivery, at=NOW + timedelta(days=1))


def test_a_document_that_is_not_the_approved_one_is_not_sent(smtp, delivery, report):
    document_of(report).path.write_bytes(b"%PDF else")
    assert sent(delivery).state == DeliveryState.FAILED
    assert delivery.error_code == "document_missing"
    assert smtp.inbox.received == []


def test_an_address_that_is_none_fails(smtp, delivery):
    Delivery.objects.update(email="nobody at home")
    assert sent(delivery).error_code == "invalid_address"


def test_a_mail_that_cannot_be_written_is_tried_again_and_then_seen(smtp, delivery, monkeypatch):
    monkeypatch.setattr(sending, "message_for", lambda delivery: 1 / 0)
    found = sent(delivery)
    assert (found.state, found.attempts, found.error_code) == (
        DeliveryState.WAITING,
        1,
        "mail_not_written",
    )
    Delivery.objects.update(attempts=6, next_attempt_at=NOW)
    assert sent(delivery).state == DeliveryState.FAILED


def test_what_a_dead_worker_left_becomes_unknown(delivery):
    Delivery.objects.update(state=DeliveryState.SENDING)
    assert deliveries.settle_lost() == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.error_code) == (DeliveryState.UNKNOWN, "worker_lost")


@pytest.mark.parametrize("state", ["failed", "unknown"])
def test_what_ended_badly_is_sent_again_to_the_address_of_today(
    smtp, delivery, leader, host_director, state
):
    Delivery.objects.update(state=state, attempts=7, error_code="smtp_550")
    host_director.email, host_director.language = "new@alver.example", "nb"
    host_director.save()
    delivery.refresh_from_db()
    again = deliveries.send_again(
        delivery=delivery, reason=WHY, by=leader, at=NOW + timedelta(days=9)
    )
    assert (again.pk, again.message_id) == (delivery.pk, delivery.message_id)
    assert (again.state, again.attempts, again.error_code) == (DeliveryState.WAITING, 0, "")
    assert sent(delivery, at=NOW + timedelta(days=9)).state == DeliveryState.SENT
    (message,) = smtp.inbox.received
    assert (message["To"], message["Content-Language"]) == ("new@alver.example", "nb")
    assert message["Message-ID"] == delivery.message_id


@pytest.mark.parametrize("state", ["waiting", "sending", "sent"])
def test_only_what_ended_badly_is_sent_again(delivery, leader, state):
    Delivery.objects.update(state=state, sent_at=NOW if state == "sent" else None)
    delivery.refresh_from_db()
    with pytest.raises(deliveries.IsNotToBeSentAgain):
        deliveries.send_again(delivery=delivery, reason=WHY, by=leader, at=NOW)


def test_what_changed_since_the_person_looked_is_not_sent_again(delivery, leader):
    Delivery.objects.update(state="failed")
    delivery.refresh_from_db()
    Delivery.objects.update(state="unknown")
    with pytest.raises(deliveries.IsNotToBeSentAgain):
        deliveries.send_again(delivery=delivery, reason=WHY, by=leader, at=NOW)


def test_a_director_who_left_is_not_sent_the_report_again(delivery, leader, host_director):
    Delivery.objects.update(state="failed")
    delivery.refresh_from_db()
    host_director.memberships.all().delete()
    with pytest.raises(deliveries.IsNoRecipient):
        deliveries.send_again(delivery=delivery, reason=WHY, by=leader, at=NOW)


def test_only_who_may_send_sends_again(delivery, auditor, outsider):
    Delivery.objects.update(state="failed")
    delivery.refresh_from_db()
    for person in (auditor, outsider):
        with pytest.raises(deliveries.MayNotSend):
            deliveries.send_again(delivery=delivery, reason=WHY, by=person, at=NOW)


def test_saving_the_same_schedule_is_no_change(cooperation):
    given = {"kind": "annual_report", "months_after": 3, "day": 1, "local_time": time(8)}
    given |= {"roles": ["host_director"], "is_active": True}
    first = deliveries.set_schedule(cooperation=cooperation, at=NOW, **given)
    later = NOW + timedelta(days=1)
    same = deliveries.set_schedule(cooperation=cooperation, at=later, **given)
    assert (same.pk, same.changed_at) == (first.pk, NOW)
    given["is_active"] = False
    assert deliveries.set_schedule(cooperation=cooperation, at=later, **given).changed_at == later


@pytest.mark.django_db(transaction=True)
def test_what_a_living_worker_sends_stays_as_it_is(delivery):
    Delivery.objects.update(state=DeliveryState.SENDING)
    taken, finish = threading.Event(), threading.Event()

    def worker():
        with locks.only_one(queries.lock_name(delivery)):
            taken.set()
            finish.wait(30)
        connection.close()

    thread = threading.Thread(target=worker)
    thread.start()
    taken.wait(30)
    lost = deliveries.settle_lost()
    finish.set()
    thread.join()
    assert lost == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_moment_send_one_mail(smtp, delivery):
    start, outcomes = threading.Barrier(2), []

    def worker():
        start.wait(30)
        outcomes.append(deliveries.send(delivery=Delivery.objects.get(pk=delivery.pk), at=NOW))
        connection.close()

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False, True]
    assert len(smtp.inbox.received) == 1


@pytest.mark.django_db(transaction=True)
def test_the_claim_is_stored_before_the_mail_server_hears_a_word(delivery, monkeypatch):
    seen = []

    def look(**_):
        def other_connection():
            seen.append(Delivery.objects.get(pk=delivery.pk).state)
            connection.close()

        thread = threading.Thread(target=other_connection)
        thread.start()
        thread.join()

    monkeypatch.setattr(mail, "send", look)
    deliveries.send(delivery=delivery, at=NOW)
    assert seen == [DeliveryState.SENDING]


@pytest.mark.django_db(transaction=True)
def test_two_who_add_the_same_address_at_once_add_it_once(plan, partner):
    start, errors = threading.Barrier(2), []
    given = {"name": "Ola", "email": "ola@fedje.example", "language": "nb", "at": NOW}

    def one():
        start.wait(30)
        try:
            deliveries.add_outside(schedule=plan, municipality=partner, **given)
        except Exception as error:
            errors.append(error)
        connection.close()

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert plan.outside.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_releases_at_the_same_moment_make_one_permit_a_person(plan, report, partner_director):
    start = threading.Barrier(2)

    def worker():
        start.wait(30)
        deliveries.release(schedule=plan, report=report, at=NOW)
        connection.close()

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Delivery.objects.count() == 2
