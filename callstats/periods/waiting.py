"""Months that wait for a person: to be checked by the leader, or published by the director."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from callstats.indicators.definitions import DEFAULT_ID
from callstats.periods.models import IndicatorPeriod, PeriodState
from legevakt.lib.periods import Period
from municipalities.models import Central, Cooperation


@dataclass(frozen=True)
class Waiting:
    """A central's months in the state: the newest, and how many there are with it."""

    central: Central
    newest: Period
    revision: int
    months: int


def waiting_months(*, cooperation: Cooperation, state: PeriodState, before: date) -> list[Waiting]:
    """The months with data that were over on the day, by central.

    A month of which no source told is not waited for: there is nothing to look at in it.
    """
    rows = (
        IndicatorPeriod.objects.months()
        .filter(
            central__in=Central.objects.counted().filter(cooperation=cooperation),
            state=state,
            ends_on__lte=before,
            figures__definition_id=DEFAULT_ID,
            figures__figures__hours_with_feed__gt=0,
        )
        .defer("observed")
        .select_related("central")
        .order_by("central__name", "central", "-starts_on")
    )
    found = [list(months) for _, months in groupby(rows, key=lambda row: row.central_id)]
    return [
        Waiting(
            central=months[0].central,
            newest=months[0].period,
            revision=months[0].revision,
            months=len(months),
        )
        for months in found
    ]
