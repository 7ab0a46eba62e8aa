"""A central falls below its target: noticed once, told once, ended when it is clearly above."""

import threading
from datetime import UTC, date, datetime

import pytest
from django.core import mail as outbox
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from callstats.alerts import operations, tasks
from callstats.alerts.models import TargetAlert
from callstats.indicators.definitions import default_definition
from legevakt.lib.periods import Period
from municipalities.models import User
from tests.factories.months import month_of_calls
from tests.factories.webhooks import WebhookEndpointFactory

SEPTEMBER, OCTOBER = Period.month(2025, 9), Period.month(2025, 10)
NOVEMBER, DECEMBER = Period.month(2025, 11), Period.month(2025, 12)

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def endpoint(cooperation):
    return WebhookEndpointFactory(cooperation=cooperation, event_types=["indicator.below_target"])


@pytest.fixture
def october_below(central):
    """70 of 100."""
    month_of_calls(central, OCTOBER, within=70, late=30)
    return central


def to_january(clock):
    clock.move_to(datetime(2026, 1, 3, 6, tzinfo=UTC))


def raised():
    return list(TargetAlert.objects.order_by("pk").values_list("raised_for", "cleared_for"))


def test_a_month_below_the_target_is_told_once_to_leader_and_director(
    october_below, leader, host_director, auditor, endpoint
):
    User.objects.filter(pk=leader.pk).update(language="nb")
    for _beat in range(3):
        tasks.watch_targets()

    alert = TargetAlert.objects.get()
    assert (alert.raised_for, alert.numerator, alert.denominator) == (date(2025, 10, 1), 70, 100)
    assert alert.told_at == timezone.now()
    by_person = {message.to[0]: message for message in outbox.outbox}
    assert sorted(by_person) == sorted([leader.email, host_director.email])
    assert len(outbox.outbox) == 2
    english = by_person[host_director.email]
    assert english.subject == f"{october_below.name} was below the target in October 2025"
    assert "answered 70.0% of all calls within two minutes: 70 of 100" in english.body
    assert "until a later month reaches 82%" in english.body
    assert "/telephony/periods/nordhordland/2025-10/" in english.body
    assert by_person[leader.email].extra_headers["Content-Language"] == "nb"
    assert endpoint.messages.get().payload["data"] == {
        "central": "nordhordland",
        "period": "2025-10-01/2025-11-01",
        "definition": "lvs-2min-v1",
        "numerator": 70,
        "denominator": 100,
        "percent": "70.0",
        "target_percent": 80,
    }


def test_what_is_a_little_above_the_target_ends_nothing(october_below, central, endpoint, clock):
    tasks.watch_targets()
    to_january(clock)
    month_of_calls(central, DECEMBER, within=81, late=19)
    tasks.watch_targets()
    assert raised() == [(date(2025, 10, 1), None)]
    assert endpoint.messages.count() == 1


def test_a_later_month_clearly_above_ends_it_and_the_next_fall_is_another(
    october_below, central, endpoint, clock
):
    tasks.watch_targets()
    clock.move_to(datetime(2025, 12, 3, 6, tzinfo=UTC))
    month_of_calls(central, NOVEMBER, within=82, late=18)
    for _beat in range(2):
        tasks.watch_targets()
    assert raised() == [(date(2025, 10, 1), date(2025, 11, 1))]
    assert TargetAlert.objects.get().cleared_at == timezone.now()

    to_january(clock)
    month_of_calls(central, DECEMBER, within=79, late=21)
    for _beat in range(2):
        tasks.watch_targets()
    assert raised() == [(date(2025, 10, 1), date(2025, 11, 1)), (date(2025, 12, 1), None)]
    assert endpoint.messages.count() == 2


@pytest.mark.parametrize(
    "month",
    [
        {"within": 70, "late": 30, "hours": 700},
        {"within": 20, "late": 8},
        {"within": 0, "late": 0},
        {"within": 80, "late": 20},
    ],
    ids=["incomplete", "too few calls", "no calls", "on the target"],
)
def test_a_month_that_says_too_little_raises_nothing(central, month):
    month_of_calls(central, OCTOBER, **month)
    tasks.watch_targets()
    assert raised() == []


def test_an_incomplete_month_leaves_the_word_to_the_one_before(central):
    month_of_calls(central, SEPTEMBER, within=50, late=50)
    month_of_calls(central, OCTOBER, within=100, hours=100)
    tasks.watch_targets()
    assert raised() == [(date(2025, 9, 1), None)]


def test_a_month_that_is_not_over_is_not_judged(central):
    month_of_calls(central, NOVEMBER, within=10, late=90)
    tasks.watch_targets()
    assert raised() == []


def test_late_data_do_not_raise_the_same_month_twice(october_below, central, endpoint, clock):
    tasks.watch_targets()
    clock.move_to(datetime(2025, 12, 3, 6, tzinfo=UTC))
    month_of_calls(central, NOVEMBER, within=90, late=10)
    tasks.watch_targets()
    month_of_calls(central, NOVEMBER, late=90, municipality="4631")
    for _beat in range(2):
        tasks.watch_targets()
    assert raised() == [(date(2025, 10, 1), date(2025, 11, 1)), (date(2025, 11, 1), None)]
    month_of_calls(central, NOVEMBER, within=900, municipality="4633")
    tasks.watch_targets()
    assert raised()[-1] == (date(2025, 11, 1), None), "only a later month ends it"


def test_nobody_is_told_of_an_alert_that_has_ended(october_below, leader):
    tasks.watch_targets()
    sent = len(outbox.outbox)
    alert = TargetAlert.objects.get()
    alert.cleared_at = timezone.now()
    alert.save()
    tasks.tell_person(alert_id=alert.pk, user_id=leader.pk)
    assert len(outbox.outbox) == sent


def test_a_central_of_no_cooperation_has_nobody_to_tell(central, leader):
    central.cooperation = None
    central.save()
    month_of_calls(central, OCTOBER, within=70, late=30)
    tasks.watch_targets()
    assert TargetAlert.objects.count() == 1
    assert outbox.outbox == []


def test_what_no_broker_took_is_told_the_next_morning(october_below, leader, monkeypatch):
    def no_broker(**_):
        raise OperationalError

    with monkeypatch.context() as away:
        away.setattr(tasks.tell_person, "delay", no_broker)
        with pytest.raises(OperationalError):
            tasks.watch_targets()
    assert TargetAlert.objects.get().told_at is None
    for _ in range(2):
        tasks.watch_targets()
    assert [message.to for message in outbox.outbox] == [[leader.email]]


def test_the_database_keeps_one_lasting_alert(october_below):
    tasks.watch_targets()
    alert = TargetAlert.objects.get()
    alert.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        alert.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_beats_at_once_raise_one_alert_and_tell_once(october_below, leader, endpoint):
    gate = threading.Barrier(4)
    at, today = timezone.now(), date(2025, 11, 10)

    def beat():
        gate.wait()
        try:
            operations.watch(
                central=october_below, definition=default_definition(), today=today, at=at
            )
            tasks.watch_targets()
        finally:
            connection.close()

    beats = [threading.Thread(target=beat) for _ in range(4)]
    for each in beats:
        each.start()
    for each in beats:
        each.join()
    tasks.watch_targets()
    assert TargetAlert.objects.count() == 1
    assert endpoint.messages.count() == 1
    assert [message.to for message in outbox.outbox] == [[leader.email]]
