"""The calls of a small request in plain lists: of a few, a frame's own cost is the larger part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Any

import polars as pl

from callstats.sources.frames import CALLS, MOMENT, Parsed, ParsedCalls, Span, Unreadable
from callstats.sources.silences import SHORTEST, spans_of_calls

KINDS = CALLS | {"line_id": pl.Int64}
_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


@dataclass(frozen=True)
class FewCalls:
    """The columns CALLS, and `line_id` once that is known; all of the same length."""

    columns: Mapping[str, Sequence[Any]]

    @property
    def height(self) -> int:
        return len(self.columns["external_id"])

    @cached_property
    def frame(self) -> pl.DataFrame:
        """Raises Unreadable("invalid_json")."""
        kinds = {name: kind for name, kind in KINDS.items() if name in self.columns}
        return framed(self.columns, kinds)

    def spans(self) -> tuple[Span, ...]:
        """As `silences.spans_of_calls`; where no pause is a long one there is but one."""
        arrivals = sorted(self.columns["arrived_at"])
        gaps = (after - before for before, after in pairwise(arrivals))
        if arrivals and max(gaps, default=timedelta(0)) <= SHORTEST:
            return ((arrivals[0], arrivals[-1]),)
        return spans_of_calls(self.frame)


def frame_of(calls: pl.DataFrame | FewCalls) -> pl.DataFrame:
    """The calls as a frame. Raises Unreadable("invalid_json")."""
    return calls.frame if isinstance(calls, FewCalls) else calls


def in_frame(parsed: Parsed[FewCalls]) -> ParsedCalls:
    """What was read as every other reading tells it. Raises Unreadable("invalid_json")."""
    return parsed.having(parsed.calls.frame)


def listed(rows: Sequence[Mapping[str, Any]], names: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Rows that have every one of the names, as columns."""
    return {name: [row[name] for row in rows] for name in names}


def framed(columns: Mapping[str, Sequence[Any]], kinds: Mapping[str, Any]) -> pl.DataFrame:
    """Raises Unreadable("invalid_json")."""
    try:
        return pl.DataFrame([_series(name, columns[name], kind) for name, kind in kinds.items()])
    except UnicodeEncodeError:  # half of a surrogate pair is no character
        raise Unreadable("invalid_json", line=1) from None


def _series(name: str, values: Sequence[Any], kind: Any) -> pl.Series:
    if kind != MOMENT:
        return pl.Series(name, values, dtype=kind)
    # Moments are taken in one by one, and slowly; whole numbers are not.
    told = [None if moment is None else since_1970(moment) for moment in values]
    return pl.Series(name, told, dtype=pl.Int64).cast(kind)


def since_1970(moment: datetime) -> int:
    """Microseconds of an aware moment."""
    return (moment - _EPOCH) // _MICROSECOND
