"""The month by which a central is judged, and the alerts that nobody was told of."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from callstats.alerts.models import TargetAlert
from callstats.indicators.definitions import Definition
from callstats.indicators.rules import ServiceLevel, is_complete
from callstats.indicators.uncertainty import Judgement, judged
from callstats.periods.stored import stored_months
from legevakt.lib.periods import rolling_months
from municipalities.models import Central

MONTHS_BACK = 3  # an older month says nothing of how it is now


def judged_month(*, central: Central, definition: Definition, today: date) -> ServiceLevel | None:
    """The newest of the last months that is over, complete enough and of enough calls, if any."""
    period = rolling_months(MONTHS_BACK, before=today)
    stored = stored_months(centrals=[central], definition=definition, period=period)
    levels = [month.level for month in reversed(stored)]
    return next((level for level in levels if _says_enough(level, definition)), None)


def untold_alerts() -> list[TargetAlert]:
    """Those that last, and whose e-mails are not queued yet, the oldest first."""
    lasting = TargetAlert.objects.filter(told_at__isnull=True, cleared_at__isnull=True)
    return list(lasting.select_related("central__cooperation").order_by("raised_at", "pk"))


def _says_enough(level: ServiceLevel, definition: Definition) -> bool:
    least = settings.INDICATOR_LEAST_COMPLETENESS_PERCENT
    judgement = judged(level.numerator, level.denominator, definition.target)
    return judgement not in (None, Judgement.TOO_FEW) and is_complete(level, least_percent=least)
