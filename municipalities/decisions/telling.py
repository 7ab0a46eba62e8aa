"""The e-mails about a decision: that it is to be read, and the one reminder."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from legevakt.lib import letters, words
from municipalities.access.models import User
from municipalities.decisions.models import Notification


def tell(*, notification: Notification, to: User, is_reminder: bool = False) -> None:
    """Send it, in the reader's language. Raises as `mail.send` does.

    Of what is exempt from public disclosure it tells neither title nor content.
    """
    decision = notification.decision
    cooperation = decision.cooperation
    part = "reminder" if is_reminder else "notice"
    letters.send(
        templates="emails/decision_to_confirm",
        context={
            "name": to.name,
            "cooperation": cooperation.name,
            "is_demonstration": cooperation.is_demonstration,
            "is_reminder": is_reminder,
            "title": "" if decision.is_exempt else decision.title,
            "decided_by": decision.municipality.name,
            "case_number": decision.case_number,
            "decided_on": lambda: words.day(decision.decided_date),
            "municipality": notification.municipality.name,
            "deadline": lambda: words.day(notification.deadline_date),
            "link": settings.SITE_URL + reverse("decision", args=[cooperation.slug, decision.pk]),
        },
        to=to.email,
        language=to.language,
        message_id=f"<decision-{part}-{notification.pk}-{to.pk}@legevakt>",
    )
