"""A report's rows into periods and bands: new ones, and those whose counts have changed."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from callstats.aggregates.models import (
    AggregateBand,
    AggregatePeriod,
    AggregateReport,
    AggregateSeries,
)
from callstats.aggregates.queries import counts_of, stored_between
from callstats.aggregates.rules import Counts, Key, Plan, Row, plan

AT_A_TIME = 2000
# One statement: bulk_update's case for each row took minutes for a year of quarters.
UPDATE_SQL = """
    UPDATE callstats_aggregateperiod p
    SET offered = told.offered, answered = told.answered, abandoned = told.abandoned,
        revision = p.revision + 1, report_id = %(report)s
    FROM unnest(%(ids)s::bigint[], %(offered)s::int[], %(answered)s::int[],
                %(abandoned)s::int[]) AS told (id, offered, answered, abandoned)
    WHERE p.id = told.id
"""


def store(rows: Sequence[Row], *, report: AggregateReport) -> Plan:
    """Carry out the plan of the rows; the caller holds a transaction. Waits for the series."""
    series = AggregateSeries.objects.select_for_update(no_key=True).get(pk=report.series_id)
    stored = _stored(rows, series=series)
    planned = plan(rows, stored={key: counts_of(period) for key, period in stored.items()})
    _create(planned.created, report=report)
    _update(planned.updated, stored=stored, report=report)
    return planned


def _stored(rows: Sequence[Row], *, series: AggregateSeries) -> dict[Key, AggregatePeriod]:
    if not rows:
        return {}
    found = stored_between(
        series=series,
        starts_at=min(row.key.starts_at for row in rows),
        ends_at=max(row.key.ends_at for row in rows),
    )
    return {Key(period.line_class, period.starts_at, period.ends_at): period for period in found}


def _create(rows: Sequence[Row], *, report: AggregateReport) -> None:
    periods = [
        AggregatePeriod(
            series_id=report.series_id,
            report=report,
            **row.key._asdict(),
            offered=row.counts.offered,
            answered=row.counts.answered,
            abandoned=row.counts.abandoned,
        )
        for row in rows
    ]
    made = AggregatePeriod.objects.bulk_create(periods, batch_size=AT_A_TIME)
    bands = [
        AggregateBand(period=period, within_seconds=seconds, answered=answered)
        for period, row in zip(made, rows, strict=True)
        for seconds, answered in row.counts.bands.items()
    ]
    AggregateBand.objects.bulk_create(bands, batch_size=AT_A_TIME)


def _update(
    rows: Sequence[Row], *, stored: dict[Key, AggregatePeriod], report: AggregateReport
) -> None:
    changed = [(stored[row.key], row.counts) for row in rows]
    new = _replaced_bands(changed)
    with connection.cursor() as cursor:
        cursor.execute(
            UPDATE_SQL,
            {
                "report": report.pk,
                "ids": [period.pk for period, _counts in changed],
                "offered": [counts.offered for _period, counts in changed],
                "answered": [counts.answered for _period, counts in changed],
                "abandoned": [counts.abandoned for _period, counts in changed],
            },
        )
    AggregateBand.objects.bulk_create(new, batch_size=AT_A_TIME)


def _replaced_bands(changed: Sequence[tuple[AggregatePeriod, Counts]]) -> list[AggregateBand]:
    """Deletes the bands that differ; returns those to make once the periods have their counts.

    So no statement leaves a band above its period. The history tells what a band was.
    """
    new, gone = [], []
    for period, counts in changed:
        before = {band.within_seconds: band for band in period.bands.all()}
        kept = {s for s, band in before.items() if counts.bands.get(s) == band.answered}
        gone += [band.pk for seconds, band in before.items() if seconds not in kept]
        new += [
            AggregateBand(period=period, within_seconds=seconds, answered=answered)
            for seconds, answered in counts.bands.items()
            if seconds not in kept
        ]
    AggregateBand.objects.filter(pk__in=gone).delete()
    return new
