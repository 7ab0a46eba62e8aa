"""The models of every feature, so that Django finds them."""

from callstats.aggregates.models import (
    AggregateBand,
    AggregatePeriod,
    AggregateReport,
    AggregateSeries,
)
from callstats.calls.models import Call, CallHour, CallPurge, CallRevision, FeedHour
from callstats.feeds.models import (
    FeedCursor,
    MappingVersion,
    QueueLine,
    Source,
    SourceSilence,
    SourceToken,
)
from callstats.imports.models import (
    CallImport,
    CallTrace,
    RefusedRow,
)
from callstats.indicators.models import IndicatorPeriod
from callstats.mappings.models import MappingDraft

__all__ = [
    "AggregateBand",
    "AggregatePeriod",
    "AggregateReport",
    "AggregateSeries",
    "Call",
    "CallHour",
    "CallImport",
    "CallPurge",
    "CallRevision",
    "CallTrace",
    "FeedCursor",
    "FeedHour",
    "IndicatorPeriod",
    "MappingDraft",
    "MappingVersion",
    "QueueLine",
    "RefusedRow",
    "Source",
    "SourceSilence",
    "SourceToken",
]
