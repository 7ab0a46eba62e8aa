"""The only sender of e-mail: one message to one person, and a clear word on what became of it."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email

from legevakt.lib.smtp import MailUnknown

__all__ = ["Attachment", "InvalidMail", "Invitation", "MailRefused", "MailUnknown", "send"]

MESSAGE_ID = re.compile(r"<[\w.+=-]+@[\w.-]+>")
OWN_HEADERS = {
    "message-id",
    "content-language",
    "auto-submitted",
    "to",
    "cc",
    "bcc",
    "from",
    "subject",
}
DJANGO_SMTP = "django.core.mail.backends.smtp.EmailBackend"
WATCHED_SMTP = "legevakt.lib.smtp.WatchedBackend"


class Attachment(NamedTuple):
    """A file that goes with a message."""

    name: str
    content: bytes
    media_type: str


class Invitation(NamedTuple):
    """An iCalendar object for the reader's calendar: REQUEST or CANCEL (RFC 6047)."""

    method: str
    content: bytes


class InvalidMail(ValueError):
    """An address or header that cannot be sent, or that tries to smuggle in another."""


class MailRefused(Exception):
    """The mail was surely not taken. `permanent`: trying this address again is of no use.

    `code` is the server's SMTP code, or None when it could not be reached.
    """

    def __init__(self, *, permanent: bool, code: int | None, answer: str = "") -> None:
        super().__init__(f"{code or 'no connection'} {answer}".strip())
        self.permanent = permanent
        self.code = code


def send(
    *,
    to: str,
    subject: str,
    text: str,
    html: str,
    message_id: str,
    language: str,
    attachments: Sequence[tuple[str, bytes, str]] = (),
    invitation: Invitation | None = None,
    headers: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Hands one message to the mail server; returns only when the server has taken it.

    An `invitation` is both a way to read the message, for programs that ask at once whether the
    reader comes, and a file, for those that do not.

    `message_id` is kept by the caller and the same at every attempt, so that a message sent
    twice can be known as one. Raises InvalidMail, MailRefused, or MailUnknown when the
    connection was lost after the content was begun: then only a person can tell.
    """
    _check(to=to, subject=subject, message_id=message_id, headers=headers)
    message = EmailMultiAlternatives(
        subject=subject,
        body=text,
        to=[to],
        attachments=list(attachments),
        headers={
            **headers,
            "Message-ID": message_id,
            "Content-Language": language,
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(html, "text/html")
    if invitation:
        message.attach_alternative(
            invitation.content.decode(), f"text/calendar; method={invitation.method}"
        )
        message.attach("invite.ics", invitation.content, "application/ics")
    _deliver(message)


def _check(*, to: str, subject: str, message_id: str, headers: Mapping[str, str]) -> None:
    try:
        validate_email(to)
    except ValidationError as error:
        raise InvalidMail("the recipient's address is no e-mail address") from error
    if not MESSAGE_ID.fullmatch(message_id):
        raise InvalidMail("the message id has not the form <name@host>")
    if any("\n" in value or "\r" in value for value in (subject, *headers, *headers.values())):
        raise InvalidMail("a header may not have a line break")
    if taken := OWN_HEADERS & {name.lower() for name in headers}:
        raise InvalidMail(f"the header {min(taken)} is set by the sender")


def _deliver(message: EmailMultiAlternatives) -> None:
    connection = _connection()
    try:
        connection.open()
        connection.send_messages([message])
    except smtplib.SMTPException as error:
        raise _refusal(error) from error
    except OSError as error:
        raise MailRefused(permanent=False, code=None, answer=type(error).__name__) from error
    finally:
        # What the server says to our good-bye changes nothing about the mail.
        with suppress(OSError):
            connection.close()


def _connection() -> BaseEmailBackend:
    is_smtp = settings.EMAIL_BACKEND == DJANGO_SMTP
    return get_connection(WATCHED_SMTP if is_smtp else settings.EMAIL_BACKEND)


def _refusal(error: smtplib.SMTPException) -> MailRefused:
    """Only an answer about this mail or its addresses is permanent; a wrong password is not."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        return MailRefused(permanent=code >= 500, code=code, answer=_readable(said))
    if isinstance(error, smtplib.SMTPResponseException):
        about_mail = isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError)
        code, answer = error.smtp_code, _readable(error.smtp_error)
        return MailRefused(permanent=about_mail and code >= 500, code=code, answer=answer)
    return MailRefused(permanent=False, code=None, answer=type(error).__name__)


def _readable(answer: bytes | str) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else answer
