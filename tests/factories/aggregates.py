"""Series of counts and their reports for the tests."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from callstats.aggregates import operations
from callstats.aggregates.models import AggregateReport, AggregateSeries, ReportState
from tests.factories.municipalities import CentralFactory

MADE_AT = datetime(2025, 11, 10, 12, 0, tzinfo=UTC)


class AggregateSeriesFactory(DjangoModelFactory):
    """A series in Oslo's time."""

    class Meta:
        model = AggregateSeries

    central = factory.SubFactory(CentralFactory)
    slug = factory.Sequence(lambda n: f"series-{n}")
    name = factory.LazyAttribute(lambda series: f"Report {series.slug}")
    origin = "HDO månadsrapport"
    created_at = MADE_AT


class AggregateReportFactory(DjangoModelFactory):
    """A report that waits for a decision; without a file of its own."""

    class Meta:
        model = AggregateReport

    series = factory.SubFactory(AggregateSeriesFactory)
    file_name = "report.csv"
    sha256 = "0" * 64
    size_bytes = 1
    received_at = MADE_AT
    state = ReportState.CHECKED


def received(*, series: AggregateSeries, text: str, at: datetime = MADE_AT, **options):
    """The text as a report that is checked."""
    return operations.receive(
        series=series,
        chunks=[text.encode()],
        at=at,
        **{"file_name": "report.csv"} | options,
    )


def stored(*, series: AggregateSeries, text: str, at: datetime = MADE_AT):
    """The text as a report that is counted."""
    return operations.store(report=received(series=series, text=text, at=at), at=at)
