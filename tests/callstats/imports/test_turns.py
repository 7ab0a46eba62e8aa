"""Requests of one central at the same moment are stored one after the other."""

import random
import threading
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from callstats.calls.models import Call, CallRevision
from callstats.imports import at_once
from callstats.imports.models import CallImport, Channel, ImportState
from callstats.imports.turns import CentralIsBusy, take_turn
from tests.callstats.calls import from_scratch
from tests.factories.callstats import ARRIVED_AT, call, canonical_json

WAIT = timedelta(seconds=30)
SENDERS, SENT = 4, 8


def in_sessions(*actions) -> None:
    """Each in a thread of its own, begun at the same moment."""
    gate = threading.Barrier(len(actions))

    def begin(action):
        try:
            gate.wait(timeout=30)
            action()
        finally:
            connection.close()

    threads = [threading.Thread(target=begin, args=[action]) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def told_by(sender: int) -> list[dict]:
    """Some of the same ten calls, in other words and other hours each time."""
    dice = random.Random(sender)
    return [
        call(
            f"c{number}",
            arrived_at=(ARRIVED_AT + timedelta(minutes=dice.randrange(240))).isoformat(),
            wait_seconds=dice.randrange(200),
        )
        for number in dice.sample(range(10), 5)
    ]


@pytest.mark.django_db(transaction=True)
def test_the_same_calls_from_many_at_once_are_each_stored_and_summed_once(source):
    def send(sender):
        for request in range(SENT):
            rows = told_by(SENT * sender + request)
            at_once.take(
                source=source,
                data=canonical_json(rows).encode(),
                calls=rows,
                at=timezone.now(),
                covers=None,
                wait=WAIT,
                channel=Channel.API,
                file_format="json",
                file_name="api.json",
            )

    in_sessions(*[lambda sender=sender: send(sender) for sender in range(SENDERS)])

    imports = CallImport.objects.all()
    assert Counter(each.state for each in imports) == {ImportState.COMPLETED: SENDERS * SENT}
    assert sum(each.created for each in imports) == Call.objects.count() == 10
    updated = sum(each.updated for each in imports)
    assert updated == CallRevision.objects.count()
    assert updated == sum(each.revision - 1 for each in Call.objects.all())
    assert from_scratch.kept() == from_scratch.summed()


@pytest.mark.django_db(transaction=True)
def test_whoever_waits_for_a_turn_sees_what_was_stored_before_it(central):
    seen = []

    def first():
        with transaction.atomic():
            take_turn(central_id=central.pk, wait=WAIT)
            taken.set()
            time.sleep(0.3)
            type(central).objects.filter(pk=central.pk).update(name="Renamed")

    def second():
        taken.wait(timeout=30)
        with transaction.atomic(), pytest.raises(CentralIsBusy):
            take_turn(central_id=central.pk, wait=timedelta(milliseconds=20))
        with transaction.atomic():
            take_turn(central_id=central.pk, wait=WAIT)
            seen.append(type(central).objects.get(pk=central.pk).name)
            seen.append(planned_by())

    taken = threading.Event()
    in_sessions(first, second)
    assert seen == ["Renamed", {"enable_seqscan": "off", "jit": "off"}]


def planned_by() -> dict[str, str]:
    """What the planner may not do."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, setting FROM pg_settings WHERE name IN ('enable_seqscan', 'jit')"
        )
        return dict(cursor.fetchall())


@pytest.mark.django_db
def test_in_a_turn_calls_are_looked_up_by_their_index_and_nothing_is_compiled(central):
    take_turn(central_id=central.pk, wait=None)
    assert planned_by() == {"enable_seqscan": "off", "jit": "off"}
