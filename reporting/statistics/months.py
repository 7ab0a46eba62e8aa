"""A central's stored months in order, and those that are not computed or have no data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from callstats.queries import Definition, ServiceLevel, StoredLevel, fed, stored_months
from legevakt.lib.periods import Period
from municipalities.models import Central


@dataclass(frozen=True)
class Month:
    """A month's figures; `is_waiting` means there is a feed, but Celery has not computed it.

    `life` is whether it is open, checked or published, None for what is not stored; `parts` is
    what it is made of.
    """

    period: Period
    level: ServiceLevel
    is_waiting: bool = False
    life: str | None = None
    revision: int = 1
    parts: Mapping[str, Any] | None = None

    @property
    def state(self) -> str:
        """`figures`, `no_calls`, `no_data`, or `waiting`."""
        return "waiting" if self.is_waiting else self.level.state


def months_of(*, central: Central, definition: Definition, period: Period) -> list[Month]:
    """Every month of the period in order: computed, waiting to be computed, or without data."""
    stored = stored_months(centrals=[central], definition=definition, period=period)
    by_start = {month.starts_on: month for month in stored}
    months = period.months()
    waiting = fed(central=central, periods=[m for m in months if m.starts_on not in by_start])
    return [
        _stored(part, by_start[part.starts_on])
        if part.starts_on in by_start
        else Month(
            period=part,
            level=_empty(definition=definition, period=part),
            is_waiting=part.starts_on in waiting,
        )
        for part in months
    ]


def _stored(period: Period, month: StoredLevel) -> Month:
    return Month(
        period=period,
        level=month.level,
        life=month.state,
        revision=month.revision,
        parts=month.parts,
    )


def _empty(*, definition: Definition, period: Period) -> ServiceLevel:
    return ServiceLevel(
        definition_id=definition.id,
        kind=definition.kind,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        hours_in_period=period.hours(),
    )
