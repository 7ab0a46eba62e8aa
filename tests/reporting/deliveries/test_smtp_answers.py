"""What a mail server may do, at every step, and what the delivery says of it."""

import asyncio
import gc
import socket
import warnings
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from reporting.deliveries import operations as deliveries
from reporting.deliveries.models import Delivery, DeliveryState
from tests.factories.reporting import AFTER_THE_YEAR

NOW = AFTER_THE_YEAR + timedelta(days=40)
WAITING, FAILED, UNKNOWN = DeliveryState.WAITING, DeliveryState.FAILED, DeliveryState.UNKNOWN
SLEEP_SECONDS = 30


class Moody(SMTP):
    """Answers a step as told: with a reply, by hanging up, or not at all."""

    async def _told(self, step):
        """Whether the step is answered already."""
        if self.event_handler.step != step:
            return False
        mood = self.event_handler.mood
        if mood == "sleeps":
            await asyncio.sleep(SLEEP_SECONDS)
        if mood in ("sleeps", "hangs up"):
            self.transport.abort()
        else:
            await super().push(mood)
        return True

    async def push(self, status):
        told = status if isinstance(status, str) else status.decode()
        if told.startswith("220") and await self._told("greeting"):
            if self.event_handler.mood[0].isdigit():
                self.transport.close()
            return
        await super().push(status)

    async def smtp_EHLO(self, arg):
        if not await self._told("EHLO"):
            await super().smtp_EHLO(arg)

    async def smtp_HELO(self, arg):
        if not await self._told("EHLO"):
            await super().smtp_HELO(arg)

    async def smtp_MAIL(self, arg):
        if not await self._told("MAIL"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg):
        if not await self._told("RCPT"):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg):
        if not await self._told("DATA"):
            await super().smtp_DATA(arg)


class Box:
    step = mood = ""

    def __init__(self):
        self.taken = 0

    async def handle_DATA(self, server, session, envelope):
        self.taken += 1
        if self.step == "content" and await server._told("content"):
            return None
        return "250 OK"


class MoodyController(Controller):
    def factory(self):
        return Moody(self.handler)


@pytest.fixture
def server(settings):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    box = Box()
    controller = MoodyController(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 0.5
    yield box
    controller.stop()
    with warnings.catch_warnings(action="ignore"):  # of connections that the server dropped
        gc.collect()


@pytest.fixture
def delivery(plan, report):
    (found,) = deliveries.release(schedule=plan, report=report, at=NOW)
    return found


STEPS = ("greeting", "EHLO", "MAIL", "RCPT", "DATA")
CASES = [
    *[(step, mood, WAITING, "no_connection") for step in STEPS for mood in ("hangs up", "sleeps")],
    *[(step, "421 4.3.2 busy", WAITING, "smtp_421") for step in STEPS],
    *[(step, "451 4.7.1 greylisted", WAITING, "smtp_451") for step in ("MAIL", "RCPT", "DATA")],
    ("greeting", "554 5.3.2 not now", WAITING, "smtp_554"),
    ("EHLO", "550 who are you", WAITING, "smtp_550"),
    ("MAIL", "550 5.7.1 not from you", FAILED, "smtp_550"),
    ("RCPT", "550 5.1.1 no such mailbox", FAILED, "smtp_550"),
    ("DATA", "554 5.5.1 no", FAILED, "smtp_554"),
    ("content", "451 4.3.0 disk full", WAITING, "smtp_451"),
    ("content", "552 5.3.4 too large", FAILED, "smtp_552"),
    ("content", "hangs up", UNKNOWN, "connection_lost"),
    ("content", "sleeps", UNKNOWN, "connection_lost"),
]


@pytest.mark.parametrize(("step", "mood", "state", "code"), CASES)
def test_each_answer_at_each_step(server, delivery, step, mood, state, code):
    server.step, server.mood = step, mood
    deliveries.send(delivery=delivery, at=NOW)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.error_code) == (state, code)
    assert server.taken == (step == "content")


def test_what_was_refused_for_now_is_taken_at_the_next_attempt(server, delivery):
    server.step, server.mood = "RCPT", "451 4.7.1 greylisted"
    deliveries.send(delivery=delivery, at=NOW)
    server.step = ""
    deliveries.send(delivery=delivery, at=NOW + timedelta(minutes=5))
    delivery.refresh_from_db()
    assert (delivery.state, server.taken) == (DeliveryState.SENT, 1)


def test_a_bad_address_stops_only_itself(server, plan, report, partner_director):
    found = deliveries.release(schedule=plan, report=report, at=NOW)
    Delivery.objects.filter(pk=found[0].pk).update(email="no address at all")
    for each in found:
        deliveries.send(delivery=each, at=NOW)
    states = list(Delivery.objects.order_by("pk").values_list("state", flat=True))
    assert states == [FAILED, DeliveryState.SENT]


def test_no_address_is_told_to_the_log(server, delivery, caplog):
    server.step, server.mood = "RCPT", f"550 5.1.1 <{delivery.email}> unknown"
    deliveries.send(delivery=delivery, at=NOW)
    assert delivery.email not in caplog.text
