"""A series' counts by month or day, every band its own, and the calls' own figure beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import QuerySet

from callstats.aggregates.models import AggregatePeriod, AggregateSeries
from callstats.aggregates.rules import Counts, Level, levels
from callstats.indicators.definitions import Definition, default_definition
from callstats.indicators.queries import service_level_by
from callstats.indicators.rules import ServiceLevel
from legevakt.lib.periods import OSLO, Period

HOUR = timedelta(hours=1)
# A period that is not within one step keeps its own dates: it can be divided by nothing.
SUMS_SQL = """
    WITH local AS (
        SELECT id, line_class, offered, answered, abandoned, ends_at - starts_at AS length,
               starts_at AT TIME ZONE %(zone)s AS starts,
               (ends_at - interval '1 microsecond') AT TIME ZONE %(zone)s AS last
        FROM callstats_aggregateperiod
        WHERE series_id = %(series)s AND starts_at >= %(starts_at)s AND ends_at <= %(ends_at)s
    ), bucketed AS (
        SELECT *, CASE WHEN is_within THEN date_trunc(%(step)s, starts)::date
                       ELSE starts::date END AS first_day,
               CASE WHEN is_within
                    THEN (date_trunc(%(step)s, starts) + ('1 ' || %(step)s)::interval)::date
                    ELSE last::date + 1 END AS end_day
        FROM (SELECT *, date_trunc(%(step)s, starts) = date_trunc(%(step)s, last) AS is_within
              FROM local) placed
    ), periods AS (
        SELECT line_class, first_day, end_day, sum(offered) AS offered,
               sum(answered) AS answered,
               CASE WHEN count(abandoned) = count(*) THEN sum(abandoned) END AS abandoned,
               count(*) AS periods, sum(length) AS length
        FROM bucketed GROUP BY 1, 2, 3
    ), bands AS (
        SELECT line_class, first_day, end_day, within_seconds, sum(b.answered) AS answered,
               count(*) AS periods
        FROM bucketed JOIN callstats_aggregateband b ON b.period_id = bucketed.id
        GROUP BY 1, 2, 3, 4
    )
    SELECT p.line_class, p.first_day, p.end_day, p.offered, p.answered, p.abandoned, p.periods,
           p.length,
           (SELECT array_agg(ARRAY[b.within_seconds, b.answered])
            FROM bands b
            WHERE b.line_class IS NOT DISTINCT FROM p.line_class
              AND (b.first_day, b.end_day, b.periods) = (p.first_day, p.end_day, p.periods))
    FROM periods p ORDER BY p.line_class NULLS FIRST, p.first_day, p.end_day
"""
EVER = (datetime(1, 1, 2, tzinfo=OSLO), datetime(9998, 1, 1, tzinfo=OSLO))


@dataclass(frozen=True)
class Sum:
    """The counts of one line in [starts_on, ends_on), of `periods` stored periods.

    A band is in `counts` only if every one of the periods has it. `hours` are those that the
    periods tell of.
    """

    line_class: str | None
    starts_on: date
    ends_on: date
    counts: Counts
    periods: int
    hours: float

    @property
    def levels(self) -> list[Level]:
        return levels(self.counts)

    @property
    def period(self) -> Period:
        return Period(self.starts_on, self.ends_on)

    @property
    def is_month(self) -> bool:
        return self.starts_on.day == 1 and self.period == Period.month(
            self.starts_on.year, self.starts_on.month
        )

    @property
    def is_whole(self) -> bool:
        """Every hour of its days is told of."""
        return self.hours == self.period.hours()


def months(*, series: AggregateSeries) -> list[Sum]:
    """A row a line and month, oldest first; a longer period has a row of its own."""
    return _sums(series=series, step="month", between=EVER)


def days(*, series: AggregateSeries, month: Period) -> list[Sum]:
    """A row a line and day of the month; a longer period within it has a row of its own."""
    return _sums(series=series, step="day", between=(month.starts_at, month.ends_at))


def stored_between(
    *, series: AggregateSeries, starts_at: datetime, ends_at: datetime
) -> QuerySet[AggregatePeriod]:
    """Periods that have a moment in [starts_at, ends_at), with their bands."""
    return (
        series.periods.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)
        .order_by("starts_at", "pk")
        .prefetch_related("bands")
    )


def counts_of(period: AggregatePeriod) -> Counts:
    """The period's counts; its bands must be prefetched, or it costs a query."""
    return Counts(
        offered=period.offered,
        answered=period.answered,
        abandoned=period.abandoned,
        bands={band.within_seconds: band.answered for band in period.bands.all()},
    )


def from_calls(
    *, series: AggregateSeries, sums: Sequence[Sum], definition: Definition | None = None
) -> dict[Sum, ServiceLevel]:
    """What the central's own calls say of the same line and month.

    Only for whole months that have the band of the indicator's own threshold: no other band
    says anything of it. Lines not told apart are compared with the indicator's lines together.
    """
    indicator = definition or default_definition()
    found: dict[Sum, ServiceLevel] = {}
    for line_class in {each.line_class for each in sums}:
        lines = (line_class,) if line_class else indicator.line_classes
        of_line = [each for each in sums if each.line_class == line_class]
        comparable = [each for each in of_line if _is_comparable(each, series, indicator)]
        if comparable and set(lines) <= set(indicator.line_classes):
            narrowed = replace(indicator, line_classes=lines)
            found |= _by_month(comparable, series=series, definition=narrowed)
    return found


def _is_comparable(one: Sum, series: AggregateSeries, indicator: Definition) -> bool:
    """Our months are Oslo's; another zone's month has other hours."""
    has_band = indicator.threshold_seconds in one.counts.bands
    return series.zone == OSLO.key and one.is_month and one.is_whole and has_band


def _by_month(
    sums: Sequence[Sum], *, series: AggregateSeries, definition: Definition
) -> dict[Sum, ServiceLevel]:
    months = service_level_by(
        centrals=[series.central],
        period=Period(min(each.starts_on for each in sums), max(each.ends_on for each in sums)),
        definition=definition,
        step="month",
    )
    by_month = {level.starts_on: level for level in months if level.state == "figures"}
    return {each: by_month[each.starts_on] for each in sums if each.starts_on in by_month}


def _sums(*, series: AggregateSeries, step: str, between: tuple[datetime, datetime]) -> list[Sum]:
    with connection.cursor() as cursor:
        cursor.execute(
            SUMS_SQL,
            {
                "series": series.pk,
                "zone": series.zone,
                "step": step,
                "starts_at": between[0],
                "ends_at": between[1],
            },
        )
        return [_sum(*row) for row in cursor.fetchall()]


def _sum(
    line_class: str | None,
    first_day: date,
    end_day: date,
    offered: int,
    answered: int,
    abandoned: int | None,
    periods: int,
    length: timedelta,
    bands: list[list[int]] | None,
) -> Sum:
    counts = Counts(
        offered=int(offered),
        answered=int(answered),
        abandoned=None if abandoned is None else int(abandoned),
        bands={int(seconds): int(count) for seconds, count in sorted(bands or [])},
    )
    return Sum(line_class, first_day, end_day, counts, periods, length / HOUR)
