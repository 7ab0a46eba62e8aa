"""Setting up a series, and taking in a report of it. Any of it may be done again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction
from django.utils.translation import gettext as _

from callstats.aggregates import storing
from callstats.aggregates.models import AggregateReport, AggregateSeries, ReportState
from callstats.aggregates.reading import preview_of, read_report
from callstats.aggregates.rules import REFUSED_KEPT, Refusal
from callstats.imports import raw_files
from callstats.sources.frames import Unreadable
from municipalities.models import Central, User


class SeriesError(ValueError):
    """The series cannot be made like that; `field` names what to change."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


class WrongState(Exception):
    """Somebody has decided about the report before."""


@transaction.atomic
def add_series(
    *,
    central: Central,
    slug: str,
    name: str,
    origin: str,
    at: datetime,
    by: User | None = None,
    zone: str = "Europe/Oslo",
) -> AggregateSeries:
    """A new series of the central; the slug is its own there. Raises SeriesError."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        told = _("The time zone %(zone)s is not known. Write it as Europe/Oslo.") % {"zone": zone}
        raise SeriesError(told, field="zone") from error
    series, is_new = AggregateSeries.objects.get_or_create(
        central=central,
        slug=slug,
        defaults={
            "name": name,
            "origin": origin,
            "zone": zone,
            "created_at": at,
            "created_by": by,
        },
    )
    if not is_new:
        raise SeriesError(f"{central} has a series {slug} already.", field="slug")
    return series


def receive(
    *,
    series: AggregateSeries,
    chunks: Iterable[bytes],
    file_name: str,
    at: datetime,
    by: User | None = None,
) -> AggregateReport:
    """Read and check the file; nothing of it is counted before `store`.

    A file that cannot be read gives a failed report with its code, and is not kept.
    """
    report = AggregateReport(
        series=series,
        file_name=file_name[:255],
        received_at=at,
        received_by=by,
        state=ReportState.CHECKED,
    )
    try:
        report.sha256, report.size_bytes = raw_files.keep(path=report.path, chunks=chunks)
        _check(report, at=at)
    except Unreadable as error:
        report.state, report.decided_at = ReportState.FAILED, at
        report.error_code, report.error_params = error.code, error.params
        report.size_bytes = report.size_bytes or 0
        report.path.unlink(missing_ok=True)
    report.save(force_insert=True)
    return report


def store(*, report: AggregateReport, at: datetime) -> AggregateReport:
    """Count what the report tells, in one transaction under the series' lock.

    Raises WrongState if it is not checked and undecided, Unreadable("file_missing") if its
    file has outlived its retention.
    """
    with transaction.atomic():
        locked = _undecided(report)
        read = read_report(locked.path, zone=locked.series.zone, now=locked.received_at)
        plan = storing.store(read.rows, report=locked)
        _refuse(locked, [*read.refused, *plan.refused])
        locked.created, locked.updated = len(plan.created), len(plan.updated)
        locked.unchanged = len(plan.unchanged)
        locked.state, locked.decided_at = ReportState.STORED, at
        locked.save()
    locked.path.unlink(missing_ok=True)
    return locked


def cancel(*, report: AggregateReport, at: datetime) -> AggregateReport:
    """Turn the report down; nothing of it is counted. Raises WrongState."""
    with transaction.atomic():
        locked = _undecided(report)
        locked.state, locked.decided_at = ReportState.CANCELLED, at
        locked.save()
    locked.path.unlink(missing_ok=True)
    return locked


@transaction.atomic
def delete_series(*, series: AggregateSeries) -> None:
    """Take the series away with its reports and counts; the history keeps each count that was."""
    AggregateSeries.objects.select_for_update().get(pk=series.pk)
    paths = [report.path for report in series.reports.filter(state=ReportState.CHECKED)]
    series.periods.all().delete()
    series.reports.all().delete()
    series.delete()
    for path in paths:
        transaction.on_commit(partial(path.unlink, missing_ok=True))


def _check(report: AggregateReport, *, at: datetime) -> None:
    read = read_report(report.path, zone=report.series.zone, now=at)
    report.received, report.ignored = read.received, read.ignored
    report.preview = preview_of(read)
    _refuse(report, read.refused)


def _refuse(report: AggregateReport, refused: list[Refusal]) -> None:
    ordered = sorted(refused, key=lambda refusal: refusal.line or 0)
    report.rejected = len(ordered)
    report.refused = [asdict(refusal) for refusal in ordered[:REFUSED_KEPT]]


def _undecided(report: AggregateReport) -> AggregateReport:
    found = AggregateReport.objects.select_for_update(of=("self",)).select_related("series")
    locked = found.get(pk=report.pk)
    if locked.state != ReportState.CHECKED:
        raise WrongState(locked.state)
    return locked
