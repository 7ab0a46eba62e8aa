"""Mail to a real SMTP server, also one that refuses and one that dies."""

import socket
from email import policy
from email.parser import BytesParser

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from legevakt.lib import mail

MESSAGE_ID = "<delivery-1.attempt@legevakt.example>"


class Mailbox:
    """Takes every message; `rcpt` and `answer` are what the server says instead."""

    def __init__(self):
        self.received = []
        self.rcpt = self.answer = ""
        self.ending = ""

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.ending == "before":
            server.transport.abort()
        envelope.rcpt_tos.append(address)
        return self.rcpt or "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.received.append(BytesParser(policy=policy.default).parsebytes(envelope.content))
        if self.ending == "after":
            server.transport.abort()
        return self.answer or "250 OK"


class RudeSmtp(SMTP):
    """Answers the good-bye with an error and hangs up."""

    async def smtp_QUIT(self, arg):
        await self.push("421 no")
        self.transport.close()


class RudeController(Controller):
    def factory(self):
        return RudeSmtp(self.handler)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def mailbox(settings):
    yield from serve(Controller, settings)


def serve(controller_class, settings):
    box = Mailbox()
    controller = controller_class(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = mail.DJANGO_SMTP
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 5
    settings.DEFAULT_FROM_EMAIL = "Legevakta på Øya <post@legevakt.example>"
    yield box
    controller.stop()


def send(**changes):
    message = {
        "to": "direktor@kommune.example",
        "subject": "Årsrapport 2025",
        "text": "Hei, sjå vedlegget.",
        "html": "<p>Hei, sjå vedlegget.</p>",
        "message_id": MESSAGE_ID,
        "language": "nn",
    }
    mail.send(**{**message, **changes})


def test_a_message_arrives_with_both_texts_and_its_attachment(mailbox):
    send(attachments=[mail.Attachment("årsrapport.pdf", b"%PDF-1.7 x", "application/pdf")])

    (received,) = mailbox.received
    assert received["Subject"] == "Årsrapport 2025"
    assert received["To"] == "direktor@kommune.example"
    assert received.get_body(("plain",)).get_content().strip() == "Hei, sjå vedlegget."
    assert "<p>" in received.get_body(("html",)).get_content()
    (attachment,) = received.iter_attachments()
    assert attachment.get_filename() == "årsrapport.pdf"
    assert attachment.get_content() == b"%PDF-1.7 x"


def test_a_message_says_what_it_is(mailbox):
    send(headers={"X-Delivery": "17"})

    (received,) = mailbox.received
    assert received["Message-ID"] == MESSAGE_ID
    assert received["Content-Language"] == "nn"
    assert received["Auto-Submitted"] == "auto-generated"
    assert received["X-Delivery"] == "17"
    assert received.get_all("Message-ID") == [MESSAGE_ID]


@pytest.mark.parametrize(
    ("rcpt", "answer", "permanent", "code"),
    [
        ("550 no such user", "", True, 550),
        ("450 try later", "", False, 450),
        ("", "554 looks like spam", True, 554),
        ("", "452 full", False, 452),
        ("", "421 going down", False, 421),
    ],
)
def test_a_refusal_says_whether_it_is_for_good(mailbox, rcpt, answer, permanent, code):
    mailbox.rcpt, mailbox.answer = rcpt, answer

    with pytest.raises(mail.MailRefused) as raised:
        send()

    assert (raised.value.permanent, raised.value.code) == (permanent, code)


def test_a_server_that_dies_after_the_content_leaves_the_mail_unknown(mailbox):
    mailbox.ending = "after"

    with pytest.raises(mail.MailUnknown):
        send()

    assert len(mailbox.received) == 1


def test_a_server_that_dies_before_the_content_has_not_taken_the_mail(mailbox):
    mailbox.ending = "before"

    with pytest.raises(mail.MailRefused) as raised:
        send()

    assert (raised.value.permanent, raised.value.code) == (False, None)
    assert mailbox.received == []


def test_a_server_that_is_not_there_may_be_tried_again(mailbox, settings):
    settings.EMAIL_PORT = free_port()

    with pytest.raises(mail.MailRefused) as raised:
        send()

    assert (raised.value.permanent, raised.value.code) == (False, None)


def test_a_server_that_wants_no_login_is_a_refusal_that_may_pass(mailbox, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "a", "b"

    with pytest.raises(mail.MailRefused) as raised:
        send()

    assert not raised.value.permanent


def test_a_rude_good_bye_does_not_undo_a_sent_mail(settings):
    for box in serve(RudeController, settings):
        send()

        assert len(box.received) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"to": "a@b.example\nBcc: c@d.example"},
        {"to": "a@b.example, c@d.example"},
        {"to": "nobody"},
        {"subject": "x\r\nBcc: c@d.example"},
        {"headers": {"X-A": "x\nBcc: c@d.example"}},
        {"headers": {"X-A\nBcc": "c@d.example"}},
        {"headers": {"bcc": "c@d.example"}},
        {"headers": {"message-id": "<a@b>"}},
        {"message_id": "<a@b>\nBcc: c@d.example"},
        {"message_id": "a@b"},
    ],
)
def test_nothing_is_smuggled_into_the_headers(mailbox, changes):
    with pytest.raises(mail.InvalidMail):
        send(**changes)

    assert mailbox.received == []
