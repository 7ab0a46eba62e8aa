"""The models of every feature, so that Django finds them."""

from callstats.calls.models import Call, CallHour, CallRevision, FeedHour
from callstats.imports.models import (
    CallImport,
    CallTrace,
    QueueLine,
    RefusedRow,
    Source,
    SourceToken,
)
from callstats.indicators.models import IndicatorPeriod

__all__ = [
    "Call",
    "CallHour",
    "CallImport",
    "CallRevision",
    "CallTrace",
    "FeedHour",
    "IndicatorPeriod",
    "QueueLine",
    "RefusedRow",
    "Source",
    "SourceToken",
]
