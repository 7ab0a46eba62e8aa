"""The e-mails about a hearing: that a municipality is asked, and the one reminder."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from legevakt.lib import letters, words
from municipalities.access.models import User
from municipalities.hearings.models import HearingAnswer


def tell(*, answer: HearingAnswer, to: User, is_reminder: bool = False) -> None:
    """Send it, in the reader's language. Raises as `mail.send` does."""
    hearing = answer.hearing
    cooperation = hearing.cooperation
    part = f"reminder-{hearing.deadline_date}" if is_reminder else "opened"
    letters.send(
        templates="emails/hearing_to_answer",
        context={
            "name": to.name,
            "cooperation": cooperation.name,
            "is_demonstration": cooperation.is_demonstration,
            "is_reminder": is_reminder,
            "title": hearing.title,
            "municipality": answer.municipality.name,
            "deadline": lambda: words.day(hearing.deadline_date),
            "link": settings.SITE_URL + reverse("hearing", args=[cooperation.slug, hearing.pk]),
        },
        to=to.email,
        language=to.language,
        message_id=f"<hearing-{part}-{answer.pk}-{to.pk}@legevakt>",
    )
