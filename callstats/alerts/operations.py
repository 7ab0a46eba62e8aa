"""Noticing that a central fell below its target, and that it is clearly above it again."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from callstats.alerts import queries
from callstats.alerts.models import TargetAlert
from callstats.alerts.rules import Step, step
from callstats.alerts.telling import tell_of_alert, tell_webhooks
from callstats.indicators.definitions import Definition
from callstats.indicators.rules import ServiceLevel
from municipalities.models import Central

__all__ = ["note_told", "tell_of_alert", "watch"]


@transaction.atomic
def watch(*, central: Central, definition: Definition, today: date, at: datetime) -> None:
    """Raise an alert, once, or end the one that lasts, by the newest month that says enough.

    The row and the webhook's message are stored together. The central's lock keeps two watchers
    apart, and the database allows only one lasting alert. Repeating it changes nothing.
    """
    Central.objects.select_for_update(no_key=True).get(pk=central.pk)
    level = queries.judged_month(central=central, definition=definition, today=today)
    if level is None:
        return
    alerts = TargetAlert.objects.filter(central=central, definition_id=definition.id)
    last = alerts.order_by("-raised_for", "-pk").first()
    found = step(
        numerator=level.numerator,
        denominator=level.denominator,
        target_percent=definition.target,
        month=level.starts_on,
        raised_for=last.raised_for if last else None,
        is_lasting=last is not None and last.cleared_at is None,
    )
    if found == Step.RAISE:
        _raise(central=central, definition=definition, level=level, at=at)
    elif found == Step.CLEAR and last:
        last.cleared_for, last.cleared_at = level.starts_on, at
        last.save(update_fields=["cleared_for", "cleared_at"])


def note_told(*, alert: TargetAlert, at: datetime) -> None:
    """The e-mails about it are queued."""
    TargetAlert.objects.filter(pk=alert.pk, told_at__isnull=True).update(told_at=at)


def _raise(
    *, central: Central, definition: Definition, level: ServiceLevel, at: datetime
) -> TargetAlert:
    alert = TargetAlert.objects.create(
        central=central,
        definition_id=definition.id,
        raised_for=level.starts_on,
        numerator=level.numerator,
        denominator=level.denominator,
        raised_at=at,
    )
    tell_webhooks(alert=alert, at=at)
    return alert
