"""What other apps may read of this one."""

from callstats.annotations.queries import Note
from callstats.annotations.queries import seen_by as notes_seen_by
from callstats.annotations.queries import touching as annotations_touching
from callstats.comparison.national import national_figures
from callstats.gaps.addresses import address_of
from callstats.indicators.definitions import (
    Definition,
    UnknownDefinition,
    all_definitions,
    by_id,
    default_definition,
)
from callstats.indicators.feed import fed, feed_ends_at
from callstats.indicators.hidden_words import about_note, about_share, hidden_note, hidden_word
from callstats.indicators.merging import merged, tells_of_few
from callstats.indicators.parts import Part, as_week, hour_of_week, levels_by, parts_by, summed
from callstats.indicators.queries import (
    service_level,
    service_level_by,
    service_level_by_central,
    service_levels,
)
from callstats.indicators.rules import HourOfWeek, ServiceLevel, Tally, is_complete, percent, total
from callstats.indicators.suppression import (
    Suppression,
    five_points,
    is_few,
    suppressed,
    suppressed_rows,
    suppressed_shares,
)
from callstats.indicators.uncertainty import Judgement, is_small, judged, wilson
from callstats.indicators.waits import WaitBin, WaitDistribution, wait_distribution
from callstats.indicators.words import (
    band_words,
    completeness_words,
    interval_words,
    parameter_words,
    state_words,
)
from callstats.periods.behind import ImportsBehind, imports_behind
from callstats.periods.names import name_of
from callstats.periods.stored import StoredLevel, computed_months, stored_months
from callstats.periods.waiting import Waiting, waiting_months
from callstats.periods.words import Tag, state_tags

__all__ = [
    "Definition",
    "HourOfWeek",
    "ImportsBehind",
    "Judgement",
    "Note",
    "Part",
    "ServiceLevel",
    "StoredLevel",
    "Suppression",
    "Tag",
    "Tally",
    "UnknownDefinition",
    "WaitBin",
    "WaitDistribution",
    "Waiting",
    "about_note",
    "about_share",
    "address_of",
    "all_definitions",
    "annotations_touching",
    "as_week",
    "band_words",
    "by_id",
    "completeness_words",
    "computed_months",
    "default_definition",
    "fed",
    "feed_ends_at",
    "five_points",
    "hidden_note",
    "hidden_word",
    "hour_of_week",
    "imports_behind",
    "interval_words",
    "is_complete",
    "is_few",
    "is_small",
    "judged",
    "levels_by",
    "merged",
    "name_of",
    "national_figures",
    "notes_seen_by",
    "parameter_words",
    "parts_by",
    "percent",
    "service_level",
    "service_level_by",
    "service_level_by_central",
    "service_levels",
    "state_tags",
    "state_words",
    "stored_months",
    "summed",
    "suppressed",
    "suppressed_rows",
    "suppressed_shares",
    "tells_of_few",
    "total",
    "wait_distribution",
    "waiting_months",
    "wilson",
]
