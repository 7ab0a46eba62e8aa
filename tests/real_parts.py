"""The real parts of a journey: a Celery worker on the real broker, an SMTP server."""

import socket

import pytest
from aiosmtpd.controller import Controller
from celery.contrib.testing.worker import start_worker


class Mailbox:
    """What an SMTP server has received, in order; it refuses addresses that are in `unknown`."""

    def __init__(self):
        self.received = []
        self.unknown = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.unknown:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.received.append(envelope)
        return "250 OK"


@pytest.fixture
def worker(transactional_db):
    """A worker that takes tasks from the real broker until the test ends."""
    from legevakt.celery import app

    app.control.purge()
    with start_worker(app, pool="solo", perform_ping_check=False, loglevel="ERROR"):
        yield app


@pytest.fixture
def mailbox(settings):
    """A real SMTP server on a free port, to which the installation sends."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=_free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield box
    controller.stop()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def until():
    """`until(condition)` waits for the worker, at most a minute."""
    from time import monotonic, sleep

    def wait(condition, seconds=60):
        deadline = monotonic() + seconds
        while not condition():
            assert monotonic() < deadline, "the worker did not finish in time"
            sleep(0.05)

    return wait
