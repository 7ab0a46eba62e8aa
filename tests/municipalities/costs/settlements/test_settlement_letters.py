"""The partners' directors are told once, by a link and without figures."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core import mail as outbox
from django.utils import timezone
from kombu.exceptions import OperationalError

from municipalities.costs.settlements import operations, tasks
from municipalities.costs.settlements.models import SettlementNotice
from tests.factories import costs

AT = datetime(2025, 2, 10, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english_mail(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def sent(vaernes):
    year = costs.settled_year(cooperation=vaernes.cooperation)
    return costs.sent_settlement(pool_year=year, by=vaernes.controller)


def letters():
    """(to, subject) of what has been sent since last asked."""
    found = sorted((each.to[0], each.subject) for each in outbox.outbox)
    outbox.outbox.clear()
    return found


def test_the_partners_are_told_once_when_it_is_sent_and_when_it_is_approved(vaernes, sent):
    tasks.tell_partners()
    body = outbox.outbox[0].body
    assert "/costs/vaernes/pools/legevakt/2025/settlements/1/" in body
    assert "1 March 2025" in body
    assert "76" not in body.replace("https://", "")
    assert [to for to, _ in letters()] == [vaernes.selbu.email, vaernes.tydal.email]
    tasks.tell_partners()
    assert letters() == []

    operations.approve(settlement=sent, by=vaernes.director, at=AT)
    for _ in range(2):
        tasks.tell_partners()

    assert letters() == [
        (who.email, "Approved: final settlement of Legevakt for 2025")
        for who in (vaernes.selbu, vaernes.tydal)
    ]


def test_without_a_broker_nothing_is_claimed_and_the_next_tick_tells(sent, monkeypatch):
    def unreachable(**_):
        raise OperationalError

    with monkeypatch.context() as patched:
        patched.setattr(tasks.tell_person, "delay", unreachable)
        with pytest.raises(OperationalError):
            tasks.tell_partners()
    tasks.tell_partners()

    assert len(letters()) == 2


def test_who_has_nobody_that_answers_is_told_when_somebody_does(sent):
    tasks.tell_partners()

    waiting = SettlementNotice.objects.filter(told_at=None)
    assert [each.municipality.name for each in waiting] == ["Meråker"]


def test_a_claim_is_had_by_one(sent):
    notice = SettlementNotice.objects.first()

    claims = [operations.claim_notice(notice=notice, at=timezone.now()) for _ in range(2)]

    assert claims == [True, False]


def test_one_that_is_dropped_meanwhile_is_not_told_of(vaernes, sent):
    operations.drop(settlement=sent, why="feil", by=None)

    tasks.tell_partners()

    assert letters() == []
