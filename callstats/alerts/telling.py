"""Who is told that a central fell below its target: people by e-mail, systems by webhook."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from callstats.alerts.models import TargetAlert
from callstats.alerts.rules import POINTS_ABOVE
from callstats.indicators.definitions import by_id
from callstats.indicators.rules import percent
from callstats.periods.names import name_of, spoken
from legevakt.lib import letters, words
from legevakt.lib.periods import Period
from municipalities.models import User
from municipalities.operations import emit
from municipalities.rules import EventType


def tell_of_alert(*, alert: TargetAlert, to: User) -> None:
    """Send the e-mail, in the reader's language. Raises as `mail.send` does.

    Its message id is the same at every attempt, so that a mail sent twice is known as one.
    """
    central, definition = alert.central, by_id(alert.definition_id)
    period, cooperation = _month(alert), central.cooperation
    address = reverse("period", args=[central.slug, name_of(period)])
    letters.send(
        templates="emails/below_target",
        context={
            "name": to.name,
            "central": central.name,
            "cooperation": cooperation.name if cooperation else central.name,
            "is_demonstration": cooperation is not None and cooperation.is_demonstration,
            "month": lambda: spoken(period),
            "percent": lambda: words.percent(_percent(alert)),
            "numerator": lambda: words.number(alert.numerator),
            "denominator": lambda: words.number(alert.denominator),
            "limit": lambda: words.limit(definition.limit_seconds),
            "target": lambda: words.percent(definition.target),
            "end": lambda: words.percent(min(definition.target + POINTS_ABOVE, 100)),
            "link": settings.SITE_URL + address,
        },
        to=to.email,
        language=to.language,
        message_id=f"<below-target-{alert.pk}-{to.pk}@legevakt>",
    )


def tell_webhooks(*, alert: TargetAlert, at: datetime) -> None:
    """As docs/api/webhooks.md promises. Run it in the transaction that raises the alert."""
    cooperation = alert.central.cooperation
    if cooperation is None:
        return
    definition = by_id(alert.definition_id)
    emit(
        cooperation=cooperation,
        event_type=EventType.INDICATOR_BELOW_TARGET,
        data={
            "central": alert.central.slug,
            "period": str(_month(alert)),
            "definition": definition.id,
            "numerator": alert.numerator,
            "denominator": alert.denominator,
            "percent": str(_percent(alert)),
            "target_percent": definition.target,
        },
        at=at,
    )


def _month(alert: TargetAlert) -> Period:
    return Period.month(alert.raised_for.year, alert.raised_for.month)


def _percent(alert: TargetAlert):
    return percent(alert.numerator, alert.denominator)
