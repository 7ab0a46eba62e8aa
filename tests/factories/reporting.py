"""A year's calls in a few rows, and reports at each stage of their life."""

import hashlib
from datetime import UTC, datetime, time, timedelta

from callstats.models import CallHour, FeedHour
from legevakt.lib.periods import Period
from municipalities.models import PublicNumber
from reporting.annual_report import operations as reports
from reporting.annual_report.models import DocumentState, ReportDocument
from reporting.annual_report.rules import checksum
from reporting.deliveries.models import Schedule
from reporting.letters import queries as letters
from reporting.letters.models import PeriodLetter
from tests.factories.callstats import SourceFactory

AFTER_THE_YEAR = datetime(2026, 1, 20, 9, 0, tzinfo=UTC)
PDF = b"%PDF-1.7 a report"
# Each day at noon UTC: two of four calls are answered within two minutes.
ANSWERED_MS = [30_000, 100_000, 200_000]
ABANDONED_MS = [10_000]
DIRECTORS = ("host_director", "partner_director")


def calls_in_year(*, central, year=2025, months=(1,), source=None):
    """Four calls a day in the months, with feed for every hour of them."""
    source = source or SourceFactory(central=central, slug=f"pbx-{central.slug}")
    line = PublicNumber.objects.filter(central=central).order_by("pk").first()
    hours, feed = [], []
    for month in months:
        period = Period.month(year, month)
        moments = [period.starts_at + timedelta(hours=n) for n in range(period.hours())]
        feed += [FeedHour(source=source, hour_at=moment) for moment in moments]
        noons = [moment for moment in moments if moment.hour == 12]
        hours += [_hour(central, line, noon, "answered", ANSWERED_MS) for noon in noons]
        hours += [_hour(central, line, noon, "abandoned", ABANDONED_MS) for noon in noons]
    FeedHour.objects.bulk_create(feed)
    CallHour.objects.bulk_create(hours)
    return source


def _hour(central, line, moment, outcome, waits_ms):
    return CallHour(
        central=central,
        line=line,
        hour_at=moment,
        outcome=outcome,
        calls=len(waits_ms),
        ambiguous_calls=0,
        waits_ms=waits_ms,
        talk_seconds=0,
    )


def draft(*, cooperation, year=2025, by=None, at=AFTER_THE_YEAR):
    """A prepared report whose documents wait."""
    return reports.prepare(cooperation=cooperation, year=year, by=by, at=at)


def ready(report, *, content=PDF):
    """Both documents are there, with content that was not rendered."""
    for document in report.documents.all():
        document.state = DocumentState.DONE
        document.pdf_sha256 = hashlib.sha256(content).hexdigest()
        document.pdf_bytes = len(content)
        document.finished_at = report.figures_at
        document.save()
        document.path.write_bytes(content)
    return report


def checked(report, *, by, at=AFTER_THE_YEAR):
    """The report with both documents ready, and somebody has checked it."""
    ready(report)
    return reports.check(report=report, by=by, content_sha256=report.content_sha256, at=at)


def approved(*, cooperation, by, year=2025, at=AFTER_THE_YEAR):
    """A report that the host's director approved."""
    report = checked(draft(cooperation=cooperation, year=year, by=by, at=at), by=by, at=at)
    return reports.approve(report=report, by=by, content_sha256=report.content_sha256, at=at)


def issued(*, cooperation, by, year=2025, at=AFTER_THE_YEAR):
    """An approved report that all participants see."""
    return reports.issue(
        report=approved(cooperation=cooperation, by=by, year=year, at=at), by=by, at=at
    )


def schedule(
    cooperation,
    *,
    kind="annual_report",
    months_after=3,
    day=1,
    local_time=time(8, 0),
    roles=DIRECTORS,
    is_attached=True,
    is_active=True,
    changed_at=AFTER_THE_YEAR,
):
    """1 March at 08:00 in Oslo, unless told otherwise; set on 20 January 2026."""
    return Schedule.objects.create(
        cooperation=cooperation,
        kind=kind,
        months_after=months_after,
        day=day,
        local_time=local_time,
        roles=list(roles),
        is_attached=is_attached,
        is_active=is_active,
        changed_at=changed_at,
    )


def document_of(report, language="nn"):
    """The report's document in the language, as it is now."""
    return ReportDocument.objects.get(report=report, language=language)


def letter(*, cooperation, kind="monthly_letter", period=None):
    """A letter with the facts of today, whether its month is published or not."""
    period = period or Period.month(2025, 12)
    figures = letters.figures_of(kind=kind, cooperation=cooperation, period=period)
    return PeriodLetter.objects.create(
        cooperation=cooperation,
        kind=kind,
        starts_date=period.starts_on,
        ends_date=period.ends_on,
        figures=figures,
        figures_sha256=checksum(figures),
        made_at=AFTER_THE_YEAR,
    )
