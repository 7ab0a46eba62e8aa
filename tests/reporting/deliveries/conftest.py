import socket
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from tests.factories.reporting import calls_in_year, issued, schedule


@pytest.fixture
def report(cooperation, central, host_director):
    """The issued report for 2025."""
    calls_in_year(central=central, months=(1,))
    return issued(cooperation=cooperation, by=host_director)


@pytest.fixture
def plan(cooperation):
    """1 March at 08:00."""
    return schedule(cooperation)


class Inbox(Message):
    """Keeps what it takes; `answers` are given to RCPT or DATA instead, one an attempt."""

    def __init__(self):
        super().__init__()
        self.received = []
        self.at_recipient: list[str] = []
        self.at_data: list[str] = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.at_recipient:
            return self.at_recipient.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.at_data:
            answer = self.at_data.pop(0)
            if answer == "hang up":
                server.transport.abort()
                return "421 gone"
            return answer
        return await super().handle_DATA(server, session, envelope)

    def handle_message(self, message):
        self.received.append(message)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def smtp(settings):
    """A real mail server on a free port; `smtp.inbox.received` is what it took."""
    inbox = Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 10
    yield SimpleNamespace(inbox=inbox, controller=controller)
    if controller.server is not None:
        controller.stop()
