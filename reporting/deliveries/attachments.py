"""The mails of deliveries in the demo's outbox, and the files that they carry."""

from __future__ import annotations

from email import policy
from email.parser import BytesParser
from pathlib import Path

from django.conf import settings

from legevakt.lib.mail import Attachment
from legevakt.lib.outbox import OutboxMessage, read_outbox
from municipalities.models import User
from reporting.deliveries import queries


class NoSuchAttachment(LookupError):
    """The person sees no such message in the outbox, or it has no such file."""


def messages(user: User) -> list[OutboxMessage]:
    """The mails of the deliveries that the user may see, the newest first.

    Nobody else's, and never an account's mail: a link in it would let the reader in.
    """
    seen = queries.message_ids_for(user)
    return [message for message in read_outbox() if message.message_id in seen]


def attachment(*, user: User, name: str, position: int) -> Attachment:
    """The file at the position, from 0, of a message that the user may see."""
    if name not in {message.name for message in messages(user)}:
        raise NoSuchAttachment(name)
    content = (Path(settings.OUTBOX_DIR) / name).read_bytes()
    parts = list(BytesParser(policy=policy.default).parsebytes(content).iter_attachments())
    if position >= len(parts):
        raise NoSuchAttachment(f"{name} {position}")
    part = parts[position]
    return Attachment(
        name=part.get_filename() or "attachment",
        content=part.get_content(),
        media_type=part.get_content_type(),
    )
