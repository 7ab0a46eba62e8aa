"""What other apps may read of this one."""

from callstats.indicators.definitions import Definition, default_definition
from callstats.indicators.queries import (
    computed_months,
    feed_ends_at,
    hour_of_week,
    service_level,
    service_level_by,
)
from callstats.indicators.rules import HourOfWeek, ServiceLevel, Tally, total

__all__ = [
    "Definition",
    "HourOfWeek",
    "ServiceLevel",
    "Tally",
    "computed_months",
    "default_definition",
    "feed_ends_at",
    "hour_of_week",
    "service_level",
    "service_level_by",
    "total",
]
