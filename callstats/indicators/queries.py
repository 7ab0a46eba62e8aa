"""The indicators from the hourly sums, live, and the parts of the national one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from callstats.indicators.counting import Observed, edges_of, figure
from callstats.indicators.definitions import Definition
from callstats.indicators.observing import observe
from callstats.indicators.rules import ServiceLevel
from legevakt.lib.periods import Period
from municipalities.models import Central


def service_level(
    *, centrals: Sequence[Central], period: Period, definition: Definition
) -> ServiceLevel:
    """The figures of the whole period for the centrals together.

    An hour has feed when every source of the central that is expected then tells of it, or
    one that is not expected does (`Source.is_expected`). A source is expected from its first
    hour on, until one that begins after its last hour replaces it; so a source that falls
    silent is not hidden by another that goes on.
    """
    (level,) = service_levels(centrals=centrals, period=period, definitions=[definition])
    return level


def service_levels(
    *, centrals: Sequence[Central], period: Period, definitions: Sequence[Definition]
) -> list[ServiceLevel]:
    """The same by several definitions, all from one pass over the same hours."""
    observed = observed_in(centrals=centrals, period=period, definitions=definitions)
    return [
        figure(
            definition,
            observed[definition.line_classes],
            starts_on=period.starts_on,
            ends_on=period.ends_on,
        )
        for definition in definitions
    ]


def observed_in(
    *, centrals: Sequence[Central], period: Period, definitions: Sequence[Definition]
) -> dict[tuple[str, ...], Observed]:
    """Lines → what was counted on them: one entry where the definitions count the same lines."""
    found = {}
    for lines in dict.fromkeys(definition.line_classes for definition in definitions):
        by_bucket = observe(
            centrals=centrals,
            period=period,
            line_classes=lines,
            edges=edges_of(each for each in definitions if each.line_classes == lines),
            step="all",
        )
        found[lines] = _whole(by_bucket.get(0), hours=period.hours() * len(centrals))
    return found


def service_level_by(
    *, centrals: Sequence[Central], period: Period, definition: Definition, step: str
) -> list[ServiceLevel]:
    """One row an hour, day or month of the period in order, the empty ones too."""
    found = _observed_by(centrals=centrals, period=period, definition=definition, step=step)
    return [
        figure(
            definition,
            _whole(found.get(bucket), hours=hours * len(centrals)),
            starts_on=part.starts_on,
            ends_on=part.ends_on,
            starts_at=bucket if isinstance(bucket, datetime) else None,
        )
        for bucket, part, hours in _buckets(period, step)
    ]


def service_level_by_central(
    *, centrals: Sequence[Central], period: Period, definition: Definition
) -> list[ServiceLevel]:
    """One row a central, in the order they are given, in one pass."""
    found = _observed_by(centrals=centrals, period=period, definition=definition, step="central")
    return [
        figure(
            definition,
            _whole(found.get(central.pk), hours=period.hours()),
            starts_on=period.starts_on,
            ends_on=period.ends_on,
        )
        for central in centrals
    ]


def _observed_by(
    *, centrals: Sequence[Central], period: Period, definition: Definition, step: str
) -> dict[Any, Observed]:
    return observe(
        centrals=centrals,
        period=period,
        line_classes=definition.line_classes,
        edges=edges_of([definition]),
        step=step,
    )


def _whole(observed: Observed | None, *, hours: int) -> Observed:
    """What was counted, with the hours there could have been; nothing counted is a count too."""
    found = observed or Observed()
    return Observed(
        outcomes=found.outcomes,
        excluded=found.excluded,
        waits=found.waits,
        hours_with_feed=found.hours_with_feed,
        hours_in_period=hours,
    )


def _buckets(period: Period, step: str) -> list[tuple[date | datetime, Period, int]]:
    """Each bucket's key, its days (an hour's are the whole period's) and its hours."""
    if step == "hour":
        return [(moment, period, 1) for moment in _hours_of(period)]
    if step == "month":
        return [(part.starts_on, part, part.hours()) for part in period.months()]
    return [(part.starts_on, part, part.hours()) for part in _days_of(period)]


def _days_of(period: Period) -> list[Period]:
    first = period.starts_on
    days = [first + timedelta(days=n) for n in range(period.days)]
    return [Period(day, day + timedelta(days=1)) for day in days]


def _hours_of(period: Period) -> list[datetime]:
    return [period.starts_at + timedelta(hours=n) for n in range(period.hours())]
