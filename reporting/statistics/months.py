"""A central's stored months in order, and those that are not computed or have no data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.db.models.functions import TruncMonth

from callstats.models import FeedHour
from callstats.queries import Definition, ServiceLevel, StoredLevel, stored_months
from legevakt.lib.periods import OSLO, Period
from municipalities.models import Central


@dataclass(frozen=True)
class Month:
    """A month's figures; `is_waiting` means there is a feed, but Celery has not computed it.

    `life` is whether it is open, checked or published, and `parts` what it is made of.
    """

    period: Period
    level: ServiceLevel
    is_waiting: bool = False
    life: str = "open"
    revision: int = 1
    parts: Mapping[str, Any] | None = None
    is_stored: bool = False

    @property
    def state(self) -> str:
        """`figures`, `no_calls`, `no_data`, or `waiting`."""
        return "waiting" if self.is_waiting else self.level.state


def feed_of(central: Central) -> dict[date, datetime]:
    """First day of each month with any feed → its last hour with feed (feed_hour_is_noted_once)."""
    rows = (
        FeedHour.objects.filter(source__central=central)
        .annotate(month=TruncMonth("hour_at", tzinfo=OSLO))
        .values("month")
        .annotate(latest_at=Max("hour_at"))
        .values_list("month", "latest_at")
        .order_by("month")
    )
    return {month.date(): latest_at for month, latest_at in rows}


def months_of(
    *,
    central: Central,
    definition: Definition,
    period: Period,
    feed: Mapping[date, datetime],
) -> list[Month]:
    """Every month of the period in order: computed, waiting to be computed, or without data."""
    stored = stored_months(centrals=[central], definition=definition, period=period)
    by_start = {month.starts_on: month for month in stored}
    return [
        _month(part, by_start.get(part.starts_on), definition=definition, feed=feed)
        for part in period.months()
    ]


def _month(
    period: Period,
    stored: StoredLevel | None,
    *,
    definition: Definition,
    feed: Mapping[date, datetime],
) -> Month:
    if stored is None:
        return Month(
            period=period,
            level=_empty(definition=definition, period=period),
            is_waiting=period.starts_on in feed,
        )
    return Month(
        period=period,
        level=stored.level,
        life=stored.state,
        revision=stored.revision,
        parts=stored.parts,
        is_stored=True,
    )


def _empty(*, definition: Definition, period: Period) -> ServiceLevel:
    return ServiceLevel(
        definition_id=definition.id,
        kind=definition.kind,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        hours_in_period=period.hours(),
    )
