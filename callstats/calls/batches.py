"""A batch of calls on its way into the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

import polars as pl

from callstats.sources.few import FewCalls

# What two deliveries of one call are compared by; anything else is about the delivery.
FACTS = (
    "line_id",
    "arrived_at",
    "time_quality",
    "queue",
    "outcome",
    "answered_at",
    "ended_at",
    "wait_seconds",
    "talk_seconds",
    "announcement_seconds",
    "forwarded_to",
    "municipality",
    "urgency",
    "video",
    "legs",
)
CARRIED = ("external_id", "arrived_text", "version", *FACTS)
# So few are stored by one statement: a temporary table costs some milliseconds whatever is in it.
FEW = 2_000
NO_IDS = pl.Series("external_id", dtype=pl.String)
LOCAL_MONTH = "date_trunc('month', {} AT TIME ZONE 'Europe/Oslo')::date"


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Calls (columns CARRIED) of one source, and what of the central must stay as it is.

    `locked` are first days of published local months; before `purged_before` the call rows
    are deleted and only their hours are kept. `told_before` are ids that earlier parts of the
    same import told of and left alone.
    """

    calls: pl.DataFrame | FewCalls
    source_id: int
    central_id: int
    import_id: str
    locked: tuple[date, ...] = ()
    purged_before: datetime | None = None
    told_before: pl.Series = field(default_factory=lambda: NO_IDS)


@dataclass(frozen=True, kw_only=True)
class Stored:
    """How many calls were created, updated, unchanged; stale and repeated ones changed nothing.

    `refused`: code → the calls that may not be stored; `months`: the local months touched;
    `left_alone`: the ids of those that were stored before and changed nothing.
    """

    created: int
    updated: int = 0
    unchanged: int = 0
    stale: int = 0
    repeated: int = 0
    refused: dict[str, pl.DataFrame] = field(default_factory=dict)
    months: list[date] = field(default_factory=list)
    left_alone: pl.Series = field(default_factory=lambda: NO_IDS)
