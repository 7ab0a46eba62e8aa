"""What makes a row no call: each check with its field and code, the first that fails is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import polars as pl

from callstats.sources.frames import LONGEST_TALK, LONGEST_WAIT
from callstats.sources.telling import TELLABLE, tellable
from callstats.sources.times import implausible

DURATIONS = {
    "wait_seconds": LONGEST_WAIT,
    "talk_seconds": LONGEST_TALK,
    "announcement_seconds": LONGEST_TALK,
}
# Told wait and stamps may differ by rounding at both ends.
TOLERANCE_MS = 2_000
# 1,23457E+18: a spreadsheet has cut the digits that told calls apart.
_LOSSY = r"^\d(?:[.,]\d+)?[eE]\+\d+$"
_UNSAID = pl.lit(None, pl.String)


@dataclass(frozen=True, kw_only=True)
class Check:
    field: str
    code: str
    fails: pl.Expr

    @property
    def value(self) -> pl.Expr:
        """The row's own text, where it is no name and no number: an outcome is to be mapped."""
        if self.code == "missing_field":
            return _UNSAID
        return tellable(self.field) if self.field in TELLABLE else _UNSAID


def checks(*, now: datetime) -> list[Check]:
    """In the order in which they are told. Columns as `rows.understood` makes them."""
    return [
        *(_missing(field) for field in ("id", "arrived_at")),
        Check(field="id", code="lossy_id", fails=pl.col("id").str.contains(_LOSSY)),
        Check(
            field="queue",
            code="missing_field",
            fails=pl.col("queue").is_null() & pl.col("number").is_null(),
        ),
        *_time_checks("arrived_at", now),
        Check(field="outcome", code="missing_field", fails=pl.col("outcome_missing")),
        Check(field="outcome", code="unknown_outcome", fails=pl.col("outcome_read").is_null()),
        *_time_checks("answered_at", now),
        *_time_checks("ended_at", now),
        *(check for field in DURATIONS for check in _duration_checks(field)),
        *(_unread(field, "unknown_value") for field in ("forwarded_to", "video")),
        *(_unread(field, "invalid_number") for field in ("number", "version")),
        *_order_checks(),
        Check(
            field="wait_seconds",
            code="implausible_duration",
            fails=pl.col("wait") > int(LONGEST_WAIT) * 1000,
        ),
    ]


def leg_checks(every: list[Check]) -> list[Check]:
    """For rows that are legs: each belongs to a call, and stands or falls with its others."""
    # PostgreSQL's jsonb, in which legs are kept, holds every character but this one.
    has_nul = pl.col("queue").str.contains("\x00", literal=True)
    own = [*every, Check(field="queue", code="unknown_value", fails=has_nul)]
    wrong = pl.any_horizontal([check.fails.fill_null(value=False) for check in own])
    fallen = Check(field="group", code="leg_refused", fails=wrong.any().over("group"))
    return [_missing("group"), *own, fallen]


def _missing(field: str) -> Check:
    return Check(field=field, code="missing_field", fails=pl.col(field).is_null())


def _unread(field: str, code: str) -> Check:
    fails = pl.col(field).is_not_null() & pl.col(f"{field}_read").is_null()
    return Check(field=field, code=code, fails=fails)


def _time_checks(field: str, now: datetime) -> list[Check]:
    moment, gap = pl.col(f"{field}_utc"), pl.col(f"{field}_gap")
    unread = pl.col(field).is_not_null() & moment.is_null()
    return [
        Check(field=field, code="nonexistent_time", fails=gap),
        Check(field=field, code="invalid_time", fails=unread),
        Check(field=field, code="implausible_time", fails=implausible(moment, now=now)),
    ]


def _duration_checks(field: str) -> list[Check]:
    value = pl.col(f"{field}_ms")
    return [
        Check(
            field=field,
            code="invalid_duration",
            fails=pl.col(field).is_not_null() & value.is_null(),
        ),
        Check(field=field, code="negative_duration", fails=value < 0),
        Check(
            field=field,
            code="implausible_duration",
            fails=value > int(DURATIONS[field]) * 1000,
        ),
    ]


def _order_checks() -> list[Check]:
    arrived, answered, ended = (
        pl.col(f"{name}_utc") for name in ("arrived_at", "answered_at", "ended_at")
    )
    return [
        Check(field="answered_at", code="impossible_order", fails=answered < arrived),
        Check(
            field="ended_at",
            code="impossible_order",
            fails=ended < pl.max_horizontal(answered, arrived),
        ),
    ]
