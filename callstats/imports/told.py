"""What the parts of a file told, added up."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

import polars as pl

from callstats.calls.batches import Stored
from callstats.sources.frames import Parsed, Span, Warning, no_refused, refusals

STALE = "stale_version"
Value = TypeVar("Value", int, datetime)


@dataclass(kw_only=True)
class Told:
    """Counts, moments and warnings of an import, over all its parts."""

    received: int = 0
    rejected: int = 0
    ignored: int = 0
    pending: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    spans: list[Span] = field(default_factory=list)
    warnings: dict[str, Warning] = field(default_factory=dict)
    months: set[str] = field(default_factory=set)
    left_alone: list[pl.Series] = field(default_factory=list)

    def read(self, parsed: Parsed[Any]) -> None:
        """Add what reading a part told."""
        self.received += parsed.received
        self.rejected += parsed.refused.height
        self.ignored += parsed.ignored
        self.pending += parsed.pending
        self.first_at = min(_known(self.first_at, parsed.first_at), default=None)
        self.last_at = max(_known(self.last_at, parsed.last_at), default=None)
        self.spans += parsed.spans
        for warning in parsed.warnings:
            self.warn(warning)

    def stored(self, stored: Stored) -> None:
        """Add what storing the part's calls told; a call told before in the file is no call."""
        self.created += stored.created
        self.updated += stored.updated
        self.unchanged += stored.unchanged + stored.stale
        self.received -= stored.repeated
        self.ignored += stored.repeated
        self.rejected += sum(frame.height for frame in stored.refused.values())
        if len(stored.left_alone):
            self.left_alone.append(stored.left_alone)
        self.months |= {month.strftime("%Y-%m") for month in stored.months}
        if stored.stale:
            self.warn(Warning(code=STALE, count=stored.stale))

    def warn(self, warning: Warning) -> None:
        """The same warning of two parts is one, with the first line of both."""
        before = self.warnings.get(warning.code)
        if before is None:
            self.warnings[warning.code] = warning
            return
        self.warnings[warning.code] = replace(
            before,
            count=before.count + warning.count,
            line=min(_known(before.line, warning.line), default=None),
        )


def _known(*values: Value | None) -> list[Value]:
    return [value for value in values if value is not None]


def refused_by_store(stored: Stored, *, are_indexed: bool) -> pl.DataFrame:
    """The calls that may not be stored, as refused rows; `are_indexed`: line 1 is index 0."""
    index = pl.col("line") - 1 if are_indexed else pl.lit(None)
    told = [
        refusals(
            frame,
            code=pl.lit(code),
            field=pl.lit("id" if code == "duplicate_in_file" else "arrived_at"),
            value=pl.col("arrived_text") if code != "duplicate_in_file" else pl.lit(None),
            index=index,
        )
        for code, frame in stored.refused.items()
    ]
    return pl.concat(told) if told else no_refused()
