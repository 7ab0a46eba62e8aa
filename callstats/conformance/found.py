"""What is stored of a feed, as far as the checks ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, kw_only=True)
class FoundCall:
    """A stored call. `came_at`: when the import that told it last came in."""

    id: str
    arrived_at: datetime
    time_quality: str
    outcome: str
    answered_at: datetime | None
    wait_seconds: Decimal | None
    version: int | None
    came_at: datetime


@dataclass(frozen=True, kw_only=True)
class FoundRevision:
    """What a call was before it was changed."""

    id: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class FoundRefusal:
    """A row that was not stored."""

    id: str
    field: str
    code: str
    value: str


@dataclass(frozen=True, kw_only=True)
class FoundFailure:
    """An import of which nothing was stored; `params` go with the code."""

    name: str
    code: str
    params: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Found:
    """What came in from a source.

    `repeated`, `stale`: how many calls were told again in the same words, or in an older version.
    `times_told`: how often each id of what is to come twice stands in what came, where known.
    `with_callers`: names of calls and requests in which a caller's number stands. `keyed`:
    requests with an Idempotency-Key.
    `may_version`: the format can tell versions and fractions of a second; `is_api`: rows came by
    the API, where the time covered can be stated.
    """

    calls: dict[str, FoundCall] = field(default_factory=dict)
    revisions: tuple[FoundRevision, ...] = ()
    refused: tuple[FoundRefusal, ...] = ()
    failed: tuple[FoundFailure, ...] = ()
    hours: frozenset[datetime] = frozenset()
    repeated: int = 0
    stale: int = 0
    times_told: dict[str, int] = field(default_factory=dict)
    with_callers: tuple[str, ...] = ()
    keyed: int = 0
    may_version: bool = True
    is_api: bool = True
    newest_at: datetime | None = None

    def outcomes_before(self, id: str) -> list[str]:
        """The outcomes that the call had before it was changed, the first one first."""
        return [revision.outcome for revision in self.revisions if revision.id == id]
