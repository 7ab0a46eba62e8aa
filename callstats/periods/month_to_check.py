"""Asking the leader, once, to check the month that has just ended."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from callstats.indicators.definitions import DEFAULT_ID
from callstats.indicators.words import completeness_words
from callstats.periods.models import IndicatorPeriod, PeriodState
from callstats.periods.names import name_of, spoken
from callstats.periods.stored import level_of
from callstats.periods.words import is_provisional, parts_words, value_words
from legevakt.lib import letters
from legevakt.lib.periods import last_complete_month
from municipalities.models import Central, User

LATEST_DAY = 5  # of the month after: then it is asked for, also where hours are missing


def months_to_ask_about(*, today: date) -> list[IndicatorPeriod]:
    """Of each central the last month, where it is stored, open and not asked about yet.

    Until the fifth only where enough hours have data: the last logs come in these days. A month
    of which nothing is told is not asked about; a silent source is told of by itself.
    """
    month = last_complete_month(today)
    rows = IndicatorPeriod.objects.filter(
        central__in=Central.objects.counted(),
        starts_on=month.starts_on,
        ends_on=month.ends_on,
        revision=1,
        state=PeriodState.OPEN,
        asked_at__isnull=True,
    )
    found = rows.select_related("central__cooperation").order_by("central")
    return [row for row in found if _is_ready(row, today=today)]


@transaction.atomic
def claim(*, period: IndicatorPeriod, at: datetime) -> bool:
    """Whether it is the caller's to ask: of all that try, one gets it, and nobody later.

    Under the central's lock, so that a computation that goes on does not store it unasked.
    """
    Central.objects.select_for_update(no_key=True).get(pk=period.central_id)
    open_rows = IndicatorPeriod.objects.filter(pk=period.pk, state=PeriodState.OPEN)
    return open_rows.filter(asked_at__isnull=True).update(asked_at=at) == 1


def ask_for_check(*, period: IndicatorPeriod, to: User) -> None:
    """Send the e-mail, in the reader's language. Raises as `mail.send` does."""
    central, level = period.central, level_of(period, definition_id=DEFAULT_ID)
    cooperation = central.cooperation
    letters.send(
        templates="emails/month_to_check",
        context={
            "name": to.name,
            "central": central.name,
            "cooperation": cooperation.name if cooperation else central.name,
            "is_demonstration": cooperation is not None and cooperation.is_demonstration,
            "month": lambda: spoken(period.period),
            "figure": lambda: f"{value_words(level)} ({parts_words(level)})",
            "completeness": lambda: completeness_words(level),
            "is_provisional": is_provisional(level),
            "link": settings.SITE_URL
            + reverse("period", args=[central.slug, name_of(period.period)]),
        },
        to=to.email,
        language=to.language,
        message_id=f"<month-to-check-{period.pk}-{to.pk}@legevakt>",
    )


def _is_ready(row: IndicatorPeriod, *, today: date) -> bool:
    level = level_of(row, definition_id=DEFAULT_ID)
    if not level.hours_with_feed:
        return False
    return today.day >= LATEST_DAY or not is_provisional(level)
