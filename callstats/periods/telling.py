"""Telling the installation's webhooks of a figure that was published or revised."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from callstats.indicators.definitions import DEFAULT_ID
from callstats.periods import stored
from callstats.periods.models import IndicatorPeriod
from municipalities.operations import emit
from municipalities.rules import EventType


def tell_webhooks(*, period: IndicatorPeriod, at: datetime) -> None:
    """Run it in the transaction that publishes, so that both happen or neither."""
    cooperation = period.central.cooperation
    if cooperation is None:
        return
    is_first = period.revision == 1
    emit(
        cooperation=cooperation,
        event_type=EventType.INDICATOR_PUBLISHED if is_first else EventType.INDICATOR_REVISED,
        data=told_of(period) if is_first else told_of(period) | {"reason": period.reason},
        at=at,
    )


def told_of(period: IndicatorPeriod) -> dict[str, Any]:
    """The national figure of the period, as docs/api/webhooks.md promises."""
    level = stored.level_of(period, definition_id=DEFAULT_ID)
    return {
        "central": period.central.slug,
        "period": str(period.period),
        "definition": DEFAULT_ID,
        "revision": period.revision,
        "numerator": level.numerator,
        "denominator": level.denominator,
        "percent": None if level.percent is None else str(level.percent),
        "hours_with_data": level.hours_with_feed,
        "hours_in_period": level.hours_in_period,
    }
