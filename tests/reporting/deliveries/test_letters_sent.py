"""The minute's task with letters: frozen when they go, waited for, sent once; and editions."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from legevakt.lib.pdf import PdfError
from legevakt.lib.periods import Period
from reporting.annual_report import operations as reports
from reporting.deliveries import operations as deliveries
from reporting.deliveries import queries, tasks
from reporting.deliveries.models import Delivery, DeliveryState, Dispatch
from reporting.letters.models import PeriodLetter
from tests.factories.reporting import AFTER_THE_YEAR, ready, schedule

FIRST_OF_MARCH = datetime(2026, 3, 1, 7, tzinfo=UTC)


@pytest.fixture
def minute(clock, django_capture_on_commit_callbacks):
    """`minute(at)` runs the task at the moment."""

    def run(at):
        clock.move_to(at)
        with django_capture_on_commit_callbacks(execute=True):
            tasks.send_due()

    return run


def letter_plan(cooperation, kind="orientation", **given):
    """Without files, so that nothing is rendered: on 1 March unless told otherwise."""
    return schedule(cooperation, kind=kind, is_attached=False, **given)


def test_the_orientation_goes_at_its_moment_and_once(
    smtp, cooperation, central, partner_director, minute
):
    letter_plan(cooperation)
    minute(FIRST_OF_MARCH - timedelta(seconds=1))
    assert not PeriodLetter.objects.exists()
    for minutes in (0, 1, 60 * 24):
        minute(FIRST_OF_MARCH + timedelta(minutes=minutes))
    (message,) = smtp.inbox.received
    assert message["To"] == partner_director.email
    assert "Orientation of the mayors on 2025" in message["Subject"]
    (delivery,) = Delivery.objects.all()
    assert (delivery.state, delivery.pdf_sha256) == (DeliveryState.SENT, "")
    assert delivery.subject == message["Subject"]


def test_a_monthly_letter_goes_when_its_month_is_published(
    smtp, cooperation, central, host_director, minute, monkeypatch
):
    letter_plan(cooperation, kind="monthly_letter", months_after=1, day=15)
    published = {}
    monkeypatch.setattr(
        "reporting.letters.queries.ready_of",
        lambda *, periods, **_: {each: published[each] for each in periods if each in published},
    )
    in_february = datetime(2026, 2, 15, 7, tzinfo=UTC)
    minute(in_february)
    assert smtp.inbox.received == []
    published[Period.month(2026, 1)] = in_february + timedelta(days=3)
    minute(in_february + timedelta(days=3, minutes=1))
    assert [message["Subject"] for message in smtp.inbox.received] == [
        "Answer time in January 2026: Legevakt nordhordland"
    ]


def test_the_page_says_what_waits_for_its_month(
    smtp, cooperation, central, leader, as_person, clock
):
    letter_plan(cooperation, kind="monthly_letter", months_after=1, day=15)
    clock.move_to(datetime(2026, 2, 16, tzinfo=UTC))
    told = as_person(leader).get(reverse("deliveries")).content.decode()
    assert "Waits for the month to be published: January 2026" in told
    assert "Answer time in February 2026, 15 March 2026 at 08:00" in told


def test_a_letter_that_cannot_be_made_stops_nothing_else(
    smtp, plan, report, cooperation, central, minute, monkeypatch
):
    letter_plan(cooperation)

    def broken(**_):
        raise ZeroDivisionError

    monkeypatch.setattr("reporting.letters.queries.figures_of", broken)
    minute(FIRST_OF_MARCH)
    assert [row.dispatch.schedule.kind for row in Delivery.objects.all()] == ["annual_report"]


def test_a_letter_whose_pdf_cannot_be_made_now_is_tried_again(
    smtp, cooperation, central, host_director, minute, monkeypatch
):
    def refuse(*_, **__):
        raise PdfError("no time")

    monkeypatch.setattr("reporting.letters.document.write_pdf", refuse)
    schedule(cooperation, kind="orientation")
    minute(FIRST_OF_MARCH)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.error_code) == (DeliveryState.WAITING, "document_not_made")
    monkeypatch.setattr("reporting.letters.document.write_pdf", lambda *_, **__: b"%PDF-")
    minute(delivery.next_attempt_at)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (DeliveryState.SENT, 2)
    assert delivery.pdf_sha256 == hashlib.sha256(b"%PDF-").hexdigest()


def test_a_corrected_report_goes_at_once_and_says_why(smtp, plan, report, host_director, minute):
    minute(FIRST_OF_MARCH)
    at = FIRST_OF_MARCH + timedelta(days=200)
    made = reports.begin_correction(
        report=report, reason="The wages were wrong.", by=host_director, at=at
    )
    ready(made)
    content = {"content_sha256": made.content_sha256, "by": host_director, "at": at}
    reports.check(report=made, **content)
    reports.approve(report=made, **content)
    minute(at)
    assert len(smtp.inbox.received) == 1
    reports.issue(report=made, by=host_director, at=at)
    for minutes in (1, 2):
        minute(at + timedelta(minutes=minutes))
    assert len(smtp.inbox.received) == 2
    assert "The wages were wrong." in smtp.inbox.received[1].as_string()
    assert list(Dispatch.objects.order_by("pk").values_list("edition", flat=True)) == [1, 2]


def test_somebody_outside_gets_the_file_even_where_others_get_a_link(
    smtp, cooperation, central, report, host_director, partner, minute
):
    plan = schedule(cooperation, is_attached=False)
    mayor = deliveries.add_outside(
        schedule=plan,
        municipality=partner,
        name="Ola Ordførar",
        email="ordforar@fedje.example",
        language="nb",
        at=AFTER_THE_YEAR,
    )
    minute(FIRST_OF_MARCH)
    files = {
        message["To"]: [part.get_filename() for part in message.walk() if part.get_filename()]
        for message in smtp.inbox.received
    }
    assert files == {host_director.email: [], mayor.email: ["arsrapport-2025-nb.pdf"]}


def test_who_is_added_as_user_and_outside_gets_one_mail(
    cooperation, central, report, host_director, partner
):
    plan = schedule(cooperation)
    deliveries.add_outside(
        schedule=plan,
        municipality=partner,
        name="The same",
        email=host_director.email.upper(),
        language="nb",
        at=AFTER_THE_YEAR,
    )
    assert len(deliveries.release(schedule=plan, report=report, at=AFTER_THE_YEAR)) == 1


def test_who_is_removed_gets_nothing_more_and_stays_in_what_was_sent(
    smtp, cooperation, central, report, partner, leader
):
    plan = schedule(cooperation, roles=())
    mayor = deliveries.add_outside(
        schedule=plan,
        municipality=partner,
        name="Ola Ordførar",
        email="ordforar@fedje.example",
        language="nb",
        at=AFTER_THE_YEAR,
    )
    (delivery,) = deliveries.release(schedule=plan, report=report, at=AFTER_THE_YEAR)
    Delivery.objects.update(state=DeliveryState.FAILED)
    delivery.refresh_from_db()
    for _ in range(2):
        deliveries.remove_outside(outside=mayor, at=AFTER_THE_YEAR)
    with pytest.raises(deliveries.IsNoRecipient):
        deliveries.send_again(delivery=delivery, reason="Why", by=leader, at=AFTER_THE_YEAR)
    assert delivery.outside == mayor


def mayor_of(partner, plan):
    return deliveries.add_outside(
        schedule=plan,
        municipality=partner,
        name="Ola Ordførar",
        email="ordforar@fedje.example",
        language="nb",
        at=AFTER_THE_YEAR,
    )


def test_who_is_removed_before_the_mail_goes_gets_none(smtp, cooperation, central, report, partner):
    plan = schedule(cooperation, roles=())
    mayor = mayor_of(partner, plan)
    (delivery,) = deliveries.release(schedule=plan, report=report, at=AFTER_THE_YEAR)
    deliveries.remove_outside(outside=mayor, at=AFTER_THE_YEAR)
    deliveries.send(delivery=delivery, at=AFTER_THE_YEAR)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.error_code) == (DeliveryState.FAILED, "no_recipient")
    assert smtp.inbox.received == []


@pytest.mark.parametrize(
    ("state", "count"),
    [(DeliveryState.WAITING, 0), (DeliveryState.UNKNOWN, 0), (DeliveryState.FAILED, 1)],
)
def test_who_is_added_anew_is_sent_what_did_not_reach_the_address(
    cooperation, central, report, partner, state, count
):
    plan = schedule(cooperation, roles=())
    mayor = mayor_of(partner, plan)
    deliveries.release(schedule=plan, report=report, at=AFTER_THE_YEAR)
    Delivery.objects.update(state=state)
    deliveries.remove_outside(outside=mayor, at=AFTER_THE_YEAR)
    anew = mayor_of(partner, plan)
    assert len(queries.sendable(plan, now=AFTER_THE_YEAR)) == count
    deliveries.release(schedule=plan, report=report, at=AFTER_THE_YEAR)
    assert anew.deliveries.count() == count


def test_a_letter_is_sent_by_hand_from_the_page(
    smtp, cooperation, central, partner_director, secretary, as_person, clock,
    django_capture_on_commit_callbacks,
):  # fmt: skip
    clock.move_to(AFTER_THE_YEAR)
    plan = letter_plan(cooperation, kind="tertial_report", months_after=1, day=20)
    url = reverse("deliveries_send", args=[cooperation.slug, plan.kind, 2025, 9])
    browser = as_person(secretary)
    assert url in browser.get(reverse("deliveries")).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(url)
    assert [message["To"] for message in smtp.inbox.received] == [partner_director.email]
    (dispatch,) = Dispatch.objects.all()
    assert dispatch.released_by == secretary
    told = browser.get(reverse("dispatch", args=[dispatch.pk])).content.decode()
    assert secretary.name in told
    assert partner_director.email in told


@pytest.mark.parametrize("place", [(2026, 1), (2025, 10), (2025, 13), (1990, 1), (0, 0)])
def test_a_period_that_is_none_or_not_over_is_not_found(
    cooperation, central, secretary, as_person, clock, place
):
    clock.move_to(AFTER_THE_YEAR)
    letter_plan(cooperation, kind="tertial_report", months_after=1, day=20)
    url = reverse("deliveries_send", args=[cooperation.slug, "tertial_report", *place])
    assert as_person(secretary).post(url).status_code == 404
