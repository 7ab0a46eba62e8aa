"""The e-mail that tells a leader of a source that fell silent."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from callstats.feeds.models import SourceSilence
from legevakt.lib import mail
from municipalities.models import User

TEMPLATES = "emails/source_silent"


def tell_of_silence(*, silence: SourceSilence, to: User) -> None:
    """Send the e-mail, in the reader's language. Raises as `mail.send` does.

    Its message id is the same at every attempt, so that a mail sent twice is known as one.
    """
    with translation.override(to.language):
        words = _words(silence=silence, to=to)
    mail.send(
        to=to.email,
        message_id=f"<source-silence-{silence.pk}-{to.pk}@legevakt>",
        language=to.language,
        subject=words["subject"],
        text=words["text"],
        html=words["html"],
    )


def _words(*, silence: SourceSilence, to: User) -> dict[str, str]:
    source = silence.source
    cooperation = source.central.cooperation
    context = {
        "language": to.language,
        "name": to.name,
        "source": source.name,
        "central": source.central.name,
        "cooperation": cooperation.name if cooperation else source.central.name,
        "is_demonstration": cooperation is not None and cooperation.is_demonstration,
        "last_seen_at": silence.last_seen_at,
        "minutes": source.silent_after_minutes,
        "link": settings.SITE_URL + reverse("source", args=[source.slug]),
    }
    return {
        "subject": " ".join(render_to_string(f"{TEMPLATES}/subject.txt", context).split()),
        "text": render_to_string(f"{TEMPLATES}/message.txt", context),
        "html": render_to_string(f"{TEMPLATES}/message.html", context),
    }
