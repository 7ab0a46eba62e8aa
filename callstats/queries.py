"""What other apps may read of this one."""

from callstats.indicators.definitions import Definition, default_definition
from callstats.indicators.queries import (
    computed_months,
    hour_of_week,
    service_level,
    service_level_by,
)
from callstats.indicators.rules import HourOfWeek, ServiceLevel, Tally, percent, total
from callstats.indicators.words import parameter_words

__all__ = [
    "Definition",
    "HourOfWeek",
    "ServiceLevel",
    "Tally",
    "computed_months",
    "default_definition",
    "hour_of_week",
    "parameter_words",
    "percent",
    "service_level",
    "service_level_by",
    "total",
]
