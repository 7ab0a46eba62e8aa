"""Computing and storing the months."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from callstats.indicators import queries
from callstats.indicators.definitions import Definition
from callstats.indicators.models import IndicatorPeriod, PeriodState
from legevakt.lib.periods import Period
from municipalities.models import Central, User


class NotComputed(Exception):
    """The period has no stored figure that could be published."""


@transaction.atomic
def publish(
    *, central: Central, period: Period, definition: Definition, by: User, at: datetime
) -> IndicatorPeriod:
    """Freeze the figure: the database refuses changes, imports refuse its rows.

    It is computed once more under the central's lock, so that nothing stored is left out.
    Publishing again changes nothing. Raises NotComputed for a period nobody has looked at.
    """
    Central.objects.select_for_update(no_key=True).get(pk=central.pk)
    if queries.stored_period(central=central, period=period, definition=definition) is None:
        raise NotComputed(period)
    stored = compute(central=central, period=period, definition=definition, at=at)
    if stored.state == PeriodState.OPEN:
        stored.state, stored.published_at, stored.published_by = PeriodState.PUBLISHED, at, by
        stored.save()
    return stored


@transaction.atomic
def compute(
    *, central: Central, period: Period, definition: Definition, at: datetime
) -> IndicatorPeriod:
    """Compute the period from the hourly sums and store it. Repeating it does no harm.

    The central's lock keeps an older reading from being stored over a newer one. A published
    period stays as it is.
    """
    Central.objects.select_for_update(no_key=True).get(pk=central.pk)
    stored = queries.stored_period(central=central, period=period, definition=definition)
    if stored and stored.state == PeriodState.PUBLISHED:
        return stored
    level = queries.service_level(centrals=[central], period=period, definition=definition)
    computed, _ = IndicatorPeriod.objects.update_or_create(
        central=central,
        definition_id=definition.id,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        defaults={
            "numerator": level.numerator,
            "denominator": level.denominator,
            "figures": level.as_dict(),
            "computed_at": at,
        },
    )
    return computed
