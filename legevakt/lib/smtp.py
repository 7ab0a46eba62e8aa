"""Django's SMTP backend, which also tells a mail that may have arrived from one that did not."""

from __future__ import annotations

import smtplib
from typing import Any

from django.core.mail.backends.smtp import EmailBackend


class MailUnknown(Exception):
    """The connection ended after the content was begun: the server may have taken the mail."""


class WatchedSmtp(smtplib.SMTP):
    """A connection whose loss during DATA is told apart from a loss before it."""

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Sends the content; see `smtplib.SMTP.data`."""
        try:
            return super().data(msg)
        except smtplib.SMTPResponseException:
            raise
        except OSError as error:
            raise MailUnknown(str(error)) from error


class WatchedSmtpSsl(WatchedSmtp, smtplib.SMTP_SSL):
    """The same, over TLS from the first byte."""


class WatchedBackend(EmailBackend):
    """What `mail.send` uses where the settings name Django's own SMTP backend."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """Plain, or TLS from the start, as the settings say."""
        return WatchedSmtpSsl if self.use_ssl else WatchedSmtp
