"""What other apps may read of this one."""

from callstats.annotations.queries import Note
from callstats.annotations.queries import touching as annotations_touching
from callstats.indicators.behind import ImportsBehind, imports_behind
from callstats.indicators.definitions import (
    Definition,
    UnknownDefinition,
    all_definitions,
    by_id,
    default_definition,
)
from callstats.indicators.parts import Part, as_week, hour_of_week, parts_by, summed
from callstats.indicators.queries import (
    service_level,
    service_level_by,
    service_level_by_central,
    service_levels,
)
from callstats.indicators.rules import HourOfWeek, ServiceLevel, Tally, is_complete, percent, total
from callstats.indicators.stored import StoredLevel, computed_months, stored_months
from callstats.indicators.words import completeness_words, parameter_words, state_words

__all__ = [
    "Definition",
    "HourOfWeek",
    "ImportsBehind",
    "Note",
    "Part",
    "ServiceLevel",
    "StoredLevel",
    "Tally",
    "UnknownDefinition",
    "all_definitions",
    "annotations_touching",
    "as_week",
    "by_id",
    "completeness_words",
    "computed_months",
    "default_definition",
    "hour_of_week",
    "imports_behind",
    "is_complete",
    "parameter_words",
    "parts_by",
    "percent",
    "service_level",
    "service_level_by",
    "service_level_by_central",
    "service_levels",
    "state_words",
    "stored_months",
    "summed",
    "total",
]
