"""The leader is asked once to check the month that has ended."""

import threading
from datetime import UTC, datetime

import pytest
from django.core import mail as outbox
from django.db import connection
from django.utils import timezone
from kombu.exceptions import OperationalError

from callstats.periods import month_to_check, operations, tasks
from callstats.periods.models import IndicatorPeriod
from legevakt.lib.periods import Period
from municipalities.models import Membership
from municipalities.rules import Role
from tests.factories.months import month_of_calls as store
from tests.factories.months import published as publish
from tests.factories.municipalities import CentralFactory, MembershipFactory

OCTOBER = Period.month(2025, 10)
THIRD_OF_NOVEMBER = datetime(2025, 11, 3, 7, tzinfo=UTC)


@pytest.fixture(autouse=True)
def third_of_november(clock):
    clock.move_to(THIRD_OF_NOVEMBER)


def asked():
    return [(message.to[0], message.subject) for message in outbox.outbox]


def test_the_leader_is_asked_once_when_the_month_is_over(
    month_of_calls, leader, host_director, clock
):
    month_of_calls(OCTOBER, within=3, late=1)
    for day in (3, 4, 20):
        clock.move_to(datetime(2025, 11, day, 7, tzinfo=UTC))
        tasks.ask_for_checks()
    assert asked() == [(leader.email, "October 2025 is ready to be checked")]
    body = outbox.outbox[0].body
    assert "75.0% (3 of 4)" in body
    assert "Data for 745 of 745 hours" in body
    assert "/telephony/periods/nordhordland/2025-10/" in body
    assert IndicatorPeriod.objects.get().asked_at == THIRD_OF_NOVEMBER


def test_it_is_not_asked_again_when_late_data_open_it_again(checked, central, clock, leader):
    month = checked(OCTOBER, within=1)
    IndicatorPeriod.objects.filter(pk=month.pk).update(asked_at=THIRD_OF_NOVEMBER)
    store(central, OCTOBER, unanswered=1)
    tasks.ask_for_checks()
    assert IndicatorPeriod.objects.get().state == "open"
    assert asked() == []


def test_each_central_is_asked_about(month_of_calls, cooperation, leader):
    month_of_calls(OCTOBER, within=1)
    other = CentralFactory(slug="other", cooperation=cooperation)
    store(other, OCTOBER)
    tasks.ask_for_checks()
    assert len(asked()) == 2


def test_a_month_with_missing_hours_is_waited_for_until_the_fifth(month_of_calls, leader, clock):
    month_of_calls(OCTOBER, within=1, hours=700)
    tasks.ask_for_checks()
    assert asked() == []
    clock.move_to(datetime(2025, 11, 5, 7, tzinfo=UTC))
    tasks.ask_for_checks()
    assert "so the figure is provisional" in outbox.outbox[0].body


@pytest.mark.parametrize("what", ["no data", "checked", "published", "an earlier month"])
def test_what_needs_no_check_is_not_asked_about(
    what, month_of_calls, checked, published, leader, clock
):
    clock.move_to(datetime(2025, 11, 5, 7, tzinfo=UTC))
    {
        "no data": lambda: month_of_calls(OCTOBER, hours=0),
        "checked": lambda: checked(OCTOBER, within=1),
        "published": lambda: published(OCTOBER, within=1),
        "an earlier month": lambda: month_of_calls(Period.month(2025, 9), within=1),
    }[what]()
    tasks.ask_for_checks()
    assert asked() == []


def test_a_revision_is_not_asked_about_for_who_opened_it_knows(published, leader):
    row = published(OCTOBER, within=1)
    operations.open_revision(period=row, reason="Late", by=leader, at=timezone.now())
    tasks.ask_for_checks()
    assert asked() == []


def test_whoever_checked_before_the_mail_went_is_not_asked(month_of_calls, leader):
    row = month_of_calls(OCTOBER, within=1)
    publish(row, checked_by=leader, by=leader)
    tasks.ask_leader(period_id=row.pk, user_id=leader.pk)
    assert asked() == []


def test_without_a_broker_the_next_morning_asks(month_of_calls, leader, monkeypatch):
    def no_broker(**_):
        raise OperationalError

    month_of_calls(OCTOBER, within=1)
    with monkeypatch.context() as away:
        away.setattr(tasks.ask_leader, "delay", no_broker)
        with pytest.raises(OperationalError):
            tasks.ask_for_checks()
    assert IndicatorPeriod.objects.get().asked_at is None
    tasks.ask_for_checks()
    assert len(asked()) == 1


def test_where_there_is_no_leader_the_one_who_comes_is_asked(month_of_calls, cooperation):
    Membership.objects.filter(cooperation=cooperation, role=Role.LEADER).delete()
    month_of_calls(OCTOBER, within=1)
    tasks.ask_for_checks()
    assert IndicatorPeriod.objects.get().asked_at is None
    new = MembershipFactory(cooperation=cooperation, role=Role.LEADER).user
    tasks.ask_for_checks()
    assert [to for to, _subject in asked()] == [new.email]
    assert IndicatorPeriod.objects.get().asked_at == THIRD_OF_NOVEMBER


@pytest.mark.django_db(transaction=True)
def test_beats_and_computations_at_once_ask_once(month_of_calls, central, leader):
    month = month_of_calls(OCTOBER, within=1)
    gate, got = threading.Barrier(6), []

    def beat():
        try:
            gate.wait()
            got.append(month_to_check.claim(period=month, at=timezone.now()))
        finally:
            connection.close()

    def computation():
        try:
            gate.wait()
            operations.compute(central=central, period=OCTOBER, at=timezone.now())
        finally:
            connection.close()

    running = [threading.Thread(target=each) for each in [beat] * 3 + [computation] * 3]
    for each in running:
        each.start()
    for each in running:
        each.join()
    assert sorted(got) == [False, False, True]
    assert IndicatorPeriod.objects.get().asked_at == timezone.now()
    assert IndicatorPeriod.objects.get().figures.count() == month.figures.count()
