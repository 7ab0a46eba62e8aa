"""Computing and storing the months."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from callstats.indicators import queries
from callstats.indicators.definitions import Definition
from callstats.indicators.models import IndicatorPeriod
from legevakt.lib.periods import Period
from municipalities.models import Central


@transaction.atomic
def compute(
    *, central: Central, period: Period, definition: Definition, at: datetime
) -> IndicatorPeriod:
    """Compute the period from the hourly sums and store it. Repeating it does no harm.

    The central's lock keeps an older reading from being stored over a newer one.
    """
    Central.objects.select_for_update(no_key=True).get(pk=central.pk)
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
