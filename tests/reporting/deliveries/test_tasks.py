"""The minute's task, with the clock moved over the schedule."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from reporting.deliveries import tasks
from reporting.deliveries.models import Delivery, DeliveryState
from tests.factories.reporting import draft, schedule

DUE = datetime(2026, 3, 1, 7, 0, tzinfo=UTC)


@pytest.fixture
def minute(clock, django_capture_on_commit_callbacks):
    """`minute(at)` runs the task at the moment."""

    def run(at):
        clock.move_to(at)
        with django_capture_on_commit_callbacks(execute=True):
            tasks.send_due()

    return run


def states():
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def test_the_report_goes_out_at_the_moment_and_once(smtp, plan, report, partner_director, minute):
    minute(DUE - timedelta(seconds=1))
    assert states() == []
    minute(DUE)
    assert states() == [DeliveryState.SENT, DeliveryState.SENT]
    for minutes in (1, 2, 60 * 24):
        minute(DUE + timedelta(minutes=minutes))
    assert len(smtp.inbox.received) == 2


def test_a_worker_that_was_away_sends_when_it_is_back(smtp, plan, report, minute):
    minute(DUE + timedelta(days=59))
    assert len(smtp.inbox.received) == 1


def test_a_report_older_than_that_is_not_sent_by_itself(smtp, plan, report, minute):
    minute(DUE + timedelta(days=61))
    assert states() == []


def test_saving_a_schedule_whose_day_has_passed_sends_nothing(smtp, cooperation, report, minute):
    april = DUE + timedelta(days=31)
    schedule(cooperation, changed_at=april)
    minute(april)
    minute(april + timedelta(days=20))
    assert states() == []


def test_a_schedule_that_is_off_sends_nothing(smtp, cooperation, report, minute):
    schedule(cooperation, is_active=False)
    minute(DUE)
    assert states() == []


def test_a_draft_is_not_sent_and_goes_when_it_is_issued(
    smtp, plan, cooperation, central, host_director, minute
):
    from tests.factories.reporting import calls_in_year, issued

    calls_in_year(central=central, months=(1,))
    draft(cooperation=cooperation)
    minute(DUE)
    assert states() == []
    issued(cooperation=cooperation, by=host_director)
    minute(DUE + timedelta(days=5))
    assert states() == [DeliveryState.SENT]


def test_what_was_refused_for_now_goes_at_its_next_moment(smtp, plan, report, minute):
    smtp.inbox.at_recipient = ["451 greylisted"]
    minute(DUE)
    assert states() == [DeliveryState.WAITING]
    minute(DUE + timedelta(minutes=1))
    assert states() == [DeliveryState.WAITING]
    minute(DUE + timedelta(minutes=5))
    assert states() == [DeliveryState.SENT]


def test_a_dead_workers_mail_is_left_for_a_person(smtp, plan, report, minute):
    minute(DUE)
    Delivery.objects.update(state=DeliveryState.SENDING, sent_at=None)
    minute(DUE + timedelta(minutes=1))
    assert states() == [DeliveryState.UNKNOWN]
    minute(DUE + timedelta(minutes=2))
    assert len(smtp.inbox.received) == 1


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_the_same_moment_send_one_mail_a_person(
    smtp, plan, report, partner_director, clock
):
    clock.move_to(DUE)
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
    assert states() == [DeliveryState.SENT, DeliveryState.SENT]
    assert len(smtp.inbox.received) == 2


def test_a_task_for_a_delivery_that_is_gone_does_nothing(db):
    tasks.send_delivery(delivery_id=4711)
