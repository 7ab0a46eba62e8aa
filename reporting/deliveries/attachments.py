"""The files that the messages in the demo's outbox carry."""

from __future__ import annotations

from email import policy
from email.parser import BytesParser
from pathlib import Path

from django.conf import settings

from legevakt.lib.mail import Attachment
from legevakt.lib.outbox import OutboxMessage, read_outbox


class NoSuchAttachment(LookupError):
    """There is no such message in the outbox, or it has no such file."""


def messages() -> list[OutboxMessage]:
    """Every message in the outbox, the newest first."""
    return read_outbox()


def attachment(*, name: str, position: int) -> Attachment:
    """The message's file at the position, from 0. Only names that the folder lists are read."""
    folder = Path(settings.OUTBOX_DIR)
    if name not in {path.name for path in folder.glob("*.eml")}:
        raise NoSuchAttachment(name)
    received = BytesParser(policy=policy.default).parsebytes((folder / name).read_bytes())
    parts = list(received.iter_attachments())
    if position >= len(parts):
        raise NoSuchAttachment(f"{name} {position}")
    part = parts[position]
    return Attachment(
        name=part.get_filename() or "attachment",
        content=part.get_content(),
        media_type=part.get_content_type(),
    )
