"""The one shape every phone system is brought to: calls, refused rows, and what a parse returns."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

import polars as pl

MOMENT = pl.Datetime("us", "UTC")
SECONDS = pl.Decimal(10, 3)
Span = tuple[datetime, datetime]  # first and last moment, both within

CALLS: dict[str, Any] = {
    "line": pl.Int64,
    "external_id": pl.String,
    "arrived_at": MOMENT,
    "arrived_text": pl.String,
    "time_quality": pl.String,
    "queue": pl.String,
    "number": pl.String,
    "outcome": pl.String,
    "answered_at": MOMENT,
    "ended_at": MOMENT,
    "wait_seconds": SECONDS,
    "talk_seconds": SECONDS,
    "announcement_seconds": SECONDS,
    "forwarded_to": pl.String,
    "municipality": pl.String,
    "urgency": pl.String,
    "video": pl.Boolean,
    "version": pl.Int64,
    "legs": pl.String,
}

REFUSED: dict[str, Any] = {
    "line": pl.Int64,
    "index": pl.Int64,
    "external_id": pl.String,
    "field": pl.String,
    "code": pl.String,
    "value": pl.String,
}

OUTCOMES = frozenset(
    {
        "answered",
        "abandoned",
        "timeout",
        "no_agents",
        "queue_full",
        "closed",
        "callback_requested",
        "voicemail",
        "incomplete",
        "ended_before_queue",
        "unknown",
    }
)
FORWARDED_TO = frozenset(
    {"amk", "other_lvs", "duty_doctor", "gp", "midwife", "crisis_team", "other"}
)

LONGEST_WAIT = Decimal(4 * 3600)
LONGEST_TALK = Decimal(24 * 3600)
LONGEST_VALUE = 80


class Unreadable(Exception):
    """A whole file that gives no calls. `code` names why; `params` fill the words shown."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True, kw_only=True)
class SourceSettings:
    """How one source's files are read. `now` (aware) decides what is too far ahead."""

    profile: str
    now: datetime
    zone: str = "Europe/Oslo"
    mapping: dict[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class Warning:
    """Something to look at that stops nothing: how many rows, and the first line of them."""

    code: str
    count: int = 1
    line: int | None = None
    params: dict[str, Any] = field(default_factory=dict)


CallsT = TypeVar("CallsT")
OtherT = TypeVar("OtherT")


@dataclass(frozen=True, kw_only=True)
class Parsed(Generic[CallsT]):
    """What a file told: `received` = calls + refused + pending; `ignored` counts other lines.

    `pending` counts calls whose beginning is not in the lines seen. `first_at`/`last_at`
    (UTC) are the first and the last of its moments; `spans` what it is evidence of, without
    its holes (`silences`).
    """

    calls: CallsT
    refused: pl.DataFrame
    received: int
    ignored: int
    pending: int
    first_at: datetime | None
    last_at: datetime | None
    spans: tuple[Span, ...] = ()
    warnings: tuple[Warning, ...] = ()

    def having(self, calls: OtherT) -> Parsed[OtherT]:
        """The same told of calls that are kept in another way."""
        return Parsed(
            calls=calls,
            refused=self.refused,
            received=self.received,
            ignored=self.ignored,
            pending=self.pending,
            first_at=self.first_at,
            last_at=self.last_at,
            spans=self.spans,
            warnings=self.warnings,
        )


ParsedCalls = Parsed[pl.DataFrame]
_NONE_REFUSED = pl.DataFrame(schema=REFUSED)


def no_refused() -> pl.DataFrame:
    return _NONE_REFUSED


def refusals(frame: pl.DataFrame, **columns: pl.Expr) -> pl.DataFrame:
    """Rows of REFUSED from any frame; a column neither given nor named is null."""
    exprs = [_column(frame, columns, name).cast(kind).alias(name) for name, kind in REFUSED.items()]
    return frame.select(exprs).with_columns(pl.col("value").str.slice(0, LONGEST_VALUE))


def _column(frame: pl.DataFrame, given: dict[str, pl.Expr], name: str) -> pl.Expr:
    if name in given:
        return given[name]
    return pl.col(name) if name in frame.columns else pl.lit(None)
