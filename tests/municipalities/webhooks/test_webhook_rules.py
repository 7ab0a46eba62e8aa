"""The schedule of attempts, the shape of a message, and the secrets."""

import doctest
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from municipalities.webhooks import rules, signing

START = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
END = START + rules.GIVE_UP_AFTER


def attempts(seconds_taken: float = 0.0) -> list[timedelta]:
    """When a receiver that never answers is tried, after the event."""
    at, moments = START, []
    while at is not None:
        moments.append(at - START)
        done = at + timedelta(seconds=seconds_taken)
        at = rules.next_attempt_at(attempts=len(moments), at=done, give_up_at=END)
    return moments


def test_a_message_is_tried_at_growing_pauses_for_three_days():
    hours = [round(moment / timedelta(hours=1), 3) for moment in attempts()]

    assert attempts()[1] == timedelta(seconds=5)
    assert hours == [
        0,
        0.001,
        0.085,
        0.585,
        2.585,
        7.585,
        17.585,
        29.585,
        41.585,
        53.585,
        65.585,
        72,
    ]


def test_the_pauses_are_those_of_the_standard():
    told = [rules.pause_after(n) for n in range(1, 9)]
    assert told == [
        timedelta(seconds=5),
        timedelta(minutes=5),
        timedelta(minutes=30),
        timedelta(hours=2),
        timedelta(hours=5),
        timedelta(hours=10),
        timedelta(hours=12),
        timedelta(hours=12),
    ]


@given(st.floats(min_value=0, max_value=90))
def test_attempts_that_take_their_time_end_just_the_same(seconds):
    moments = attempts(seconds)
    assert moments == sorted(moments)
    assert moments[-1] <= rules.GIVE_UP_AFTER + timedelta(seconds=90)
    assert len(moments) <= 13


def test_what_is_late_is_tried_once_and_given_up():
    late = END + timedelta(days=1)
    assert rules.next_attempt_at(attempts=1, at=late, give_up_at=END) is None


@pytest.mark.parametrize("status", [200, 204, 299])
def test_any_answer_of_two_hundred_is_a_delivery(status):
    assert rules.is_delivered(status)


@pytest.mark.parametrize("status", [100, 199, 301, 302, 400, 401, 410, 429, 500, 503])
def test_any_other_answer_is_none(status):
    assert not rules.is_delivered(status)


def test_the_moment_is_told_in_utc():
    oslo_summer = timezone(timedelta(hours=2))
    told = rules.payload(
        event_type=rules.EventType.SOURCE_SILENT,
        at=datetime(2026, 7, 1, 14, 30, 5, 900_000, tzinfo=oslo_summer),
        data={"source": "pbx"},
    )
    assert told == {
        "type": "source.silent",
        "timestamp": "2026-07-01T12:30:05Z",
        "data": {"source": "pbx"},
    }


def test_the_body_is_the_same_whichever_way_the_database_orders_the_payload():
    told = rules.payload(event_type="source.silent", at=START, data={"name": "Ålesund"})
    turned = dict(reversed(told.items()))

    assert rules.body(told) == rules.body(turned)
    assert rules.body(told).startswith(b'{"type":"source.silent","timestamp":"')
    assert json.loads(rules.body(told)) == told


def test_the_secret_follows_from_installation_webhook_and_generation():
    keys = {"installation_key": "k" * 50, "endpoint_id": 7, "generation": 1}
    mine = signing.secret(**keys)

    assert mine == signing.secret(**keys)
    assert mine.startswith("whsec_")
    others = [
        signing.secret(**keys | {"installation_key": "l" * 50}),
        signing.secret(**keys | {"endpoint_id": 8}),
        signing.secret(**keys | {"generation": 2}),
        signing.secret(**keys | {"endpoint_id": 71, "generation": 1}),
    ]
    assert len({mine, *others}) == 5


def test_the_signature_is_the_one_of_the_standards_own_example():
    """The example of the Standard Webhooks specification's reference libraries."""
    headers = signing.headers(
        message_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        body=b'{"test": 2432232314}',
        at=datetime.fromtimestamp(1614265330, tz=UTC),
        secrets=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
    )
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(rules).failed == 0
