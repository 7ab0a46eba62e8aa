"""The report is received once: the worker is killed at twenty points around the mail server.

A real Celery worker, a real SMTP server, PostgreSQL and the broker. Whatever is killed, nobody gets
two mails with the same message id, and a mail that nobody knows of is seen as `unknown`.
"""

import asyncio
import gc
import os
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep

import psycopg
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from django.conf import settings as django_settings
from django.db import connection
from django.utils import timezone

from legevakt.embedded.home import CHECKOUT
from reporting.annual_report import operations as reports
from reporting.deliveries import operations as deliveries
from reporting.deliveries import tasks
from reporting.deliveries.models import Delivery, DeliveryState
from tests.factories.municipalities import MembershipFactory, UserFactory
from tests.factories.reporting import calls_in_year, draft, ready, schedule
from tests.template_database import address_of

pytestmark = [
    pytest.mark.broker,
    pytest.mark.timeout(300),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # connections of who was killed
]
SENT, UNKNOWN, WAITING = DeliveryState.SENT, DeliveryState.UNKNOWN, DeliveryState.WAITING
LARGE = b"%PDF-1.7 " + os.urandom(4_000_000).hex().encode()

# Where the worker waits when it is killed → what the delivery ends as.
# Before the claim is stored it is surely not sent, and goes by itself when there is a worker again.
BEFORE_CLAIM = {
    "the row is looked up": ("reporting_delivery", SENT),
    "the mail is written": ("reporting_reportdocument", SENT),
}
AT_SERVER = {
    "before the greeting": UNKNOWN,
    "after the greeting": UNKNOWN,
    "before EHLO": UNKNOWN,
    "after EHLO": UNKNOWN,
    "before MAIL": UNKNOWN,
    "after MAIL": UNKNOWN,
    "before RCPT": UNKNOWN,
    "after RCPT": UNKNOWN,
    "before DATA": UNKNOWN,
    "within the content": UNKNOWN,
    "the content is taken": UNKNOWN,
    "after DATA": UNKNOWN,
    "before QUIT": UNKNOWN,
}
POINTS = 20


class Stops:
    """Where the server holds its breath: `at` is reached, and stays so until `go_on`."""

    def __init__(self):
        self.at, self.reached, self.released = "", threading.Event(), threading.Event()

    def hold(self, point):
        self.at = point
        self.reached.clear()
        self.released.clear()

    def go_on(self):
        self.at = ""
        self.released.set()

    async def pass_by(self, point):
        if point != self.at:
            return
        self.reached.set()
        while not self.released.is_set():
            await asyncio.sleep(0.01)


class StoppingSmtp(SMTP):
    """aiosmtpd, which stops before or after any of its answers."""

    async def push(self, status):
        told = status if isinstance(status, str) else status.decode()
        greets = told.startswith("220")
        if greets:
            await self.event_handler.stops.pass_by("before the greeting")
        await super().push(status)
        if greets:
            await self.event_handler.stops.pass_by("after the greeting")
        if told.startswith("354"):
            await self.event_handler.stops.pass_by("within the content")

    async def smtp_EHLO(self, arg):
        await self._around("EHLO", super().smtp_EHLO, arg)

    async def smtp_MAIL(self, arg):
        await self._around("MAIL", super().smtp_MAIL, arg)

    async def smtp_RCPT(self, arg):
        await self._around("RCPT", super().smtp_RCPT, arg)

    async def smtp_DATA(self, arg):
        await self._around("DATA", super().smtp_DATA, arg)

    async def smtp_QUIT(self, arg):
        await self._around("QUIT", super().smtp_QUIT, arg)

    async def _around(self, verb, answer, arg):
        await self.event_handler.stops.pass_by(f"before {verb}")
        await answer(arg)
        await self.event_handler.stops.pass_by(f"after {verb}")


class Relay:
    """Takes every mail whose content it has whole, also when nobody hears that it did."""

    def __init__(self):
        self.stops, self.taken = Stops(), []

    async def handle_DATA(self, server, session, envelope):
        head = envelope.content.split(b"\r\n\r\n")[0].decode()
        unfolded = head.replace("\r\n ", " ").splitlines()
        self.taken += [
            line.partition(":")[2].strip()
            for line in unfolded
            if line.lower().startswith("message-id:")
        ]
        await self.stops.pass_by("the content is taken")
        return "250 OK"


class StoppingController(Controller):
    def factory(self):
        return StoppingSmtp(self.handler, data_size_limit=None)


@pytest.fixture
def relay():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    box = Relay()
    controller = StoppingController(box, hostname="127.0.0.1", port=port)
    controller.start()
    box.port = port
    yield box
    controller.stop()
    gc.collect()


class Worker:
    """A Celery worker with two processes, which are killed and come again."""

    def __init__(self, relay: Relay, log: Path) -> None:
        self.log = log
        self.database = address_of(connection.settings_dict["NAME"])
        environment = os.environ | {
            "DATABASE_URL": self.database,
            "EMAIL_URL": f"smtp://127.0.0.1:{relay.port}",
            "LEGEVAKT_HOME": str(django_settings.LEGEVAKT_HOME),
            "SITE_URL": "http://127.0.0.1",
        }
        options = ("-c", "2", "--without-gossip", "--without-mingle", "--without-heartbeat")
        with log.open("wb") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "legevakt", "worker", *options],
                cwd=CHECKOUT,
                env=environment,
                stdout=file,
                stderr=file,
                start_new_session=True,
            )

    def is_gone(self) -> bool:
        return self.process.poll() is not None

    def children(self) -> list[int]:
        pid = self.process.pid
        try:
            return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        except FileNotFoundError:
            return []

    def kill_children(self) -> None:
        """As the machine does when it runs out of memory."""
        for pid in self.children():
            os.kill(pid, signal.SIGKILL)

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(30)


@pytest.fixture
def worker_process(transactional_db, relay, tmp_path):
    from legevakt.celery import app

    app.control.purge()
    worker = Worker(relay, tmp_path / "worker.log")
    yield worker
    worker.stop()
    app.control.purge()


@pytest.fixture
def plan(cooperation):
    """Today at midnight, for the report of last year; the schedule is old."""
    now = timezone.localtime()
    return schedule(
        cooperation,
        months_after=now.month,
        day=min(now.day, 28),
        local_time=now.min.time(),
        changed_at=now - timedelta(days=90),
    )


@pytest.fixture
def report(central, cooperation, host_director):
    """Last year's issued report, whose PDF is too large for the buffers of a connection."""
    now = timezone.now()
    year = timezone.localtime().year - 1
    calls_in_year(central=central, year=year, months=(1,))
    made = ready(draft(cooperation=cooperation, year=year, at=now), content=LARGE)
    own = {"by": host_director, "at": now}
    reports.check(report=made, content_sha256=made.content_sha256, **own)
    reports.approve(report=made, content_sha256=made.content_sha256, **own)
    return reports.issue(report=made, **own)


def wait_for(condition, what, seconds=30):
    deadline = monotonic() + seconds
    while not condition():
        assert monotonic() < deadline, what
        sleep(0.02)


@contextmanager
def held(worker: Worker, statement: str, *parameters):
    """Somebody else holds the rows or the table; yields a question: is the worker waiting?"""
    with psycopg.connect(worker.database) as other, psycopg.connect(worker.database) as watcher:
        watcher.autocommit = True
        other.execute(statement, parameters)
        waiting = (
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        yield lambda: watcher.execute(waiting).fetchone()[0] > 0
        other.rollback()


class Journey:
    """One recipient a point, so that each point has a delivery of its own."""

    def __init__(self, *, plan, report, relay, worker):
        self.plan, self.report, self.relay, self.worker = plan, report, relay, worker
        self.points = []

    def delivery(self) -> Delivery:
        """The permit to send the report to somebody new."""
        user = UserFactory()
        MembershipFactory(user=user, cooperation=self.plan.cooperation, role="host_director")
        deliveries.release(schedule=self.plan, report=self.report, at=timezone.now())
        return Delivery.objects.get(recipient=user)

    def kill_when(self, waits, point):
        wait_for(lambda: waits() or self.worker.is_gone(), f"the worker never came to: {point}")
        assert not self.worker.is_gone(), self.worker.log.read_text()
        self.worker.kill_children()
        self.points.append(point)

    def settled(self, delivery) -> str:
        """What the delivery ends as, after as many beats as it takes, two at a time."""

        def is_over():
            for _ in range(2):
                tasks.send_due.delay()
            sleep(0.3)
            delivery.refresh_from_db()
            return delivery.state not in (WAITING, DeliveryState.SENDING)

        wait_for(is_over, f"delivery stays {delivery.state}")
        return delivery.state


@pytest.fixture
def journey(worker_process, plan, report, relay):
    return Journey(plan=plan, report=report, relay=relay, worker=worker_process)


def test_a_report_is_received_once_whatever_is_killed(journey, host_director):
    released_once(journey, host_director)
    for point, (table, expected) in BEFORE_CLAIM.items():
        killed_before_the_claim(journey, point, table, expected)
    killed_at_the_claim(journey)
    for point, expected in AT_SERVER.items():
        killed_at_the_server(journey, point, expected)
    killed_at_the_mark(journey)
    killed_while_it_settles(journey)
    killed_as_a_whole(journey)

    assert len(journey.points) >= POINTS, journey.points
    received = Counter(journey.relay.taken)
    assert set(received.values()) == {1}
    for delivery in Delivery.objects.all():
        assert delivery.state in (SENT, UNKNOWN), delivery.state
        assert delivery.state == UNKNOWN or received[delivery.message_id] == 1


def released_once(journey, host_director):
    """The beat's own task is killed over the dispatch: nothing is half made."""
    with held(journey.worker, "LOCK TABLE reporting_dispatch IN EXCLUSIVE MODE") as waits:
        tasks.send_due.delay()
        tasks.send_due.delay()
        journey.kill_when(waits, "the dispatch is made")
    wait_for(lambda: _beat() and Delivery.objects.exists(), "nothing was released")
    assert journey.settled(Delivery.objects.get(recipient=host_director)) == SENT
    assert journey.plan.dispatches.count() == 1


def _beat() -> bool:
    tasks.send_due.delay()
    sleep(0.3)
    return True


def killed_before_the_claim(journey, point, table, expected):
    delivery = journey.delivery()
    with held(journey.worker, f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE") as waits:
        tasks.send_delivery.delay(delivery_id=delivery.pk)
        journey.kill_when(waits, point)
    assert journey.settled(delivery) == expected, point


def killed_at_the_claim(journey):
    delivery = journey.delivery()
    row = "SELECT 1 FROM reporting_delivery WHERE id = %s FOR UPDATE"
    with held(journey.worker, row, delivery.pk) as waits:
        tasks.send_delivery.delay(delivery_id=delivery.pk)
        journey.kill_when(waits, "the claim is stored")
    assert journey.settled(delivery) == SENT


def killed_at_the_server(journey, point, expected):
    delivery, stops = journey.delivery(), journey.relay.stops
    stops.hold(point)
    tasks.send_delivery.delay(delivery_id=delivery.pk)
    journey.kill_when(stops.reached.is_set, point)
    stops.go_on()
    assert journey.settled(delivery) == expected, point


def killed_at_the_mark(journey):
    """The mail is sent, and the worker waits to write so: PostgreSQL may still do what it heard."""
    delivery, stops = journey.delivery(), journey.relay.stops
    stops.hold("before QUIT")
    tasks.send_delivery.delay(delivery_id=delivery.pk)
    wait_for(stops.reached.is_set, "before QUIT")
    row = "SELECT 1 FROM reporting_delivery WHERE id = %s FOR UPDATE"
    with held(journey.worker, row, delivery.pk) as waits:
        stops.go_on()
        journey.kill_when(waits, "the mark is stored")
    assert journey.settled(delivery) in (SENT, UNKNOWN)


def killed_while_it_settles(journey):
    """A dead worker's delivery, and the beat that says so is killed too."""
    delivery = journey.delivery()
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.SENDING)
    row = "SELECT 1 FROM reporting_delivery WHERE id = %s FOR UPDATE"
    with held(journey.worker, row, delivery.pk) as waits:
        tasks.send_due.delay()
        journey.kill_when(waits, "what is lost is settled")
    assert journey.settled(delivery) == UNKNOWN


def killed_as_a_whole(journey):
    """Master and children at once; the broker keeps what they had not done."""
    delivery, stops = journey.delivery(), journey.relay.stops
    stops.hold("after RCPT")
    with ExitStack() as ending:
        ending.callback(stops.go_on)
        tasks.send_delivery.delay(delivery_id=delivery.pk)
        wait_for(stops.reached.is_set, "the whole worker")
        journey.worker.stop()
    journey.points.append("the whole worker")

    def is_settled() -> bool:
        deliveries.settle_lost()
        delivery.refresh_from_db()
        return delivery.state == UNKNOWN

    wait_for(is_settled, "PostgreSQL has noticed that the worker is gone")
