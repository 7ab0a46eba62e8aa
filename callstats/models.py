"""The models of every feature, so that Django finds them."""

from callstats.aggregates.models import (
    AggregateBand,
    AggregatePeriod,
    AggregateReport,
    AggregateSeries,
)
from callstats.alerts.models import TargetAlert
from callstats.annotations.models import Annotation, AnnotationKind
from callstats.calls.models import Call, CallHour, CallPurge, CallRevision, FeedHour
from callstats.exclusions.models import ExcludedHour, Exclusion
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
from callstats.mappings.models import MappingDraft
from callstats.periods.models import IndicatorFigure, IndicatorPeriod, PeriodState

__all__ = [
    "AggregateBand",
    "AggregatePeriod",
    "AggregateReport",
    "AggregateSeries",
    "Annotation",
    "AnnotationKind",
    "Call",
    "CallHour",
    "CallImport",
    "CallPurge",
    "CallRevision",
    "CallTrace",
    "ExcludedHour",
    "Exclusion",
    "FeedCursor",
    "FeedHour",
    "IndicatorFigure",
    "IndicatorPeriod",
    "MappingDraft",
    "MappingVersion",
    "PeriodState",
    "QueueLine",
    "RefusedRow",
    "Source",
    "SourceSilence",
    "SourceToken",
    "TargetAlert",
]
