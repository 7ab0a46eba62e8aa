"""The e-mail that tells a leader of a source that fell silent."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from callstats.feeds.models import SourceSilence
from legevakt.lib import letters
from municipalities.models import User


def tell_of_silence(*, silence: SourceSilence, to: User) -> None:
    """Send the e-mail, in the reader's language. Raises as `mail.send` does.

    Its message id is the same at every attempt, so that a mail sent twice is known as one.
    """
    source = silence.source
    cooperation = source.central.cooperation
    letters.send(
        templates="emails/source_silent",
        context={
            "name": to.name,
            "source": source.name,
            "central": source.central.name,
            "cooperation": cooperation.name if cooperation else source.central.name,
            "is_demonstration": cooperation is not None and cooperation.is_demonstration,
            "last_seen_at": silence.last_seen_at,
            "minutes": source.silent_after_minutes,
            "link": settings.SITE_URL + reverse("source", args=[source.slug]),
        },
        to=to.email,
        language=to.language,
        message_id=f"<source-silence-{silence.pk}-{to.pk}@legevakt>",
    )
