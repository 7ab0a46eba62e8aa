"""E-mails that the installation writes to people: rendered in their language, tried until taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import structlog
from celery import Task
from django.template.loader import render_to_string
from django.utils import translation

from legevakt.lib import mail

log = structlog.get_logger(__name__)

FIRST_PAUSE_SECONDS = 60
MOST_RETRIES = 6  # the last one a bit more than an hour after the first try


def send(
    *,
    templates: str,
    context: Mapping[str, Any],
    to: str,
    language: str,
    message_id: str,
    attachments: Sequence[mail.Attachment] = (),
    invitation: mail.Invitation | None = None,
) -> None:
    """Send subject.txt, message.txt and message.html of the folder. Raises as `mail.send` does.

    The context's values that are functions are called in the reader's language.
    """
    with translation.override(language):
        told = {name: each() if callable(each) else each for name, each in context.items()}
        told["language"] = language
        subject = render_to_string(f"{templates}/subject.txt", told)
        text = render_to_string(f"{templates}/message.txt", told)
        html = render_to_string(f"{templates}/message.html", told)
    mail.send(
        to=to,
        message_id=message_id,
        language=language,
        subject=" ".join(subject.split()),
        text=text,
        html=html,
        attachments=attachments,
        invitation=invitation,
    )


def send_or_retry(task: Task, write: Callable[[], None], **about: Any) -> None:
    """Run `write`; a mail server that is away is tried again, by the task's own retries.

    What can never be sent, or perhaps was, is logged with what it is `about`.
    """
    try:
        write()
    except mail.MailRefused as refusal:
        if not refusal.permanent:
            pause = FIRST_PAUSE_SECONDS * 2**task.request.retries
            raise task.retry(exc=refusal, countdown=pause) from refusal
        log.warning("letter not sent", code=refusal.code, **about)
    except (mail.MailUnknown, mail.InvalidMail) as error:
        log.warning("letter not sent", why=type(error).__name__, **about)
