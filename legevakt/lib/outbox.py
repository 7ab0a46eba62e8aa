"""A folder that takes the place of a mail server in the demo: one .eml file a message."""

from __future__ import annotations

import os
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage as ReceivedMessage
from email.parser import BytesParser
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

STAMP = "%Y%m%dT%H%M%S%fZ"


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """A message that would have been sent; `name` is its file in the outbox."""

    message_id: str
    sent_at: datetime
    to: str
    subject: str
    text: str
    attachments: tuple[str, ...]
    name: str


class OutboxBackend(BaseEmailBackend):
    """Writes each message to settings.OUTBOX_DIR, readable by the owner alone."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many were written: all, or an OSError."""
        folder = _folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{timezone.now().astimezone(UTC).strftime(STAMP)}-{uuid.uuid4().hex}.eml"
            _write(folder / name, content=message.message().as_bytes())
        return len(email_messages)


def read_outbox() -> list[OutboxMessage]:
    """Every message in the outbox, the newest first."""
    names = sorted((path.name for path in _folder().glob("*.eml")), reverse=True)
    return [_message(_folder() / name) for name in names]


def _folder() -> Path:
    return Path(settings.OUTBOX_DIR)


def _write(path: Path, *, content: bytes) -> None:
    """A reader sees the whole file or none."""
    unfinished = path.with_suffix(".part")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    unfinished.replace(path)


def _message(path: Path) -> OutboxMessage:
    received: ReceivedMessage = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    body = received.get_body(preferencelist=("plain",))
    return OutboxMessage(
        message_id=str(received["Message-ID"] or ""),
        sent_at=datetime.strptime(path.name.split("-")[0], STAMP).replace(tzinfo=UTC),
        to=str(received["To"]),
        subject=str(received["Subject"]),
        text=body.get_content() if body else "",
        attachments=tuple(part.get_filename() or "" for part in received.iter_attachments()),
        name=path.name,
    )
