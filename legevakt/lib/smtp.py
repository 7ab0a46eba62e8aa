"""Django's SMTP backend, which also tells a mail that may have arrived from one that did not."""

from __future__ import annotations

import smtplib
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

WAITS_FOR_CONTENT = 354


class MailUnknown(Exception):
    """The connection ended after the content was begun: the server may have taken the mail."""


class WatchedSmtp(smtplib.SMTP):
    """A connection whose loss over the content is told apart from a loss before it."""

    is_content_begun = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Sends the content; see `smtplib.SMTP.data`."""
        self.is_content_begun = False
        try:
            return super().data(msg)
        except smtplib.SMTPResponseException:
            raise
        except OSError as error:
            if not self.is_content_begun:
                raise
            raise MailUnknown(str(error)) from error

    def getreply(self) -> tuple[int, bytes]:
        """The server's answer; after 354 it waits for the content."""
        code, said = super().getreply()
        self.is_content_begun = self.is_content_begun or code == WAITS_FOR_CONTENT
        return code, said


class WatchedSmtpSsl(WatchedSmtp, smtplib.SMTP_SSL):
    """The same, over TLS from the first byte."""


class WatchedBackend(EmailBackend):
    """What `mail.send` uses where the settings name Django's own SMTP backend."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """Plain, or TLS from the start, as the settings say."""
        return WatchedSmtpSsl if self.use_ssl else WatchedSmtp
